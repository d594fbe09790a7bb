package threatstack

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/threatstack/hawk"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]string{"null": "null", "empty": `""`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				n := map[string]int{"": 0, "a-1_": 1, "b": 2}[r.URL.Query().Get("token")]
				answer(200, fmt.Sprintf(`{"agents":[{"id":"%d"}],"token":%s}`, n, []string{`"a-1_"`, `"b"`, last}[n]))(w, r)
			})
			var ids []string
			for agent, err := range s.v2(t).Agents.All(t.Context(), AgentQuery{Status: Offline, From: Day(2018, 2, 1)}) {
				require.NoError(t, err)
				ids = append(ids, agent.ID)
			}
			assert.Equal(t, []string{"0", "1", "2"}, ids)
			assert.Equal(t, []string{
				"GET /v2/agents?status=offline&from=2018-02-01", "GET /v2/agents?status=offline&from=2018-02-01&token=a-1_",
				"GET /v2/agents?status=offline&from=2018-02-01&token=b",
			}, s.lines(), "filters are kept")
		})
	}
	t.Run("other name", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, answer(200, `{"agents":[],"paginationToken":"next"}`))
		page, err := s.v2(t).Agents.List(t.Context(), AgentQuery{}, "")
		require.NoError(t, err)
		assert.Equal(t, "next", page.Next)
	})
	t.Run("the same again", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, answer(200, fixture(t, "v2-agents-more.json")))
		var last error
		for _, err := range s.v2(t).Agents.All(t.Context(), AgentQuery{}) {
			last = err
		}
		require.ErrorAs(t, last, new(*api.DecodeError))
		assert.Len(t, s.seen(), 2)
	})
	t.Run("no list", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, answer(200, `{"token":null}`))
		_, err := s.v2(t).Agents.List(t.Context(), AgentQuery{}, "")
		require.ErrorAs(t, err, new(*api.DecodeError))
	})
}

// The server's clock is two days ahead, then an hour behind.
func TestClockSkew(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(200, fixture(t, "v2-agents.json")))
	client := s.v2(t)
	ask := func() error {
		_, err := client.Agents.List(t.Context(), AgentQuery{}, "")
		return err
	}
	for _, off := range []time.Duration{48 * time.Hour, -time.Hour} {
		s.now = func() time.Time { return time.Now().Add(off) }
		before := len(s.seen())
		require.NoError(t, ask())
		require.NoError(t, ask())
		assert.Len(t, s.seen(), before+3, "one objection, then both signed in time")
	}
	assert.Equal(t, 2, s.stale)
}

// Without the proof that it knows the key, nobody sets our clock.
func TestClockOfAStranger(t *testing.T) {
	t.Parallel()
	ours := time.Unix(1_700_000_000, 0)
	now := ours.Unix() + 1e6
	for name, challenge := range map[string]string{
		"wrong":    fmt.Sprintf(`Hawk ts="%d", tsm="%s", error="Stale timestamp"`, now, hawk.TimestampMAC("another key", now)),
		"missing":  fmt.Sprintf(`Hawk ts="%d", error="Stale timestamp"`, now),
		"no time":  `Hawk error="Bad mac"`,
		"no Hawk":  `Basic realm="x"`,
		"garbage":  `Hawk ts="`,
		"our time": fmt.Sprintf(`Hawk ts="%d", tsm="%s"`, ours.Unix(), hawk.TimestampMAC(canaryKey, ours.Unix())),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, nil)
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				s.mu.Lock()
				s.calls = append(s.calls, call{})
				s.mu.Unlock()
				w.Header().Set("WWW-Authenticate", challenge)
				answer(401, `{"errors":["Stale timestamp"]}`)(w, r)
			})
			config := s.config()
			config.Now = func() time.Time { return ours }
			client, err := NewV2(config)
			require.NoError(t, err)
			_, err = client.Agents.List(t.Context(), AgentQuery{}, "")
			var refused *Error
			require.ErrorAs(t, err, &refused)
			require.ErrorAs(t, err, new(*api.AuthError))
			assert.Equal(t, "Stale timestamp", refused.Message)
			assert.Len(t, s.seen(), 1)
			noSecrets(t, err)
		})
	}
}

