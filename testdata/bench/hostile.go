package bench

import "strings"

// Hostile are pieces of text that, repeated, make extractors slow: each begins
// something or joins something that never comes to an end.
func Hostile() []string {
	return []string{
		// the runs that stop five of eleven public extractors
		"a.", "1.", "a[.]", "a@", "ab:", "0123456789abcdef", "aGVsbG8gd29ybGQh", `\a`, "http://", "[", "<",
		// beginnings without ends
		"hxxp[:]//a", "h[tt]p://", "www.", "//", "/a", "~/", "%a%\\", "\\\\", "C:\\a ", "HKLM\\a ", "Mozilla/5.0 (", "rule a {", "{\"", "mutex: \"", "aHR0cDovL", "%2E", "&#46;",
		"CVE-", "T1", "0x", "bc1", "1:", "+1 ", "ssdeep:", "imphash ", "a.com/[", "ex/ample.com/", "@a.com",
		// joints without parts
		"a(.", "a [.] ", "a dot ", "a at ", "user @ ", "a.b@", "::", "--", "a-", "{{", "a.com,", "|1.2.3.4\n", "1.2.3.4/", "version 1.2.3.4 ",
		// bytes outside ASCII
		"\xff", "\u200b", "。", "ｈ", "\u00ad",
		// answers, one after the other
		"Cobalt Strike ", "a.zip ", "1.2.3.4 and ", "x\n.",
		// words that ask what stands beside them
		"as ", "Play ", "TLP: ", "ASN: 1 ", "a dot com ", "-dot-a", "a%40", "a[@b", "a版", "http:://", "x’", "/at/", "h[[[", "(", "-dot", "%3", "C:\\",
	}
}

// Repeat returns size bytes of a piece over and over.
func Repeat(piece string, size int) string { return strings.Repeat(piece, size/len(piece)) }
