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

	begin  uint64 // where a grammar may begin
	read   uint64 // a bit in each run that has to be looked at closer
	groups uint64 // a bit in each that may be a group of an address, if there are colons enough
	colons int
	all    bool // an address or a path may begin anywhere
	wide   bool // a sign is no ASCII
}

// chars are the letters and digits, runs what dotted names have.
func (t *stretch) chars() uint64 { return ^t.signs & (1<<(t.n&63) - 1) }
func (t *stretch) runs() uint64  { return t.chars() | t.dots | t.joins }

// sift tells where in a stretch a grammar may begin. It reports not ok where a disguise
// may stand, or a sign of which it knows too little.
func (s *scanner) sift(t *stretch) (begin uint64, ok bool) {
	if t.hots&^t.dots != 0 && !s.askSigns(t) {
		return 0, false
	}
	chars, runs := t.chars(), t.runs()
	joins := t.joins & (t.joins>>1 | t.joins>>3 | t.joins>>4) // __, -at-, -dot-
	odd := t.signs &^ t.hots &^ t.joins                       // some of them are brackets that close
	odd = t.dots & (odd>>1 | odd<<1 | bit(t.i > 0))
	if joins|odd != 0 && !s.askJoints(t, joins, odd) {
		return 0, false
	}
	read := t.read
	for words := chars &^ (chars << 1) & (runs >> 1); words != 0; words &= words - 1 { // a letter alone is no name
		at := bits.TrailingZeros64(words)
		h := nameHash8(load8(t.b, t.i+at), min(bits.TrailingZeros64(^(chars>>(at&63))), 8))
		read |= uint64(nameFilter[h>>3]>>(h&7)&1) << (at & 63)
	}
	part := t.n < len(t.b)
	if t.wide {
		return 0, !part && !t.all && read|t.begin|t.groups|t.digits|t.dots&(1<<((t.n-1)&63)-1) == 0
	}
	if t.all {
		return 1<<(t.n&63) - 1, !part
	}
	if part || t.colons >= 5 {
		read |= t.groups
	}
	read &= runs
	if t.n >= 32 {
		long := runs & (runs >> 1)
		long &= long >> 2
		long &= long >> 4
		long &= long >> 8
		read |= long & (long >> 16)
	}
	begin = t.begin
	inner := t.dots & (runs >> 1) & (runs << 1)
	for ends := (runs + (read | t.digits | inner)) &^ runs; ends != 0; ends &= ends - 1 {
		to := bits.TrailingZeros64(ends)
		from := bits.Len64(^runs & (1<<(to&63) - 1))
		own := uint64(1)<<(to&63) - 1<<(from&63)
		if own&read != 0 || s.worth(t, own, chars&own) {
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
		var t stretch
		t.b, t.i, t.n, t.signs, t.digits, t.dots, t.joins, t.hots = b, i, n, w.signs&whole, w.digits&whole, w.dots&whole, w.joins&whole, w.hots&whole
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
