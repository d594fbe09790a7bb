package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/threatstack"
	"github.com/sightline-sec/sightline/testdata"
)

// clients speaks both versions as the one user. Its clock is the sandbox's.
func clients(t *testing.T, c *client) (*threatstack.Client, *threatstack.ClientV2) {
	t.Helper()
	k := c.credentials.ThreatStack
	config := threatstack.Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: c.base, APIKey: api.Secret(k.APIKey), UserID: k.UserID,
		OrgID: k.OrganizationID, RequireSigned: true, Now: func() time.Time { return noon }, MaxWait: 5 * time.Millisecond,
	}
	v1, err := threatstack.New(config)
	require.NoError(t, err)
	v2, err := threatstack.NewV2(config)
	require.NoError(t, err)
	return v1, v2
}

// v1 asks by hand, with the key.
func (c *client) v1(path string) (int, string) {
	c.t.Helper()
	resp, body, err := c.do(http.MethodGet, "/api/v1/"+path, func(r *http.Request) { r.Header.Set("Authorization", c.credentials.ThreatStack.APIKey) })
	require.NoError(c.t, err)
	return resp.StatusCode, string(body)
}

func all[T any](t *testing.T, seq func(func(T, error) bool)) []T {
	t.Helper()
	var got []T
	for item, err := range seq {
		require.NoError(t, err)
		got = append(got, item)
	}
	return got
}

var ever = threatstack.ListOptions{Start: threatstack.Day(2020, 1, 1)}

func TestThreatStackV1(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20, Alerts: 500})
	v1, _ := clients(t, c)
	ctx := t.Context()

	alerts := all(t, v1.Alerts.All(ctx, ever))
	assert.Len(t, alerts, 450, "nine of ten are the first organization's")
	assert.True(t, slices.IsSortedFunc(alerts, func(a, b threatstack.Alert) int { return int(b.CreatedAt - a.CreatedAt) }), "newest first")
	recent := all(t, v1.Alerts.All(ctx, threatstack.ListOptions{}))
	assert.Less(t, len(recent), len(alerts), "a week by default")
	week := noon.Add(-7 * 24 * time.Hour)
	for _, alert := range recent {
		assert.False(t, alert.CreatedAt.Time().Before(week))
	}
	assert.Equal(t, recent, all(t, v1.Alerts.All(ctx, threatstack.ListOptions{Start: threatstack.At(week), End: threatstack.At(noon)})))

	one, ok, err := v1.Alerts.Get(ctx, alerts[0].ID)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, alerts[0].Key, one.Key)
	assert.Contains(t, string(one.LatestEvents), "event_type")
	_, ok, err = v1.Alerts.Get(ctx, "none")
	require.NoError(t, err)
	assert.False(t, ok)

	agents := all(t, v1.Agents.All(ctx, threatstack.ListOptions{}))
	assert.Len(t, agents, 22)
	first, err := v1.Agents.List(ctx, threatstack.ListOptions{})
	require.NoError(t, err)
	assert.Equal(t, agents[:20], first, "20 by default")
	third, err := v1.Agents.List(ctx, threatstack.ListOptions{Page: 2, Count: 10})
	require.NoError(t, err)
	assert.Equal(t, agents[20:], third)
	agent, ok, err := v1.Agents.Get(ctx, agents[3].ID, "hostname", "no-such-field")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, threatstack.Agent{Hostname: agents[3].Hostname}, agent)

	logs := all(t, v1.Logs.All(ctx, threatstack.ListOptions{}))
	assert.Len(t, logs, 225)
	some := all(t, v1.Logs.All(ctx, threatstack.ListOptions{Text: "MERCY"}))
	assert.NotEmpty(t, some)
	assert.Less(t, len(some), len(logs))
	policies, err := v1.Policies.List(ctx, threatstack.ListOptions{})
	require.NoError(t, err)
	policy, ok, err := v1.Policies.Get(ctx, policies[0].ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, policies[0].Name, policy.Name)
	orgs, err := v1.Organizations.List(ctx, threatstack.ListOptions{})
	require.NoError(t, err)
	assert.Len(t, orgs, 2)
	for _, org := range orgs {
		users, err := v1.Organizations.Users(ctx, org.ID)
		require.NoError(t, err)
		assert.Len(t, users, 5)
	}
}

