package indicator

// capitalised reports whether each label of a name, a dot behind each, begins with a capital.
func capitalised(name string) bool {
	for i := 1; i+1 < len(name); i++ {
		if name[i] == '.' && classes[name[i+1]]&cUpper == 0 {
			return false
		}
	}
	return true
}

// camelCase reports whether a capital stands behind a small letter in b[i:e], a view's.
func camelCase(b string, i, e int) bool {
	for ; i < e; i += 8 {
		x := load8(b, i)
		for upper := between(x&eachLow, 'A', 'Z') &^ x & eachHigh; upper != 0; upper &= upper - 1 {
			if at := i + firstOf(upper); at < e && at > 0 && b[at-1] >= 'a' && b[at-1] <= 'z' {
				return true
			}
		}
	}
	return false
}

// alone reports whether b[i:e], in backticks or not, fills its line or table cell.
func (s *scanner) alone(i, e int) bool {
	text := s.text
	start, end := s.view.from(i), s.view.upto(e)
	if start > 0 && end < len(text) && text[start-1] == '`' && text[end] == '`' {
		start--
		end++
	}
	for n := 0; n < 8 && start > 0 && (text[start-1] == ' ' || text[start-1] == '-' || text[start-1] == '*' || text[start-1] == '\t'); n++ {
		start--
	}
	for n := 0; n < 8 && end < len(text) && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r'); n++ {
		end++
	}
	left, right := byte('\n'), byte('\n')
	if start > 0 {
		left = text[start-1]
	}
	if end < len(text) {
		right = text[end]
	}
	edge := func(c byte) bool { return c == '\n' || c == '|' || c == ',' }
	return edge(left) && edge(right) && !(left == ',' && right == ',')
}
