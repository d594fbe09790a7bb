package indicator

import "strings"

// fileName reads the dotted name b[i:e] as the name of a file: 120 bytes at most, the
// last part one of the known extensions.
func (s *scanner) fileName(i, e int) int {
	b := s.view.b
	dot := strings.LastIndexByte(b[i:e], '.')
	if dot <= 0 || e-i > 120 || !foldPacked(extensions[:], b[i+dot+1:e]) {
		return 0
	}
	switch s.before(i) {
	case '.', '$', '@', '\\':
		return 0
	}
	if e < len(b) && (b[e] == '(' || b[e] == '@' || b[e] == '\\') || !isFileStem(b[i:i+dot]) {
		return 0
	}
	start, end := s.view.from(i), s.view.upto(e)
	s.emitAt(FileName, strings.Clone(b[i:e]), start, end, s.view.steps(i, e), 0, NotHeld, 0)
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
