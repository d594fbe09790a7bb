package indicator

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bothWays scans a token read directly, and the general way, which the last eight bytes
// of a text take.
func bothWays(t *testing.T, before, token string) {
	t.Helper()
	text := before + token + "\n"
	require.Equal(t, Scan(text, Options{}), Scan(text+strings.Repeat("\n", 8), Options{}), "%q", text)
}

// TestDirectAnswersAsTheGeneralWay puts tokens together from what direct looks for and
// what it must leave alone.
func TestDirectAnswersAsTheGeneralWay(t *testing.T) {
	t.Parallel()
	parts := []string{
		"(", "(word)", "|h", "=", "&amp;", "h[tt]p", "{", ">", "hxxp", "__",
		"evil", "Evil", "www", "t1059", "a", "x1", "dot", "log", "readme", "com", "net", "zip", "co", "uk", "xn--p1ai", "example", "test", "bad-site",
		"198", "51", "100", "7", "0", "256", "01", "1.2.3.4", "2026-11-22", "13:55:36", "5d41402abc4b2a76b9719d911017c592", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
		"Emotet", "turla", "AS64500", "T1059", "TA0001", "tlp", "rule", "mutex",
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

func FuzzDirect(f *testing.F) {
	for _, seed := range []string{"evil[.]example[.]com", "203.0.113[.]7,", "a.zip", "www.example.org", "2026-11-22", "Emotet,"} {
		f.Add("see ", seed)
	}
	f.Fuzz(func(t *testing.T, before, token string) {
		if len(before) > 200 || len(token) > 80 || strings.ContainsAny(token, " \n") {
			t.Skip()
		}
		bothWays(t, before, token)
	})
}
