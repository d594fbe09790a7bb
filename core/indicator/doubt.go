package indicator

// Lists by length, in order, side by side.
var (
	// fileTLDs are top-level domains that are above all the extensions of files: a name
	// under them counts only when it is defanged or part of a URL or address.
	fileTLDs = [...]string{
		2: "gzmdpmpspyrsso",
		3: "cabmovzip",
		4: "java",
	}

	// wordTLDs are country codes that are words or common names in code.
	wordTLDs = [...]string{
		2: "acamasatbydoidieinisitmkmsmynopeplshslsoto",
	}

	// plainTLDs are the generic top-level domains that a name in prose may stand under
	// without a second sign that it is a domain. The other generic ones are words.
	plainTLDs = [...]string{
		3: "bidbizcomdevedufungovicuintllcltdmilnetorgprotopvipwinxyz",
		4: "arpaasiabestclubinfolifeliveloanmobishopsitetech",
		5: "clickcloudmediaonionspacestoreworld",
		6: "agencycenteronlinetravel",
		7: "hostingwebsite",
		8: "download",
	}

	// codeOwners are names whose members look like domains in source code.
	codeOwners = [...]string{
		1: "abcdefghijklmnopqrstuvwxyz",
		2: "dbdfelevfnitlinpospdulvm",
		3: "argbarbazcfgclscolctxdivenvevtfookeylogmapobjoptreqresrowstdsystmpval",
		4: "argsbodyconfctrldataelemformitemiterjavakeyslistmathnodeoptsrootselfspanthisuserview",
		5: "arraychildentryeventfieldindexinputitemsmodelparampropsqueueroutescopestackstatestorestyletablevalue",
		6: "clientconfigjqueryloggermoduleobjectoutputparamsparentresultroutersocketstringsystemvalueswindow",
		7: "androidconsoleexportsoptionsprocessrequestresultsservicesession",
		8: "documentresponsesettings",
	}

	// fileStems are names of files before their extension.
	fileStems = [...]string{
		3:  "appbarbazenvfoolibrun",
		4:  "codecoredemofileinitmainstoptestuserutil",
		5:  "buildcheckcleanindexrulessetupstarttypesutils",
		6:  "commonconfigdeployhelpermodulereadmesamplescriptupdate",
		7:  "installnotepadpackageprofilerelease",
		8:  "makefilesettingsterminal",
		9:  "bootstrapconfigurefunctions",
		12: "example-file",
	}

	// callTLDs under callOwners are calls and packages: log.info, java.net.
	callTLDs = [...]string{
		2: "io",
		3: "net",
		4: "info",
	}
	callOwners = [...]string{
		2: "vb",
		3: "adoasplogstd",
		4: "java",
		6: "loggersystem",
		7: "console",
	}

	commonTLDs = [...]string{3: "comnetorg"}
	// shortNames are domains of one letter that are no code.
	shortNames = [...]string{4: "g.cot.cot.me"}
	// hostLabels are first labels of hosts.
	hostLabels = [...]string{3: "apicdnftpwww", 4: "mail"}
	// inputs stand before the extension of what a file is made from: config.h.in.
	inputs = [...]string{1: "h", 2: "acampcsh", 3: "awk"}

	// fileWords speak of files, right before a name.
	fileWords = [...]string{
		3: "run",
		4: "editfile",
		5: "editsfiles",
		6: "editedscript",
		7: "compileinclude",
		8: "compiledmodified",
	}

	// hostWords speak of hosts.
	hostWords = [...]string{
		2:  "c2cn",
		3:  "dnstldurl",
		4:  "fqdnhostsite",
		5:  "hostssitesvisit",
		6:  "domainserver",
		7:  "domainsserverswebsite",
		8:  "hostnameresolveswebsites",
		9:  "subdomain",
		10: "commonname",
		16: "id-at-commonname",
	}

	// reversed are the first labels of package names that begin with a domain reversed.
	reversed = [...]string{
		2: "io",
		3: "comedugovnetorg",
		4: "java",
		5: "javax",
		6: "kotlin",
		7: "android",
	}
)

