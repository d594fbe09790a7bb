package indicator

// doubt says why a plainly written name should not be taken for a domain.
func (s *scanner) doubt(i, e int, d domain) Reason {
	b := s.view.b
	label := b[d.last:e]
	switch c := s.before(i); c {
	case '$', '\\', '/':
		return HeldCode
	}
	if e < len(b) && b[e] == '(' {
		return HeldCode
	}
	if k := classes[label[0]]; k&cUpper != 0 && classes[label[len(label)-1]]&cUpper == 0 {
		return HeldSentence
	}
	if foldAny(label, "zip", "py", "md", "rs", "so", "ps", "java", "mov", "cab", "pm") {
		return HeldFileName
	}
	if d.labels == 2 && foldAny(label, "sh", "pl", "in", "is", "it", "id", "am", "name", "call", "data", "app", "read", "open", "link", "top", "new", "next", "map", "run") {
		if label != "in" && label != "top" && label != "app" && label != "link" {
			return HeldCode
		}
	}
	return NotHeld
}
