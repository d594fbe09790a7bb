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
	text, at, units := p.text, p.bytes, p.units
	for at < offset {
		if text[at] < utf8.RuneSelf {
			step := 1
			// Eight at a time where all are ASCII: a turn of a loop is dear in Go's WebAssembly.
			if offset-at >= 8 {
				if c := text[at : at+8]; c[1]|c[2]|c[3]|c[4]|c[5]|c[6]|c[7] < utf8.RuneSelf {
					step = 8
				}
			}
			at += step
			units += step
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		units++
		if r > 0xffff {
			units++
		}
	}
	p.bytes, p.units = at, units
	return units
}
