package indicator

// labelFollows reports whether a label, or a further disguise, starts at text[p]
// or behind blanks.
func labelFollows(text string, p int) bool {
	if p >= len(text) {
		return false
	}
	if k := classes[text[p]]; k&(cAlnum|cHigh) != 0 || text[p] == '[' || text[p] == '(' || text[p] == '_' {
		return true
	}
	return blankThenLabel(text, p)
}

// blankThenLabel reports whether blanks and then a label in lower case or a number
// follow: [.] com, but not the next sentence.
func blankThenLabel(text string, p int) bool {
	if p >= len(text) || text[p] != ' ' {
		return false
	}
	q := skipBlanks(text, p)
	if q >= len(text) {
		return false
	}
	k := classes[text[q]]
	return k&cAlnum != 0 && k&cUpper == 0
}

// disguiseFollows reports whether a bracketed or bare sign follows behind blanks that
// carries the part on.
func disguiseFollows(text string, end int) bool {
	if end >= len(text) || text[end] != ' ' {
		return false
	}
	q := skipBlanks(text, end)
	if q >= len(text) {
		return false
	}
	switch c := text[q]; {
	case classes[c]&cOpen != 0:
		f := bracketForm(text, q)
		return f.step&(StepDot|StepAt) != 0 && !f.open && labelFollows(text, f.end)
	case c == '@':
		return true
	case c|0x20 == 'd':
		return wordForm(text, end).end > end
	}
	return false
}

// staysApart reports whether no disguise behind text[end] carries on what ends there with
// a letter or digit.
func staysApart(text string, end int) bool {
	if text[end] != ' ' {
		return true
	}
	q := min(skipBlanks(text, end), len(text)-1)
	switch c := text[q]; {
	case classes[c]&cOpen != 0:
		return bracketForm(text, q).step&(StepDot|StepAt) == 0
	case c|0x20 == 'd', c|0x20 == 'a':
		return wordForm(text, end).end == 0
	default:
		return c != '@'
	}
}
