package indicator

import "strings"

// yaraMax bounds a rule, in bytes.
const yaraMax = 32 << 10

// yara reads a rule, whose keyword is b[i:e]. The value is the rule's text, from the
// keyword (or global, private before it) to the brace that closes it.
func (s *scanner) yara(i, e int) int {
	text := s.text
	p := skipSpace(text, s.view.upto(e))
	name := p
	for p < len(text) && p-name < 129 && (classes[text[p]]&cAlnum != 0 || text[p] == '_') {
		p++
	}
	if p == name || classes[text[name]]&cDigit != 0 {
		return 0
	}
	p = skipSpace(text, p)
	if p < len(text) && text[p] == ':' {
		for p < len(text) && p-name < 512 && text[p] != '{' {
			if c := text[p]; classes[c]&(cAlnum|cSpace) == 0 && c != '_' && c != ':' {
				return 0
			}
			p++
		}
	}
	if p >= len(text) || text[p] != '{' {
		return 0
	}
	// What is looked at in vain stays within a share of what was read, so that time
	// stays linear whatever the text.
	if s.spent > yaraMax+(s.dropped+p)/2 {
		return 0
	}
	end := closingBrace(text[:min(len(text), p+yaraMax)], p)
	if end == 0 || !hasCondition(text[p:end]) {
		s.spent += min(len(text)-p, yaraMax)
		return 0
	}
	start := s.view.from(i)
	for _, before := range [...]string{"global ", "private ", "global "} {
		if strings.HasSuffix(text[:start], before) && start-len(before) >= s.last {
			start -= len(before)
		}
	}
	s.emitAt(YARA, strings.Clone(text[start:end]), start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), e)
}

func skipSpace(text string, p int) int {
	for n := 0; p < len(text) && n < 64 && classes[text[p]]&cSpace != 0; n++ {
		p++
	}
	return p
}

// closingBrace is the offset behind the brace that closes the one at text[p]; braces
// in strings and comments do not count. 0 when there is none.
func closingBrace(text string, p int) int {
	depth := 0
	for ; p < len(text); p++ {
		switch text[p] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return p + 1
			}
		case '"':
			for p++; p < len(text) && text[p] != '"' && text[p] != '\n'; p++ {
				if text[p] == '\\' {
					p++
				}
			}
		case '/':
			if p+1 < len(text) && text[p+1] == '/' {
				for p < len(text) && text[p] != '\n' {
					p++
				}
			} else if p+1 < len(text) && text[p+1] == '*' {
				if n := strings.Index(text[p+2:], "*/"); n >= 0 {
					p += n + 3
				}
			}
		}
	}
	return 0
}

// hasCondition reports whether a rule has the section that none can do without.
func hasCondition(rule string) bool {
	_, rest, ok := strings.Cut(rule, "condition")
	p := skipSpace(rest, 0)
	return ok && p < len(rest) && rest[p] == ':'
}
