package indicator

import "strings"

// schemeForm reads a scheme and its separator at text[p] when one of them is disguised
// in a way that the grammar of URLs does not read itself: h**p://, h[tt]p://, http__,
// http:// host, http///. A host must follow.
func (v *view) schemeForm(text string, p int) form {
	scheme, q := disguisedScheme(text, p)
	if scheme == "" {
		return form{}
	}
	var step Steps
	known, ok := schemeOf(text[p:q])
	if !ok || known != scheme || !hasPrefixFold(text[p:], scheme) {
		step = StepScheme
	}
	sep := separator(text, q)
	if sep.end == q {
		return form{}
	}
	host := skipBlanks(text, sep.end)
	if sep.step == 0 && ok && host == sep.end {
		return form{} // the grammar reads h??p:// and plain :// itself
	}
	if host >= len(text) || classes[text[host]]&(cAlnum|cHigh) == 0 && text[host] != '[' && text[host] != '_' {
		return form{}
	}
	if host > sep.end || sep.open {
		// A blank: what follows must look like a host.
		to := tokenEnd(text, host)
		if !strings.Contains(text[host:to], ".") && !(to+1 < len(text) && text[to] == ' ' && text[to+1] == '.') || sep.bare() {
			return form{}
		}
		v.spaced = true
		step |= StepSeparator
	}
	return form{withSeparator(scheme), host, step | sep.step, false}
}

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

// schemeMiddles are the signs that stand for the letters of http between its first and its last.
var schemeMiddles = byteSet{1<<'*' | 1<<'#' | 1<<'?' | 1<<'+' | 1<<'-' | 1<<'0', 1<<('t'-64) | 1<<('x'-64) | 1<<('z'-64) | 1<<('T'-64) | 1<<('X'-64) | 1<<('Z'-64) | 1<<('_'-64)}

// disguisedScheme reads h**p, hxxps, h[tt]p, xxxx, ftx and their like at text[p].
func disguisedScheme(text string, p int) (scheme string, end int) {
	rest := text[p:min(len(text), p+12)]
	if len(rest) < 4 {
		return "", p
	}
	switch rest[0] | 0x20 {
	case 'h':
		n := 1
		inner := 0
		for n < len(rest) && (classes[rest[n]]&cOpen != 0 || isCloser(rest[n])) {
			n++
		}
		for n < len(rest) && inner < 3 && schemeMiddles.has(rest[n]) != 0 {
			n++
			inner++
		}
		for n < len(rest) && (classes[rest[n]]&cOpen != 0 || isCloser(rest[n])) {
			n++
		}
		if inner < 1 || n >= len(rest) || rest[n]|0x20 != 'p' {
			return "", p
		}
		scheme, end = "http", p+n+1
	case 'x':
		if len(rest) > 4 && foldAny(rest[:4], "xxxx") {
			if rest[4]|0x20 == 'x' {
				return "https", p + 5
			}
			return "http", p + 4
		}
	case 'm':
		if foldAny(rest[:4], "meow") {
			scheme, end = "http", p+4
		}
	case 'f':
		if foldAny(rest[:3], "ftp", "fxp", "ftx") {
			scheme, end = "ftp", p+3
		}
	}
	rest = text[end:min(len(text), end+3)]
	switch {
	case scheme == "":
		return "", p
	case len(rest) > 0 && rest[0]|0x20 == 's':
		return secured(scheme), end + 1
	case len(rest) == 3 && classes[rest[0]]&cOpen != 0 && rest[1]|0x20 == 's' && isCloser(rest[2]): // http(s)
		return secured(scheme), end + 3
	}
	return scheme, end
}

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

// schemeBracket reads [http]:// and (https):// at text[p].
func (v *view) schemeBracket(text string, p int) form {
	if p+6 > len(text) || text[p+1]|0x20 != 'h' || v.afterName() {
		return form{}
	}
	scheme, q := disguisedScheme(text, p+1)
	if scheme == "" || q >= len(text) || !isCloser(text[q]) {
		return form{}
	}
	sep := separator(text, q+1)
	if sep.end == q+1 {
		return form{}
	}
	host := skipBlanks(text, sep.end)
	if host >= len(text) || classes[text[host]]&(cAlnum|cHigh) == 0 || host > sep.end && !strings.Contains(text[host:tokenEnd(text, host)], ".") {
		return form{}
	}
	return form{scheme + "://", host, StepScheme | sep.step, false}
}

// endsWithScheme reports whether the last thing in a token is a scheme, plain or
// disguised; at is where that begins.
func endsWithScheme(text string, start, end int) (at int, ok bool) {
	for at = start; at < end; at++ {
		if classes[text[at]]&(cWordChar|cOpen) == 0 || at > start && classes[text[at-1]]&cWordChar != 0 {
			continue
		}
		if _, ok = schemeOf(text[at:end]); ok {
			return at, true
		}
		if to := at + b2i(classes[text[at]]&cOpen != 0); to < end {
			if scheme, q := disguisedScheme(text, to); scheme != "" && (q == end || q+1 == end && isCloser(text[q]) && to > at) {
				return at, true
			}
		}
	}
	return 0, false
}

// parting are the bytes that what parts a scheme from a host may begin with.
var parting = byteSet{1<<' ' | 1<<'!' | 1<<'&' | 1<<'/' | 1<<':' | 1<<'(' | 1<<'<', 1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('_'-64), 0, 1 << (0xEF - 192)}

// wideScheme reads a disguised separator at text[p] behind a scheme that itself was
// written in wide characters or with invisible ones in it.
func (v *view) wideScheme(text string, p int) form {
	if !v.wideUsed || v.address || parting.has(text[p]) == 0 || !v.afterScheme() {
		return form{}
	}
	sep := separator(text, p)
	host := skipBlanks(text, sep.end)
	if sep.end == p || sep.step == 0 && host == sep.end || host >= len(text) || classes[text[host]]&(cWordChar|cHigh) == 0 {
		return form{}
	}
	v.address = true
	return form{"://", host, StepSeparator, false}
}
