package indicator

import "math/bits"

// word is the word of letters, digits, '-', '_' and dots that ends before text[p],
// and where it starts; blanks and light punctuation between are skipped, the end of
// the line is not. start is p when there is none.
func wordBefore(text string, p int) (word string, start int) {
	end := p
	for end > 0 && p-end < 16 {
		c := text[end-1]
		if c < 0x80 && aroundWords[c>>6]>>(c&63)&1 == 1 {
			end--
			continue
		}
		if c == '.' && end < len(text) && text[end] == ' ' { // ver. 4.2
			end--
			continue
		}
		break
	}
	start = end
	for start >= 8 && end-start < 32 {
		x := load8(text, start-8)
		low := x & eachLow
		other := ^(alnum(x) | (between(low, '-', '-')|between(low, '_', '_'))&^x | x) & eachHigh
		if other != 0 {
			start -= bits.LeadingZeros64(other) >> 3
			break
		}
		start -= 8
	}
	for start < 8 && start > 0 && end-start < 32 && classes[text[start-1]]&(cAlnum|cJoin|cHigh) != 0 {
		start--
	}
	if start == end {
		return "", p
	}
	return text[start:end], start
}

// aroundWords has a bit for each sign that may stand between a word and what it is about.
var aroundWords = [2]uint64{
	1<<' ' | 1<<'\t' | 1<<':' | 1<<'"' | 1<<'\'' | 1<<'(' | 1<<')' | 1<<'=' | 1<<'*' | 1<<'>' | 1<<'<' | 1<<',' | 1<<'/' | 1<<'#' | 1<<'-',
	1<<('['-64) | 1<<(']'-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<('_'-64),
}

// follows reports whether a word of the lists, which are by length, stands among the n
// words before text[p], on the same line.
func (s *scanner) follows(p, n int, lists []string) bool {
	for ; n > 0; n-- {
		word, start := wordBefore(s.text, p)
		if word == "" {
			return false
		}
		if foldPacked(lists, word) {
			return true
		}
		p = start
	}
	return false
}

// followsWord is follows for one word.
func (s *scanner) followsWord(p, n int, want string) bool {
	for ; n > 0; n-- {
		word, start := wordBefore(s.text, p)
		if word == "" {
			return false
		}
		if len(word) == len(want) && hasPrefixFold(word, want) {
			return true
		}
		p = start
	}
	return false
}

// nearWord reports whether one of the words stands within n bytes before text[p], on
// the same line.
func (s *scanner) nearWord(p, n int, words ...string) bool {
	text := s.text
	from := p
	for from > 0 && p-from < n && text[from-1] != '\n' {
		from--
	}
	for i := from; i < p; {
		if classes[text[i]]&cAlnum == 0 {
			i++
			continue
		}
		j := i
		for j < p && classes[text[j]]&cAlnum != 0 {
			j++
		}
		if foldAny(text[i:j], words...) {
			return true
		}
		i = j
	}
	return false
}
