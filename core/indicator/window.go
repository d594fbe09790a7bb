package indicator

import (
	"math/bits"
	"unsafe"
)

// window is what the first stage knows about 64 bytes: registers, with a bit for each
// byte, the first one lowest. Where tokens begin, where the word in front of each ends,
// and whether a token is that word and nothing else, are questions to registers, and the
// branches that a loop over bytes mispredicts at the end of every word are gone.
type window struct {
	blanks   uint64 // bytes that part tokens
	signs    uint64 // whatever is neither blank nor a letter or digit
	digits   uint64
	hots     uint64 // signs that indicators have, as cHot
	keys     uint64 // those of them that more than names have: . : @ / \ and all outside ASCII
	dots     uint64
	joins    uint64 // - and _
	opens    uint64 // brackets that open
	starts   uint64 // the first byte of each token
	wordEnds uint64 // for each token, the first byte that is no letter
	words    uint64 // a word that ends here is its token, but for one sign of a sentence
	whole    int    // bytes before the last token, when that goes on behind the window

	end [windowSize + 8]byte // the end of the text, where that is too short
}

const windowSize = 64

// look makes the window of text[i:]. Behind the end of the text there are blanks. A
// window that begins where a token begins leaves none to two windows, but for those
// that fill one. It returns the bytes, and eight behind them.
func (w *window) look(text string, i int) *[windowSize + 8]byte {
	at := &w.end
	if len(text)-i >= windowSize+8 {
		at = (*[windowSize + 8]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
	} else {
		clear(w.end[copy(w.end[:], text[i:]):])
	}
	// Each row has the kinds of eight bytes: in each of its own bytes, a bit for each of
	// them. What the registers want is the columns.
	r0, r1, r2, r3 := row(at, 0), row(at, 8), row(at, 16), row(at, 24)
	r4, r5, r6, r7 := row(at, 32), row(at, 40), row(at, 48), row(at, 56)
	const halves, quarters, eighths = 1<<32 - 1, 0x0000ffff0000ffff, 0x00ff00ff00ff00ff
	r0, r4 = swap(r0, r4, 32, halves)
	r1, r5 = swap(r1, r5, 32, halves)
	r2, r6 = swap(r2, r6, 32, halves)
	r3, r7 = swap(r3, r7, 32, halves)
	r0, r2 = swap(r0, r2, 16, quarters)
	r1, r3 = swap(r1, r3, 16, quarters)
	r4, r6 = swap(r4, r6, 16, quarters)
	r5, r7 = swap(r5, r7, 16, quarters)
	r0, r1 = swap(r0, r1, 8, eighths)
	r2, r3 = swap(r2, r3, 8, eighths)
	r4, r5 = swap(r4, r5, 8, eighths)
	r6, r7 = swap(r6, r7, 8, eighths)
	blanks, letters := r0, r1
	w.blanks, w.digits, w.hots, w.opens, w.keys, w.dots, w.joins = r0, r2, r3, r4, r5, r6, r7
	graph := ^blanks
	w.signs = graph &^ letters &^ w.digits
	w.whole = windowSize - bits.LeadingZeros64(blanks)
	w.starts = graph &^ (graph << 1) & (^uint64(0) >> ((windowSize - w.whole) & 63))
	w.wordEnds = (letters + w.starts) &^ letters // a carry runs through the letters
	w.words = blanks | blanks>>1&^w.digits&^w.opens
	return at
}

// row has the kinds of the eight bytes at b[k:].
func row(b *[windowSize + 8]byte, k int) uint64 {
	p := (*[8]byte)(b[k:])
	return kinds[p[0]] | kinds[p[1]]<<1 | kinds[p[2]]<<2 | kinds[p[3]]<<3 | kinds[p[4]]<<4 | kinds[p[5]]<<5 | kinds[p[6]]<<6 | kinds[p[7]]<<7
}

// swap changes places between the upper parts of a and the lower ones of b; three rounds
// of it turn rows into columns.
func swap(a, b uint64, n int, lower uint64) (uint64, uint64) {
	x := (a>>n ^ b) & lower
	return a ^ x<<n, b ^ x
}

// skipWords passes over the tokens from starts on, whose words end at ends, that are
// words with whose hash no name begins. A word's first eight letters are hashed without
// asking how many there are.
func (w *window) skipWords(at *[windowSize + 8]byte, starts, ends uint64) (uint64, uint64) {
	text, words := unsafe.Pointer(at), w.words
	for starts != 0 {
		from, to := bits.TrailingZeros64(starts), bits.TrailingZeros64(ends)
		if words>>(to&63)&1 == 0 || to-from >= 24 {
			break
		}
		h := nameHash8(*(*uint64)(unsafe.Add(text, from)), to-from)
		if nameFilter[h>>3]>>(h&7)&1 != 0 {
			break
		}
		starts &= starts - 1
		ends &= ends - 1
	}
	return starts, ends
}

// kinds says for each byte in which of the window's registers it has a bit: what classes
// says of it, as the first stage needs it.
var kinds = [256]uint64{
	0x00: kBlank, 0x01: kBlank, 0x02: kBlank, 0x03: kBlank, 0x04: kBlank, 0x05: kBlank, 0x06: kBlank, 0x07: kBlank,
	0x08: kBlank, 0x09: kBlank, 0x0a: kBlank, 0x0b: kBlank, 0x0c: kBlank, 0x0d: kBlank, 0x0e: kBlank, 0x0f: kBlank,
	0x10: kBlank, 0x11: kBlank, 0x12: kBlank, 0x13: kBlank, 0x14: kBlank, 0x15: kBlank, 0x16: kBlank, 0x17: kBlank,
	0x18: kBlank, 0x19: kBlank, 0x1a: kBlank, 0x1b: kBlank, 0x1c: kBlank, 0x1d: kBlank, 0x1e: kBlank, 0x1f: kBlank,
	' ': kBlank, '#': kHot, '$': kHot, '%': kHot, '&': kHot, '(': kHot | kOpen, '*': kHot, '+': kHot,
	'.': kHot | kKey | kDot, '/': kHot | kKey, '0': kDigit, '1': kDigit, '2': kDigit, '3': kDigit, '4': kDigit, '5': kDigit,
	'6': kDigit, '7': kDigit, '8': kDigit, '9': kDigit, ':': kHot | kKey, '<': kHot | kOpen, '=': kHot, '@': kHot | kKey,
	'A': kLetter, 'B': kLetter, 'C': kLetter, 'D': kLetter, 'E': kLetter, 'F': kLetter, 'G': kLetter, 'H': kLetter,
	'I': kLetter, 'J': kLetter, 'K': kLetter, 'L': kLetter, 'M': kLetter, 'N': kLetter, 'O': kLetter, 'P': kLetter,
	'Q': kLetter, 'R': kLetter, 'S': kLetter, 'T': kLetter, 'U': kLetter, 'V': kLetter, 'W': kLetter, 'X': kLetter,
	'Y': kLetter, 'Z': kLetter, '[': kHot | kOpen, '\\': kHot | kKey, '^': kHot, '-': kJoin, '_': kJoin, 'a': kLetter, 'b': kLetter, 'c': kLetter,
	'd': kLetter, 'e': kLetter, 'f': kLetter, 'g': kLetter, 'h': kLetter, 'i': kLetter, 'j': kLetter, 'k': kLetter,
	'l': kLetter, 'm': kLetter, 'n': kLetter, 'o': kLetter, 'p': kLetter, 'q': kLetter, 'r': kLetter, 's': kLetter,
	't': kLetter, 'u': kLetter, 'v': kLetter, 'w': kLetter, 'x': kLetter, 'y': kLetter, 'z': kLetter, '{': kHot | kOpen,
	'|': kHot, '~': kHot, 0x7f: kBlank, 0x80: kHot | kKey, 0x81: kHot | kKey, 0x82: kHot | kKey, 0x83: kHot | kKey, 0x84: kHot | kKey,
	0x85: kHot | kKey, 0x86: kHot | kKey, 0x87: kHot | kKey, 0x88: kHot | kKey, 0x89: kHot | kKey, 0x8a: kHot | kKey, 0x8b: kHot | kKey, 0x8c: kHot | kKey,
	0x8d: kHot | kKey, 0x8e: kHot | kKey, 0x8f: kHot | kKey, 0x90: kHot | kKey, 0x91: kHot | kKey, 0x92: kHot | kKey, 0x93: kHot | kKey, 0x94: kHot | kKey,
	0x95: kHot | kKey, 0x96: kHot | kKey, 0x97: kHot | kKey, 0x98: kHot | kKey, 0x99: kHot | kKey, 0x9a: kHot | kKey, 0x9b: kHot | kKey, 0x9c: kHot | kKey,
	0x9d: kHot | kKey, 0x9e: kHot | kKey, 0x9f: kHot | kKey, 0xa0: kHot | kKey, 0xa1: kHot | kKey, 0xa2: kHot | kKey, 0xa3: kHot | kKey, 0xa4: kHot | kKey,
	0xa5: kHot | kKey, 0xa6: kHot | kKey, 0xa7: kHot | kKey, 0xa8: kHot | kKey, 0xa9: kHot | kKey, 0xaa: kHot | kKey, 0xab: kHot | kKey, 0xac: kHot | kKey,
	0xad: kHot | kKey, 0xae: kHot | kKey, 0xaf: kHot | kKey, 0xb0: kHot | kKey, 0xb1: kHot | kKey, 0xb2: kHot | kKey, 0xb3: kHot | kKey, 0xb4: kHot | kKey,
	0xb5: kHot | kKey, 0xb6: kHot | kKey, 0xb7: kHot | kKey, 0xb8: kHot | kKey, 0xb9: kHot | kKey, 0xba: kHot | kKey, 0xbb: kHot | kKey, 0xbc: kHot | kKey,
	0xbd: kHot | kKey, 0xbe: kHot | kKey, 0xbf: kHot | kKey, 0xc0: kHot | kKey, 0xc1: kHot | kKey, 0xc2: kHot | kKey, 0xc3: kHot | kKey, 0xc4: kHot | kKey,
	0xc5: kHot | kKey, 0xc6: kHot | kKey, 0xc7: kHot | kKey, 0xc8: kHot | kKey, 0xc9: kHot | kKey, 0xca: kHot | kKey, 0xcb: kHot | kKey, 0xcc: kHot | kKey,
	0xcd: kHot | kKey, 0xce: kHot | kKey, 0xcf: kHot | kKey, 0xd0: kHot | kKey, 0xd1: kHot | kKey, 0xd2: kHot | kKey, 0xd3: kHot | kKey, 0xd4: kHot | kKey,
	0xd5: kHot | kKey, 0xd6: kHot | kKey, 0xd7: kHot | kKey, 0xd8: kHot | kKey, 0xd9: kHot | kKey, 0xda: kHot | kKey, 0xdb: kHot | kKey, 0xdc: kHot | kKey,
	0xdd: kHot | kKey, 0xde: kHot | kKey, 0xdf: kHot | kKey, 0xe0: kHot | kKey, 0xe1: kHot | kKey, 0xe2: kHot | kKey, 0xe3: kHot | kKey, 0xe4: kHot | kKey,
	0xe5: kHot | kKey, 0xe6: kHot | kKey, 0xe7: kHot | kKey, 0xe8: kHot | kKey, 0xe9: kHot | kKey, 0xea: kHot | kKey, 0xeb: kHot | kKey, 0xec: kHot | kKey,
	0xed: kHot | kKey, 0xee: kHot | kKey, 0xef: kHot | kKey, 0xf0: kHot | kKey, 0xf1: kHot | kKey, 0xf2: kHot | kKey, 0xf3: kHot | kKey, 0xf4: kHot | kKey,
	0xf5: kHot | kKey, 0xf6: kHot | kKey, 0xf7: kHot | kKey, 0xf8: kHot | kKey, 0xf9: kHot | kKey, 0xfa: kHot | kKey, 0xfb: kHot | kKey, 0xfc: kHot | kKey,
	0xfd: kHot | kKey, 0xfe: kHot | kKey, 0xff: kHot | kKey,
}

const (
	kBlank uint64 = 1 << (8 * iota)
	kLetter
	kDigit
	kHot
	kOpen
	kKey
	kDot
	kJoin
)
