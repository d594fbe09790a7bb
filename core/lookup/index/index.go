package index

import "iter"

// Place says where a platform showed an indicator; several places unite by "or".
type Place uint8

// The places. There is room for no others.
const (
	Observable Place = 1 << iota // named as such: an observable of a case, a field of an alert
	Alert                        // in an alert that belongs to the object
	Event                        // in an event behind it
	Title                        // in its title
	Comment                      // in prose: a comment, a description, an activity
)

// Sighting is an indicator in an object.
type Sighting struct {
	Key   Key
	Place Place
	// When it was seen there, milliseconds since 1970; 0 when unknown.
	When int64
	// File is the same number, not 0, for all hashes of one file within an object.
	File int
}

// Index is the index. The zero value is empty and ready; it is for one goroutine at a time.
type Index struct {
	pending  pending
	segments []*segment // see insert
	merging  *merging

	nextID uint32 // of a segment
	stamp  uint32 // of the present question, in the segments' marks

	changes uint64 // counts them
	stored  uint64 // the count at the last Committed
	onDisk  []string
}

// New returns an empty index.
func New() *Index { return new(Index) }

// Handle names an object until the next change of the index.
type Handle uint64

func (s *segment) handle(ordinal uint32) Handle { return Handle(s.id)<<32 | Handle(ordinal) }

// Put takes an object in with all that was seen in it, and replaces all that the index
// held of it. Sightings of one indicator in several places become one, with the latest
// time.
func (x *Index) Put(o Object, seen []Sighting) {
	x.kill(o.Source, o.Kind, o.ID)
	x.pending.put(o, seen)
	x.changes++
	if len(x.pending.objects) >= maxPendingObjects || x.pending.held >= maxPendingSightings {
		x.freeze()
	}
}

// Remove forgets an object and reports whether it was known.
func (x *Index) Remove(source, kind, id string) bool {
	known := x.kill(source, kind, id)
	if i, ok := x.pending.find(source, kind, id); ok {
		x.pending.drop(i)
		known = true
	}
	if known {
		x.changes++
	}
	return known
}

// drop empties the place of an object; a later object of the same name may take it.
func (p *pending) drop(i int) {
	p.held -= len(p.objects[i].seen)
	p.objects[i] = pendingObject{gone: true}
}

// RemoveSource forgets all objects of a source and returns how many those were.
func (x *Index) RemoveSource(source string) (count int) {
	for i := range x.pending.objects {
		if o := &x.pending.objects[i]; !o.gone && o.object.Source == source {
			x.pending.drop(i)
			count++
		}
	}
	for _, s := range x.segments {
		for ordinal := range uint32(s.objects) {
			if s.isDead(ordinal) {
				continue
			}
			if s.sourceOf(ordinal) == source {
				s.kill(ordinal)
				count++
			}
		}
	}
	if count > 0 {
		x.changes++
	}
	x.drop()
	return count
}

// kill marks what a segment holds of an object.
func (x *Index) kill(source, kind, id string) bool {
	s, ordinal, ok := x.lookUp(source, kind, id)
	if ok {
		s.kill(ordinal)
	}
	return ok
}

func (x *Index) lookUp(source, kind, id string) (*segment, uint32, bool) {
	h := nameHash(source, kind, id)
	for _, s := range x.segments {
		if ordinal, ok := s.lookUp(h, source, kind, id); ok {
			return s, ordinal, true
		}
	}
	return nil, 0, false
}

// Object returns what is known of an object: whether it has changed since can be told
// without fetching all of it.
func (x *Index) Object(source, kind, id string) (Object, bool) {
	if i, ok := x.pending.find(source, kind, id); ok {
		return x.pending.objects[i].object, true
	}
	if s, ordinal, ok := x.lookUp(source, kind, id); ok {
		return s.object(ordinal)
	}
	return Object{}, false
}

// At returns the object of a handle, and false for one of before the last change whose
// object is gone or has moved.
func (x *Index) At(h Handle) (Object, bool) {
	for _, s := range x.segments {
		if s.id == uint32(h>>32) && uint32(h) < uint32(s.objects) && !s.isDead(uint32(h)) {
			return s.object(uint32(h))
		}
	}
	return Object{}, false
}

// Objects walks all objects of a source, of every source if it is "", in no
// particular order. The index must not be changed meanwhile.
func (x *Index) Objects(source string) iter.Seq2[Handle, Object] {
	x.freeze()
	return func(yield func(Handle, Object) bool) {
		for _, s := range x.segments {
			for ordinal := range uint32(s.objects) {
				if s.isDead(ordinal) {
					continue
				}
				if source != "" && s.sourceOf(ordinal) != source {
					continue
				}
				if o, ok := s.object(ordinal); ok && !yield(s.handle(ordinal), o) {
					return
				}
			}
		}
	}
}

// Stats are the index in numbers.
type Stats struct {
	Objects  int
	Postings int // pairs of an indicator and an object, those derived of URLs included
	Bytes    int // of all segments: what is held in memory, and what is stored
	Segments int
	Replaced int // objects that still take room, until a merge
}

// Stats counts. Postings include those of objects that were replaced.
func (x *Index) Stats() (all Stats) {
	x.freeze()
	for _, s := range x.segments {
		all.Objects += s.live()
		all.Postings += s.postings
		all.Bytes += len(s.data)
		all.Segments++
		all.Replaced += s.deadCount
	}
	return all
}

// freeze makes a segment of what is pending.
func (x *Index) freeze() {
	if len(x.pending.objects) == 0 {
		return
	}
	data, sources := x.pending.build()
	x.pending = pending{}
	if data != nil {
		x.add(data, sources)
	}
	x.mergeSmall()
}

// add takes a segment in that was just built.
func (x *Index) add(data []byte, sources []string) *segment {
	s, ok := openSegment(x.nextID, data)
	if !ok {
		panic("index: a segment that was just built cannot be opened")
	}
	s.sources = sources
	x.nextID++
	x.insert(s)
	return s
}

// insert keeps the segments in the order of their newest objects, the newest first: of
// common indicators the first segments then have all that is named.
func (x *Index) insert(s *segment) {
	x.segments = append(x.segments, s)
	for i := len(x.segments) - 1; i > 0 && newest(x.segments[i-1]) < newest(s); i-- {
		x.segments[i-1], x.segments[i] = s, x.segments[i-1]
	}
}

func newest(s *segment) int64 {
	if s.objects == 0 {
		return 0
	}
	return s.time(0)
}

// drop forgets segments of which nothing lives.
func (x *Index) drop() {
	kept := x.segments[:0]
	for _, s := range x.segments {
		if s.live() > 0 || x.merging.has(s) {
			kept = append(kept, s)
		}
	}
	clear(x.segments[len(kept):])
	x.segments = kept
}