func TestThreatStackV1Rules(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20, Alerts: 200})
	length := func(path string) int {
		code, body := c.v1(path)
		require.Equal(t, 200, code, body)
		var items []any
		require.NoError(t, json.Unmarshal([]byte(body), &items))
		return len(items)
	}
	assert.Equal(t, 100, length("alerts?start=2020-01-01&count=500"), "100 at most")
	assert.Equal(t, 7, length("alerts?start=2020-01-01&limit=7"))
	assert.Equal(t, 3, length("alerts?start=2020-01-01&limit=7&count=3"), "count wins")
	assert.Equal(t, 0, length("alerts?start=2020-01-01&page=99"))
	_, joined := c.v1("agents?fields=hostname%2Cid")
	_, repeated := c.v1("agents?fields=hostname&fields=id")
	assert.Equal(t, joined, repeated)
	for _, when := range []string{"2026-11-21T12%3A00%3A00Z", "2026-11-21+12:00:00", "2026-11-21%2012:00:00+00:00", "20261121T120000Z", "2026-11-21+14:00:00%2B02:00"} {
		assert.Equal(t, length("logs?count=100&start=2026-11-21T12:00:00Z"), length("logs?count=100&start="+when), when)
	}
	for path, want := range map[string]int{
		"agents?page=-1": 400, "agents?page=x": 400, "agents?count=0": 400, "alerts?start=yesterday": 400, "alerts?organization=none": 403,
		"agents/none": 404, "policies/none": 404, "nothing": 404, "organizations/none/users": 404, "logs/x": 404, "agents?unknown=1": 200,
	} {
		code, body := c.v1(path)
		assert.Equal(t, want, code, path)
		if want != 200 {
			assert.Contains(t, body, `{"status":"error","message":"`, path)
		}
	}
	for _, header := range []string{"", "Bearer " + c.credentials.ThreatStack.APIKey, "wrong"} {
		resp, _, err := c.do(http.MethodGet, "/api/v1/agents", func(r *http.Request) { r.Header.Set("Authorization", header) })
		require.NoError(t, err)
		assert.Equal(t, 401, resp.StatusCode, header)
	}
}

func TestThreatStackV2(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20, Alerts: 500})
	v1, v2 := clients(t, c)
	ctx := t.Context()
	require.NoError(t, v2.SelfTest(ctx))

	online, offline := all(t, v2.Agents.All(ctx, threatstack.AgentQuery{})), all(t, v2.Agents.All(ctx, threatstack.AgentQuery{Status: threatstack.Offline}))
	assert.Len(t, append(online, offline...), 22)
	agent, ok, err := v2.Agents.Get(ctx, online[0].ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, online[0], agent)
	assert.Len(t, all(t, v2.Agents.All(ctx, threatstack.AgentQuery{Hostname: agent.Hostname, Type: agent.AgentType})), 1)

	active, dismissed := all(t, v2.Alerts.All(ctx, threatstack.AlertQuery{})), all(t, v2.Alerts.All(ctx, threatstack.AlertQuery{Status: threatstack.Dismissed}))
	assert.Greater(t, len(active), 300, "more than three pages")
	assert.Len(t, append(slices.Clone(active), dismissed...), 450)
	counts, err := v2.Alerts.SeverityCounts(ctx, threatstack.Time{}, threatstack.Time{})
	require.NoError(t, err)
	for _, count := range counts {
		assert.Len(t, all(t, v2.Alerts.All(ctx, threatstack.AlertQuery{Severity: count.Severity})), count.Count)
	}
	events, err := v2.Alerts.Events(ctx, active[0].ID)
	require.NoError(t, err)
	assert.NotEmpty(t, events)

	require.NoError(t, v2.Alerts.Dismiss(ctx, threatstack.Dismissal{IDs: []string{active[0].ID, active[1].ID}, Reason: threatstack.OtherReason, ReasonText: "test"}))
	alert, _, err := v2.Alerts.Get(ctx, active[0].ID)
	require.NoError(t, err)
	assert.True(t, alert.IsDismissed)
	assert.Equal(t, "test", alert.DismissReasonText)
	assert.Equal(t, noon, alert.DismissedAt.Time())
	assert.Len(t, all(t, v2.Alerts.All(ctx, threatstack.AlertQuery{})), len(active)-2)
	open := 0
	for _, alert := range all(t, v1.Alerts.All(ctx, ever)) {
		if alert.Active {
			open++
		}
	}
	assert.Equal(t, len(active)-2, open, "version 1 sees it too")
	require.NoError(t, v2.Alerts.Dismiss(ctx, threatstack.Dismissal{From: "2020-01-01", Until: "2026-12-01", Severity: 3, Reason: threatstack.Maintenance}))
	assert.Empty(t, all(t, v2.Alerts.All(ctx, threatstack.AlertQuery{Severity: 3})))

	assert.Len(t, all(t, v2.Vulnerabilities.All(ctx, threatstack.VulnerabilityQuery{})), 12)
	assert.Len(t, all(t, v2.Vulnerabilities.Servers(ctx, "CVE-2026-99017")), 1)
	assert.NotEmpty(t, all(t, v2.Vulnerabilities.Packages(ctx, "openssl")))
	assert.NotEmpty(t, all(t, v2.Vulnerabilities.Suppressions(ctx)))
	yes, no := true, false
	assert.Len(t, append(all(t, v2.Servers.EC2(ctx, &yes, false)), all(t, v2.Servers.EC2(ctx, &no, true))...), 22)
	records, err := v2.AuditLogs.List(ctx, threatstack.AuditQuery{}, "")
	require.NoError(t, err)
	assert.Len(t, records.Items, 50)
	assert.Len(t, all(t, v2.AuditLogs.All(ctx, threatstack.AuditQuery{})), 225)
}

