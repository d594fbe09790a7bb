package indicator

import "github.com/sightline-sec/sightline/core/indicator/tld"

// wordForm reads the bare word dot between blanks at text[end], or the bare word at
// before a host that is itself written with bare dots.
func wordForm(text string, end int) form {
	p := skipBlanks(text, end)
	if p == end || p+4 >= len(text) {
		return form{}
	}
	if foldAny(text[p:p+3], "dot") && text[p+3] == ' ' {
		label := skipBlanks(text, p+3)
		if weakBeforeDot(text, end) || !dotChain(text, end) {
			return form{}
		}
		return form{".", label, StepDot | StepWord, false}
	}
	if foldAny(text[p:p+2], "at") && text[p+2] == ' ' {
		host := skipBlanks(text, p+2)
		to := host
		for to < len(text) && to-host < 64 && classes[text[to]]&cName != 0 {
			to++
		}
		if to > host && dotWordChain(text, to) {
			return form{"@", host, StepAt | StepWord, false}
		}
	}
	return form{}
}

// dotWordChain reports whether a host goes on at text[p] with the word dot, bare, or
// in brackets between blanks.
func dotWordChain(text string, p int) bool {
	if dotChain(text, p) {
		return true
	}
	q := skipBlanks(text, p)
	if q == p || q >= len(text) || classes[text[q]]&cOpen == 0 {
		return false
	}
	f := bracketForm(text, q)
	return f.step&(StepDot|StepWord) == StepDot|StepWord && blankThenLabel(text, f.end)
}

// dotChain reports whether (" dot " label)+ at text[p] ends in a top-level domain or
// in an octet.
func dotChain(text string, p int) bool {
	last := 0 // where the last label starts
	dots := 0
	for n := 0; n < 10; n++ {
		q := skipBlanks(text, p)
		if q > p && q+4 < len(text) && foldAny(text[q:q+3], "dot") && text[q+3] == ' ' {
			q = skipBlanks(text, q+3)
			dots++
		} else if last > 0 && p+1 < len(text) && text[p] == '.' && classes[text[p+1]]&cAlnum != 0 {
			q = p + 1
		} else {
			break
		}
		last = q
		for q < len(text) && q-last < 63 && (classes[text[q]]&cAlnum != 0 || text[q] == '-') {
			q++
		}
		if q == last {
			return false
		}
		p = q
	}
	if dots == 0 {
		return false
	}
	label := text[last:p]
	if classes[label[0]]&cDigit != 0 {
		_, end := number(label, 0, 3)
		return end == len(label)
	}
	if len(label) > 24 {
		return false
	}
	var buf [24]byte
	low := unsafeString(lowerInto(buf[:0], label))
	return tld.Known(low) && (upperCase(label) || low == label) && !foldPacked(plainWords[:], low)
}

// weakBeforeDot reports whether the word before " dot " makes a figure of speech of it:
// the dot com bubble.
func weakBeforeDot(text string, end int) bool {
	word, _ := wordBefore(text, end)
	return foldPacked(figureWords[:], word)
}

// dashDot reports whether the label behind -dot- is a top-level domain that ends its
// name, or another -dot- stands behind it of which this holds: ten of them at most, since
// each is asked.
func dashDot(text string, p int) bool {
	for range 10 {
		q := wordEndIn(text, p)
		if q+5 < len(text) && text[q] == '-' && text[q+1]|0x20 == 'd' && text[q+2]|0x20 == 'o' && text[q+3]|0x20 == 't' && text[q+4] == '-' {
			p = q + 5
			continue
		}
		if q == p || q-p > 24 || q < len(text) && classes[text[q]]&(cName|cDot|cAnchor) != 0 {
			return false
		}
		var buf [24]byte
		low := unsafeString(lowerInto(buf[:0], text[p:q]))
		return tld.Known(low) && !foldPacked(plainWords[:], low)
	}
	return false
}

// rewindWords is where the host or address that the bare word dot at text[start]
// continues begins, start when the words do not make one.
func (s *scanner) rewindWords(start int) int {
	text := s.text
	end := skipBlanksBack(text, start)
	if end == start || weakBeforeDot(text, end) || !dotChain(text, end) {
		return start
	}
	i := s.tokenBefore(start)
	if i == start || classes[text[end-1]]&cName == 0 {
		return start
	}
	at := skipBlanksBack(text, i)
	if at < i && at >= 2 && foldAny(text[at-2:at], "at") && at >= 3 && text[at-3] == ' ' {
		if user := s.tokenBefore(at - 2); user < at-2 {
			return user
		}
	}
	// user [at] example dot com
	if at < i && at > 2 && isCloser(text[at-1]) {
		if form := s.tokenBefore(i); form < i && classes[text[form]]&cOpen != 0 {
			return s.rewind(form, at)
		}
	}
	return i
}

// Lists by length, in order, side by side: top-level domains that are words when they
// stand behind the word dot, and words that make a figure of speech of it.
var (
	plainWords = [...]string{
		2: "amasatbebydoinisitmemynosoto",
		3: "dot",
		6: "matrix",
		7: "product",
		8: "products",
	}
	figureWords = [...]string{
		1: "a",
		2: "ofor",
		3: "andoneredthe",
		4: "blueeachthatthis",
		5: "everygreenpolka",
	}
)
