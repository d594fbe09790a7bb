package indicator

import "math/bits"

// What sift asks of signs: whether they may belong to a disguise, and what they begin.

// askSigns reports whether no sign of a stretch that is one of indicators' can belong to a
// disguise, and notes what they begin.
func (s *scanner) askSigns(t *stretch) bool {
	b := t.b
	for open := t.hots &^ t.dots; open != 0; open &= open - 1 {
		at := bits.TrailingZeros64(open)
		p := t.i + at
		x := load8(b, p)
		c, next := byte(x), byte(x>>8)
		if calm[calmAfter[c]].has(next) != 0 {
			continue
		}
		switch c {
		case '(', '[', '{', '<':
			if classes[next]&cLetter != 0 && bracketHeads[next&31]>>(x>>16&31)&1 == 0 && (p == 0 || b[p-1]|0x20 != 'h') {
				continue
			}
			if mayOpen(b, p) {
				return false
			}
		case '&':
			if next == '#' || entity(b, p).end > p {
				return false
			}
		case '%':
			if third := byte(x>>16) | 0x20; next == '3' && third == 'a' || next == '4' && third == '0' {
				return false
			}
		case '+':
			if mayDial(b, p+1) {
				t.begin |= 1 << (at & 63)
			}
		case ':':
			if !s.askColon(t, p, x) {
				return false
			}
		case '/':
			if !s.askSlash(t, p, x) {
				return false
			}
		case '~':
			t.begin |= 1 << (at & 63)
		case '@':
			if next == '[' || next >= 0x80 || isCloser(next) {
				return false
			}
			t.all = t.all || p > 0 && beforeAt.has(b[p-1]) != 0 && s.knownHost(b, p+1)
		case '\\':
			if next == '.' || next == '/' || next == '\\' && p > 0 && b[p-1] == ':' || classes[next]&cOpen != 0 || p > 0 && parts.has(b[p-1]) != 0 && schemeBefore(b, p) {
				return false
			}
			t.all = true
		default: // dashes, quotes and other signs of U+2010 to U+2026 that stand for nothing
			if x&0xffff != 0xE2|0x80<<8 || byte(x>>16) < 0x90 || byte(x>>16) > 0xA6 || byte(x>>16) == 0xA4 {
				return false
			}
			open &^= 6 << (at & 63)
			t.wide = true
		}
	}
	return true
}

// askColon asks the colon at b[p], x being the eight bytes there.
func (s *scanner) askColon(t *stretch, p int, x uint64) bool {
	b, at := t.b, p-t.i
	after, next := x>>8, byte(x>>8)
	if next == '_' || after&(1<<16-1) == '/'|'/'<<8 && (p+3 >= len(b) || byte(x>>24) == '/') {
		return false
	}
	t.colons++
	chars, runs := t.chars(), t.runs()
	from := bits.Len64(^runs & (1<<(at&63) - 1)) // what stands before it
	from = min(from+bits.TrailingZeros64(chars>>(from&63)), at)
	if next == ':' {
		t.colons += 5
		if prev := s.before(p); classes[prev]&cAlnum == 0 && prev != '_' {
			t.begin |= 1 << (at & 63)
		}
	}
	switch {
	case after&(1<<16-1) == '/'|'/'<<8, next == '/' && at-from == 3: // a URL, a CPE name
		t.read |= 1 << (at & 63) >> 1
	case at-from <= 4 && (next == ':' || between(after&eachLow, ':', ':')&^after&(eachHigh>>24) != 0):
		if t.i+from == 0 || b[t.i+from-1] != ':' { // not in the middle
			t.groups |= 1 << (at & 63) >> 1
		}
	}
	if p > 0 && classes[b[p-1]]&cDigit != 0 && fuzzy(after)&(eachHigh>>16) == eachHigh>>16 { // the size of a block
		t.read |= 1 << (at & 63) >> 1
	}
	return true
}

// askSlash asks the slash at b[p], x being the eight bytes there.
func (s *scanner) askSlash(t *stretch, p int, x uint64) bool {
	b, next := t.b, byte(x>>8)
	if wordBetween(b, p) || (p == 0 || parts.has(b[p-1]) == 0) && parts.has(next) != 0 && schemeBefore(b, p) || p > 0 && b[p-1] == '_' && schemeBefore(b, p) {
		return false
	}
	switch prev := s.before(p); {
	case beforePath.has(prev) != 0:
		if lettersIn(x>>8) >= 3 { // no root is shorter
			t.begin |= 1 << ((p - t.i) & 63)
		}
	case prev|0x20 == 'a' && p >= 7 && foldAny(b[p-7:p], "mozilla"):
		t.read |= 1 << ((p - t.i - 1) & 63)
	}
	return true
}

