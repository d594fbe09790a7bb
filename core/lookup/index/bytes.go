package index

import "math/bits"

// Numbers of a fixed width are little-endian; encoding/binary links reflect.

func u32(b []byte, at int) uint32 {
	b = b[at : at+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func u64(b []byte, at int) uint64 {
	b = b[at : at+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// What writes is not inlined: it is called from many places, and a byte appended is a
// hundred bytes of wasm.

//go:noinline
func appendU32(b []byte, n uint32) []byte {
	return append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
}

//go:noinline
func appendU64(b []byte, n uint64) []byte {
	return appendU32(appendU32(b, uint32(n)), uint32(n>>32))
}

// appendVarint writes seven bits a byte, the lowest first.
//
//go:noinline
func appendVarint(b []byte, n uint64) []byte {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

// varint reads what appendVarint wrote at b[at]. next is 0 if there is no such number.
func varint(b []byte, at int) (n uint64, next int) {
	for shift := uint(0); at < len(b) && shift < 64; shift += 7 {
		c := b[at]
		at++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n, at
		}
	}
	return 0, 0
}

// varintEnd is varint's next alone.
func varintEnd(b []byte, at int) int {
	for last := min(len(b), at+10); at < last; at++ {
		if b[at] < 0x80 {
			return at + 1
		}
	}
	return 0
}

// zigzag makes small numbers of both signs small numbers.
func zigzag(n int64) uint64   { return uint64(n)<<1 ^ uint64(n>>63) }
func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

const (
	mixA = 0x9e3779b97f4a7c15
	mixB = 0xd1b54a32d192ed03
)

// hash spreads bytes over 64 bits, in the manner of wyhash. It orders the keys of a
// segment, so it is part of the format; and it is the checksum, which guards against
// damage and not against forgery: whoever can write our storage can write anything.
func hash(b []byte) uint64 {
	h := uint64(len(b)) ^ mixA
	for len(b) >= 8 {
		h = mix(h^u64(b, 0), mixB) + mixA
		b = b[8:]
	}
	var rest uint64
	for i, c := range b {
		rest |= uint64(c) << (8 * i)
	}
	return mix(mix(h^rest, mixB)^mixA, mixA)
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// sortPairs sorts pairs of a key and a value by key and leaves equal keys in their
// order: a radix sort, so that building is linear. Both slices have the same length
// and are used up.
func sortPairs(keys []uint64, values []uint32) ([]uint64, []uint32) {
	nextKeys, nextValues := make([]uint64, len(keys)), make([]uint32, len(values))
	for shift := uint(0); shift < 64; shift += 8 {
		var starts [256]int
		for _, key := range keys {
			starts[byte(key>>shift)]++
		}
		sum := 0
		for i, count := range starts {
			starts[i] = sum
			sum += count
		}
		for i, key := range keys {
			at := &starts[byte(key>>shift)]
			nextKeys[*at], nextValues[*at] = key, values[i]
			*at++
		}
		keys, nextKeys = nextKeys, keys
		values, nextValues = nextValues, values
	}
	return keys, values
}
