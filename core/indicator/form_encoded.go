package indicator

import "strings"

// entity reads a character reference at text[p] to a letter, a digit or a sign that
// disguises are about.
func entity(text string, p int) form {
	rest := text[p:min(len(text), p+10)]
	end := strings.IndexByte(rest, ';')
	if end < 4 {
		return form{}
	}
	name, code := rest[1:end], 0
	if name[0] != '#' {
		k := strings.Index("period.commat@colon:sol/lsqb[rsqb]", name)
		if k < 0 || classes["period.commat@colon:sol/lsqb[rsqb]"[k+len(name)]]&cAlnum != 0 {
			return form{}
		}
		code = int("period.commat@colon:sol/lsqb[rsqb]"[k+len(name)])
	} else if name[1]|0x20 == 'x' {
		for k := 2; k < len(name); k++ {
			d := unhex(name[k])
			if d < 0 {
				return form{}
			}
			code = code<<4 | d
		}
	} else {
		n, to := number(name, 1, 7)
		if to != len(name) {
			return form{}
		}
		code = n
	}
	if code <= ' ' || code >= 0x7f || classes[code]&(cName|cDot|cSlash) == 0 && code != '@' && code != ':' && code != '[' && code != ']' {
		return form{}
	}
	return form{ascii[code-'!' : code-'!'+1], p + end + 1, StepEntity, false}
}

// percent reads %3A%2F%2F behind a scheme, and each escape of the URL that it opens.
// Escapes in a URL that is not itself encoded are part of it.
func (v *view) percent(text string, p int) form {
	if !v.escaped {
		if v.address || !hasPrefixFold(text[p:], "%3a") || !v.afterScheme() {
			return form{}
		}
		if strings.HasPrefix(text[p+3:], "//") {
			return form{"://", p + 5, StepPercent, false}
		}
		if !hasPrefixFold(text[p+3:], "%2f%2f") {
			return form{}
		}
		v.escaped = true
		return form{"://", p + 9, StepPercent, false}
	}
	if len(text)-p < 3 || unhex(text[p+1]) < 0 || unhex(text[p+2]) < 0 {
		return form{}
	}
	c := rune(unhex(text[p+1])<<4 | unhex(text[p+2]))
	if c < '!' || c > '~' {
		return form{}
	}
	return form{ascii[c-'!' : c-'!'+1], p + 3, StepPercent, false}
}

// encodedMax bounds, in bytes, what is decoded of one run.
const encodedMax = 4096

// encoded reads a run of hex or base64 in b[i:e] that holds a URL. The span is the run,
// the value the first URL in it.
func (s *scanner) encoded(i, e int, bits class) int {
	b := s.view.b
	if s.inner || e < s.view.encoded || e-i < 20 {
		return 0
	}
	word := b[i:min(e, i+encodedMax)]
	if bits&^cWordBits == 0 && unhexRun(word, 0) == len(word) {
		if !holdsFold(word, "68747470") && !holdsFold(word, "6674703a2f2f") {
			return 0
		}
		return s.decoded(i, e, StepHex, unhexed(word))
	}
	if !strings.Contains(word, "aHR0c") && !strings.Contains(word, "h0dHA") && !strings.Contains(word, "odHRw") &&
		!strings.Contains(word, "ZnRwOi8v") && !strings.Contains(word, "Z0cDovL") && !strings.Contains(word, "mdHA6Ly") {
		return 0
	}
	end := e
	for end < len(b) && end-i < encodedMax && (classes[b[end]]&cAlnum != 0 || b[end] == '+' || b[end] == '/' || b[end] == '-' || b[end] == '_') {
		end++
	}
	text := unbase64(b[i:end])
	for end < len(b) && b[end] == '=' {
		end++
	}
	return s.decoded(i, end, StepBase64, text)
}

// parted reports whether text has what may part a scheme from a host: two signs of those
// that do, or one in brackets or as a character reference.
func parted(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		switch c, next := text[i], text[i+1]; {
		case c == '&':
			if entity(text, i).end > i {
				return true
			}
		case c == '%' && next == '3', parts.has(next) != 0 && (parts.has(c) != 0 || classes[c]&cOpen != 0), next == ':' && classes[c]&cOpen != 0:
			return true
		}
	}
	return false
}

// decoded looks for a URL in the text that b[i:e] stands for.
func (s *scanner) decoded(i, e int, step Steps, text []byte) int {
	if !parted(unsafeString(text)) {
		s.view.encoded = e
		return 0
	}
	inner := scanner{text: unsafeString(text), inner: true, opts: Options{Types: SetOf(URL)}}
	inner.run(len(text))
	for _, x := range inner.out {
		if x.Flags&FlagSchemeless == 0 {
			s.emitAt(URL, x.Value, s.view.from(i), s.view.upto(e), step|x.Steps|s.view.steps(i, e), x.Flags, x.Held, 0)
			return e
		}
	}
	s.view.encoded = e
	return 0
}

func unhexed(word string) []byte {
	out := make([]byte, 0, len(word)/2)
	for i := 0; i+1 < len(word); i += 2 {
		out = append(out, byte(unhex(word[i])<<4|unhex(word[i+1])))
	}
	return out
}

// unbase64 decodes both alphabets of RFC 4648, without caring for padding.
func unbase64(word string) []byte {
	out := make([]byte, 0, len(word)*3/4)
	bits, n := uint32(0), 0
	for i := 0; i < len(word); i++ {
		c := word[i]
		var d uint32
		switch {
		case c >= 'A' && c <= 'Z':
			d = uint32(c - 'A')
		case c >= 'a' && c <= 'z':
			d = uint32(c-'a') + 26
		case c >= '0' && c <= '9':
			d = uint32(c-'0') + 52
		case c == '+' || c == '-':
			d = 62
		default:
			d = 63
		}
		bits = bits<<6 | d
		if n += 6; n >= 8 {
			n -= 8
			out = append(out, byte(bits>>n))
		}
	}
	return out
}

// holdsFold reports whether text holds the lower-case word, letter case aside.
func holdsFold(text, word string) bool {
	for i := 0; i+len(word) <= len(text); i++ {
		if text[i]|0x20 == word[0]|0x20 && hasPrefixFold(text[i:], word) {
			return true
		}
	}
	return false
}
