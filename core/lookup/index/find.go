package index

import "github.com/sightline-sec/sightline/core/internal/sorting"

// Match says how an object's indicator answers the one that was asked for. The better
// ones come first.
type Match uint8

// The matches. All but the first are partial.
const (
	Exact    Match = iota // the indicator itself
	SameFile              // another hash of the file, as some object tells
	SameURL               // the URL with another query or fragment, or without
	Host                  // asked for a URL: its host, a domain or an address
	OnHost                // asked for a domain or an address: a URL on that host
	SameHost              // asked for a URL: another one on its host
	Range                 // asked for an address, or a URL on one, or a range: a range around it
	Parent                // asked for a domain, or a URL on one: a domain above it
)

// Hit is an object that holds an indicator that was asked for, or one near it.
type Hit struct {
	// Key is the position of the indicator among those asked for.
	Key    int
	Object Handle
	// Place and When are those of the indicator in the object. When is 0 if unknown.
	Place Place
	When  int64
	Match Match
}

const (
	// MostHits is how many objects a kind of match names for an indicator: those that
	// changed last. An indicator that more objects hold says little about any of them.
	MostHits = 256
	// maxTellers is how many objects are asked for the other hashes of a file, and
	// maxParents how many domains above one are looked up.
	maxTellers = 8
	maxParents = 6
)

// Find appends the objects that hold the indicators: those of the first, then those of
// the second, and so on; for each indicator the better matches first. An object is
// named once an indicator, for its best match.
func (x *Index) Find(dst []Hit, keys []Key) []Hit {
	x.freeze()
	q := question{x: x, hits: dst}
	for i := range keys {
		q.ask(i, &keys[i])
	}
	return q.hits
}

// Among is Find for some objects alone, and without its limit: what of the indicators
// do these objects hold? It serves to know the best results fully.
func (x *Index) Among(dst []Hit, keys []Key, objects []Handle) []Hit {
	x.freeze()
	order := sorting.Order(len(objects), func(a, b int) bool { return objects[a] < objects[b] })
	only := make([]Handle, 0, len(objects))
	for _, i := range order {
		only = append(only, objects[i])
	}
	q := question{x: x, hits: dst, only: only, limited: true}
	for i := range keys {
		q.ask(i, &keys[i])
	}
	return q.hits
}

// maxCounted is how many postings Count looks at one by one.
const maxCounted = 4096

// Count returns in how many objects the very indicator occurs, for weighing it. Over
// 4,096 it may be too high by the objects that were replaced and not merged away yet.
func (x *Index) Count(key Key) (count int) {
	x.freeze()
	var room [maxKey]byte
	stored := appendKey(room[:0], key)
	if len(stored) == 0 {
		return 0
	}
	h := hash(stored)
	for _, s := range x.segments {
		p := s.walk(s.find(h, stored))
		if s.deadCount == 0 || p.left > maxCounted {
			count += int(min(p.left, uint64(s.objects)))
			continue
		}
		for p.next() {
			if !s.isDead(p.ordinal) {
				count++
			}
		}
	}
	return count
}

// question is one call of Find or Among.
type question struct {
	x       *Index
	hits    []Hit
	only    []Handle // in order; counts if limited
	limited bool

	key  int
	from int // where the hits of the present indicator begin
	room [256]byte
}

// ask appends the hits of one indicator.
func (q *question) ask(i int, k *Key) {
	if k.Value == "" {
		return
	}
	q.key, q.from = i, len(q.hits)
	q.x.nextStamp()
	code := codeOf(k.Type)
	value := fold(q.room[:0], k.Value)
	var room [maxKey]byte
	key := appendCoded(room[:0], code, k.Type, value)
	q.collect(key, Exact)
	switch {
	case isFileHash(code):
		q.sameFile(key)
	case code == codeURL:
		q.url(value)
	case code == codeDomain:
		q.look(codeURLHost, value, OnHost)
		q.parents(value)
	case code == codeIPv4 || code == codeIPv6:
		q.look(codeURLHost, value, OnHost)
		q.ranges(code, value)
	case code == codeCIDR:
		q.ranges(code, value)
	}
}

// look collects the objects that hold a value as the type with the code.
func (q *question) look(code byte, value []byte, match Match) {
	var room [maxKey]byte
	q.collect(appendCoded(room[:0], code, "", value), match)
}

func (q *question) url(value []byte) {
	base := baseOf(value)
	if len(base) < len(value) {
		q.look(codeURL, base, SameURL)
	}
	q.look(codeURLBase, base, SameURL)
	host := hostOf(value)
	if len(host) == 0 {
		return
	}
	code := codeOfHost(host)
	q.look(code, host, Host)
	q.look(codeURLHost, host, SameHost)
	if code == codeDomain {
		q.parents(host)
	} else {
		q.ranges(code, host)
	}
}

