package indicator

import (
	"math/bits"
	"unsafe"
)

// opensName reports whether the word at text[start:end], whose hash is that of a name,
// is one or opens a grammar of its own.
func (s *scanner) opensName(start, end int) bool {
	if triggerHeads>>(s.text[start]&31)&1 != 0 && isTrigger(s.text[start:end]) {
		return true
	}
	_, ok := s.nameFrom(start)
	return ok
}

// triggerHeads has a bit for each letter that a word which isTrigger knows begins with.
const triggerHeads = 1<<('a'&31) | 1<<('d'&31) | 1<<('m'&31) | 1<<('r'&31) | 1<<('t'&31)

// hot reports whether the token of n bytes whose first has the bit from, which is no mere
// word, can hold an indicator other than a name: a sign before its end is one that
// indicators have, or there are digits among letters.
func (w *window) hot(from, n int) bool {
	whole := uint64(1)<<(n&63) - 1
	digits, joins := w.digits>>(from&63)&whole, w.joins>>(from&63)&whole
	return w.hots>>(from&63)&(whole>>1)|w.opens>>(from&63)&(whole&^(whole>>1))|joins&(joins>>4) != 0 || // example-dot-com
		digits != 0 && (w.signs>>(from&63)&whole|digits != whole || joins != 0)
}

// quotes reports whether the token at text[start:end], at at in its window, is a name
// with signs beside it.
func (s *scanner) quotes(at *[windowSize + 8]byte, from, start, end int) bool {
	if classes[at[from]]&cWordChar == 0 {
		from++
		start++
	}
	if end-start < 2 {
		return false
	}
	x := *(*uint64)(unsafe.Pointer(&at[from]))
	h := nameHash8(x, lettersIn(x))
	return nameFilter[h>>3]>>(h&7)&1 == 1 && s.opensName(start, end)
}

// token looks at the token of n bytes at text[i+from] and returns where the scan goes on.
//
// What a token is, its registers mostly say already. The commonest that hold anything
// are read at once (directURL, direct); of most others they show that nothing begins in
// them, or where (sift). What remains is asked for disguises (plain), has them undone
// (refang), and is read item by item (walk).
func (s *scanner) token(w *window, i, from, n int) int {
	text := s.text
	start, end := i+from, i+from+n
	whole := uint64(1)<<(n&63) - 1
	own := func(register uint64) uint64 { return register >> (from & 63) & whole }
	signs, digits, dots, joins, opens := own(w.signs), own(w.digits), own(w.dots), own(w.joins), own(w.opens)
	if !apart(text, start, end) && (start > 0 && text[start-1] == ' ' || end < len(text) && text[end] == ' ') {
		if back := s.rewind(start, end); back < start || goesOn(text, end) {
			return s.part(back, start, end)
		}
	}
	hots := own(w.hots)
	if at := bits.TrailingZeros64(signs &^ (dots | joins)); at < n-1 && (text[start+at] == '\\' || at == 1 && text[start+1] == ':' && text[start+2] == '\\') &&
		(dots == 0 || signs == hots|joins) && asWritten(text, start, hots&^dots, joins) {
		s.view.clear(text, start, end)
		s.walk(s.path(at))
		return max(end, s.last)
	}
	if keys := own(w.keys); keys&(keys>>1) != 0 {
		if rest := s.directURL(w, i, from, end); rest == end {
			return max(end, s.last)
		} else if rest > 0 {
			return s.token(w, i, rest-i, end-rest)
		}
	}
	if end+8 <= len(text) && s.direct(start, n, signs, digits, dots, joins, opens) {
		return max(end, s.last)
	}
	s.view.clear(text, start, end)
	if signs == 0 && end+8 <= len(text) {
		seen := cWordChar
		if digits != whole {
			seen |= cLetter
		}
		if digits != 0 {
			seen |= cDigit
		}
		s.dotted(0, n, 0, seen)
		return max(end, s.last)
	}
	if end+8 <= len(text) && opens<<1&dots == 0 {
		var t stretch // field by field: a literal is copied
		t.b, t.n, t.signs, t.digits, t.dots, t.joins, t.hots = s.view.b, n, signs, digits, dots, joins, hots
		if begin, ok := s.sift(&t); ok {
			s.visit(0, begin)
			return max(end, s.last)
		}
	}
	s.view.clear(text, start, end)
	if !plain(s.view.b, signs) {
		end = s.view.refang(s, start, end)
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

// long looks at a token of a window's length or more, whose first bytes w has.
func (s *scanner) long(w *window, start int) int {
	end := tokenEnd(s.text, start+windowSize)
	if end-start >= regionMax {
		end = s.cut(start)
	}
	if !apart(s.text, start, end) {
		if back := s.rewind(start, end); back < start || goesOn(s.text, end) {
			return s.part(back, start, end)
		}
	}
	for w.keys&(w.keys>>1) != 0 {
		rest := s.directURL(w, start, 0, end)
		if rest == end {
			return max(end, s.last)
		} else if rest == 0 {
			break
		}
		start = rest
		if w.look(s.text, start); w.whole > 0 {
			return s.token(w, start, 0, end-start)
		}
	}
	s.view.clear(s.text, start, end)
	if end-start == 64 && s.hash(0, 64) > 0 {
		return max(end, s.last)
	}
	if b := s.view.b; classes[b[0]]&cWordChar != 0 {
		j, dots, seen := runEnd(b, 0)
		if (j == len(b) || j+1 == len(b) && classes[b[j]]&cTrail != 0) && seen&(cJoin|cHigh) == 0 {
			s.walk(s.dotted(0, j, dots, seen)) // a hash
			return max(end, s.last)
		}
	}
	if s.walkLong(w) {
		return max(end, s.last)
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
