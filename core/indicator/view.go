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
}

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
	v.mapped = false
	if seen&(cHigh|cOpen|cClose|cOdd) == 0 && seen&cAnchor == 0 && !disguiseFollows(s.text, end) {
		v.b = s.text[start:end]
		return end
	}
	if !v.plain(s.text[start:end]) || disguiseFollows(s.text, end) {
		return v.refang(s, start, end)
	}
	v.b = s.text[start:end]
	return end
}

// plain reports whether a part has nothing that could be a disguise.
func (v *view) plain(part string) bool {
	for i := 0; i < len(part); i++ {
		switch c := part[i]; {
		case c >= 0x80, c == '\\', c == '&', c == '*':
			return false
		case c == '[', c == '(', c == '{', c == '<', c == ']', c == ')', c == '}', c == '>':
			return false
		case c == ':' && i+2 < len(part) && (part[i+1] == '_' || part[i+1] == '/'):
			return i+3 < len(part) && part[i+1] == '/' && part[i+2] == '/' && v.plain(part[i+3:])
		}
	}
	return true
}

// reset empties the view for a refanged part.
func (v *view) reset() {
	v.norm, v.starts, v.ends, v.events, v.seen = v.norm[:0], v.starts[:0], v.ends[:0], v.events[:0], 0
	v.mapped = true
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
