package indicator

import "unsafe"

// view is a part of the text as its author meant it: the grammars read b and know
// nothing of disguises. Where the text has none, b is the text itself.
type view struct {
	b      string // a blank follows it, and seven bytes that may be read
	base   int    // where the part starts in the text
	mapped bool   // b is not text[base:]; starts and ends say where its bytes come from

	norm   []byte
	pieces []piece
	near   int // the piece found last

	wideUsed bool // a wide or invisible character was undone

	encoded int // in b, a run of base64 up to here holds nothing

	address bool // a scheme and separator were put
	spaced  bool // a blank was taken out behind them
	escaped bool // they were percent-encoded

	backslashed bool // they were written with backslashes, and so may be the path
}

// piece is a part of b that comes from one place: a stretch copied as it stands, or what
// a disguise stands for. A piece of length 0 is something taken out.
type piece struct {
	at         int32 // where it begins in b
	start, end int32 // where it stands in the text, from base; for a stretch end is 0
	step       Steps // 0 for a stretch
}

// load makes the view of text[start:end] and returns where the part ends in the text. In
// signs each sign has a bit, when they are known.
func (v *view) load(s *scanner, start, end int, signs uint64) int {
	v.clear(s.text, start, end)
	if !plain(v.b, signs) {
		return v.refang(s, start, end)
	}
	return end
}

// clear makes the view of text[start:end], where nothing is disguised.
func (v *view) clear(text string, start, end int) {
	v.base, v.mapped, v.encoded = start, false, 0
	if fits(text, end) {
		v.b = text[start:end]
		return
	}
	v.norm = grown(v.norm[:0], end-start+8)[:0]
	v.put(text, start, end)
	v.done()
}

// fits reports whether a part that ends at text[end] can be a view as it stands.
func fits(text string, end int) bool {
	return end+8 <= len(text) && classes[text[end]]&cSpace != 0
}

// goesOn reports whether a disguise behind text[end] may carry the part on.
func goesOn(text string, end int) bool {
	if end >= len(text) || text[end] != ' ' {
		return false
	}
	if end+1 < len(text) && classes[text[end+1]]&cWordChar != 0 && text[end+1]|0x20 != 'd' { // most often, a word
		return opens(text, end)
	}
	return disguiseFollows(text, end) || opens(text, end)
}

// reset empties the view for a refanged part that starts at text[base].
func (v *view) reset(base int) {
	v.base, v.encoded = base, 0
	if cap(v.norm) < 256 {
		v.norm = make([]byte, 0, 256)
	}
	v.norm, v.pieces, v.near = v.norm[:0], v.pieces[:0], 0
	v.mapped, v.address, v.spaced, v.escaped, v.backslashed, v.wideUsed = true, false, false, false, false, false
}

// copy adds text[start:end] as it stands.
func (v *view) copy(text string, start, end int) {
	if start == end {
		return
	}
	n := len(v.pieces)
	if n == 0 || v.pieces[n-1].step != 0 {
		v.pieces = append(v.pieces, piece{at: int32(len(v.norm)), start: int32(start - v.base)})
	}
	v.put(text, start, end)
}

// put appends text[start:end], eight bytes at a time where there is room behind both.
func (v *view) put(text string, start, end int) {
	n := len(v.norm)
	if end+8 > len(text) || cap(v.norm)-n < end-start+8 {
		v.norm = append(v.norm, text[start:end]...)
		return
	}
	to := unsafe.Pointer(unsafe.SliceData(v.norm))
	for i := 0; i < end-start; i += 8 {
		*(*uint64)(unsafe.Add(to, n+i)) = load8(text, start+i)
	}
	v.norm = v.norm[:n+end-start]
}

// undo adds the bytes that a disguise at text[start:end] stands for. Inlined in all the
// places that undo one it would weigh more than they do.
//
//go:noinline
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

// done makes b of what was put. Eight zeros follow it, as a blank and more follow a part
// of the text.
func (v *view) done() {
	n := len(v.norm)
	v.norm = grown(v.norm, 8)
	store8(v.norm, n, 0)
	v.norm = v.norm[:n]
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
