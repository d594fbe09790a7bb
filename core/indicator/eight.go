package indicator

import (
	"math/bits"
	"unsafe"
)

// Eight bytes of text are one number, the first byte lowest, and questions to all of
// them cost a few operations and no branch: adding to the low seven bits of each byte
// carries into its highest bit where the byte is large enough. Such a question answers
// with the highest bits of the bytes for which it holds; the other bits mean nothing
// until they are cut off.

const (
	eachByte = 0x0101010101010101
	eachLow  = 0x7f * eachByte // all bits but the highest of every byte
	eachHigh = 0x80 * eachByte
)

// load8 reads eight bytes at text[i:]. They must be there, or be known to follow the
// text in memory as they do a view's. Every platform that Go's wasm, amd64 and arm64
// ports have puts the lowest byte first.
func load8(text string, i int) uint64 {
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
}

// store8 is the inverse of load8.
func store8(to []byte, i int, x uint64) {
	*(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(to)), i)) = x
}

// between tells the bytes from low to high, both of ASCII, among those below 0x80; low7
// is the low seven bits of each.
func between(low7 uint64, low, high byte) uint64 {
	return (low7 + uint64(0x80-low)*eachByte) &^ (low7 + uint64(0x7f-high)*eachByte)
}

// gather makes one byte of the highest bits of eight, the first one lowest.
func gather(x uint64) uint64 { return (x & eachHigh >> 7) * 0x0102040810204080 >> 56 }

// upTo gives all bits of the bytes before the first whose highest bit x has.
func upTo(x uint64) uint64 { return (x&-x)>>7 - 1 }

// firstOf is the index of the first byte whose highest bit x has; x must have one.
func firstOf(x uint64) int { return bits.TrailingZeros64(x) >> 3 }

// runEnd is where the dotted name that begins at b[i] ends, how many dots it has, and
// of what its bytes are; b is a view's.
func runEnd(b string, i int) (end, dots int, seen class) {
	var letters, digits, joins, high uint64
	for ; ; i += 8 {
		x := load8(b, i)
		low := x & eachLow
		letter := between(low|0x20*eachByte, 'a', 'z') &^ x
		digit := between(low, '0', '9') &^ x
		dot := between(low, '.', '.') &^ x
		join := (between(low, '-', '-') | between(low, '_', '_')) &^ x
		part := uint64(eachHigh)
		stop := ^(letter | digit | dot | join | x) & eachHigh
		if stop != 0 {
			part = upTo(stop) & eachHigh
		}
		letters |= letter & part
		digits |= digit & part
		joins |= join & part
		high |= x & part
		dots += bits.OnesCount64(dot & part)
		if stop != 0 {
			end = i + firstOf(stop)
			break
		}
	}
	if letters != 0 {
		seen |= cLetter | cWordChar
	}
	if digits != 0 {
		seen |= cDigit | cWordChar
	}
	if joins != 0 {
		seen |= cJoin
	}
	if high != 0 {
		seen |= cHigh
	}
	if dots != 0 {
		seen |= cDot
	}
	return end, dots, seen
}

// lower8 is eight bytes in lower case, ASCII letters only.
func lower8(x uint64) uint64 { return x | between(x&eachLow, 'A', 'Z')&^x&eachHigh>>2 }

// alnum tells letters and digits.
func alnum(x uint64) uint64 {
	low := x & eachLow
	return (between(low|0x20*eachByte, 'a', 'z') | between(low, '0', '9')) &^ x
}

// lettersIn is how many letters and digits eight bytes begin with.
func lettersIn(x uint64) int {
	return bits.TrailingZeros64(^alnum(x)&eachHigh) >> 3
}
