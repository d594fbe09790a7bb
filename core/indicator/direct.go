package indicator

import (
	"math/bits"
	"strings"
)

// What most tokens are that hold anything is told from the window's registers and read
// here without a view, a walk or a grammar: dotted names and addresses, their dots
// disguised as [.] or not, digests, and names. Whatever is odd about one of them is left
// to the general way, which answers the same.

// direct reads the token of n bytes at text[start:], which stands apart, and reports
// whether it did not leave it to the general way. Each register has a bit for each
// byte of the token.
func (s *scanner) direct(start, n int, signs, digits, dots, joins, opens uint64) bool {
	text := s.text
	end := start + n
	i, e := bits.TrailingZeros64(^signs), bits.Len64(^signs&(1<<(n&63)-1)) // but for the signs around it
	if i > 0 && (opening.has(text[start]) == 0 || i > 2 || e == 0 || !all(&opening, text[start:start+i])) || e < n && !all(&closing, text[start+e:end]) {
		return false
	}
	whole := uint64(1)<<((e-i)&63) - 1
	own := func(register uint64) uint64 { return register >> (i & 63) & whole }
	signs, digits, dots, joins, opens = own(signs), own(digits), own(dots), own(joins), own(opens)
	if opens == 0 {
		s.view.clear(text, start, end)
	}
	n = e - i
	first := start + i
	if i > 0 && text[first-1] == '+' && dots&0xff == 0 { // a phone number, perhaps
		return false
	}
	if signs == 0 {
		switch {
		case digits == 0:
			if n < 2 || n >= 32 {
				return false
			}
			if first > start { // a word in quotes or brackets
				s.view.clear(text, start, end)
				return i == 1 && !s.namesIn(first, 1) && (classes[text[start]]&cOpen == 0 || !mayOpen(s.view.b, 0))
			}
			if triggerHeads>>(text[start]&31)&1 != 0 && isTrigger(text[start:start+n]) {
				return n == 3 && foldAny(text[start:start+3], "dot") // nothing beside it has need of it
			}
			s.named(0)
		case n == 32 || n == 40:
			return s.hash(i, e) > 0
		default:
			if n >= 14 || text[first+n] == ':' || mayBeID(text, first, n) {
				return false
			}
			s.named(i)
		}
		return true
	}
	if signs == 1<<2|1<<5 && digits == 0xdb && text[first+2] == ':' && text[first+5] == ':' && n == 8 { // 13:55:36
		return true
	}
	if signs == joins && digits|joins == whole && (n < 9 || n == 10 && signs == 1<<4|1<<7) && !s.namesIn(first, 1) { // 2026-11-22
		return true
	}
	// A name or an address, perhaps behind a user's name or before a port.
	forms := opens & (signs >> 1) & (signs >> 2)
	if dots == 0 || opens != forms || opens != 0 && !staysApart(text, end) {
		return false
	}
	others := signs &^ dots &^ joins &^ (forms | forms<<1 | forms<<2)
	port := 0
	if others != 0 {
		at, to := bits.TrailingZeros64(others), 0
		switch text[first+at] {
		case '@':
			if others&(others-1) != 0 {
				return false
			}
		case ':':
			if port, to = number(text, first+at+1, 5); to != start+e || port == 0 || port > 65535 {
				return false
			}
			n, others = at, 0
		default:
			return false
		}
	}
	k, labels, steps := bare(s.flat[:], text, first, n, forms, dots, joins)
	if labels == 0 {
		return false
	}
	value := unsafeString(s.flat[:k])
	if others != 0 || steps&StepAt != 0 {
		return port == 0 && s.directEmail(first, n, value, labels, steps)
	}
	count, last := bits.OnesCount64(labels), bits.Len64(labels)
	if signs|digits == whole && joins == 0 {
		if count < 3 && steps == 0 && port == 0 {
			return !s.namesIn(first, 1)
		}
		return s.directIPv4(i, first, n, value, steps, port)
	}
	if value[0] <= '9' && count >= 3 || k == 14 && count == 2 || value[0] == 't' && classes[value[1]]&cDigit != 0 {
		return false
	}
	is := s.ending(value, last, k)
	if is&endsDomain == 0 {
		switch {
		case steps != 0 || port != 0:
			return false
		case is&endsFile != 0:
			return s.directFile(i, first, n, last-1)
		}
		return (joins == 0 || digits == 0) && !s.namesIn(first, 1) // nothing, nor has it an id between dots
	}
	if joins != 0 && strings.IndexByte(value, '_') >= 0 {
		return false
	}
	held := NotHeld
	if steps == 0 {
		if is&endsFile != 0 && port == 0 && foldPacked(fileTLDs[:], text[first+last:first+n]) && classes[text[first+last]]&cUpper == 0 && s.directFile(i, first, n, last-1) {
			return true
		}
		j := i + n
		for j < end-start && text[start+j] == '.' {
			j++
		}
		held = s.doubt(i, i+n, j, domain{is: isName | isKnown, labels: count + 1, last: i + last})
		if (held == HeldFileName || held == HeldCode) && is&endsFile != 0 && s.directFile(i, first, n, last-1) {
			return true
		}
	}
	flags := Flags(0)
	if documentation(value) {
		flags = FlagDocumentation
	}
	s.emitAt(Domain, s.keep(value), first, start+e, steps, flags, held, uint16(port))
	return true
}

