package threatstack

import (
	"context"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

// operation is a call that the package makes: what it sends, what it is answered.
type operation struct {
	fixture string
	run     func(context.Context, *Client, *ClientV2) (any, error)
	// line is the request; sent is the fixture of its body, "" for none.
	line, sent string
}

const (
	uuid   = "3f0c1d52-0000-11e8-8000-0242ac110002"
	ruleOf = "71000000-0000-11e8-8000-0242ac110002"
	setOf  = "72000000-0000-11e8-8000-0242ac110002"
)

// found is the result of a Get.
func found[T any](got T, ok bool, err error) (any, error) {
	if !ok && err == nil {
		return nil, os.ErrNotExist
	}
	return got, err
}

func collect[T any](all iter.Seq2[T, error]) (any, error) {
	var got []T
	for item, err := range all {
		if err != nil {
			return nil, err
		}
		got = append(got, item)
	}
	return got, nil
}

func nothing(err error) (any, error) { return err == nil, err }

// operations are all calls of both versions. They must be the ones that the
// comments of the code declare.
func operations() map[string]operation {
	rule := func() Rule {
		return Rule{
			Name: "Keys read", Type: RuleFile, Title: "Key of {{user}} read", Severity: 2, AggregateFields: []string{"user"},
			Filter: `event_type = "file"`, Window: 3600, Threshold: 1, Enabled: true,
			Paths: []IntegrityPath{{"/root/.ssh", true}}, IgnoreFiles: []string{".swp"}, Events: []string{"modify", "delete"},
		}
	}
	ruleset := RulesetInput{Name: "Base", Description: "For all hosts", RuleIDs: []string{ruleOf}}
	return map[string]operation{
		"GET /api/v1/agents": {"agents.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Agents.List(ctx, ListOptions{Page: 2, Count: 10})
		}, "/api/v1/agents?count=10&page=2", ""},
		"GET /api/v1/agents/{id}": {"agent.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return found(c.Agents.Get(ctx, "5a1b2c3d4e5f607182930001"))
		}, "/api/v1/agents/5a1b2c3d4e5f607182930001", ""},
		"GET /api/v1/alerts": {"alerts.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Alerts.List(ctx, ListOptions{})
		}, "/api/v1/alerts", ""},
		"GET /api/v1/alerts/{id}": {"alert.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return found(c.Alerts.Get(ctx, "a/../b?c"))
		}, "/api/v1/alerts/a%2F..%2Fb%3Fc", ""},
		"GET /api/v1/logs": {"logs.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Logs.List(ctx, ListOptions{Text: "Ana Ruiz"})
		}, "/api/v1/logs?q=Ana+Ruiz", ""},
		"GET /api/v1/organizations": {"organizations.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Organizations.List(ctx, ListOptions{})
		}, "/api/v1/organizations", ""},
		"GET /api/v1/organizations/{id}/users": {"users.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Organizations.Users(ctx, "00112233445566778899aabbccddeeff")
		}, "/api/v1/organizations/00112233445566778899aabbccddeeff/users", ""},
		"GET /api/v1/policies": {"policies.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return c.Policies.List(ctx, ListOptions{Fields: []string{"id", "name"}})
		}, "/api/v1/policies?fields=id%2Cname", ""},
		"GET /api/v1/policies/{id}": {"policy.json", func(ctx context.Context, c *Client, _ *ClientV2) (any, error) {
			return found(c.Policies.Get(ctx, "p", "name", "alert_policy"))
		}, "/api/v1/policies/p?fields=name%2Calert_policy", ""},

		"GET /help/hawk/self-test": {"v2-self-test.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.SelfTest(ctx))
		}, "/help/hawk/self-test", ""},
		"GET /v2/agents": {"v2-agents.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Agents.List(ctx, AgentQuery{Hostname: "edge 3", Type: "monitor"}, "b2Zmc2V0LTEwMA")
		}, "/v2/agents?status=online&type=monitor&hostname=edge+3&token=b2Zmc2V0LTEwMA", ""},
		"GET /v2/agents/{id}": {"v2-agent.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.Agents.Get(ctx, uuid))
		}, "/v2/agents/" + uuid, ""},
		"GET /v2/alerts": {"v2-alerts.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return collect(c.Alerts.All(ctx, AlertQuery{Status: Dismissed, Severity: 1, AgentID: "a", RuleID: "r", RulesetID: "s", From: Day(2018, 2, 1), Until: Day(2018, 3, 1)}))
		}, "/v2/alerts?status=dismissed&severity=1&agentId=a&ruleId=r&rulesetId=s&from=2018-02-01&until=2018-03-01", ""},
		"GET /v2/alerts/{id}": {"v2-alert.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.Alerts.Get(ctx, uuid))
		}, "/v2/alerts/" + uuid, ""},
		"GET /v2/alerts/{id}/events": {"v2-events.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Alerts.Events(ctx, uuid)
		}, "/v2/alerts/" + uuid + "/events", ""},
		"GET /v2/alerts/severity-counts": {"v2-severity-counts.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Alerts.SeverityCounts(ctx, Time{}, Time{})
		}, "/v2/alerts/severity-counts", ""},
		"POST /v2/alerts/dismiss": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Alerts.Dismiss(ctx, Dismissal{IDs: []string{"5a1b2c3d-0000-11e8-8000-0242ac110002"}, Reason: OtherReason, ReasonText: "test"}))
		}, "/v2/alerts/dismiss", "v2-dismiss-sent.json"},
		"GET /v2/vulnerabilities": {"v2-vulnerabilities.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			yes := true
			return c.Vulnerabilities.List(ctx, VulnerabilityQuery{AgentID: "a", Active: &yes, HasSecurityNotices: &yes}, "")
		}, "/v2/vulnerabilities?agentId=a&active=true&hasSecurityNotices=true", ""},
		"GET /v2/vulnerabilities/{cve}/servers": {"v2-vulnerable-servers.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return collect(c.Vulnerabilities.Servers(ctx, "CVE-2018-0001"))
		}, "/v2/vulnerabilities/CVE-2018-0001/servers", ""},
		"GET /v2/vulnerabilities/package/{name}": {"v2-packages.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return collect(c.Vulnerabilities.Packages(ctx, "openssl"))
		}, "/v2/vulnerabilities/package/openssl", ""},
		"GET /v2/vulnerabilities/suppressions": {"v2-suppressions.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return collect(c.Vulnerabilities.Suppressions(ctx))
		}, "/v2/vulnerabilities/suppressions", ""},
		"GET /v2/rulesets": {"v2-rulesets.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Rulesets.List(ctx, uuid, "")
		}, "/v2/rulesets?agentId=" + uuid, ""},
		"POST /v2/rulesets": {"v2-ruleset.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Rulesets.Create(ctx, ruleset)
		}, "/v2/rulesets", "v2-ruleset-sent.json"},
		"GET /v2/rulesets/{id}": {"v2-ruleset.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.Rulesets.Get(ctx, setOf))
		}, "/v2/rulesets/" + setOf, ""},
		"PUT /v2/rulesets/{id}": {"v2-ruleset.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Rulesets.Update(ctx, setOf, ruleset)
		}, "/v2/rulesets/" + setOf, "v2-ruleset-sent.json"},
		"DELETE /v2/rulesets/{id}": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Rulesets.Delete(ctx, setOf))
		}, "/v2/rulesets/" + setOf, ""},
		"GET /v2/rulesets/{id}/rules": {"v2-rules.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Rulesets.Rules(ctx, setOf, "")
		}, "/v2/rulesets/" + setOf + "/rules", ""},
		"POST /v2/rulesets/{id}/rules": {"v2-rule.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Rulesets.CreateRule(ctx, setOf, rule())
		}, "/v2/rulesets/" + setOf + "/rules", "v2-rule-sent.json"},
		"GET /v2/rulesets/{id}/rules/{ruleId}": {"v2-rule.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.Rulesets.Rule(ctx, setOf, ruleOf))
		}, "/v2/rulesets/" + setOf + "/rules/" + ruleOf, ""},
		"PUT /v2/rulesets/{id}/rules/{ruleId}": {"v2-rule.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			changed := rule()
			changed.ID, changed.CreatedAt = "mine", "2018-01-01T00:00:00.000Z"
			return c.Rulesets.UpdateRule(ctx, setOf, ruleOf, changed)
		}, "/v2/rulesets/" + setOf + "/rules/" + ruleOf, "v2-rule-sent.json"},
		"DELETE /v2/rulesets/{id}/rules/{ruleId}": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Rulesets.DeleteRule(ctx, setOf, ruleOf))
		}, "/v2/rulesets/" + setOf + "/rules/" + ruleOf, ""},
		"GET /v2/rules/{ruleId}/tags": {"v2-tags.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.Rulesets.Tags(ctx, ruleOf))
		}, "/v2/rules/" + ruleOf + "/tags", ""},
		"POST /v2/rules/{ruleId}/tags": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Rulesets.SetTags(ctx, ruleOf, RuleTags{Inclusion: []Tag{{"ec2", "env", "prod"}}}))
		}, "/v2/rules/" + ruleOf + "/tags", "v2-tags.json"},
		"GET /v2/aws/ec2": {"v2-ec2.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			no := false
			return collect(c.Servers.EC2(ctx, &no, true))
		}, "/v2/aws/ec2?monitored=false&verbose=true", ""},
		"GET /v2/organizations/members": {"v2-members.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Members.List(ctx, true)
		}, "/v2/organizations/members?enabledOnly=true", ""},
		"POST /v2/organizations/members": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Members.Add(ctx, userID, "reader"))
		}, "/v2/organizations/members", "v2-member-sent.json"},
		"DELETE /v2/organizations/members/{id}": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.Members.Remove(ctx, userID))
		}, "/v2/organizations/members/" + userID, ""},
		"POST /v2/organizations/invites": {"v2-invite.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return c.Members.Invite(ctx, "jon@example.net", "reader")
		}, "/v2/organizations/invites", "v2-invite-sent.json"},
		"GET /v2/auditlogs": {"v2-auditlogs.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return collect(c.AuditLogs.All(ctx, AuditQuery{UserEmail: "ana@example.net", Operation: "login"}))
		}, "/v2/auditlogs?userEmail=ana%40example.net&operation=login", ""},
		"GET /v2/integrations/s3export": {"v2-s3export.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return found(c.S3Export.Get(ctx))
		}, "/v2/integrations/s3export", ""},
		"PUT /v2/integrations/s3export": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.S3Export.Set(ctx, S3Export{
				OrganizationID: "mine", Bucket: "example-events", RoleARN: "arn:aws:iam::000000000000:role/example",
				RoleARNExternalID: "example", Region: "us-east-1", Prefix: "ts/", Enabled: true,
			}))
		}, "/v2/integrations/s3export", "v2-s3export-sent.json"},
		"DELETE /v2/integrations/s3export": {"v2-empty.json", func(ctx context.Context, _ *Client, c *ClientV2) (any, error) {
			return nothing(c.S3Export.Delete(ctx, "example-events"))
		}, "/v2/integrations/s3export", "v2-bucket-sent.json"},
	}
}

