package indicator

import (
	"math/bits"
	"strings"
)

// directURL reads the URL in the token text[i+from:end], whose first bytes have their bits
// in w: one of http or hxxp, its separator and dots in brackets or not, before it at most
// a word and signs that mean nothing. It returns where the rest of the token begins, which
// is a token of its own, or 0 when it leaves the whole to the general way.
func (s *scanner) directURL(w *window, i, from, end int) int {
	text := s.text
	start, n := i+from, min(end-i, windowSize)-from
	whole := ^uint64(0) >> ((windowSize - n) & 63)
	own := func(register uint64) uint64 { return register >> (from & 63) & whole }
	signs, keys, dots, joins, opens := own(w.signs), own(w.keys), own(w.dots), own(w.joins), own(w.opens)

	// The separator: ://, [:]// or [://].
	separators := keys&(keys>>1)&(keys>>2) | opens&(keys>>1)&(keys>>3)&(keys>>2|keys>>4)
	if separators == 0 || !fits(text, end) {
		return 0
	}
	at := bits.TrailingZeros64(separators)
	host, steps := at+3, Steps(0)
	switch x := load8(text, start+at); {
	case x&(1<<24-1) == ':'|'/'<<8|'/'<<16:
	case x&(1<<40-1) == '['|':'<<8|']'<<16|'/'<<24|'/'<<32, x&(1<<40-1) == '['|':'<<8|'/'<<16|'/'<<24|']'<<32:
		host, steps = at+5, StepSeparator
	default:
		return 0
	}

	// The scheme, and what stands before it.
	first := bits.Len64(signs & (1<<(at&63) - 1))
	scheme, k := uint64('h'|'t'<<8|'t'<<16|'p'<<24|':'<<32|'/'<<40|'/'<<48), 7
	x := lower8(load8(text, start+first))
	switch x & (1<<32 - 1) {
	case 'h' | 't'<<8 | 't'<<16 | 'p'<<24:
	case 'h' | 'x'<<8 | 'x'<<16 | 'p'<<24:
		steps |= StepScheme
	default:
		return 0
	}
	if at-first == 5 && x>>32&0xff == 's' {
		scheme, k = 'h'|'t'<<8|'t'<<16|'p'<<24|'s'<<32|':'<<40|'/'<<48|'/'<<56, 8
	} else if at-first != 4 {
		return 0
	}
	prev := byte(0)
	if start+first > 0 {
		prev = text[start+first-1]
	}
	if first > 0 && !s.idle(w, i, from, end, first) {
		return 0
	}

	// The host, to the first sign that is neither of a name nor of a dot in brackets.
	forms := opens & (dots >> 1) & (signs >> 2)
	stop := bits.TrailingZeros64((signs&^dots&^joins&^forms&^(forms<<2))>>(host&63)) + host
	if stop >= n {
		if n < end-start { // it goes on behind the window
			return 0
		}
		stop = n - int(dots>>((n-1)&63)) // the sentence's
	}
	value := s.flat[:]
	store8(value, 0, scheme)
	length, labels, step := bare(value[k:], text, start+host, stop-host, forms>>(host&63), dots>>(host&63), joins>>(host&63))
	name := unsafeString(value[k : k+length])
	if labels == 0 || joins != 0 && strings.IndexByte(name, '_') >= 0 {
		return 0
	}
	steps |= step
	k += length
	flags, held := Flags(0), NotHeld
	if ip, to := octets(name, 0); to == length {
		flags, _ = addressFlags(ip)
	} else {
		if s.ending(name, bits.Len64(labels), length)&endsDomain == 0 {
			held = HeldUnknownTLD
		}
		if documentation(name) {
			flags = FlagDocumentation
		}
	}

	// The port, the path, the query and the fragment.
	p := start + stop
	if text[p] == ':' && classes[text[p+1]]&cDigit != 0 {
		port, to := number(text, p+1, 5)
		if to == 0 || port > 65535 {
			return 0
		}
		p = to
	}
	url, rest := p, p
	if c := text[p]; p < end && (c == '/' || c == '?' || c == '#') {
		url = directTail(text, p, end, signs>>((p-start)&63), n-(p-start))
		rest = afterURL(text, url, end, prev)
		for url > p && (classes[text[url-1]]&cTrail != 0 || text[url-1] == '*' || text[url-1] == '+' && prev == '+') {
			url--
		}
	} else if rest = afterURL(text, p, end, prev); rest < end && c != '"' {
		return 0
	}
	if rest == 0 || url == end && prev == '<' || !staysApart(text, end) {
		return 0
	}
	raw := url - (start + stop)
	if url == p+1 && text[p] == '/' {
		raw--
	}
	s.room(k + raw)
	from = len(s.values)
	s.values = textInto(textInto(s.values, unsafeString(value[:k])), text[start+stop:start+stop+raw])
	s.emitAt(URL, s.since(from), start+first, url, steps, flags, held, 0)
	return rest
}

