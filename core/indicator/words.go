package indicator

var stepWords = [...]string{
	"disguised scheme to http",
	"disguised separator to ://",
	"[.] to .",
	"[@] to @",
	"[/] to /",
	"[:] to :",
	"word to sign (dot, at)",
	"character reference decoded",
	"percent-encoding decoded",
	"base64 decoded",
	"hex decoded",
	"invisible characters removed",
	"wide characters to plain ones",
	"broken line joined",
	"doubled backslashes to single ones",
	"comma to .",
}

// Words says in a few words each what was undone, in a fixed order.
func (s Steps) Words() []string {
	var words []string
	for i, w := range stepWords {
		if s>>i&1 == 1 {
			words = append(words, w)
		}
	}
	return words
}

var flagWords = [...]string{
	"defanged",
	"no scheme",
	"private address",
	"reserved address",
	"documentation example",
	"internationalised name",
	"checksum verified",
	"host bits set",
}

// Words names the facts in a fixed order.
func (f Flags) Words() []string {
	var words []string
	for i, w := range flagWords {
		if f>>i&1 == 1 {
			words = append(words, w)
		}
	}
	return words
}

var reasons = [reasonCount]struct{ code, words string }{
	NotHeld:        {"", ""},
	HeldPrivate:    {"private", "The address belongs to a private network."},
	HeldReserved:   {"reserved", "The address is reserved: loopback, link-local, multicast or not in use."},
	HeldVersion:    {"version", "This reads like a version or section number, not like an address."},
	HeldFileName:   {"file_name", "This reads like the name of a file or package, not like a domain."},
	HeldCode:       {"code", "This reads like source code, not like a domain."},
	HeldCommit:     {"commit", "This reads like a commit of a version control system, not like a file's hash."},
	HeldUUID:       {"uuid", "This reads like an identifier, not like a file's hash."},
	HeldPattern:    {"pattern", "The value is too regular to be real."},
	HeldSentence:   {"sentence", "This reads like two sentences without a space between them."},
	HeldChecksum:   {"checksum", "The checksum inside the value is wrong."},
	HeldUnknownTLD: {"unknown_tld", "The name ends in no known top-level domain."},
	HeldKnownGood:  {"known_good", "The value is on a list of well-known harmless ones."},
}

// String is the reason's code, "" for [NotHeld].
func (r Reason) String() string {
	if r >= reasonCount {
		return ""
	}
	return reasons[r].code
}

// Misread reports whether the reason says that the find is not what it looks like.
// The other reasons, such as a private address, say that it is, but matters little.
func (r Reason) Misread() bool {
	switch r {
	case NotHeld, HeldPrivate, HeldReserved, HeldKnownGood:
		return false
	}
	return true
}

// Words is one sentence for an analyst, "" for [NotHeld].
func (r Reason) Words() string {
	if r >= reasonCount {
		return ""
	}
	return reasons[r].words
}
