package indicator

import "math/bits"

// Most tokens that reach the second stage hold nothing, and most of what a script is made
// of. Their registers show it: sift looks once at each sign, at the hash of each word and
// at the last label of each dotted name, and leaves the places where a grammar may begin.
// What it is not sure of it does not answer.

// stretch is a stretch of a view, b[i:i+n], that cuts no run in two, and its registers,
// with a bit for each byte of it, the first one lowest.
type stretch struct {
	b                                string
	i, n                             int
	signs, digits, dots, joins, hots uint64
}

// sift tells where in a stretch a grammar may begin. It reports not ok where a disguise
// may stand, or a sign of which it knows too little.
func (s *scanner) sift(t *stretch) (begin uint64, ok bool) {
	b, i := t.b, t.i
	chars := ^t.signs & (1<<(t.n&63) - 1)
	runs := chars | t.dots | t.joins
	var read uint64                                // a bit in each run that has to be looked at closer
	wide, all := false, false                      // all: an address or a path may begin anywhere
	colons, doubled, groups := 0, false, uint64(0) // of an address
	for open := t.hots &^ t.dots; open != 0; open &= open - 1 {
		at := bits.TrailingZeros64(open)
		p := i + at
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
				return 0, false
			}
		case '&':
			if next == '#' || entity(b, p).end > p {
				return 0, false
			}
		case '%':
			if next == '3' || next == '4' {
				return 0, false
			}
		case '+':
			if mayDial(b, p+1) {
				begin |= 1 << (at & 63)
			}
		case ':':
			after := x >> 8
			if next == '_' || after&(1<<16-1) == '/'|'/'<<8 && (p+3 >= len(b) || byte(x>>24) == '/') {
				return 0, false
			}
			colons++
			from := bits.Len64(^runs & (1<<(at&63) - 1)) // what stands before it
			from = min(from+bits.TrailingZeros64(chars>>(from&63)), at)
			if next == ':' {
				doubled = true
				if prev := s.before(p); classes[prev]&cAlnum == 0 && prev != '_' {
					begin |= 1 << (at & 63)
				}
			}
			switch {
			case after&(1<<16-1) == '/'|'/'<<8, next == '/' && at-from == 3: // a URL, a CPE name
				read |= 1 << (at & 63) >> 1
			case at-from <= 4 && (next == ':' || between(after&eachLow, ':', ':')&^after&(eachHigh>>24) != 0):
				if i+from == 0 || b[i+from-1] != ':' { // not in the middle
					groups |= 1 << (at & 63) >> 1
				}
			}
			if p > 0 && classes[b[p-1]]&cDigit != 0 && fuzzy(after)&(eachHigh>>16) == eachHigh>>16 { // the size of a block
				read |= 1 << (at & 63) >> 1
			}
		case '/':
			if wordBetween(b, p) || (p == 0 || parts.has(b[p-1]) == 0) && parts.has(next) != 0 && schemeBefore(b, p) || p > 0 && b[p-1] == '_' && schemeBefore(b, p) {
				return 0, false
			}
			switch prev := s.before(p); {
			case beforePath.has(prev) != 0:
				if lettersIn(x>>8) >= 3 { // no root is shorter
					begin |= 1 << (at & 63)
				}
			case prev|0x20 == 'a' && p >= 7 && foldAny(b[p-7:p], "mozilla"):
				read |= 1 << ((at - 1) & 63)
			}
		case '~':
			begin |= 1 << (at & 63)
		case '@':
			if next == '[' || next >= 0x80 || isCloser(next) {
				return 0, false
			}
			all = all || p > 0 && beforeAt.has(b[p-1]) != 0 && s.knownHost(b, p+1)
		case '\\':
			if next == '.' || next == '/' || next == '\\' && p > 0 && b[p-1] == ':' || classes[next]&cOpen != 0 || p > 0 && parts.has(b[p-1]) != 0 && schemeBefore(b, p) {
				return 0, false
			}
			all = true
		default: // dashes, quotes and other signs of U+2010 to U+2026 that stand for nothing
			if x&0xffff != 0xE2|0x80<<8 || byte(x>>16) < 0x90 || byte(x>>16) > 0xA6 || byte(x>>16) == 0xA4 {
				return 0, false
			}
			open &^= 6 << (at & 63)
			wide = true
		}
	}
	names := uint64(0)
	for words := chars &^ (chars << 1) & (runs >> 1); words != 0; words &= words - 1 { // a letter alone is no name
		at := bits.TrailingZeros64(words)
		h := nameHash8(load8(b, i+at), min(bits.TrailingZeros64(^(chars>>(at&63))), 8))
		names |= uint64(nameFilter[h>>3]>>(h&7)&1) << (at & 63)
	}
	for pairs := t.joins & (t.joins >> 1) &^ (t.joins << 1); pairs != 0; pairs &= pairs - 1 {
		if schemeBefore(b, i+bits.TrailingZeros64(pairs)) {
			return 0, false
		}
	}
	for words := t.joins & (t.joins>>4 | t.joins>>3); words != 0; words &= words - 1 {
		if wordBetween(b, i+bits.TrailingZeros64(words)) {
			return 0, false
		}
	}
	odd := t.signs &^ t.hots &^ t.joins // some of them are brackets that close
	odd = t.dots & (odd>>1 | odd<<1 | bit(i > 0))
	for ; odd != 0; odd &= odd - 1 {
		if s.brokenDot(b, i+bits.TrailingZeros64(odd)) {
			return 0, false
		}
	}
	read |= names
	inner := t.dots & (runs >> 1) & (runs << 1)
	part := t.n < len(b)
	if wide {
		return 0, !part && !all && read|begin|groups|t.digits|t.dots&(1<<((t.n-1)&63)-1) == 0
	}
	if all {
		return 1<<(t.n&63) - 1, !part
	}
	if part || doubled || colons >= 5 {
		read |= groups
	}
	read &= runs
	named := read
	read |= t.digits | inner
	if t.n >= 32 {
		long := runs & (runs >> 1)
		long &= long >> 2
		long &= long >> 4
		long &= long >> 8
		long &= long >> 16
		read |= long
		named |= long
	}
	for ends := (runs + read) &^ runs; ends != 0; ends &= ends - 1 {
		to := bits.TrailingZeros64(ends)
		from := 64 - bits.LeadingZeros64(^runs&(1<<(to&63)-1))
		own := uint64(1)<<(to&63) - 1<<(from&63)
		if own&named != 0 || s.worth(t, own, chars&own) {
			begin |= 1 << (from & 63)
		}
	}
	return begin, true
}

