package indicator

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// dotForms, atForms, schemeForms and separatorForms are the catalogue of disguises.
var (
	dotForms = []string{
		"[.]", "(.)", "{.}", "<.>", "[dot]", "(dot)", "{dot}", "[DOT]", "(Dot)", "[.", ".]", "(.", ".)", "{.", ".}", "(.}", "{.)", "[.)", "[[.]]", "[[[.]]", "[[.", "\\.", "[\\.]", "\\[.\\]", "\\(.\\)",
		" [.] ", " (.) ", " [dot] ", " (dot) ", "[ . ]", "[ dot ]", " dot ", " DOT ", "[,]", "(,)", "[punto]", "(punkt)",
		"&#46;", "&#x2E;", "&period;", "\u3002", "\uff0e", "\u2024", "\uff61", "\u200b.", ".\u200b", "\u00ad.",
	}
	atForms = []string{
		"@", "[@]", "(@)", "{@}", "[at]", "(at)", "{at}", "[AT]", "(At)", " [at] ", " (at) ", " [@] ", " (@) ", " {@} ", "[et]", "(arroba)", " [arroba] ", "&#64;", "&commat;", "\uff20", "[ at ]", "[ @ ]",
	}
	schemeWords = []string{
		"http", "hxxp", "hXXp", "HXXP", "hxXp", "h**p", "h__p", "htxp", "hxtp", "hzzp", "hzzzp", "h[tt]p", "h(tt)p", "h[xx]p", "h##p", "h++p", "meow", "xxxx", "[http]", "(http)", "ｈｔｔｐ", "h\u200bttp",
	}
	separatorForms = []string{
		"://", "[://]", "(://)", "[:]//", "(:)//", "[:]\\\\", ":\\\\", ":__", "[:// ]", ":[//]", "[:][//]", ":[/][/]", "[:][/][/]", "!://", "&://", ":///", "[:]///", ":// ", " ://", " :// ", ":\\/\\/", "：／／", "&#58;//", "&colon;&sol;&sol;",
	}
	carriers = []string{
		"%", "seen %, then gone", "(see %)", "\"%\"", "- `%`\nnext", "| % | note |", "C2: %.", "\u201c%\u201d", "IOC=%;",
	}
)

// TestEveryDisguiseOnEveryHost writes every dot of a host in every form, in every
// carrier, for every kind of host.
func TestEveryDisguiseOnEveryHost(t *testing.T) {
	t.Parallel()
	for _, dot := range dotForms {
		for _, base := range []struct {
			kind        Type
			text, value string
		}{
			{Domain, "cdn.bad-host.co.uk", "cdn.bad-host.co.uk"},
			{IPv4, "203.0.113.77", "203.0.113.77"},
			{URL, "http://cdn.bad-host.net/a", "http://cdn.bad-host.net/a"},
			{URL, "hxxps://203.0.113.77:8080/a?b=c", "https://203.0.113.77:8080/a?b=c"},
			{Email, "joe@mail.bad-host.org", "joe@mail.bad-host.org"},
		} {
			expectIn(t, base.kind, base.value, strings.ReplaceAll(base.text, ".", dot))
		}
	}
}

func TestEveryDisguiseOfAnAtSign(t *testing.T) {
	t.Parallel()
	for _, at := range atForms {
		for _, dot := range []string{".", "[.]", "(dot)", " dot ", " [.] "} {
			if at == "@" && dot == "." {
				continue
			}
			expectIn(t, Email, "joe@mail.bad-host.org", "joe"+at+strings.ReplaceAll("mail.bad-host.org", ".", dot))
		}
	}
	expectIn(t, Email, "joe@mail.bad-host.org", "joe at mail dot bad-host dot org")
	expectIn(t, Email, "joe7@proton-mail.org", "joe7 at proton-mail dot org")
}

func TestEveryDisguiseOfASchemeAndSeparator(t *testing.T) {
	t.Parallel()
	for _, word := range schemeWords {
		for _, separator := range separatorForms {
			for _, host := range []struct{ text, value string }{
				{"cdn.bad-host.net/a.php?b=1", "cdn.bad-host.net/a.php?b=1"},
				{"203[.]0[.]113[.]77:81/x", "203.0.113.77:81/x"},
				{"cdn[.]bad-host[.]net", "cdn.bad-host.net"},
			} {
				expectIn(t, URL, "http://"+host.value, word+separator+host.text)
			}
		}
	}
}

// expectIn puts text into every carrier and expects the one value.
func expectIn(t *testing.T, kind Type, value, text string) {
	t.Helper()
	for _, carrier := range carriers {
		whole := strings.Replace(carrier, "%", text, 1)
		found := Scan(whole, Options{Types: SetOf(kind), DropHeld: true})
		if assert.Len(t, found, 1, "%q", whole) {
			assert.Equal(t, value, found[0].Value, "%q", whole)
		}
	}
}
