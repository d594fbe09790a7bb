package indicator

import (
	"strings"
	"unicode/utf8"
)

// form is what a disguise stands for.
type form struct {
	plain string
	step  Steps
	end   int // where it ends in the text
	open  bool
}

// refang fills the view with text[start:end], its disguises undone, and returns
// where the part ends in the text.
func (v *view) refang(s *scanner, start, end int) int {
	text := s.text
	v.reset()
	slash := false // a path has begun: only whole disguises count from here
	for p := start; ; {
		if p >= end {
			next, more := joins(text, p, end)
			if more == end || more-start > regionMax {
				break
			}
			if next == p { // the form itself bridges the blank
				break
			}
			p, end = next, more
			continue
		}
		c := text[p]
		switch k := classes[c]; {
		case k&cAlnum != 0:
			if c|0x20 == 'h' || c|0x20 == 'm' || c|0x20 == 'f' {
				if f := schemeForm(text, p); f.end > p && !v.afterAlnum() {
					v.undo(f.plain, f.step, p, f.end)
					p = f.end
					continue
				}
			}
			v.put(c, p, p+1)
			p++
			continue
		case k&cHigh != 0:
			p = v.wide(text, p)
			continue
		case c == '/':
			slash = slash || p > start && text[p-1] != '/' && text[p-1] != ':' && p+1 < len(text) && text[p+1] != '/'
		}
		if f := v.form(text, p, slash); f.end > p {
			v.undo(f.plain, f.step, p, f.end)
			p = f.end
			if p > end {
				end = tokenEnd(text, p)
			}
			if p == end && (f.step == StepDot || f.step == StepAt) && blankThenLabel(text, p) {
				p++
				end = tokenEnd(text, p)
			}
			continue
		}
		v.put(c, p, p+1)
		p++
	}
	v.done()
	return end
}

// afterAlnum reports whether the last byte put is a letter or digit.
func (v *view) afterAlnum() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cAlnum != 0
}

// afterName reports whether the last byte put may be the last of a label.
func (v *view) afterName() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cName != 0
}

// afterScheme reports whether the last bytes put are a scheme.
func (v *view) afterScheme() bool {
	i := len(v.norm)
	for i > 0 && classes[v.norm[i-1]]&(cAlnum|cJoin) != 0 && len(v.norm)-i < 12 {
		i--
	}
	_, ok := schemeOf(string(v.norm[i:]))
	return ok
}

// form reads a disguise at text[p].
func (v *view) form(text string, p int, slash bool) form {
	c := text[p]
	switch {
	case classes[c]&cOpen != 0:
		f := bracketForm(text, p)
		if f.end == p || f.open && slash {
			return form{}
		}
		switch f.step {
		case StepDot, StepAt:
			if !v.afterName() || !labelFollows(text, f.end) {
				return form{}
			}
		case StepSeparator:
			if !v.afterScheme() {
				return form{}
			}
		case StepColon:
			if strings.HasPrefix(text[f.end:], "//") && v.afterScheme() {
				return form{plain: "://", step: StepSeparator, end: f.end + 2}
			}
			if strings.HasPrefix(text[f.end:], `\\`) && v.afterScheme() {
				return form{plain: "://", step: StepSeparator, end: f.end + 2}
			}
		}
		return f
	case c == '.':
		// evil.]com
		q := p + 1
		for q < len(text) && q < p+5 && isCloser(text[q]) {
			q++
		}
		if q > p+1 && !slash && v.afterName() && labelFollows(text, q) {
			return form{".", StepDot, q, true}
		}
	case c == '\\' && p+1 < len(text):
		switch text[p+1] {
		case '.':
			if v.afterName() && labelFollows(text, p+2) {
				return form{".", StepDot, p + 2, false}
			}
		case '/':
			return form{"/", StepSlash, p + 2, false}
		}
	case c == ':' && p+2 < len(text):
		if two := text[p+1 : p+3]; (two == `\\` || two == "__") && v.afterScheme() {
			return form{"://", StepSeparator, p + 3, false}
		}
	case c == '&':
		return entity(text, p)
	}
	return form{}
}

// bracketForm reads [.], (dot), {@}, [://] and their like, with up to four brackets
// and one blank on either side; [. without its end is an open form.
func bracketForm(text string, p int) form {
	q := p
	for q < len(text) && q < p+4 && classes[text[q]]&cOpen != 0 {
		q++
	}
	q = skipBlank(text, q)
	if q >= len(text) {
		return form{}
	}
	f := form{end: q}
	switch text[q] {
	case '.', ',':
		f = form{".", StepDot, q + 1, false}
		if text[q] == ',' {
			f.step |= StepComma
		}
	case '@':
		f = form{"@", StepAt, q + 1, false}
	case '/':
		f = form{"/", StepSlash, q + 1, false}
	case '-':
		f = form{"-", StepDot, q + 1, false}
	case ':':
		f = form{":", StepColon, q + 1, false}
		if rest := text[q+1:]; strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, `\\`) {
			f = form{"://", StepSeparator, q + 3, false}
		}
	default:
		w := q
		for w < len(text) && w < q+8 && classes[text[w]]&cLetter != 0 {
			w++
		}
		switch {
		case foldAny(text[q:w], "dot", "punto", "punkt", "point"):
			f = form{".", StepDot, w, false}
		case foldAny(text[q:w], "at", "et", "arroba"):
			f = form{"@", StepAt, w, false}
		default:
			return form{}
		}
	}
	closed := skipBlank(text, f.end)
	r := closed
	for r < len(text) && r < closed+4 && isCloser(text[r]) {
		r++
	}
	if r == closed {
		if f.plain != "." || text[f.end-1] != '.' || text[p] == '<' || q > p+1 && classes[text[q-1]]&cSpace != 0 {
			return form{}
		}
		f.open = true
		return f
	}
	if text[p] == '<' && f.plain != "." {
		return form{}
	}
	f.end = r
	return f
}

