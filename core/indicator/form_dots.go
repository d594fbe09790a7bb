package indicator

import "math/bits"

// brackets fills the view with text[start:end] when nothing in it is disguised but dots
// written as [.], as three disguises in four are: what refang would make of it, sign by
// sign. In signs each sign has a bit.
func (v *view) brackets(text string, start, end int, signs uint64) bool {
	if end+8 > len(text) || text[end] == ' ' && !endsBefore(text[end+1]) {
		return false
	}
	from := start
	for signs != 0 {
		p := start + bits.TrailingZeros64(signs)
		signs &= signs - 1
		next := classes[text[p+1]]
		switch text[p] {
		case '[':
			if p == from || load8(text, p)&(1<<24-1) != '['|'.'<<8|']'<<16 || classes[text[p+3]]&cWordChar == 0 || classes[text[p-1]]&cName == 0 {
				return false
			}
			if from == start {
				v.reset(start)
			}
			v.copy(text, from, p)
			v.undo(".", StepDot, p, p+3)
			from = p + 3
			signs &= signs - 1
			signs &= signs - 1
		case '.':
			if next&cWordChar == 0 && p+1 < end {
				return false
			}
		case '-':
			if wordBetween(text, p) {
				return false
			}
		case '_':
			if next&cWordChar == 0 {
				return false
			}
		default:
			if p+1 < end || classes[text[p]]&cTrail == 0 { // not of the sentence
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

// endsBefore reports whether a part that a blank and then c follow ends there: no word
// of a disguise begins so.
func endsBefore(c byte) bool {
	return classes[c]&cWordChar != 0 && c|0x20 != 'd' && c|0x20 != 'a'
}
