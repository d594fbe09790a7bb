package index

// segment is an immutable part of the index, searched where it lies; doc.go has the
// layout. Only dead, and what hangs on it, changes.
type segment struct {
	id   uint32
	data []byte
	sum  uint64

	objects, keys, postings int
	bits                    uint // 1<<bits buckets
	// prefixes are the lengths of the ranges' prefixes, a bit each: IPv4, then IPv6.
	prefixes [4]uint64

	// Columns: a number per object, word or bucket.
	times, names, recordEnds, wordEnds, bucketEnds []byte
	words, records, entries                        []byte
	filter                                         []byte // of ranges, or of all keys
	ofAll                                          bool

	// sources are the distinct sources of its objects.
	sources []string

	// dead are the objects that were replaced or removed, a bit each.
	dead      []uint64
	deadCount int

	// marks are the stamps of the last question that met an object.
	marks []uint32
}

const (
	segmentMagic   = "SLIXSEG1"
	segmentHeader  = 8 + 10*4 + 4*8
	checksumLength = 8
	maxObjects     = 1 << 24
	nameLength     = 5
)

// openSegment finds the parts of a segment. It reads all bytes once, for the checksum.
func openSegment(id uint32, data []byte) (*segment, bool) {
	body := len(data) - checksumLength
	if body < segmentHeader || string(data[:len(segmentMagic)]) != segmentMagic || hash(data[:body]) != u64(data, body) {
		return nil, false
	}
	s := &segment{id: id, data: data, sum: u64(data, body)}
	field := func(i int) int { return int(u32(data, 8+4*i)) }
	s.objects, s.keys, s.postings = field(0), field(1), field(2)
	words, wordBytes, recordBytes, entryBytes := field(3), field(4), field(5), field(6)
	s.bits = uint(field(7))
	filter := field(8)
	s.ofAll = field(9) == 1
	for i := range s.prefixes {
		s.prefixes[i] = u64(data, 48+8*i)
	}
	// The counts are believed when room is made for a merge: they are held against what
	// the entries can have, of which a key takes four bytes and a posting one.
	if 4*s.keys > entryBytes || s.postings > entryBytes {
		return nil, false
	}
	if s.bits > 30 || s.objects >= maxObjects || filter&(filter-1) != 0 {
		return nil, false
	}
	rest := data[segmentHeader:body]
	cut := func(n int) []byte {
		if n > len(rest) {
			rest, s = nil, nil
			return nil
		}
		part := rest[:n:n]
		rest = rest[n:]
		return part
	}
	parts := [9][]byte{}
	for i, n := range [9]int{8 * s.objects, nameLength * s.objects, 4 * s.objects, 4 * words, 4 << s.bits, filter, wordBytes, recordBytes, entryBytes} {
		if parts[i] = cut(n); s == nil {
			return nil, false
		}
	}
	if len(rest) != 0 {
		return nil, false
	}
	s.times, s.names, s.recordEnds, s.wordEnds, s.bucketEnds = parts[0], parts[1], parts[2], parts[3], parts[4]
	s.filter, s.words, s.records, s.entries = parts[5], parts[6], parts[7], parts[8]
	for _, ends := range [...][]byte{s.recordEnds, s.wordEnds, s.bucketEnds} {
		if !rising(ends) {
			return nil, false
		}
	}
	s.dead = make([]uint64, (s.objects+63)/64)
	return s, true
}

// rising reports whether a column of ends has none before its predecessor.
func rising(ends []byte) bool {
	last := uint32(0)
	for at := 0; at < len(ends); at += 4 {
		end := u32(ends, at)
		if end < last {
			return false
		}
		last = end
	}
	return true
}

// stretch is part i of what ends are the ends of, empty if they are none.
func stretch(whole, ends []byte, i int) []byte {
	from, to := 0, int(u32(ends, 4*i))
	if i > 0 {
		from = int(u32(ends, 4*i-4))
	}
	if from > to || to > len(whole) {
		return nil
	}
	return whole[from:to]
}

func (s *segment) word(i uint64) ([]byte, bool) {
	if i >= uint64(len(s.wordEnds)/4) {
		return nil, false
	}
	return stretch(s.words, s.wordEnds, int(i)), true
}

func (s *segment) time(ordinal uint32) int64 { return int64(u64(s.times, int(8*ordinal))) }

func (s *segment) record(ordinal uint32) record {
	return record{seg: s, b: stretch(s.records, s.recordEnds, int(ordinal))}
}