func isCloser(c byte) bool { return c == ']' || c == ')' || c == '}' || c == '>' }

func skipBlank(text string, p int) int {
	if p < len(text) && text[p] == ' ' {
		return p + 1
	}
	return p
}

// labelFollows reports whether a label, or a further disguise, starts at text[p]
// or behind one blank.
func labelFollows(text string, p int) bool {
	if p >= len(text) {
		return false
	}
	if k := classes[text[p]]; k&(cAlnum|cHigh) != 0 || text[p] == '[' || text[p] == '(' {
		return true
	}
	return blankThenLabel(text, p)
}

// blankThenLabel reports whether one blank and then a label in lower case or a
// number follows: [.] com, but not the next sentence.
func blankThenLabel(text string, p int) bool {
	if p+1 >= len(text) || text[p] != ' ' {
		return false
	}
	k := classes[text[p+1]]
	return k&cAlnum != 0 && k&cUpper == 0
}

func tokenEnd(text string, p int) int {
	for p < len(text) && classes[text[p]]&cSpace == 0 {
		p++
	}
	return p
}

// disguiseFollows reports whether a bracketed sign follows behind one blank.
func disguiseFollows(text string, end int) bool {
	if end+2 >= len(text) || text[end] != ' ' || classes[text[end+1]]&cOpen == 0 {
		return false
	}
	f := bracketForm(text, end+1)
	return f.step&(StepDot|StepAt) != 0 && !f.open && labelFollows(text, f.end)
}

// joins says where to read on, and up to where, when the part at end goes on
// behind a blank.
func joins(text string, p, end int) (next, more int) {
	if disguiseFollows(text, end) {
		return end + 1, tokenEnd(text, end+1)
	}
	return p, end
}

// rewind is where a token's part begins: earlier than start when the token begins
// with a disguise whose left side stands before a blank.
func (s *scanner) rewind(start, end int) int {
	text := s.text
	if start < 2 || text[start-1] != ' ' || classes[text[start]]&cOpen == 0 {
		return start
	}
	f := bracketForm(text, start)
	if f.step&(StepDot|StepAt) == 0 || f.open || !labelFollows(text, f.end) {
		return start
	}
	i := start - 1
	for i > s.last && start-i < 256 && classes[text[i-1]]&cSpace == 0 {
		i--
	}
	if i == start-1 || classes[text[start-2]]&cName == 0 {
		return start
	}
	return i
}

// foldAny reports whether word equals one of the lower-case words, letter case aside.
func foldAny(word string, words ...string) bool {
	for _, w := range words {
		if len(w) == len(word) && strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// schemeForm reads h**p, h[tt]p and their like at text[p].
func schemeForm(text string, p int) form { return form{} }

// entity reads a character reference at text[p].
func entity(text string, p int) form {
	for _, e := range [...]struct{ ref, plain string }{
		{"&#46;", "."},
		{"&#x2e;", "."},
		{"&period;", "."},
		{"&#64;", "@"},
		{"&#x40;", "@"},
		{"&commat;", "@"},
		{"&#58;", ":"},
		{"&#x3a;", ":"},
		{"&colon;", ":"},
		{"&#47;", "/"},
		{"&#x2f;", "/"},
		{"&sol;", "/"},
	} {
		if len(text)-p >= len(e.ref) && strings.EqualFold(text[p:p+len(e.ref)], e.ref) {
			return form{e.plain, StepEntity, p + len(e.ref), false}
		}
	}
	return form{}
}

// delimiter stands in a view for characters outside ASCII that no value holds.
const delimiter = 0x1f

// wide puts the character outside ASCII at text[p] and returns where it ends.
func (v *view) wide(text string, p int) int {
	r, n := utf8.DecodeRuneInString(text[p:])
	end := p + n
	switch {
	case r == utf8.RuneError && n <= 1:
		v.put(delimiter, p, end)
	case invisible(r):
		v.events = append(v.events, event{int32(len(v.norm)), true, StepInvisible})
	case r == 0x3002 || r == 0xFF61 || r == 0x2024:
		v.undo(".", StepWidth, p, end)
	case r >= 0xFF01 && r <= 0xFF5E:
		v.undo(string([]byte{byte(r - 0xFEE0)}), StepWidth, p, end)
	case letter(r):
		for i := p; i < end; i++ {
			v.put(text[i], p, end)
		}
	default:
		v.put(delimiter, p, end)
	}
	return end
}

// invisible reports whether r is one of the characters that are skipped anywhere.
func invisible(r rune) bool {
	switch r {
	case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F:
		return true
	}
	return false
}

// letter reports whether r may stand in an internationalised label. It is coarser
// than Unicode's tables, which would weigh more than the rest of the engine: all
// but the blocks of punctuation, symbols and pictures.
func letter(r rune) bool {
	switch {
	case r < 0xC0, r == 0xD7, r == 0xF7:
		return false
	case r >= 0x2000 && r < 0x2C00, r >= 0x2E00 && r < 0x3005, r >= 0x3008 && r < 0x3041:
		return false
	case r >= 0xD800 && r < 0xF900, r >= 0xFE00 && r < 0xFE70, r >= 0xFF00 && r < 0xFF66:
		return false
	case r >= 0xFFE0 && r < 0x10000, r >= 0x1F000 && r < 0x20000, r >= 0xE0000:
		return false
	}
	return true
}
