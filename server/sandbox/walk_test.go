package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/server/sandbox"
)

// sampleTotal is how many cases the vendor's sample answer tells of.
const sampleTotal = 139_380

// stepping is a clock that goes on when it is told to.
type stepping struct{ since atomic.Int64 }

func (c *stepping) now() time.Time {
	return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.since.Load()))
}

func (c *stepping) step(by time.Duration) { c.since.Add(int64(by)) }

// order is the place of a case in the order that is asked for; it only rises, so
// that no case comes twice.
type order struct {
	created stellarcyber.Timestamp
	id      string
}

func (o *order) follow(t *testing.T, c stellarcyber.Case) {
	if c.CreatedAt < o.created || c.CreatedAt == o.created && c.ID <= o.id {
		require.Fail(t, "out of order", "%s at %d after %s at %d", c.ID, c.CreatedAt, o.id, o.created)
	}
	o.created, o.id = c.CreatedAt, c.ID
}

// memory is the heap now: what lives, and what is in use with what does not.
func memory() (live, inUse float64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	inUse = float64(m.HeapInuse) / 1e6
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6, inUse
}

// TestWalkOfAWholeDeployment: 139,380 cases are 279 requests by pages of 500, with
// tokens that end on the way, and memory does not grow with what lies behind. It runs
// alone, for it looks at the heap.
func TestWalkOfAWholeDeployment(t *testing.T) {
	var clock stepping
	s, config := serve(t, sandbox.Options{Cases: sampleTotal, Now: clock.now})
	config.Now = clock.now
	p, err := stellarcyber.NewPlatform(config)
	require.NoError(t, err)

	var (
		last              order
		n                 int
		least, most, peak float64
	)
	began := time.Now()
	walk := p.WalkCases(stellarcyber.CaseQuery{Sort: "created_at", Order: stellarcyber.Ascending})
	for found, err := range walk.All(t.Context()) {
		require.NoError(t, err)
		last.follow(t, found)
		if n++; n%stellarcyber.MaxLimit == 0 {
			clock.step(5 * time.Second)
		}
		if n%(20*stellarcyber.MaxLimit) == 1 {
			live, inUse := memory()
			if n == 1 {
				least, most = live, live
			}
			least, most, peak = min(least, live), max(most, live), max(peak, inUse)
		}
	}
	calls := s.Calls()
	t.Logf("%d cases in %d requests for cases and %d for tokens, %.1f s; live heap %.1f to %.1f MB with the server's 139,380 cases, peak in use %.1f MB",
		n, calls["cases"], calls["token"], time.Since(began).Seconds(), least, most, peak)
	assert.Equal(t, sampleTotal, n)
	assert.Equal(t, sampleTotal, walk.Offset())
	assert.Equal(t, map[string]int{"cases": 279, "token": 3}, calls)
	assert.Less(t, most-least, 3.0, "MB that live more at one time than at another")
}

// TestWalkGoesOnAfterACut breaks off in the middle, for good, and takes the walk up
// twice: with the same Walk, and elsewhere from its offset.
func TestWalkGoesOnAfterACut(t *testing.T) {
	t.Parallel()
	s, config := serve(t, sandbox.Options{Cases: sampleTotal})
	config.MaxWait = time.Millisecond
	p, err := stellarcyber.NewPlatform(config)
	require.NoError(t, err)
	query := stellarcyber.CaseQuery{Sort: "created_at", Order: stellarcyber.Ascending}
	var last order
	n := 0
	run := func(walk *stellarcyber.Walk[stellarcyber.Case]) (failed error) {
		for found, err := range walk.All(t.Context()) {
			require.NoError(t, failed, "an error ends the walk")
			if err != nil {
				failed = err
				continue
			}
			last.follow(t, found)
			n++
		}
		return failed
	}
	walk := p.WalkCases(query)
	require.NoError(t, s.Inject(sandbox.Fault{Kind: sandbox.FaultCut, Operation: "cases", After: 100, Times: -1}))
	require.ErrorAs(t, run(walk), new(*api.NetworkError))
	assert.Equal(t, 50_000, n)
	assert.Equal(t, 50_000, walk.Offset())
	s.ClearFaults()

	require.NoError(t, s.Inject(sandbox.Fault{Kind: sandbox.FaultHalf, Operation: "cases", After: 50, Times: -1}))
	require.ErrorAs(t, run(walk), new(*api.NetworkError))
	assert.Equal(t, 75_000, n)
	s.ClearFaults()

	before := s.Calls()["cases"]
	query.Skip = walk.Offset()
	elsewhere, err := stellarcyber.NewPlatform(config)
	require.NoError(t, err)
	require.NoError(t, run(elsewhere.WalkCases(query)))
	assert.Equal(t, sampleTotal, n)
	t.Logf("cut after 50,000 and after 75,000 cases; the rest took %d requests", s.Calls()["cases"]-before)
	assert.Equal(t, 129, s.Calls()["cases"]-before)
}

