package indicator

import "strings"

// withSeparator is one of the schemes that disguises stand for and its separator.
func withSeparator(scheme string) string {
	switch scheme {
	case "http":
		return "http://"
	case "https":
		return "https://"
	case "ftp":
		return "ftp://"
	}
	return "ftps://"
}

func secured(scheme string) string {
	if scheme == "ftp" {
		return "ftps"
	}
	return "https"
}

// bare reports whether a separator is too weak to stand before a blank.
func (f form) bare() bool { return f.plain == "__" }

// separator reads what stands for :// at text[q]: a colon, or what disguises one, and
// two or three slashes, backslashes or underscores. Step 0 is the plain form.
func separator(text string, q int) form {
	p := skipBlanks(text, q)
	if p >= len(text) {
		return form{end: q}
	}
	f := form{step: StepSeparator, open: p > q}
	if strings.HasPrefix(text[p:], "://") && !f.open && !strings.HasPrefix(text[p+3:], "/") {
		return form{plain: ":", end: p + 3}
	}
	if classes[text[p]]&cOpen != 0 {
		if b := bracketForm(text, p); b.plain == "://" {
			f.end = b.end
			return f
		}
	}
	colon := false
	if p+1 < len(text) && (text[p] == '!' || text[p] == '&' && text[p+1] == ':') {
		p++
	}
	if c, n := separatorSign(text, p); c == ':' {
		colon = true
		p += n
	}
	slashes := 0
	for slashes < 3 {
		c, n := separatorSign(text, p)
		if n > 1 && c == '/' && strings.HasPrefix(text[p:], "[//]") || p < len(text) && text[p] == '(' && strings.HasPrefix(text[p:], "(//)") {
			slashes++
		} else if c != '/' && (c != '\\' || !colon) && c != '_' || c == '_' && (f.open || slashes == 2) {
			break
		}
		if c == '_' && !colon {
			f.plain = "__"
		}
		slashes++
		p += n
	}
	if slashes < 2 {
		return form{end: q}
	}
	f.end = p
	return f
}

// separatorSign reads one sign of a separator at text[p], plain or disguised; n is its
// length, 0 when there is none.
func separatorSign(text string, p int) (c byte, n int) {
	if p >= len(text) {
		return 0, 0
	}
	rest := text[p:]
	switch rest[0] {
	case ':', '/', '_':
		return rest[0], 1
	case '\\':
		if strings.HasPrefix(rest, `\/`) {
			return '/', 2
		}
		return '\\', 1
	case '&':
		if f := entity(text, p); f.end > p {
			return f.plain[0], f.end - p
		}
	case '[', '(', '{':
		if strings.HasPrefix(rest, "[//]") || strings.HasPrefix(rest, "(//)") {
			return '/', 4
		}
		if b := bracketForm(text, p); b.end > p && (b.plain == ":" || b.plain == "/") {
			return b.plain[0], b.end - p
		}
	case 0xEF: // full-width colon and solidus
		if strings.HasPrefix(rest, "\uff1a") {
			return ':', 3
		}
		if strings.HasPrefix(rest, "\uff0f") {
			return '/', 3
		}
	}
	return 0, 0
}
