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

	view   view
	buf    []byte   // a value while it is put together
	values []byte   // the chunk that values are kept in
	chunk  int      // the size of the last chunk
	about  struct { // what aboutMalware found, for a stretch of the text
		from, until int
		malware     bool
	}
	table table
	line  struct{ at, start int } // what lineStart answered last

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
			i = s.long(i)
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
				} else if !s.hot(&w, i, from, n) {
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

// opensName reports whether the word at text[start:end], whose hash is that of a name,
// is one or opens a grammar of its own.
func (s *scanner) opensName(start, end int) bool {
	_, ok := longestName(s.text[start:min(len(s.text), start+nameMax)])
	return ok || isTrigger(s.text[start:end])
}

// hot reports whether the token of n bytes at text[i+from], which is no mere word, can
// hold an indicator: a sign before its end is one that indicators have, there are digits
// among letters, or it may be a name.
func (s *scanner) hot(w *window, i, from, n int) bool {
	text := s.text
	start, end := i+from, i+from+n
	whole := uint64(1)<<(n&63) - 1
	if w.hots>>(from&63)&(whole>>1) != 0 || w.opens>>((from+n-1)&63)&1 != 0 {
		return true
	}
	if digits := w.digits >> (from & 63) & whole; digits != 0 {
		if signs := w.signs >> (from & 63) & whole; signs|digits != whole || w.joins>>(from&63)&whole != 0 {
			return true
		}
	}
	first := start
	if classes[text[start]]&cWordChar == 0 {
		first++
	}
	if end-first < 2 {
		return false
	}
	h := nameHash(text[first:end])
	return nameFilter[h>>3]>>(h&7)&1 == 1 && s.opensName(first, end)
}

// token looks at the token of n bytes at text[i+from] and returns where the scan goes on.
func (s *scanner) token(w *window, i, from, n int) int {
	text := s.text
	start, end := i+from, i+from+n
	if start > 0 && text[start-1] == ' ' || end < len(text) && text[end] == ' ' {
		if back := s.rewind(start, end); back < start || goesOn(text, end) {
			return s.part(back, start, end)
		}
	}
	whole := uint64(1)<<(n&63) - 1
	signs := w.signs >> (from & 63) & whole
	inner := signs
	if w.opens>>((from+n-1)&63)&1 == 0 && text[end-1] < 0x80 { // a sign at the end counts for nothing
		inner &= whole >> 1
	}
	dots := w.dots >> (from & 63) & inner
	digits := w.digits >> (from & 63) & whole
	joins := w.joins >> (from & 63) & whole
	if w.opens>>(from&63)&whole != 0 && s.view.brackets(text, start, end, signs) {
		s.walk(0)
		return max(end, s.last)
	}
	s.view.clear(text, start, end)
	if inner&^(dots|joins) == 0 && signs&1 == 0 && (joins == 0 || plain(s.view.b, signs)) {
		if last := signs & (whole>>1 + 1); last&^joins != 0 && w.dots>>((from+n-1)&63)&1 == 0 {
			n-- // the run ends before the sign
		} else {
			dots = w.dots >> (from & 63) & whole
		}
		seen := cWordChar
		if signs|digits != whole {
			seen |= cLetter
		}
		if digits != 0 {
			seen |= cDigit
		}
		if joins != 0 {
			seen |= cJoin
		}
		if dots != 0 {
			seen |= cDot
		}
		s.walk(s.dotted(0, n, bits.OnesCount64(dots), seen))
		return max(end, s.last)
	}
	if !plain(s.view.b, signs) {
		end = s.view.refang(s, start, end)
	} else if w.keys>>(from&63)&whole&^(w.dots>>(from&63)&(whole>>1+1)) == 0 && digits == 0 && n < 32 && !s.namesIn(start, whole&^signs) {
		return end // words and brackets
	}
	s.walk(0)
	return max(end, s.last)
}

// namesIn reports whether one of the words at text[start:], whose letters have a bit each,
// has the hash of a name or of a word that opens a grammar.
func (s *scanner) namesIn(start int, letters uint64) bool {
	for starts := letters &^ (letters << 1); starts != 0; starts &= starts - 1 {
		at := start + bits.TrailingZeros64(starts)
		if at+8 > len(s.text) {
			return true
		}
		x := load8(s.text, at)
		if h := nameHash8(x, lettersIn(x)); nameFilter[h>>3]>>(h&7)&1 == 1 {
			return true
		}
	}
	return false
}

// long looks at a token of a window's length or more.
func (s *scanner) long(start int) int {
	end := tokenEnd(s.text, start)
	if end-start == regionMax {
		end = s.cut(start)
	}
	back := s.rewind(start, end)
	if back < start || goesOn(s.text, end) {
		return s.part(back, start, end)
	}
	s.view.clear(s.text, start, end)
	if b := s.view.b; classes[b[0]]&cWordChar != 0 {
		j, dots, seen := runEnd(b, 0)
		if (j == len(b) || j+1 == len(b) && classes[b[j]]&cTrail != 0) && seen&(cJoin|cHigh) == 0 {
			s.walk(s.dotted(0, j, dots, seen)) // a hash
			return max(end, s.last)
		}
	}
	if !plain(s.view.b, 0) {
		end = s.view.refang(s, start, end)
	}
	s.walk(0)
	return max(end, s.last)
}

// part looks at text[start:end] and what a disguise joins to it, before it from back on
// or behind.
func (s *scanner) part(back, start, end int) int {
	if back < start {
		done := s.view.refang(s, back, tokenEnd(s.text, back))
		s.walk(0)
		if done >= end {
			return max(done, s.last)
		}
		start = max(start, s.last)
	}
	if goesOn(s.text, end) {
		end = s.view.refang(s, start, end)
	} else {
		end = s.view.load(s, start, end, 0)
	}
	s.walk(0)
	return max(end, s.last)
}

// cut finds where to end a token that is too long.
func (s *scanner) cut(start int) int {
	for end := start + regionMax; end > start+regionMax/2; end-- {
		switch s.text[end-1] {
		case ',', ';', '"', '\'', '|', '<', '>', '`':
			return end
		}
	}
	return start + regionMax
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
