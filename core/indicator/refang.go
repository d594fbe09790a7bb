package indicator

import "strings"

// form is one disguise: what it stands for and where it ends in the text. It has the four
// fields and 32 bytes that Go keeps in registers.
type form struct {
	plain string
	end   int
	step  Steps
	open  bool // a bracket has no counterpart
}

// bracketsMax is how many brackets and blanks a disguise may have on either side.
const bracketsMax = 16

// blanksMax is how many blanks in a row a disguise may hold.
const blanksMax = 3

// refang fills the view with text[start:end], its disguises undone, and returns
// where the part ends in the text. A disguise beside a blank carries the part on
// to the next token: evil [.] example.
func (v *view) refang(s *scanner, start, end int) int {
	text := s.text
	v.reset(start)
	path := false // a path has begun: only whole disguises count from here
	from := start // what stands as it was written is put in one stretch, text[from:p]
	for p := start; ; {
		if p >= end {
			v.copy(text, from, p)
			f := v.bridge(text, end, path)
			if f.end <= end || f.end-start > regionMax {
				break
			}
			v.undo(f.plain, f.step, p, f.end)
			p = f.end
			from = p
			end = tokenEnd(text, p)
			continue
		}
		c := text[p]
		k := classes[c]
		switch {
		case k&cWordChar != 0:
			if k&cScheme != 0 && !v.address && (p > from && classes[text[p-1]]&cAlnum == 0 || p == from && !v.afterAlnum()) {
				if f := v.schemeForm(text, p); f.end > p {
					v.copy(text, from, p)
					v.undo(f.plain, f.step, p, f.end)
					v.address = true
					v.backslashed = text[f.end-1] == '\\'
					p = f.end
					from = p
					end = max(end, v.partEnd(text, p))
					continue
				}
			}
			p = min(wordEndIn(text, p), end)
			continue
		case k&cHigh != 0:
			v.copy(text, from, p)
			p = v.wide(text, p)
			from = p
			continue
		case c == '/':
			if p > start && p+1 < len(text) && text[p+1] == '/' && text[p-1] == ':' {
				v.address = true
			} else if text[p-1+b2i(p == 0)] != '/' && text[p-1+b2i(p == 0)] != ':' {
				path = true
			}
		case c == ',' || c == ';' || c == '|' || c == '"':
			path, v.address, v.backslashed = false, false, false
		case c == '&' && v.escaped: // the encoded URL was a parameter's value
			v.copy(text, from, p)
			v.undo(delimiter, stepNone, p, p+1)
			p++
			from = p
			v.escaped = false
			continue
		}
		if !v.wideUsed && !beginsForm(text, p) {
			p++
			continue
		}
		v.copy(text, from, p)
		from = p
		if c == '[' && p+3 < len(text) && text[p+1] == '.' && text[p+2] == ']' && classes[text[p+3]]&cWordChar != 0 && v.afterName() {
			v.undo(".", StepDot, p, p+3) // three disguises in four
			p += 3
			from = p
			continue
		}
		if k&cOpen != 0 { // no disguise has more brackets than bracketsMax
			q := p + 1
			for q < end && classes[text[q]]&cOpen != 0 {
				q++
			}
			if q-p > bracketsMax {
				v.copy(text, p, q-bracketsMax)
				p = q - bracketsMax
				from = p
				continue
			}
		}
		var f form
		if v.wideUsed {
			f = v.wideScheme(text, p)
		}
		if f.end <= p {
			f = v.form(text, p, path)
		}
		if f.end > p {
			v.undo(f.plain, f.step, p, f.end)
			if f.plain == "://" {
				v.address = true
				v.backslashed = text[f.end-1] == '\\'
			}
			p = f.end
			from = p
			if p > end {
				end = v.partEnd(text, p)
			}
			continue
		}
		p++
	}
	v.done()
	return end
}

// partEnd is where the token that text[p] is part of ends, or p when the part is long enough.
func (v *view) partEnd(text string, p int) int {
	if p-v.base >= regionMax {
		return p
	}
	return tokenEnd(text, p)
}