// place is a stretch of a long view where a grammar may begin.
type place struct {
	i     int
	begin uint64
}

// walkLong is walk for a view of more than a window that is plain; it reports whether it
// found out that it is. At first w has the view's first bytes.
func (s *scanner) walkLong(w *window) bool {
	b := s.view.b
	s.places = s.places[:0]
	var t stretch
	t.b = b
	for i := 0; i < len(b); {
		if i > 0 {
			w.look(b, i)
		}
		n := len(b) - i
		if n > 63 { // to the last run that may go on
			if n = bits.Len64((w.signs &^ w.dots &^ w.joins) << 1 >> 1); n == 0 {
				return false
			}
		}
		whole := uint64(1)<<(n&63) - 1
		t.i, t.n, t.signs, t.digits, t.dots, t.joins, t.hots = i, n, w.signs&whole, w.digits&whole, w.dots&whole, w.joins&whole, w.hots&whole
		begin, ok := s.sift(&t)
		if !ok {
			return false
		}
		if begin != 0 {
			s.places = append(s.places, place{i, begin})
		}
		i += n
	}
	end := 0
	for _, p := range s.places {
		if skip := end - p.i; skip > 0 {
			p.begin = p.begin >> (min(skip, 63) & 63) << (min(skip, 63) & 63)
		}
		end = max(end, s.visit(p.i, p.begin))
	}
	return true
}

