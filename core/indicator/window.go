package indicator

import "unsafe"

// The first stage looks at no byte alone. It takes a window of 64 bytes and makes two
// words of it with arithmetic on eight bytes at a time, a bit for each byte: the
// blanks, which part tokens, and the signs, which is whatever is neither blank nor a
// letter. Where a token begins and ends, and whether it is a word and nothing else, are
// then questions to two registers, and the branches that a loop over bytes mispredicts
// at the end of every word are gone. A window begins where a token begins, so that none
// is ever in two windows; one that fills a window is long enough to be read in earnest.

const windowSize = 64

const (
	eachByte = 0x0101010101010101
	eachLow  = 0x7f * eachByte // all bits but the highest of every byte
	eachHigh = 0x80 * eachByte
)

// load8 reads eight bytes at text[i:], the first one lowest. They must be there.
func load8(text string, i int) uint64 {
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
}

// window gives, for each of 64 bytes at text[i:], a bit of blanks or of signs; behind
// the end of the text there are blanks.
func window(text string, i int) (blanks, signs uint64) {
	if len(text)-i < windowSize {
		var end [windowSize]byte
		copy(end[:], text[i:])
		text, i = unsafe.String(&end[0], windowSize), 0
	}
	for k := 0; k < windowSize; k += 8 {
		x := load8(text, i+k)
		low := x & eachLow
		graph := (low+0x5f*eachByte)&^(low+0x01*eachByte) | x // from 0x21 on, without 0x7f
		fold := low | 0x20*eachByte
		letter := (fold + 0x1f*eachByte) &^ (fold + 0x05*eachByte) &^ x // from a to z
		blanks |= gather(^graph) << k
		signs |= gather(graph&^letter) << k
	}
	return blanks, signs
}

// gather makes one byte of the highest bits of eight.
func gather(x uint64) uint64 { return (x & eachHigh >> 7) * 0x0102040810204080 >> 56 }
