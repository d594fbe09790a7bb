package indicator

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hostile are the shapes of input that make extractors slow; each is repeated.
var hostile = []string{
	"a.", "1.", "a[.]", "a@", "ab:", "0123456789abcdef", "aGVsbG8gd29ybGQh", `\a`, "http://", "[", "a.b@", "::", "a(.", "hxxp[:]//a",
	"HKLM\\a ", "C:\\a ", "a [.] ", "a dot ", "%2E", "&#46;", "\xff", "\u200b", "。", "x\n.", "<", "{{", "CVE-", "www.", "/a", "--", "a-", "1.2.3.4/", "//", "aHR0cDovL",
	"rule a {", "{\"", "ssdeep:", "1:", "T1", "imphash ", "Mozilla/5.0 (", "a at ", "0x", "bc1", "as ", "ex/ample.com/", "a.com/[", "a.com,", "@a.com",
}

func seeds(f *testing.F) {
	f.Add("visit hxxps[:]//evil[.]example/x?y=[1] or 192.0.2[.]7:8080, mail a[@]b[.]com")
	f.Add("CVE-2021-44228 HKLM\\Software\\Microsoft\\Run 2001:db8::1/64 \xff\x00 C:\\Windows\\Temp\\a b.exe")
	f.Add("d41d8cd98f00b204e9800998ecf8427e ev\u200bil。example．com ｈｘｘｐ：／／a．com [.")
	f.Add("mail sales AT example dot com, see 1 dot 2 dot 3 dot 4; hxxp ://a .com /b")
	for _, h := range hostile {
		f.Add(strings.Repeat(h, 9))
	}
}

func FuzzScan(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) { checkLaws(t, text) })
}

// checkLaws holds every find of a scan against what the package promises.
func checkLaws(t *testing.T, text string) {
	t.Helper()
	last := 0
	for _, x := range Scan(text, Options{}) {
		require.True(t, x.Type > Unknown && x.Type < typeCount, "type %d", x.Type)
		require.NotEmpty(t, x.Value)
		require.True(t, last <= x.Span.Start && x.Span.Start < x.Span.End && x.Span.End <= len(text), "span %v after %d in %q", x.Span, last, text)
		require.Equal(t, x.Steps != 0, x.Flags&FlagDefanged != 0)
		last = x.Span.End
	}
}

func TestHostileInputKeepsTheLaws(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		checkLaws(t, strings.Repeat(h, 100_000/len(h)))
	}
}
