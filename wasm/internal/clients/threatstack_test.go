//go:build js

package clients_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/threatstack"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
)

// box is the sandbox that scripts/gowasm runs.
type box struct {
	URL            string `json:"url"`
	APIKey         string `json:"apiKey"`
	UserID         string `json:"userId"`
	OrganizationID string `json:"organizationId"`
}

func sandbox(t *testing.T) box {
	t.Helper()
	var b box
	require.NoError(t, json.Unmarshal([]byte(os.Getenv("SIGHTLINE_THREATSTACK_TARGET")), &b), "run by scripts/test-wasm")
	return b
}

func (b box) config() threatstack.Config {
	return threatstack.Config{
		Transport: fetch.New(), BaseURL: b.URL, APIKey: api.Secret(b.APIKey), UserID: b.UserID, OrgID: b.OrganizationID, MaxWait: time.Millisecond,
	}
}

func (b box) clients(t *testing.T) (*threatstack.Client, *threatstack.ClientV2) {
	t.Helper()
	v1, err := threatstack.New(b.config())
	require.NoError(t, err)
	config := b.config()
	config.RequireSigned = true
	v2, err := threatstack.NewV2(config)
	require.NoError(t, err)
	return v1, v2
}

// admin calls the sandbox's own side.
func (b box) admin(t *testing.T, method, body string) {
	t.Helper()
	req := &api.Request{Method: method, URL: b.URL + "/sandbox/faults", Header: api.Header{{Name: "Sandbox-Admin", Value: "yes"}}, Body: []byte(body)}
	resp, err := fetch.New().RoundTrip(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, 200, resp.Status, string(resp.Body))
}

// some returns a list's objects, at most n.
func some[T any](t *testing.T, n int, all iter.Seq2[T, error]) []T {
	t.Helper()
	var got []T
	for item, err := range all {
		require.NoError(t, err)
		if got = append(got, item); len(got) == n {
			break
		}
	}
	require.NotEmpty(t, got)
	return got
}

