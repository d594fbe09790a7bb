package indicator

import "math/bits"

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
	own := func(register uint64) uint64 { return register >> (from & 63) & whole }
	if own(w.hots)&(whole>>1)|own(w.opens)&^(whole>>1) != 0 {
		return true
	}
	if digits := own(w.digits); digits != 0 && (own(w.signs)|digits != whole || own(w.joins) != 0) {
		return true
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
//
// What a token is, its registers mostly say already. The commonest that hold anything
// are read at once (directURL, direct); words in brackets or beside signs that only join
// words are nothing but perhaps a name (quiet). What remains is asked for disguises
// (plain), has them undone (refang), and is read item by item (walk).
func (s *scanner) token(w *window, i, from, n int) int {
	text := s.text
	start, end := i+from, i+from+n
	whole := uint64(1)<<(n&63) - 1
	own := func(register uint64) uint64 { return register >> (from & 63) & whole }
	signs, digits, dots, joins, opens, last := own(w.signs), own(w.digits), own(w.dots), own(w.joins), own(w.opens), whole>>1+1
	keys := own(w.keys) &^ (dots & last)
	if !apart(text, start, end) && (start > 0 && text[start-1] == ' ' || end < len(text) && text[end] == ' ') {
		if back := s.rewind(start, end); back < start || goesOn(text, end) {
			return s.part(back, start, end)
		}
	}
	if keys&(keys>>1) != 0 {
		if rest := s.directURL(w, i, from, end); rest == end {
			return max(end, s.last)
		} else if rest > 0 {
			return s.token(w, i, rest-i, end-rest)
		}
	}
	if end+8 <= len(text) && s.direct(start, n, signs, digits, dots, joins, opens) {
		return max(end, s.last)
	}
	wordy := digits == 0 && n < 32
	if wordy && end+8 <= len(text) && keys == 0 && quiet(text, start, signs) && !s.namesIn(start, whole&^signs) {
		return end
	}
	if wordy && keys != 0 && keys == own(w.hots)&^(dots&last) && typographic(text, start, keys) && !s.namesIn(start, whole&^signs) {
		return end
	}
	s.view.clear(text, start, end)
	run := n // of letters, digits, dots and joins
	if opens&last == 0 && text[end-1] < 0x80 && signs&^(dots|joins)&last != 0 {
		run-- // but for a sign of the sentence
	}
	if signs&(whole>>(n-run))&^(dots|joins) == 0 && signs&1 == 0 && (joins == 0 || plain(s.view.b, signs)) {
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
		s.walk(s.dotted(0, run, bits.OnesCount64(dots), seen))
		return max(end, s.last)
	}
	if !plain(s.view.b, signs) {
		end = s.view.refang(s, start, end)
	}
	s.walk(0)
	return max(end, s.last)
}

// quiet reports whether the signs of text[start:], a bit each, part words and stand for
// nothing else. It is asked when none of them is one that only indicators have.
func quiet(text string, start int, signs uint64) bool {
	for ; signs != 0; signs &= signs - 1 {
		p := start + bits.TrailingZeros64(signs)
		next := text[p+1]
		switch c := text[p]; c {
		case '-':
			if wordBetween(text, p) {
				return false
			}
		case '_':
			if next == '_' {
				return false
			}
		case '&':
			if next == '#' || classes[next]&cLetter != 0 {
				return false
			}
		case '[', '(', '{', '<': // most letters begin no word that means something there
			if bracketLetters>>(next&31)&1 == 0 || classes[next]&cLetter == 0 {
				return false
			}
		}
	}
	return true
}

// bracketLetters has a bit for each letter that no word of a disguise in brackets, and
// no part of one, begins with.
const bracketLetters = 1<<('b'&31) | 1<<('f'&31) | 1<<('g'&31) | 1<<('i'&31) | 1<<('j'&31) | 1<<('k'&31) | 1<<('l'&31) | 1<<('m'&31) |
	1<<('q'&31) | 1<<('r'&31) | 1<<('s'&31) | 1<<('u'&31) | 1<<('v'&31) | 1<<('y'&31) | 1<<('z'&31)

// typographic reports whether the signs of text[start:], a bit each, are dashes, quotes
// and other signs of U+2010 to U+2026 that stand for no letter and no dot.
//
//go:noinline
func typographic(text string, start int, signs uint64) bool {
	for signs != 0 {
		n := bits.TrailingZeros64(signs)
		p := start + n
		if p+3 > len(text) || text[p] != 0xE2 || text[p+1] != 0x80 || text[p+2] < 0x90 || text[p+2] > 0xA6 || text[p+2] == 0xA4 {
			return false
		}
		signs &^= 7 << (n & 63)
	}
	return true
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
func (s *scanner) long(w *window, start int) int {
	end := tokenEnd(s.text, start)
	if end-start == regionMax {
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