func TestThreatStackWrites(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20})
	_, v2 := clients(t, c)
	ctx := t.Context()

	set, err := v2.Rulesets.Create(ctx, threatstack.RulesetInput{Name: "Mine", Description: "d"})
	require.NoError(t, err)
	_, err = v2.Rulesets.Create(ctx, threatstack.RulesetInput{Name: "Mine"})
	var refusal *threatstack.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, 409, refusal.Status)
	rule, err := v2.Rulesets.CreateRule(ctx, set.ID, threatstack.Rule{Name: "Keys", Type: threatstack.RuleFile, Severity: 1, Paths: []threatstack.IntegrityPath{{Path: "/root", Recursive: true}}})
	require.NoError(t, err)
	rule.Severity = 2
	changed, err := v2.Rulesets.UpdateRule(ctx, set.ID, rule.ID, rule)
	require.NoError(t, err)
	assert.Equal(t, 2, changed.Severity)
	got, ok, err := v2.Rulesets.Rule(ctx, set.ID, rule.ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, changed, got)
	_, ok, err = v2.Rulesets.Tags(ctx, rule.ID)
	require.NoError(t, err)
	assert.False(t, ok)
	tags := threatstack.RuleTags{Inclusion: []threatstack.Tag{{Source: "ec2", Key: "env", Value: "prod"}}, Exclusion: []threatstack.Tag{}}
	require.NoError(t, v2.Rulesets.SetTags(ctx, rule.ID, tags))
	kept, ok, err := v2.Rulesets.Tags(ctx, rule.ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, tags, kept)
	page, err := v2.Rulesets.Rules(ctx, set.ID, "")
	require.NoError(t, err)
	assert.Len(t, page.Items, 1)
	set, _, err = v2.Rulesets.Get(ctx, set.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{rule.ID}, set.Rules)
	require.NoError(t, v2.Rulesets.DeleteRule(ctx, set.ID, rule.ID))
	set, err = v2.Rulesets.Update(ctx, set.ID, threatstack.RulesetInput{Name: "Ours"})
	require.NoError(t, err)
	assert.Equal(t, "Ours", set.Name)
	require.NoError(t, v2.Rulesets.Delete(ctx, set.ID))
	_, ok, err = v2.Rulesets.Get(ctx, set.ID)
	require.NoError(t, err)
	assert.False(t, ok)
	require.Error(t, v2.Rulesets.Delete(ctx, set.ID))

	members, err := v2.Members.List(ctx, false)
	require.NoError(t, err)
	enabled, err := v2.Members.List(ctx, true)
	require.NoError(t, err)
	assert.Len(t, enabled, len(members)-1)
	require.NoError(t, v2.Members.Remove(ctx, members[1].ID))
	require.NoError(t, v2.Members.Add(ctx, members[1].ID, "reader"))
	require.Error(t, v2.Members.Add(ctx, members[1].ID, "reader"))
	invited, err := v2.Members.Invite(ctx, "jon@example.net", "reader")
	require.NoError(t, err)
	assert.Equal(t, "jon@example.net", invited.SentToEmail)

	_, ok, err = v2.S3Export.Get(ctx)
	require.NoError(t, err)
	assert.False(t, ok)
	require.NoError(t, v2.S3Export.Set(ctx, threatstack.S3Export{Bucket: "b", Enabled: true}))
	export, ok, err := v2.S3Export.Get(ctx)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, c.credentials.ThreatStack.OrganizationID, export.OrganizationID)
	require.NoError(t, v2.S3Export.Delete(ctx, "b"))
}

