//go:build !js

package stellarcyber

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

// contract are the calls that the platform is known to have, by the section of what
// is known about it: 2 tokens, 3 to 5 cases, 6 what belongs to a case, 7 what lies
// around. Each must have a method, a fixture and a run below.
var contract = []struct{ section, operation string }{
	{"2.1", "POST /connect/api/v1/access_token"},
	{"3", "GET /connect/api/v1/cases"},
	{"4", "GET /connect/api/v1/cases/{id}"},
	{"5", "PUT /connect/api/v1/cases/{id}"},
	{"5", "POST /connect/api/v1/cases?id={id}"},
	{"5", "POST /connect/api/v1/incidents?id={id}"},
	{"5.1", "POST /connect/api/v1/cases"},
	{"6.1", "GET /connect/api/v1/cases/{id}/alerts"},
	{"6.2", "GET /connect/api/v1/cases/{id}/observables"},
	{"6.3", "GET /connect/api/v1/cases/{id}/summary"},
	{"6.3", "GET /connect/api/v1/ai/cases/detail"},
	{"6.4", "GET /connect/api/v1/cases/{id}/comments"},
	{"6.4", "POST /connect/api/v1/cases/{id}/comments"},
	{"6.5", "GET /connect/api/v1/cases/{id}/activities"},
	{"6.6", "GET /connect/api/v1/cases/{id}/scores"},
	{"7", "GET /connect/api/v1/tenants"},
	{"7", "GET /connect/api/v1/users"},
	{"7", "GET /connect/api/v1/users/{id}"},
	{"7", "PATCH /connect/api/v1/users/{id}"},
	{"7", "DELETE /connect/api/v1/users/{id}"},
	{"7", "POST /connect/api/v1/security_events/{index}/{id}"},
	{"7", "POST /connect/api/update_ser"},
	{"7", "GET /connect/api/data/{index}/_search"},
	{"7", "GET /connect/api/data/_search/scroll"},
	{"7", "GET /connect/api/v1/connectors"},
	{"7", "GET /connect/api/v1/data_sensors"},
	{"7", "GET /connect/api/v1/user_activities"},
	{"7", "GET /connect/api/v1/incidents"},
	{"7", "GET /connect/api/v1/storage-usages"},
	{"7", "GET /connect/api/v1/entity_usages/daily_count/all"},
	{"7", "GET /connect/api/v1/ingestion-stats/sensor"},
	{"7", "GET /connect/api/v1/ingestion-stats/connector"},
	{"7", "GET /connect/api/v1/lookups"},
	{"7", "GET /connect/api/v1/log_filters"},
}

// operation is a call that the package makes: what it sends, what it is answered.
type operation struct {
	fixture string
	run     func(context.Context, *Platform) (any, error)
	// line is the request below /connect/api; sent is the fixture of its body, "" for none.
	line, sent string
}

const (
	caseID = "65a0c0ffee0000000000beef"
	userID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
)

func anAlert() AlertRef { return AlertRef{"1704100000_a1b2", "aella-ser-1704067200000-"} }

// one is a result that has come when err is nil.
func one(err error) (any, error) { return err == nil, err }