// directFile is direct for the name of a file, text[first:first+n], which the view has at
// i and of which stem bytes stand before the extension.
func (s *scanner) directFile(i, first, n, stem int) bool {
	if stem == 32 || stem == 40 || stem == 64 || first > 0 && unnamed.has(s.text[first-1]) != 0 {
		return s.fileName(i, i+n) > 0
	}
	s.emitAt(FileName, s.keep(s.text[first:first+n]), first, first+n, 0, 0, NotHeld, 0)
	return true
}

// unnamed are the signs behind which a name is none of a file, or only a part of one.
var unnamed = byteSet{1<<'.' | 1<<'$' | 1<<'#' | 1<<'+' | 1<<'&' | 1<<')' | 1<<'-' | digitBytes, 1<<('@'-64) | 1<<('\\'-64) | 1<<('_'-64) | letterBytes, max64, max64}

// directEmail is direct for text[first:first+n] with an at sign in it, value without
// disguises, whose dots have a bit each.
func (s *scanner) directEmail(first, n int, value string, labels uint64, steps Steps) bool {
	at := strings.IndexByte(value, '@')
	if at < 1 || labels>>(at&63) == 0 || strings.IndexByte(value, '_') >= 0 {
		return false
	}
	host := value[at+1:]
	if classes[value[at-1]]&classes[host[0]]&cWordChar == 0 || strings.IndexByte(host, '@') >= 0 || s.ending(value, bits.Len64(labels), len(value))&endsDomain == 0 {
		return false
	}
	t, flags := Email, Flags(0)
	if documentation(host) {
		flags = FlagDocumentation
	}
	if strings.Contains(host, "jabber") || strings.Contains(host, "xmpp") {
		t = XMPP
	}
	s.emitAt(t, s.keep(value), first, first+n, steps, flags, NotHeld, 0)
	return true
}

// directIPv4 is direct for digits and dots at text[first:first+n], which the view has at
// i when nothing is disguised; value is without disguises.
func (s *scanner) directIPv4(i, first, n int, value string, steps Steps, port int) bool {
	ip, to := octets(value, 0)
	if to != len(value) {
		return false
	}
	flags, held := addressFlags(ip)
	end := first + n
	if steps != 0 { // nobody disguises an address that is not meant
		held = NotHeld
	} else if port == 0 {
		if r := s.versionLike(ip, i, i+n); r != NotHeld {
			held = r
			s.versionEnd = end
		}
	}
	if port != 0 {
		_, end = number(s.text, end+1, 5)
	}
	s.emitAt(IPv4, s.keep(value), first, end, steps, flags, held, uint16(port))
	return true
}

// opening are signs that a word may stand behind, closing those that it may stand before,
// and which belong to neither.
var (
	opening = byteSet{1<<'"' | 1<<'\'' | 1<<'(' | 1<<'*' | 1<<'+' | 1<<'<', 1<<('['-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<('{'-64)}
	closing = byteSet{1<<'!' | 1<<'"' | 1<<'\'' | 1<<')' | 1<<'*' | 1<<'+' | 1<<',' | 1<<'.' | 1<<':' | 1<<';' | 1<<'>' | 1<<'?', 1<<(']'-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<('}'-64)}
)

// all reports whether all bytes of text are in the set.
func all(set *byteSet, text string) bool {
	for i := 0; i < len(text); i++ {
		if set.has(text[i]) == 0 {
			return false
		}
	}
	return true
}

// mayBeID reports whether the n letters and digits at text[start:] may be an id: AS64500,
// T1059, TA0001, S0154.
func mayBeID(text string, start, n int) bool {
	switch text[start] | 0x20 {
	case 'a':
		return text[start+1]|0x20 == 's'
	case 't', 's', 'g', 'm', 'c':
		return n == 5 || n == 6
	}
	return false
}
