//go:build !js

package lookup_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

// desk is a TruSTAR that knows something of rare and notes the batches it is asked for.
type desk struct {
	status int // of both calls, 0 is 200

	mu      sync.Mutex
	batches []int
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	var asked []any
	_ = json.NewDecoder(r.Body).Decode(&asked)
	switch path := strings.TrimPrefix(r.URL.Path, "/api/1.3"); {
	case r.URL.Path == "/oauth/token":
		_, _ = w.Write([]byte(`{"access_token":"0f5c3a52-6a1e-4a53-9b7e-6f0c7d1f2a10","token_type":"bearer","expires_in":599}`))
	case d.status != 0:
		w.WriteHeader(d.status)
	case path == "/indicators/summaries":
		d.mu.Lock()
		d.batches = append(d.batches, len(asked))
		d.mu.Unlock()
		items := []any{}
		for _, value := range asked {
			if value == rare.Value {
				items = append(items, map[string]any{
					"value": rare.Value, "type": "IP", "reportId": "r1", "enclaveId": "e1", "source": map[string]string{"key": "feed", "name": "Crane Feed"},
					"score": map[string]string{"name": "Risk", "value": "87"}, "severityLevel": 3, "created": 1700000000000, "updated": 1700000001000,
				})
			}
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "pageNumber": 0, "pageSize": 100, "hasNext": false, "empty": len(items) == 0})
	case path == "/indicators/metadata":
		_, _ = w.Write([]byte(`[{"indicatorType":"IP","value":"198.51.100.1","sightings":4,"notes":["seen at the gate"],"correlationCount":2,"tags":[]},{"indicatorType":"IP","value":"198.51.100.2","sightings":0}]`))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (d *desk) source(t *testing.T) lookup.Source {
	t.Helper()
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	client, err := trustar.New(trustar.Config{
		Transport: lookup.CountCalls(httptransport.New(httptransport.Config{})), BaseURL: server.URL, Version: trustar.Version13, Key: "key", Secret: "secret",
	})
	require.NoError(t, err)
	return lookup.NewSummaries(client, lookup.SourceState{ProfileID: "t", Platform: "trustar", Name: "Team"})
}

func TestSummariesAndNotes(t *testing.T) {
	t.Parallel()
	answer := ask(t, (&desk{}).source(t))
	require.Len(t, answer.Results, 2)
	titles := map[string]lookup.Result{}
	for _, r := range answer.Results {
		assert.Equal(t, lookup.KindSummary, r.Kind)
		assert.Equal(t, []report.Reference{rare}, r.Matched)
		titles[r.Title] = r
	}
	assert.Equal(t, "High", titles["Crane Feed: Risk 87"].Severity)
	assert.Contains(t, titles, "4 sightings; seen at the gate; correlates with 2")
	assert.Equal(t, []report.Reference{common, unheard}, answer.New, "nothing is noted of them")
	assert.Equal(t, 3, answer.Sources[0].Calls, "a token, the summaries, the notes")
}

func TestSummariesAreAskedForFiftyAtATime(t *testing.T) {
	t.Parallel()
	d := &desk{}
	var many []report.Reference
	for i := range 120 {
		many = append(many, ip("203.0.113."+strconv.Itoa(i)))
	}
	many = append(many, report.Reference{Type: "asn", Value: "AS64500"})
	answer, err := lookup.Ask(t.Context(), []lookup.Source{d.source(t)}, many, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{50, 50, 20}, d.batches)
	assert.Len(t, answer.New, 121)
}

func TestServerWithoutSummariesSaysNothing(t *testing.T) {
	t.Parallel()
	answer := ask(t, (&desk{status: 404}).source(t))
	assert.Empty(t, answer.Results)
	assert.Equal(t, lookup.StateAnswered, answer.Sources[0].State)

	answer = ask(t, (&desk{status: 403}).source(t))
	assert.Equal(t, lookup.StatePartial, answer.Sources[0].State)
	assert.Empty(t, answer.New)
}

func TestBothAskTwoSourcesAsOne(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.hold(1, "seen 198.51.100.2", "198.51.100.2")
	answer := ask(t, lookup.Both{First: l.source(t), Second: (&desk{}).source(t)})
	assert.Len(t, answer.Results, 3)
	assert.Len(t, answer.Sources, 1)
	assert.Equal(t, []report.Reference{unheard}, answer.New)

	answer = ask(t, lookup.Both{First: l.source(t), Second: (&desk{status: 500}).source(t)})
	assert.Equal(t, lookup.StatePartial, answer.Sources[0].State)
	assert.Empty(t, answer.New)
}
