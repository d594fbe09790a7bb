package indicator

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// siftedAndNot gives the finds in a token of a text that is sifted, and those of the
// general way; sift is asked for no more than it answers.
func siftedAndNot(before, token, after string) (sifted, general []Indicator, ok bool) {
	text := before + token + after + "\n       "
	start, end := len(before), len(before)+len(token)
	s := scanner{text: text}
	s.view.clear(text, start, end)
	var w window
	w.look(s.view.b, 0)
	if ok = s.walkLong(&w); !ok {
		return nil, nil, false
	}
	g := scanner{text: text}
	g.view.clear(text, start, end)
	if !plain(g.view.b, 0) {
		g.view.refang(&g, start, end)
	}
	g.walk(0)
	return s.out, g.out, true
}

// TestSiftAnswersAsTheGeneralWay puts tokens together from what scripts, markup and lists
// are made of, and from what sift must not pass over.
func TestSiftAnswersAsTheGeneralWay(t *testing.T) {
	t.Parallel()
	parts := []string{
		"a", "x", "h", "foo", "this", "value", "th", "t", "12", "2.5", "0x1f", "2021-11-22", "13:55:36", "v1.2.3", "1.2.3.4", "203.0.113.7", "f.map", "a.b.c", "log.info", "t.lib",
		"evil.com", "x.zip", "index.html", "config.h.in", "example.co", "user@mail.example.com", "a@b", "http://a.bc/d", "hxxp", "ftp", "meow", "://", "Mozilla/5.0", "/etc/passwd", "/bin/sh", "~/x/y",
		"CVE-2021-44228", "x.CVE-2017-11882.y", "T1059", "t1059.001", "AS64500", "SHA-256", "GHSA-jfh8-c2jp-5v3q", "UA-12345-6", "+14155552671", "00:1b:44:11:3a:b7", "fe80::1", "::1", "cpe:/a:b:c", "3:abcdefgH1:abcdeFg",
		"5d41402abc4b2a76b9719d911017c592", "aHR0cDovL2V2aWwuY29t", "Emotet", "rule", "TLP:RED", "tlp-red", "C:\\a\\b.exe", "HKLM\\Software\\x", "%TEMP%\\x", "\\\\srv\\d",
		".", ".", ",", ";", ":", "::", "/", "//", "(", "(", ")", ")", "[", "]", "{", "}", "<", ">", "\"", "'", "`", "|", "&", "&amp;", "&#46;", "=", "==", "+", "-", "--", "_", "*", "#", "$", "%", "%2E", "%3A",
		"?", "!", "!0", "~", "^", "@", "[.]", "[dot]", "(at)", "-dot-", "].", ".]", ").", "[@", "@]", "<at>", "hxp", "(s)", "%40", "__", "\\", "\\\\", "http", "h**p", "xxxx", "evil.com", "\u2019", "\u2013", "\u00e9", "\u3002", "\u200b",
	}
	befores := []string{"", "see ", "\n", "version ", "(", "md5: "}
	r := rand.New(rand.NewPCG(5, 6))
	answered, found := 0, 0
	for range 100_000 {
		var token strings.Builder
		for range 1 + r.IntN(4<<r.IntN(5)) {
			token.WriteString(parts[r.IntN(len(parts))])
		}
		sifted, general, ok := siftedAndNot(befores[r.IntN(len(befores))], token.String(), "")
		if ok {
			require.Equal(t, general, sifted, "%q", token.String())
			answered++
			found += len(sifted)
		}
	}
	assert.Greater(t, answered, 10_000, "it answers")
	assert.Greater(t, found, 10_000, "it finds")
}

func FuzzSift(f *testing.F) {
	for _, seed := range []string{
		`d.word(e[12],{word:3.4,f:!0})||g.h.i("word")}j=k?.5:l;function`, "t.Fatalf(", "|2023-09-07|x.zip|1.2.3.4", "a@b.c,d@e.com", "x.CVE-2017-11882.y", "</td><td>http://a.bc/d",
	} {
		f.Add("see ", seed)
	}
	f.Fuzz(func(t *testing.T, before, token string) {
		if len(before) > 100 || len(token) > 400 || token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			t.Skip()
		}
		if sifted, general, ok := siftedAndNot(before, token, ""); ok {
			require.Equal(t, general, sifted)
		}
	})
}
