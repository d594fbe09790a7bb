//go:build !js

package lookup

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/core/threatstack"
	"github.com/sightline-sec/sightline/server/sandbox"
)

// stand is a sandbox with a filler of its cases. Waits pass at once; the clock goes on
// by them, and by itself.
type stand struct {
	*Filler
	sandbox *sandbox.Sandbox
	library *Library
	clock   *stopwatch
	url     string
}

func newStand(t *testing.T, options sandbox.Options, settings FillSettings) *stand {
	t.Helper()
	box, err := sandbox.New(t.Context(), options)
	require.NoError(t, err)
	t.Cleanup(func() { _ = box.Close() })
	server := httptest.NewServer(http.Handler(box))
	t.Cleanup(server.Close)
	s := &stand{sandbox: box, library: NewLibrary(index.New()), clock: &stopwatch{at: time.Now()}, url: server.URL}
	settings.On = true
	s.use(t, s.caseFeed(t), FillState{Settings: settings})
	return s
}

func (s *stand) caseFeed(t *testing.T) Feed {
	t.Helper()
	client, err := stellarcyber.New(stellarcyber.Config{
		Transport: CountCalls(httptransport.New(httptransport.Config{})), BaseURL: s.url,
		User: s.sandbox.Credentials().User, Key: api.Secret(s.sandbox.Credentials().RefreshToken),
	})
	require.NoError(t, err)
	return NewCaseFeed(client, SourceState{ProfileID: "p", Platform: "stellarcyber", Name: "SOC"})
}

func (s *stand) use(t *testing.T, feed Feed, state FillState) {
	t.Helper()
	s.Filler = NewFiller(feed, s.library, state, s.clock.now)
	s.sleep = s.clock.sleep
}

// all fills until nothing is to be done, however long it must wait.
func (s *stand) all(t *testing.T) FillProgress {
	t.Helper()
	for range 1000 {
		p, err := s.Slice(t.Context(), SliceLimits{})
		require.NoError(t, err)
		if p.Phase == "idle" {
			return p
		}
		s.clock.pass(max(time.UnixMilli(p.WakeAt).Sub(s.clock.now()), 0) + time.Second)
	}
	require.Fail(t, "the fill does not come to an end")
	return FillProgress{}
}

// whole asserts that the index has the cases that the platform lists, as it lists
// them, and what they hold.
func (s *stand) whole(t *testing.T) int {
	t.Helper()
	s.sandbox.ClearFaults()
	feed := s.caseFeed(t)
	n := 0
	for more := true; more; {
		page, err := feed.List(t.Context(), Cursor{From: 1, Skip: n, Limit: 500})
		require.NoError(t, err)
		for _, want := range page.Objects {
			n++
			got, ok := s.library.Shelf("p", KindCase).known(want.ID)
			require.True(t, ok, "lost: %s", want.ID)
			require.Equal(t, want, got)
		}
		more = !page.Last
	}
	assert.Equal(t, n, s.library.Objects("p"), "none too many")
	s.library.Do(func(x *index.Index) { require.NoError(t, x.Verify()) })
	return n
}

// TestFillAgainstAFailingPlatform has every fault that the sandbox knows, at lists and
// at observables, and the tokens expire.
func TestFillAgainstAFailingPlatform(t *testing.T) {
	t.Parallel()
	const n = 1600
	s := newStand(t, sandbox.Options{Cases: n, Seed: 7}, FillSettings{})
	injected := 0
	inject := func(f sandbox.Fault) {
		require.NoError(t, s.sandbox.Inject(f))
		injected += max(f.Times, 1)
	}
	for i, kind := range []sandbox.FaultKind{
		sandbox.FaultRateLimit, sandbox.FaultServerError, sandbox.FaultEmptyError, sandbox.FaultHTML, sandbox.FaultCut, sandbox.FaultHalf,
		sandbox.FaultWrongTypes, sandbox.FaultUnauthorized,
	} {
		inject(sandbox.Fault{Kind: kind, Operation: "cases", After: i % 4, RetryAfter: "2"})
		for k := range 4 {
			inject(sandbox.Fault{Kind: kind, Operation: "observables", After: 20 + 350*k + 31*i, Times: 1 + k, RetryAfter: "3"})
		}
	}
	inject(sandbox.Fault{Kind: sandbox.FaultServerError, Operation: "observables", After: 900, Times: 40})
	p, err := s.Slice(t.Context(), SliceLimits{Calls: 700})
	require.NoError(t, err)
	assert.NotEqual(t, "idle", p.Phase)
	s.sandbox.ExpireTokens()
	s.use(t, s.caseFeed(t), s.State()) // a new process
	s.all(t)
	s.all(t)
	calls := s.sandbox.Calls()
	assert.Equal(t, n, s.whole(t))
	minimum := pages(n, 500) + n
	made := calls["cases"] + calls["observables"]
	t.Logf("%d faults: %d list and %d observables calls; the minimum without faults is %d", injected, calls["cases"], calls["observables"], minimum)
	assert.LessOrEqual(t, made, minimum+3*injected)
}

