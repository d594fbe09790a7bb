package indicator

// The tables are made anew by go generate, with SIGHTLINE_DATA naming the folder of their sources.
//go:generate go run gen_attack.go -in $SIGHTLINE_DATA/attack.tsv

import (
	"strings"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

// nameHash is the hash, of 16 bits, of the first eight letters and digits of a word in
// lower case, up to its first sign. Its upper ten bits are the bucket of a name that
// begins so.
func nameHash(text string) uint32 {
	if len(text) >= 8 {
		x := load8(text, 0)
		return nameHash8(x, lettersIn(x))
	}
	key := uint64(0)
	for i := 0; i < len(text) && classes[text[i]]&cWordChar != 0; i++ {
		key |= uint64(text[i]|0x20) << (8 * i & 63)
	}
	return uint32(key * nameFactor >> 48)
}

const nameFactor = 0x9E3779B97F4A7C15

// nameHash8 is nameHash of the first n, fewer than 32, of the letters and digits in eight
// bytes.
func nameHash8(letters uint64, n int) uint32 {
	return uint32((letters | 0x20*eachByte) & firstBytes[n&31] * nameFactor >> 48)
}

// firstBytes has the mask of the first n bytes of eight: a branch on the length of words
// would be mispredicted.
var firstBytes = [32]uint64{
	0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1,
	max64, max64, max64, max64, max64, max64, max64, max64,
	max64, max64, max64, max64, max64, max64, max64, max64,
	max64, max64, max64, max64, max64, max64, max64, max64,
}

const max64 = 1<<64 - 1

func nameAt(i int) string { return nameText[nameStarts[i]:nameStarts[i+1]] }

// longestName finds the longest name that text begins with and that ends with a word.
func longestName(text string) (index int, ok bool) {
	bucket := nameHash(text) >> 6
	first, known := uint64(0), len(text) >= 8
	if known {
		first = load8(text, 0)
	}
	for i := nameBuckets[bucket]; i < nameBuckets[bucket+1]; i++ {
		at, end := int(nameStarts[i]), int(nameStarts[i+1])
		// Eight bytes tell most names apart from the text, whatever their letter case.
		if known && at+8 <= len(nameText) && (load8(nameText, at)^first)&firstBytes[min(end-at, 8)]&^(0x20*eachByte) != 0 {
			continue
		}
		if hasPrefixFold(text, nameText[at:end]) && wordEnds(text, end-at) {
			return int(i), true
		}
	}
	return 0, false
}

// nameFrom is longestName for the text from start on. It knows what it found last: the
// first stage asks of what the second then reads.
func (s *scanner) nameFrom(start int) (index int, ok bool) {
	if s.known.behind == start+1 {
		return s.known.index, true
	}
	index, ok = longestName(s.text[start:min(len(s.text), start+nameMax)])
	if ok {
		s.known.behind, s.known.index = start+1, index
	}
	return index, ok
}

// wordEnds reports whether no letter, digit or underscore follows text[:n].
func wordEnds(text string, n int) bool {
	if n == len(text) {
		return true
	}
	if classes[text[n]]&cHigh != 0 {
		r, _ := utf8.DecodeRuneInString(text[n:])
		return !letter(r)
	}
	return classes[text[n]]&cWordChar == 0 && text[n] != '_'
}

// nameMax bounds a name, in bytes.
const nameMax = 64

// isTrigger reports whether a word that is no name opens a grammar of its own.
//
//go:noinline
func isTrigger(word string) bool {
	if len(word) < 2 {
		return false
	}
	x := lower8(packed.Number(word[:min(len(word), 5)]))
	switch x & (1<<24 - 1) {
	case 'd' | 'o'<<8 | 't'<<16, 't' | 'l'<<8 | 'p'<<16, 'a' | 's'<<8 | 'n'<<16:
		return true
	}
	return word[:2] == "AS" || x&(1<<32-1) == 'r'|'u'<<8|'l'<<16|'e'<<24 || x == 'm'|'u'<<8|'t'<<16|'e'<<24|'x'<<32
}

// named reads the name of malware, of a tool or of a threat actor at b[i].
func (s *scanner) named(i int) int {
	b := s.view.b
	x := load8(b, i)
	letters := lettersIn(x)
	if next := byte(x >> 8); letters < 2 && next != '-' && next != '.' { // J-magic, P.A.S. Webshell
		return 0
	}
	if h := nameHash8(x, letters); nameFilter[h>>3]>>(h&7)&1 == 0 {
		return 0
	}
	switch s.before(i) {
	case '.', '\\', '_', '@', '$', '=', '&':
		return 0
	case '#': // the tag of a message, not an anchor
		if at := s.view.from(i); at >= 2 && classes[s.text[at-2]]&cSpace == 0 {
			return 0
		}
	}
	start := s.view.from(i)
	text := s.text[start:min(len(s.text), start+nameMax)]
	n, ok := s.nameFrom(start)
	if !ok {
		return 0
	}
	name := nameAt(n)
	end := start + len(name)
	if end+1 < len(s.text) {
		switch s.text[end] {
		case '.', '\\', '@', ':', '=', '(':
			if classes[s.text[end+1]]&(cAlnum|cSlash) != 0 || s.text[end] == '(' {
				return 0
			}
		case '/':
			return 0
		}
	}
	if nameKinds[n] == 'd' { // the Dukes, but not Dukes
		if start < 4 || !foldAny(s.text[start-4:start], "the ") || start-4 < s.last {
			return 0
		}
		s.emitAt(ThreatActor, "The "+name, start-4, end, 0, 0, NotHeld, 0)
		return max(s.view.index(end), i+1)
	}
	kind := nameKinds[n]
	written := text[:len(name)]
	if written != name && !writtenAsName(written, name) {
		return 0
	}
	if classes[kind]&cUpper != 0 {
		if written != name && !upperCase(written) || !s.aboutMalware(start, end) {
			return 0
		}
		kind |= 0x20
	}
	t := kindType(kind)
	if kind == 'b' && s.isActor(start, end) {
		t = ThreatActor
	}
	if t == ThreatActor { // Operation Dust Storm is what Dust Storm did
		if word, _ := wordBefore(s.text, start); foldAny(word, "operation") || foldAny(wordAfter(s.text, end), "campaign", "operation") {
			return 0
		}
	}
	s.emitAt(t, name, start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), i+1)
}

