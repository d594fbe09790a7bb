package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/report"
)

func TestSafeTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"":                           "",
		" \n\t ":                     "",
		"Plain":                      "Plain",
		"a\u202egnp.exe\u202c":       "agnp.exe",
		"zero\u200bwidth\u00adhyph":  "zerowidthhyph",
		"two\r\nlines\tand \u00a0 x": "two lines and x",
		"<b>kept as text</b>":        "<b>kept as text</b>",
		"bad \xff byte":              "bad byte",
	} {
		assert.Equal(t, want, report.SafeTitle(title), "%q", title)
	}
	long := report.SafeTitle(strings.Repeat("é ", 500))
	assert.LessOrEqual(t, utf8.RuneCountInString(long), 150)
	assert.True(t, strings.HasSuffix(long, "…"))
}

func TestSafeURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://blog.example/a?b=c":           "https://blog.example/a?b=c",
		"http://blog.example":                  "http://blog.example",
		"https://u:p@blog.example/":            "https://blog.example/",
		"https://blog.example/#frag":           "https://blog.example/",
		"https://blog.example/#":               "https://blog.example/",
		"https://blog.example/%zz":             "https://blog.example/%zz",
		"HTTPS://Blog.Example/A":               "HTTPS://Blog.Example/A",
		"https://a@b@blog.example":             "https://blog.example",
		"https://blog.example?mail=a@b.c":      "https://blog.example?mail=a@b.c",
		"https://:443/":                        "",
		"https://user@/":                       "",
		"file:///etc/passwd":                   "",
		"javascript:alert(1)":                  "",
		"about:blank":                          "",
		"chrome-extension://abc/panel.html":    "",
		"https://":                             "",
		"https://a.example/\u202egnp":          "",
		"https://a.example/ b":                 "",
		`https://a.example\@evil.example/`:     "",
		"https://bücher.example/straße":        "https://bücher.example/straße",
		"//blog.example/no-scheme":             "",
		"data:text/html,<script>1</script>":    "",
		"https://user@blog.example/x#y?token=": "https://blog.example/x",
	} {
		assert.Equal(t, want, report.SafeURL(address), "%q", address)
	}
}

func FuzzSafeURL(f *testing.F) {
	f.Add("https://u:p@blog.example/a?b#c")
	f.Fuzz(func(t *testing.T, address string) {
		safe := report.SafeURL(address)
		assert.Equal(t, safe, report.SafeURL(safe), "SafeURL is idempotent")
		assert.NotContains(t, safe, "#")
	})
}
