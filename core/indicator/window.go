package indicator

import (
	"math/bits"
	"unsafe"
)

// window is what the first stage knows about 64 bytes: registers, with a bit for each
// byte, the first one lowest. It looks at no byte alone but makes the bits with
// arithmetic on eight bytes at a time. Where tokens begin, where the word in front of
// each ends, and whether a token is that word and nothing else, are then questions to
// registers, and the branches that a loop over bytes mispredicts at the end of every
// word are gone.
type window struct {
	blanks   uint64 // bytes that part tokens
	signs    uint64 // whatever is neither blank nor a letter or digit
	digits   uint64
	starts   uint64 // the first byte of each token
	wordEnds uint64 // for each token, the first byte that is no letter
	plain    uint64 // a word that ends here is its token, but for one sign
	whole    int    // bytes before the last token, when that goes on behind the window
}

const windowSize = 64

// look makes the window of text[i:]. Behind the end of the text there are blanks. A
// window that begins where a token begins leaves none to two windows, but for those
// that fill one.
func look(text string, i int) (w window) {
	if len(text)-i < windowSize {
		var end [windowSize]byte
		copy(end[:], text[i:])
		text, i = unsafe.String(&end[0], windowSize), 0
	}
	for k := 0; k < windowSize; k += 8 {
		x := load8(text, i+k)
		low := x & eachLow
		graph := between(low, 0x21, 0x7e) | x
		letter := between(low|0x20*eachByte, 'a', 'z') &^ x
		digit := between(low, '0', '9') &^ x
		w.blanks |= gather(^graph) << (k & 63)
		w.digits |= gather(digit) << (k & 63)
		w.signs |= gather(graph&^letter&^digit) << (k & 63)
	}
	w.whole = windowSize - bits.LeadingZeros64(w.blanks)
	graph := ^w.blanks
	w.starts = graph &^ (graph << 1) & (1<<(w.whole&63) - 1)
	if w.whole == windowSize {
		w.starts = graph &^ (graph << 1)
	}
	letters := graph &^ w.signs &^ w.digits
	w.wordEnds = (letters + w.starts) &^ letters // a carry runs through the letters
	w.plain = w.blanks | w.blanks>>1
	return w
}
