package indicator

import (
	"math/bits"
	"strings"
)

// hash reads a digest in hex, told by its length or by the words before it.
func (s *scanner) hash(i, e int) int {
	b := s.view.b
	if !isHex(b, i, e) {
		return 0
	}
	made := madeUp(b, i, e)
	x := load8(b, i) // it may repeat itself
	made = made || x == load8(b, i+6) || x == load8(b, i+8) || x == load8(b, i+10) || x == load8(b, i+16)
	t := Unknown
	switch e - i {
	case 32:
		t = MD5
	case 40:
		t = SHA1
	case 56:
		t = SHA224
	case 62:
		t = JARM
	case 64:
		t = SHA256
	case 70:
		t = Telfhash
	case 96:
		t = SHA384
	case 128:
		t = SHA512
	}
	if c := s.before(i); (t == MD5 || t == SHA1) && c != '\n' && c != 0 { // a label may stand before it
		if end := s.brokenHash(i, e); end > i {
			return end
		}
	}
	held := NotHeld
	switch {
	case made:
		held = HeldPattern
	default:
		held = s.notDigest(t, i, e)
	}
	if c := s.before(i); c == '-' || c == '_' || e < len(b) && (b[e] == '-' || b[e] == '_') && e+1 < len(b) && classes[b[e+1]]&cAlnum != 0 {
		if unhexRun(b, e+1) >= 4 {
			held = HeldUUID
		}
	}
	switch t = s.hashType(t, i); {
	case t == Unknown:
		return 0
	case t == TLSH:
		s.emit(t, s.keepUpper(b[i:e]), i, e, 0, held)
	default:
		s.emit(t, s.keepLower(b[i:e]), i, e, 0, held)
	}
	return e
}

// isHex reports whether b[i:e], eight bytes or more, is hex.
func isHex(b string, i, e int) bool {
	other := otherThanHex(load8(b, e-8))
	for ; i < e-8; i += 8 {
		other |= otherThanHex(load8(b, i))
	}
	return other == 0
}

// otherThanHex tells the bytes that are no hex digits.
func otherThanHex(x uint64) uint64 {
	low := x & eachLow
	return (^(between(low, '0', '9') | between(low|0x20*eachByte, 'a', 'f')) | x) & eachHigh
}

// madeUp reports whether the hex in b[i:e], sixteen digits or more, has fewer than five
// different digits, no letters, or digits that rise.
func madeUp(b string, i, e int) bool {
	var seen uint32
	for k := range 16 { // enough for nearly all
		seen |= 1 << (unhex(b[i+k]) & 31)
	}
	if few := seen>>10 == 0 || bits.OnesCount32(seen) < 5; !few && unhex(b[i+1]) != (unhex(b[i])+1)%16 {
		return false
	}
	rising := true
	for k := i; k < e; k++ {
		seen |= 1 << (unhex(b[k]) & 31)
		rising = rising && (k == i || unhex(b[k]) == (unhex(b[k-1])+1)%16)
	}
	return rising || seen>>10 == 0 || bits.OnesCount32(seen) < 5
}

// hexEnd is where the hex digits at b[i] end; b is a view's.
func hexEnd(b string, i int) int {
	for ; ; i += 8 {
		x := load8(b, i)
		if other := otherThanHex(x); other != 0 {
			return i + firstOf(other)
		}
	}
}

func unhexRun(b string, i int) int {
	n := 0
	for i+n < len(b) && unhex(b[i+n]) >= 0 {
		n++
	}
	return n
}

// hashType tells digests of one length apart by the words before them.
func (s *scanner) hashType(t Type, i int) Type {
	p := s.view.from(i)
	if p > 0 && s.text[p-1] == '\n' { // a label alone on the line above
		p--
	}
	switch t {
	case MD5:
		word, at := wordBefore(s.text, p)
		switch {
		case foldAny(word, "imphash"):
			return Imphash
		case foldAny(word, "ja3", "ja3_hash", "ja3-hash"):
			return JA3
		case foldAny(word, "ja3s"):
			return JA3S
		case foldAny(word, "hash", "fingerprint"):
			if word, _ = wordBefore(s.text, at); foldAny(word, "import", "imp") {
				return Imphash
			} else if foldAny(word, "ja3") {
				return JA3
			} else if foldAny(word, "ja3s") {
				return JA3S
			}
		}
	case SHA256:
		if s.followsWord(p, 2, "authentihash") {
			return Authentihash
		}
	case JARM:
		if !s.followsWord(p, 3, "jarm") {
			return Unknown
		}
	case Telfhash:
		switch {
		case s.followsWord(p, 3, "telfhash"):
			return Telfhash
		case s.followsWord(p, 3, "tlsh"):
			return TLSH
		}
		return Unknown
	}
	return t
}

// tlsh reads T1 and 70 hex digits.
func (s *scanner) tlsh(i, e int) int {
	b := s.view.b
	if b[i]|0x20 != 't' || b[i+1] != '1' || unhexRun(b[:e], i+2) != 70 {
		return 0
	}
	s.emit(TLSH, s.keepUpper(b[i:e]), i, e, 0, NotHeld)
	return e
}

// notDigest says why a digest's hex should not be taken for a file's hash.
func (s *scanner) notDigest(t Type, i, e int) Reason {
	p := s.view.from(i)
	switch t {
	case SHA1:
		if s.isCommit(i, e) {
			s.commitEnd = s.view.upto(e)
			return HeldCommit
		}
	case MD5:
		word, at := wordBefore(s.text, p)
		second, _ := wordBefore(s.text, at)
		part := word[strings.LastIndexAny(word, "-_")+1:] // client_secret, X-Request-ID
		if foldPacked(idWords[:], word) || foldPacked(idWords[:], part) || foldAny(second, "uuid") || foldAny(second, "guid") ||
			foldAny(part, "id") && (len(part) < len(word) || second != "") { // the id of something
			return HeldUUID
		}
	case SHA256:
		if word, _ := wordBefore(s.text, p); foldAny(word, "container", "key") {
			return HeldUUID
		}
	}
	return NotHeld
}
