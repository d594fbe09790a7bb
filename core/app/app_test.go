//go:build !js

package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

var noon = time.UnixMilli(1_790_000_000_000)

// station speaks as much of TruSTAR 1.3 as the tests need.
type station struct {
	tokens  atomic.Int32
	submits atomic.Int32
	refuse  atomic.Bool // the secret
	answer  func(w http.ResponseWriter)
}

func (s *station) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	switch path := strings.TrimPrefix(r.URL.Path, "/api/1.3"); {
	case path == "/oauth/token":
		s.tokens.Add(1)
		if s.refuse.Load() {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"error":"Unauthorized"}`)
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"0f5c3a52-6a1e-4a53-9b7e-6f0c7d1f2a10","token_type":"bearer","expires_in":599}`)
	case path == "/ping":
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "pong\n")
	case path == "/enclaves":
		_, _ = io.WriteString(w, `[{"id":"e1","name":"Ours","type":"INTERNAL","read":true,"create":true,"update":true},{"id":"e2","name":"Theirs","type":"OPEN","read":true,"create":false,"update":false}]`)
	case path == "/reports" && r.Method == http.MethodPost:
		s.submits.Add(1)
		if s.answer != nil {
			s.answer(w)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11")
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// at returns an App with one profile at the server.
func at(t *testing.T, handler http.Handler) (*app.App, app.Profile) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	a := app.New(app.Config{
		Transport: httptransport.New(httptransport.Config{}),
		Now:       func() time.Time { return noon },
		Random:    strings.NewReader(strings.Repeat("0123456789abcdef", 100)),
		Jitter:    func() float64 { return 0.5 },
	})
	profile := app.Profile{
		ID: "p1", Platform: app.PlatformTruSTAR, Name: "Team", BaseURL: server.URL, APIVersion: "1.3",
		Identity: "key", Secret: "canary-secret", EnclaveIDs: []string{"e1"}, WebURL: "https://station.example",
	}
	a.Configure([]app.Profile{profile})
	return a, profile
}

var page = report.Page{
	Passages: []string{"Seen: 198.51.100[.]7 and 203.0.113.9."},
	Title:    "A study", URL: "https://blog.example/", Kept: []string{"ipv4|198.51.100.7"},
}

// sending drafts, checks, freezes and claims a report of the page.
func sending(t *testing.T, a *app.App) report.Item {
	t.Helper()
	draft, notices, err := a.Draft(page, "")
	require.NoError(t, err)
	assert.Empty(t, notices)
	verdict := a.Check(draft)
	require.Empty(t, verdict.Problems)
	item, err := a.Freeze(draft, verdict.Prepared.Hash)
	require.NoError(t, err)
	item, err = a.Claim(item)
	require.NoError(t, err)
	return item
}

func TestFromPageToFiledReport(t *testing.T) {
	t.Parallel()
	s := new(station)
	a, profile := at(t, s)
	item := sending(t, a)
	assert.Equal(t, profile.ID, item.ProfileID)
	assert.Equal(t, []string{"e1"}, item.Draft.EnclaveIDs)
	assert.Contains(t, item.Prepared.Body, item.ID)
	assert.NotContains(t, item.Prepared.Body, "203.0.113.9", "it was not kept")

	item, err := a.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, report.StateFiled, item.State, item.Words)
	assert.Equal(t, "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11", item.ReportID)
	assert.Contains(t, item.Link, item.ReportID)
}

func TestSendThatFailsIsAState(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer func(w http.ResponseWriter)
		state  string
		reason string
	}{
		"refused":    {func(w http.ResponseWriter) { w.WriteHeader(403) }, report.StateStopped, ""},
		"overloaded": {func(w http.ResponseWriter) { w.WriteHeader(503) }, report.StatePending, ""},
		"too often": {func(w http.ResponseWriter) {
			w.WriteHeader(429)
			_, _ = io.WriteString(w, `{"message":"Request limit exceeded for the current time period.","waitTime":3600000}`)
		}, report.StatePending, report.ReasonRateLimit},
		"login page": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>log in</html>")
		}, report.StatePending, ""},
		"elsewhere": {func(w http.ResponseWriter) { w.Header().Set("Location", "https://evil.example/"); w.WriteHeader(307) }, report.StatePending, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _ := at(t, &station{answer: tt.answer})
			item, err := a.Send(t.Context(), sending(t, a))
			require.NoError(t, err)
			assert.Equal(t, tt.state, item.State, item.Words)
			assert.Equal(t, tt.reason, item.Reason)
			assert.Contains(t, item.Words, "kept")
			if tt.state == report.StatePending {
				assert.Greater(t, item.RetryAt, noon.UnixMilli())
			}
		})
	}
}

func TestSendWithoutWhatItNeeds(t *testing.T) {
	t.Parallel()
	s := new(station)
	a, profile := at(t, s)
	item := sending(t, a)

	s.refuse.Store(true)
	refused, err := a.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, report.ReasonCredentials, refused.Reason)
	assert.NotContains(t, refused.Words, profile.Secret)

	without := profile
	without.Secret = ""
	a.Configure([]app.Profile{without})
	assert.Empty(t, a.Check(item.Draft).Problems, "a report can be prepared and kept while its key is entered again")
	_, err = a.Enclaves(t.Context(), profile.ID)
	require.Error(t, err)
	parked, err := a.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, report.ReasonCredentials, parked.Reason)

	moved := profile
	moved.BaseURL = "https://elsewhere.example"
	a.Configure([]app.Profile{moved})
	paused, err := a.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, report.ReasonProfile, paused.Reason)
	assert.Contains(t, paused.Words, "https://elsewhere.example")

	a.Configure(nil)
	gone, err := a.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, report.ReasonProfile, gone.Reason)

	_, err = a.Send(t.Context(), gone)
	var state *report.StateError
	require.ErrorAs(t, err, &state, "nothing is sent that was not claimed")
	assert.Zero(t, s.submits.Load())
}