// contract is what the platform has, by the section of the contract that this project
// was built from; its sources are in the comments of the methods.
var contract = map[string][]string{
	"3.1 agents":        {"GET /api/v1/agents", "GET /api/v1/agents/{id}"},
	"3.2 alerts":        {"GET /api/v1/alerts", "GET /api/v1/alerts/{id}"},
	"3.3 logs":          {"GET /api/v1/logs"},
	"3.4 organizations": {"GET /api/v1/organizations", "GET /api/v1/organizations/{id}/users"},
	"3.5 policies":      {"GET /api/v1/policies", "GET /api/v1/policies/{id}"},
	"4.5 self-test":     {"GET /help/hawk/self-test"},
	"5.1 agents":        {"GET /v2/agents", "GET /v2/agents/{id}"},
	"5.2 alerts": {
		"GET /v2/alerts", "GET /v2/alerts/{id}", "GET /v2/alerts/{id}/events", "GET /v2/alerts/severity-counts", "POST /v2/alerts/dismiss",
	},
	"5.3 vulnerabilities": {
		"GET /v2/vulnerabilities", "GET /v2/vulnerabilities/{cve}/servers", "GET /v2/vulnerabilities/package/{name}",
		"GET /v2/vulnerabilities/suppressions",
	},
	"5.4 rulesets, rules, tags": {
		"GET /v2/rulesets", "POST /v2/rulesets", "GET /v2/rulesets/{id}", "PUT /v2/rulesets/{id}", "DELETE /v2/rulesets/{id}",
		"GET /v2/rulesets/{id}/rules", "POST /v2/rulesets/{id}/rules", "GET /v2/rulesets/{id}/rules/{ruleId}",
		"PUT /v2/rulesets/{id}/rules/{ruleId}", "DELETE /v2/rulesets/{id}/rules/{ruleId}",
		"GET /v2/rules/{ruleId}/tags", "POST /v2/rules/{ruleId}/tags",
	},
	"5.5 EC2":       {"GET /v2/aws/ec2"},
	"5.5 members":   {"GET /v2/organizations/members", "POST /v2/organizations/members", "DELETE /v2/organizations/members/{id}", "POST /v2/organizations/invites"},
	"5.5 audit log": {"GET /v2/auditlogs"},
	"5.5 S3 export": {"GET /v2/integrations/s3export", "PUT /v2/integrations/s3export", "DELETE /v2/integrations/s3export"},
}