// askJoints reports whether none of the joins beside others, and none of the dots beside
// what may be a bracket, belongs to a disguise.
func (s *scanner) askJoints(t *stretch, joins, dots uint64) bool {
	for ; joins != 0; joins &= joins - 1 {
		if p := t.i + bits.TrailingZeros64(joins); wordBetween(t.b, p) || parts.has(t.b[p]) != 0 && schemeBefore(t.b, p) {
			return false
		}
	}
	for ; dots != 0; dots &= dots - 1 {
		if s.brokenDot(t.b, t.i+bits.TrailingZeros64(dots)) {
			return false
		}
	}
	return true
}

// mayOpen reports whether the bracket at b[p] may open a disguise.
func mayOpen(b string, p int) bool {
	switch next := byte(load8(b, p+1)); {
	case next|0x20 == 'h':
		scheme, _ := disguisedScheme(b, p+1)
		return scheme != ""
	case classes[next]&cLetter != 0:
		return (next|0x20 == 't' || next|0x20 == 'x') && p > 0 && b[p-1]|0x20 == 'h' || bracketContent(b, p+1).end > p+1
	case classes[next]&cOpen != 0:
		q := p + 1
		for q < len(b) && q-p <= bracketsMax && classes[b[q]]&cOpen != 0 {
			q++
		}
		return q == len(b) || calm[calmOpen].has(b[q]) == 0
	}
	return true
}

// fuzzy tells the characters of a fuzzy hash.
func fuzzy(x uint64) uint64 {
	low := x & eachLow
	return alnum(x) | (between(low, '+', '+')|between(low, '/', '/'))&^x
}

// mayDial reports whether the digits at b[p:] may begin a phone number: they are many, or
// go on behind one sign or two.
func mayDial(b string, p int) bool {
	q := p
	for classes[b[q]]&cDigit != 0 {
		if q++; q == len(b) {
			break
		}
	}
	x := load8(b, q)
	return b[p] != '0' && (q-p >= 8 || dials(byte(x)) && (dials(byte(x>>8)) || classes[byte(x>>8)]&cDigit != 0))
}

// dials reports whether c may part the digits of a phone number.
func dials(c byte) bool { return c == ' ' || c == '-' || c == '(' || c == ')' }

// schemeBefore reports whether the sign at b[p], the first of several that part a scheme
// from a host, does so behind a disguised scheme, or disguises what it parts.
func schemeBefore(b string, p int) bool {
	end := p
	for end > 0 && p-end < 6 && (b[end-1] == ':' || b[end-1] == '!' || b[end-1] == '&' || parts.has(b[end-1]) != 0) {
		end--
	}
	if end < 3 || schemeEnds.has(b[end-1]) == 0 {
		return false
	}
	if from := end - 4 - b2i(b[end-1]|0x20 == 's'); from >= 0 && p == end+1 && plainAddress(b, from) {
		return false
	}
	for i := max(end-16, 0); i < end; i++ {
		if classes[b[i]]&cScheme != 0 && (i == 0 || classes[b[i-1]]&cAlnum == 0) && disguisedAddress(b, i) {
			return true
		}
	}
	return false
}

// knownHost reports whether the dotted name at b[p:] ends in a top-level domain.
func (s *scanner) knownHost(b string, p int) bool {
	e, dots, _ := runEnd(b, p)
	for e > p && classes[b[e-1]]&(cAlnum|cHigh) == 0 {
		e--
	}
	if dots == 0 || e == p {
		return false
	}
	last := e
	for last > p && b[last-1] != '.' {
		last--
	}
	return last > p && s.ending(b, last, e)&endsDomain != 0
}

// brokenDot reports whether the dot at b[p], beside a sign that may be a bracket's, may
// stand for one in brackets: evil.]com, www].com.
func (s *scanner) brokenDot(b string, p int) bool {
	if p+1 >= len(b) {
		return false
	}
	if isCloser(b[p+1]) {
		return p+2 < len(b) && (classes[b[p+2]]&cAlnum != 0 || isCloser(b[p+2]))
	}
	if classes[b[p+1]]&cAlnum == 0 {
		return false
	}
	q := p
	for q > 0 && isCloser(b[q-1]) {
		q--
	}
	return q > 0 && q < p && classes[b[q-1]]&cName != 0 && unopened(s.text, s.view.base+q)
}