// net/http and browsers may repeat a GET to the letter, which a server takes for a replay.
func TestNonceSeenAlready(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(200, fixture(t, "v2-agents.json")))
	next, refusals := s.Config.Handler, 0
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		refusals++
		first := refusals == 1
		s.mu.Unlock()
		if first {
			w.Header().Set("WWW-Authenticate", `Hawk error="Invalid nonce"`)
			answer(401, `{"errors":["Invalid nonce"]}`)(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
	_, err := s.v2(t).Agents.List(t.Context(), AgentQuery{}, "")
	require.NoError(t, err)
	assert.Equal(t, 2, refusals, "signed anew")
	refusals = 0
	err = s.v2(t).Alerts.Dismiss(t.Context(), Dismissal{IDs: []string{"x"}, Reason: Maintenance})
	require.ErrorAs(t, err, new(*api.AuthError), "a write may have been carried out")
	assert.Equal(t, 1, refusals)
}

func TestSignedAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		unsigned, forged, require bool
		status                    int
		ok                        bool
	}{
		"signed":                 {ok: true, status: 200},
		"signed, required":       {require: true, ok: true, status: 200},
		"not signed":             {unsigned: true, ok: true, status: 200},
		"not signed, required":   {unsigned: true, require: true, status: 200},
		"forged":                 {forged: true, status: 200},
		"forged, required":       {forged: true, require: true, status: 200},
		"forged, says not there": {forged: true, status: 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, answer(test.status, fixture(t, "v2-agent.json")))
			s.unsigned, s.forged = test.unsigned, test.forged
			config := s.config()
			config.RequireSigned = test.require
			client, err := NewV2(config)
			require.NoError(t, err)
			_, ok, err := client.Agents.Get(t.Context(), uuid)
			if test.ok {
				require.NoError(t, err)
				assert.True(t, ok)
				return
			}
			require.ErrorAs(t, err, new(*api.DecodeError))
			assert.Contains(t, err.Error(), "sign")
			noSecrets(t, err)
		})
	}
}

// A hundred callers share a client whose clock is wrong; each nonce is used once.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(200, fixture(t, "v2-agents.json")))
	s.now = func() time.Time { return time.Now().Add(time.Hour) }
	client := s.v2(t)
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			_, err := client.Agents.List(t.Context(), AgentQuery{}, "")
			assert.NoError(t, err)
		})
	}
	group.Wait()
	assert.LessOrEqual(t, len(s.seen()), 200)
}

// A hundred callers share a client of version 1, each with arguments of its own.
func TestManyAtOnceV1(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		answer(200, `{"id":"`+id+`"}`)(w, r)
	})
	client := s.v1(t)
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			id := fmt.Sprint(i)
			agent, ok, err := client.Agents.Get(t.Context(), id)
			assert.NoError(t, err)
			assert.True(t, ok)
			assert.Equal(t, id, agent.ID)
		})
	}
	group.Wait()
	assert.Len(t, s.seen(), 100)
}