// beginsForm reports whether the sign at text[p] may begin a disguise, from the bytes
// that every such disguise has: most full stops, dashes and slashes are themselves.
func beginsForm(text string, p int) bool {
	rest := text[p:]
	switch c := rest[0]; c {
	case '[', '(', '{', '<', '&', '%', '\\':
		return true
	case '.', '@':
		return len(rest) > 1 && isCloser(rest[1])
	case ']', ')', '}':
		return len(rest) > 1 && (rest[1] == '.' || isCloser(rest[1]))
	case '/', '-':
		return len(rest) > 4 && (rest[4] == c || rest[3] == '/')
	}
	return false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// bridge reads the disguise that joins text[:end] to what stands behind the blanks there.
// An empty plain text means that the blanks alone are taken out.
func (v *view) bridge(text string, end int, path bool) form {
	if end >= len(text) || text[end] != ' ' || len(v.norm) == 0 {
		return form{}
	}
	q := skipBlanks(text, end)
	if q >= len(text) {
		return form{}
	}
	if f := v.wideScheme(text, end); f.end > end {
		return f
	}
	// What was just undone may end with a blank: [.] example
	if step := v.lastStep(); step&(StepDot|StepAt) != 0 && v.norm[len(v.norm)-1] != '-' {
		if k := classes[text[q]]; k&cAlnum != 0 && k&cUpper == 0 {
			return form{end: q, step: step}
		}
	}
	if !v.afterName() && v.norm[len(v.norm)-1] != '@' {
		return form{}
	}
	if classes[text[q]]&cOpen != 0 {
		f := bracketForm(text, q)
		if f.step&(StepDot|StepAt) == 0 || f.open && len(v.pieces) < 2 || path || !labelFollows(text, f.end) {
			return form{}
		}
		return f
	}
	if v.norm[len(v.norm)-1] == '@' || text[q] == '@' {
		return v.spacedAt(text, end, q)
	}
	if v.spaced && (text[q] == '.' || text[q] == '/') && q+1 < len(text) && classes[text[q+1]]&cAlnum != 0 { // http:// example .com /path
		return form{end: q, step: StepSeparator}
	}
	return wordForm(text, end)
}

// spacedAt reads blanks about an at sign, which count only when the host behind is
// disguised, user @ example[.]com, or when the whole fills its line.
func (v *view) spacedAt(text string, end, q int) form {
	host := q
	f := form{end: q, step: StepAt}
	if text[q] == '@' {
		host = skipBlanks(text, q+1)
		f = form{plain: "@", step: StepAt, end: host}
		if host == q+1 {
			return form{}
		}
	}
	to := tokenEnd(text, host)
	if fillsLine(text, v.base, to) && strings.Contains(text[host:to], ".") {
		return f
	}
	if to-host > 253 || !strings.ContainsAny(text[host:to], "[({") && !(to+1 < len(text) && text[to] == ' ' && classes[text[to+1]]&cOpen != 0 && bracketForm(text, to+1).step&StepDot != 0) {
		return form{}
	}
	return f
}

// form reads a disguise at text[p].
func (v *view) form(text string, p int, path bool) form {
	c := text[p]
	switch {
	case classes[c]&cOpen != 0:
		return v.bracket(text, p, path)
	case c == '.' || c == '@' || c == ']' || c == ')' || c == '}':
		return v.broken(text, p, path)
	case c == '\\' && p+1 < len(text):
		switch next := text[p+1]; {
		case v.backslashed && classes[next]&cName != 0: // http:\\example.com\a
			return form{"/", p + 1, StepSlash, false}
		case next == '.' && v.afterName() && labelFollows(text, p+2) && !v.afterHive():
			return form{".", p + 2, StepDot, false}
		case next == '/' && !v.afterBackslash():
			return form{"/", p + 2, StepSlash, false}
		case classes[next]&cOpen != 0 && v.afterName(): // \(.\)
			if f := bracketForm(text, p+1); f.step&StepDot != 0 && labelFollows(text, f.end) {
				return f
			}
		}
	case c == '&':
		return entity(text, p)
	case c == '%':
		if strings.HasPrefix(text[p:], "%40") && !path && !v.address && v.afterName() && labelFollows(text, p+3) { // user%40example.com
			return form{"@", p + 3, StepPercent, false}
		}
		return v.percent(text, p)
	case (c == '/' || c == '-') && p+4 < len(text) && text[p+4] == c && v.afterName():
		// user/AT/example/DOT/com, example-dot-com. In small letters, or behind a scheme,
		// such a segment is one of a path.
		if c == '/' && text[p+1:p+4] == "DOT" && !v.address || c == '-' && foldAny(text[p+1:p+4], "dot") && dashDot(text, p+5) {
			return form{".", p + 5, StepDot | StepWord, false}
		}
	case c == '/' && p+3 < len(text) && text[p+3] == '/' && v.afterName() && text[p+1:p+3] == "AT" && !v.address:
		return form{"@", p + 4, StepAt | StepWord, false}
	}
	return form{}
}

// afterAlnum reports whether the last byte put is a letter or digit.
func (v *view) afterAlnum() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cAlnum != 0
}

// afterName reports whether the last byte put may be the last of a label.
func (v *view) afterName() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cName != 0
}

// afterLocal reports whether the last byte put may end the local part of an address.
func (v *view) afterLocal() bool {
	return len(v.norm) > 0 && strings.IndexByte("+%='", v.norm[len(v.norm)-1]) >= 0
}

// afterHive reports whether what was put last is the hive of a registry key: HKU\.DEFAULT
func (v *view) afterHive() bool {
	i := len(v.norm)
	for i > 0 && len(v.norm)-i < 24 && classes[v.norm[i-1]]&cName != 0 {
		i--
	}
	return foldHive(unsafeString(v.norm[i:]))
}

func (v *view) afterBackslash() bool {
	return len(v.norm) > 0 && v.norm[len(v.norm)-1] == '\\'
}

// afterScheme reports whether the last bytes put are a scheme.
func (v *view) afterScheme() bool {
	i := len(v.norm)
	for i > 0 && classes[v.norm[i-1]]&(cAlnum|cJoin) != 0 && len(v.norm)-i < 12 {
		i--
	}
	_, ok := schemeOf(unsafeString(v.norm[i:]))
	return ok
}
