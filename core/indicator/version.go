package indicator

import "strings"

// versionLike says why four numbers with dots at b[i:e] should not be taken for an
// address. It is asked only when nothing else marks them as one: no disguise, port,
// prefix or scheme.
func (s *scanner) versionLike(ip [4]byte, i, e int) Reason {
	b := s.view.b
	text := s.text
	p := s.view.from(i)
	if ip[0] == 2 && ip[1] == 5 && (ip[2] == 4 || ip[2] == 29) { // the arcs of X.500 are known by heart
		return HeldVersion
	}
	if e+1 < len(b) && (b[e] == '-' || b[e] == '+') { // 1.2.3.4-rc1, 1.2.3.4-2ubuntu1, 1.2.3.4+git5
		for k := e + 1; k < len(b) && classes[b[k]]&cWordChar != 0; k++ {
			if classes[b[k]]&cLetter != 0 {
				return HeldVersion
			}
		}
	}
	switch s.before(i) {
	case '/':
		if word, _ := wordBefore(text, p); i >= 2 && classes[b[i-2]]&cName != 0 && strings.IndexByte(word, '_') < 0 { // Chrome/96.0.46.45, but HIER_DIRECT/198.51.100.7
			return HeldVersion
		}
	case '^':
		return HeldVersion
	case '<':
		if e == len(b) || b[e] != '>' { // foo>=1.2.3.4,<2.0.0.0
			return HeldVersion
		}
	case '=', '~':
		if i >= 2 && (classes[b[i-2]]&cName != 0 && s.follows(p, 1, versionLabels[:]) || !(classes[b[i-2]]&cName != 0)) {
			return HeldVersion
		}
	case '>':
		if s.followsWord(p, 1, "version") {
			return HeldVersion
		}
	}
	if p >= 2 && text[p-1] == ' ' && !quoted(text, p-1) && (text[p-2] == '=' || text[p-2] == '<' || text[p-2] == '>') && (p < 3 || classes[text[p-3]]&cSpace != 0 || text[p-3] == '(' || text[p-3] == '>' || text[p-3] == '<' || text[p-3] == '=') {
		if p >= 3 && (text[p-3] == '(' || text[p-3] == '>' || text[p-3] == '<' || text[p-3] == '=' || text[p-2] != '=') {
			return HeldVersion
		}
	}
	if s.changelogHead(p, s.view.upto(e)) {
		return HeldVersion
	}
	if s.headingNumber(ip, p, s.view.upto(e)) || s.sameList(p) {
		return HeldVersion
	}
	end := s.view.upto(e)
	after := wordAfter(text, end)
	if len(after) > 1 && foldPacked(versionWords[:], after) {
		return HeldVersion
	}
	if after == "and" || after == "or" {
		after = wordAfter(text, end+1+len(after))
	}
	if foldPacked(behindWords[:], after) {
		return HeldVersion
	}
	word, at := wordBefore(text, p)
	for n := 0; n < 3 && word != ""; n++ {
		if n == 0 {
			switch word {
			case "from", "to", "than":
				if s.follows(at, 1+2*b2i(after == "to"), upgradeWords[:]) {
					return HeldVersion
				}
			case "in":
				if s.follows(at, 1, releaseWords[:]) {
					return HeldVersion
				}
			}
		}
		if foldPacked(networkWords[:], word) {
			return NotHeld
		}
		if foldPacked(versionWords[:], word) || len(word) > 7 && foldAny(word[len(word)-7:], "version") || n == 0 && foldPacked(outlineWords[:], word) {
			return HeldVersion
		}
		if n == 0 && s.productBefore(ip, word, at, p) {
			return HeldVersion
		}
		word, at = wordBefore(text, at)
	}
	if s.versionColumn(p) || s.versionAbove(p) {
		return HeldVersion
	}
	return NotHeld
}

// quoted reports whether only the marks of a quotation, >>, stand before text[p] on its line.
func quoted(text string, p int) bool {
	start := p
	for p > 0 && start-p < 16 && text[p-1] == '>' {
		p--
	}
	return p < start && (p == 0 || text[p-1] == '\n')
}

