package lookup

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

// memory is a Shelf that is a map.
type memory struct {
	mu      sync.Mutex
	objects map[string]index.Object
	held    map[string]Held
}

func newMemory() *memory {
	return &memory{objects: map[string]index.Object{}, held: map[string]Held{}}
}

func (m *memory) known(id string) (index.Object, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.objects[id]
	return o, ok
}

func (m *memory) times() []int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	var times []int64
	for _, o := range m.objects {
		times = append(times, o.CreatedAt)
	}
	slices.Sort(times)
	return times
}

func (m *memory) put(o index.Object, held Held) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.objects[o.ID], m.held[o.ID] = o, held
}

func (m *memory) remove(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.objects, id)
	delete(m.held, id)
}

func (m *memory) sweep(from, to int64, ids map[string]bool) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for id, o := range m.objects {
		if o.CreatedAt >= from && o.CreatedAt <= to && !ids[id] {
			delete(m.objects, id)
			delete(m.held, id)
			n++
		}
	}
	return n
}

// platform is a Feed over cases in memory that lists as Stellar Cyber does. Its clock
// is its own.
type platform struct {
	mu     sync.Mutex
	cases  map[string]index.Object
	held   map[string]Held
	clock  int64
	limits Limits
	lists  int
	reads  int
	// before is called before each answer, with the number of the call.
	before func(p *platform, call int) error

	// The cases in the two orders, nil when they have changed.
	byCreation, byChange []index.Object
}

func newPlatform(start int64) *platform {
	return &platform{
		cases: map[string]index.Object{}, held: map[string]Held{}, clock: start,
		limits: Limits{Page: 500, ByChange: true},
	}
}

func (p *platform) Identity() SourceState {
	return SourceState{ProfileID: "p", Platform: "stellarcyber", Name: "SOC"}
}
func (p *platform) Kind() string   { return KindCase }
func (p *platform) Limits() Limits { return p.limits }

// add makes or changes a case; mu is held or not yet needed.
func (p *platform) add(id string, score float64, values ...string) {
	p.clock++
	o, ok := p.cases[id]
	if !ok {
		o = index.Object{Source: "p", Kind: KindCase, ID: id, CreatedAt: p.clock, HasScore: true}
	}
	o.Score, o.ModifiedAt, o.Version = score, p.clock, o.Version+1
	p.cases[id] = o
	var held Held
	for _, v := range values {
		held = append(held, index.Sighting{Key: index.Key{Type: "ipv4", Value: v}, When: p.clock})
	}
	p.held[id] = held
	p.byCreation, p.byChange = nil, nil
}

func (p *platform) remove(id string) {
	p.clock++
	delete(p.cases, id)
	delete(p.held, id)
	p.byCreation, p.byChange = nil, nil
}

func (p *platform) sorted(changed bool) []index.Object {
	if p.byCreation == nil {
		for _, o := range p.cases {
			p.byCreation = append(p.byCreation, o)
		}
		p.byChange = slices.Clone(p.byCreation)
		slices.SortFunc(p.byCreation, func(a, b index.Object) int {
			return cmp.Or(cmp.Compare(b.CreatedAt, a.CreatedAt), cmp.Compare(a.ID, b.ID))
		})
		slices.SortFunc(p.byChange, func(a, b index.Object) int {
			return cmp.Or(cmp.Compare(a.ModifiedAt, b.ModifiedAt), cmp.Compare(a.ID, b.ID))
		})
	}
	if changed {
		return p.byChange
	}
	return p.byCreation
}

func (p *platform) fault() error {
	if p.before == nil {
		return nil
	}
	return p.before(p, p.lists+p.reads)
}

func (p *platform) List(_ context.Context, q Cursor) (Page, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lists++
	if err := p.fault(); err != nil {
		return Page{}, err
	}
	all := p.sorted(q.Changed)
	var page Page
	for _, o := range all {
		time := o.CreatedAt
		if q.Changed {
			time = o.ModifiedAt
			if o.CreatedAt < q.CreatedFrom {
				continue
			}
		}
		if time < q.From || q.To > 0 && time > q.To {
			continue
		}
		if page.Total++; page.Total > q.Skip && len(page.Objects) < q.Limit {
			page.Objects = append(page.Objects, o)
		}
	}
	page.Last = q.Skip+len(page.Objects) >= page.Total
	return page, nil
}

func (p *platform) Read(_ context.Context, object index.Object) ([]index.Sighting, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reads++
	if err := p.fault(); err != nil {
		return nil, err
	}
	if _, ok := p.cases[object.ID]; !ok {
		return nil, ErrVanished
	}
	return p.held[object.ID], nil
}

// stopwatch is a clock that stands still but for sleeps.
type stopwatch struct {
	mu  sync.Mutex
	at  time.Time
	all time.Duration
}

func (c *stopwatch) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *stopwatch) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.at = c.at.Add(max(d, 0))
	c.all += d
	c.mu.Unlock()
	return ctx.Err()
}

func (c *stopwatch) pass(d time.Duration) { _ = c.sleep(context.Background(), d) }

func tooMany(wait time.Duration) error { return &api.RateLimitError{Wait: wait} }

func broken() error { return &api.StatusError{Exchange: api.Exchange{Status: 503}} }
