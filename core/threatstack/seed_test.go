package threatstack

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// TestVendorsPage is each snippet of the vendor's page "V1 Client Documentation".
func TestVendorsPage(t *testing.T) {
	t.Parallel()
	pages := func(w http.ResponseWriter, r *http.Request) {
		if page := r.URL.Query().Get("page"); page != "" && page != "0" && page != "2" {
			answer(200, "[]")(w, r)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/api/v1/")
		if r.URL.Query().Has("fields") {
			name += "-fields"
		}
		answer(200, fixture(t, name+".json"))(w, r)
	}
	s := newServer(t, pages)
	ctx := t.Context()

	// client = ThreatStack("<API_KEY>")
	client, err := New(Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: s.URL + "/gateway", APIKey: canaryKey})
	require.NoError(t, err)
	var said []string
	for agent, err := range client.Agents.All(ctx, ListOptions{}) {
		require.NoError(t, err)
		said = append(said, agent.ID)
	}
	assert.Equal(t, []string{"5a1b2c3d4e5f607182930001"}, said)
	assert.Equal(t, []call{{Line: "GET /api/v1/agents?count=100&page=0"}, {Line: "GET /api/v1/agents?count=100&page=1"}}, s.seen(), "no organization")

	// client = ThreatStack(api_key=…, org_id=…, api_version=1, timeout=120)
	client, err = New(Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: s.URL + "/gateway",
		APIKey: canaryKey, OrgID: orgID, Version: Version1, Timeout: 120 * time.Second,
	})
	require.NoError(t, err)

	start, err := ParseTime("2017-05-01")
	require.NoError(t, err)
	end, err := ParseTime("2017-05-31")
	require.NoError(t, err)
	eight, err := ParseTime("2017-05-01 08:00:00")
	require.NoError(t, err)
	now := time.Date(2017, 5, 1, 9, 0, 0, 0, time.UTC)
	for want, run := range map[string]func() (any, error){
		"agents?count=100&page=0": func() (any, error) { return collect(client.Agents.All(ctx, ListOptions{})) },
		"alerts?count=100&page=0": func() (any, error) { return collect(client.Alerts.All(ctx, ListOptions{})) },
		"logs?count=100&page=0":   func() (any, error) { return collect(client.Logs.All(ctx, ListOptions{})) },
		"organizations":           func() (any, error) { return collect(client.Organizations.All(ctx, ListOptions{})) },
		"policies":                func() (any, error) { return collect(client.Policies.All(ctx, ListOptions{})) },
		"alerts?start=2017-05-01&end=2017-05-31": func() (any, error) {
			return client.Alerts.List(ctx, ListOptions{Start: start, End: end})
		},
		"alerts?start=2017-05-01+08%3A00%3A00&end=2017-05-01+09%3A00%3A00": func() (any, error) {
			return client.Alerts.List(ctx, ListOptions{Start: eight, End: At(now)})
		},
		"logs?start=2017-05-01+08%3A00%3A00&end=2017-05-01+09%3A00%3A00": func() (any, error) {
			return client.Logs.List(ctx, ListOptions{Start: At(now.Add(-time.Hour)), End: At(now)})
		},
		"agents?count=10&page=2": func() (any, error) { return client.Agents.List(ctx, ListOptions{Page: 2, Count: 10}) },
	} {
		before := len(s.seen())
		got, err := run()
		require.NoError(t, err, want)
		assert.NotEmpty(t, got, want)
		assert.Equal(t, call{Line: "GET /api/v1/" + want, Org: orgID}, s.seen()[before])
	}

	// client.agents.get("<AGENT_ID>"), alerts, policies; client.organization.users("<org_id>")
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		kind, id, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/api/v1/"), "/")
		name := map[string]string{"agents": "agent", "alerts": "alert", "policies": "policy", "organizations": "users"}[kind]
		if id == "none" {
			answer(404, fixture(t, "not-found.json"))(w, r)
			return
		}
		answer(200, fixture(t, name+".json"))(w, r)
	}
	agent, ok, err := client.Agents.Get(ctx, "5a1b2c3d4e5f607182930001")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "5a1b2c3d4e5f607182930001", agent.ID)
	alert, ok, err := client.Alerts.Get(ctx, "5a1b2c3d4e5f607182931001")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.NotEmpty(t, alert.Title)
	policy, ok, err := client.Policies.Get(ctx, "5a1b2c3d4e5f607182930aac")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.NotEmpty(t, policy.Name)
	// if agent: … else: print "Agent not found"
	_, ok, err = client.Agents.Get(ctx, "none")
	require.NoError(t, err)
	assert.False(t, ok, "Agent not found")
	users, err := client.Organizations.Users(ctx, "00112233445566778899aabbccddeeff")
	require.NoError(t, err)
	assert.NotEmpty(t, users)
	s.answer = pages

	// agents = client.agents.list(fields=["hostname", "ip_address"])
	some, err := client.Agents.List(ctx, ListOptions{Fields: []string{"hostname", "ip_address"}})
	require.NoError(t, err)
	assert.Equal(t, []Agent{{Hostname: "edge-3.example.net", IPAddress: "192.0.2.13"}}, some)
}

