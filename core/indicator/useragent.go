package indicator

import "strings"

// userAgent reads a browser's signature from Mozilla/ at b[i]: products and comments
// in round brackets up to the end of the line, a quote, or the next signature.
func (s *scanner) userAgent(i int) int {
	start := s.view.from(i)
	text := s.text
	p := start + len("Mozilla/")
	if p+3 > len(text) || classes[text[p]]&cDigit == 0 || text[p+1] != '.' {
		return 0
	}
	p += 3
	end := p
	comment := false
	for p < len(text) && p-start < 512 {
		switch text[p] {
		case ' ':
			p++
			if p == len(text) || text[p] == ' ' {
				break
			}
			if text[p] == '(' {
				close := strings.IndexByte(text[p:min(len(text), p+300)], ')')
				if nl := strings.IndexByte(text[p:min(len(text), p+300)], '\n'); close < 0 || nl >= 0 && nl < close {
					break
				}
				p += close + 1
				end = p
				comment = true
				continue
			}
			// A product: a name, a slash, a version; or a bare word of those known.
			q := p
			for q < len(text) && (classes[text[q]]&(cName|cDot|cSlash) != 0 || text[q] == ':' || text[q] == '+') {
				q++
			}
			word := strings.TrimRight(text[p:q], ".:")
			if slash := strings.IndexByte(word, '/'); slash > 0 && !foldAny(word[:slash], "mozilla") && slash+1 < len(word) && hasDigit(word[slash+1:]) ||
				foldAny(word, "gecko", "mobile", "like", "safari") {
				end = p + len(word)
				p = end
				continue
			}
		}
		break
	}
	if !comment {
		return 0
	}
	s.emitAt(UserAgent, s.keep(text[start:end]), start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), i+1)
}

func hasDigit(word string) bool {
	for i := 0; i < len(word); i++ {
		if classes[word[i]]&cDigit != 0 {
			return true
		}
	}
	return false
}