func (s *segment) object(ordinal uint32) (o Object, ok bool) {
	r := s.record(ordinal)
	r.object(&o, s.time(ordinal))
	return o, !r.bad
}

func (s *segment) sourceOf(ordinal uint32) string {
	r := s.record(ordinal)
	r.files()
	return r.text()
}

func (s *segment) isDead(ordinal uint32) bool { return s.dead[ordinal/64]>>(ordinal%64)&1 == 1 }

func (s *segment) kill(ordinal uint32) {
	if !s.isDead(ordinal) {
		s.dead[ordinal/64] |= 1 << (ordinal % 64)
		s.deadCount++
	}
}

func (s *segment) live() int { return s.objects - s.deadCount }

// lookUp finds the living object with the name.
func (s *segment) lookUp(nameHash uint16, source, kind, id string) (ordinal uint32, ok bool) {
	low, high := 0, s.objects
	for low < high {
		if mid := (low + high) / 2; uint16(s.named(mid)>>24) < nameHash {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for ; low < s.objects; low++ {
		pair := s.named(low)
		if uint16(pair>>24) != nameHash {
			break
		}
		ordinal := uint32(pair) & (maxObjects - 1)
		if ordinal >= uint32(s.objects) || s.isDead(ordinal) {
			continue
		}
		var o Object
		r := s.record(ordinal)
		r.files()
		if r.name(&o); !r.bad && o.Source == source && o.Kind == kind && o.ID == id {
			return ordinal, true
		}
	}
	return 0, false
}

// named is pair i of the hash of a name and an ordinal.
func (s *segment) named(i int) uint64 {
	at := nameLength * i
	return uint64(u32(s.names, at)) | uint64(s.names[at+4])<<32
}

func nameHash(source, kind, id string) uint16 {
	var room [128]byte
	name := append(append(append(append(append(room[:0], source...), 0), kind...), 0), id...)
	return uint16(hash(name) >> 48)
}

// bucket is where the keys with such a hash are.
func (s *segment) bucket(h uint64) []byte {
	return stretch(s.entries, s.bucketEnds, int(h>>(64-s.bits)))
}

// find returns the postings of a key, nil if there are none.
func (s *segment) find(h uint64, key []byte) (list postings) {
	if s.ofAll && !s.mayHave(h) {
		return postings{}
	}
	b := openBucket(s.bucket(h))
	print := printOf(h, s.bits)
	for i, p := range b.prints {
		if p|1 != print|1 {
			continue
		}
		var e entry
		for b.read <= i && b.next(&e) {
		}
		if b.read <= i {
			break
		}
		if string(e.key) == string(key) {
			return s.walk(e)
		}
	}
	return postings{}
}

// bucket walks the entries of a bucket.
type bucket struct {
	prints []byte // one an entry
	read   int    // how many entries
	b      []byte // the rest of them
}

// openBucket begins before the first entry.
func openBucket(b []byte) bucket {
	n, at := varint(b, 0)
	if at == 0 || n > uint64(len(b)-at) {
		return bucket{}
	}
	return bucket{prints: b[at : at+int(n)], b: b[at+int(n):]}
}

// entry is a key with its postings.
type entry struct {
	key, list []byte
	many      bool // there is a count
}

// next reads an entry; false when there is none.
func (b *bucket) next(e *entry) bool {
	if b.read == len(b.prints) {
		return false
	}
	keyEnd := keyLength(b.b)
	if keyEnd == 0 {
		return false
	}
	e.many = b.prints[b.read]&1 == 1
	end := 0
	if !e.many {
		end = postingEnd(b.b, keyEnd)
	} else if length, from := varint(b.b, keyEnd); from > 0 && length <= uint64(len(b.b)-from) {
		end = from + int(length)
	}
	if end == 0 {
		return false
	}
	e.key, e.list, b.b = b.b[:keyEnd], b.b[keyEnd:end], b.b[end:]
	b.read++
	return true
}

// mayHave is false for most ranges, or keys, that the segment does not have.
func (s *segment) mayHave(h uint64) bool {
	if len(s.filter) == 0 {
		return false
	}
	at := filterBit(h, len(s.filter))
	return s.filter[at/8]>>(at%8)&1 == 1
}

// printOf are the seven bits of a hash behind those that number the bucket, above a zero.
func printOf(h uint64, bits uint) byte { return byte(h<<bits>>56) &^ 1 }

// The head of a posting.
const (
	headPlaces  = 1<<5 - 1
	headWhen    = 3 << 5
	whenUnknown = 0 << 5
	whenSame    = 1 << 5 // as the object's time
	whenMillis  = 2 << 5 // the difference to it follows
	whenSeconds = 3 << 5 // the same in seconds, of both rounded down; the sighting is at a whole one
	// headMore says of a hash that the object tells others of the same file; of a host or
	// a URL that the object does not hold it as such, but a URL on the host or the URL
	// with a query.
	headMore = 1 << 7
)

// frequent are the heads that have a number of three bits; the eighth number stands
// for all others. They are part of the format.
var frequent = [7]byte{
	byte(Observable) | whenUnknown, byte(Observable) | whenUnknown | headMore, byte(Observable) | whenSame, byte(Observable) | whenMillis,
	byte(Alert) | whenMillis, byte(Alert) | whenMillis | headMore, byte(Alert) | whenSeconds,
}

// appendPosting writes a posting after that of the object before, -1 if it is the first.
func appendPosting(b []byte, before int64, ordinal uint32, head byte, delta uint64) []byte {
	number := 0
	for number < len(frequent) && frequent[number] != head {
		number++
	}
	b = appendVarint(b, uint64(int64(ordinal)-before-1)<<3|uint64(number))
	if number == len(frequent) {
		b = append(b, head)
	}
	if head&headWhen >= whenMillis {
		b = appendVarint(b, delta)
	}
	return b
}

// readPosting reads what appendPosting wrote at b[at]; next is 0 if there is no such.
func readPosting(b []byte, at int) (step uint64, head byte, delta uint64, next int) {
	step, at = varint(b, at)
	if at == 0 {
		return 0, 0, 0, 0
	}
	if number := step & 7; number < uint64(len(frequent)) {
		head = frequent[number]
	} else if at < len(b) {
		head = b[at]
		at++
	} else {
		return 0, 0, 0, 0
	}
	if head&headWhen >= whenMillis {
		delta, at = varint(b, at)
	}
	return step >> 3, head, delta, at
}

// postingEnd is readPosting's next alone.
func postingEnd(b []byte, at int) int {
	if at >= len(b) {
		return 0
	}
	number := b[at] & 7
	if at = varintEnd(b, at); at == 0 {
		return 0
	}
	var head byte
	if int(number) < len(frequent) {
		head = frequent[number]
	} else if at < len(b) {
		head = b[at]
		at++
	} else {
		return 0
	}
	if head&headWhen >= whenMillis {
		return varintEnd(b, at)
	}
	return at
}

// postings walks the objects that hold a key, the newest first.
type postings struct {
	seg  *segment
	b    []byte
	at   int
	left uint64

	ordinal uint32
	head    byte
	delta   uint64 // of the time, as the head says
}

// walk begins before the first posting of an entry.
func (s *segment) walk(e entry) postings {
	p := postings{seg: s, b: e.list, left: 1, ordinal: ^uint32(0)}
	if e.many {
		_, p.at = varint(e.list, 0)
		if p.left, p.at = varint(e.list, p.at); p.at == 0 {
			p.left = 0
		}
	}
	return p
}

// next goes on to the next posting. One that leads outside the segment ends the walk.
func (p *postings) next() bool {
	if p.left == 0 {
		return false
	}
	p.left--
	step, head, delta, at := readPosting(p.b, p.at)
	ordinal := uint64(p.ordinal+1) + step
	if at == 0 || ordinal >= uint64(p.seg.objects) {
		p.left = 0
		return false
	}
	p.ordinal, p.head, p.delta, p.at = uint32(ordinal), head, delta, at
	return true
}

// when is the time of the sighting.
func (p *postings) when() int64 {
	switch p.head & headWhen {
	case whenSame:
		return p.seg.time(p.ordinal)
	case whenMillis:
		return p.seg.time(p.ordinal) + unzigzag(p.delta)
	case whenSeconds:
		return 1000 * (p.seg.time(p.ordinal)/1000 + unzigzag(p.delta))
	}
	return 0
}

// whenOf is the part of the head, and the difference, for a sighting.
func whenOf(when, time int64) (head byte, delta uint64) {
	difference := when - time
	switch {
	case when == 0:
		return whenUnknown, 0
	case difference == 0:
		return whenSame, 0
	case when%1000 == 0:
		return whenSeconds, zigzag(when/1000 - time/1000)
	}
	return whenMillis, zigzag(difference)
}