func operations() map[string]operation {
	at := time.UnixMilli(1704103200456)
	update := CaseUpdate{Status: StatusResolved, Resolution: ResolutionBenign, CloseAlerts: true, AddTags: []string{"synced"}, DeleteTags: []string{"vip"}}
	old := CaseUpdate{Status: StatusInProgress, Severity: SeverityHigh, Assignee: "ana@example.net", Description: "Words"}
	return map[string]operation{
		"POST /connect/api/v1/access_token": {"token.json", nil, "/v1/access_token", ""},
		"GET /connect/api/v1/cases": {"cases.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Cases(ctx, CaseQuery{Limit: 25, MinScore: 90, Sort: "case_score", Order: Descending})
		}, "/v1/cases?limit=25&sort=case_score&order=desc&min_score=90", ""},
		"GET /connect/api/v1/cases/{id}": {"case.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Case(ctx, caseID)
		}, "/v1/cases/" + caseID, ""},
		"PUT /connect/api/v1/cases/{id}": {"case-updated.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.UpdateCase(ctx, caseID, update)
		}, "/v1/cases/" + caseID, "update-sent.json"},
		"POST /connect/api/v1/cases?id={id}": {"case.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.UpdateCase43(ctx, caseID, old)
		}, "/v1/cases?id=" + caseID, "update-4.3-sent.json"},
		"POST /connect/api/v1/incidents?id={id}": {"case.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.UpdateIncident(ctx, caseID, old)
		}, "/v1/incidents?id=" + caseID, "update-4.3-sent.json"},
		"POST /connect/api/v1/cases": {"case.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.CreateCase(ctx, NewCase{
				"Two of a kind", []AlertRef{anAlert()}, "11112222333344445555666677778888", SeverityHigh, StatusNew, "ana@example.net", []string{"vip"}, "first",
			})
		}, "/v1/cases", "create-sent.json"},
		"GET /connect/api/v1/cases/{id}/alerts": {"alerts.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Alerts(ctx, caseID, 50, 0)
		}, "/v1/cases/" + caseID + "/alerts?limit=50", ""},
		"GET /connect/api/v1/cases/{id}/observables": {"observables.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Observables(ctx, caseID)
		}, "/v1/cases/" + caseID + "/observables", ""},
		"GET /connect/api/v1/cases/{id}/summary": {"summary.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Summary(ctx, caseID)
		}, "/v1/cases/" + caseID + "/summary?formatted=true", ""},
		"GET /connect/api/v1/ai/cases/detail": {"narrative.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Narrative(ctx, caseID)
		}, "/v1/ai/cases/detail?id=" + caseID, ""},
		"GET /connect/api/v1/cases/{id}/comments": {"comments.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Comments(ctx, caseID)
		}, "/v1/cases/" + caseID + "/comments", ""},
		"POST /connect/api/v1/cases/{id}/comments": {"comment.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.AddComment(ctx, caseID, `Seen "twice".`)
		}, "/v1/cases/" + caseID + "/comments", "comment-sent.json"},
		"GET /connect/api/v1/cases/{id}/activities": {"activities.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Activities(ctx, caseID)
		}, "/v1/cases/" + caseID + "/activities", ""},
		"GET /connect/api/v1/cases/{id}/scores": {"scores.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Scores(ctx, caseID)
		}, "/v1/cases/" + caseID + "/scores", ""},
		"GET /connect/api/v1/tenants": {"tenants.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Tenants(ctx, "cust_id", "cust_name", "tgrp_name")
		}, "/v1/tenants?fields=cust_id%2Ccust_name%2Ctgrp_name", ""},
		"GET /connect/api/v1/users": {"users.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Users(ctx)
		}, "/v1/users", ""},
		"GET /connect/api/v1/users/{id}": {"user.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.User(ctx, "a/../b?c")
		}, "/v1/users/a%2F..%2Fb%3Fc", ""},
		"PATCH /connect/api/v1/users/{id}": {"empty.json", func(ctx context.Context, c *Platform) (any, error) {
			return one(c.SetProfile(ctx, userID, "security_analyst"))
		}, "/v1/users/" + userID, "profile-sent.json"},
		"DELETE /connect/api/v1/users/{id}": {"empty.json", func(ctx context.Context, c *Platform) (any, error) {
			return one(c.DeleteUser(ctx, userID))
		}, "/v1/users/" + userID, ""},
		"POST /connect/api/v1/security_events/{index}/{id}": {"empty.json", func(ctx context.Context, c *Platform) (any, error) {
			return one(c.UpdateAlert(ctx, anAlert(), AlertUpdate{AlertClosed, "done", []string{"synced"}}))
		}, "/v1/security_events/aella-ser-1704067200000-/1704100000_a1b2", "alert-sent.json"},
		"POST /connect/api/update_ser": {"empty.json", func(ctx context.Context, c *Platform) (any, error) {
			return one(c.UpdateAlertOld(ctx, anAlert(), AlertUpdate{AlertClosed, "done", nil}))
		}, "/update_ser", "alert-old-sent.json"},
		"GET /connect/api/data/{index}/_search": {"search.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Search(ctx, "aella-ser-*", api.Raw(`{"size":1}`), "1m")
		}, "/data/aella-ser-%2A/_search?source=%7B%22size%22%3A1%7D&source_content_type=application%2Fjson&scroll=1m", ""},
		"GET /connect/api/data/_search/scroll": {"search.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Scroll(ctx, "c2Nyb2xs", "1m")
		}, "/data/_search/scroll?scroll_id=c2Nyb2xs&scroll=1m", ""},
		"GET /connect/api/v1/connectors": {"connectors.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Connectors(ctx, "11112222333344445555666677778888")
		}, "/v1/connectors?cust_id=11112222333344445555666677778888", ""},
		"GET /connect/api/v1/data_sensors": {"sensors.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Sensors(ctx)
		}, "/v1/data_sensors", ""},
		"GET /connect/api/v1/user_activities": {"user-activities.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.UserActivities(ctx, at, at)
		}, "/v1/user_activities?sort=Timestamps&order=asc&FROM~Timestamps=1704103200456&TO~Timestamps=1704103200456", ""},
		"GET /connect/api/v1/incidents": {"incidents.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Incidents(ctx, CaseQuery{TicketID: 412, Limit: 1})
		}, "/v1/incidents?limit=1&ticket_id=412", ""},
		"GET /connect/api/v1/storage-usages": {"storage-usages.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.StorageUsages(ctx)
		}, "/v1/storage-usages?aggr_type=tenant", ""},
		"GET /connect/api/v1/entity_usages/daily_count/all": {"entity-usages.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.EntityUsages(ctx, 31)
		}, "/v1/entity_usages/daily_count/all?days=31", ""},
		"GET /connect/api/v1/ingestion-stats/sensor": {"ingestion.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.SensorIngestion(ctx, at, time.Time{})
		}, "/v1/ingestion-stats/sensor?start_time=1704103200456", ""},
		"GET /connect/api/v1/ingestion-stats/connector": {"ingestion.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.ConnectorIngestion(ctx, time.Time{}, at)
		}, "/v1/ingestion-stats/connector?end_time=1704103200456", ""},
		"GET /connect/api/v1/lookups": {"lookups.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.Lookups(ctx)
		}, "/v1/lookups", ""},
		"GET /connect/api/v1/log_filters": {"log-filters.json", func(ctx context.Context, c *Platform) (any, error) {
			return c.LogFilters(ctx)
		}, "/v1/log_filters", ""},
	}
}

