package indicator

import "unsafe"

// view is a part of the text as its author meant it: the grammars read b and know
// nothing of disguises. Where the text has none, b is the text itself.
type view struct {
	b      string
	base   int  // where the part starts in the text
	mapped bool // b is not text[base:]; starts and ends say where its bytes come from

	norm   []byte
	pieces []piece
	near   int // the piece found last

	wideUsed bool // a wide or invisible character was undone

	address bool // a scheme and separator were put
	spaced  bool // a blank was taken out behind them
	escaped bool // they were percent-encoded
}

// disguised stands for the classes of a part that is known to have a disguise.
const disguised = ^class(0)

// piece is a part of b that comes from one place: a stretch copied as it stands, or what
// a disguise stands for. A piece of length 0 is something taken out.
type piece struct {
	at         int32 // where it begins in b
	start, end int32 // where it stands in the text, from base; for a stretch end is 0
	step       Steps // 0 for a stretch
}

// load makes the view of text[start:end] and returns where the part ends in the
// text: behind end when a disguise goes on over a blank.
func (v *view) load(s *scanner, start, end int, seen class) int {
	v.base = start
	if seen == disguised {
		return v.refang(s, start, end)
	}
	v.mapped = false
	if seen&(cHigh|cOpen|cClose|cOdd|cAnchor|cSlash|cJoin) != 0 && !v.plain(s.text[start:end]) || disguiseFollows(s.text, end) || opens(s.text, end) {
		return v.refang(s, start, end)
	}
	v.b = s.text[start:end]
	return end
}

// opens reports whether the part ends with a bracket that a blank follows: evil[ . ]com
func opens(text string, end int) bool {
	return end < len(text) && text[end] == ' ' && classes[text[end-1]]&cOpen != 0
}

// plain reports whether a part has nothing that could be a disguise.
func (v *view) plain(part string) bool {
	for i := 0; i < len(part); i++ {
		c := part[i]
		k := classes[c]
		if k&(cAlnum|cDot|cJoin) != 0 {
			if !headOfScheme(c) || i+4 >= len(part) || i > 0 && classes[part[i-1]]&cAlnum != 0 {
				continue
			}
			if c|0x20 == 'm' && foldAny(part[i:i+4], "meow") && !plainScheme(part, i+4) {
				return false
			}
			if c|0x20 == 'h' && part[i+4]|0x20 == 'p' && (part[i+1]|0x20 == 'z' || part[i+1]|0x20 == 'x' || classes[part[i+1]]&cLetter == 0) {
				return false
			}
			if (c|0x20 == 'h' && i+4 < len(part) && part[i+3]|0x20 == 'p' || c|0x20 == 'x' && i+4 < len(part) && part[i+3]|0x20 == 'x') && (i == 0 || classes[part[i-1]]&cAlnum == 0) && (classes[part[i+1]]&cLetter == 0 || c|0x20 == 'x' || !plainScheme(part, i+4)) {
				return false
			}
			continue
		}
		if k&cHigh != 0 {
			return false
		}
		next := byte(0)
		if i+1 < len(part) {
			next = part[i+1]
		}
		switch {
		case k&cOpen != 0:
			// In front of a word, a bracket means something only if the word is one of few.
			if classes[next]&(cDigit|cHigh) != 0 {
				continue
			}
			if classes[next]&cLetter == 0 || next|0x20 == 'h' {
				if next != 0 && (classes[next]&cTrail == 0 || next == '.' || next == ',' || next == ':') {
					return false
				}
				continue
			}
			if f := bracketContent(part, i+1); f.end > i+1 || i > 0 && part[i-1]|0x20 == 'h' && (next|0x20 == 't' || next|0x20 == 'x') {
				return false
			}
		case k&cClose != 0:
			if i > 0 && part[i-1] == '.' && (classes[next]&cAlnum != 0 || isCloser(next)) || next == '.' && i+2 < len(part) && classes[part[i+2]]&cAlnum != 0 {
				return false
			}
		case c == '\\':
			if next == '.' || next == '/' || next == '\\' && i > 0 && part[i-1] == ':' || classes[next]&cOpen != 0 {
				return false
			}
		case c == '&':
			if next == '#' || classes[next]&cLetter != 0 && entity(part, i).end > i {
				return false
			}
		case c == '%':
			if next == '3' {
				return false
			}
		}
		if c == ':' && i+2 < len(part) && (part[i+1] == '_' || part[i+1] == '/' && part[i+2] == '/' && (i+3 == len(part) || part[i+3] == '/')) {
			return false
		}
		if (c == '/' || c == '-') && i+5 < len(part) && (part[i+4] == c && part[i+1]|0x20 == 'd' || part[i+3] == c && part[i+1]|0x20 == 'a') {
			return false
		}
	}
	return true
}

