package index

import "math/bits"

// builder writes a segment: first its objects, the newest first, then its keys in the
// order of their hashes, each with its postings.
type builder struct {
	words    words
	times    []byte
	names    []uint64 // hash<<24 | ordinal
	ends     []byte
	records  []byte
	sources  []string
	prefixes [4]uint64
	ranges   []uint64 // the hashes of their keys
	hashes   []uint64 // of all keys, while those are few

	bits    uint
	buckets []byte
	prints  []byte // of the entries of the present bucket
	bucket  []byte // those entries
	entries []byte
	keys    int
	count   int    // of all postings
	list    []byte // the postings of the present key
	held    int    // how many those are
	last    int64  // ordinal of the last of them
}

// keysPerBucket is how many keys a bucket has at most on average, and half of it at least.
const keysPerBucket = 16

// newBuilder is told about how many objects, keys and bytes there will be, at most.
func newBuilder(objects, keys, bytes int) *builder {
	b := &builder{
		words: words{number: make(map[uint64]int32)},
		names: make([]uint64, 0, objects), times: make([]byte, 0, 8*objects), ends: make([]byte, 0, 4*objects),
		entries: make([]byte, 0, bytes),
	}
	if keys > keysPerBucket {
		b.bits = uint(bits.Len(uint((keys - 1) / keysPerBucket)))
	}
	b.buckets = make([]byte, 0, 4<<b.bits)
	return b
}

func (b *builder) addObject(o *Object, files []byte) {
	ordinal := uint32(len(b.names))
	b.names = append(b.names, uint64(nameHash(o.Source, o.Kind, o.ID))<<24|uint64(ordinal))
	b.times = appendU64(b.times, uint64(o.time()))
	b.records = b.words.appendRecord(b.records, o, files)
	b.ends = appendU32(b.ends, uint32(len(b.records)))
	b.addSource(o.Source)
}

func (b *builder) addSource(source string) {
	for i := len(b.sources) - 1; i >= 0; i-- {
		if b.sources[i] == source {
			return
		}
	}
	b.sources = append(b.sources, source)
}

// addPosting adds to the present key. Ordinals rise.
func (b *builder) addPosting(ordinal uint32, head byte, delta uint64) {
	if b.held == 0 {
		b.list, b.last = b.list[:0], -1
	}
	b.list = appendPosting(b.list, b.last, ordinal, head, delta)
	b.last = int64(ordinal)
	b.held++
}

// endKey writes the present key, if it has postings.
func (b *builder) endKey(h uint64, key []byte) {
	if b.held == 0 {
		return
	}
	if number := h >> (64 - b.bits); number > uint64(len(b.buckets)/4) {
		b.fillBuckets(number)
	}
	print := printOf(h, b.bits)
	if b.held > 1 {
		print |= 1
	}
	b.prints = append(b.prints, print)
	b.bucket = append(b.bucket, key...)
	if count := uint64(b.held); count > 1 {
		b.bucket = appendVarint(b.bucket, uint64(len(b.list)+varintLength(count)))
		b.bucket = appendVarint(b.bucket, count)
	}
	b.bucket = append(b.bucket, b.list...)
	if size := len(key) - 3; key[0] == codeRange|formText && size > 0 {
		slot := prefixSlot(size, int(key[2]))
		b.prefixes[slot/64] |= 1 << (slot % 64)
		b.ranges = append(b.ranges, h)
	}
	if b.keys++; b.keys <= maxFiltered {
		b.hashes = append(b.hashes, h)
	}
	b.count += b.held
	b.held = 0
}

// fillBuckets ends the buckets before one.
func (b *builder) fillBuckets(before uint64) {
	for uint64(len(b.buckets)/4) < before {
		if len(b.prints) > 0 {
			b.entries = append(appendVarint(b.entries, uint64(len(b.prints))), b.prints...)
			b.entries = append(b.entries, b.bucket...)
			b.prints, b.bucket = b.prints[:0], b.bucket[:0]
		}
		b.buckets = appendU32(b.buckets, uint32(len(b.entries)))
	}
}

func varintLength(n uint64) int { return (bits.Len64(n|1) + 6) / 7 }

// prefixSlot is the bit of a prefix of so many bits in an address of so many bytes.
func prefixSlot(size, bits int) int {
	if size == 4 {
		return min(bits, 32)
	}
	return 64 + min(bits, 128)
}

// maxFiltered is up to how many keys a segment has a filter of all. It is for segments
// beside a large one: most keys that are looked up are not in them.
const maxFiltered = 1 << 17

// filter has a bit set for each key by its hash, or in a large segment for each range
// alone: an address may be in ranges of many lengths, and hardly one of them is there.
func (b *builder) filter() (filter []byte, ofAll int) {
	hashes := b.ranges
	if b.keys <= maxFiltered {
		hashes, ofAll = b.hashes, 1
	}
	if len(hashes) == 0 {
		return nil, ofAll
	}
	filter = make([]byte, 1<<bits.Len(uint(len(hashes))))
	for _, h := range hashes {
		at := filterBit(h, len(filter))
		filter[at/8] |= 1 << (at % 8)
	}
	return filter, ofAll
}

// filterBit is the bit of a hash in a filter of so many bytes, a power of two.
func filterBit(h uint64, bytes int) uint64 { return h & (8*uint64(bytes) - 1) }

// finish returns the segment's bytes.
func (b *builder) finish() []byte {
	b.fillBuckets(1 << b.bits)
	ordinals := make([]uint32, len(b.names))
	names, _ := sortPairs(b.names, ordinals)

	filter, ofAll := b.filter()

	size := segmentHeader + len(b.times) + nameLength*len(names) + len(b.ends) + 4*len(b.words.ends) + len(b.buckets) + len(filter) +
		len(b.words.texts) + len(b.records) + len(b.entries) + checksumLength
	out := make([]byte, 0, size)
	out = append(out, segmentMagic...)
	for _, n := range [...]int{len(names), b.keys, b.count, len(b.words.ends), len(b.words.texts), len(b.records), len(b.entries), int(b.bits), len(filter), ofAll} {
		out = appendU32(out, uint32(n))
	}
	for _, prefixes := range b.prefixes {
		out = appendU64(out, prefixes)
	}
	out = append(out, b.times...)
	for _, pair := range names {
		out = append(appendU32(out, uint32(pair)), byte(pair>>32))
	}
	out = append(out, b.ends...)
	for _, end := range b.words.ends {
		out = appendU32(out, end)
	}
	out = append(out, b.buckets...)
	out = append(out, filter...)
	out = append(out, b.words.texts...)
	out = append(out, b.records...)
	out = append(out, b.entries...)
	return appendU64(out, hash(out))
}
