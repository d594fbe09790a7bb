package lookup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

const start = 1_790_000_000_000

// rig is a filler over a platform and an index in memory.
type rig struct {
	*Filler
	platform *platform
	memory   *memory
	clock    *stopwatch
}

func newRig(n int, settings FillSettings) *rig {
	r := &rig{platform: newPlatform(start - 1_000_000_000), memory: newMemory(), clock: &stopwatch{at: time.UnixMilli(start)}}
	for i := range n {
		r.platform.add(fmt.Sprintf("%024x", i), float64(i%100), fmt.Sprintf("198.51.%d.%d", i/256%256, i%256))
	}
	settings.On = true
	r.reopen(FillState{Settings: settings})
	return r
}

// reopen goes on as a new process does: with what was stored, and nothing else.
func (r *rig) reopen(state FillState) {
	r.Filler = newFiller(r.platform, r.memory, state, r.clock.now)
	r.sleep = r.clock.sleep
}

func (r *rig) slice(t *testing.T, limits SliceLimits) FillProgress {
	t.Helper()
	progress, err := r.Slice(t.Context(), limits)
	require.NoError(t, err)
	return progress
}

// same asserts that the index has what the platform has, and nothing else.
func (r *rig) same(t *testing.T) {
	t.Helper()
	require.Equal(t, len(r.platform.cases), len(r.memory.objects))
	for id, o := range r.platform.cases {
		require.Equal(t, o, r.memory.objects[id])
		require.Equal(t, r.platform.held[id], r.memory.held[id])
	}
}

func pages(n, size int) int { return (n + size - 1) / size }

func TestFirstFillTakesAsManyCallsAsThereArePagesAndCases(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 499, 500, 501, 2750} {
		r := newRig(n, FillSettings{})
		p := r.slice(t, SliceLimits{})
		r.same(t)
		assert.Equal(t, max(pages(n, 500), 1), r.platform.lists, n)
		assert.Equal(t, n, r.platform.reads, n)
		assert.Equal(t, "idle", p.Phase)
		assert.Equal(t, n, p.Done)
		assert.Equal(t, n, p.Total)
		assert.Equal(t, int64(start), p.AsOf)
		assert.True(t, r.machine.state.complete())
	}
}

func TestFillGoesNewestFirstAndHighestScoreFirst(t *testing.T) {
	t.Parallel()
	r := newRig(1200, FillSettings{})
	p := r.slice(t, SliceLimits{Calls: 1 + 100})
	assert.Equal(t, 100, p.Done)
	for _, o := range r.memory.objects {
		assert.GreaterOrEqual(t, o.Score, 75.0)
		assert.Greater(t, o.CreatedAt, r.platform.sorted(false)[500].CreatedAt, "of the newest page")
	}
	assert.Equal(t, 1200, p.Total)
	assert.Equal(t, 1100+3, p.CallsLeft)
	assert.Zero(t, p.AsOf)
	assert.Equal(t, "walk", p.Phase)
}

// TestFillGoesOnAfterAnyCut cuts after every number of calls, with the state as it
// was stored and the index as it was stored.
func TestFillGoesOnAfterAnyCut(t *testing.T) {
	t.Parallel()
	const n = 1230
	for cut := 1; cut < n; cut += 37 {
		r := newRig(n, FillSettings{})
		cuts := 0
		for p := r.slice(t, SliceLimits{Calls: cut}); p.Phase != "idle"; p = r.slice(t, SliceLimits{Calls: cut}) {
			if cuts++; cuts == 3 {
				r.reopen(r.State())
			}
		}
		r.same(t)
		assert.Equal(t, n, r.platform.reads, "nothing is read twice")
		assert.LessOrEqual(t, r.platform.lists, pages(n, 500)+1, "one page is listed again")
	}
}

// TestFillGoesOnWithAnOldState loses what was read since the state was stored.
func TestFillGoesOnWithAnOldState(t *testing.T) {
	t.Parallel()
	const n = 1400
	r := newRig(n, FillSettings{})
	r.slice(t, SliceLimits{Calls: 600})
	state := r.State()
	stored := newMemory()
	for id, o := range r.memory.objects {
		stored.put(o, r.memory.held[id])
	}
	r.slice(t, SliceLimits{Calls: 300}) // is lost
	r.memory = stored
	r.reopen(state)
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.LessOrEqual(t, r.platform.reads, n+300)
}

func TestRefillReadsWhatHasChanged(t *testing.T) {
	t.Parallel()
	const n = 3000
	r := newRig(n, FillSettings{})
	r.slice(t, SliceLimits{})
	r.platform.lists, r.platform.reads = 0, 0
	for i := range 30 {
		r.platform.add(fmt.Sprintf("%024x", i*97), 50, "203.0.113.9")
	}
	r.platform.add("new", 99, "203.0.113.10")
	r.clock.pass(10 * time.Minute)
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.Equal(t, 31, r.platform.reads)
	assert.Equal(t, 1, r.platform.lists)

	r.platform.lists, r.platform.reads = 0, 0
	p := r.slice(t, SliceLimits{})
	assert.Zero(t, r.platform.lists, "it is not due again")
	assert.Equal(t, r.clock.now().UnixMilli()+refreshEvery, p.WakeAt)
}