func TestSendThatIsCancelled(t *testing.T) {
	t.Parallel()
	a, _ := at(t, new(station))
	item := sending(t, a)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	item, err := a.Send(ctx, item)
	require.NoError(t, err)
	assert.Equal(t, report.StatePending, item.State, "the outcome is unknown")
}

func TestTokensOutliveConfigure(t *testing.T) {
	t.Parallel()
	s := new(station)
	a, profile := at(t, s)
	for range 3 {
		_, err := a.Enclaves(t.Context(), profile.ID)
		require.NoError(t, err)
		profile.Name += "!"
		profile.EnclaveIDs = nil
		a.Configure([]app.Profile{profile})
	}
	assert.Equal(t, int32(1), s.tokens.Load())
	profile.Secret = "another"
	a.Configure([]app.Profile{profile})
	_, err := a.Enclaves(t.Context(), profile.ID)
	require.NoError(t, err)
	assert.Equal(t, int32(2), s.tokens.Load(), "a new secret needs a new token")
}

func TestTestConnection(t *testing.T) {
	t.Parallel()
	s := new(station)
	a, profile := at(t, s)
	reached, err := a.TestConnection(t.Context(), profile)
	require.NoError(t, err)
	assert.Contains(t, reached.Words, "1 of 2 enclaves")
	assert.Len(t, reached.Enclaves, 2)

	s.refuse.Store(true)
	_, err = a.TestConnection(t.Context(), profile)
	var auth *api.AuthError
	require.ErrorAs(t, err, &auth, "an old token does not vouch for the secret")

	for _, wrong := range []app.Profile{
		{},
		{Platform: app.PlatformTruSTAR, BaseURL: "http://api.trustar.co", Identity: "k", Secret: "s"},
		{Platform: "mastodon", BaseURL: "https://api.trustar.co", Identity: "k", Secret: "s"},
		{Platform: app.PlatformTruSTAR, BaseURL: profile.BaseURL, APIVersion: "1.3", Identity: "k"},
	} {
		_, err = a.TestConnection(t.Context(), wrong)
		require.Error(t, err)
		assert.Equal(t, report.TroubleProfile, report.Explain(err).Kind, "%+v: %v", wrong, err)
	}
}

func TestCheckPutsProblemsBesideTheirFields(t *testing.T) {
	t.Parallel()
	a, profile := at(t, new(station))
	draft, _, err := a.Draft(page, profile.ID)
	require.NoError(t, err)
	draft.Title = ""
	draft.EnclaveIDs = nil
	verdict := a.Check(draft)
	assert.Equal(t, []string{"title", "enclaveIds"}, []string{verdict.Problems[0].Field, verdict.Problems[1].Field})
	assert.Zero(t, verdict.Prepared)
	_, err = a.Freeze(draft, "")
	var cannot *app.DraftError
	require.ErrorAs(t, err, &cannot)

	draft, _, err = a.Draft(page, profile.ID)
	require.NoError(t, err)
	draft.ProfileID = "gone"
	verdict = a.Check(draft)
	require.Len(t, verdict.Problems, 1)
	assert.Equal(t, "profileId", verdict.Problems[0].Field)

	draft.ProfileID = profile.ID
	_, err = a.Freeze(draft, "a hash that was not shown")
	require.Error(t, err)
}

func TestDraftWithoutProfiles(t *testing.T) {
	t.Parallel()
	a := app.New(app.Config{})
	draft, _, err := a.Draft(page, "")
	require.NoError(t, err, "a draft may wait for its profile")
	assert.Empty(t, draft.ProfileID)
	_, _, err = a.Draft(page, "gone")
	require.Error(t, err)
}

func TestRelatedWithAProfileThatCannotWork(t *testing.T) {
	t.Parallel()
	a := app.New(app.Config{Transport: httptransport.New(httptransport.Config{})})
	_, err := a.Related(t.Context(), nil, nil)
	var none *app.ProfileError
	require.ErrorAs(t, err, &none)

	a.Configure([]app.Profile{{ID: "x", Platform: app.PlatformTruSTAR, Name: "Broken", BaseURL: "https://a@b"}})
	answer, err := a.Related(t.Context(), []report.Reference{{Type: "ipv4", Value: "198.51.100.7"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, lookup.StateFailed, answer.Sources[0].State)
	assert.Contains(t, answer.Sources[0].Words, "address in the profile")
	assert.Empty(t, answer.New)
}

func TestPreviewMergesWhatIsTheSame(t *testing.T) {
	t.Parallel()
	finds, err := app.New(app.Config{}).Preview(t.Context(), []string{
		"10.0.0.1 and 198.51.100.7", "198.51.100[.]7", "",
	})
	require.NoError(t, err)
	require.Len(t, finds, 2)
	assert.Equal(t, indicator.HeldPrivate, finds[0].Indicator.Held)
	assert.Equal(t, "ipv4|198.51.100.7", finds[1].Key())
	assert.Len(t, finds[1].Places, 2)
	assert.Equal(t, 1, finds[1].Places[1].Passage)
	assert.NotZero(t, finds[1].Indicator.Steps&indicator.StepDot, "one appearance was disguised")
}
