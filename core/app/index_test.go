//go:build !js

package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

// soc is a Stellar Cyber of some cases, each with an address of its own and one that
// all have.
type soc struct {
	cases int
	calls atomic.Int32
}

func (s *soc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.calls.Add(1)
	w.Header().Set("Content-Type", "application/json")
	path := strings.TrimPrefix(r.URL.Path, "/connect/api/v1")
	answer := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	switch {
	case path == "/access_token":
		answer(map[string]any{"access_token": "e30.e30.c2ln", "exp": time.Now().Add(time.Hour).Unix()})
	case path == "/cases":
		cases := []map[string]any{}
		if r.URL.Query().Get("skip") == "" {
			for i := s.cases; i > 0; i-- {
				cases = append(cases, map[string]any{
					"_id": fmt.Sprintf("%024x", i), "created_at": 1_789_000_000_000 + i, "modified_at": 1_789_000_000_000 + i, "name": fmt.Sprintf("Case %d", i),
					"score": i, "severity": "High", "status": "New", "tags": []string{}, "ticket_id": i, "version": 1,
				})
			}
		}
		answer(map[string]any{"data": map[string]any{"total": s.cases, "cases": cases}})
	default:
		var i int
		_, _ = fmt.Sscanf(strings.TrimPrefix(path, "/cases/"), "%024x", &i)
		answer(map[string]any{"observables": map[string]any{"external_hosts": []any{
			map[string]string{"ip": fmt.Sprintf("198.51.100.%d", i)}, map[string]string{"ip": "203.0.113.1"},
		}}})
	}
}

// host stores what an App says, as the extension does, and opens new ones from it.
type host struct {
	manifest []byte
	segments map[string][]byte
	states   []lookup.FillState
}

func (h *host) store(t *testing.T, a *app.App) {
	t.Helper()
	changes := a.IndexChanges()
	h.states = nil
	for _, state := range changes.States {
		stored, ok := lookup.ParseFillState(state.String())
		require.True(t, ok)
		h.states = append(h.states, stored)
	}
	for _, segment := range changes.Written {
		data, ok := a.Segment(segment.Name)
		require.True(t, ok)
		h.segments[segment.Name] = append([]byte(nil), data...)
	}
	if changes.Manifest != nil {
		h.manifest = append([]byte(nil), changes.Manifest...)
	}
	for _, name := range changes.Deleted {
		delete(h.segments, name)
	}
	a.CommittedIndex(changes.Stamp)
}

func (h *host) open(a *app.App) string {
	for name, data := range h.segments {
		a.LoadSegment(name, append([]byte(nil), data...))
	}
	return a.OpenIndex(h.manifest, h.states)
}

func indexed(t *testing.T, s *soc) (*app.App, app.Profile) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	profile := app.Profile{ID: "soc", Platform: app.PlatformStellarCyber, Name: "SOC", BaseURL: server.URL, Identity: "ana", Secret: "refresh"}
	a := app.New(app.Config{Transport: httptransport.New(httptransport.Config{})})
	a.Configure([]app.Profile{profile})
	return a, profile
}

func address(value string) report.Reference { return report.Reference{Type: "ipv4", Value: value} }

func TestIndexAnswersWithoutACall(t *testing.T) {
	t.Parallel()
	s := &soc{cases: 40}
	a, profile := indexed(t, s)
	h := &host{segments: map[string][]byte{}}
	require.NoError(t, a.SetIndex("soc", lookup.FillSettings{On: true}))
	require.NoError(t, a.FillIndex(t.Context(), nil, lookup.SliceLimits{}))
	h.store(t, a)
	assert.Equal(t, int32(1+1+40), s.calls.Load(), "a token, a list, the cases")

	ask := func(a *app.App) lookup.Answer {
		answer, err := a.Related(t.Context(), []report.Reference{address("198.51.100.7"), address("203.0.113.1"), address("192.0.2.99")}, nil)
		require.NoError(t, err)
		return answer
	}
	answer := ask(a)
	assert.Equal(t, "7", answer.Results[0].Number)
	assert.True(t, answer.Results[0].Confident)
	assert.Len(t, answer.Results, 40)
	assert.False(t, answer.Results[1].Confident)
	assert.Equal(t, []report.Reference{address("192.0.2.99")}, answer.New)
	assert.Equal(t, lookup.StateAnswered, answer.Sources[0].State, answer.Sources[0].Words)
	assert.Equal(t, lookup.IndexFresh, answer.Sources[0].IndexState)
	assert.Zero(t, answer.Sources[0].Calls)
	assert.Equal(t, int32(42), s.calls.Load(), "nothing is sent")

	// Another process, from what was stored.
	b := app.New(app.Config{Transport: httptransport.New(httptransport.Config{})})
	b.Configure([]app.Profile{profile})
	assert.Empty(t, h.open(b))
	assert.Equal(t, answer, ask(b))
	assert.Empty(t, b.VerifyIndex())
	assert.Equal(t, 40, b.IndexStatus().Objects)

	// The same cases on another server are another matter.
	profile.BaseURL += "/other"
	b.Configure([]app.Profile{profile})
	assert.Zero(t, b.IndexStatus().Objects)
	assert.True(t, b.IndexStatus().Profiles[0].Settings.On, "what the user wants stays")

	b.ClearIndex("")
	assert.False(t, b.IndexStatus().Profiles[0].Settings.On)
	h.store(t, b)
	assert.Empty(t, h.states)
}