// TestOperationsAreTheContract fails where a call of the contract has no method, no
// fixture or no run, and where there is one that the contract does not have.
func TestOperationsAreTheContract(t *testing.T) {
	t.Parallel()
	declared := clienttest.Operations(t)
	made := operations()
	for _, row := range contract {
		assert.NotEmpty(t, declared[row.operation], "section %s: %s has no method that declares it", row.section, row.operation)
		assert.FileExists(t, fixtures+made[row.operation].fixture, "section %s: %s", row.section, row.operation)
		delete(declared, row.operation)
		delete(made, row.operation)
	}
	assert.Empty(t, declared, "declared, and not in the contract")
	assert.Empty(t, made, "run, and not in the contract")
	t.Logf("%d operations, each with a method, a fixture and a run", len(contract))
}

// recorder answers every data call in one way and keeps what was sent.
type recorder struct {
	*server
	mu    sync.Mutex
	calls []string
}

func record(t *testing.T, answer http.HandlerFunc) *recorder {
	r := &recorder{server: newServer(t)}
	r.mux.HandleFunc("/gateway/connect/api/", func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		line := req.Method + " " + strings.TrimPrefix(req.RequestURI, "/gateway/connect/api")
		if len(body) > 0 {
			line += " " + req.Header.Get("Content-Type") + " " + string(body)
		}
		r.mu.Lock()
		r.calls = append(r.calls, line)
		r.mu.Unlock()
		answer(w, req)
	})
	return r
}

func (r *recorder) sent() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
}

