package indicator

import (
	"math/bits"
	"strings"
)

// path reads what the view begins with when its first sign, b[at], is that of a drive or of
// a registry's hive. It returns where it ends, 0 when it is none.
func (s *scanner) path(at int) int {
	switch b := s.view.b; {
	case b[at] == ':' && classes[b[0]]&cLetter != 0:
		return s.drivePath(0)
	case b[at] == '\\':
		return s.registry(0, at)
	}
	return 0
}

// asWritten reports whether the path or key at text[start:], whose signs other than dots
// and joins have a bit each, has but its drive's colon and single backslashes, each with a
// word behind it: nothing that could be a disguise.
func asWritten(text string, start int, signs, joins uint64) bool {
	if joins&(joins>>1|joins>>3|joins>>4) != 0 { // -dot-, __
		return false
	}
	for ; signs != 0; signs &= signs - 1 {
		p := start + bits.TrailingZeros64(signs)
		if (text[p] != '\\' || p+1 == len(text) || classes[text[p+1]]&cWordChar == 0) && (text[p] != ':' || p != start+1) {
			return false
		}
	}
	return true
}

// drivePath reads C:\dir\file, whose drive letter is b[i].
func (s *scanner) drivePath(i int) int {
	start := s.view.from(i)
	return s.windowsPath(i, start, start+2)
}

// uncPath reads \\server\share\file or \dir\file at b[i].
func (s *scanner) uncPath(i int) int {
	start := s.view.from(i)
	text := s.text
	if start > 0 && classes[text[start-1]]&cSpace == 0 && !isQuote(text[start-1]) {
		return 0
	}
	p := start + 1
	if p < len(text) && text[p] == '\\' {
		p++
	}
	if p+2 < len(text) && p == start+2 && (text[p] == '?' || text[p] == '.') && text[p+1] == '\\' { // \\?\C:\dir
		p += 2
		if p+1 < len(text) && text[p+1] == ':' {
			return s.windowsPath(i, start, p+2)
		}
	}
	if p >= len(text) || classes[text[p]]&cAlnum == 0 {
		return 0
	}
	if p == start+1 && !strings.ContainsRune(text[p:min(len(text), tokenEnd(text, p))], '\\') {
		return 0
	}
	return s.windowsPath(i, start, start)
}

// variablePath reads %APPDATA%\dir\file at b[i].
func (s *scanner) variablePath(i int) int {
	start := s.view.from(i)
	text := s.text
	p := start + 1
	for p < len(text) && p-start < 32 && (classes[text[p]]&(cAlnum|cJoin) != 0 || text[p] == '(' || text[p] == ')') {
		p++
	}
	if p == start+1 || p+1 >= len(text) || text[p] != '%' || text[p+1] != '\\' {
		return 0
	}
	return s.windowsPath(i, start, p+1)
}

// windowsPath reads the path at text[start:] whose segments start at p.
func (s *scanner) windowsPath(i, start, p int) int {
	end := segmentsEnd(s.text, p)
	if end <= p+1 || start < s.last {
		return 0
	}
	value := s.text[start:end]
	if strings.Contains(value, "*") {
		return max(s.view.index(end), i+1) // a pattern
	}
	var steps Steps
	if k := strings.Index(value[2:], `\\`); k >= 0 {
		steps = StepBackslash
		value = value[:2] + collapse(value[2:])
	} else {
		value = s.keep(value)
	}
	s.emitAt(FilePath, value, start, end, steps, 0, NotHeld, 0)
	return max(s.view.index(end), i+1)
}

// collapse makes one backslash of each run of them.
func collapse(text string) string {
	buf := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i > 0 && text[i-1] == '\\' {
			continue
		}
		buf = append(buf, text[i])
	}
	return string(buf)
}

// pathMax bounds a path or key, in bytes.
const pathMax = 1024

// segmentsEnd is where the segments of a Windows path or registry key that start at
// text[p] end. A blank belongs to a segment that a later backslash closes, or that
// a name with an extension ends.
func segmentsEnd(text string, p int) int {
	limit := min(len(text), p+pathMax)
	start, end := p, p
	for p < limit {
		switch c := text[p]; {
		case classes[c]&(cAlnum|cJoin|cDot) != 0 || c == '\\':
			p++
			end = p
			continue
		case c == 0xE2 && p+1 < limit && text[p+1] == 0x80: // a typographic quote or dash
		case (c == ',' || c >= 0x80) && hasExtension(text, p): // x.dll,DllRegisterServer
		case pathByte(c):
			p++
			end = p
			continue
		case c == '[' || c == '<':
			if q := placeholder(text, p, limit); q > p {
				p, end = q, q
				continue
			}
		case c == ' ':
			if q := blankSegment(text, p, limit); q > p {
				p, end = q, q
				continue
			}
		}
		break
	}
	opened := strings.Contains(text[start:end], "(")
	for end > 0 {
		c := text[end-1]
		if c == '\\' || c == ' ' || c == ',' || c == ';' || c == '.' || c == '\'' || c == ')' && !opened {
			end--
			continue
		}
		return end
	}
	return end
}

func pathByte(c byte) bool {
	if classes[c]&(cName|cDot) != 0 {
		return true
	}
	switch c {
	case '\\', '{', '}', '(', ')', '%', '&', '+', '#', '$', '~', '!', '@', '\'', '=', '^', ',', ';', '?', '*':
		return true
	}
	return false
}

// placeholder reads [username] or <SID>.
func placeholder(text string, p, limit int) int {
	for q := p + 1; q < limit && q-p < 48; q++ {
		switch c := text[q]; {
		case c == ']' && text[p] == '[' || c == '>' && text[p] == '<':
			if q == p+1 {
				return 0
			}
			return q + 1
		case classes[c]&cName == 0 && c != ' ' && c != '\'' && c != '.':
			return 0
		}
	}
	return 0
}

// blankSegment decides about the blank at text[p]: it returns where the segment goes
// on, 0 when the path ends before the blank.
func blankSegment(text string, p, limit int) int {
	words := 0
	for q := p; q < limit && q-p < 64; q++ {
		switch c := text[q]; {
		case c == ' ':
			words++
			if words > 4 || q+1 < limit && (text[q+1] == ' ' || text[q+1] == '-' || text[q+1] == '/') {
				return 0
			}
		case c == '\\':
			if text[q-1] == ' ' || q-p >= 2 && text[q-1] == ':' {
				return 0
			}
			if foldHive(text[strings.LastIndexByte(text[p:q], ' ')+p+1 : q]) {
				return 0
			}
			return q
		case c == ':':
			return 0
		case c == '.':
			// A name with an extension ends the path: Internet Explorer.lnk
			e := q + 1
			for e < limit && classes[text[e]]&cAlnum != 0 {
				e++
			}
			if words <= 3 && foldPacked(extensions[:], text[q+1:e]) && (e == limit || classes[text[e]]&cName == 0) && !hasExtension(text, p) {
				return e
			}
		case classes[c]&cName == 0 && c != '(' && c != ')' && c != '&' && c != '+' && c != '{' && c != '}' && c != '#':
			return 0
		}
	}
	return 0
}

// hasExtension reports whether the segment that ends at text[p] is already a whole
// file name.
func hasExtension(text string, p int) bool {
	dot := p
	for dot > 0 && p-dot < 8 && classes[text[dot-1]]&cAlnum != 0 {
		dot--
	}
	return dot > 0 && text[dot-1] == '.' && foldPacked(extensions[:], text[dot:p])
}

func isQuote(c byte) bool {
	return c == '"' || c == '\'' || c == '`' || c == '(' || c == '[' || c == '<'
}