// TestFillOfAlerts fills from both versions of Threat Stack and finds its planted
// campaigns again.
func TestFillOfAlerts(t *testing.T) {
	t.Parallel()
	for _, version := range []string{threatstack.Version1, threatstack.Version2} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := newStand(t, sandbox.Options{Cases: 40, Alerts: 400, Seed: 3}, FillSettings{})
			k := s.sandbox.Credentials().ThreatStack
			config := threatstack.Config{
				Transport: CountCalls(httptransport.New(httptransport.Config{})), BaseURL: s.url, APIKey: api.Secret(k.APIKey), UserID: k.UserID, OrgID: k.OrganizationID,
			}
			identity := SourceState{ProfileID: "p", Platform: "threatstack", Name: "Hosts"}
			var feed Feed
			operation := "threatstack.alert"
			if version == threatstack.Version1 {
				client, err := threatstack.New(config)
				require.NoError(t, err)
				feed = NewAlertFeed(client, identity, s.clock.now)
			} else {
				operation = "threatstack.v2.alerts"
				client, err := threatstack.NewV2(config)
				require.NoError(t, err)
				feed = NewAlertFeedV2(client, identity, s.clock.now)
			}
			for i := range 5 {
				require.NoError(t, s.sandbox.Inject(sandbox.Fault{Kind: sandbox.FaultRateLimit, Operation: operation, After: 2 + i, RetryAfter: "1"}))
			}
			s.use(t, feed, FillState{Settings: FillSettings{On: true}})
			p := s.all(t)
			assert.Equal(t, 360, p.Done, "the user's organization has nine of ten alerts")
			calls := s.sandbox.Calls()
			t.Log(calls)

			answer, err := Ask(t.Context(), []Source{NewIndexed(s.library, s.Filler, s.clock.now)}, []report.Reference{{Type: "ipv4", Value: "203.0.113.47"}}, s.library)
			require.NoError(t, err)
			require.NotEmpty(t, answer.Results)
			assert.Equal(t, KindAlert, answer.Results[0].Kind)
			assert.Equal(t, "event", answer.Results[0].Matches[0].Place)

			s.clock.pass(10 * time.Minute)
			s.all(t)
			after := s.sandbox.Calls()
			assert.Equal(t, calls["threatstack.alert"]+calls["threatstack.v2.alert-events"], after["threatstack.alert"]+after["threatstack.v2.alert-events"], "nothing is read twice")
		})
	}
}

// TestGlanceCountsItsCalls: who looks without an index is told what that took.
func TestGlanceCountsItsCalls(t *testing.T) {
	t.Parallel()
	s := newStand(t, sandbox.Options{Cases: 40, Alerts: 100, Seed: 3}, FillSettings{})
	k := s.sandbox.Credentials().ThreatStack
	client, err := threatstack.New(threatstack.Config{
		Transport: CountCalls(httptransport.New(httptransport.Config{})), BaseURL: s.url, APIKey: api.Secret(k.APIKey), OrgID: k.OrganizationID,
	})
	require.NoError(t, err)
	glance := NewGlance(NewAlertFeed(client, SourceState{ProfileID: "p"}, s.clock.now), s.clock.now)
	asked := []report.Reference{{Type: "ipv4", Value: "203.0.113.47"}}
	first, err := Ask(t.Context(), []Source{glance}, asked, nil)
	require.NoError(t, err)
	calls := 0
	for _, n := range s.sandbox.Calls() {
		calls += n
	}
	assert.Positive(t, calls)
	assert.Equal(t, calls, first.Sources[0].Calls)
	again, err := Ask(t.Context(), []Source{glance}, asked, nil)
	require.NoError(t, err)
	assert.Less(t, again.Sources[0].Calls, calls)
}

// asked are the indicators of a page's text.
func askedOf(text string) []report.Reference {
	var asked []report.Reference
	for _, found := range indicator.Scan(text, indicator.Options{}) {
		asked = append(asked, report.Reference{Type: found.Type.String(), Value: found.Value})
	}
	return asked
}

func (s *stand) ask(t *testing.T, asked []report.Reference) Answer {
	t.Helper()
	answer, err := Ask(context.Background(), []Source{NewIndexed(s.library, s.Filler, s.clock.now)}, asked, s.library)
	require.NoError(t, err)
	return answer
}