// TestOperations: every call sends what the contract says and understands the
// answer; and every way of failing ends in the right error, after the right number
// of tries.
func TestOperations(t *testing.T) {
	t.Parallel()
	for name, op := range operations() {
		if op.run == nil { // the token's tests are TestToken and those after it
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := record(t, answer(200, fixture(t, op.fixture)))
			got, err := op.run(t.Context(), s.platform(t))
			require.NoError(t, err)
			assert.NotZero(t, got)
			method, _, _ := strings.Cut(name, " ")
			want := method + " " + op.line
			if op.sent != "" {
				want += " application/json " + strings.TrimSpace(fixture(t, op.sent))
			}
			assert.Equal(t, []string{want}, s.sent())

			for status, into := range map[int]any{
				400: new(*api.StatusError), 401: new(*api.AuthError), 403: new(*api.StatusError), 404: new(*api.StatusError),
				422: new(*api.StatusError), 429: new(*api.RateLimitError), 503: new(*api.StatusError),
			} {
				s := record(t, func(w http.ResponseWriter, r *http.Request) { // some repeat what they refuse
					answer(status, `{"error":"no, `+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")+`"}`)(w, r)
				})
				_, err := op.run(t.Context(), s.platform(t))
				require.ErrorAs(t, err, into, status)
				noSecrets(t, err)
				tries := 1
				switch {
				case status == 401:
					tries = 2 // with a new token
				case status == 503 && method != "POST":
					tries = 3
				}
				assert.Len(t, s.sent(), tries, "status %d", status)
			}
		})
	}
}

// What has an answer to read does not take another for it.
func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	for name, op := range operations() {
		if op.run == nil || op.fixture == "empty.json" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := fixture(t, op.fixture)
			bodies := []string{"null", "{}", "[]", "<html>sign in</html>", whole + "x", whole[:len(whole)/2], "{\"a\":\"\xff\"}", `{"data":null}`, `{"data":7}`}
			if op.sent != "comment-sent.json" {
				bodies = append(bodies, "")
			}
			for _, body := range bodies {
				s := record(t, answer(200, body))
				got, err := op.run(t.Context(), s.platform(t))
				require.ErrorAs(t, err, new(*api.DecodeError), "%s: %v", body, got)
				noSecrets(t, err)
			}
		})
	}
}

// An answer about another case is none about this one.
func TestAnswersAboutOthers(t *testing.T) {
	t.Parallel()
	other := strings.Replace(fixture(t, "case.json"), "beef", "beee", 1)
	for name, op := range operations() {
		if op.fixture != "case.json" && op.fixture != "case-updated.json" || name == "POST /connect/api/v1/cases" {
			continue
		}
		_, err := op.run(t.Context(), record(t, answer(200, other)).platform(t))
		require.ErrorAs(t, err, new(*api.DecodeError), name)
	}
	s := record(t, answer(200, fixture(t, "cases.json")))
	_, _, err := s.platform(t).CaseByTicket(t.Context(), 412)
	require.ErrorAs(t, err, new(*api.DecodeError), "the server ignored the argument")
	found, ok, err := s.platform(t).CaseByTicket(t.Context(), 1667)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.EqualValues(t, 1667, found.TicketID)
	assert.Equal(t, "GET /v1/cases?limit=1&ticket_id=1667", s.sent()[1])
	_, ok, err = record(t, answer(200, fixture(t, "cases-none.json"))).platform(t).CaseByTicket(t.Context(), 3)
	require.NoError(t, err)
	assert.False(t, ok)
}

// What the contract forbids is found before the network.
func TestInvalid(t *testing.T) {
	t.Parallel()
	c, err := NewPlatform(offlineConfig())
	require.NoError(t, err)
	ctx := t.Context()
	result := func(_ any, err error) error { return err }
	for name, err := range map[string]error{
		"case":       result(c.Case(ctx, "")),
		"nothing":    result(c.UpdateCase(ctx, caseID, CaseUpdate{})),
		"status":     result(c.UpdateCase(ctx, caseID, CaseUpdate{Status: "Canceled"})),
		"severity":   result(c.UpdateCase(ctx, caseID, CaseUpdate{Severity: "P1"})),
		"resolution": result(c.UpdateCase43(ctx, caseID, CaseUpdate{Resolution: "Done"})),
		"open":       result(c.UpdateIncident(ctx, caseID, CaseUpdate{Status: StatusNew, CloseAlerts: true})),
		"tag":        result(c.UpdateCase(ctx, caseID, CaseUpdate{DeleteTags: []string{"a,b"}})),
		"no case":    result(c.UpdateCase(ctx, "", CaseUpdate{Status: StatusNew})),
		"no name":    result(c.CreateCase(ctx, NewCase{})),
		"new status": result(c.CreateCase(ctx, NewCase{Name: "a", Status: "x"})),
		"new level":  result(c.CreateCase(ctx, NewCase{Name: "a", Severity: "x"})),
		"new tag":    result(c.CreateCase(ctx, NewCase{Name: "a", Tags: []string{""}})),
		"alerts":     result(c.Alerts(ctx, caseID, 51, 0)),
		"none":       result(c.Alerts(ctx, caseID, 0, 0)),
		"back":       result(c.Alerts(ctx, caseID, 1, -1)),
		"alerts of":  result(c.Alerts(ctx, "", 1, 0)),
		"alert":      c.UpdateAlert(ctx, AlertRef{"", "x"}, AlertUpdate{Status: AlertNew}),
		"no change":  c.UpdateAlert(ctx, anAlert(), AlertUpdate{}),
		"alert's":    c.UpdateAlert(ctx, anAlert(), AlertUpdate{Status: StatusResolved}),
		"old tags":   c.UpdateAlertOld(ctx, anAlert(), AlertUpdate{AddTags: []string{"a"}}),
		"old status": c.UpdateAlertOld(ctx, anAlert(), AlertUpdate{Status: "x"}),
		"comment":    result(c.AddComment(ctx, caseID, " \n")),
		"comment of": result(c.AddComment(ctx, "", "a")),
		"comments":   result(c.Comments(ctx, "")),
		"activities": result(c.Activities(ctx, "")),
		"scores":     result(c.Scores(ctx, "")),
		"summary":    result(c.Summary(ctx, "")),
		"narrative":  result(c.Narrative(ctx, "")),
		"user":       result(c.User(ctx, "")),
		"profile":    c.SetProfile(ctx, userID, ""),
		"profile of": c.SetProfile(ctx, "", "a"),
		"delete":     c.DeleteUser(ctx, ""),
		"days":       result(c.EntityUsages(ctx, 32)),
		"index":      result(c.Search(ctx, "a/b", api.Raw("{}"), "")),
		"body":       result(c.Search(ctx, "a", nil, "")),
		"scroll":     result(c.Scroll(ctx, "", "")),
		"incidents":  result(c.Incidents(ctx, CaseQuery{Limit: 501})),
	} {
		require.ErrorAs(t, err, new(*api.InvalidError), name)
	}
	_, _, err = c.CaseByTicket(ctx, 0)
	require.ErrorAs(t, err, new(*api.InvalidError))
}

func TestRawObservables(t *testing.T) {
	t.Parallel()
	s := record(t, answer(200, fixture(t, "observables.json")))
	raw, err := s.platform(t).RawObservables(t.Context(), caseID)
	require.NoError(t, err)
	assert.Equal(t, []string{"GET /v1/cases/" + caseID + "/observables"}, s.sent())
	assert.JSONEq(t, `{"http://bad.example/":{"count":3}}`, string(raw.Get("urls")))
	var fields []string
	for _, field := range raw.Extra {
		fields = append(fields, field.Name)
	}
	assert.Subset(t, fields, []string{"hosts", "users", "processes", "files", "external_hosts", "urls"})
	for _, body := range []string{`{"observables":[]}`, `{"observables":null}`, `{"data":{}}`, `{"observables":{"urls":`} {
		_, err := record(t, answer(200, body)).platform(t).RawObservables(t.Context(), caseID)
		require.ErrorAs(t, err, new(*api.DecodeError), body)
	}
	_, err = s.platform(t).RawObservables(t.Context(), "")
	require.ErrorAs(t, err, new(*api.InvalidError))
}

// A server may answer a comment with nothing.
func TestCommentWithoutAnswer(t *testing.T) {
	t.Parallel()
	got, err := record(t, answer(201, "")).platform(t).AddComment(t.Context(), caseID, "a")
	require.NoError(t, err)
	assert.Empty(t, got.ID)
}

func TestWalkAlerts(t *testing.T) {
	t.Parallel()
	alerts := func(total string, n, most int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var skip, limit int
			_, _ = fmt.Sscan(r.URL.Query().Get("skip"), &skip)
			_, _ = fmt.Sscan(r.URL.Query().Get("limit"), &limit)
			var docs []string
			for i := skip; i < min(n, skip+min(limit, most)); i++ {
				docs = append(docs, fmt.Sprintf(`{"_id":"%d","_index":"a"}`, i))
			}
			answer(200, `{"data":{`+total+`"docs":[`+strings.Join(docs, ",")+`]}}`)(w, r)
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   int
		calls  int
	}{
		"two pages and a half":    {alerts(`"total":134,`, 134, 50), 134, 3},
		"without a total":         {alerts("", 134, 50), 134, 4},
		"a server that gives ten": {alerts("", 25, 10), 25, 4},
		"none":                    {alerts("", 0, 50), 0, 1},
	} {
		s := record(t, test.answer)
		n := 0
		for found, err := range s.platform(t).WalkAlerts(caseID, 0).All(t.Context()) {
			require.NoError(t, err, name)
			require.Equal(t, fmt.Sprint(n), found.ID, name)
			n++
		}
		assert.Equal(t, test.want, n, name)
		assert.Len(t, s.sent(), test.calls, name)
	}
	// A server that does not know skip would have it go on for ever.
	var last error
	for _, err := range record(t, answer(200, fixture(t, "alerts.json"))).platform(t).WalkAlerts(caseID, 0).All(t.Context()) {
		last = err
	}
	require.NoError(t, last)
	forever := strings.Replace(fixture(t, "alerts.json"), `"total":2,`, "", 1)
	for _, err := range record(t, answer(200, forever)).platform(t).WalkAlerts(caseID, 0).All(t.Context()) {
		last = err
	}
	require.ErrorAs(t, last, new(*api.DecodeError))
}
