package indicator

import "strings"

// headOfScheme reports whether a disguised scheme may begin with c.
func headOfScheme(c byte) bool {
	return c|0x20 == 'h' || c|0x20 == 'x' || c|0x20 == 'f' || c|0x20 == 'm'
}

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
	if !ok || known != scheme || compareFold(scheme, text[p:]) != 0 {
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
	return form{scheme + "://", step | sep.step, host, false}
}

// bare reports whether a separator is too weak to stand before a blank.
func (f form) bare() bool { return f.plain == "__" }

// disguisedScheme reads h**p, hxxps, h[tt]p, xxxx, ftx and their like at text[p].
func disguisedScheme(text string, p int) (scheme string, end int) {
	rest := text[p:min(len(text), p+12)]
	if len(rest) < 4 {
		return "", p
	}
	secure := func(scheme string, n int) (string, int) {
		if n < len(rest) && rest[n]|0x20 == 's' {
			return scheme + "s", p + n + 1
		}
		return scheme, p + n
	}
	switch rest[0] | 0x20 {
	case 'h':
		n := 1
		inner := 0
		for n < len(rest) && (classes[rest[n]]&cOpen != 0 || isCloser(rest[n])) {
			n++
		}
		for n < len(rest) && inner < 3 && strings.IndexByte("txz*_#?+-0TXZ", rest[n]) >= 0 {
			n++
			inner++
		}
		for n < len(rest) && (classes[rest[n]]&cOpen != 0 || isCloser(rest[n])) {
			n++
		}
		if inner < 2 || n >= len(rest) || rest[n]|0x20 != 'p' {
			return "", p
		}
		return secure("http", n+1)
	case 'x':
		if len(rest) > 4 && foldAny(rest[:4], "xxxx") {
			if rest[4]|0x20 == 'x' {
				return "https", p + 5
			}
			return "http", p + 4
		}
	case 'm':
		if foldAny(rest[:4], "meow") {
			return secure("http", 4)
		}
	case 'f':
		if foldAny(rest[:3], "ftp", "fxp", "ftx") {
			return secure("ftp", 3)
		}
	}
	return "", p
}

// separator reads what stands for :// at text[q]; step 0 is the plain form.
func separator(text string, q int) form {
	p := skipBlanks(text, q)
	if p >= len(text) {
		return form{end: q}
	}
	blank := p > q
	f := form{step: StepSeparator, open: blank}
	colon := false
	if classes[text[p]]&cOpen != 0 {
		b := bracketForm(text, p)
		switch b.plain {
		case "://":
			f.end = b.end
			return f
		case ":":
			colon, p = true, b.end
		default:
			return form{end: q}
		}
	} else if p+1 < len(text) && (text[p] == '!' || text[p] == '&') && text[p+1] == ':' {
		colon, p = true, p+2
	} else if text[p] == ':' {
		colon, p = true, p+1
		f.plain = ":"
	}
	rest := text[p:min(len(text), p+8)]
	switch {
	case strings.HasPrefix(rest, "///"):
		f.end = p + 3
	case strings.HasPrefix(rest, "//"):
		f.end = p + 2
		if f.plain == ":" && !blank {
			f.step = 0
		}
	case strings.HasPrefix(rest, `\\`) && colon:
		f.end = p + 2
	case strings.HasPrefix(rest, `\/\/`) && colon:
		f.end = p + 4
	case strings.HasPrefix(rest, "__") && !blank:
		f.end = p + 2
		if !colon {
			f.plain = "__"
		}
	case strings.HasPrefix(rest, "[//]") && colon, strings.HasPrefix(rest, "(//)") && colon:
		f.end = p + 4
	case strings.HasPrefix(rest, "[/][/]") && colon:
		f.end = p + 6
	default:
		return form{end: q}
	}
	return f
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
	if sep := separator(text, q+1); sep.end > q+1 && sep.end < len(text) && classes[text[sep.end]]&(cAlnum|cHigh) != 0 {
		return form{scheme + "://", StepScheme | sep.step, sep.end, false}
	}
	return form{}
}
