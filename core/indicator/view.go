package indicator

import "unsafe"

// view is a part of the text as its author meant it: the grammars read b and know
// nothing of disguises. Where the text has none, b is the text itself.
type view struct {
	b      string
	base   int  // where the part starts in the text
	mapped bool // b is not text[base:]; starts and ends say where its bytes come from

	norm   []byte
	starts []int32 // starts[i] is where b[i] begins in the text, from base
	ends   []int32 // ends[i] is where it ends
	events []event
	seen   int // the events before this one lie before every later find

	address bool // a scheme and separator were put
	spaced  bool // a blank was taken out behind them
	escaped bool // they were percent-encoded
}

// disguised stands for the classes of a part that is known to have a disguise.
const disguised = ^class(0)

// event is one disguise undone.
type event struct {
	at   int32 // the index in b of the byte that it made, or that follows what it took out
	gap  bool  // nothing was made
	step Steps
}

// load makes the view of text[start:end] and returns where the part ends in the
// text: behind end when a disguise goes on over a blank.
func (v *view) load(s *scanner, start, end int, seen class) int {
	v.base = start
	if seen == disguised {
		return v.refang(s, start, end)
	}
	v.mapped = false
	if seen&(cHigh|cOpen|cClose|cOdd|cAnchor|cSlash|cJoin) != 0 && !v.plain(s.text[start:end]) || disguiseFollows(s.text, end) {
		return v.refang(s, start, end)
	}
	v.b = s.text[start:end]
	return end
}

// plain reports whether a part has nothing that could be a disguise.
func (v *view) plain(part string) bool {
	for i := 0; i < len(part); i++ {
		c := part[i]
		k := classes[c]
		if k&(cAlnum|cDot|cJoin) != 0 {
			if (c|0x20 == 'h' && i+4 < len(part) && part[i+3]|0x20 == 'p' || c|0x20 == 'x' && i+4 < len(part) && part[i+3]|0x20 == 'x') && (i == 0 || classes[part[i-1]]&cAlnum == 0) && (c|0x20 == 'x' || !plainScheme(part, i+4)) {
				return false
			}
			continue
		}
		if k&(cOpen|cClose|cHigh) != 0 || c == '\\' || c == '&' || c == '*' || c == '%' {
			return false
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
	v.norm, v.starts, v.ends, v.events, v.seen = v.norm[:0], v.starts[:0], v.ends[:0], v.events[:0], 0
	v.mapped, v.address, v.spaced, v.escaped = true, false, false, false
}

// put adds one byte that comes from text[start:end].
func (v *view) put(c byte, start, end int) {
	v.norm = append(v.norm, c)
	v.starts = append(v.starts, int32(start-v.base))
	v.ends = append(v.ends, int32(end-v.base))
}

// undo adds the bytes that a disguise at text[start:end] stands for.
func (v *view) undo(plain string, step Steps, start, end int) {
	v.events = append(v.events, event{int32(len(v.norm)), plain == "", step})
	for i := 0; i < len(plain); i++ {
		v.put(plain[i], start, end)
	}
}

// done makes b of what was put.
func (v *view) done() {
	v.b = unsafe.String(unsafe.SliceData(v.norm), len(v.norm))
}

// from is the offset in the text of b[i].
func (v *view) from(i int) int {
	if !v.mapped {
		return v.base + i
	}
	if i >= len(v.starts) {
		return v.upto(i)
	}
	return v.base + int(v.starts[i])
}

// upto is the offset in the text behind b[j-1].
func (v *view) upto(j int) int {
	if !v.mapped {
		return v.base + j
	}
	if j == 0 {
		return v.base
	}
	return v.base + int(v.ends[min(j, len(v.ends))-1])
}

// index is the first index of b that comes from offset or later in the text.
func (v *view) index(offset int) int {
	if !v.mapped {
		return min(max(offset-v.base, 0), len(v.b))
	}
	low, high := 0, len(v.starts)
	for low < high {
		if mid := (low + high) / 2; v.base+int(v.starts[mid]) < offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// steps are those undone within b[i:j]. Calls come in the order of position.
func (v *view) steps(i, j int) Steps {
	if !v.mapped {
		return 0
	}
	for v.seen < len(v.events) && int(v.events[v.seen].at) < i {
		v.seen++
	}
	var steps Steps
	for _, e := range v.events[v.seen:] {
		at := int(e.at)
		if at >= j {
			break
		}
		if at > i || at == i && !e.gap {
			steps |= e.step
		}
	}
	return steps
}
