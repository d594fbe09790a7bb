package lookup

import (
	"sync"

	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/report"
)

// Held is what an object holds.
type Held = []index.Sighting

// Library is the index of all profiles, for many goroutines at a time.
type Library struct {
	mu    sync.Mutex
	index *index.Index
}

// NewLibrary returns a Library over an index, which then belongs to it.
func NewLibrary(x *index.Index) *Library { return &Library{index: x} }

// Do runs do with the index, and nobody else with it meanwhile.
func (l *Library) Do(do func(*index.Index)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do(l.index)
}

// Replace puts another index in the place of the present one.
func (l *Library) Replace(x *index.Index) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index = x
}

// Clear forgets all objects of a profile, of all profiles for "".
func (l *Library) Clear(profileID string) {
	l.Do(func(x *index.Index) {
		if profileID != "" {
			x.RemoveSource(profileID)
			return
		}
		sources := make(map[string]bool)
		for _, object := range x.Objects("") {
			sources[object.Source] = true
		}
		for source := range sources {
			x.RemoveSource(source)
		}
	})
}

// Objects is how many objects there are of a profile.
func (l *Library) Objects(profileID string) (n int) {
	l.Do(func(x *index.Index) {
		for range x.Objects(profileID) {
			n++
		}
	})
	return n
}

// census is how often indicators occur, for weighing them.
type census struct {
	// counts is in how many objects of the index each indicator that was asked for
	// stands itself.
	counts []int
	// total is how many objects there are.
	total int
}

func (l *Library) census(keys []index.Key) (c census) {
	if l == nil {
		return census{counts: make([]int, len(keys))}
	}
	l.Do(func(x *index.Index) {
		c.total = x.Stats().Objects
		for _, key := range keys {
			c.counts = append(c.counts, x.Count(key))
		}
	})
	return c
}

func keysOf(asked []report.Reference) []index.Key {
	keys := make([]index.Key, 0, len(asked))
	for _, reference := range asked {
		keys = append(keys, index.Key{Type: reference.Type, Value: reference.Value})
	}
	return keys
}

// Shelf is the part of a Library that has one kind of objects of one profile.
type Shelf struct {
	library *Library
	source  string
	kind    string
}

// Shelf returns the part for a profile.
func (l *Library) Shelf(profileID, kind string) Shelf { return Shelf{l, profileID, kind} }

func (s Shelf) known(id string) (object index.Object, ok bool) {
	s.library.Do(func(x *index.Index) { object, ok = x.Object(s.source, s.kind, id) })
	return object, ok
}

func (s Shelf) times() []int64 {
	var all []int64
	s.library.Do(func(x *index.Index) {
		for _, object := range x.Objects(s.source) {
			all = append(all, object.CreatedAt)
		}
	})
	sorted := make([]int64, 0, len(all))
	for _, i := range sorting.Order(len(all), func(i, j int) bool { return all[i] < all[j] }) {
		sorted = append(sorted, all[i])
	}
	return sorted
}

func (s Shelf) put(object index.Object, held Held) {
	s.library.Do(func(x *index.Index) { x.Put(object, held) })
}

func (s Shelf) remove(id string) {
	s.library.Do(func(x *index.Index) { x.Remove(s.source, s.kind, id) })
}

func (s Shelf) sweep(from, to int64, ids map[string]bool) (n int) {
	s.library.Do(func(x *index.Index) {
		var gone []string
		for _, object := range x.Objects(s.source) {
			if object.CreatedAt >= from && object.CreatedAt <= to && !ids[object.ID] {
				gone = append(gone, object.ID)
			}
		}
		for _, id := range gone {
			if x.Remove(s.source, s.kind, id) {
				n++
			}
		}
	})
	return n
}
