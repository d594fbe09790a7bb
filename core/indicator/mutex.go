package indicator

import "strings"

// mutex reads Global\name and Local\name, whose name space is b[i:j].
func (s *scanner) mutex(i, j int) int {
	text := s.text
	start := s.view.from(i)
	p := s.view.upto(j)
	for p < len(text) && text[p] == '\\' && p < s.view.upto(j)+2 {
		p++
	}
	end := p
	for end < len(text) && end-p < 128 && (classes[text[end]]&(cName|cDot) != 0 || text[end] == '{' || text[end] == '}' || text[end] == '!' || text[end] == '$') {
		end++
	}
	for end > p && text[end-1] == '.' {
		end--
	}
	if end-p < 3 || classes[text[p]]&(cWordChar|cOpen|cJoin) == 0 || text[p] == '-' || start < s.last || end < len(text) && text[end] == '\\' {
		return 0
	}
	s.emitAt(Mutex, text[start:s.view.upto(j)]+`\`+text[p:end], start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), j)
}

// mutexWord reads the value behind the word mutex and a colon or quote; the word
// ends before text[p].
func (s *scanner) mutexWord(i, e int) int {
	text := s.text
	p := s.view.upto(e)
	for n := 0; n < 3 && p < len(text) && (foldAny(text[p:min(len(text), p+5)], " name") || text[p] == ':' || text[p] == ' ' || text[p] == '='); n++ {
		if text[p] == ' ' && p+5 <= len(text) && foldAny(text[p:p+5], " name") {
			p += 5
			continue
		}
		p++
	}
	if p >= len(text) || p == s.view.upto(e) {
		return 0
	}
	quote := byte(0)
	if text[p] == '"' || text[p] == '\'' || text[p] == '`' {
		quote = text[p]
		p++
	} else if prev := text[p-1]; prev != ' ' || text[p-2] != ':' && text[p-2] != '=' {
		return 0
	}
	end := p
	for end < len(text) && end-p < 128 && text[end] != '\n' && text[end] != quote && (quote != 0 || classes[text[end]]&cSpace == 0) {
		end++
	}
	if quote == 0 && strings.ContainsAny(text[p:end], "(;") { // source code
		return 0
	}
	if quote != 0 && (end == len(text) || text[end] != quote) || end-p < 4 || p < s.last {
		return 0
	}
	s.emitAt(Mutex, s.keep(text[p:end]), p, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), e)
}
