package indicator

import (
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// general is Scan with none of its short ways: the first stage's choice of tokens, each
// read item by item.
func general(text string) []Indicator {
	s := scanner{text: text}
	var w window
	for i := 0; i < len(text); {
		if classes[text[i]]&cSpace != 0 {
			i++
			continue
		}
		at := w.look(text, i)
		end := tokenEnd(text, i)
		if end-i == regionMax {
			end = s.cut(i)
		}
		if n := end - i; n < 25 {
			if word := bits.TrailingZeros64(w.wordEnds); w.words>>(word&63)&1 != 0 && (n < 2 || !s.opensName(i, end)) || w.words>>(word&63)&1 == 0 && !w.hot(0, n) && !s.quotes(at, 0, i, end) {
				i = end
				continue
			}
		}
		if back := s.rewind(i, end); back < i || goesOn(text, end) {
			i = s.part(back, i, end)
			continue
		}
		end = s.view.load(&s, i, end, 0)
		s.walk(0)
		i = max(end, s.last)
	}
	return s.out
}

// bothWays scans a token read directly, and the general way.
func bothWays(t *testing.T, before, token string) {
	t.Helper()
	text := before + token + "\n       "
	require.Equal(t, general(text), Scan(text, Options{}), "%q", text)
}

// TestDirectAnswersAsTheGeneralWay puts tokens together from what direct looks for and
// what it must leave alone.
func TestDirectAnswersAsTheGeneralWay(t *testing.T) {
	t.Parallel()
	parts := []string{
		"(", "(word)", "|h", "=", "&amp;", "h[tt]p", "{", ">", "hxxp", "__",
		"evil", "Evil", "www", "t1059", "a", "x1", "dot", "log", "readme", "com", "net", "zip", "co", "uk", "xn--p1ai", "example", "test", "bad-site",
		"198", "51", "100", "7", "0", "256", "01", "1.2.3.4", "2026-11-22", "13:55:36", "5d41402abc4b2a76b9719d911017c592", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
		"Emotet", "turla", "C:\\", "HKLM\\", "hkey_users\\", "\\", "Temp", "AS64500", "T1059", "TA0001", "tlp", "rule", "mutex",
		"+", "`+", "\"", "`", "|", "|", "|`", "<", ")", ";", "'", "}", "*", "?", ":443", ":80", ":0", ":99999", "[@]", "(@)", "jabber", "first", "mail",
		".", ".", ".", "[.]", "[.]", "[.]", "-", "_", "(.)", "[", "]", ".]", "[.", ",", ":", "/", "@", "..", "-dot-", "\u00e9", "\u3002",
	}
	befores := []string{"", "see ", "the\n", "mail user at ", "version ", "md5: ", "user@ ", "hxxp "}
	r := rand.New(rand.NewPCG(3, 4))
	for range 60_000 {
		var token strings.Builder
		for range 1 + r.IntN(7) {
			token.WriteString(parts[r.IntN(len(parts))])
		}
		bothWays(t, befores[r.IntN(len(befores))], token.String())
	}
}

// TestDirectURLAnswersAsTheGeneralWay does the same with what URLs are made of.
func TestDirectURLAnswersAsTheGeneralWay(t *testing.T) {
	t.Parallel()
	before := []string{"", "", "", "", "", "", "\"", "href=\"", "(", "<", "[", "`", "|", "`++", "+", "text](", "x", "git-", "_", "url=", "Emotet:", "=", "'", "a.b", ",", "&", "h(", "%", "http=", "{", "dot(", "mutex\"", "T1059,", "*"}
	schemes := []string{"http://", "https://", "hxxp://", "hxxps[:]//", "hXXp[://]", "HTTPS://", "ftp://", "http:///", "hxxp[:]\\\\", "http(:)//", "http:", "[https]://", "meow://"}
	hosts := []string{"evil", "a", "www", "bad-host", "x-", "-y", "a_b", "evil-dot-com", "example", "com", "com", "net", "zip", "nonsuch", "198", "51", "100", "7", "256", ".", ".", ".", "[.]", "[.]", "(.)", "{.}", "<.>", "[.", ".]", "..", "user@", "\u00e9", "[2001:db8::1]", "xn--p1ai"}
	tails := []string{"/", "/", "?", "#", "a", "b.php", "=", "&", "1", "-", "_", "__", "//", "/_", "/at/", "/dot/com", "-dot-com", "%20", "%3A%2F%2F", "&amp;", "&#46;", "&sol;", "(", ")", "[", "]", "{", "}", ",", ";", "'", "~", "+", "!", "$", "*", "@", ":", ":80", ":99999", "[.]", "(.)", ".", ".]", "\\", "^", "|", "<", ">", "\"", "`", "</a>", "\">Emotet", "\">but</a></td><td", "hxxp://b.com", "https://c.net/x", "h[tt]p", "http__", "\u00e9", "\u200b", "evil.com", "|1.2.3.4|", "\"a.com\"", "x@evil.com", strings.Repeat("ab/cd", 12), "&x", "&commat;"}
	ends := []string{"", "", "", ".", ",", ")", ").", "\"", "\",", "`", "'", ">", "]", "*", ";", ":", "!", "?", "|", "++", "\">", "`|", ".)", ".))", "...", "\u201d"}
	afters := []string{"\n", "\n", " b", " at home dot com", " dot com", " [.] com", " (.", " ( .com", " @ b", "  [dot] net", " \n", "\t"}
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(list []string, n int) (text string) {
		for range n {
			text += list[r.IntN(len(list))]
		}
		return text
	}
	for range 200_000 {
		token, after := pick(schemes, 1), pick(afters, 1)
		if after == " at home dot com" { // refang joins it to signs that are no disguises but might have been
			token += pick([]string{"evil.com", "evil[.]com", "198.51.100(.)7"}, 1)
		} else {
			token = pick(before, 1) + token + pick(hosts, 1+r.IntN(6)) + pick(tails, max(0, r.IntN(8)-2)) + pick(ends, 1)
		}
		bothWays(t, pick([]string{"", "see ", "the\n", "hxxp ", "user@ "}, 1), token+after)
	}
}

func FuzzDirect(f *testing.F) {
	for _, seed := range []string{"evil[.]example[.]com", "203.0.113[.]7,", "a.zip", "www.example.org", "2026-11-22", "Emotet,", "href=\"https://evil.com/a?b=c\">x", "hxxps[:]//a[.]b.c(.)net:80/d-e.", "https://c.net/x/,++", "`++https://c.net/x++`"} {
		f.Add("see ", seed)
	}
	f.Fuzz(func(t *testing.T, before, token string) {
		if len(before) > 200 || len(token) > 200 || strings.ContainsAny(token, " \n") {
			t.Skip()
		}
		bothWays(t, before, token)
	})
}
