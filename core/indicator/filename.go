package indicator

import "strings"

// fileName reads the dotted name b[i:e] as the name of a file: 120 bytes at most, the
// last part one of the known extensions.
func (s *scanner) fileName(i, e int) int {
	b := s.view.b
	dot := strings.LastIndexByte(b[i:e], '.')
	if dot <= 0 || e-i > 120 || s.ending(b, i+dot+1, e)&endsFile == 0 {
		return 0
	}
	switch s.before(i) {
	case '.', '$', '@', '\\':
		return 0
	}
	if e < len(b) && (b[e] == '(' || b[e] == '@' || b[e] == '\\') || !isFileStem(b[i:i+dot]) {
		return 0
	}
	if n := hashStem(b[i : i+dot]); n > 0 { // a file that is named by its hash: the hash is the find
		if end := s.hash(i, i+n); end > 0 {
			return e
		}
	}
	i = s.stemStart(i)
	start, end := s.view.from(i), s.view.upto(e)
	s.emitAt(FileName, s.keep(b[i:e]), start, end, s.view.steps(i, e), 0, NotHeld, 0)
	return e
}

// isFileStem refuses what stands before the dot of numbers and of nothing.
func isFileStem(stem string) bool {
	for i := 0; i < len(stem); i++ {
		if classes[stem[i]]&(cAlnum|cHigh) != 0 {
			return true
		}
	}
	return false
}

// hashStem is the length of a stem that is a hash, else 0.
func hashStem(stem string) int {
	switch n := len(stem); n {
	case 32, 40, 64:
		if unhexRun(stem, 0) == n {
			return n
		}
	}
	return 0
}

// stemStart moves the start of a file's name back over the signs that names hold and
// labels do not: Invoice(05-10)#487.pdf.
func (s *scanner) stemStart(i int) int {
	b := s.view.b
	at := i
	closed := 0
	for k := i; k > 0 && i-k < 64; k-- {
		c := b[k-1]
		switch {
		case c == ')':
			closed++
		case c == '(':
			if closed == 0 {
				return at
			}
			closed--
		case classes[c]&cRun != 0, c == '#', c == '+', c == '@', c == '&':
		default:
			return at
		}
		if s.view.from(k-1) < s.last {
			return at
		}
		if closed == 0 && classes[c]&cRun != 0 {
			at = k - 1
		}
	}
	return at
}
