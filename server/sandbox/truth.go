package sandbox

import (
	"context"
	"hash/maphash"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// Within narrows a truth to the cases that a client looks into.
type Within struct {
	// CreatedFrom leaves out older cases; the zero Time leaves out none.
	CreatedFrom time.Time
	// Top keeps only so many cases of those, highest score first, ties by id; 0 keeps all.
	Top int
}

// TruthFor returns the ids of all cases that hold at least one of the values among
// their observables, sorted. Case does not matter.
func (s *Sandbox) TruthFor(values []string) []CaseID {
	ids, _ := s.TruthWithin(context.Background(), values, Within{}) // fails with its context alone
	return ids
}

// TruthWithin is TruthFor over some of the cases. With CreatedFrom thirty days ago
// and Top 500 it is what a look-up over the API can know. The first call reads all
// cases, which takes a second for a hundred thousand.
func (s *Sandbox) TruthWithin(ctx context.Context, values []string, within Within) ([]CaseID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var looked map[CaseID]bool
	if within.Top > 0 || !within.CreatedFrom.IsZero() {
		q := query{sort: scoreField(), descending: true}
		if from := within.CreatedFrom; !from.IsZero() {
			q.conditions = append(q.conditions, func(c *caseRow) bool { return c.CreatedAt >= from.UnixMilli() })
		}
		looked = s.cases.chosen(q, within.Top)
	}
	ids := []CaseID{}
	for _, id := range s.cases.holders(values) {
		if looked == nil || looked[id] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// sightings says which generated cases may hold a value, by the value's hash. It is
// 8 bytes a value: the values themselves are made again to be sure.
type sightings struct {
	once sync.Once
	seed maphash.Seed
	all  []sighting // sorted by hash
}

type sighting struct {
	hash uint32
	at   int32
}

func (s *sightings) hash(value string) uint32 { return uint32(maphash.String(s.seed, value)) }

func (c *caseStore) index() {
	s := &c.sightings
	s.seed = maphash.MakeSeed()
	for at := range c.rows {
		o := c.population.observables(at)
		for _, value := range o.indicators() {
			s.all = append(s.all, sighting{s.hash(value), int32(at)})
		}
	}
	slices.SortFunc(s.all, func(a, b sighting) int { return int(int64(a.hash) - int64(b.hash)) })
}

// holders are the cases that hold any of the values. It takes the lock itself.
func (c *caseStore) holders(values []string) []CaseID {
	c.sightings.once.Do(c.index)
	c.mu.RLock()
	defer c.mu.RUnlock()
	wanted, candidates := map[string]bool{}, map[int]bool{}
	for _, value := range values {
		value = strings.ToLower(value)
		wanted[value] = true
		hash, all := c.sightings.hash(value), c.sightings.all
		for i := sort.Search(len(all), func(i int) bool { return all[i].hash >= hash }); i < len(all) && all[i].hash == hash; i++ {
			candidates[int(all[i].at)] = true
		}
	}
	for at := range c.changes {
		candidates[at] = true
	}
	var ids []CaseID
	for at := range candidates {
		o := c.observablesAt(at)
		if !c.gone(at) && slices.ContainsFunc(o.indicators(), func(value string) bool { return wanted[value] }) {
			ids = append(ids, c.rowAt(at).ID)
		}
	}
	return ids
}

// chosen are the first top cases that match, all when top is 0. It takes the lock
// itself.
func (c *caseStore) chosen(q query, top int) map[CaseID]bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	places := c.matches(q)
	if top > 0 {
		places = places[:min(top, len(places))]
	}
	ids := make(map[CaseID]bool, len(places))
	for _, at := range places {
		ids[c.idAt(int(at))] = true
	}
	return ids
}
