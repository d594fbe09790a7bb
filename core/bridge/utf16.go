package bridge

import "unicode/utf8"

// position counts UTF-16 code units along a text. Offsets must be asked for in
// ascending order, so that a text is walked once however many there are.
type position struct {
	text  string
	bytes int
	units int
}

// at returns how many code units stand before the byte offset. A byte that is not
// UTF-8 counts as one, like the U+FFFD that takes its place in JavaScript.
func (p *position) at(offset int) int {
	for p.bytes < offset {
		if p.text[p.bytes] < utf8.RuneSelf {
			p.bytes++
			p.units++
			continue
		}
		r, size := utf8.DecodeRuneInString(p.text[p.bytes:])
		p.bytes += size
		p.units++
		if r > 0xffff {
			p.units++
		}
	}
	return p.units
}