func TestDamagedIndexIsFetchedAgain(t *testing.T) {
	t.Parallel()
	s := &soc{cases: 30}
	a, profile := indexed(t, s)
	h := &host{segments: map[string][]byte{}}
	require.NoError(t, a.SetIndex("soc", lookup.FillSettings{On: true}))
	require.NoError(t, a.FillIndex(t.Context(), nil, lookup.SliceLimits{}))
	h.store(t, a)
	for _, data := range h.segments {
		data[len(data)/2] ^= 1
	}
	b := app.New(app.Config{Transport: httptransport.New(httptransport.Config{})})
	b.Configure([]app.Profile{profile})
	assert.NotEmpty(t, h.open(b))
	answer, err := b.Related(t.Context(), []report.Reference{address("192.0.2.99")}, nil)
	require.NoError(t, err)
	assert.NotEqual(t, 0, answer.Sources[0].Calls, "an empty index answers nothing: the platform is asked")
	require.NoError(t, b.FillIndex(t.Context(), nil, lookup.SliceLimits{}))
	assert.Equal(t, 30, b.IndexStatus().Objects)
	assert.Empty(t, b.VerifyIndex())
}

// TestStaleIndexCallsNothingNew is the rule against a false all-clear.
func TestStaleIndexCallsNothingNew(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		settings lookup.FillSettings
		limits   lookup.SliceLimits
		later    time.Duration
		words    string
		index    string
	}{
		"fresh":   {lookup.FillSettings{On: true}, lookup.SliceLimits{}, 0, "", lookup.IndexFresh},
		"stale":   {lookup.FillSettings{On: true}, lookup.SliceLimits{}, 2 * time.Hour, "2 hours ago", lookup.IndexStale},
		"partial": {lookup.FillSettings{On: true}, lookup.SliceLimits{Calls: 10}, 0, "9 of 30", lookup.IndexFilling},
		"cut":     {lookup.FillSettings{On: true, Cases: 10}, lookup.SliceLimits{}, 0, "newest 10", lookup.IndexPartial},
		"30 days": {lookup.FillSettings{On: true, Days: 30}, lookup.SliceLimits{}, 0, "last 30 days", lookup.IndexPartial},
		"back":    {lookup.FillSettings{On: true}, lookup.SliceLimits{}, -time.Hour, "clock", lookup.IndexStale},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(&soc{cases: 30})
			t.Cleanup(server.Close)
			var later atomic.Int64
			a := app.New(app.Config{
				Transport: httptransport.New(httptransport.Config{}),
				Now:       func() time.Time { return time.UnixMilli(1_790_000_000_000).Add(time.Duration(later.Load())) },
			})
			a.Configure([]app.Profile{{ID: "soc", Platform: app.PlatformStellarCyber, Name: "SOC", BaseURL: server.URL, Identity: "ana", Secret: "refresh"}})
			require.NoError(t, a.SetIndex("soc", tt.settings))
			require.NoError(t, a.FillIndex(t.Context(), nil, tt.limits))
			later.Store(int64(tt.later))
			answer, err := a.Related(context.Background(), []report.Reference{address("192.0.2.99"), address("198.51.100.30")}, nil)
			require.NoError(t, err)
			state := answer.Sources[0]
			assert.Equal(t, []report.Reference{address("198.51.100.30")}, answer.Known)
			assert.Equal(t, tt.index, state.IndexState)
			if tt.words == "" {
				assert.Equal(t, lookup.StateAnswered, state.State, state.Words)
				assert.Len(t, answer.New, 1)
				return
			}
			assert.Equal(t, lookup.StatePartial, state.State)
			assert.Contains(t, state.Words, tt.words)
			assert.Empty(t, answer.New)
		})
	}
}
