package indicator

// opens reports whether the part ends with a bracket that a blank follows: evil[ . ]com
func opens(text string, end int) bool {
	return end < len(text) && text[end] == ' ' && classes[text[end-1]]&cOpen != 0
}

// plain reports whether a part, a view's, has nothing that could be a disguise: only its
// signs, and the words that a scheme may begin, are looked at.
func plain(part string) bool {
	for i := 0; ; i++ {
		// A word begins at part[i], if only one of no letters.
		if i < len(part) && classes[part[i]]&cScheme != 0 && disguisedAddress(part, i) {
			return false
		}
		i = wordEnd(part, i)
		if i >= len(part) {
			return true
		}
		if classes[part[i]]&(cDot|cJoin) == 0 && disguisedSign(part, i) {
			return false
		}
		if part[i] == '-' && wordBetween(part, i) {
			return false
		}
	}
}

// disguisedAddress reports whether a scheme begins at part[i] that, or whose separator,
// only refang reads.
func disguisedAddress(part string, i int) bool {
	switch next := part[min(i+1, len(part)-1)] | 0x20; part[i] | 0x20 {
	case 'h':
		if classes[next]&cLetter != 0 && next != 't' && next != 'x' && next != 'z' {
			return false
		}
	case 'x':
		if next != 'x' {
			return false
		}
	case 'm':
		if next != 'e' {
			return false
		}
	case 'f':
		if next != 't' && next != 'x' {
			return false
		}
	}
	if i+4 >= len(part) {
		return false
	}
	scheme, q := disguisedScheme(part, i)
	if scheme == "" {
		return false
	}
	sep := separator(part, q)
	if sep.end == q {
		return false
	}
	if sep.step != 0 {
		return true
	}
	_, known := schemeOf(part[i:q])
	return !known
}

// disguisedSign reports whether the sign at part[i] may belong to a disguise.
func disguisedSign(part string, i int) bool {
	c := part[i]
	k := classes[c]
	if k&cHigh != 0 {
		return true
	}
	next := byte(0)
	if i+1 < len(part) {
		next = part[i+1]
	}
	switch {
	case k&cOpen != 0:
		// In front of a word, a bracket means something only if the word is one of few.
		if classes[next]&(cDigit|cHigh) != 0 {
			return false
		}
		if classes[next]&cLetter == 0 || next|0x20 == 'h' {
			return next != 0 && (classes[next]&cTrail == 0 || next == '.' || next == ',' || next == ':')
		}
		return bracketContent(part, i+1).end > i+1 || i > 0 && part[i-1]|0x20 == 'h' && (next|0x20 == 't' || next|0x20 == 'x')
	case k&cClose != 0:
		return i > 0 && part[i-1] == '.' && (classes[next]&cAlnum != 0 || isCloser(next)) || next == '.' && i+2 < len(part) && classes[part[i+2]]&cAlnum != 0
	}
	switch c {
	case '\\':
		return next == '.' || next == '/' || next == '\\' && i > 0 && part[i-1] == ':' || classes[next]&cOpen != 0
	case '&':
		return next == '#' || classes[next]&cLetter != 0 && entity(part, i).end > i
	case '%':
		return next == '3'
	case ':':
		return i+2 < len(part) && (part[i+1] == '_' || part[i+1] == '/' && part[i+2] == '/' && (i+3 == len(part) || part[i+3] == '/'))
	case '/':
		return wordBetween(part, i)
	}
	return false
}

// wordBetween reports whether the sign at part[i] may open example/DOT/com, -dot-, /AT/.
func wordBetween(part string, i int) bool {
	c := part[i]
	return i+5 < len(part) && (part[i+4] == c && part[i+1]|0x20 == 'd' || part[i+3] == c && part[i+1]|0x20 == 'a')
}
