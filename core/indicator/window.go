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
