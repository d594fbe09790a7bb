package index

// Sealed is a manifest with the checksum that it should have.
func Sealed(manifest []byte) []byte {
	body := manifest[:max(0, len(manifest)-checksumLength)]
	return appendU64(append([]byte(nil), body...), hash(body))
}

// OpenSegment returns an index of one segment, with the checksum that it should have; nil
// if it is refused.
func OpenSegment(data []byte) *Index {
	s, ok := openSegment(0, Sealed(data))
	if !ok {
		return nil
	}
	return &Index{segments: []*segment{s}, nextID: 1}
}

// MergeAll makes one segment of all, whatever is due.
func (x *Index) MergeAll() {
	x.freeze()
	x.merging = newMerging(x.segments)
	for !x.merging.step(100) {
	}
	x.endMerge()
}

var (
	IsSuffix = func(domain string) bool { return isSuffix([]byte(domain)) }
	HostOf   = func(url string) string { return string(hostOf([]byte(url))) }
	Hosters  = hosters
	Second   = secondLevel
)

// Stored is a key as it is stored.
func Stored(k Key) string { return string(appendKey(nil, k)) }

// CodedTypes are the types with a code of their own.
var CodedTypes = codedTypes[1:]