// idle reports whether nothing begins in the first n bytes of the token text[i+from:end],
// which stand before a scheme.
func (s *scanner) idle(w *window, i, from, end, n int) bool {
	start := i + from
	if classes[s.text[start+n-1]]&cOpen != 0 {
		n--
	}
	if n == 0 {
		return true
	}
	whole := uint64(1)<<(n&63) - 1
	own := func(register uint64) uint64 { return register >> (from & 63) & whole }
	s.view.clear(s.text, start, end)
	var t stretch
	t.b, t.n, t.signs, t.digits, t.dots, t.joins, t.hots = s.view.b, n, own(w.signs), own(w.digits), own(w.dots), own(w.joins), own(w.hots)
	begin, ok := s.sift(&t)
	return ok && begin == 0
}

// bare puts the n bytes of a name at text[p:] in lower case into to, its dots and
// at sign without their brackets. The registers have the bits of its brackets that open, of
// its dots and of its dashes. It returns its length and where its dots are, none when it leaves it to the
// general way.
func bare(to []byte, text string, p, n int, forms, dots, joins uint64) (k int, labels uint64, step Steps) {
	whole := uint64(1)<<(n&63) - 1
	forms &= whole
	dots &= whole
	joins &= whole
	for j := joins; j != 0; j &= j - 1 {
		if wordBetween(text, p+bits.TrailingZeros64(j)) {
			return 0, 0, 0
		}
	}
	stop := p + n
	if forms != 0 {
		from := p
		for f := forms; f != 0; f &= f - 1 {
			q := from + bits.TrailingZeros64(f)
			c := text[q+1]
			if text[q] == '<' || c != '.' && c != '@' || !isCloser(text[q+2]) || classes[text[q+3]]&cWordChar == 0 {
				return 0, 0, 0
			}
			if c == '@' {
				step |= StepAt
			} else {
				step |= StepDot
			}
			for i := 0; i < q-p; i += 8 {
				store8(to, k+i, lower8(load8(text, p+i)))
			}
			k += q - p
			to[k] = c
			k++
			p = q + 3
		}
	}
	for i := 0; i < stop-p; i += 8 {
		store8(to, k+i, lower8(load8(text, p+i)))
	}
	k += stop - p
	if forms != 0 {
		dots, joins = 0, 0
		for i := 0; i < k; i += 8 {
			x := load8(unsafeString(to), i)
			low := x & eachLow
			dots |= gather(between(low, '.', '.')) << (i & 63)
			joins |= gather(between(low, '-', '-')) << (i & 63)
		}
		whole = 1<<(k&63) - 1
		dots &= whole
		joins &= whole
	}
	if edges := dots<<1 | dots>>1 | 1 | 1<<((k-1)&63); (dots|joins)&edges|joins&(joins>>1) != 0 {
		return 0, 0, 0
	}
	return k, dots, step
}

// directTail is where the path, query and fragment that start at text[p] end, or the first
// sign in them of which more is to be asked. In signs, n of text[p:] have their bits.
func directTail(text string, p, end int, signs uint64, n int) int {
	for {
		for ; signs != 0; signs &= signs - 1 {
			q := p + bits.TrailingZeros64(signs)
			next := text[q+1]
			switch text[q] {
			case '.', '=', '?', '#', '+', '~', '@', '!', '$', '*', '%', ':':
				continue
			case '-':
				if !wordBetween(text, q) {
					continue
				}
			case '/':
				if next != '/' && next != '_' && !wordBetween(text, q) {
					continue
				}
			case '_':
				if next != '_' && next != '/' {
					continue
				}
			case '&':
				if next != '#' && entity(text, q).end == 0 {
					continue
				}
			}
			return q
		}
		p += n
		if p >= end {
			return end
		}
		n = windowSize
		signs = signsAt(text[:end], p)
	}
}

// afterURL is where the rest of a token begins behind a URL whose tail stops at text[q]:
// at the token's end when only signs that close something follow, else at a sign that parts
// tokens as blanks do. It is 0 when the sign may mean anything. prev is what stands before
// the URL.
func afterURL(text string, q, end int, prev byte) int {
	if all(&closing, text[q:end]) && (prev == '+' || strings.IndexByte(text[q:end], '+') < 0) {
		return end
	}
	if c := text[q]; c == '"' || c == '|' {
		return q
	}
	return 0
}