// TestChangesOfOneMoment has more cases changed in one millisecond than fit a page.
func TestChangesOfOneMoment(t *testing.T) {
	t.Parallel()
	r := newRig(2000, FillSettings{})
	r.slice(t, SliceLimits{})
	r.platform.lists, r.platform.reads = 0, 0
	moment := r.platform.clock + 1
	for i := range 1300 {
		r.platform.clock = moment - 1
		r.platform.add(fmt.Sprintf("%024x", i), 50, "203.0.113.9")
	}
	r.clock.pass(10 * time.Minute)
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.Equal(t, 1300, r.platform.reads)
	assert.LessOrEqual(t, r.platform.lists, 5)
}

func TestVanishedCasesAreNoticed(t *testing.T) {
	t.Parallel()
	r := newRig(5000, FillSettings{})
	r.slice(t, SliceLimits{})
	for i := range 7 {
		r.platform.remove(fmt.Sprintf("%024x", i*613))
	}
	r.platform.lists, r.platform.reads = 0, 0
	r.clock.pass(2 * time.Hour)
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.Zero(t, r.platform.reads)
	assert.LessOrEqual(t, r.platform.lists, maxAudited+1)

	r.platform.lists = 0
	r.clock.pass(2 * time.Hour)
	r.slice(t, SliceLimits{})
	assert.Equal(t, 2, r.platform.lists, "what has changed, and how many there are")
}

// TestAuditMendsAnIndexThatLacksSomething loses objects behind the filler's back.
func TestAuditMendsAnIndexThatLacksSomething(t *testing.T) {
	t.Parallel()
	r := newRig(3000, FillSettings{})
	r.slice(t, SliceLimits{})
	for i := range 3 {
		r.memory.remove(fmt.Sprintf("%024x", 100+i*900))
	}
	r.clock.pass(2 * time.Hour)
	r.slice(t, SliceLimits{})
	r.same(t)
}

// TestFillWithWorldInMotion changes, adds and removes cases while it walks, with
// failures of every kind, cut at random. In the end the index is what the platform is.
func TestFillWithWorldInMotion(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		r := newRig(1500, FillSettings{})
		chance := rand.New(rand.NewPCG(seed, 1))
		ids := make([]string, 0, 2000)
		for id := range r.platform.cases {
			ids = append(ids, id)
		}
		calls := 0
		r.platform.before = func(p *platform, _ int) error {
			calls++
			if calls < 3000 && chance.IntN(20) == 0 {
				switch id := ids[chance.IntN(len(ids))]; chance.IntN(3) {
				case 0:
					if _, ok := p.cases[id]; ok {
						p.add(id, chance.Float64()*100, fmt.Sprintf("203.0.113.%d", chance.IntN(200)))
					}
				case 1:
					delete(p.cases, id)
					p.remove(id)
				default:
					id = fmt.Sprintf("new%d", calls)
					ids = append(ids, id)
					p.add(id, 10, "203.0.113.77")
				}
			}
			switch chance.IntN(60) {
			case 0:
				return tooMany(3 * time.Second)
			case 1, 2:
				return broken()
			case 3:
				return &api.NetworkError{}
			}
			return nil
		}
		for range 400 {
			p, err := r.Slice(t.Context(), SliceLimits{Calls: 1 + chance.IntN(200)})
			require.NoError(t, err)
			if chance.IntN(4) == 0 {
				r.reopen(r.State())
			}
			if p.WakeAt > r.clock.now().UnixMilli() {
				r.clock.pass(time.UnixMilli(p.WakeAt).Sub(r.clock.now()) + time.Second)
			}
			if p.Phase == "idle" && calls > 3000 {
				break
			}
		}
		r.platform.before = nil
		r.clock.pass(2 * time.Hour)
		r.slice(t, SliceLimits{})
		r.clock.pass(2 * time.Hour)
		r.slice(t, SliceLimits{})
		r.same(t)
		s := r.State()
		assert.Empty(t, s.Failed)
		assert.Equal(t, len(r.platform.cases), s.Done, "counted right")
	}
}

func TestFillWaitsAsLongAsItIsTold(t *testing.T) {
	t.Parallel()
	r := newRig(20, FillSettings{})
	early := 0
	until := time.Time{}
	r.platform.before = func(_ *platform, call int) error {
		if r.clock.now().Before(until) {
			early++
		}
		if call == 5 {
			until = r.clock.now().Add(7 * time.Minute)
			return tooMany(7 * time.Minute)
		}
		return nil
	}
	p := r.slice(t, SliceLimits{Until: time.UnixMilli(start).Add(20 * time.Second)})
	assert.Equal(t, "waiting", p.Phase)
	assert.Equal(t, until.UnixMilli(), p.WakeAt)
	assert.NotEmpty(t, p.Words)
	assert.LessOrEqual(t, r.platform.reads+r.platform.lists, 5+maxInFlight)
	r.reopen(r.State())
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.LessOrEqual(t, early, maxInFlight-1, "those that were under way")
}

