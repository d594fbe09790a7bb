//go:build !js

package lookup_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

var now = time.UnixMilli(1_790_000_000_000)

// cyber is a Stellar Cyber of a few cases.
type cyber struct {
	cases []map[string]any
	// observables by case id; a missing one answers 500.
	observables map[string]string
	total       int // told instead of the number of cases when it is not 0
	listStatus  int
	delay       time.Duration

	mu       sync.Mutex
	queries  []string
	inFlight atomic.Int32
	most     atomic.Int32
	calls    atomic.Int32
	later    atomic.Int64 // nanoseconds that have passed
}

func aCase(id string, score float64) map[string]any {
	return map[string]any{
		"_id": id, "acknowledged": 0, "assignee": "", "closed": 0, "created_at": now.UnixMilli() - 1000, "created_by": "System",
		"cust_id": "t1", "modified_at": now.UnixMilli(), "modified_by": "", "name": "Case " + id, "score": score, "size": 2,
		"status": "New", "severity": "High", "tags": []string{}, "ticket_id": 412, "version": 1, "created_by_name": "System",
		"modified_by_name": "", "assignee_name": "ana", "tenant_name": "North",
	}
}

func (c *cyber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.calls.Add(1)
	flying := c.inFlight.Add(1)
	defer c.inFlight.Add(-1)
	for most := c.most.Load(); flying > most && !c.most.CompareAndSwap(most, flying); most = c.most.Load() {
	}
	time.Sleep(c.delay)
	w.Header().Set("Content-Type", "application/json")
	path := strings.TrimPrefix(r.URL.Path, "/sc/connect/api/v1")
	switch {
	case path == "/access_token":
		exp := now.Add(10 * time.Minute).Unix()
		payload := base64.RawURLEncoding.EncodeToString([]byte(`{"exp":` + strconv.FormatInt(exp, 10) + `}`))
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "e30." + payload + ".c2ln", "exp": exp})
	case path == "/cases":
		c.mu.Lock()
		c.queries = append(c.queries, r.URL.RawQuery)
		c.mu.Unlock()
		if c.listStatus != 0 {
			w.WriteHeader(c.listStatus)
			return
		}
		skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
		total := max(c.total, len(c.cases))
		_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{"total": total, "cases": c.cases[min(skip, len(c.cases)):]}})
	default:
		id := strings.TrimSuffix(strings.TrimPrefix(path, "/cases/"), "/observables")
		body, ok := c.observables[id]
		if !ok {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = w.Write([]byte(body))
	}
}

func (c *cyber) clock() time.Time { return now.Add(time.Duration(c.later.Load())) }

func (c *cyber) source(t *testing.T) lookup.Source {
	t.Helper()
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	client, err := stellarcyber.New(stellarcyber.Config{
		Transport: lookup.CountCalls(httptransport.New(httptransport.Config{})), BaseURL: server.URL + "/sc",
		User: "ana", Key: "refresh", Now: func() time.Time { return now }, WebURL: "https://cyber.example",
	})
	require.NoError(t, err)
	return lookup.NewCases(client, lookup.NewObservations(c.clock), lookup.SourceState{ProfileID: "p", Platform: "stellarcyber", Name: "SOC"}, func() time.Time { return now })
}

const (
	id1 = "65a0c0ffee00000000000001"
	id2 = "65a0c0ffee00000000000002"
	id3 = "65a0c0ffee00000000000003"
)

func TestCasesMatchByTheirObservables(t *testing.T) {
	t.Parallel()
	c := &cyber{
		cases: []map[string]any{aCase(id1, 91.5), aCase(id2, 40), aCase(id3, 10)},
		observables: map[string]string{
			id1: `{"observables":{"hosts":[{"ip":"10.0.0.5","hostname":"fin-07"}],"external_hosts":[{"ip":"198.51.100.1"}],"urls":[{"url":"hxxp://198.51.100[.]2/x"}]}}`,
			id2: `{"observables":{"processes":[{"command_line":"curl 198.51.100.2 -o a"}],"files":[]}}`,
			id3: `{"observables":{"users":[{"name":"jdoe"}]}}`,
		},
	}
	answer := ask(t, c.source(t))
	require.Len(t, answer.Results, 2)
	first := answer.Results[0]
	assert.Equal(t, id1, first.ID)
	assert.Equal(t, lookup.KindCase, first.Kind)
	assert.Equal(t, "412", first.Number)
	assert.Equal(t, "ana", first.Owner)
	assert.Equal(t, "North", first.Tenant)
	assert.InDelta(t, 91.5, first.Score, 0)
	assert.Contains(t, first.Link, id1)
	assert.Contains(t, first.Matched, rare)
	assert.Equal(t, id2, answer.Results[1].ID, "an address inside a command line is met too")
	assert.Equal(t, []any{rare, common}, []any{answer.Known[0], answer.Known[1]})
	assert.Equal(t, unheard, answer.New[0])

	state := answer.Sources[0]
	assert.Equal(t, lookup.StateAnswered, state.State)
	assert.Empty(t, state.Words)
	assert.Equal(t, 3, state.Checked)
	assert.Equal(t, 3, state.Total)
	assert.Equal(t, 5, state.Calls, "a token, the list, three cases")

	c.mu.Lock()
	defer c.mu.Unlock()
	require.Len(t, c.queries, 1)
	for _, argument := range []string{"limit=500", "sort=case_score", "order=desc", "FROM~created_at=" + strconv.FormatInt(now.Add(-30*24*time.Hour).UnixMilli(), 10)} {
		assert.Contains(t, c.queries[0], argument)
	}
}

