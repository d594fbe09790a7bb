package indicator

import "math/bits"

// brackets fills the view with text[start:end] when nothing in it is disguised but dots
// and at signs in brackets, and the scheme and separator it begins with, as nearly all
// disguises are: what refang would make of it, sign by sign. In signs each sign has a
// bit. Where it meets anything else it leaves the part to refang.
func (v *view) brackets(text string, start, end int, signs uint64) bool {
	if end+8 > len(text) || !staysApart(text, end) {
		return false
	}
	from := start
	address := false
	if classes[text[start]]&cScheme != 0 && !plainAddress(text, start) {
		v.spaced = false
		if f := v.schemeForm(text, start); f.end > start {
			if v.spaced || f.end >= end {
				return false
			}
			v.reset(start)
			v.undo(f.plain, f.step, start, f.end)
			from, address = f.end, true
			signs = signs >> ((from - start) & 63) << ((from - start) & 63)
		}
	}
	for first := true; signs != 0; first = false {
		p := start + bits.TrailingZeros64(signs)
		signs &= signs - 1
		x := load8(text, p) // the sign and what follows it
		next := byte(x >> 8)
		switch c := byte(x); c {
		case '[', '(', '{', '<':
			if p == from || next != '.' && (next != '@' || c == '<') || !isCloser(byte(x>>16)) || classes[byte(x>>24)]&cWordChar == 0 || classes[text[p-1]]&cName == 0 {
				return false
			}
			if from == start {
				v.reset(start)
			}
			v.copy(text, from, p)
			sign, step := ".", StepDot
			if next == '@' {
				sign, step = "@", StepAt
			}
			v.undo(sign, step, p, p+3)
			from = p + 3
			signs &= signs - 1
			signs &= signs - 1
		case '.':
			if isCloser(next) || !address && classes[next]&cWordChar == 0 && p+1 < end {
				return false
			}
		case '-':
			if wordBetween(text, p) {
				return false
			}
		case '_':
			if !address && classes[next]&cWordChar == 0 {
				return false
			}
		case ':':
			if !address {
				if !first || x&(1<<24-1) != ':'|'/'<<8|'/'<<16 || x>>24&0xff == '/' {
					return false
				}
				address = true
			}
		case '/', '?', '=', '#', '+', '~', '%':
			if !address {
				return false
			}
		default:
			if p+1 < end || classes[c]&cTrail == 0 { // not of the sentence
				return false
			}
		}
	}
	if from == start {
		return false
	}
	v.copy(text, from, end)
	v.done()
	return true
}

// staysApart reports whether no disguise behind text[end] carries on what ends there with
// a letter or digit.
func staysApart(text string, end int) bool {
	if text[end] != ' ' {
		return true
	}
	q := min(skipBlanks(text, end), len(text)-1)
	switch c := text[q]; {
	case classes[c]&cOpen != 0:
		return bracketForm(text, q).step&(StepDot|StepAt) == 0
	case c|0x20 == 'd', c|0x20 == 'a':
		return wordForm(text, end).end == 0
	default:
		return c != '@'
	}
}
