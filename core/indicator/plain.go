package indicator

// opens reports whether the part ends with a bracket that a blank follows: evil[ . ]com
func opens(text string, end int) bool {
	return end < len(text) && text[end] == ' ' && classes[text[end-1]]&cOpen != 0
}

// plain reports whether a part has nothing that could be a disguise.
func (v *view) plain(part string) bool {
	for i := 0; i < len(part); i++ {
		c := part[i]
		k := classes[c]
		if k&(cAlnum|cDot|cJoin) != 0 {
			if k&cScheme == 0 || i+4 >= len(part) || i > 0 && classes[part[i-1]]&cAlnum != 0 {
				continue
			}
			if scheme, q := disguisedScheme(part, i); scheme != "" {
				_, known := schemeOf(part[i:q])
				if sep := separator(part, q); sep.end > q && (sep.step != 0 || !known) {
					return false
				}
			}
			continue
		}
		if k&cHigh != 0 {
			return false
		}
		next := byte(0)
		if i+1 < len(part) {
			next = part[i+1]
		}
		switch {
		case k&cOpen != 0:
			// In front of a word, a bracket means something only if the word is one of few.
			if classes[next]&(cDigit|cHigh) != 0 {
				continue
			}
			if classes[next]&cLetter == 0 || next|0x20 == 'h' {
				if next != 0 && (classes[next]&cTrail == 0 || next == '.' || next == ',' || next == ':') {
					return false
				}
				continue
			}
			if f := bracketContent(part, i+1); f.end > i+1 || i > 0 && part[i-1]|0x20 == 'h' && (next|0x20 == 't' || next|0x20 == 'x') {
				return false
			}
		case k&cClose != 0:
			if i > 0 && part[i-1] == '.' && (classes[next]&cAlnum != 0 || isCloser(next)) || next == '.' && i+2 < len(part) && classes[part[i+2]]&cAlnum != 0 {
				return false
			}
		case c == '\\':
			if next == '.' || next == '/' || next == '\\' && i > 0 && part[i-1] == ':' || classes[next]&cOpen != 0 {
				return false
			}
		case c == '&':
			if next == '#' || classes[next]&cLetter != 0 && entity(part, i).end > i {
				return false
			}
		case c == '%':
			if next == '3' {
				return false
			}
		}
		if c == ':' && i+2 < len(part) && (part[i+1] == '_' || part[i+1] == '/' && part[i+2] == '/' && (i+3 == len(part) || part[i+3] == '/')) {
			return false
		}
		if (c == '/' || c == '-') && i+5 < len(part) && (part[i+4] == c && part[i+1]|0x20 == 'd' || part[i+3] == c && part[i+1]|0x20 == 'a') {
			return false
		}
	}
	return true
}
