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