// TestVendorsExample is the page's last: ids of the last hour, then each in detail.
func TestVendorsExample(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/v1/alerts/"):
			answer(200, fixture(t, "alert.json"))(w, r)
		case r.URL.Query().Get("page") == "0":
			answer(200, `[{"id":"a1"},{"id":"a2"}]`)(w, r)
		case r.URL.Query().Get("page") == "1":
			answer(200, `[]`)(w, r)
		}
	})
	client := s.v1(t)
	now := time.Date(2017, 5, 1, 9, 0, 0, 123456000, time.UTC)
	for alert, err := range client.Alerts.All(t.Context(), ListOptions{Start: At(now.Add(-time.Hour)), End: At(now), Fields: []string{"id"}}) {
		require.NoError(t, err)
		details, ok, err := client.Alerts.Get(t.Context(), alert.ID)
		require.NoError(t, err)
		assert.True(t, ok)
		assert.JSONEq(t, `[{"user":"root","src_ip":"203.0.113.47"}]`, string(details.LatestEvents))
	}
	window := "start=2017-05-01+08%3A00%3A00.123456&end=2017-05-01+09%3A00%3A00.123456&fields=id&count=100"
	assert.Equal(t, []string{
		"GET /api/v1/alerts?" + window + "&page=0", "GET /api/v1/alerts/a1", "GET /api/v1/alerts/a2", "GET /api/v1/alerts?" + window + "&page=1",
	}, s.lines())

	// except ThreatStackAPIError
	s.answer = answer(500, fixture(t, "error.json"))
	_, err := client.Alerts.List(t.Context(), ListOptions{})
	var refusal *Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, "Something went wrong", refusal.Message)
}

// "If the resource is not found by the ThreatStack API, an empty dict is returned".
func TestAbsent(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(404, fixture(t, "not-found.json")))
	ctx, v1, v2 := t.Context(), s.v1(t), s.v2(t)
	for name, get := range map[string]func() (any, bool, error){
		"agent":     func() (any, bool, error) { got, ok, err := v1.Agents.Get(ctx, "x"); return got, ok, err },
		"alert":     func() (any, bool, error) { got, ok, err := v1.Alerts.Get(ctx, "x"); return got, ok, err },
		"policy":    func() (any, bool, error) { got, ok, err := v1.Policies.Get(ctx, "x", "id"); return got, ok, err },
		"agent 2":   func() (any, bool, error) { got, ok, err := v2.Agents.Get(ctx, "x"); return got, ok, err },
		"alert 2":   func() (any, bool, error) { got, ok, err := v2.Alerts.Get(ctx, "x"); return got, ok, err },
		"ruleset":   func() (any, bool, error) { got, ok, err := v2.Rulesets.Get(ctx, "x"); return got, ok, err },
		"rule":      func() (any, bool, error) { got, ok, err := v2.Rulesets.Rule(ctx, "x", "y"); return got, ok, err },
		"tags":      func() (any, bool, error) { got, ok, err := v2.Rulesets.Tags(ctx, "x"); return got, ok, err },
		"S3 export": func() (any, bool, error) { got, ok, err := v2.S3Export.Get(ctx); return got, ok, err },
	} {
		got, ok, err := get()
		require.NoError(t, err, name)
		assert.False(t, ok, name)
		assert.Zero(t, got, name)
	}
	_, err := v1.Agents.List(ctx, ListOptions{})
	require.ErrorAs(t, err, new(*Error), "a list of version 1 is always there")
	page, err := v2.Agents.List(ctx, AgentQuery{}, "")
	require.NoError(t, err)
	assert.Empty(t, page)
	require.ErrorAs(t, v2.Rulesets.Delete(ctx, "x"), new(*Error), "what is not there was not deleted")
}