// TestHundredCallers share one client while its tokens end: one token call at a time,
// and no call with a token that has ended. The clock goes on between the rounds and in
// the middle of each, but while a call is under way by less than the 60 s for which a
// token is renewed too early, however slow the machine is.
func TestHundredCallers(t *testing.T) {
	t.Parallel()
	const callers, rounds, middle, between = 100, 30, 10 * time.Second, 60 * time.Second
	var (
		clock             stepping
		inFlight, overlap atomic.Int32
		served, refused   atomic.Int32
	)
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 50, Now: clock.now})
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/access_token") {
			if inFlight.Add(1) > 1 {
				overlap.Add(1)
			}
			defer inFlight.Add(-1)
		} else if served.Add(1)%callers == callers/2 {
			clock.step(middle)
		}
		seen := httptest.NewRecorder()
		s.ServeHTTP(seen, r)
		if seen.Code == http.StatusUnauthorized {
			refused.Add(1)
		}
		w.WriteHeader(seen.Code)
		_, _ = w.Write(seen.Body.Bytes())
	}))
	transport := httptransport.New(httptransport.Config{})
	t.Cleanup(func() {
		transport.Close()
		server.Close()
		assert.NoError(t, s.Close())
	})
	k := s.Credentials()
	p, err := stellarcyber.NewPlatform(stellarcyber.Config{Transport: transport, BaseURL: server.URL, User: k.User, Key: api.Secret(k.RefreshToken), Now: clock.now})
	require.NoError(t, err)
	for range rounds {
		var round sync.WaitGroup
		for range callers {
			round.Go(func() {
				_, err := p.Cases(t.Context(), stellarcyber.CaseQuery{Limit: 1})
				assert.NoError(t, err)
			})
		}
		round.Wait()
		clock.step(between)
	}
	calls := s.Calls()
	t.Logf("%d calls by %d callers over %v of the clock: %d token calls, %d at once with another, %d refused",
		calls["cases"], callers, time.Duration(clock.since.Load()), calls["token"], overlap.Load(), refused.Load())
	assert.Equal(t, callers*rounds, calls["cases"])
	assert.Zero(t, overlap.Load())
	assert.Zero(t, refused.Load())
	assert.Equal(t, 4, calls["token"], "at 0, 560, 1,120 and 1,680 of 2,100 seconds")
}

// TestScriptsOfTheVendorsPage sends what the page's three Python scripts send, and
// the line with the second question mark, and looks at what they would print.
func TestScriptsOfTheVendorsPage(t *testing.T) {
	t.Parallel()
	s, config := serve(t, sandbox.Options{Cases: sampleTotal})
	ask := func(query string) (page struct {
		Data struct {
			Total int
			Cases []struct {
				Score    float64
				TenantID string `json:"cust_id"`
			}
		}
	},
	) {
		token := postForm(t, config.BaseURL+"/connect/api/v1/access_token", s.Credentials())
		getJSON(t, config.BaseURL+"/connect/api/v1/cases?"+query, token, &page)
		return page
	}
	all := ask("limit=250")
	assert.Equal(t, sampleTotal, all.Data.Total)
	assert.Len(t, all.Data.Cases, 250)

	best := ask("min_score=90&limit=25&sort=case_score&order=desc")
	require.Len(t, best.Data.Cases, 25)
	for i, c := range best.Data.Cases {
		assert.GreaterOrEqual(t, c.Score, 90.0)
		assert.True(t, i == 0 || c.Score <= best.Data.Cases[i-1].Score)
	}
	assert.InDelta(t, 100, best.Data.Cases[0].Score, 1e-9, "the page's own sample")

	const tenant = "c7cc6762d8dd4dafa7384f4e0240fc8d"
	one := ask("tenant_id=" + tenant + "&limit=5")
	require.Len(t, one.Data.Cases, 5)
	for _, c := range one.Data.Cases {
		assert.Equal(t, tenant, c.TenantID)
	}
	assert.Empty(t, ask("cust_id="+tenant+"?sort=case_score&order=desc&limit=10").Data.Cases, "taken literally")
}
