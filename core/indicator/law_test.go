package indicator

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/testdata/bench"
)

// hostile are the shapes of input that make extractors slow; each is repeated.
var hostile = bench.Hostile()

func seeds(f *testing.F) {
	f.Add("visit hxxps[://]evil[.]example/x?y=[1] or 192.0.2[.]7:8080, mail a[@]b[.]com")
	f.Add("CVE-2021-44228 HKLM\\Software\\Microsoft\\Run 2001:db8::1/64 \xff\x00 C:\\Windows\\Temp\\a b.exe")
	f.Add("d41d8cd98f00b204e9800998ecf8427e ev\u200bil。example．com ｈｘｘｐ：／／a．com [.")
	f.Add("om+@\u03c3aAs.co")
	f.Add("htttp//t 1.2.3.4/,,,.4")
	f.Add("1.2.3.>>4 a.)b [a].c")
	f.Add("mail sales AT example dot com, see 1 dot 2 dot 3 dot 4; hxxp ://a .com /b")
	f.Add("| file | version |\n|---|---|\n| a.dll | 1.2.3.4 |\nTrojan Emotet, APT29 and T1059.001, AS64496, TLP:AMBER")
	for _, h := range hostile {
		f.Add(strings.Repeat(h, 9))
	}
}

// checkLaws holds every find of a scan against what the package promises.
func checkLaws(t *testing.T, text string) []Indicator {
	t.Helper()
	last := 0
	found := Scan(text, Options{})
	for _, x := range found {
		require.True(t, x.Type > Unknown && x.Type < typeCount, "type %d", x.Type)
		require.NotEmpty(t, x.Value)
		require.True(t, last <= x.Span.Start && x.Span.Start < x.Span.End && x.Span.End <= len(text), "span %v after %d in %q", x.Span, last, text)
		require.Equal(t, x.Steps != 0, x.Flags&FlagDefanged != 0)
		require.Less(t, x.Held, reasonCount)
		if utf8.ValidString(text) {
			require.True(t, utf8.ValidString(x.Value), "%q", x.Value)
		}
		last = x.Span.End
	}
	return found
}

func FuzzScan(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) { checkLaws(t, text) })
}

// FuzzStream says that pieces make no difference. The constants of streams are
// larger than what a fuzzer grows, so the text is repeated.
func FuzzStream(f *testing.F) {
	f.Add("see evil[.]example.org", 7)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if text == "" {
			return
		}
		text = strings.Repeat(text, 400_000/len(text))
		require.Equal(t, Scan(text, Options{}), streamed(text, func(int) int { return n % 70_000 }))
	})
}

// FuzzConcat says that text behind a blank line and a rule changes nothing before it.
func FuzzConcat(f *testing.F) {
	f.Add("a.com", "b.com")
	f.Add("imphash", "d41d8cd98f00b204e9800998ecf8427e")
	f.Add("| version |", "| 1.2.3.4 |")
	f.Add("commit 83db48f1c2a9d0f7b6e5d4c3b2a190817263545f", "9fceb02d0ae598e95dc970b74767f19372d61af8")
	f.Fuzz(func(t *testing.T, a, b string) {
		a += "\n\n"
		want := Scan(a, Options{})
		if n := len(want); n > 0 && want[n-1].Span.End > len(a)-2 {
			return
		}
		for _, x := range Scan(b, Options{}) {
			x.Span.Start += len(a)
			x.Span.End += len(a)
			want = append(want, x)
		}
		got := Scan(a+b, Options{})
		for _, x := range got { // a rule of YARA may hold blank lines
			if x.Type == YARA {
				return
			}
		}
		require.Equal(t, want, got)
	})
}

// standsAlone are the types whose finds do not depend on the words around them.
var standsAlone = SetOf(IPv4, IPv6, CIDR, URL, Email, SHA256, SHA512, CVE, Ethereum, Bitcoin, MAC, SSDEEP)

// FuzzAlone says that the text under a find's span, scanned by itself, gives the same
// value: undoing the disguises of the span gives the value, and nothing else does.
func FuzzAlone(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range Scan(text, Options{}) {
			if !standsAlone.Has(x.Type) || x.Held != NotHeld {
				continue
			}
			if x.Type == URL && strings.ContainsAny(x.Value, ",+") { // these end URLs in rows of CSV and in AsciiDoc
				continue
			}
			again := Scan(text[x.Span.Start:x.Span.End], Options{})
			require.Len(t, again, 1, "%q", text[x.Span.Start:x.Span.End])
			require.Equal(t, x.Value, again[0].Value)
		}
	})
}

// FuzzPlain says that a part which is called plain has no disguise to undo.
func FuzzPlain(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, token := range strings.FieldsFunc(text, func(r rune) bool { return r < 0x80 && classes[byte(r)]&cSpace != 0 }) {
			if len(token) < regionMax && plain((token + "        ")[:len(token)], 0) {
				var v view
				s := scanner{text: token}
				v.refang(&s, 0, len(token))
				require.Equal(t, token, v.b)
			}
		}
	})
}

// FuzzDefang says that what Defang writes, a scan reads.
func FuzzDefang(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range Scan(text, Options{}) {
			switch x.Type {
			case IPv4, Domain, URL, Email, CIDR:
			default:
				continue
			}
			if x.Held.Misread() {
				continue
			}
			again := Scan("see "+Defang(x.Type, x.Value)+" there", Options{})
			require.Len(t, again, 1, "%q", Defang(x.Type, x.Value))
			require.Equal(t, x.Type, again[0].Type)
			require.Equal(t, x.Value, again[0].Value)
		}
	})
}

func TestHostileInputKeepsTheLaws(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		checkLaws(t, strings.Repeat(h, 100_000/len(h)))
	}
}
