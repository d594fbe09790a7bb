package index

// Segments are merged so that each is larger than all smaller ones together: there are
// then at most as many as the logarithm of the index, and every posting is written
// anew as often as that. Which they are is decided by sizes alone.

const (
	// smallObjects is up to how many objects segments are merged at once, not step by step.
	smallObjects = 512
	// mostDead is which part of a segment's objects may be replaced ones: a quarter.
	mostDead = 4
	// maxSegment bounds a segment's size in bytes; its columns count in 32 bits.
	maxSegment = 1 << 30
)

// bySize are the segments, the smallest first.
func (x *Index) bySize() []*segment {
	sorted := append([]*segment(nil), x.segments...)
	for i := range sorted {
		for ; i > 0 && len(sorted[i].data) < len(sorted[i-1].data); i-- {
			sorted[i], sorted[i-1] = sorted[i-1], sorted[i]
		}
	}
	return sorted
}

// due returns the segments that should be merged next, nil if none. Those with more
// than so many objects count for nothing.
func (x *Index) due(mostObjects int) []*segment {
	sorted := x.bySize()
	bytes, objects := 0, 0
	for i, s := range sorted {
		objects += s.live()
		size := len(s.data)
		if objects > mostObjects || bytes+size > maxSegment {
			return nil
		}
		if i > 0 && bytes >= size || s.deadCount > s.objects/mostDead {
			return sorted[:i+1]
		}
		bytes += size
	}
	return nil
}

// mergeSmall merges the small ones, which takes no time worth a pause.
func (x *Index) mergeSmall() {
	x.drop()
	if x.merging != nil {
		return // they may be part of it
	}
	for inputs := x.due(smallObjects); inputs != nil; inputs = x.due(smallObjects) {
		x.merging = newMerging(inputs)
		for !x.merging.step(1 << 20) {
		}
		x.endMerge()
	}
}

// Merge does one step of the merging in the background, of at most so many objects and
// keys, and reports whether there is more to do. Between steps the index can be used
// and changed as ever, also stored; a merge that was not ended is begun anew after a load.
func (x *Index) Merge(budget int) bool {
	x.freeze()
	if x.merging == nil {
		inputs := x.due(maxObjects)
		if inputs == nil {
			return false
		}
		x.merging = newMerging(inputs)
	}
	if x.merging.step(max(budget, 1)) {
		x.endMerge()
	}
	return x.merging != nil || x.due(maxObjects) != nil
}

// endMerge puts what was merged in the place of what it was made of.
func (x *Index) endMerge() {
	m := x.merging
	x.merging = nil
	kept := make([]*segment, 0, len(x.segments))
	for _, s := range x.segments {
		if !m.has(s) {
			kept = append(kept, s)
		}
	}
	x.segments = kept
	if len(m.out.names) > 0 {
		out := x.add(m.out.finish(), m.out.sources)
		for i := range m.inputs {
			in := &m.inputs[i]
			for ordinal, moved := range in.moved {
				if moved != nowhere && in.seg.isDead(uint32(ordinal)) {
					out.kill(moved) // died while the merge went on
				}
			}
		}
	}
	x.changes++
	x.drop()
}

// merging is a merge that goes on.
type merging struct {
	inputs []input
	out    *builder
	found  []found
	lists  []found // room for merging the postings of a key
}

// input is how far the merge has read a segment.
type input struct {
	seg    *segment
	object uint32   // next
	moved  []uint32 // → ordinal in the output
	number int      // of the next bucket
	bucket bucket   // the present one

	// The next key.
	entry entry
	hash  uint64
	begun bool
	done  bool
}

// nowhere is where objects go that were dead when the merge came by.
const nowhere = ^uint32(0)

// found is a posting on its way.
type found struct {
	ordinal uint32
	head    byte
	delta   uint64
}

func newMerging(segments []*segment) *merging {
	m := &merging{inputs: make([]input, len(segments))}
	objects, keys, bytes := 0, 0, 0
	for i, s := range segments {
		m.inputs[i] = input{seg: s, moved: make([]uint32, s.objects)}
		objects += s.live()
		keys += s.keys
		bytes += len(s.entries)
	}
	m.out = newBuilder(objects, keys, bytes)
	return m
}

func (m *merging) has(s *segment) bool {
	if m != nil {
		for i := range m.inputs {
			if m.inputs[i].seg == s {
				return true
			}
		}
	}
	return false
}

// step does some of the work and reports whether it was the last of it.
func (m *merging) step(budget int) (ended bool) {
	for ; budget > 0; budget-- {
		if m.object() {
			continue
		}
		if !m.postings() {
			return true
		}
	}
	return false
}

// object moves the newest object that was not moved yet; false when all were.
func (m *merging) object() bool {
	var newest *input
	for i := range m.inputs {
		in := &m.inputs[i]
		for in.object < uint32(in.seg.objects) && in.seg.isDead(in.object) {
			in.moved[in.object] = nowhere
			in.object++
		}
		if in.object < uint32(in.seg.objects) && (newest == nil || in.seg.time(in.object) > newest.seg.time(newest.object)) {
			newest = in
		}
	}
	if newest == nil {
		return false
	}
	in, s := newest, newest.seg
	r := s.record(in.object)
	var o Object
	files := r.object(&o, s.time(in.object))
	in.moved[in.object] = nowhere
	if !r.bad {
		in.moved[in.object] = uint32(len(m.out.names))
		m.out.addObject(&o, files)
	}
	in.object++
	return true
}

// advance goes on to the next key.
func (in *input) advance() {
	in.begun = true
	for !in.bucket.next(&in.entry) {
		if in.number == len(in.seg.bucketEnds)/4 {
			in.done = true
			return
		}
		in.bucket = openBucket(stretch(in.seg.entries, in.seg.bucketEnds, in.number))
		in.number++
	}
	in.hash = hash(in.entry.key)
}

// postings writes the next key of all inputs; false when there is none.
func (m *merging) postings() bool {
	var first *input
	for i := range m.inputs {
		in := &m.inputs[i]
		if !in.begun {
			in.advance()
		}
		if !in.done && (first == nil || in.hash < first.hash || in.hash == first.hash && string(in.entry.key) < string(first.entry.key)) {
			first = in
		}
	}
	if first == nil {
		return false
	}
	h, key := first.hash, first.entry.key
	all := m.found[:0]
	for i := range m.inputs {
		in := &m.inputs[i]
		if in.done || in.hash != h || string(in.entry.key) != string(key) {
			continue
		}
		middle := len(all)
		for p := in.seg.walk(in.entry); p.next(); {
			if moved := in.moved[p.ordinal]; moved != nowhere {
				all = append(all, found{moved, p.head, p.delta})
			}
		}
		if middle > 0 && middle < len(all) {
			m.lists = mergeFound(m.lists[:0], all[:middle], all[middle:])
			copy(all, m.lists)
		}
		in.advance()
	}
	m.found = all
	for _, f := range all {
		m.out.addPosting(f.ordinal, f.head, f.delta)
	}
	m.out.endKey(h, key)
	return true
}

// mergeFound makes one list of two, both in the order of their ordinals.
func mergeFound(into, a, b []found) []found {
	for len(a) > 0 && len(b) > 0 {
		if b[0].ordinal < a[0].ordinal {
			into, b = append(into, b[0]), b[1:]
		} else {
			into, a = append(into, a[0]), a[1:]
		}
	}
	return append(append(into, a...), b...)
}
