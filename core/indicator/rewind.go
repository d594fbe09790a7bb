package indicator

import "strings"

// rewind is where a token's part begins: earlier than start when the token begins
// with a disguise whose left side stands before a blank.
func (s *scanner) rewind(start, end int) int {
	text := s.text
	if start < 2 || text[start-1] != ' ' {
		return start
	}
	if start >= 4 && text[start-2]|0x20 == 't' && text[start-3]|0x20 == 'a' && text[start-4] == ' ' && dotWordChain(text, end) {
		return s.tokenBefore(start - 3) // user at example dot com
	}
	if c := text[start]; classes[c]&cWordChar != 0 && (c|0x20 != 'd' || end-start != 3) && text[start-2] != '@' && text[start-2] != ' ' {
		return start
	}
	switch c := text[start]; {
	case classes[c]&cOpen != 0:
		f := bracketForm(text, start)
		if f.step == StepSeparator || f.plain == ":" {
			return s.rewindScheme(start)
		}
		if f.step&(StepDot|StepAt) == 0 || f.open || !labelFollows(text, f.end) {
			return start
		}
	case c == '@':
		if end > start+1 && classes[text[start+1]]&cOpen == 0 && classes[text[start+1]]&cAlnum == 0 {
			return start
		}
	case c|0x20 == 'd' && end-start == 3:
		return s.rewindWords(start)
	case c == ':' || c == '/' || c == 0xEF || c == '&':
		return s.rewindScheme(start)
	case text[skipBlanksBack(text, start)-1+b2i(start <= blanksMax)] == '@':
		user := s.userBefore(start)
		if !strings.ContainsAny(text[start:end], "[({") && !fillsLine(text, user, end) {
			return start
		}
		return user
	default:
		return start
	}
	i := s.tokenBefore(start)
	if i < start && classes[text[start]]&cOpen != 0 {
		if at := skipBlanksBack(text, i); at < i && at > 3 && foldAny(text[at-2:at], "at") && text[at-3] == ' ' && bracketForm(text, start).step&StepWord != 0 {
			return s.tokenBefore(at - 2)
		}
	}
	if i == start || classes[text[skipBlanksBack(text, start)-1]]&cName == 0 {
		return start
	}
	if u := s.userBefore(i); u < i && classes[text[start]]&cOpen != 0 {
		return u
	}
	// user [at] example [.] com: the token before may itself begin so.
	if classes[text[i]]&cOpen != 0 && i > 2 && text[i-1] == ' ' {
		return s.rewind(i, start)
	}
	return i
}

// rewindScheme is where the scheme begins that a separator at text[start] belongs to.
func (s *scanner) rewindScheme(start int) int {
	word := s.tokenBefore(start)
	if word == start || separator(s.text, start).end == start {
		return start
	}
	if _, ok := endsWithScheme(s.text, word, skipBlanksBack(s.text, start)); !ok {
		return start
	}
	return word
}

// userBefore is where the user's name begins whose at sign stands before the blanks
// at text[start-1], start when there is none.
func (s *scanner) userBefore(start int) int {
	end := skipBlanksBack(s.text, start)
	if end == start || end == 0 || s.text[end-1] != '@' {
		return start
	}
	i := s.tokenBefore(start)
	if i == end-1 { // the sign stands alone
		if u := s.tokenBefore(i); u < i && classes[s.text[skipBlanksBack(s.text, i)-1]]&cName != 0 {
			return u
		}
		return start
	}
	return i
}

// fillsLine reports whether text[start:end] is a whole line.
func fillsLine(text string, start, end int) bool {
	return (start == 0 || text[start-1] == '\n') && (end == len(text) || text[end] == '\n')
}

// tokenBefore is where the token before the blanks at text[start-1] begins, start when
// there is none that is short and not yet part of a find.
func (s *scanner) tokenBefore(start int) int {
	text := s.text
	end := skipBlanksBack(text, start)
	i := end
	for i > s.last && end-i < 256 && classes[text[i-1]]&cSpace == 0 {
		i--
	}
	if i == end {
		return start
	}
	return i
}
