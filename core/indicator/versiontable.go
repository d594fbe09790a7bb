package indicator

// table is the Markdown table that the scan is in.
type table struct {
	until    int    // the end of the last row seen
	versions uint64 // the columns headed version, one bit each
}

// tableReach is how far, in bytes, a table's head is looked for.
const tableReach = 4096

// versionColumn reports whether text[p] stands in a column of a Markdown table that is
// headed version. The head of a table is read once.
func (s *scanner) versionColumn(p int) bool {
	text := s.text
	row := s.lineStart(p)
	if row < 0 || text[row] != '|' {
		return false
	}
	column := 0
	for k := row; k < p; k++ {
		if text[k] == '|' {
			column++
		}
	}
	if column > 63 {
		return false
	}
	head := row
	for head > s.table.until && head > 0 && row-head < tableReach {
		line := head - 1
		for line > 0 && text[line-1] != '\n' && row-line <= tableReach {
			line--
		}
		if text[line] != '|' || row-line > tableReach {
			break
		}
		head = line
	}
	if head > s.table.until || s.table.until == 0 { // a table not met before
		s.table.versions = 0
		column := uint(0)
		for k := head; k < len(text) && text[k] != '\n' && k-head < tableReach; k++ {
			if text[k] == '|' {
				column++
			} else if column < 64 && k+7 <= len(text) && foldAny(text[k:k+7], "version", "release") {
				s.table.versions |= 1 << column
			}
		}
	}
	s.table.until = row + 1
	return s.table.versions>>column&1 == 1
}

// lineStart is where the line that holds text[p] begins, -1 when that is further back
// than tableReach. Questions in the order of position cost a step for each byte between.
func (s *scanner) lineStart(p int) int {
	start := -1
	i := p
	for ; i > 0 && p-i < tableReach; i-- {
		if s.text[i-1] == '\n' {
			start = i
			break
		}
		if i == s.line.at {
			if s.line.start >= 0 && p-s.line.start <= tableReach {
				start = s.line.start
			}
			break
		}
	}
	if i == 0 {
		start = 0
	}
	s.line.at, s.line.start = p, start
	return start
}
