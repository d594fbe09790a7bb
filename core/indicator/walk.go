package indicator

import (
	"math/bits"
	"strings"
)

// walk reads the view from b[i] to its end and gives each item to its grammar.
func (s *scanner) walk(i int) {
	b := s.view.b
	for i < len(b) {
		if begins.has(b[i]) == 0 { // most signs
			i++
			continue
		}
		i = s.step(i)
	}
}

// visit is walk for the places alone where sift found that a grammar may begin: a bit for
// each byte from b[i] on. It returns where the last one that it read ended.
func (s *scanner) visit(i int, begin uint64) (end int) {
	b := s.view.b
	for begin != 0 {
		p := i + bits.TrailingZeros64(begin)
		for p < len(b) && begins.has(b[p]) == 0 { // dots and dashes
			p++
		}
		if p == len(b) {
			break
		}
		end = s.step(p)
		if end > p+1 {
			for end < len(b) && classes[b[end]]&cRun != 0 { // a find took a part of the run
				if begins.has(b[end]) == 0 {
					end++
					continue
				}
				end = s.step(end)
			}
		}
		if end-i > 63 {
			break
		}
		begin = begin >> ((end - i) & 63) << ((end - i) & 63)
	}
	return end
}

// step reads what begins at b[i] and returns where to go on.
func (s *scanner) step(i int) int {
	b := s.view.b
	k := classes[b[i]]
	if k&cName != 0 {
		if k&cWordChar != 0 && i+1 < len(b) && loneBefore(b[i+1]) {
			return i + 1
		}
		return s.item(i)
	}
	end := 0
	switch b[i] {
	case ':':
		if i+2 < len(b) && b[i+1] == ':' && classes[b[i+2]]&(cDigit|cHex) != 0 {
			end = s.ipv6(i)
		}
	case '\\':
		end = s.uncPath(i)
	case '%':
		end = s.variablePath(i)
	case '/':
		end = s.unixPath(i)
	case '~':
		if i+1 < len(b) && b[i+1] == '/' {
			end = s.unixPath(i)
		}
	case '+':
		end = s.phone(i)
	}
	return max(end, i+1)
}

// begins are the bytes that a grammar begins with.
var begins = byteSet{1<<('9'+1) - 1<<'0' | 1<<':' | 1<<'%' | 1<<'/' | 1<<'+', 1<<('Z'-64+1) - 1<<('A'-64) | 1<<('z'-64+1) - 1<<('a'-64) | 1<<('\\'-64) | 1<<('_'-64) | 1<<('~'-64), 1<<64 - 1, 1<<64 - 1}

// loneBefore reports whether c, behind a letter or digit that stands alone, or a word,
// makes no more of it: code is full of them.
func loneBefore(c byte) bool {
	switch c {
	case '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', '"', '|', '&', '!', '?', '*', '/', '\\':
		return true
	}
	return false
}

// item reads what starts with the name at b[i] and returns where to go on.
func (s *scanner) item(i int) int {
	b := s.view.b
	j, dots, bits := runEnd(b, i)
	if (bits == cLetter|cWordChar && j-i < 32 || bits == cDigit|cWordChar && j-i < 14) && (j == len(b) || loneBefore(b[j]) && b[j] != '/' && b[j] != '\\' && (j+1 == len(b) || b[j+1] != '\\')) {
		// A word or a number: a name, or nothing.
		if h := nameHash8(load8(b, i), j-i); nameFilter[h>>3]>>(h&7)&1 == 0 {
			return j
		}
		if !isTrigger(b[i:j]) {
			return max(s.named(i), j)
		}
	}
	return s.dotted(i, j, dots, bits)
}

// dotted reads what starts with the dotted name b[i:j] and returns where to go on.
func (s *scanner) dotted(i, j, dots int, bits class) int {
	b := s.view.b
	if j < len(b) {
		end := 0
		switch b[j] {
		case ':':
			end = s.afterColon(i, j, bits)
		case '@', '+', '%', '\'', '=':
			end = s.email(i, j)
		case '\\':
			if end = s.registry(i, j); end == 0 && foldAny(b[i:j], "global", "local") {
				end = s.mutex(i, j)
			}
		case '>', ']':
			if j+1 < len(b) && b[j+1] == '\\' {
				end = s.registry(i, j)
			}
		case '/':
			if foldAny(b[i:j], "mozilla") {
				end = s.userAgent(i)
			}
		}
		if end > i {
			return end
		}
	}
	e := j
	for e > i && (b[e-1] == '.' || b[e-1] == '-' || b[e-1] == '_') {
		if b[e-1] == '.' {
			dots--
		}
		e--
	}
	// _name_ is emphasis, _spf.name is a label.
	if i < e && b[i] == '_' && (dots == 0 || e < j) {
		for i < e && b[i] == '_' {
			i++
		}
	}
	if e == i {
		return j
	}
	if end := s.name(i, e, j, bits, dots); end > i {
		return end
	}
	if end := s.named(i); end > i {
		return end
	}
	return j
}

// afterColon reads a name that a colon follows: a scheme, an IPv6 address, a hive,
// a drive.
func (s *scanner) afterColon(i, j int, bits class) int {
	b := s.view.b
	if strings.HasPrefix(b[j+1:], "//") {
		return s.url(i, j)
	}
	hex := bits&^cWordBits == 0
	switch n := j - i; {
	case n == 1 && j+1 < len(b) && b[j+1] == '\\' && bits&cLetter != 0:
		if end := s.drivePath(i); end > i {
			return end
		}
	case n == 2 && hex:
		if end := s.mac(i); end > i {
			return end
		}
		if end := pairs(b, i); end > i {
			return end
		}
	}
	if j-i <= 4 && hex && unhex(b[i]) >= 0 && unhex(b[j-1]) >= 0 {
		if end := s.ipv6(i); end > i {
			return end
		}
	}
	if bits&^(cDigit|cWordChar) == 0 {
		if end := s.ssdeep(i, j); end > i {
			return end
		}
	}
	if j-i == 3 {
		switch lower8(load8(b, i)) & (1<<24 - 1) {
		case 'c' | 'p'<<8 | 'e'<<16:
			return s.cpe(i)
		case 't' | 'l'<<8 | 'p'<<16:
			return max(s.tlp(i, j), j) // it is no name either
		}
	}
	return s.registry(i, j)
}