// plainScheme reports whether what follows the four letters of http needs no undoing:
// it is :// or s:// and a host, or it is no separator at all.
func plainScheme(part string, i int) bool {
	if i < len(part) && part[i]|0x20 == 's' {
		i++
	}
	if i >= len(part) {
		return true
	}
	switch part[i] {
	case ':':
		return i+3 < len(part) && part[i+1] == '/' && part[i+2] == '/' && part[i+3] != '/'
	case '_', '/', '!', '&':
		return false
	}
	return true
}

// reset empties the view for a refanged part.
func (v *view) reset() {
	v.norm, v.pieces, v.near = v.norm[:0], v.pieces[:0], 0
	v.mapped, v.address, v.spaced, v.escaped, v.wideUsed = true, false, false, false, false
}

// copy adds text[start:end] as it stands.
func (v *view) copy(text string, start, end int) {
	n := len(v.pieces)
	if n == 0 || v.pieces[n-1].step != 0 {
		v.pieces = append(v.pieces, piece{at: int32(len(v.norm)), start: int32(start - v.base)})
	}
	v.norm = append(v.norm, text[start:end]...)
}

// undo adds the bytes that a disguise at text[start:end] stands for.
func (v *view) undo(plain string, step Steps, start, end int) {
	v.pieces = append(v.pieces, piece{int32(len(v.norm)), int32(start - v.base), int32(end - v.base), step})
	v.norm = append(v.norm, plain...)
}

// lastStep is the step of the disguise that made the last byte put, 0 when it was copied.
func (v *view) lastStep() Steps {
	if n := len(v.pieces); n > 0 {
		return v.pieces[n-1].step
	}
	return 0
}

// done makes b of what was put.
func (v *view) done() {
	v.b = unsafe.String(unsafe.SliceData(v.norm), len(v.norm))
}

// piece is the index of the piece that b[i] is part of.
func (v *view) piece(i int) int {
	// Questions come in the order of position, nearly.
	k := v.near
	if k >= len(v.pieces) || int(v.pieces[k].at) > i {
		k = 0
	}
	if k+8 < len(v.pieces) && int(v.pieces[k+8].at) <= i {
		low, high := k+8, len(v.pieces)
		for low < high {
			if mid := (low + high) / 2; int(v.pieces[mid].at) <= i {
				low = mid + 1
			} else {
				high = mid
			}
		}
		k = low - 1
	}
	for k+1 < len(v.pieces) && int(v.pieces[k+1].at) <= i {
		k++
	}
	v.near = k
	return k
}

// from is the offset in the text of b[i].
func (v *view) from(i int) int {
	if !v.mapped {
		return v.base + i
	}
	if i >= len(v.norm) {
		return v.upto(i)
	}
	p := &v.pieces[v.piece(i)]
	if p.step != 0 {
		return v.base + int(p.start)
	}
	return v.base + int(p.start) + i - int(p.at)
}

// upto is the offset in the text behind b[j-1].
func (v *view) upto(j int) int {
	if !v.mapped {
		return v.base + j
	}
	j = min(j, len(v.norm))
	if j == 0 {
		return v.base
	}
	p := &v.pieces[v.piece(j-1)]
	if p.step != 0 {
		return v.base + int(p.end)
	}
	return v.base + int(p.start) + j - int(p.at)
}

// index is the first index of b that comes from offset or later in the text.
func (v *view) index(offset int) int {
	if !v.mapped {
		return min(max(offset-v.base, 0), len(v.b))
	}
	low, high := 0, len(v.norm)
	for low < high {
		if mid := (low + high) / 2; v.from(mid) < offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// steps are those undone within b[i:j].
func (v *view) steps(i, j int) Steps {
	if !v.mapped {
		return 0
	}
	var steps Steps
	for k := v.piece(i); k < len(v.pieces); k++ {
		p := &v.pieces[k]
		at := int(p.at)
		if at >= j {
			break
		}
		if p.step == 0 {
			continue
		}
		if gap := k+1 == len(v.pieces) && at == len(v.norm) || k+1 < len(v.pieces) && int(v.pieces[k+1].at) == at; !gap || at > i {
			steps |= p.step
		}
	}
	return steps &^ stepNone
}
