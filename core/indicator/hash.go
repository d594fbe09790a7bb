package indicator

import (
	"math/bits"
	"strings"
)

// hash reads a digest in hex, told by its length or by the words before it.
func (s *scanner) hash(i, e int) int {
	b := s.view.b
	if hexEnd(b, i) < e {
		return 0
	}
	// A few digits are enough to see that a value is not made up.
	var seen uint32
	made := true
	for k, rising := i, true; k < e && made; k++ {
		seen |= 1 << unhex(b[k])
		rising = rising && (k == i || unhex(b[k]) == (unhex(b[k-1])+1)%16)
		made = rising || seen>>10 == 0 || bits.OnesCount32(seen) < 5
	}
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

// hexEnd is where the hex digits at b[i] end; b is a view's.
func hexEnd(b string, i int) int {
	for ; ; i += 8 {
		x := load8(b, i)
		low := x & eachLow
		if other := (^(between(low, '0', '9') | between(low|0x20*eachByte, 'a', 'f')) | x) & eachHigh; other != 0 {
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
		case foldAny(word, "hash"):
			if word, _ = wordBefore(s.text, at); foldAny(word, "import", "imp") {
				return Imphash
			} else if foldAny(word, "ja3") {
				return JA3
			} else if foldAny(word, "ja3s") {
				return JA3S
			}
		}
	case SHA256:
		if s.follows(p, 2, "authentihash") {
			return Authentihash
		}
	case JARM:
		if !s.follows(p, 3, "jarm") {
			return Unknown
		}
	case Telfhash:
		switch {
		case s.follows(p, 3, "telfhash"):
			return Telfhash
		case s.follows(p, 3, "tlsh"):
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
		if s.follows(p, 1, "uuid", "guid", "traceid", "trace_id", "span_id", "session", "sessionid", "session_id", "etag", "nonce", "request_id", "requestid", "correlation_id", "apikey", "api_key", "csrf", "token") ||
			s.follows(p, 1, "id") && s.follows(p, 2, "request", "trace", "session", "correlation", "device", "tenant", "client") || s.follows(p, 2, "uuid", "guid") {
			return HeldUUID
		}
	}
	return NotHeld
}

// isCommit reports whether 40 hex digits read like a commit of git.
func (s *scanner) isCommit(i, e int) bool {
	b := s.view.b
	p := s.view.from(i)
	switch c := s.before(i); c {
	case '.':
		return i >= 3 && b[i-2] == '.' && classes[b[i-3]]&cName != 0
	case '@', '/', '#':
		return true
	}
	if e+1 < len(b) && b[e] == '.' && b[e+1] == '.' {
		return true
	}
	if e := s.commitEnd; e > 0 && p > e && p-e < 16 && onlyBetween(s.text[e:p]) {
		return true
	}
	if line := lineBefore(s.text, p); line > 0 && s.follows(line, 2, "commit", "commits") {
		return true
	}
	if s.follows(p, 4, "introduced", "regression", "subsequent", "since", "backport", "cherry-picked", "commits", "reverted") {
		return true
	}
	if s.follows(p, 4, "commit", "merge", "head", "branch", "detached", "reviewed", "git", "changeset") {
		return true
	}
	if s.follows(p, 2, "commit", "merge", "cherry", "fixes", "rev", "revision", "checkout", "head", "tree", "parent", "git", "reverts", "upstream", "index", "sha", "gitlink", "resolved", "githead", "bisect", "subproject", "author") {
		return !s.follows(p, 1, "sha1", "sha-1", "sha") || s.follows(p, 2, "git", "commit")
	}
	return false
}

// onlyBetween reports whether text is what stands between the members of a list: no
// blank line.
func onlyBetween(text string) bool {
	if strings.Count(text, "\n") > 1 {
		return false
	}
	for i := 0; i < len(text); i++ {
		if k := classes[text[i]]; k&cSpace == 0 && text[i] != ',' && text[i] != '.' {
			return text[i:] == "and " || len(text)-i > 4 && text[i:i+4] == "and " && onlyBetween(text[i+4:])
		}
	}
	return true
}

// lineBefore is where the line above ends when only blanks stand before text[p] on its
// own, else 0.
func lineBefore(text string, p int) int {
	for n := 0; n < 24 && p > 0 && (text[p-1] == ' ' || text[p-1] == '\t'); n++ {
		p--
	}
	if p == 0 || text[p-1] != '\n' {
		return 0
	}
	return p - 1
}

// upper copies text in capitals, ASCII letters only.
func upper(text string) string {
	buf := []byte(text)
	for i, c := range buf {
		if k := classes[c]; k&cLetter != 0 && k&cUpper == 0 {
			buf[i] = c - 0x20
		}
	}
	return string(buf)
}

// lower copies text in lower case, ASCII letters only.
func lower(text string) string {
	for i := 0; i < len(text); i++ {
		if classes[text[i]]&cUpper != 0 {
			buf := []byte(text)
			for ; i < len(buf); i++ {
				if classes[buf[i]]&cUpper != 0 {
					buf[i] |= 0x20
				}
			}
			return string(buf)
		}
	}
	return strings.Clone(text)
}
