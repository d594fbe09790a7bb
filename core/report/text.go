package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPageTitle is how much of a page's title becomes a draft's, in characters.
const maxPageTitle = 150

// SafeTitle makes one line of what a page calls itself: invisible characters and
// those that turn the direction of writing go, white space is collapsed, and what
// is longer than 150 characters is cut.
func SafeTitle(title string) string { return oneLine(title, maxPageTitle) }

// SafeURL returns a page's address if a report may carry it: http or https, without
// user name, password and fragment. Otherwise "".
func SafeURL(address string) string {
	for _, r := range address {
		if r <= ' ' || r == 0x7f || r == '\\' || r == utf8.RuneError || !strconv.IsPrint(r) {
			return ""
		}
	}
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "#")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	host := rest[strings.LastIndexByte(rest[:end], '@')+1 : end]
	if host == "" || host[0] == ':' {
		return ""
	}
	return scheme + "://" + host + rest[end:]
}

// oneLine is text without line breaks and invisible characters, at most limit
// characters long; a cut is marked.
func oneLine(text string, limit int) string {
	var (
		b     strings.Builder
		runes int
		space bool
	)
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = runes > 0
			continue
		}
		if r == utf8.RuneError || !strconv.IsPrint(r) { // controls, bidi overrides, zero width
			continue
		}
		if runes+1 >= limit || space && runes+2 >= limit {
			b.WriteRune('…')
			break
		}
		if space {
			b.WriteByte(' ')
			runes++
			space = false
		}
		b.WriteRune(r)
		runes++
	}
	return b.String()
}

// clean writes text for a report's body: line ends become \n, control characters
// go, what is not UTF-8 becomes U+FFFD. Zero-width characters stay: they are
// what the page wrote.
func clean(b *strings.Builder, text string) {
	for i, r := range text {
		switch {
		case r == '\r':
			if !strings.HasPrefix(text[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || r >= 0x7f && r < 0xa0:
		default:
			b.WriteRune(r) // RuneError writes U+FFFD
		}
	}
}