func TestRulesetsPageByPage(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		list := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		if r.URL.Query().Get("token") == "" {
			answer(200, `{"`+list+`":[{"id":"a"}],"token":"more"}`)(w, r)
			return
		}
		answer(200, `{"`+list+`":[{"id":"b"}],"token":null}`)(w, r)
	})
	sets, err := collect(s.v2(t).Rulesets.All(t.Context(), uuid))
	require.NoError(t, err)
	assert.Len(t, sets, 2)
	rules, err := collect(s.v2(t).Rulesets.AllRules(t.Context(), setOf))
	require.NoError(t, err)
	assert.Len(t, rules, 2)
	assert.Equal(t, []string{
		"GET /v2/rulesets?agentId=" + uuid, "GET /v2/rulesets?agentId=" + uuid + "&token=more",
		"GET /v2/rulesets/" + setOf + "/rules", "GET /v2/rulesets/" + setOf + "/rules?token=more",
	}, s.lines())
	_, err = collect(s.v2(t).Rulesets.AllRules(t.Context(), ""))
	require.ErrorAs(t, err, new(*api.InvalidError))
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		header, value string
		least, most   time.Duration
	}{
		"told":           {"Retry-After", "7", 7 * time.Second, 7 * time.Second},
		"reset as wait":  {"X-Rate-Limit-Reset", "4500", 4500 * time.Millisecond, 4500 * time.Millisecond},
		"reset as date":  {"X-Rate-Limit-Reset", "in 30 s", 25 * time.Second, 30 * time.Second},
		"reset long ago": {"X-Rate-Limit-Reset", "1500000000000", time.Second, time.Second},
		"reset of ages":  {"X-Rate-Limit-Reset", "9007199254740991", 24 * time.Hour, 24 * time.Hour},
		"reset unread":   {"X-Rate-Limit-Reset", "soon", time.Minute, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				value := test.value
				if value == "in 30 s" {
					value = fmt.Sprint(time.Now().Add(30 * time.Second).UnixMilli())
				}
				w.Header().Set(test.header, value)
				answer(429, "Too many requests")(w, r)
			})
			_, err := s.v2(t).Alerts.List(t.Context(), AlertQuery{}, "")
			var limit *api.RateLimitError
			require.ErrorAs(t, err, &limit)
			require.ErrorAs(t, err, new(*Error))
			assert.GreaterOrEqual(t, limit.Wait, test.least)
			assert.LessOrEqual(t, limit.Wait, test.most)
			assert.Equal(t, "Too many requests", limit.Message)
		})
	}
}