// TestContractIsWhole fails where the contract has a call without a method, a test or
// a fixture, or where there is one that it does not have.
func TestContractIsWhole(t *testing.T) {
	t.Parallel()
	made := operations()
	for section, names := range contract {
		for _, name := range names {
			op, ok := made[name]
			if assert.True(t, ok, "section %s: %s is called by no test", section, name) {
				assert.NotEmpty(t, fixture(t, op.fixture), "section %s: %s has no fixture", section, name)
				assert.Equal(t, strings.HasPrefix(name, "POST") || strings.HasPrefix(name, "PUT") || name == "DELETE /v2/integrations/s3export",
					op.sent != "", "section %s: %s: the body that is sent is a fixture", section, name)
			}
			delete(made, name)
		}
	}
	assert.Empty(t, made, "in no section")
}

// TestOperationsAreDeclared fails where the code declares a call that is not made
// here, or the other way round.
func TestOperationsAreDeclared(t *testing.T) {
	t.Parallel()
	declared := clienttest.Operations(t)
	for name := range operations() {
		assert.NotEmpty(t, declared[name], "%s is declared nowhere", name)
		delete(declared, name)
	}
	assert.Empty(t, declared, "declared, and made by no test")
}

// Every call sends what the contract says, signed as it says, and understands the
// answer; and every way of failing ends in the right error.
func TestOperations(t *testing.T) {
	t.Parallel()
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, answer(200, fixture(t, op.fixture)))
			got, err := op.run(t.Context(), s.v1(t), s.v2(t))
			require.NoError(t, err)
			assert.NotZero(t, got)
			method, _, _ := strings.Cut(name, " ")
			want := call{Line: method + " " + op.line}
			if op.sent != "" {
				want.Body = fixture(t, op.sent)
			}
			if strings.HasPrefix(op.line, "/api/v1/") {
				want.Org = orgID
			}
			assert.Equal(t, []call{want}, s.seen())

			for status, into := range map[int]any{
				400: new(*api.StatusError), 401: new(*api.AuthError), 403: new(*api.StatusError),
				409: new(*api.StatusError), 429: new(*api.RateLimitError), 500: new(*api.StatusError),
			} {
				s := newServer(t, answer(status, `{"status":"error","message":"no, `+canaryKey+`","errors":["no, `+canaryKey+`"]}`))
				_, err := op.run(t.Context(), s.v1(t), s.v2(t))
				var refusal *Error
				require.ErrorAs(t, err, &refusal, status)
				require.ErrorAs(t, err, into, status)
				assert.Equal(t, "no, [hidden]", refusal.Message)
				assert.Equal(t, status, refusal.Status)
				assert.True(t, strings.HasPrefix(refusal.Operation, "threatstack: "), refusal.Operation)
				noSecrets(t, err)
				if status < 500 || method == "POST" {
					assert.Len(t, s.seen(), 1, "%d is final, and no POST is repeated", status)
				}
			}
		})
	}
}

// What has an answer to read does not take another for it.
func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := fixture(t, op.fixture)
			bodies := []string{"null", "<html>sign in</html>", whole + "x", whole[:min(len(whole)-1, 10)]}
			if op.fixture != "v2-empty.json" { // those may answer no content
				bodies = append(bodies, "", "{\"a\":\"\xff\"}")
			}
			for _, body := range bodies {
				s := newServer(t, answer(200, body))
				_, err := op.run(t.Context(), s.v1(t), s.v2(t))
				require.ErrorAs(t, err, new(*api.DecodeError), body)
				noSecrets(t, err)
			}
			s := newServer(t, answer(404, "<html>gateway</html>"))
			_, err := op.run(t.Context(), s.v1(t), s.v2(t))
			var refusal *Error
			require.ErrorAs(t, err, &refusal, "a page is not the platform's word")
			assert.Equal(t, 404, refusal.Status)
		})
	}
}
