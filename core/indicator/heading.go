package indicator

import "strings"

// changelogHead reports whether the numbers stand as in the head of a Debian changelog:
// package (1.2.3.4-1) suite; at the start of a line.
func (s *scanner) changelogHead(p, end int) bool {
	text := s.text
	for q := p; q > 1 && p-q < 4; q-- { // an epoch, 2:
		if text[q-1] == ':' && q < p || classes[text[q-1]]&cDigit != 0 || q == p && text[q-1] == ':' {
			continue
		}
		p = q
		break
	}
	if p < 3 || text[p-1] != '(' || text[p-2] != ' ' {
		return false
	}
	start := p - 2
	for start > 0 && p-start < 64 && classes[text[start-1]]&(cWordChar|cJoin|cDot) != 0 || start > 0 && text[start-1] == '+' {
		start--
	}
	if start > 0 && text[start-1] != '\n' {
		return false
	}
	rest, _, _ := strings.Cut(text[end:min(len(text), end+48)], "\n")
	close := strings.IndexByte(rest, ')')
	return close >= 0 && strings.IndexByte(rest[close:], ';') > 0 || close > 1 && rest[0] == '-'
}

// headingNumber reports whether the numbers are those of a heading, in Markdown or with
// its words behind them, or of a paragraph that a section sign cites.
func (s *scanner) headingNumber(ip [4]byte, p, end int) bool {
	text := s.text
	if q := skipBlanksBack(text, p); q >= 2 && text[q-2:q] == "\u00a7" {
		return true
	}
	if max(ip[0], ip[1], ip[2], ip[3]) >= 64 || ip[0] == 0 || ip[0] == ip[1] && ip[1] == ip[2] && ip[2] == ip[3] {
		return false
	}
	for n := 0; n < 64 && p > 0 && (text[p-1] == ' ' || text[p-1] == '['); n++ {
		p--
	}
	if p > 0 && text[p-1] != '\n' {
		return text[p-1] == '#'
	}
	if end < len(text) && text[end] == '.' {
		end++
	}
	word := skipBlanks(text, end)
	return max(ip[0], ip[1], ip[2], ip[3]) < 20 && word > end && word+1 < len(text) && classes[text[word]]&cUpper != 0 && classes[text[word+1]]&cLetter != 0 && classes[text[word+1]]&cUpper == 0
}

// sameList reports whether a number held as a version stands before text[p] and only
// a comma or one of and, or, to, through between.
func (s *scanner) sameList(p int) bool {
	if s.versionEnd == 0 || p <= s.versionEnd || p-s.versionEnd > len(" through ") {
		return false
	}
	switch s.text[s.versionEnd:p] {
	case ", ", " and ", " or ", " to ", " through ", " thru ", " until ", " & ", ",", "/", " / ", " - ", "-", "\u2013", " \u2013 ":
		return true
	}
	return false
}

// wordAfter is the word that follows text[p] and one blank, "" when none does.
//
//go:noinline
func wordAfter(text string, p int) string {
	if p+1 >= len(text) || text[p] != ' ' {
		return ""
	}
	end := p + 1
	for end < len(text) && end-p < 24 && classes[text[end]]&cWordChar != 0 {
		end++
	}
	return text[p+1 : end]
}