// versionAbove reports whether text[p] begins a line below one that says version alone.
func (s *scanner) versionAbove(p int) bool {
	line := lineBefore(s.text, p)
	if line == 0 || classes[s.text[line-1]]&cLetter == 0 {
		return false
	}
	word, at := wordBefore(s.text, line)
	return foldPacked(versionWords[:], word) && (at == 0 || s.text[at-1] == '\n')
}

// Lists by length, in order, side by side.
var (
	versionWords = [...]string{
		1:  "v",
		3:  "revsdktagver",
		4:  "vers",
		5:  "buildpatch",
		6:  "branchbuildsseries",
		7:  "releaseupdatedupgradeversion",
		8:  "firmwarereleasesrevisionversions",
		9:  "installed",
		11: "fileversion",
		14: "productversion",
		15: "assemblyversion",
	}
	versionLabels = [...]string{
		1:  "v",
		3:  "ver",
		7:  "version",
		11: "fileversion",
		15: "assemblyversion",
	}
	// upgradeWords stand before "from", "to" and "than", releaseWords before "in".
	upgradeWords = [...]string{
		4:  "bump",
		5:  "bumpslaterlowernewerolderprior",
		6:  "bumpedhigherupdate",
		7:  "earliergreaterupdatedupgrade",
		8:  "updatingupgraded",
		9:  "downgradeupgrading",
		10: "downgraded",
	}
	releaseWords = [...]string{
		3:  "new",
		5:  "addedfixed",
		7:  "changesdefinedpatchedremoved",
		9:  "describedspecified",
		10: "deprecatedintroduced",
	}
	// behindWords stand behind a version, with "and" or "or" between or without.
	behindWords = [...]string{
		4: "beta",
		5: "abovealphabelowlaternewerolder",
		6: "stable",
		7: "earlier",
	}
	// outlineWords count right before the numbers alone.
	outlineWords = [...]string{
		2:  "cfcheq",
		3:  "figoidreqsecseetabvol",
		4:  "bioschapfigsitemnoteparapartrulesectstep",
		5:  "annexlemmastepstable",
		6:  "clausedriverfigurehotfixkernelplugintablesvolume",
		7:  "articlechapterclausescontroldriversexamplefigureslistingsectiontheorem",
		8:  "appendixarticleschapterscontrolsequationexercisesections",
		9:  "criterionmicrocodeparagraph",
		10: "definitionparagraphssubsection",
		11: "requirement",
		12: "requirements",
	}
	networkWords = [...]string{
		2:  "c2cnip",
		3:  "c2scncdnsips",
		4:  "addrfromhostipv4pingport",
		5:  "hostsproxywhois",
		6:  "beaconbotnetclientserver",
		7:  "addressgateway",
		8:  "attackerconnectsresolver",
		9:  "addressescontacted",
		10: "connectioncontrollernameserver",
	}
)

// productBefore reports whether a capitalised word, one blank before the numbers, names
// a product: of random addresses one in 256 has only numbers below 64, one in 65,536 two
// zeros in the middle, and one in 2,048 one there behind a number below 16. One zero is not
// enough: "Seen 203.0.113.7" begins a sentence.
func (s *scanner) productBefore(ip [4]byte, word string, at, p int) bool {
	text := s.text
	zeros := b2i(ip[1] == 0) + b2i(ip[2] == 0) + b2i(ip[0] < 16)
	if max(ip[0], ip[1], ip[2], ip[3]) >= 64 && zeros < 2 || ip[0] == ip[1] && ip[1] == ip[2] && ip[2] == ip[3] {
		return false
	}
	if (classes[word[0]]|classes[word[b2i(len(word) > 1)]])&cUpper != 0 && at+len(word)+1 == p && text[p-1] == ' ' { // WinRAR, vCenter
		return true
	}
	// Library.dll (4.7.0.0)
	return p >= 3 && text[p-1] == '(' && text[p-2] == ' ' && foldPacked(extensions[:], word)
}