// An organization that is not the user's, a wrong key, a wrong user.
func TestThreatStackRefusals(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20})
	k := c.credentials.ThreatStack
	for name, test := range map[string]struct {
		key, user, org string
		want           int
	}{
		"organization": {k.APIKey, k.UserID, strings.Repeat("0", 24), 403},
		"key":          {"another", k.UserID, k.OrganizationID, 401},
		"user":         {k.APIKey, "another", k.OrganizationID, 401},
	} {
		v2, err := threatstack.NewV2(threatstack.Config{
			Transport: httptransport.New(httptransport.Config{}), BaseURL: c.base, APIKey: api.Secret(test.key), UserID: test.user, OrgID: test.org,
			Now: func() time.Time { return noon },
		})
		require.NoError(t, err)
		_, err = v2.Agents.List(t.Context(), threatstack.AgentQuery{}, "")
		var refusal *threatstack.Error
		require.ErrorAs(t, err, &refusal, name)
		assert.Equal(t, test.want, refusal.Status, name)
	}
	for path, want := range map[string]int{"/v2/agents?status=online": 401, "/v2/nothing": 404, "/v2/vulnerabilities/a/b": 404} {
		resp, body, err := c.do(http.MethodGet, path, nil)
		require.NoError(t, err)
		assert.Equal(t, want, resp.StatusCode, path)
		assert.Contains(t, string(body), `{"errors":["`)
	}
}

// The clock of the client is a day off, and then the server's is too.
func TestThreatStackClock(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 20})
	_, v2 := clients(t, c)
	for _, skew := range []int{86400, -3600} {
		require.NoError(t, s.Inject(Fault{Kind: FaultClockSkew, SkewSeconds: skew, Times: -1}))
		for range 2 {
			_, err := v2.Agents.List(t.Context(), threatstack.AgentQuery{}, "")
			require.NoError(t, err)
		}
		s.ClearFaults()
	}
	assert.Equal(t, 6, s.Calls()["threatstack.v2.agents"], "two objections")
	assert.Error(t, s.Inject(Fault{Kind: FaultClockSkew}))
}

// Every fault ends in the right error or in success, for reads and for writes, and
// no write arrives twice.
func TestThreatStackFaults(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault Fault
		want  any // nil is success
	}{
		{Fault{Kind: FaultUnauthorized}, new(*api.AuthError)},
		{Fault{Kind: FaultRateLimit, Times: 2, RetryAfter: "60"}, new(*api.RateLimitError)},
		{Fault{Kind: FaultServerError, Times: -1}, new(*api.StatusError)},
		{Fault{Kind: FaultEmptyError, Times: -1}, new(*api.StatusError)},
		{Fault{Kind: FaultHTML, Status: 200}, new(*api.DecodeError)},
		{Fault{Kind: FaultHTML, Times: -1}, new(*api.StatusError)},
		{Fault{Kind: FaultCut, Times: -1}, new(*api.NetworkError)},
		{Fault{Kind: FaultHalf, Times: -1}, new(*api.NetworkError)},
		{Fault{Kind: FaultWrongTypes}, new(*api.DecodeError)},
		{Fault{Kind: FaultSlow, DelayMilliseconds: 40}, nil},
	} {
		t.Run(string(test.fault.Kind), func(t *testing.T) {
			t.Parallel()
			s, c := start(t, Options{Cases: 20})
			v1, v2 := clients(t, c)
			for op, run := range map[string]func() error{
				"threatstack.alerts": func() error { _, err := v1.Alerts.List(t.Context(), ever); return err },
				"threatstack.agent":  func() error { _, _, err := v1.Agents.Get(t.Context(), "x"); return err },
				"threatstack.v2.alerts": func() error {
					_, err := v2.Alerts.List(t.Context(), threatstack.AlertQuery{}, "")
					return err
				},
				"threatstack.v2.create-ruleset": func() error {
					_, err := v2.Rulesets.Create(t.Context(), threatstack.RulesetInput{Name: "Mine"})
					return err
				},
			} {
				fault := test.fault
				fault.Operation = op
				require.NoError(t, s.Inject(fault))
				began := time.Now()
				err := run()
				assert.Less(t, time.Since(began), 10*time.Second)
				s.ClearFaults()
				if test.want == nil {
					require.NoError(t, err, op)
					continue
				}
				require.ErrorAs(t, err, test.want, op)
				if op == "threatstack.v2.create-ruleset" {
					assert.Equal(t, 1, s.Calls()[op], "a write is sent once")
				}
			}
		})
	}
}

func TestThreatStackRateLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 20})
	k := c.credentials.ThreatStack
	v1, err := threatstack.New(threatstack.Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: c.base, APIKey: api.Secret(k.APIKey), MaxWait: 2 * time.Second,
	})
	require.NoError(t, err)
	require.NoError(t, s.Inject(Fault{Kind: FaultRateLimit, RetryAfter: "1", Operation: "threatstack.policies"}))
	began := time.Now()
	_, err = v1.Policies.List(t.Context(), threatstack.ListOptions{})
	require.NoError(t, err)
	assert.GreaterOrEqual(t, time.Since(began), time.Second)
}

func TestThreatStackMeetsTheCampaigns(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20, Alerts: 600})
	v1, _ := clients(t, c)
	var text strings.Builder
	for _, alert := range all(t, v1.Alerts.All(t.Context(), ever)) {
		if alert.Count == 1 {
			continue // noise alone
		}
		one, _, err := v1.Alerts.Get(t.Context(), alert.ID)
		require.NoError(t, err)
		text.Write(one.LatestEvents)
	}
	campaigns, err := testdata.Campaigns()
	require.NoError(t, err)
	for _, campaign := range campaigns {
		known := 0
		for _, i := range campaign.Indicators {
			if strings.Contains(text.String(), `"`+strings.ReplaceAll(i.Value, `\`, `\\`)+`"`) {
				known++
			}
		}
		assert.GreaterOrEqual(t, known, len(campaign.Indicators)/2, campaign.Name)
	}
}

func TestThreatStackSameSeedGivesSameBytes(t *testing.T) {
	t.Parallel()
	_, a := start(t, Options{Seed: 7, Cases: 20})
	_, b := start(t, Options{Seed: 7, Cases: 300, Alerts: 20})
	_, other := start(t, Options{Seed: 8, Cases: 20})
	for _, path := range []string{"agents", "alerts?start=2020-01-01&count=100", "logs?count=100", "organizations", "policies"} {
		_, first := a.v1(path)
		_, second := b.v1(path)
		_, third := other.v1(path)
		assert.Equal(t, first, second, path)
		assert.NotEqual(t, first, third, path)
	}
	assert.Equal(t, a.credentials.ThreatStack.UserID, b.credentials.ThreatStack.UserID)
}

// A body that is not what was signed, and a nonce that was used.
func TestHawkOfTheSandbox(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20})
	_, v2 := clients(t, c)
	require.NoError(t, v2.SelfTest(t.Context()))
	transport := &recorder{}
	k := c.credentials.ThreatStack
	v2, err := threatstack.NewV2(threatstack.Config{
		Transport: transport, BaseURL: c.base, APIKey: api.Secret(k.APIKey), UserID: k.UserID, OrgID: k.OrganizationID, Now: func() time.Time { return noon },
	})
	require.NoError(t, err)
	require.NoError(t, v2.Rulesets.SetTags(t.Context(), "none", threatstack.RuleTags{}), "the recorder sends nothing")
	send := func(body string) int {
		resp, _, err := c.do(http.MethodPost, "/v2/rules/none/tags", func(r *http.Request) {
			for _, field := range transport.sent.Header {
				r.Header.Set(field.Name, field.Value)
			}
			r.Body = io.NopCloser(strings.NewReader(body))
		})
		require.NoError(t, err)
		return resp.StatusCode
	}
	assert.Equal(t, 401, send(`{"inclusion":[{}]}`))
	assert.Equal(t, 404, send(string(transport.sent.Body)))
	assert.Equal(t, 401, send(string(transport.sent.Body)), "the nonce is used")
}

// recorder keeps a request to itself.
type recorder struct{ sent api.Request }

func (r *recorder) RoundTrip(_ context.Context, req *api.Request) (*api.Response, error) {
	r.sent = *req
	return &api.Response{Status: 200, Body: []byte("{}")}, nil
}
