package indicator

import (
	"strings"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

// The tables are made anew by go generate, with SIGHTLINE_DATA naming the folder of their sources.
//go:generate go run gen_attack.go -in $SIGHTLINE_DATA/attack.tsv

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