// numbered answers n agents by page and count, capped at most a page.
func numbered(n, most int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page, count := 0, 20
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		_, _ = fmt.Sscan(r.URL.Query().Get("count"), &count)
		count = min(count, most)
		var items []string
		for i := page * count; i < min(n, (page+1)*count); i++ {
			items = append(items, fmt.Sprintf(`{"id":"%d"}`, i))
		}
		answer(200, "["+strings.Join(items, ",")+"]")(w, r)
	}
}

func TestAll(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		opts           ListOptions
		total, most    int
		want, requests int
	}{
		"none":            {ListOptions{}, 0, 100, 0, 1},
		"250, as Python":  {ListOptions{}, 250, 100, 250, 4},
		"small pages":     {ListOptions{Count: 10}, 25, 100, 25, 4},
		"server's cap":    {ListOptions{}, 45, 20, 45, 4},
		"from the middle": {ListOptions{Page: 2}, 250, 100, 50, 2},
		"from beyond":     {ListOptions{Page: 9}, 250, 100, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, numbered(test.total, test.most))
			ids := map[string]bool{}
			for agent, err := range s.v1(t).Agents.All(t.Context(), test.opts) {
				require.NoError(t, err)
				assert.False(t, ids[agent.ID], "twice")
				ids[agent.ID] = true
			}
			assert.Len(t, ids, test.want)
			assert.Len(t, s.seen(), test.requests)
		})
	}
}

func TestAllEnds(t *testing.T) {
	t.Parallel()
	t.Run("when the caller stops", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, numbered(500, 100))
		for range s.v1(t).Agents.All(t.Context(), ListOptions{}) {
			break
		}
		assert.Len(t, s.seen(), 1)
	})
	t.Run("at the third page, which fails", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page") == "2" {
				answer(200, `[{"id":"200"},{`)(w, r)
				return
			}
			numbered(500, 100)(w, r)
		})
		n, errs := 0, 0
		for _, err := range s.v1(t).Agents.All(t.Context(), ListOptions{}) {
			if err != nil {
				errs++
				continue
			}
			n++
		}
		assert.Equal(t, 200, n)
		assert.Equal(t, 1, errs, "an error ends the list")
	})
	t.Run("when the server does not mind the page", func(t *testing.T) {
		t.Parallel()
		for total, failed := range map[int]bool{5: false, 100: true} {
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				r.URL.RawQuery = ""
				numbered(total, 20)(w, r)
			})
			var last error
			for _, err := range s.v1(t).Agents.All(t.Context(), ListOptions{}) {
				last = err
			}
			assert.Equal(t, failed, last != nil)
			assert.Len(t, s.seen(), 2)
		}
	})
	t.Run("once for what moved to the next page", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			answer(200, map[string]string{"0": `[{"id":"a"},{"id":"b"}]`, "1": `[{"id":"b"},{"id":"c"}]`, "2": "[]"}[r.URL.Query().Get("page")])(w, r)
		})
		var ids []string
		for agent, err := range s.v1(t).Agents.All(t.Context(), ListOptions{Count: 2}) {
			require.NoError(t, err)
			ids = append(ids, agent.ID)
		}
		assert.Equal(t, []string{"a", "b", "c"}, ids)
	})
	t.Run("with its context", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		config := s.config()
		config.Timeout = 20 * time.Millisecond
		client, err := New(config)
		require.NoError(t, err)
		for _, err := range client.Agents.All(t.Context(), ListOptions{}) {
			require.Error(t, err)
			assert.False(t, errors.As(err, new(*Error)), "no answer is not the platform's error")
		}
	})
}
