package indicator

import "strings"

// Lines broken inside a value, as text taken from a PDF or a mail has them, are joined
// only where the two parts prove that they belong together.

// brokenHash reads hex that ends its line at b[e] and goes on at the start of the next:
// neither part has the length of a hash, or the word before says which; both together have.
func (s *scanner) brokenHash(i, e int) int {
	text := s.text
	end := s.view.upto(e)
	next := lineAfter(text, end)
	if next == 0 {
		return 0
	}
	m := 0
	for next+m < len(text) && m < 128 && unhex(text[next+m]) >= 0 {
		m++
	}
	t := hashLength(e - i + m)
	if t == Unknown || m < 4 || next+m < len(text) && classes[text[next+m]]&(cName|cDot) != 0 && !sentenceEnds(text, next+m) {
		return 0
	}
	if hashLength(m) != Unknown || hashLength(e-i) != Unknown {
		word, _ := wordBefore(text, s.view.from(i))
		if name := &typeNames[t]; !(len(word) == len(name.code) && hasPrefixFold(word, name.code) || len(word) == len(name.label) && hasPrefixFold(word, name.label)) {
			return 0
		}
	}
	joined := s.view.b[i:e] + text[next:next+m]
	if !hasDigit(joined) || distinctHex(joined) < 8 {
		return 0
	}
	s.emitAt(t, s.keepLower(joined), s.view.from(i), next+m, StepLineBreak, 0, NotHeld, 0)
	return e
}

func sentenceEnds(text string, p int) bool {
	return text[p] == '.' && (p+1 == len(text) || classes[text[p+1]]&cSpace != 0)
}

// lineAfter is where the next line's first word begins when text[end] ends a line,
// else 0.
func lineAfter(text string, end int) int {
	p := end
	for p < len(text) && p-end < 3 && (text[p] == ' ' || text[p] == '\r') {
		p++
	}
	if p >= len(text) || text[p] != '\n' {
		return 0
	}
	p++
	for n := 0; n < 16 && p < len(text) && (text[p] == ' ' || text[p] == '\t'); n++ {
		p++
	}
	return p
}

// hashLength is the hash that has n hex digits.
func hashLength(n int) Type {
	switch n {
	case 32:
		return MD5
	case 40:
		return SHA1
	case 64:
		return SHA256
	case 96:
		return SHA384
	case 128:
		return SHA512
	}
	return Unknown
}

func distinctHex(text string) (n int) {
	var seen uint32
	for i := 0; i < len(text); i++ {
		seen |= 1 << unhex(text[i])
	}
	for ; seen != 0; seen &= seen - 1 {
		n++
	}
	return n
}

// brokenURL gives the rest of a URL that ends its line at text[end] and that the sign >
// closes on the next, as <URL> of RFC 3986, appendix C, may be broken; "" when nothing
// proves it.
func (s *scanner) brokenURL(start, end int) (rest string, stop int) {
	text := s.text
	if start == 0 || text[start-1] != '<' {
		return "", 0
	}
	next := lineAfter(text, end)
	if next == 0 {
		return "", 0
	}
	close := strings.IndexByte(text[next:min(len(text), next+512)], '>')
	if close <= 0 {
		return "", 0
	}
	rest = text[next : next+close]
	for i := 0; i < len(rest); i++ {
		if k := classes[rest[i]]; k&(cSpace|cHigh) != 0 || rest[i] == '<' || rest[i] == '"' {
			return "", 0
		}
	}
	return rest, next + close
}
