package lookup

import (
	"context"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// Filler fills the index with the objects of one profile. It makes the calls that
// its machine decides on; see [FillState] for what has to last.
type Filler struct {
	feed  Feed
	shelf writableShelf
	now   func() time.Time
	// sleep waits for d or for the context.
	sleep func(ctx context.Context, d time.Duration) error

	// running holds the one slice that may run at a time.
	running sync.Mutex
	// mu guards the machine, so that Progress and State can be asked for meanwhile.
	mu      sync.Mutex
	machine machine
	stopped bool
}

// NewFiller returns a Filler that goes on where a state ends.
func NewFiller(feed Feed, library *Library, state FillState, now func() time.Time) *Filler {
	return newFiller(feed, library.Shelf(feed.Identity().ProfileID, feed.Kind()), state, now)
}

func newFiller(feed Feed, shelf writableShelf, state FillState, now func() time.Time) *Filler {
	state.ProfileID = feed.Identity().ProfileID
	f := &Filler{feed: feed, shelf: shelf, now: now, sleep: sleep}
	f.machine = machine{state: state, limits: feed.Limits(), on: shelf}
	return f
}

// writableShelf is a Shelf, or what tests have in its place.
type writableShelf interface {
	shelf
	put(object index.Object, held Held)
	remove(id string)
	// sweep forgets the objects that were created between two times, both included,
	// and whose id is not among ids. It returns how many those were.
	sweep(from, to int64, ids map[string]bool) int
}

// SliceLimits say how long a slice runs. The zero value runs until the pass is complete.
type SliceLimits struct {
	// Until is when no further call is begun; the zero Time is never.
	Until time.Time
	// Calls is how many calls are made at most, repetitions by the client not
	// counted; 0 is no bound.
	Calls int
}

// Slice fills until there is nothing to do, a limit is reached, ctx ends, or it must
// wait longer than the slice lasts: Progress says which by its WakeAt. It fails with
// the context's error alone; what befell the platform is in Progress.Words. What has
// come by then is in the index, and its changes with State are to be stored together.
func (f *Filler) Slice(ctx context.Context, limits SliceLimits) (FillProgress, error) {
	f.running.Lock()
	defer f.running.Unlock()
	flight, stop := f.flight(ctx, limits)
	defer stop()
	s := &slice{Filler: f, limits: limits, came: make(chan arrival, maxInFlight)}
	s.run(flight)
	return f.Progress(), ctx.Err()
}

// graceTime is how long calls that are under way at the end of a slice may take: a
// host may not live much longer.
const graceTime = 5 * time.Second

func (f *Filler) flight(ctx context.Context, limits SliceLimits) (context.Context, context.CancelFunc) {
	if limits.Until.IsZero() {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, max(limits.Until.Sub(f.now()), 0)+graceTime)
}

// slice is a Slice under way.
type slice struct {
	*Filler
	limits SliceLimits
	came   chan arrival
	calls  int
	flying int
	began  int64 // of the time that is not yet accounted for, microseconds
}

// arrival is what became of a call.
type arrival struct {
	step  step
	page  Page
	held  Held
	err   error
	calls int
	bytes int64
}

func (s *slice) run(ctx context.Context) {
	s.began = s.now().UnixMicro()
	for {
		for s.flying > 0 {
			select {
			case a := <-s.came:
				s.apply(a)
				continue
			default:
			}
			break
		}
		next := s.decide(ctx)
		switch {
		case next.kind == stepList || next.kind == stepRead:
			s.calls++
			s.flying++
			go func() { s.came <- s.call(ctx, next) }()
		case s.flying > 0:
			s.apply(<-s.came)
		case next.kind != stepWait || !s.wait(ctx, next.until):
			return
		}
	}
}

// decide is the machine's next step, stepNone when the slice is over.
func (s *slice) decide(ctx context.Context) step {
	now := s.now()
	if ctx.Err() != nil || !s.limits.Until.IsZero() && !now.Before(s.limits.Until) || s.limits.Calls > 0 && s.calls >= s.limits.Calls {
		return step{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return step{}
	}
	return s.machine.next(now.UnixMilli())
}

// wait waits for a time that comes before the slice ends and within a pass.
func (s *slice) wait(ctx context.Context, until int64) bool {
	s.mu.Lock()
	idle := s.machine.state.PassAt == 0
	s.mu.Unlock()
	at := time.UnixMilli(until)
	if idle || s.limits.Until.IsZero() && at.Sub(s.now()) > longestPause*time.Millisecond || !s.limits.Until.IsZero() && !at.Before(s.limits.Until) {
		return false
	}
	waited := s.sleep(ctx, at.Sub(s.now())) == nil
	s.began = s.now().UnixMicro() // a wait says nothing about how long calls take
	return waited
}

// call carries out one step.
func (s *slice) call(ctx context.Context, next step) arrival {
	ctx, calls := counted(ctx)
	a := arrival{step: next}
	if next.kind == stepList {
		a.page, a.err = s.feed.List(ctx, next.cursor)
	} else {
		a.held, a.err = s.feed.Read(ctx, next.object)
	}
	if ctx.Err() != nil && a.err != nil {
		a.err = ctx.Err() // whatever the call made of it
	}
	a.calls, a.bytes = calls.count(), calls.bytes.Load()
	return a
}

// apply tells the machine what happened and does what it says.
func (s *slice) apply(a arrival) {
	s.flying--
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &s.machine
	m.spend(a.calls-1, a.bytes) // one was counted when it was decided on
	if s.stopped {
		return
	}
	s.clock(now.UnixMicro())
	var effects []effect
	switch {
	case a.err != nil:
		effects = m.failed(a.step, a.err, now.UnixMilli())
	case a.step.kind == stepList:
		effects = m.listed(a.step, a.page, now.UnixMilli())
	default:
		effects = m.read(a.step, a.held, now.UnixMilli())
	}
	for _, e := range effects {
		switch e.kind {
		case effectPut:
			s.shelf.put(e.object, e.held)
		case effectRemove:
			s.shelf.remove(e.object.ID)
		case effectSweep:
			m.swept(s.shelf.sweep(e.from, e.to, e.ids))
		}
	}
}

// clock keeps a running mean of how long a call takes of the fill's time.
func (s *slice) clock(now int64) {
	took := max(now-s.began, 1)
	s.began = now
	per := &s.machine.state.PerCall
	if *per == 0 {
		*per = took
		return
	}
	*per += (took - *per) / 16
}

// Begun reports whether the index has something of the profile.
func (f *Filler) Begun() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &f.machine.state
	return s.Settings.On && (s.Done > 0 || s.AsOf > 0)
}

// Stop ends the slice that is running; nothing that it fetches goes into the index
// any more.
func (f *Filler) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
}