// TestRankingOfPlantedCampaigns asks for a hundred pages whose right case is known.
func TestRankingOfPlantedCampaigns(t *testing.T) {
	t.Parallel()
	s := newStand(t, sandbox.Options{Cases: 3000, Campaigns: 100, Seed: 11}, FillSettings{})
	s.all(t)
	require.Equal(t, 100, s.sandbox.Campaigns())
	first, three, confident, strays := 0, 0, 0, 0
	for page := range 100 {
		truth, ok := s.sandbox.Campaign(page)
		require.True(t, ok)
		answer := s.ask(t, askedOf(truth.Text))
		require.NotEmpty(t, answer.Results)
		for i, r := range answer.Results[:min(3, len(answer.Results))] {
			if r.ID == string(truth.Cases[0]) {
				three++
				if i == 0 {
					first++
				}
			}
		}
		if answer.Results[0].Confident {
			confident++
		}
		for _, r := range answer.Results {
			for _, decoy := range truth.Decoys {
				if r.ID == string(decoy) && r.Confident {
					strays++
				}
			}
		}
	}
	t.Logf("right case first on %d of 100 pages, among the first three on %d; confident on %d; decoys that were held for confident: %d", first, three, confident, strays)
	assert.GreaterOrEqual(t, first, 95)
	assert.GreaterOrEqual(t, three, 99)
	assert.Equal(t, 100, confident)
	assert.Zero(t, strays)
}

func TestCommonValuesMakeNoConfidentMatch(t *testing.T) {
	t.Parallel()
	s := newStand(t, sandbox.Options{Cases: 2000, Campaigns: 20, Seed: 12}, FillSettings{})
	s.all(t)
	for page := range 20 {
		truth, _ := s.sandbox.Campaign(page)
		var asked []report.Reference
		for _, i := range truth.Common {
			asked = append(asked, report.Reference{Type: i.Type, Value: i.Value})
		}
		for _, r := range s.ask(t, asked).Results {
			assert.False(t, r.Confident, "%v", r.Reasons)
		}
	}
}

// TestFillOfAPlatformInMotion changes, closes and deletes cases while it walks, with
// faults, and ends with what the platform has.
func TestFillOfAPlatformInMotion(t *testing.T) {
	t.Parallel()
	const n = 2200
	s := newStand(t, sandbox.Options{Cases: n, Seed: 5}, FillSettings{})
	for i := range 20 {
		require.NoError(t, s.sandbox.Inject(sandbox.Fault{
			Kind:      []sandbox.FaultKind{sandbox.FaultRateLimit, sandbox.FaultServerError, sandbox.FaultCut, sandbox.FaultHalf}[i%4],
			Operation: "observables", After: 90 * i, Times: 2, RetryAfter: "1",
		}))
	}
	changed := 0
	for round := range 12 {
		_, err := s.Slice(t.Context(), SliceLimits{Calls: 170})
		require.NoError(t, err)
		s.clock.pass(20 * time.Second)
		modified, err := s.sandbox.ModifyCases(sandbox.Modification{Pick: sandbox.Pick{Count: 9, Offset: round}, NewObservableEvery: 2})
		require.NoError(t, err)
		changed += len(modified.Cases)
		_, err = s.sandbox.CloseCases(sandbox.Pick{Count: 2, Offset: 50 + round})
		require.NoError(t, err)
		_, err = s.sandbox.DeleteCases(sandbox.Pick{Count: 3, Offset: 100 + 7*round})
		require.NoError(t, err)
		changed += 2
		if round%4 == 3 {
			s.use(t, s.caseFeed(t), s.State())
		}
	}
	s.all(t)
	for range 2 { // what has changed meanwhile, and what has vanished
		s.clock.pass(2 * time.Hour)
		s.all(t)
	}
	calls := s.sandbox.Calls()
	left := s.whole(t)
	t.Logf("%d cases, %d changes, %d deleted: %d list and %d observables calls; the minimum is %d and %d", n, changed, n-left, calls["cases"], calls["observables"], pages(n, 500), n)
	assert.Less(t, left, n)
	assert.LessOrEqual(t, calls["observables"], n+changed+3*40)
}

func TestRefillOfASandbox(t *testing.T) {
	t.Parallel()
	const n = 3000
	s := newStand(t, sandbox.Options{Cases: n, Seed: 6}, FillSettings{})
	s.all(t)
	before := s.sandbox.Calls()
	assert.Equal(t, pages(n, 500), before["cases"])
	assert.Equal(t, n, before["observables"])
	modified, err := s.sandbox.ModifyCases(sandbox.Modification{Pick: sandbox.Pick{Percent: 1}, NewObservableEvery: 1})
	require.NoError(t, err)
	s.clock.pass(2 * time.Hour)
	s.all(t)
	after := s.sandbox.Calls()
	lists, reads := after["cases"]-before["cases"], after["observables"]-before["observables"]
	t.Logf("refill of %d cases of which %d changed: %d list and %d observables calls", n, len(modified.Cases), lists, reads)
	assert.Equal(t, len(modified.Cases), reads)
	assert.LessOrEqual(t, lists, 3)
	for id, added := range modified.Added {
		for _, i := range added {
			answer := s.ask(t, []report.Reference{{Type: i.Type, Value: i.Value}})
			require.Len(t, answer.Results, 1, "%s", i.Value)
			assert.Equal(t, string(id), answer.Results[0].ID)
		}
	}
	s.whole(t)
}