func TestFillGivesUpNoCaseThatFails(t *testing.T) {
	t.Parallel()
	r := newRig(40, FillSettings{})
	sick := fmt.Sprintf("%024x", 7)
	var feed Feed = sickFeed{r.platform, sick}
	r.Filler = newFiller(feed, r.memory, FillState{Settings: FillSettings{On: true}}, r.clock.now)
	r.Filler.sleep = r.clock.sleep
	p := r.slice(t, SliceLimits{})
	assert.Equal(t, 1, p.Failed)
	assert.Equal(t, 39, p.Done)
	assert.False(t, r.machine.state.complete(), "one is not covered")
	r.reopen(r.State())
	r.clock.pass(10 * time.Minute)
	p = r.slice(t, SliceLimits{})
	assert.Zero(t, p.Failed)
	r.same(t)
	assert.True(t, r.machine.state.complete())
}

type sickFeed struct {
	*platform
	id string
}

func (f sickFeed) Read(ctx context.Context, o index.Object) ([]index.Sighting, error) {
	if o.ID == f.id {
		return nil, broken()
	}
	return f.platform.Read(ctx, o)
}

func TestFillStopsAtARefusedKey(t *testing.T) {
	t.Parallel()
	r := newRig(100, FillSettings{})
	r.platform.before = func(*platform, int) error { return &api.AuthError{} }
	p := r.slice(t, SliceLimits{Until: time.UnixMilli(start).Add(time.Minute)})
	assert.Equal(t, 1, r.platform.lists+r.platform.reads)
	assert.Equal(t, "waiting", p.Phase)
	assert.Contains(t, p.Words, "key")
}

func TestFillBudgets(t *testing.T) {
	t.Parallel()
	t.Run("calls", func(t *testing.T) {
		t.Parallel()
		r := newRig(300, FillSettings{Calls: 100})
		p := r.slice(t, SliceLimits{})
		assert.Equal(t, 100, r.platform.lists+r.platform.reads)
		assert.Equal(t, int64(start+day), p.WakeAt)
		assert.Contains(t, p.Words, "used up")
		r.reopen(r.State())
		assert.Equal(t, 100, r.slice(t, SliceLimits{}).Calls, "a new process has no new budget")
		r.clock.pass(25 * time.Hour)
		r.slice(t, SliceLimits{})
		assert.LessOrEqual(t, r.platform.lists+r.platform.reads, 200)
	})
	t.Run("cases", func(t *testing.T) {
		t.Parallel()
		r := newRig(2000, FillSettings{Cases: 700})
		p := r.slice(t, SliceLimits{})
		assert.Equal(t, 700, p.Done)
		assert.Equal(t, 700, p.Total)
		assert.Equal(t, 700, r.platform.reads)
		s := r.State()
		assert.True(t, s.Cut)
		assert.Equal(t, r.platform.sorted(false)[699].CreatedAt+1, s.CoveredFrom)
		// A wider budget reads the rest alone.
		settings := s.Settings
		settings.Cases = 0
		r.Set(settings)
		r.clock.pass(time.Hour)
		r.slice(t, SliceLimits{})
		r.same(t)
		assert.Equal(t, 2000, r.platform.reads)
	})
	t.Run("days", func(t *testing.T) {
		t.Parallel()
		r := newRig(0, FillSettings{Days: 30})
		r.platform.clock = start - 31*day
		r.platform.add("old", 1, "203.0.113.1")
		r.platform.clock = start - 29*day
		r.platform.add("new", 1, "203.0.113.1")
		r.slice(t, SliceLimits{})
		assert.Len(t, r.memory.objects, 1)
		assert.Equal(t, int64(start-30*day), r.State().CoveredFrom)
	})
	t.Run("off", func(t *testing.T) {
		t.Parallel()
		r := newRig(10, FillSettings{})
		r.Set(FillSettings{})
		assert.Equal(t, "off", r.slice(t, SliceLimits{}).Phase)
		assert.Zero(t, r.platform.lists)
	})
}

func TestFillKeepsToCallsAMinute(t *testing.T) {
	t.Parallel()
	r := newRig(1000, FillSettings{})
	r.platform.limits.PerMinute = 60
	r.reopen(r.State())
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.GreaterOrEqual(t, r.clock.all, 16*time.Minute)
}

func TestFillStopsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newRig(1000, FillSettings{})
	ctx, cancel := context.WithCancel(t.Context())
	r.platform.before = func(_ *platform, call int) error {
		if call == 200 {
			cancel()
		}
		return ctx.Err()
	}
	_, err := r.Slice(ctx, SliceLimits{})
	require.ErrorIs(t, err, context.Canceled)
	assert.LessOrEqual(t, r.platform.lists+r.platform.reads, 200+maxInFlight)
	r.platform.before = nil
	r.slice(t, SliceLimits{})
	r.same(t)
	assert.Empty(t, r.State().Words)
}
