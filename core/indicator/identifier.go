package indicator

import (
	"strings"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

// identifier reads an id without dots at b[i:e]: CVE-2021-44228, T1059, AS64500.
func (s *scanner) identifier(i, e int, bits class) int {
	if bits&cDigit == 0 {
		return s.tlp(i, e)
	}
	if e-i < 3 {
		return 0
	}
	b := s.view.b
	word := b[i:e]
	switch b[i] | 0x20 {
	case 'c':
		if len(word) >= 12 && foldAny(word[:3], "cve") && classes[word[3]]&cJoin != 0 {
			return s.cve(i, i+4)
		}
		if len(word) > 4 && foldAny(word[:4], "cwe-") {
			return s.numbered(CWE, "CWE-", i, i+4, e, 5)
		}
		if len(word) > 6 && foldAny(word[:6], "capec-") {
			return s.numbered(CAPEC, "CAPEC-", i, i+6, e, 4)
		}
	case 'a':
		if len(word) > 2 && word[1]|0x20 == 's' {
			return s.asn(i, e)
		}
	case 'g':
		if len(word) == 19 && foldAny(word[:5], "ghsa-") {
			return s.ghsa(i, e)
		}
	case 'u':
		if len(word) > 7 && (word[:3] == "UA-" || word[:3] == "ua-") {
			return s.analytics(i, e)
		}
	case 'p':
		if len(word) == 20 && (word[:4] == "pub-" || word[:4] == "PUB-") {
			if _, end := number(b, i+4, 16); end == e {
				s.emit(GAPublisher, s.keepLower(word), i, e, 0, NotHeld)
				return e
			}
		}
	}
	if len(word) <= 7 {
		return s.attackID(i, e)
	}
	return 0
}

// cve reads the year and number behind CVE and one sign.
func (s *scanner) cve(i, p int) int {
	b := s.view.b
	year, to := number(b, p, 4)
	if to != p+4 || to >= len(b) || classes[b[to]]&cJoin == 0 || year < 1980 || year > 2099 {
		return 0
	}
	_, end := number(b, to+1, 7)
	if end < to+5 {
		return 0
	}
	s.emit(CVE, "CVE-"+b[p:to]+"-"+b[to+1:end], i, end, 0, NotHeld) // names of detections have CVE_2017_11882
	return end
}

// bareCVE reads the year and number that stand behind CVE and a blank.
func (s *scanner) bareCVE(i, e int) int {
	start := skipBlanksBack(s.text, s.view.from(i)) - len("CVE")
	if start > 0 && s.text[start+2] == ':' {
		start--
	}
	if start < s.last || !foldAny(s.text[start:start+3], "cve") {
		return 0
	}
	value := s.view.b[i:e]
	if _, to := number(value, 0, 4); to != 4 || value[4] != '-' {
		return 0
	}
	if _, to := number(value, 5, 7); to < 9 || to != len(value) {
		return 0
	}
	s.emitAt(CVE, "CVE-"+value, start, s.view.upto(e), 0, 0, NotHeld, 0)
	return e
}

// numbered reads a prefix and up to max digits that fill b[p:e].
func (s *scanner) numbered(t Type, prefix string, i, p, e, max int) int {
	b := s.view.b
	if _, end := number(b, p, max); end == e && b[p] != '0' {
		s.emit(t, prefix+b[p:e], i, e, 0, NotHeld)
		return e
	}
	return 0
}

// ghsa reads a GitHub advisory: three groups of four.
func (s *scanner) ghsa(i, e int) int {
	b := s.view.b
	for k := i + 5; k < e; k++ {
		if (k-i)%5 == 4 {
			if b[k] != '-' {
				return 0
			}
		} else if classes[b[k]]&cAlnum == 0 {
			return 0
		}
	}
	s.emit(GHSA, "GHSA-"+lower(b[i+5:e]), i, e, 0, NotHeld)
	return e
}

// analytics reads UA-12345-6.
func (s *scanner) analytics(i, e int) int {
	b := s.view.b
	_, to := number(b, i+3, 10)
	if to < i+7 || to >= e || b[to] != '-' {
		return 0
	}
	if _, end := number(b, to+1, 4); end == e {
		s.emit(GATracking, s.keepUpper(b[i:e]), i, e, 0, NotHeld)
		return e
	}
	return 0
}

// attackID reads a MITRE ATT&CK id that the table holds: T1059, t1059, TA0001, S0154.
func (s *scanner) attackID(i, e int) int {
	b := s.view.b
	word := b[i:e]
	if c := s.before(i); c == '-' || c == '_' || c == '.' || c == '#' {
		return 0
	}
	if e < len(b) && (b[e] == '-' || b[e] == '_') {
		return 0
	}
	var t Type
	ids, digits := "", word
	switch word[0] | 0x20 {
	case 't':
		t, ids, digits = Technique, techniqueIDs, word[1:]
		if len(word) == 6 && word[1]|0x20 == 'a' {
			t, ids, digits = Tactic, tacticIDs, word[2:]
		}
	case 's':
		t, ids, digits = Software, softwareIDs, word[1:]
	case 'g':
		t, ids, digits = Group, groupIDs, word[1:]
	case 'm':
		t, ids, digits = Mitigation, mitigationIDs, word[1:]
	case 'c':
		t, ids, digits = Campaign, campaignIDs, word[1:]
	}
	if t == Unknown || len(digits) != 4 || t != Technique && t != Tactic && classes[word[0]]&cUpper == 0 {
		return 0
	}
	if n, end := number(digits, 0, 4); end != 4 || !packed.Has(ids, digits) && !(t == Technique && n >= 1226 && n <= 1397) { // PRE-ATT&CK, retired in 2020
		return 0
	}
	end := e
	value := upper(word)
	if t == Technique && e+3 < len(b) && (b[e] == '.' || b[e] == '/') {
		if _, to := number(b, e+1, 3); to == e+4 && packed.Has(subtechniqueIDs, digits+b[e+1:to]) && !continues(b, to) {
			end = to
			value += "." + b[e+1:to]
		} else if b[e] == '.' && to > 0 {
			return 0
		}
	}
	s.emit(t, value, i, end, 0, NotHeld)
	return end
}

// tlp reads a marking of the Traffic Light Protocol written as one word, TLP-RED or
// TLPRED, or with a colon, blanks or both, TLP: RED.
func (s *scanner) tlp(i, e int) int {
	b := s.view.b
	if e-i < 3 || e-i > 17 || !foldAny(b[i:i+3], "tlp") {
		return 0
	}
	text := s.text
	start := s.view.from(i)
	p := s.view.upto(i + 3)
	if p < len(text) && (text[p] == '-' || text[p] == '_' || text[p] == ':') {
		p++
	}
	p = skipBlanks(text, p)
	if p >= len(text) || strings.IndexByte("argcw", text[p]|0x20) < 0 {
		return 0
	}
	for _, colour := range [...]string{"amber+strict", "amber-strict", "amber", "red", "green", "clear", "white"} {
		end := p + len(colour)
		if end <= len(text) && foldAny(text[p:end], colour) && (end == len(text) || classes[text[end]]&(cAlnum|cHigh) == 0) {
			s.emitAt(TLP, "TLP:"+upper(strings.ReplaceAll(colour, "-", "+")), start, end, 0, 0, NotHeld, 0)
			return max(s.view.index(end), e)
		}
	}
	return 0
}
