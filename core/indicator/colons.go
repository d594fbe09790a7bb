package indicator

import "strings"

// mac reads six pairs of hex digits with one sign, colon or dash, between them.
func (s *scanner) mac(i int) int {
	b := s.view.b
	if i+17 > len(b) {
		return 0
	}
	sign := b[i+2]
	if sign != ':' && sign != '-' {
		return 0
	}
	same := true
	for k := range 17 {
		if k%3 == 2 {
			if b[i+k] != sign {
				return 0
			}
		} else if unhex(b[i+k]) < 0 {
			return 0
		}
		same = same && (k < 3 || b[i+k] == b[i+k%3])
	}
	e := i + 17
	if same || e < len(b) && (classes[b[e]]&cAlnum != 0 || b[e] == sign && e+1 < len(b) && classes[b[e+1]]&cAlnum != 0) {
		return 0
	}
	if c := s.before(i); classes[c]&cName != 0 || c == ':' {
		return 0
	}
	s.emit(MAC, strings.ReplaceAll(lower(b[i:e]), "-", ":"), i, e, 0, NotHeld)
	return e
}

// dottedMAC reads xxxx.xxxx.xxxx.
func (s *scanner) dottedMAC(i, e int) int {
	b := s.view.b
	if e-i != 14 || b[i+4] != '.' || b[i+9] != '.' {
		return 0
	}
	buf := make([]byte, 0, 17)
	letters := false
	for k := i; k < e; k++ {
		if b[k] == '.' {
			continue
		}
		d := unhex(b[k])
		if d < 0 {
			return 0
		}
		letters = letters || d > 9
		if n := len(buf); n%3 == 2 {
			buf = append(buf, ':')
		}
		buf = append(buf, "0123456789abcdef"[d])
	}
	if !letters || classes[s.before(i)]&cName != 0 {
		return 0
	}
	s.emit(MAC, string(buf), i, e, 0, NotHeld)
	return e
}

// pairs skips a run of hex pairs with colons that is no address: the fingerprint of
// a key or certificate. It returns where the run ends, 0 when there is none.
func pairs(b string, i int) int {
	n := 0
	k := i
	for k+1 < len(b) && unhex(b[k]) >= 0 && unhex(b[k+1]) >= 0 && (k+2 >= len(b) || classes[b[k+2]]&cAlnum == 0) {
		n++
		k += 2
		if k+1 >= len(b) || b[k] != ':' || unhex(b[k+1]) < 0 {
			break
		}
		k++
	}
	if n < 7 {
		return 0
	}
	return k
}

// ssdeep reads a fuzzy hash, blocksize:hash:hash, whose block size is b[i:j]. The block
// size is three times a power of two; a part has 64 characters at most.
func (s *scanner) ssdeep(i, j int) int {
	b := s.view.b
	size, to := number(b, i, 8)
	if to != j || size%3 != 0 || size/3&(size/3-1) != 0 || size == 0 {
		return 0
	}
	colon := fuzzyEnd(b, j+1)
	if colon-j-1 < 6 || colon >= len(b) || b[colon] != ':' {
		return 0
	}
	e := fuzzyEnd(b, colon+1)
	if e-colon-1 < 3 || e-colon > colon-j+1 {
		return 0
	}
	if !mixed(b[j+1:colon]) || classes[s.before(i)]&cName != 0 {
		return 0
	}
	s.emit(SSDEEP, s.keep(b[i:e]), i, e, 0, NotHeld)
	return e
}

func fuzzyEnd(b string, i int) int {
	e := i
	for e < len(b) && e-i < 65 && (classes[b[e]]&cAlnum != 0 || b[e] == '+' || b[e] == '/') {
		e++
	}
	return e
}

// mixed reports whether text has letters beyond hex, of both cases or with digits.
func mixed(text string) bool {
	var bits class
	other := false
	for i := 0; i < len(text); i++ {
		k := classes[text[i]]
		bits |= k
		other = other || k&cLetter != 0 && k&cHex == 0
	}
	return other && bits&(cUpper|cDigit) != 0
}

// cpe reads a CPE name at b[i]: cpe:2.3: and eleven parts, or cpe:/ and up to seven.
func (s *scanner) cpe(i int) int {
	b := s.view.b
	e, want, colons := i+4, 0, 0
	switch {
	case strings.HasPrefix(b[e:], "2.3:"):
		e, want = e+4, 10
	case strings.HasPrefix(b[e:], "/"):
		e++
	default:
		return 0
	}
	if e >= len(b) || b[e] != 'a' && b[e] != 'o' && b[e] != 'h' && b[e] != '*' {
		return 0
	}
	for e < len(b) && e-i < 512 {
		c := b[e]
		if c == ':' {
			if want > 0 && colons == want {
				break
			}
			colons++
		} else if classes[c]&(cAlnum|cJoin|cDot) == 0 && strings.IndexByte("*?~%!\\+/&$@#'()", c) < 0 {
			break
		}
		e++
	}
	for e > i && (b[e-1] == '.' || b[e-1] == ':' || b[e-1] == ')' || b[e-1] == '\'') {
		e--
	}
	if want > 0 && colons != want || colons < 1 {
		return 0
	}
	s.emit(CPE, s.keepLower(b[i:e]), i, e, 0, NotHeld)
	return e
}
