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
	starts   uint64 // the first byte of each token
	wordEnds uint64 // for each token, the first byte that is no letter
	words    uint64 // a word that ends here is its token, but for one sign of a sentence
	whole    int    // bytes before the last token, when that goes on behind the window
}

const windowSize = 64

// look makes the window of text[i:]. Behind the end of the text there are blanks. A
// window that begins where a token begins leaves none to two windows, but for those
// that fill one.
func (w *window) look(text string, i int) {
	var end [windowSize]byte
	at := (*[windowSize]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
	if len(text)-i < windowSize {
		copy(end[:], text[i:])
		at = &end
	}
	var blanks, letters, digits, hots, opens uint64
	for k := 0; k < windowSize; k += 8 {
		b := (*[8]byte)(at[k:])
		x := kinds[b[0]] | kinds[b[1]]<<1 | kinds[b[2]]<<2 | kinds[b[3]]<<3 | kinds[b[4]]<<4 | kinds[b[5]]<<5 | kinds[b[6]]<<6 | kinds[b[7]]<<7
		blanks |= x & 0xff << (k & 63)
		letters |= x >> 8 & 0xff << (k & 63)
		digits |= x >> 16 & 0xff << (k & 63)
		hots |= x >> 24 & 0xff << (k & 63)
		opens |= x >> 32 << (k & 63)
	}
	graph := ^blanks
	w.blanks, w.digits, w.hots = blanks, digits, hots
	w.signs = graph &^ letters &^ digits
	w.whole = windowSize - bits.LeadingZeros64(blanks)
	w.starts = graph &^ (graph << 1) & (^uint64(0) >> ((windowSize - w.whole) & 63))
	w.wordEnds = (letters + w.starts) &^ letters // a carry runs through the letters
	w.words = blanks | blanks>>1&^digits&^opens
}

// kinds says for each byte in which of the window's registers it has a bit.
var kinds = [256]uint64{
	0x00: kBlank, 0x01: kBlank, 0x02: kBlank, 0x03: kBlank, 0x04: kBlank, 0x05: kBlank, 0x06: kBlank, 0x07: kBlank,
	0x08: kBlank, 0x09: kBlank, 0x0a: kBlank, 0x0b: kBlank, 0x0c: kBlank, 0x0d: kBlank, 0x0e: kBlank, 0x0f: kBlank,
	0x10: kBlank, 0x11: kBlank, 0x12: kBlank, 0x13: kBlank, 0x14: kBlank, 0x15: kBlank, 0x16: kBlank, 0x17: kBlank,
	0x18: kBlank, 0x19: kBlank, 0x1a: kBlank, 0x1b: kBlank, 0x1c: kBlank, 0x1d: kBlank, 0x1e: kBlank, 0x1f: kBlank,
	' ': kBlank, '#': kHot, '$': kHot, '%': kHot, '&': kHot, '(': kHot | kOpen, '*': kHot, '+': kHot,
	'.': kHot, '/': kHot, '0': kDigit, '1': kDigit, '2': kDigit, '3': kDigit, '4': kDigit, '5': kDigit,
	'6': kDigit, '7': kDigit, '8': kDigit, '9': kDigit, ':': kHot, '<': kHot | kOpen, '=': kHot, '@': kHot,
	'A': kLetter, 'B': kLetter, 'C': kLetter, 'D': kLetter, 'E': kLetter, 'F': kLetter, 'G': kLetter, 'H': kLetter,
	'I': kLetter, 'J': kLetter, 'K': kLetter, 'L': kLetter, 'M': kLetter, 'N': kLetter, 'O': kLetter, 'P': kLetter,
	'Q': kLetter, 'R': kLetter, 'S': kLetter, 'T': kLetter, 'U': kLetter, 'V': kLetter, 'W': kLetter, 'X': kLetter,
	'Y': kLetter, 'Z': kLetter, '[': kHot | kOpen, '\\': kHot, '^': kHot, 'a': kLetter, 'b': kLetter, 'c': kLetter,
	'd': kLetter, 'e': kLetter, 'f': kLetter, 'g': kLetter, 'h': kLetter, 'i': kLetter, 'j': kLetter, 'k': kLetter,
	'l': kLetter, 'm': kLetter, 'n': kLetter, 'o': kLetter, 'p': kLetter, 'q': kLetter, 'r': kLetter, 's': kLetter,
	't': kLetter, 'u': kLetter, 'v': kLetter, 'w': kLetter, 'x': kLetter, 'y': kLetter, 'z': kLetter, '{': kHot | kOpen,
	'|': kHot, '~': kHot, 0x7f: kBlank, 0x80: kHot, 0x81: kHot, 0x82: kHot, 0x83: kHot, 0x84: kHot,
	0x85: kHot, 0x86: kHot, 0x87: kHot, 0x88: kHot, 0x89: kHot, 0x8a: kHot, 0x8b: kHot, 0x8c: kHot,
	0x8d: kHot, 0x8e: kHot, 0x8f: kHot, 0x90: kHot, 0x91: kHot, 0x92: kHot, 0x93: kHot, 0x94: kHot,
	0x95: kHot, 0x96: kHot, 0x97: kHot, 0x98: kHot, 0x99: kHot, 0x9a: kHot, 0x9b: kHot, 0x9c: kHot,
	0x9d: kHot, 0x9e: kHot, 0x9f: kHot, 0xa0: kHot, 0xa1: kHot, 0xa2: kHot, 0xa3: kHot, 0xa4: kHot,
	0xa5: kHot, 0xa6: kHot, 0xa7: kHot, 0xa8: kHot, 0xa9: kHot, 0xaa: kHot, 0xab: kHot, 0xac: kHot,
	0xad: kHot, 0xae: kHot, 0xaf: kHot, 0xb0: kHot, 0xb1: kHot, 0xb2: kHot, 0xb3: kHot, 0xb4: kHot,
	0xb5: kHot, 0xb6: kHot, 0xb7: kHot, 0xb8: kHot, 0xb9: kHot, 0xba: kHot, 0xbb: kHot, 0xbc: kHot,
	0xbd: kHot, 0xbe: kHot, 0xbf: kHot, 0xc0: kHot, 0xc1: kHot, 0xc2: kHot, 0xc3: kHot, 0xc4: kHot,
	0xc5: kHot, 0xc6: kHot, 0xc7: kHot, 0xc8: kHot, 0xc9: kHot, 0xca: kHot, 0xcb: kHot, 0xcc: kHot,
	0xcd: kHot, 0xce: kHot, 0xcf: kHot, 0xd0: kHot, 0xd1: kHot, 0xd2: kHot, 0xd3: kHot, 0xd4: kHot,
	0xd5: kHot, 0xd6: kHot, 0xd7: kHot, 0xd8: kHot, 0xd9: kHot, 0xda: kHot, 0xdb: kHot, 0xdc: kHot,
	0xdd: kHot, 0xde: kHot, 0xdf: kHot, 0xe0: kHot, 0xe1: kHot, 0xe2: kHot, 0xe3: kHot, 0xe4: kHot,
	0xe5: kHot, 0xe6: kHot, 0xe7: kHot, 0xe8: kHot, 0xe9: kHot, 0xea: kHot, 0xeb: kHot, 0xec: kHot,
	0xed: kHot, 0xee: kHot, 0xef: kHot, 0xf0: kHot, 0xf1: kHot, 0xf2: kHot, 0xf3: kHot, 0xf4: kHot,
	0xf5: kHot, 0xf6: kHot, 0xf7: kHot, 0xf8: kHot, 0xf9: kHot, 0xfa: kHot, 0xfb: kHot, 0xfc: kHot,
	0xfd: kHot, 0xfe: kHot, 0xff: kHot,
}

const (
	kBlank uint64 = 1 << (8 * iota)
	kLetter
	kDigit
	kHot
	kOpen
)