func TestErrorsOfV2(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(400, fixture(t, "v2-errors.json")))
	_, err := s.v2(t).Alerts.List(t.Context(), AlertQuery{}, "")
	var refusal *Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, "status is required; until is before from", refusal.Message)
	s = newServer(t, answer(404, fixture(t, "v2-no-tags.json")))
	_, ok, err := s.v2(t).Rulesets.Tags(t.Context(), ruleOf)
	require.NoError(t, err)
	assert.False(t, ok)
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	s := newServer(t, answer(500, ""))
	ctx, v1, v2 := t.Context(), s.v1(t), s.v2(t)
	long := strings.Repeat("x", 201)
	ids := make([]string, MaxDismiss+1)
	day := Day(2018, 1, 1)
	second := func(_ any, err error) error { return err }
	third := func(_ any, _ bool, err error) error { return err }
	for field, problems := range map[string][]error{
		"page":       {second(v1.Agents.List(ctx, ListOptions{Page: -1})), second(v1.Policies.List(ctx, ListOptions{Page: 1})), second(collect(v1.Organizations.All(ctx, ListOptions{Count: 5})))},
		"count":      {second(collect(v1.Alerts.All(ctx, ListOptions{Count: -1})))},
		"q":          {second(v1.Agents.List(ctx, ListOptions{Text: "x"}))},
		"fields":     {second(v1.Agents.List(ctx, ListOptions{Fields: []string{"a,b"}})), third(func() (any, bool, error) { a, ok, err := v1.Agents.Get(ctx, "x", ""); return a, ok, err }())},
		"time range": {second(v1.Logs.List(ctx, ListOptions{Start: Day(2018, 1, 2), End: day})), second(v1.Logs.List(ctx, ListOptions{Start: Day(10000, 1, 1)})), second(v2.Alerts.SeverityCounts(ctx, Day(2018, 1, 2), day)), second(collect(v2.AuditLogs.All(ctx, AuditQuery{From: Day(2018, 1, 2), Until: day}))), v2.Alerts.Dismiss(ctx, Dismissal{From: "x", Until: "y", Severity: 1, Reason: Maintenance})},
		"id": {
			third(func() (any, bool, error) { a, ok, err := v1.Agents.Get(ctx, ""); return a, ok, err }()), second(v1.Organizations.Users(ctx, "")),
			second(v2.Alerts.Events(ctx, "")), second(collect(v2.Vulnerabilities.Servers(ctx, ""))), v2.Rulesets.DeleteRule(ctx, "x", ""), v2.Members.Remove(ctx, ""),
		},
		"status":   {second(v2.Agents.List(ctx, AgentQuery{Status: "on"}, "")), second(v2.Alerts.List(ctx, AlertQuery{Status: "open"}, ""))},
		"severity": {second(v2.Alerts.List(ctx, AlertQuery{Severity: 4}, "")), v2.Alerts.Dismiss(ctx, Dismissal{From: "2018-01-01", Until: "2018-01-02", Severity: 4, Reason: Maintenance})},
		"ids": {
			v2.Alerts.Dismiss(ctx, Dismissal{IDs: ids, Reason: Maintenance}), v2.Alerts.Dismiss(ctx, Dismissal{Reason: Maintenance}),
			v2.Alerts.Dismiss(ctx, Dismissal{IDs: ids[:1], RuleID: "x", Reason: Maintenance}), v2.Alerts.Dismiss(ctx, Dismissal{From: "2018-01-01", Until: "2018-01-02", RuleID: "x", AgentID: "y", Reason: Maintenance}),
		},
		"dismissReason":     {v2.Alerts.Dismiss(ctx, Dismissal{IDs: ids[:1]}), v2.Alerts.Dismiss(ctx, Dismissal{IDs: ids[:1], Reason: "other"})},
		"dismissReasonText": {v2.Alerts.Dismiss(ctx, Dismissal{IDs: ids[:1], Reason: Maintenance, ReasonText: "x"})},
		"name":              {second(v2.Rulesets.Create(ctx, RulesetInput{})), second(v2.Rulesets.Update(ctx, "x", RulesetInput{Name: long})), second(v2.Rulesets.CreateRule(ctx, "x", Rule{}))},
		"type":              {second(v2.Rulesets.CreateRule(ctx, "x", Rule{Name: "x", Severity: 1, Type: "file"}))},
		"severityOfAlerts":  {second(v2.Rulesets.UpdateRule(ctx, "x", "y", Rule{Name: "x", Type: RuleHost}))},
		"email":             {second(v2.Members.Invite(ctx, "jon", "user"))},
		"role":              {second(v2.Members.Invite(ctx, "jon@example.net", "owner")), v2.Members.Add(ctx, "x", "")},
		"s3Bucket":          {v2.S3Export.Delete(ctx, ""), v2.S3Export.Set(ctx, S3Export{})},
	} {
		for i, err := range problems {
			clienttest.Refused(t, err, field, i)
		}
	}
	assert.Empty(t, s.seen())
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Config)
		field  string
		v2     bool // NewV2 alone
	}{
		"no transport":   {func(c *Config) { c.Transport = nil }, "transport", false},
		"no key":         {func(c *Config) { c.APIKey = "" }, "api_key", false},
		"key with break": {func(c *Config) { c.APIKey = "abcd\n" }, "api_key", false},
		"key in quotes":  {func(c *Config) { c.APIKey = `"abcd"` }, "api_key", false},
		"version 3":      {func(c *Config) { c.Version = "3" }, "api_version", false},
		"other scheme":   {func(c *Config) { c.BaseURL = "file:///etc" }, "address", false},
		"query":          {func(c *Config) { c.BaseURL += "?x" }, "address", false},
		"org with space": {func(c *Config) { c.OrgID = "a b" }, "org_id", false},
		"no org":         {func(c *Config) { c.OrgID = "" }, "org_id", true},
		"no user":        {func(c *Config) { c.UserID = "" }, "user_id", true},
	} {
		config := Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: "http://127.0.0.1:1", APIKey: "abcd", OrgID: orgID, UserID: userID}
		test.change(&config)
		_, err := New(config)
		_, err2 := NewV2(config)
		for _, err := range []error{err, err2} {
			if test.v2 && err == nil {
				continue
			}
			clienttest.Refused(t, err, test.field, name)
			assert.NotContains(t, err.Error(), "abcd")
		}
		assert.Equal(t, test.v2, err == nil, name)
	}
	config := Config{Transport: httptransport.New(httptransport.Config{}), APIKey: "k", OrgID: "o", UserID: "u"}
	config.Version = Version2
	_, err := New(config)
	require.Error(t, err)
	_, err = NewV2(config)
	require.NoError(t, err, "the vendor's address by default")
	config.Version = Version1
	_, err = NewV2(config)
	require.Error(t, err)
	require.NoError(t, config.check(Version1, DefaultURL))
	assert.Equal(t, 120*time.Second, config.Timeout)
}
