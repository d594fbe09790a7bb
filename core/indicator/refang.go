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