// kindType is the type that a letter of nameKinds stands for.
func kindType(kind byte) Type {
	switch kind {
	case 't':
		return Tool
	case 'a':
		return ThreatActor
	}
	return Malware
}

// writtenAsName reports whether a spelling other than the table's still means the name:
// a capital at its head, or none for a name of some length that is no everyday word.
func writtenAsName(written, name string) bool {
	if len(name) < 5 && !strings.ContainsAny(name, "0123456789") {
		return upperCase(written) && upperCase(name)
	}
	return classes[written[0]]&cUpper != 0 || classes[name[0]]&cUpper != 0 && len(name) >= 6
}

// aboutReach is how far, in bytes, the words around an everyday word are looked at.
const aboutReach = 200

// about is what is known of the words of malware up to a place.
type about struct {
	asked int // where the last name began that was asked for
	at    int // the words before it have been looked at, from some place on
	word  int // one more than where the last of them begins that speaks of malware, on its line
}

// aboutMalware reports whether the words near text[start:end], on its line, speak of
// malware, of its makers or of tools. Each word is looked at once for all names near it.
func (s *scanner) aboutMalware(start, end int) bool {
	text, a := s.text, &s.about
	from, to := max(start-aboutReach, 0), min(end+aboutReach, len(text))
	if start < a.asked {
		a.at, a.word = 0, 0
	}
	a.asked = start
	if a.at < from {
		a.at, a.word = from, 0
		for a.at > 0 && a.at < to && classes[text[a.at-1]]&cAlnum != 0 {
			a.at++ // not the rest of a word
		}
	}
	for a.at < to && (a.at < start || a.word <= from) {
		i := a.at
		if c := text[i]; classes[c]&cAlnum == 0 {
			if c == '\n' {
				if i >= start {
					break
				}
				a.word = 0
			}
			a.at++
			continue
		}
		j := wordEndIn(text[:min(to+1, len(text))], i)
		if j > to {
			break // it goes on behind what is near
		}
		word := text[i:j]
		if len(word) > 3 && word[len(word)-1] == 's' {
			word = word[:len(word)-1]
		}
		if len(word) <= len(malwareWords) && foldPacked(malwareWords[:], word) {
			a.word = i + 1
		}
		a.at = j
	}
	return a.word > from
}

// isActor tells a group from the malware of the same name by the words behind it.
func (s *scanner) isActor(start, end int) bool {
	after := s.text[end:min(len(s.text), end+64)]
	for i := 0; i < len(after) && after[i] != '\n'; {
		j := i
		for j < len(after) && classes[after[j]]&cAlnum != 0 {
			j++
		}
		switch word := after[i:j]; {
		case foldPacked(groupWords[:], word):
			return true
		case foldPacked(sampleWords[:], word):
			return false
		}
		i = j + 1
	}
	return false
}

// Lists by length, in order, side by side: what is said of a group, and of its malware.
var (
	groupWords = [...]string{
		3: "apt",
		4: "gang",
		5: "actorgroup",
		6: "actorsthreat",
		9: "espionageintrusionoperators",
	}
	sampleWords = [...]string{
		6:  "trojan",
		7:  "malwarepayloadsamplesvariant",
		8:  "backdoor",
		10: "ransomware",
	}
)
