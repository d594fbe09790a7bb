//go:build !js

package lookup_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

// library is a TruSTAR 1.3 of a few reports.
type library struct {
	// reports by id, with what the platform extracted of them.
	reports map[string]struct {
		body      string
		extracted []string
	}
	status int  // of correlated, 0 is 200
	blind  bool // the indicators of a report cannot be had
	calls  atomic.Int32
}

func (l *library) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.calls.Add(1)
	w.Header().Set("Content-Type", "application/json")
	path := strings.TrimPrefix(r.URL.Path, "/ts")
	page := func(items []map[string]any) {
		_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "pageNumber": 0, "pageSize": 25, "hasNext": false, "empty": len(items) == 0})
	}
	switch {
	case path == "/oauth/token":
		_, _ = w.Write([]byte(`{"access_token":"0f5c3a52-6a1e-4a53-9b7e-6f0c7d1f2a10","token_type":"bearer","expires_in":599}`))
	case path == "/api/1.3/reports/correlated":
		if l.status != 0 {
			w.WriteHeader(l.status)
			return
		}
		values := strings.Split(strings.Join(r.URL.Query()["indicators"], ","), ",")
		items := []map[string]any{}
		for id, held := range l.reports {
			if slices.ContainsFunc(held.extracted, func(v string) bool { return slices.Contains(values, v) }) {
				items = append(items, map[string]any{
					"id": id, "title": "Report " + id, "reportBody": held.body, "created": 1700000000000, "updated": 1700000000000,
					"timeBegan": 1700000000000, "distributionType": "ENCLAVE", "enclaveIds": []string{"e1"},
				})
			}
		}
		page(items)
	case strings.HasSuffix(path, "/indicators"):
		if l.blind {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		id := strings.TrimSuffix(strings.TrimPrefix(path, "/api/1.3/reports/"), "/indicators")
		items := []map[string]any{}
		for _, value := range l.reports[id].extracted {
			items = append(items, map[string]any{"guid": "IP|" + value, "indicatorType": "IP", "value": value})
		}
		page(items)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (l *library) hold(n int, body string, extracted ...string) {
	if l.reports == nil {
		l.reports = map[string]struct {
			body      string
			extracted []string
		}{}
	}
	l.reports["6c1b7f0a-9a51-4a7e-8f0e-0000000000"+strconv.Itoa(10+n)] = struct {
		body      string
		extracted []string
	}{body, extracted}
}

func (l *library) source(t *testing.T) lookup.Source {
	t.Helper()
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	client, err := trustar.New(trustar.Config{
		Transport: lookup.CountCalls(httptransport.New(httptransport.Config{})), BaseURL: server.URL + "/ts", Version: trustar.Version13,
		Key: "key", Secret: "secret", WebURL: "https://station.example",
	})
	require.NoError(t, err)
	return lookup.NewReports(client, lookup.SourceState{ProfileID: "t", Platform: "trustar", Name: "Team"})
}

func TestReportsMatchByTheirText(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.hold(1, "seen 198.51.100[.]1 and 198.51.100.2", "198.51.100.1", "198.51.100.2")
	answer := ask(t, l.source(t))
	require.Len(t, answer.Results, 1)
	assert.Equal(t, lookup.KindReport, answer.Results[0].Kind)
	assert.Equal(t, []report.Reference{rare, common}, answer.Results[0].Matched)
	assert.Contains(t, answer.Results[0].Link, "https://station.example")
	assert.Equal(t, []report.Reference{unheard}, answer.New, "asked for by itself, and nothing came")
	assert.Equal(t, lookup.StateAnswered, answer.Sources[0].State)
	assert.Equal(t, 3, answer.Sources[0].Calls, "a token, all values, the rest")
}

func TestReportsThatNobodyKnows(t *testing.T) {
	t.Parallel()
	answer := ask(t, (&library{}).source(t))
	assert.Empty(t, answer.Results)
	assert.Equal(t, asked, answer.New)
	assert.Equal(t, 2, answer.Sources[0].Calls)
}

func TestReportsWithoutTextAreReadThroughTheirList(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.hold(1, "", "198.51.100.2", "198.51.100.3")
	answer := ask(t, l.source(t))
	require.Len(t, answer.Results, 1)
	assert.Equal(t, []report.Reference{common, unheard}, answer.Results[0].Matched)
	assert.Equal(t, []report.Reference{rare}, answer.New)
}

func TestReportsThatExplainNothingLeaveTheRestUnsaid(t *testing.T) {
	t.Parallel()
	l := &library{blind: true}
	l.hold(1, "seen 198.51.100.1 and what our engine does not see", "198.51.100.1", "198.51.100.2")
	answer := ask(t, l.source(t))
	assert.Equal(t, []report.Reference{rare}, answer.Known)
	assert.Empty(t, answer.New, "the platform says that a report holds one of the others")
	assert.Equal(t, lookup.StatePartial, answer.Sources[0].State)
	assert.NotEmpty(t, answer.Sources[0].Words)
}

func TestReportsThatCannotBeHad(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 429} {
		answer := ask(t, (&library{status: status}).source(t))
		assert.NotEqual(t, lookup.StateAnswered, answer.Sources[0].State, status)
		assert.NotEmpty(t, answer.Sources[0].Words, status)
		assert.Empty(t, answer.New, "status %d is no all-clear", status)
	}
}

func TestReportsOfTypesThatThePlatformLacks(t *testing.T) {
	t.Parallel()
	l := &library{}
	answer, err := lookup.Ask(t.Context(), []lookup.Source{l.source(t)}, []report.Reference{{Type: "asn", Value: "AS64500"}}, nil)
	require.NoError(t, err)
	assert.Zero(t, l.calls.Load())
	assert.Empty(t, answer.New, "nobody was asked")
	assert.Contains(t, answer.Sources[0].Words, "1 indicator of types")
}
