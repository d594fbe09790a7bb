package indicator

// walk reads the view from left to right and gives each item to its grammar.
func (s *scanner) walk() {
	b := s.view.b
	for i := 0; i < len(b); {
		k := classes[b[i]]
		if k&cName != 0 && b[i] != '-' {
			i = s.item(i)
			continue
		}
		if b[i] == ':' && i+2 < len(b) && b[i+1] == ':' && classes[b[i+2]]&(cDigit|cHex) != 0 {
			if end := s.ipv6(i); end > i {
				i = end
				continue
			}
		}
		i++
	}
}

// item reads what starts with the name at b[i] and returns where to go on.
func (s *scanner) item(i int) int {
	b := s.view.b
	var bits class
	dots := 0
	j := i
	for j < len(b) {
		k := classes[b[j]]
		if k&cRun == 0 {
			break
		}
		bits |= k
		if k&cDot != 0 {
			dots++
		}
		j++
	}
	if j < len(b) {
		switch b[j] {
		case ':':
			if end := s.afterColon(i, j, bits); end > i {
				return end
			}
		case '@', '+', '%', '\'', '=':
			if end := s.email(i, j); end > i {
				return end
			}
		case '\\':
			if end := s.registry(i, j); end > i {
				return end
			}
		}
	}
	e := j
	for e > i && (b[e-1] == '.' || b[e-1] == '-' || b[e-1] == '_') {
		e--
	}
	for i < e && b[i] == '_' {
		i++
	}
	if e == i {
		return j
	}
	if end := s.name(i, e, j, bits, dots); end > i {
		return max(end, i+1)
	}
	return j
}

// afterColon reads a name that a colon follows: a scheme, an IPv6 address, a hive.
func (s *scanner) afterColon(i, j int, bits class) int {
	b := s.view.b
	if j+2 < len(b) && b[j+1] == '/' && b[j+2] == '/' {
		return s.url(i, j)
	}
	if j-i <= 4 && bits&^(cDigit|cHex|cLetter|cUpper) == 0 {
		if end := s.ipv6(i); end > i {
			return end
		}
	}
	if j+1 < len(b) && b[j+1] == '\\' {
		return s.registry(i, j)
	}
	return 0
}

// name reads the dotted or plain name b[i:e]; the run that it ends lies in b[i:j].
func (s *scanner) name(i, e, j int, bits class, dots int) int {
	b := s.view.b
	if bits&cDigit != 0 && classes[b[i]]&cDigit != 0 && dots >= 3 {
		if end := s.ipv4(i); end > i {
			return end
		}
	}
	if dots > 0 {
		return s.host(i, e, j)
	}
	switch e - i {
	case 32, 40, 56, 64, 96, 128:
		if end := s.hash(i, e); end > i {
			return end
		}
	}
	return s.identifier(i, e)
}
