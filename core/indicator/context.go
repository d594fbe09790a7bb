package indicator

// word is the word of letters, digits, '-', '_' and dots that ends before text[p],
// and where it starts; blanks and light punctuation between are skipped, the end of
// the line is not. start is p when there is none.
func wordBefore(text string, p int) (word string, start int) {
	end := p
	for end > 0 && p-end < 16 {
		switch c := text[end-1]; c {
		case ' ', '\t', ':', '"', '\'', '`', '(', '[', '=', '*', '|', '>', '<', ',', '_', '/', '#', ')', ']', '-':
			end--
			continue
		case '.': // ver. 4.2
			if end < len(text) && text[end] == ' ' {
				end--
				continue
			}
		}
		break
	}
	start = end
	for start > 0 && end-start < 32 && classes[text[start-1]]&(cAlnum|cJoin|cHigh) != 0 {
		start--
	}
	if start == end {
		return "", p
	}
	return text[start:end], start
}

// follows reports whether one of the words stands among the n words before text[p],
// on the same line.
func (s *scanner) follows(p, n int, words ...string) bool {
	for ; n > 0; n-- {
		word, start := wordBefore(s.text, p)
		if word == "" {
			return false
		}
		if foldAny(word, words...) {
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
