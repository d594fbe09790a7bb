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
		if foldPacked(idWords[:], word) || foldAny(second, "uuid") || foldAny(second, "guid") || foldAny(word, "id") && foldPacked(idOwners[:], second) {
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
	if line := lineBefore(s.text, p); line > 0 && (s.followsWord(line, 2, "commit") || s.followsWord(line, 2, "commits")) {
		return true
	}
	commit, first := false, ""
	for n, at := 0, p; n < 4; n++ {
		var word string
		if word, at = wordBefore(s.text, at); word == "" {
			break
		}
		if foldPacked(commitWords[:], word) {
			return true
		}
		if n == 0 {
			first = word
		}
		commit = commit || n < 2 && foldPacked(commitLabels[:], word)
	}
	return commit && !foldPacked(shaWords[:], first)
}

// Lists by length, in order, side by side.
var (
	// commitWords among the four words before hex make a commit of it, commitLabels
	// among the two before it.
	commitWords = [...]string{
		3:  "git",
		4:  "head",
		5:  "mergesince",
		6:  "branchcommit",
		7:  "commits",
		8:  "backportdetachedrevertedreviewed",
		9:  "changeset",
		10: "introducedregressionsubsequent",
		13: "cherry-picked",
	}
	commitLabels = [...]string{
		3:  "revsha",
		4:  "tree",
		5:  "fixesindex",
		6:  "authorbisectcherryparent",
		7:  "githeadgitlinkreverts",
		8:  "checkoutresolvedrevisionupstream",
		10: "subproject",
	}
	shaWords = [...]string{
		3: "sha",
		4: "sha1",
		5: "sha-1",
	}

	// idWords before hex make an identifier of it; so does id behind idOwners.
	idWords = [...]string{
		4:  "csrfetagguiduuid",
		5:  "noncetoken",
		6:  "apikey",
		7:  "api_keysessionspan_idtraceid",
		8:  "trace_id",
		9:  "requestidsessionid",
		10: "request_idsession_id",
		14: "correlation_id",
	}
	idOwners = [...]string{
		5:  "trace",
		6:  "clientdevicetenant",
		7:  "requestsession",
		11: "correlation",
	}
)

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
