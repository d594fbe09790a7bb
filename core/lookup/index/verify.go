package index

import "errors"

// Verify reads all of the index and returns what is wrong with it, nil if nothing is:
// that every segment is as it was written, in order and within its bounds, that
// postings lead to objects, and that no object is there twice.
func (x *Index) Verify() error {
	x.freeze()
	names := make(map[string]struct{})
	for _, s := range x.segments {
		what := s.verify()
		for ordinal := range uint32(s.objects) {
			if what != "" || s.isDead(ordinal) {
				continue
			}
			var o Object
			r := s.record(ordinal)
			r.files()
			r.name(&o)
			name := nameOf(o.Source, o.Kind, o.ID)
			if _, twice := names[name]; twice {
				what = "an object is there twice"
			}
			names[name] = struct{}{}
			if found, at, ok := x.lookUp(o.Source, o.Kind, o.ID); !ok || found != s || at != ordinal {
				what = "an object is not found by its name"
			}
			if !contains(s.sources, o.Source) {
				what = "a source is not listed"
			}
		}
		if what != "" {
			return errors.New("index: " + nameOfSegment(s.id) + ": " + what)
		}
	}
	return nil
}

// verify returns what is wrong with a segment, "" if nothing is.
func (s *segment) verify() string {
	body := len(s.data) - checksumLength
	if hash(s.data[:body]) != s.sum {
		return "the checksum differs"
	}
	dead := 0
	for ordinal := range uint32(s.objects) {
		if s.isDead(ordinal) {
			dead++
		}
		var o Object
		r := s.record(ordinal)
		r.object(&o, s.time(ordinal))
		switch {
		case r.bad || r.at != len(r.b):
			return "an object cannot be read"
		case o.time() != s.time(ordinal) || ordinal > 0 && s.time(ordinal) > s.time(ordinal-1):
			return "objects are out of order"
		}
	}
	if dead != s.deadCount {
		return "the replaced objects are miscounted"
	}
	for i := 1; i < s.objects; i++ {
		if s.named(i-1) >= s.named(i) {
			return "names are out of order"
		}
	}
	return s.verifyKeys()
}

func (s *segment) verifyKeys() string {
	keys, held := 0, 0
	var last uint64
	var lastKey []byte
	for number := range len(s.bucketEnds) / 4 {
		b := openBucket(stretch(s.entries, s.bucketEnds, number))
		var e entry
		for b.next(&e) {
			key, p, print := e.key, s.walk(e), b.prints[b.read-1]
			h := hash(key)
			if h>>(64-s.bits) != uint64(number) || printOf(h, s.bits) != print&^1 ||
				keys > 0 && (h < last || h == last && string(key) <= string(lastKey)) {
				return "keys are out of order"
			}
			if (s.ofAll || key[0] == codeRange|formText) && !s.mayHave(h) {
				return "a key is not in the filter"
			}
			last, lastKey = h, key
			keys++
			count := 0
			expected := p.left
			for p.next() {
				count++
			}
			if uint64(count) != expected || count == 0 || p.at != len(p.b) {
				return "postings cannot be read"
			}
			held += count
		}
		if b.read != len(b.prints) || len(b.b) != 0 {
			return "a key cannot be read"
		}
	}
	if keys != s.keys || held != s.postings {
		return "keys or postings are miscounted"
	}
	return ""
}