// doubt says why the plainly written name b[i:e] should not be taken for a domain. The
// run of names that holds it ends at b[j].
func (s *scanner) doubt(i, e, j int, d domain) Reason {
	b := s.view.b
	label := b[d.last:e]
	switch c := s.before(i); c {
	case '/':
		if !s.relative(i) {
			return HeldCode
		}
	case '$', '\\', '#', '&', '%':
		return HeldCode
	case '.': // .class.name {
		if at := s.view.upto(e); at+1 < len(s.text) && s.text[at] == ' ' && s.text[at+1] == '{' {
			return HeldCode
		}
	case '(':
		if i > 1 && classes[b[i-2]]&cAlnum != 0 { // f(a.b)
			return HeldCode
		}
	case '<': // #include <a.cc>
		if p := s.view.from(i); s.followsWord(p, 1, "include") || s.followsWord(p, 1, "import") {
			return HeldFileName
		}
	case '>':
		if i > 1 && b[i-2] == '-' {
			return HeldCode
		}
	case ':':
		if i > 1 && b[i-2] == ':' {
			return HeldCode
		}
	}
	if j < len(b) {
		switch b[j] {
		case '(', '{', '=':
			return HeldCode
		case '}':
			if s.before(i) != '{' {
				return HeldCode
			}
		case '[':
			if e < j || j+1 < len(b) && (classes[b[j+1]]&cDigit != 0 || b[j+1] == '\'' || b[j+1] == '"') {
				return HeldCode
			}
		}
	}
	if k := classes[label[0]]; k&cUpper != 0 && !upperCase(label) {
		return HeldSentence
	}
	common := label == "com" || label == "net" || label == "org" // plainTLDs that need no search
	if !common && foldPacked(fileTLDs[:], label) {
		return HeldFileName
	}
	if !common && classes[b[i]]&cUpper == 0 && camelCase(b, i, d.last) && !s.alone(i, e) {
		return HeldCode // windowBounds.top
	}
	first := i
	for first < e && b[first] != '.' {
		first++
	}
	owner := b[i:first]
	if d.labels >= 3 && !common && foldPacked(reversed[:], owner) && !foldPacked(commonTLDs[:], label) {
		return HeldCode
	}
	if classes[b[i]]&cUpper != 0 && d.labels >= 3 && len(label) == 2 && !foldPacked(hostLabels[:], owner) && capitalised(b[i:d.last]) {
		return HeldCode // Trojan-Dropper.Win32.Agent.in
	}
	if d.labels == 2 && classes[label[0]]&cUpper != 0 && hashStem(owner) == 0 && upperCase(label) != upperCase(owner) {
		return HeldCode // self.IO
	}
	if d.labels == 2 && (foldAny(owner, "www") || foldPacked(callOwners[:], owner) && foldPacked(callTLDs[:], label)) {
		return HeldCode
	}
	generic := !common && len(label) > 2 && classes[label[0]]&cHigh == 0 && !foldPacked(plainTLDs[:], label) && label[:3] != "xn-"
	if len(owner) == 1 && d.labels == 2 && !common && !foldPacked(shortNames[:], b[i:e]) && !s.alone(i, e) {
		return HeldCode
	}
	if common || !generic && !foldPacked(wordTLDs[:], label) {
		if owner == "this" || owner == "self" || d.labels == 2 && foldPacked(fileStems[:], owner) && foldPacked(extensions[:], label) {
			return HeldCode
		}
		if !common && d.labels == 2 && len(label) == 2 && s.follows(s.view.from(i), 1, fileWords[:]) { // Edit game.pk and run it.
			return HeldFileName
		}
		return NotHeld
	}
	// config.h.in is made of config.h
	before := d.last - 1
	for before > i && b[before-1] != '.' {
		before--
	}
	if made := b[before : d.last-1]; d.labels >= 3 && (foldPacked(inputs[:], made) && (label == "in" || foldPacked(extensions[:], label)) || foldPacked(extensions[:], made) && foldPacked(extensions[:], label)) {
		return HeldFileName
	}
	// A second sign: the name fills its line, cell or quotes; a label has a digit or
	// dash; words speak of hosts.
	if foldPacked(codeOwners[:], owner) {
		return HeldCode
	}
	if d.labels == 2 && (foldPacked(fileStems[:], owner) || len(owner) > 2 && foldAny(owner[:3], "lib") && foldPacked(extensions[:], label)) {
		return HeldFileName
	}
	owned := b[i : d.last-1]
	for k := 0; k < len(owned); k++ {
		if classes[owned[k]]&cDigit != 0 && len(owned) > 3 || owned[k] == '-' {
			if !foldPacked(extensions[:], label) {
				return NotHeld
			}
		}
	}
	if s.alone(i, e) || foldPacked(hostLabels[:], owner) ||
		s.follows(s.view.from(i), 3, hostWords[:]) {
		return NotHeld
	}
	if d.labels >= 3 && !foldPacked(extensions[:], label) && wordAfter(s.text, s.view.upto(e)) != "import" { // from a.b.data import c
		return NotHeld
	}
	return HeldCode
}
