package api

import "strings"

// Check finds what no transport may be given, and fails with *InvalidError. Both
// transports and Client call it. It is done here because the errors of the
// browsers' own checks quote the offending header, which may be the credential.
func (r *Request) Check() error {
	if r.Method == "" || strings.Trim(r.Method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return &InvalidError{Field: "method", Problem: "is not an upper-case HTTP method"}
	}
	if r.Body != nil && (r.Method == "GET" || r.Method == "HEAD") {
		return &InvalidError{Field: "body", Problem: "is not allowed with " + r.Method}
	}
	if problem := urlProblem(r.URL); problem != "" {
		return &InvalidError{Field: "url", Problem: problem}
	}
	for _, field := range r.Header {
		if !isToken(field.Name) {
			return &InvalidError{Field: "header", Problem: "has a name that HTTP does not allow"}
		}
		if !isFieldValue(field.Value) {
			return &InvalidError{Field: field.Name, Problem: "has a character that HTTP does not allow in a header"}
		}
	}
	return nil
}

// urlProblem says what is wrong with an address, "" if nothing is. It takes less than
// browsers and net/url do, so that both read what it lets through alike: printable
// ASCII, a host of letters, digits, dots, hyphens and underscores or an IPv6 address in
// brackets, a port in digits.
func urlProblem(rawURL string) string {
	rest, ok := strings.CutPrefix(rawURL, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(rawURL, "http://"); !ok {
			return "must begin with https:// or http://"
		}
	}
	if !isURLText(rest) {
		return "cannot be read as an address"
	}
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	if strings.Contains(authority, "@") {
		return "must not hold a user name or password"
	}
	host, port := authority, ""
	if end := strings.LastIndexByte(authority, ']'); end >= 0 {
		host, port = authority[:end+1], authority[end+1:]
	} else if colon := strings.IndexByte(authority, ':'); colon >= 0 {
		host, port = authority[:colon], authority[colon:]
	}
	switch {
	case host == "":
		return "has no host"
	case !isHost(host) || !isPort(port):
		return "has a host or port that cannot be read"
	}
	return ""
}

// isURLText allows what may stand in a URL, percent signs only as escapes.
func isURLText(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c > '~', strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			return false
		case c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			return false
		}
	}
	return true
}

func isHost(host string) bool {
	allowed := func(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte("-._", c) >= 0 }
	if address, ok := strings.CutPrefix(host, "["); ok {
		if address, ok = strings.CutSuffix(address, "]"); !ok {
			return false
		}
		host, allowed = address, func(c byte) bool { return isHex(c) || c == ':' || c == '.' }
	}
	for i := range len(host) {
		if !allowed(host[i]) {
			return false
		}
	}
	return host != ""
}

// isPort takes "" and a colon with at most five digits.
func isPort(port string) bool {
	digits, ok := strings.CutPrefix(port, ":")
	return port == "" || ok && len(digits) <= 5 && strings.Trim(digits, "0123456789") == ""
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// isToken follows RFC 9110 section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && !isDigit(c) && !strings.Contains("!#$%&'*+-.^_`|~", string(rune(c))) {
			return false
		}
	}
	return s != ""
}

// isFieldValue allows visible ASCII, spaces and tabs inside. RFC 9110 section 5.5
// leaves more to old servers, but fetch and net/http send that differently.
func isFieldValue(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 0x20 && c != '\t') || c > 0x7e {
			return false
		}
	}
	return s == strings.Trim(s, " \t")
}

// has reports whether the header has the name, be its value empty.
func (h Header) has(name string) bool {
	for _, field := range h {
		if strings.EqualFold(field.Name, name) {
			return true
		}
	}
	return false
}
