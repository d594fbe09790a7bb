package indicator

import "math/bits"

// Scan finds the indicators in text, in the order of their position. Their spans
// do not overlap. Text may hold any bytes: what is not UTF-8 ends a value.
// Scan is safe for concurrent use; its time is linear in the length of the text.
func Scan(text string, opts Options) []Indicator { return Append(nil, text, opts) }

// Append is [Scan] that adds what it finds to dst and returns it.
func Append(dst []Indicator, text string, opts Options) []Indicator {
	s := scanner{text: text, out: dst, opts: opts}
	s.run(len(text))
	return s.out
}

// regionMax bounds, in bytes, what is looked at together: a longer run without
// blanks is taken in pieces, cut at a sign that no value holds where there is one.
const regionMax = 32 << 10

// scanner is the state of one scan.
type scanner struct {
	text string
	out  []Indicator
	opts Options
	pos  int // where the scan goes on
	last int // the end of the last find; no later one starts before it

	view    view
	endings endings
	places  []place                     // of a long view
	flat    [windowSize + 16]byte       // the beginning of a value that is read directly
	buf     []byte                      // a value while it is put together
	values  []byte                      // the chunk that values are kept in
	chunk   int                         // the size of the last chunk
	about   about                       // the words of malware
	known   struct{ behind, index int } // the name found last, and one more than where it begins
	table   table
	line    struct{ at, start int } // what lineStart answered last

	commitEnd  int // the end of the last commit, 0 for none
	versionEnd int // the end of the last address held as a version, 0 for none

	dropped int // bytes of a stream that are no longer in text
	spent   int // bytes looked at in vain for the end of a rule

	inner bool // the text was decoded from another
}

// run scans from s.pos and stops at the first token that starts at limit or later.
//
// The text is read in two passes, interleaved token by token. A token is a run of bytes
// without blanks. The first pass, here, reads windows of 64 bytes: four tokens in five
// are words, and one hash of eight letters says for 39 words in 40 that they are not the
// first of a name. The second pass, in s.token, sees the fifth one.
func (s *scanner) run(limit int) {
	text := s.text
	i := s.pos
	var w window
scan:
	for i < limit {
		at := w.look(text, i)
		if w.whole == 0 {
			i = s.long(&w, i)
			continue
		}
		starts, next := w.starts, i+w.whole
		if limit-i < windowSize {
			late := starts >> ((limit - i) & 63) << ((limit - i) & 63)
			if starts &^= late; late != 0 {
				next = i + bits.TrailingZeros64(late)
			}
		}
		for ends := w.wordEnds; ; {
			if starts, ends = w.skipWords(at, starts, ends); starts == 0 {
				break
			}
			from, to := bits.TrailingZeros64(starts), bits.TrailingZeros64(ends)
			starts &= starts - 1
			ends &= ends - 1
			start, n := i+from, bits.TrailingZeros64(w.blanks>>(from&63))
			if n < 25 {
				if w.words>>(to&63)&1 != 0 {
					if n < 2 || !s.opensName(start, start+n) {
						continue
					}
				} else if !w.hot(from, n) && !s.quotes(at, from, start, start+n) {
					continue
				}
			}
			if after := s.token(&w, i, from, n); after != start+n {
				i = after
				continue scan
			}
		}
		i = next
	}
	s.pos = i
}

// emit adds the find at b[i:j] of the view.
func (s *scanner) emit(t Type, value string, i, j int, flags Flags, held Reason) {
	if v := &s.view; v.mapped {
		s.emitAt(t, value, v.from(i), v.upto(j), v.steps(i, j), flags, held, 0)
	} else {
		s.emitAt(t, value, v.base+i, v.base+j, 0, flags, held, 0)
	}
}

// emitAt adds the find at text[start:end].
func (s *scanner) emitAt(t Type, value string, start, end int, steps Steps, flags Flags, held Reason, port uint16) {
	if start < s.last {
		return
	}
	s.last = end
	if s.opts.Types != 0 && !s.opts.Types.Has(t) || s.opts.DropHeld && held != NotHeld {
		return
	}
	if steps != 0 {
		flags |= FlagDefanged
	}
	if len(s.out) == cap(s.out) {
		s.out = append(s.out, Indicator{})[:len(s.out)]
	}
	s.out = s.out[:len(s.out)+1]
	x := &s.out[len(s.out)-1] // field by field: wasm copies structs by a call
	x.Type, x.Value, x.Span.Start, x.Span.End = t, value, start, end
	x.Steps, x.Flags, x.Held, x.Port = steps, flags, held, port
}

// before is the byte in front of b[i], 0 at the start of the text.
func (s *scanner) before(i int) byte {
	if i > 0 {
		return s.view.b[i-1]
	}
	if at := s.view.from(i); at > 0 {
		return s.text[at-1]
	}
	return 0
}
