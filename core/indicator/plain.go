package indicator

import "math/bits"

// opens reports whether the part ends with a bracket that a blank follows: evil[ . ]com
func opens(text string, end int) bool {
	return end < len(text) && text[end] == ' ' && classes[text[end-1]]&cOpen != 0
}

// plain reports whether a part, a view's, has nothing that could be a disguise: only its
// signs, and the words behind them that a scheme may begin, are looked at. In signs each
// sign of the part has a bit; it is 0 when they are not known.
func plain(part string, signs uint64) bool {
	if signs != 0 {
		return plainHere(part, 0, signs)
	}
	for i := 0; i < len(part); i += 64 {
		if signs = signsAt(part, i); !plainHere(part, i, signs) {
			return false
		}
	}
	return true
}

// plainHere is plain for the signs of part[i:].
func plainHere(part string, i int, signs uint64) bool {
	if i == 0 && classes[part[0]]&cScheme != 0 && disguisedAddress(part, 0) {
		return false
	}
	for ; signs != 0; signs &= signs - 1 {
		at := i + bits.TrailingZeros64(signs)
		if c := part[at]; suspects.has(c) != 0 && (c >= 0x80 || disguisedSign(part, at)) {
			return false
		}
		// A word begins behind the sign, if only one of no letters.
		if at+1 < len(part) && classes[part[at+1]]&cScheme != 0 && disguisedAddress(part, at+1) {
			return false
		}
	}
	return true
}

// suspects are the bytes that disguisedSign knows something of.
var suspects = byteSet{1<<'(' | 1<<')' | 1<<'<' | 1<<'>' | 1<<'&' | 1<<'%' | 1<<':' | 1<<'/' | 1<<'-', 1<<('['-64) | 1<<(']'-64) | 1<<('{'-64) | 1<<('}'-64) | 1<<('\\'-64), 1<<64 - 1, 1<<64 - 1}

// signsAt has a bit for each of 64 bytes at part[i:] that is neither letter nor digit;
// part is a view's.
func signsAt(part string, i int) (signs uint64) {
	for k := 0; k < 64 && i+k < len(part); k += 8 {
		signs |= gather(^alnum(load8(part, i+k))) << (k & 63)
	}
	if n := len(part) - i; n < 64 {
		signs &= 1<<(n&63) - 1
	}
	return signs
}

// disguisedAddress reports whether a scheme begins at part[i] that, or whose separator,
// only refang reads.
func disguisedAddress(part string, i int) bool {
	switch next := part[min(i+1, len(part)-1)] | 0x20; part[i] | 0x20 {
	case 'h':
		if classes[next]&cLetter != 0 && next != 't' && next != 'x' && next != 'z' {
			return false
		}
	case 'x':
		if next != 'x' {
			return false
		}
	case 'm':
		if next != 'e' {
			return false
		}
	case 'f':
		if next != 't' && next != 'x' {
			return false
		}
	}
	if i+4 >= len(part) || plainAddress(part, i) {
		return false
	}
	scheme, q := disguisedScheme(part, i)
	if scheme == "" {
		return false
	}
	sep := separator(part, q)
	if sep.end == q {
		return false
	}
	if sep.step != 0 {
		return true
	}
	_, known := schemeOf(part[i:q])
	return !known
}

// plainAddress reports whether part[i:] begins with http:// or https://, a host behind it.
func plainAddress(part string, i int) bool {
	x := lower8(load8(part, i))
	if x&(1<<32-1) != 'h'|'t'<<8|'t'<<16|'p'<<24 {
		return false
	}
	i += 4
	if x>>32&0xff == 's' {
		i++
	}
	return i+3 < len(part) && part[i] == ':' && part[i+1] == '/' && part[i+2] == '/' && part[i+3] != '/'
}

// disguisedSign reports whether the sign at part[i] may belong to a disguise.
func disguisedSign(part string, i int) bool {
	c := part[i]
	k := classes[c]
	if k&cHigh != 0 {
		return true
	}
	next := byte(0)
	if i+1 < len(part) {
		next = part[i+1]
	}
	switch {
	case k&cOpen != 0:
		if c == '<' && next == '/' { // a closing tag
			return false
		}
		// In front of a word, a bracket means something only if the word is one of few.
		if classes[next]&(cDigit|cHigh) != 0 {
			return false
		}
		if classes[next]&cLetter == 0 || next|0x20 == 'h' {
			return next != 0 && (classes[next]&cTrail == 0 || next == '.' || next == ',' || next == ':')
		}
		return bracketContent(part, i+1).end > i+1 || i > 0 && part[i-1]|0x20 == 'h' && (next|0x20 == 't' || next|0x20 == 'x')
	case k&cClose != 0:
		return i > 0 && (part[i-1] == '.' || part[i-1] == '@') && (classes[next]&cAlnum != 0 || isCloser(next)) || next == '.' && i+2 < len(part) && classes[part[i+2]]&cAlnum != 0
	}
	switch c {
	case '\\':
		return next == '.' || next == '/' || next == '\\' && i > 0 && part[i-1] == ':' || classes[next]&cOpen != 0
	case '&':
		return next == '#' || classes[next]&cLetter != 0 && entity(part, i).end > i
	case '%':
		third := byte(0)
		if i+2 < len(part) {
			third = part[i+2] | 0x20
		}
		return next == '3' && third == 'a' || next == '4' && third == '0'
	case ':':
		return i+2 < len(part) && (part[i+1] == '_' || part[i+1] == '/' && part[i+2] == '/' && (i+3 == len(part) || part[i+3] == '/'))
	case '/', '-':
		return wordBetween(part, i)
	}
	return false
}

// wordBetween reports whether the sign at part[i] may open example/DOT/com, -dot-, /AT/.
func wordBetween(part string, i int) bool {
	c := part[i]
	return i+5 < len(part) && (part[i+4] == c && part[i+1]|0x20 == 'd' || part[i+3] == c && part[i+1]|0x20 == 'a')
}