func (q *question) parents(domain []byte) {
	for range maxParents {
		if domain = parent(domain); domain == nil {
			return
		}
		q.look(codeDomain, domain, Parent)
	}
}

// ranges looks for the ranges around an address or range, the narrow ones first, of
// the lengths that occur.
func (q *question) ranges(code byte, value []byte) {
	n, ok := parseNetwork(code, value)
	if !ok {
		return
	}
	widest := n.bits
	if code == codeCIDR {
		widest-- // itself was found as such
	}
	var lengths [4]uint64
	for _, s := range q.x.segments {
		for i := range lengths {
			lengths[i] |= s.prefixes[i]
		}
	}
	var room [maxKey]byte
	for length := widest; length >= 0; length-- {
		if slot := prefixSlot(n.size, length); lengths[slot/64]>>(slot%64)&1 == 1 {
			q.collect(n.shortened(length).appendKey(room[:0]), Range)
		}
	}
}

// sameFile looks for the other hashes that objects tell of the file.
func (q *question) sameFile(key []byte) {
	h := hash(key)
	asked := 0
	for _, s := range q.x.segments {
		p := s.walk(s.find(h, key))
		for p.left = min(p.left, maxCounted); asked < maxTellers && p.next(); {
			if p.head&headHasFiles == 0 || s.isDead(p.ordinal) {
				continue
			}
			asked++
			s.eachOfFile(p.ordinal, key, func(other []byte) { q.collect(other, SameFile) })
		}
	}
}

// eachOfFile gives the other hashes of the file with the one, as an object tells them.
func (s *segment) eachOfFile(ordinal uint32, key []byte, found func([]byte)) {
	var o Object
	r := s.record(ordinal)
	if !r.object(&o, 0) || r.bad {
		return
	}
	var hashes [maxFileHashes][]byte
	for range min(r.number(), maxFilesObject) {
		count, has := int(r.number()), false
		if count > maxFileHashes {
			return
		}
		for i := range count {
			hashes[i] = r.bytes(r.number())
			has = has || string(hashes[i]) == string(key)
		}
		if r.bad {
			return
		}
		if has {
			for _, other := range hashes[:count] {
				if len(other) > 0 && string(other) != string(key) {
					found(other)
				}
			}
		}
	}
}

// collect appends the objects that hold a key and were not met for this indicator yet.
func (q *question) collect(key []byte, match Match) {
	h := hash(key)
	from := len(q.hits)
	for _, s := range q.x.segments {
		list := s.find(h, key)
		if list == nil {
			continue
		}
		if s.marks == nil {
			s.marks = make([]uint32, s.objects)
		}
		p := s.walk(list)
		only := q.onlyOf(s)
		for room := MostHits; (room > 0 || q.limited) && p.next(); {
			if s.isDead(p.ordinal) {
				continue
			}
			if q.limited {
				for len(only) > 0 && uint32(only[0]) < p.ordinal {
					only = only[1:]
				}
				if len(only) == 0 {
					break
				}
				if uint32(only[0]) != p.ordinal {
					continue
				}
			}
			if s.marks[p.ordinal] == q.x.stamp {
				continue
			}
			s.marks[p.ordinal] = q.x.stamp
			q.hits = append(q.hits, Hit{
				Key: q.key, Object: s.handle(p.ordinal), Place: Place(p.head & headPlaces), When: p.when(), Match: match,
			})
			room--
		}
	}
	if len(q.hits)-from > MostHits && !q.limited {
		q.newest(from)
	}
}

// onlyOf is which objects of a segment are asked about.
func (q *question) onlyOf(s *segment) []Handle {
	only := q.only
	for len(only) > 0 && uint32(only[0]>>32) < s.id {
		only = only[1:]
	}
	return only[:s.countOf(only)]
}

func (s *segment) countOf(handles []Handle) (n int) {
	for n < len(handles) && uint32(handles[n]>>32) == s.id {
		n++
	}
	return n
}

// newest keeps of the hits behind from the MostHits whose objects changed last.
func (q *question) newest(from int) {
	hits := q.hits[from:]
	times := make([]int64, len(hits))
	for _, s := range q.x.segments {
		for i, hit := range hits {
			if uint32(hit.Object>>32) == s.id {
				times[i] = s.time(uint32(hit.Object))
			}
		}
	}
	kept := make([]Hit, 0, MostHits)
	for _, i := range sorting.Order(len(hits), func(a, b int) bool { return times[a] > times[b] })[:MostHits] {
		kept = append(kept, hits[i])
	}
	q.hits = append(q.hits[:from], kept...)
}

// nextStamp begins a new question about one indicator.
func (x *Index) nextStamp() {
	if x.stamp++; x.stamp == 0 {
		for _, s := range x.segments {
			clear(s.marks)
		}
		x.stamp = 1
	}
}