// State is what has to last, as it is now.
func (f *Filler) State() FillState {
	f.mu.Lock()
	defer f.mu.Unlock()
	state := f.machine.state
	state.Failed = append([]string(nil), state.Failed...)
	return state
}

// Set changes the user's settings. A window that is now wider is filled up by a walk
// from the top, in which what the index has is not read again.
func (f *Filler) Set(settings FillSettings) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.machine.set(settings)
}

// Progress says how far the fill has come.
func (f *Filler) Progress() FillProgress {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, identity := &f.machine, f.feed.Identity()
	s := &m.state
	p := FillProgress{
		ProfileID: s.ProfileID, Platform: identity.Platform, Name: identity.Name, Settings: s.Settings, Phase: "idle",
		Done: s.Done - len(s.Failed), Total: max(s.Total, s.Done), Failed: len(s.Failed), Calls: s.Calls, Bytes: s.Bytes,
		AsOf: s.AsOf, CoveredFrom: s.coveredFrom(), Words: s.Words,
	}
	now := f.now().UnixMilli()
	switch {
	case !s.Settings.On:
		p.Phase = "off"
		return p
	case s.WaitUntil > now:
		p.Phase = "waiting"
	case s.PassAt > 0 || s.AsOf == 0:
		p.Phase = [...]string{"walk", "walk", "changes", "walk", "audit"}[m.phase]
	}
	p.WakeAt = max(s.WaitUntil, m.due(now))
	if until, words := m.spent(); until > 0 && p.Phase != "idle" {
		p.WakeAt, p.Words, p.Phase = max(p.WakeAt, until), words, "waiting"
	}
	if p.WakeAt == 0 {
		p.WakeAt = now
	}
	if s.AsOf == 0 && p.Total > p.Done {
		left := p.Total - p.Done
		p.CallsLeft = left + (left+max(m.limits.Page, 1)-1)/max(m.limits.Page, 1)
		p.MillisLeft = int64(p.CallsLeft) * s.PerCall / 1000
	}
	return p
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
