package index

import (
	"math"

	"github.com/sightline-sec/sightline/core/internal/sorting"
)

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
	// When and Place are those of what matches, of the nearest if several do; When is
	// milliseconds since 1970, 0 if unknown.
	When  int64
	Place Place
	Match Match
}

const (
	// MostHits is how many objects Find names for an indicator as exact matches: those
	// that changed last. An indicator that more objects hold says little about any.
	MostHits = 64
	// MostPartial is how many objects Find names for an indicator through one host, URL,
	// range, domain or hash beside it.
	MostPartial = 16

	// maxTellers is how many objects are asked for the other hashes of a file, and
	// maxParents how many domains above one are looked up.
	maxTellers = 8
	maxParents = 6
	// How many postings of a key in a segment are walked in search of exact matches, for
	// counting too; and of partial ones.
	maxCounted = 4096
	maxWalked  = 256
)

// Find appends the objects that hold the indicators: those of the first, then those of
// the second, and so on; for each indicator the better matches first. An object is
// named once an indicator, for its best match, or for a lesser one where [MostHits] or
// [MostPartial] left it out of the better.
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

// Count returns in how many objects the very indicator occurs, for weighing it. Where
// more than 4,096 objects of a segment have it or, a host, URLs on it, all are counted:
// replaced ones and those with URLs alone too.
func (x *Index) Count(key Key) (count int) {
	x.freeze()
	var room [maxKey]byte
	stored := appendKey(room[:0], key)
	if len(stored) == 0 {
		return 0
	}
	h := hash(stored)
	for _, s := range x.segments {
		p := s.find(h, stored)
		if p.left > maxCounted {
			count += int(min(p.left, uint64(s.objects)))
			continue
		}
		for p.next() {
			if !s.isDead(p.ordinal) && (p.head&headMore == 0 || isFileHash(stored[0]&codeBits)) {
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
	room [256]byte
}

// ask appends the hits of one indicator.
func (q *question) ask(i int, k *Key) {
	if k.Value == "" {
		return
	}
	q.key = i
	q.x.nextStamp()
	code := codeOf(k.Type)
	value := fold(q.room[:0], k.Value)
	var room [maxKey]byte
	key := appendCoded(room[:0], code, k.Type, value)
	switch {
	case isFileHash(code):
		from := len(q.hits)
		q.collect(key, Exact, Exact)
		if len(q.hits) > from || q.limited { // who tells of the file holds the hash
			q.sameFile(key)
		}
	case code == codeURL:
		q.collect(key, Exact, SameURL)
		q.url(value)
	case code == codeDomain:
		q.collect(key, Exact, OnHost)
		q.parents(value)
	case code == codeIPv4 || code == codeIPv6:
		q.collect(key, Exact, OnHost)
		q.ranges(code, value)
	case code == codeCIDR:
		q.collect(key, Exact, none)
		q.ranges(code, value)
	default:
		q.collect(key, Exact, none)
	}
}

func (q *question) url(value []byte) {
	var room [maxKey]byte
	if base := baseOf(value); len(base) > 0 && len(base) < len(value) {
		q.collect(appendCoded(room[:0], codeURL, "", base), SameURL, SameURL)
	}
	host := hostOf(value)
	if len(host) == 0 {
		return
	}
	code := codeOfHost(host)
	q.collect(appendCoded(room[:0], code, "", host), Host, SameHost)
	if code == codeDomain {
		q.parents(host)
	} else {
		q.ranges(code, host)
	}
}

func (q *question) parents(domain []byte) {
	var room [maxKey]byte
	for range maxParents {
		if domain = parent(domain); domain == nil {
			return
		}
		q.collect(appendCoded(room[:0], codeDomain, "", domain), Parent, none)
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
			q.collect(n.shortened(length).appendKey(room[:0]), Range, none)
		}
	}
}

// sameFile looks for the other hashes that objects tell of the file.
func (q *question) sameFile(key []byte) {
	h := hash(key)
	var told [maxTellers]uint64 // which other hashes were looked for
	count, asked := 0, 0
	for _, s := range q.x.segments {
		p := s.find(h, key)
		for p.left = min(p.left, maxWalked); asked < maxTellers && p.next(); {
			if p.head&headMore == 0 || s.isDead(p.ordinal) {
				continue
			}
			asked++
			s.eachOfFile(p.ordinal, h, func(other uint64) {
				for _, known := range told[:count] {
					if known == other {
						return
					}
				}
				if alias := s.fileHash(other, p.ordinal); alias != nil && count < len(told) {
					told[count] = other
					count++
					q.collect(alias, SameFile, SameFile)
				}
			})
		}
	}
}

// eachOfFile gives the hashes of the keys of a file's other hashes, as an object tells them.
func (s *segment) eachOfFile(ordinal uint32, h uint64, found func(other uint64)) {
	r := s.record(ordinal)
	for _, files := r.files(); len(files) > 0; {
		count := 8 * int(files[0])
		if count > len(files)-1 {
			return
		}
		hashes := files[1 : 1+count]
		files = files[1+count:]
		has := false
		for at := 0; at < count; at += 8 {
			has = has || u64(hashes, at) == h
		}
		for at := 0; has && at < count; at += 8 {
			if other := u64(hashes, at); other != h {
				found(other)
			}
		}
	}
}

// fileHash returns the key with a hash if it is that of a file that the object tells of.
func (s *segment) fileHash(h uint64, ordinal uint32) []byte {
	var e entry
	for b := openBucket(s.bucket(h)); b.next(&e); {
		if !isFileHash(e.key[0]&codeBits) || hash(e.key) != h {
			continue
		}
		for p := s.walk(e); p.next() && p.ordinal <= ordinal; {
			if p.ordinal == ordinal && p.head&headMore != 0 {
				return e.key
			}
		}
	}
	return nil
}

// none is the match of postings that answer nothing.
const none Match = 255

// collect appends the objects that hold a key and were not met for this indicator yet:
// first those whose posting is of the thing itself, as a match of one kind, then those
// whose posting has headMore, as one of the other.
func (q *question) collect(key []byte, itself, more Match) {
	h := hash(key)
	if itself == more {
		q.gather(h, key, itself, 0, 0)
		return
	}
	// Both kinds are rarely there: the second walk is begun only if the first met one.
	if q.gather(h, key, itself, headMore, 0) && more != none {
		q.gather(h, key, more, headMore, headMore)
	}
}

// gather is one walk of collect, over the postings whose head has of the bits of mask
// those that are wanted. It reports whether it met others.
func (q *question) gather(h uint64, key []byte, match Match, mask, wanted byte) (others bool) {
	from := len(q.hits)
	most, walked := MostPartial, uint64(maxWalked)
	if match == Exact {
		most, walked = MostHits, maxCounted
	}
	for _, s := range q.x.segments {
		if match == Range && !s.mayHave(h) {
			continue
		}
		p := s.find(h, key)
		if p.left == 0 {
			continue
		}
		if s.marks == nil {
			s.marks = make([]uint32, s.objects)
		}
		middle := len(q.hits)
		only := q.onlyOf(s)
		oldest := int64(math.MinInt64)
		if !q.limited {
			p.left = min(p.left, walked)
			if middle-from == most {
				oldest = q.x.timeOf(q.hits[middle-1].Object)
			}
		}
		for (q.limited || len(q.hits)-middle < most) && p.next() {
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
			if p.head&mask != wanted {
				others = true
				continue
			}
			if s.marks[p.ordinal] == q.x.stamp || s.isDead(p.ordinal) {
				continue
			}
			if oldest != math.MinInt64 && s.time(p.ordinal) < oldest {
				break
			}
			s.marks[p.ordinal] = q.x.stamp
			q.hits = append(q.hits, Hit{
				Key: q.key, Object: s.handle(p.ordinal), When: p.when(), Place: Place(p.head & headPlaces), Match: match,
			})
		}
		if middle > from && middle < len(q.hits) && len(q.hits)-from > most && !q.limited {
			q.newest(from, middle, most)
		}
	}
	return others
}

// newest makes one list of the hits behind from and of those behind middle, both the
// newest first, and keeps as many as told.
func (q *question) newest(from, middle, most int) {
	if x := q.x; x.timeOf(q.hits[middle-1].Object) >= x.timeOf(q.hits[middle].Object) {
		q.hits = q.hits[:from+most]
		return
	}
	var rooms [2][MostHits]Hit
	a, b := append(rooms[0][:0], q.hits[from:middle]...), append(rooms[1][:0], q.hits[middle:]...)
	q.hits = q.hits[:from]
	for len(q.hits)-from < most {
		next := &a
		if len(a) == 0 || len(b) > 0 && q.x.timeOf(b[0].Object) > q.x.timeOf(a[0].Object) {
			next = &b
		}
		q.hits = append(q.hits, (*next)[0])
		*next = (*next)[1:]
	}
}

// timeOf is the time of an object that is there.
func (x *Index) timeOf(h Handle) int64 {
	for _, s := range x.segments {
		if s.id == uint32(h>>32) {
			return s.time(uint32(h))
		}
	}
	return 0
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

// nextStamp begins a new question about one indicator.
func (x *Index) nextStamp() {
	if x.stamp++; x.stamp == 0 {
		for _, s := range x.segments {
			clear(s.marks)
		}
		x.stamp = 1
	}
}
