package indicator

import (
	"math/bits"

	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// What most tokens are that hold anything is told from the window's registers and read
// here without a view, a walk or a grammar: dotted names and addresses, their dots
// disguised as [.] or not, digests, and names. Whatever is odd about one of them is left
// to the general way, which answers the same.

// apart reports whether nothing beside text[start:end] can belong to the token: rewind
// and goesOn would find nothing. It may say no where they would find nothing either. Words
// and blanks come in no order: it asks without branches.
func apart(text string, start, end int) bool {
	if start < 2 || end+8 > len(text) {
		return false
	}
	after := bit(text[end] == ' ') & (unrelated.has(text[end+1]) ^ 1 | opened.has(text[end-1]))
	before := bit(text[start-1] == ' ') & (waiting.has(text[start-2]) | joining.has(text[start]))
	return (after|before)&1 == 0
}

// byteSet has a bit for each byte in it.
type byteSet [4]uint64

func (set *byteSet) has(c byte) uint64 { return set[c>>6] >> (c & 63) & 1 }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

var (
	// unrelated are the bytes behind a blank that cannot carry on what stands before it:
	// letters and digits, but not the first of the word dot.
	unrelated = byteSet{1<<('9'+1) - 1<<'0', (1<<('Z'-64+1) - 1<<('A'-64) | 1<<('z'-64+1) - 1<<('a'-64)) &^ (1<<('D'-64) | 1<<('d'-64))}
	// opened are those before it that want something behind it, waiting those that do so
	// for the token behind it, and joining the first ones of such a token.
	opened  = byteSet{1<<'(' | 1<<'<', 1<<('['-64) | 1<<('{'-64)}
	waiting = byteSet{1 << ' ', 1<<('@'-64) | 1<<('T'-64) | 1<<('t'-64)} // the word at
	joining = byteSet{1<<'(' | 1<<'<' | 1<<':' | 1<<'/' | 1<<'&', 1<<('['-64) | 1<<('{'-64) | 1<<('@'-64) | 1<<('D'-64) | 1<<('d'-64), 0, 1 << (0xEF - 192)}
)

// direct reads the token of n bytes at text[start:], which stands apart, and reports
// whether it did not leave it to the general way. Each register has a bit for each
// byte of the token.
func (s *scanner) direct(start, n int, signs, digits, dots, joins, opens uint64) bool {
	text := s.text
	end := start + n
	if signs>>((n-1)&63) != 0 { // a sign of the sentence
		if text[end-1] != ',' {
			return false
		}
		n--
		signs &^= 1 << (n & 63)
	}
	if opens == 0 {
		s.view.clear(text, start, end)
	}
	whole := uint64(1)<<(n&63) - 1
	if signs == 0 {
		switch {
		case digits == 0:
			if n < 2 || n >= 32 || isTrigger(text[start:start+n]) {
				return false
			}
			s.named(0)
		case n == 32 || n == 40:
			if s.hash(0, n) == 0 {
				return false
			}
		default:
			if n >= 14 || mayBeID(text, start, n) || s.namesIn(start, 1) {
				return false
			}
		}
		return true
	}
	if signs == 1<<2|1<<5 && digits == 0xdb && text[start+2] == ':' && text[start+5] == ':' && n == 8 { // 13:55:36
		return true
	}
	if signs == joins && digits|joins == whole && (n < 9 || n == 10 && signs == 1<<4|1<<7) && !s.namesIn(start, 1) { // 2026-11-22
		return true
	}
	if dots == 0 || signs != dots|joins|opens|opens<<2 || opens<<1&^dots != 0 || opens != 0 && !staysApart(text, end) {
		return false
	}
	for j := joins; j != 0; j &= j - 1 {
		if p := start + bits.TrailingZeros64(j); text[p] != '-' || wordBetween(text, p) {
			return false
		}
	}
	// The value as it would stand without disguises, in lower case.
	var buf [windowSize + 8]byte
	k, p := 0, start
	for o := opens; ; o &= o - 1 {
		to := start + n
		if o != 0 {
			to = start + bits.TrailingZeros64(o)
			if x := load8(text, to); x&(1<<24-1) != '['|'.'<<8|']'<<16 || classes[byte(x>>24)]&cWordChar == 0 || to == p {
				return false
			}
		}
		for q := 0; q < to-p; q += 8 {
			store8(buf[:], k+q, lower8(load8(text, p+q)))
		}
		k += to - p
		if o == 0 {
			break
		}
		buf[k] = '.'
		k++
		p = to + 3
	}
	value := unsafeString(buf[:k])
	steps := Steps(0)
	if opens != 0 {
		steps = StepDot
		dots, joins = 0, 0
		for q := 0; q < k; q += 8 {
			x := load8(value, q)
			low := x & eachLow
			dots |= gather(between(low, '.', '.')) << (q & 63)
			joins |= gather(between(low, '-', '-')) << (q & 63)
		}
		dots &= 1<<(k&63) - 1
		joins &= 1<<(k&63) - 1
	}
	edges := dots<<1 | dots>>1 | 1 | 1<<((k-1)&63)
	if (dots|joins)&edges != 0 {
		return false
	}
	count := bits.OnesCount64(dots)
	if signs|digits == whole && joins == 0 {
		return s.directIPv4(start, n, value, steps)
	}
	last := bits.Len64(dots)
	if value[0] <= '9' && count >= 3 || k == 14 && count == 2 || value[0] == 't' && value[1] <= '9' || !tld.Known(value[last:]) {
		return false
	}
	held := NotHeld
	if steps == 0 {
		held = s.doubt(0, n, n, domain{is: isName | isKnown, labels: count + 1, last: last})
		if (held == HeldFileName || held == HeldCode) && s.fileName(0, n) > 0 {
			return true
		}
	}
	var flags Flags
	if documentation(value) {
		flags = FlagDocumentation
	}
	s.emitAt(Domain, s.keep(value), start, start+n, steps, flags, held, 0)
	return true
}

// directIPv4 is direct for digits and dots, value without disguises.
func (s *scanner) directIPv4(start, n int, value string, steps Steps) bool {
	ip, to := octets(value, 0)
	if to != len(value) {
		return false
	}
	flags, held := addressFlags(ip)
	if steps != 0 { // nobody disguises an address that is not meant
		held = NotHeld
	} else if r := s.versionLike(ip, 0, n); r != NotHeld {
		held = r
		s.versionEnd = start + n
	}
	s.emitAt(IPv4, s.keep(value), start, start+n, steps, flags, held, 0)
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