func TestCasesThatCannotBeReadLeaveAllUnsaid(t *testing.T) {
	t.Parallel()
	c := &cyber{
		cases:       []map[string]any{aCase(id1, 91.5), aCase(id2, 40)},
		observables: map[string]string{id1: `{"observables":{"external_hosts":[{"ip":"198.51.100.1"}]}}`},
	}
	answer := ask(t, c.source(t))
	assert.Len(t, answer.Known, 1)
	assert.Empty(t, answer.New, "the other case might know them")
	assert.Equal(t, lookup.StatePartial, answer.Sources[0].State)
	assert.Contains(t, answer.Sources[0].Words, "1 of 2 cases")
}

func TestCasesBeyondTheLimitLeaveAllUnsaid(t *testing.T) {
	t.Parallel()
	c := &cyber{
		cases:       []map[string]any{aCase(id1, 1)},
		observables: map[string]string{id1: `{"observables":{}}`},
		total:       1012,
	}
	answer := ask(t, c.source(t))
	assert.Empty(t, answer.New)
	assert.Equal(t, lookup.StatePartial, answer.Sources[0].State)
	assert.Contains(t, answer.Sources[0].Words, "1 of 1012 cases")
}

func TestCasesThatCannotBeListed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 429} {
		c := &cyber{listStatus: status}
		answer := ask(t, c.source(t))
		assert.Equal(t, lookup.StateFailed, answer.Sources[0].State, status)
		assert.NotEmpty(t, answer.Sources[0].Words, status)
		assert.Empty(t, answer.New, status)
	}
}

func TestCasesStopAfterAFewFailures(t *testing.T) {
	t.Parallel()
	c := &cyber{}
	for i := range 100 {
		c.cases = append(c.cases, aCase("65a0c0ffee000000000001"+strconv.Itoa(10 + i)[:2], 1))
	}
	answer := ask(t, c.source(t))
	assert.Equal(t, lookup.StateFailed, answer.Sources[0].State)
	assert.Less(t, answer.Sources[0].Calls, 40, "a platform that fails is not asked a hundred times more")
}

func TestCasesAreAskedForSixAtATime(t *testing.T) {
	t.Parallel()
	c := &cyber{observables: map[string]string{}, delay: 2 * time.Millisecond}
	for i := range 60 {
		id := "65a0c0ffee0000000000" + strconv.Itoa(1000+i)
		c.cases = append(c.cases, aCase(id, 1))
		c.observables[id] = `{"observables":{}}`
	}
	answer := ask(t, c.source(t))
	assert.Equal(t, 60, answer.Sources[0].Checked)
	assert.LessOrEqual(t, c.most.Load(), int32(6))
	assert.Greater(t, c.most.Load(), int32(2))
	assert.Equal(t, int(c.calls.Load()), answer.Sources[0].Calls)
}

func TestCasesAreNotReadTwiceInTenMinutes(t *testing.T) {
	t.Parallel()
	c := &cyber{
		cases:       []map[string]any{aCase(id1, 91.5), aCase(id2, 40)},
		observables: map[string]string{id1: `{"observables":{"external_hosts":[{"ip":"198.51.100.1"}]}}`, id2: `{"observables":{}}`},
	}
	source := c.source(t)
	first := ask(t, source)
	assert.Equal(t, 4, first.Sources[0].Calls)
	again := ask(t, source)
	assert.Equal(t, 1, again.Sources[0].Calls, "the list alone")
	assert.Equal(t, first.Results, again.Results)

	c.cases[1]["modified_at"] = now.UnixMilli() + 1
	c.observables[id2] = `{"observables":{"external_hosts":[{"ip":"198.51.100.2"}]}}`
	changed := ask(t, source)
	assert.Equal(t, 2, changed.Sources[0].Calls, "the list and what has changed")
	assert.Len(t, changed.Known, 2)

	c.later.Store(int64(9 * time.Minute))
	assert.Equal(t, 1, ask(t, source).Sources[0].Calls)
	c.later.Store(int64(10*time.Minute + time.Second))
	assert.Equal(t, 3, ask(t, source).Sources[0].Calls)
	c.later.Store(-int64(time.Hour))
	assert.Equal(t, 3, ask(t, source).Sources[0].Calls, "the clock was turned back")
}
