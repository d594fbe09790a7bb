package indicator

import "strings"

// bracket reads a disguise that a bracket opens at text[p] and judges it by what
// stands on both sides.
func (v *view) bracket(text string, p int, path bool) form {
	if f := v.schemeBracket(text, p); f.end > p {
		return f
	}
	f := bracketForm(text, p)
	if f.end == p || f.open && path {
		return form{}
	}
	rest := text[f.end:]
	switch {
	case f.step&(StepDot|StepAt) != 0:
		if f.label() && strings.HasPrefix(rest, ".") && labelFollows(rest, 1) && !v.afterName() {
			return f
		}
		if !v.afterName() && !(f.plain == "@" && v.afterLocal()) || !labelFollows(text, f.end) {
			return form{}
		}
	case f.plain == "://":
		if !v.afterScheme() {
			return form{}
		}
	case f.plain == ":":
		if (strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, `\\`)) && v.afterScheme() {
			return form{"://", f.end + 2, StepSeparator, false}
		}
		if (strings.HasPrefix(rest, "[//]") || strings.HasPrefix(rest, "(//)")) && v.afterScheme() {
			return form{"://", f.end + 4, StepSeparator, false}
		}
		if strings.HasPrefix(rest, "[/][/]") && v.afterScheme() {
			return form{"://", f.end + 6, StepSeparator, false}
		}
	}
	return f
}

// bracketForm reads [.], (dot), {@}, [://] and their like, with up to sixteen brackets
// and blanks on either side; [. without its end is an open form.
func bracketForm(text string, p int) form {
	q := p
	for n := 0; q < len(text) && n < bracketsMax; n++ {
		if classes[text[q]]&cOpen != 0 || text[q] == '\\' && q+1 < len(text) && classes[text[q+1]]&cOpen != 0 {
			q++
			continue
		}
		if text[q] != ' ' {
			break
		}
		if r := skipBlanks(text, q); r < len(text) && (classes[text[r]]&cOpen != 0 || n < 12) {
			q = r
			continue
		}
		break
	}
	if q >= len(text) || q == p {
		return form{end: p}
	}
	if text[q] == '\\' { // [\.]
		q++
	}
	f := bracketContent(text, q)
	if f.end == q {
		return form{end: p}
	}
	r, closers := f.end, 0
	for n := 0; r < len(text) && n < bracketsMax; n++ {
		c := text[r]
		if isCloser(c) || c == '\\' && r+1 < len(text) && isCloser(text[r+1]) {
			r++
			closers++
			continue
		}
		if c == ' ' {
			if b := skipBlanks(text, r); b < len(text) && isCloser(text[b]) {
				r = b
				continue
			}
		}
		// www[.[example: the counterpart is turned round
		if closers == 0 && f.plain == "." && c == text[p] && r+1 < len(text) && classes[text[r+1]]&cAlnum != 0 {
			r++
			closers++
		}
		break
	}
	if closers == 0 {
		if f.plain != "." && f.plain != "@" || f.end != q+1 || f.step&StepComma != 0 || text[p] == '<' || classes[text[q-1]]&cOpen == 0 {
			return form{end: p}
		}
		f.open = true
		return f
	}
	if text[p] == '<' && f.plain != "." && f.plain != "@" {
		return form{end: p}
	}
	f.end = r
	return f
}

// label reports whether the disguise stands for a whole label rather than for a sign.
func (f form) label() bool { return len(f.plain) == 3 && f.step == StepDot }

// bracketContent reads the sign or word that the brackets hold.
func bracketContent(text string, q int) form {
	if q >= len(text) {
		return form{end: q}
	}
	switch c := text[q]; c {
	case '.':
		return form{".", q + 1, StepDot, false}
	case ',':
		return form{".", q + 1, StepDot | StepComma, false}
	case '@':
		return form{"@", q + 1, StepAt, false}
	case '/':
		return form{"/", q + 1, StepSlash, false}
	case '-':
		return form{"-", q + 1, StepDot, false}
	case 0xE3, 0xEF:
		if strings.HasPrefix(text[q:], "\u3002") || strings.HasPrefix(text[q:], "\uff0e") {
			return form{".", q + 3, StepDot | StepWidth, false}
		}
	case ':':
		rest := text[q+1:]
		if strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, `\\`) {
			return form{"://", q + 3, StepSeparator, false}
		}
		if strings.HasPrefix(rest, ":") {
			return form{"::", q + 2, StepColon, false}
		}
		return form{":", q + 1, StepColon, false}
	}
	switch text[q] | 0x20 {
	case 'd', 'p', 'a', 'e', 'c', 'w', 'n', 'o': // the words below
	default:
		return form{end: q}
	}
	w := q
	for w < len(text) && w < q+8 && classes[text[w]]&cLetter != 0 {
		w++
	}
	switch word := text[q:w]; {
	case foldPacked(dotWords[:], word):
		return form{".", w, StepDot | StepWord, false}
	case foldPacked(atWords[:], word):
		return form{"@", w, StepAt | StepWord, false}
	case len(word) == 3 && foldPacked(labelWords[:], word): // fpw.[com].my, [www].example.com
		return form{strings.ToLower(word), w, StepDot, false}
	}
	return form{end: q}
}

// Lists by length, in order, side by side: what stands for a dot or an at sign in
// brackets, and labels that do themselves.
var (
	dotWords   = [...]string{3: "dot", 5: "pointpunktpunto"}
	atWords    = [...]string{2: "atet", 6: "arroba"}
	labelWords = [...]string{3: "comnetorgwww"}
)

// broken reads a dot or at sign whose bracket closes without having opened: evil.]com,
// www].com, joe@]evil.com
func (v *view) broken(text string, p int, path bool) form {
	if path || !v.afterName() {
		return form{}
	}
	q := p
	if isCloser(text[p]) {
		for q < len(text) && q < p+4 && isCloser(text[q]) {
			q++
		}
		if q >= len(text) || text[q] != '.' || !unopened(text, p) {
			return form{}
		}
		for q++; q < len(text) && q < p+8 && isCloser(text[q]); q++ { // ].]
		}
		if q >= len(text) || classes[text[q]]&cAlnum == 0 || classes[text[q]]&cUpper != 0 {
			return form{}
		}
		return form{".", q, StepDot, true}
	}
	q++
	for q < len(text) && q < p+5 && isCloser(text[q]) {
		q++
	}
	if q == p+1 || q >= len(text) || classes[text[q]]&(cAlnum|cHigh) == 0 {
		return form{}
	}
	if text[p] == '@' {
		return form{"@", q, StepAt, true}
	}
	return form{".", q, StepDot, true}
}

// unopened reports whether no bracket stands open before text[p] on its line.
func unopened(text string, p int) bool {
	for i := p - 1; i >= 0 && p-i < 64 && text[i] != '\n'; i-- {
		if classes[text[i]]&cOpen != 0 {
			return false
		}
		if classes[text[i]]&cClose != 0 && i < p-4 {
			return true
		}
	}
	return true
}

func isCloser(c byte) bool { return c == ']' || c == ')' || c == '}' || c == '>' }