// One test after the other: they share the sandbox's faults.
func TestThreatStackReads(t *testing.T) {
	v1, v2 := sandbox(t).clients(t)
	ctx, week := t.Context(), threatstack.At(time.Now().AddDate(0, 0, -90))
	agents := some(t, 3, v1.Agents.All(ctx, threatstack.ListOptions{Start: week}))
	alerts := some(t, 0, v1.Alerts.All(ctx, threatstack.ListOptions{Start: week, Fields: []string{"id", "title"}}))
	assert.Greater(t, len(alerts), 100, "more than one page")
	alert, ok, err := v1.Alerts.Get(ctx, alerts[0].ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.NotEmpty(t, alert.LatestEvents)
	_, ok, err = v1.Agents.Get(ctx, agents[0].ID, "hostname")
	require.NoError(t, err)
	assert.True(t, ok)
	_, ok, err = v1.Agents.Get(ctx, "none")
	require.NoError(t, err)
	assert.False(t, ok)
	some(t, 3, v1.Logs.All(ctx, threatstack.ListOptions{Text: "a"}))
	organizations := some(t, 2, v1.Organizations.All(ctx, threatstack.ListOptions{}))
	users, err := v1.Organizations.Users(ctx, organizations[0].ID)
	require.NoError(t, err)
	assert.NotEmpty(t, users)
	policies := some(t, 1, v1.Policies.All(ctx, threatstack.ListOptions{}))
	_, ok, err = v1.Policies.Get(ctx, policies[0].ID)
	require.NoError(t, err)
	assert.True(t, ok)

	require.NoError(t, v2.SelfTest(ctx))
	agent := some(t, 1, v2.Agents.All(ctx, threatstack.AgentQuery{}))[0]
	_, ok, err = v2.Agents.Get(ctx, agent.ID)
	require.NoError(t, err)
	assert.True(t, ok)
	found := some(t, 0, v2.Alerts.All(ctx, threatstack.AlertQuery{From: week}))
	events, err := v2.Alerts.Events(ctx, found[0].ID)
	require.NoError(t, err)
	assert.NotEmpty(t, events)
	counts, err := v2.Alerts.SeverityCounts(ctx, week, threatstack.Time{})
	require.NoError(t, err)
	assert.Len(t, counts, 3)
	cve := some(t, 1, v2.Vulnerabilities.All(ctx, threatstack.VulnerabilityQuery{}))[0]
	some(t, 1, v2.Vulnerabilities.Servers(ctx, cve.CVE))
	some(t, 1, v2.Vulnerabilities.Packages(ctx, cve.SystemPackage))
	some(t, 1, v2.Vulnerabilities.Suppressions(ctx))
	some(t, 1, v2.Servers.EC2(ctx, nil, false))
	some(t, 1, v2.AuditLogs.All(ctx, threatstack.AuditQuery{}))
	members, err := v2.Members.List(ctx, false)
	require.NoError(t, err)
	assert.NotEmpty(t, members)
}

func TestThreatStackWrites(t *testing.T) {
	_, v2 := sandbox(t).clients(t)
	ctx := t.Context()
	set, err := v2.Rulesets.Create(ctx, threatstack.RulesetInput{Name: "over fetch ☃"})
	require.NoError(t, err)
	rule, err := v2.Rulesets.CreateRule(ctx, set.ID, threatstack.Rule{Name: "r", Type: threatstack.RuleHost, Severity: 1})
	require.NoError(t, err)
	rule.Name = "s"
	_, err = v2.Rulesets.UpdateRule(ctx, set.ID, rule.ID, rule)
	require.NoError(t, err)
	require.NoError(t, v2.Rulesets.SetTags(ctx, rule.ID, threatstack.RuleTags{Inclusion: []threatstack.Tag{{Source: "ec2", Key: "a", Value: "b"}}}))
	tags, ok, err := v2.Rulesets.Tags(ctx, rule.ID)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Len(t, tags.Inclusion, 1)
	require.NoError(t, v2.Rulesets.DeleteRule(ctx, set.ID, rule.ID))
	_, err = v2.Rulesets.Update(ctx, set.ID, threatstack.RulesetInput{Name: "over fetch"})
	require.NoError(t, err)
	require.NoError(t, v2.Rulesets.Delete(ctx, set.ID))
	_, ok, err = v2.Rulesets.Get(ctx, set.ID)
	require.NoError(t, err)
	assert.False(t, ok)
	alert := some(t, 1, v2.Alerts.All(ctx, threatstack.AlertQuery{}))[0]
	require.NoError(t, v2.Alerts.Dismiss(ctx, threatstack.Dismissal{IDs: []string{alert.ID}, Reason: threatstack.OtherReason, ReasonText: "x"}))
	invitation, err := v2.Members.Invite(ctx, "jon@example.net", "user")
	require.NoError(t, err)
	assert.Equal(t, "pending", invitation.Status)
	require.NoError(t, v2.Members.Add(ctx, "5a1b2c3d4e5f60718293a4ff", "reader"))
	require.NoError(t, v2.Members.Remove(ctx, "5a1b2c3d4e5f60718293a4ff"))
	require.NoError(t, v2.S3Export.Set(ctx, threatstack.S3Export{Bucket: "b"}))
	require.NoError(t, v2.S3Export.Delete(ctx, "b"))
}

// Every fault, reading and writing; a write that may have been heard is made once at most.
func TestThreatStackFaults(t *testing.T) {
	b := sandbox(t)
	v1, v2 := b.clients(t)
	set, err := v2.Rulesets.Create(t.Context(), threatstack.RulesetInput{Name: "faults over fetch"})
	require.NoError(t, err)
	made := func(name string) (n int) {
		for rule, err := range v2.Rulesets.AllRules(t.Context(), set.ID) {
			require.NoError(t, err)
			if rule.Name == name {
				n++
			}
		}
		return n
	}
	fine := func(err error) bool { return err == nil }
	is := func(as func(error) bool) func(error) bool { return as }
	network := is(func(err error) bool { var e *api.NetworkError; return errors.As(err, &e) })
	garbled := is(func(err error) bool { var e *api.DecodeError; return errors.As(err, &e) })
	status := is(func(err error) bool { var e *api.StatusError; return errors.As(err, &e) })
	limited := is(func(err error) bool { var e *api.RateLimitError; return errors.As(err, &e) })
	refused := is(func(err error) bool { var e *api.AuthError; return errors.As(err, &e) })
	large := is(func(err error) bool { var e *api.BodyTooLargeError; return errors.As(err, &e) })
	cases := 0
	for name, test := range map[string]struct {
		fault       string
		read, write func(error) bool
	}{
		"401":              {`"kind":"unauthorized","times":-1`, refused, refused},
		"token expired":    {`"kind":"expired-token","times":-1`, refused, refused},
		"429":              {`"kind":"rate-limit","retryAfter":"60"`, limited, limited},
		"500 once":         {`"kind":"server-error"`, fine, status},
		"500 always":       {`"kind":"server-error","times":-1`, status, status},
		"502 without body": {`"kind":"empty-error","times":-1`, status, status},
		"503 with a page":  {`"kind":"html","times":-1`, status, status},
		"200 with a page":  {`"kind":"html","status":200`, garbled, garbled},
		"cut before":       {`"kind":"cut-before","times":-1`, network, network},
		"cut after":        {`"kind":"cut","times":-1`, network, network},
		"half a body":      {`"kind":"half","times":-1`, network, network},
		"slow":             {`"kind":"slow","delayMilliseconds":50`, fine, fine},
		"wrong types":      {`"kind":"wrong-types"`, garbled, garbled},
		"oversized":        {`"kind":"oversized"`, large, large},
		"clock ahead":      {`"kind":"clock-skew","skewSeconds":7200,"times":-1`, fine, fine},
	} {
		for i, op := range []struct {
			operation string
			run       func(context.Context) error
			want      func(error) bool
			write     bool
		}{
			{"threatstack.agents", func(ctx context.Context) error { _, err := v1.Agents.List(ctx, threatstack.ListOptions{}); return err }, test.read, false},
			{"threatstack.v2.agents", func(ctx context.Context) error {
				_, err := v2.Agents.List(ctx, threatstack.AgentQuery{}, "")
				return err
			}, test.read, false},
			{"threatstack.v2.create-rule", func(ctx context.Context) error {
				_, err := v2.Rulesets.CreateRule(ctx, set.ID, threatstack.Rule{Name: name, Type: threatstack.RuleHost, Severity: 1})
				return err
			}, test.write, true},
		} {
			cases++
			b.admin(t, "POST", `{"operation":"`+op.operation+`",`+test.fault+`}`)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			err := op.run(ctx)
			cancel()
			b.admin(t, "DELETE", "")
			assert.True(t, op.want(err), "%s %s: %v", name, op.operation, err)
			if i == 2 {
				n := made(name)
				assert.LessOrEqual(t, n, 1, "%s: two effects", name)
				assert.False(t, err == nil && n != 1, "%s: acknowledged and not made", name)
			}
		}
	}
	t.Logf("%d cases over fetch", cases)
}

// A hundred callers share one client of each version.
func TestThreatStackManyAtOnce(t *testing.T) {
	v1, v2 := sandbox(t).clients(t)
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			_, ok, err := v1.Agents.Get(t.Context(), "none"+strconv.Itoa(i))
			assert.NoError(t, err)
			assert.False(t, ok)
			page, err := v2.Agents.List(t.Context(), threatstack.AgentQuery{}, "")
			assert.NoError(t, err)
			assert.NotEmpty(t, page.Items)
		})
	}
	group.Wait()
}

// What an error says has no secret in it.
func TestThreatStackSecrets(t *testing.T) {
	b := sandbox(t)
	config := b.config()
	config.BaseURL = "http://127.0.0.1:1"
	client, err := threatstack.NewV2(config)
	require.NoError(t, err)
	_, err = client.Agents.List(t.Context(), threatstack.AgentQuery{}, "")
	require.Error(t, err)
	assert.False(t, strings.Contains(err.Error(), b.APIKey))
}