// worth reports whether the run with the bits own, of letters, digits, dots and joins,
// may be anything but a name or a word that opens a grammar.
func (s *scanner) worth(t *stretch, own, chars uint64) bool {
	if chars == 0 {
		return false
	}
	from, to := bits.TrailingZeros64(chars), 64-bits.LeadingZeros64(chars)
	own &= 1<<(to&63) - 1<<(from&63)
	b, i, n := t.b, t.i+from, to-from
	dots, joins, digits := t.dots&own, t.joins&own, t.digits&own
	first := b[i]
	if dots != 0 {
		count, last := bits.OnesCount64(dots), bits.Len64(dots)-from
		switch {
		case first <= '9' && count >= 3: // an address
			return true
		case chars == digits:
			return false
		case first|0x20 == 't' && classes[b[i+1]]&cDigit != 0, n == 14 && count == 2, // T1059.001, a MAC address
			dots&((dots|joins)>>1) != 0, // a fault
			joins&(joins>>5)&(digits>>1)&(digits>>2)&(digits>>3)&(digits>>4) != 0: // CVE-2021-44228 between dots
			return true
		}
		return s.ending(b, i+last, i+n) != 0
	}
	if chars == digits { // a date is no CVE
		return joins == 0 && n >= 14 || n == 17 || n >= 9 && n <= 12 && b[i+4] == '-' && joins>>(from&63) != 1<<4|1<<7
	}
	if n < 3 {
		return false
	}
	switch first | 0x20 {
	case 'a':
		if b[i+1]|0x20 == 's' {
			return true
		}
	case 'c', 'g', 'u', 'p':
		if joins != 0 {
			return true
		}
	}
	return n == 5 && classes[b[i+1]]&cDigit != 0 || n == 6 && first|0x20 == 't' && b[i+1]|0x20 == 'a' || digits != 0 && (n >= 14 && joins == 0 || n >= 17)
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
		for q < len(b) && classes[b[q]]&cOpen != 0 {
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
	for end > 0 && (b[end-1] == ':' || b[end-1] == '!' || b[end-1] == '&' || parts.has(b[end-1]) != 0) {
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

// calm has, for each kind of sign, the bytes in front of which it stands for itself.
var calm = [...]byteSet{
	calmOpen:   {max64 &^ (1<<',' | 1<<'.' | 1<<'/' | 1<<':' | 1<<'-' | 1<<'(' | 1<<'<'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | formLetters | formLetters<<32), max64, max64},
	calmBehind: {max64 &^ (1<<' ' | 1<<'\t' | 1<<',' | 1<<'.' | 1<<'/' | 1<<':' | 1<<'-' | 1<<'(' | 1<<'<' | 1<<'&'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | 1<<('_'-64) | formLetters | formLetters<<32), 0, 0},
	calmLess:   {max64 &^ (1<<',' | 1<<'.' | 1<<'(' | 1<<'<'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | formLetters | formLetters<<32), max64, max64},
	calmAmp:    {max64 &^ (1 << '#'), max64 &^ (entityLetters | entityLetters<<32), max64, max64},
	calmDigit:  {max64 &^ digitBytes, max64, max64, max64},
	calmColon:  {max64 &^ (digitBytes | 1<<'+' | 1<<'/' | 1<<':'), max64 &^ (letterBytes | 1<<('_'-64)), max64, max64},
	calmSlash:  {max64 &^ (1 << '/'), max64, max64, max64},
	calmAlways: {max64, max64, max64, max64},
}

// calmAfter is the kind of each sign.
var calmAfter = [256]uint8{
	'#': calmAlways, '$': calmAlways, '%': calmDigit, '&': calmAmp, '(': calmOpen, '*': calmAlways, '+': calmDigit, ':': calmColon, '<': calmLess,
	'=': calmAlways, '[': calmOpen, '^': calmAlways, '{': calmOpen, '|': calmAlways, '~': calmSlash,
}

const (
	calmNever = iota
	calmOpen
	calmBehind
	calmLess
	calmAmp
	calmDigit
	calmColon
	calmSlash
	calmAlways
)

const (
	digitBytes  = 1<<('9'+1) - 1<<'0'
	letterBytes = 1<<('Z'-64+1) - 1<<('A'-64) | 1<<('z'-64+1) - 1<<('a'-64)

	// The letters, as bits from the one of '@' on, that begin a word in brackets and a
	// character reference.
	formLetters   = 1<<('a'&31) | 1<<('c'&31) | 1<<('d'&31) | 1<<('e'&31) | 1<<('h'&31) | 1<<('n'&31) | 1<<('o'&31) | 1<<('p'&31) | 1<<('t'&31) | 1<<('w'&31) | 1<<('x'&31)
	entityLetters = 1<<('c'&31) | 1<<('l'&31) | 1<<('p'&31) | 1<<('r'&31) | 1<<('s'&31)
)

// bracketHeads has, for the first letter of each word that means something in brackets, what
// may stand behind it: dot, point, at, et, arroba, com, net, org, www, http.
var bracketHeads = [32]uint32{
	'a' & 31: 1<<('t'&31) | 1<<('r'&31), 'c' & 31: 1 << ('o' & 31), 'd' & 31: 1 << ('o' & 31), 'e' & 31: 1 << ('t' & 31), 'n' & 31: 1 << ('e' & 31),
	'o' & 31: 1 << ('r' & 31), 'p' & 31: 1<<('o'&31) | 1<<('u'&31), 'w' & 31: 1 << ('w' & 31), 'h' & 31: schemeTails,
}

// schemeTails are what may stand behind the h of http.
const schemeTails = 1<<('t'&31) | 1<<('x'&31) | 1<<('z'&31) | 1<<('*'&31) | 1<<('_'&31) | 1<<('#'&31) | 1<<('?'&31) | 1<<('+'&31) | 1<<('-'&31) | 1<<('0'&31) |
	1<<('['&31) | 1<<('('&31) | 1<<('{'&31) | 1<<('<'&31) | 1<<(']'&31) | 1<<(')'&31) | 1<<('}'&31) | 1<<('>'&31)

var (
	// parts are the signs that two of part a scheme from a host, schemeEnds the letters
	// that end one.
	parts      = byteSet{1 << '/', 1<<('\\'-64) | 1<<('_'-64)}
	schemeEnds = byteSet{1 << ')', 1<<('P'-64) | 1<<('S'-64) | 1<<('W'-64) | 1<<('X'-64) | 1<<('p'-64) | 1<<('s'-64) | 1<<('w'-64) | 1<<('x'-64)}
	// beforePath are the bytes behind which a path may begin, beforeAt those that end the
	// local part of an address.
	beforePath = byteSet{1<<(' '+1) - 1 | 1<<'"' | 1<<'\'' | 1<<'(' | 1<<':' | 1<<'<' | 1<<'=', 1<<('['-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<(0x7f-64)}
	beforeAt   = byteSet{digitBytes | 1<<'+' | 1<<'%' | 1<<'=' | 1<<'\'' | 1<<'-', letterBytes | 1<<('_'-64)}
)
