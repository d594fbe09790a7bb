package api

import "strings"

// Redact returns rawURL without userinfo, query and fragment, for errors and logs.
// The query goes with its names: nobody can tell a name from a value in what a
// user typed. An authority that cannot be read is hidden together with all that
// follows, for it may be half of a password.
func Redact(rawURL string) string {
	if end := strings.IndexAny(rawURL, "?#"); end >= 0 {
		rawURL = rawURL[:end]
	}
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		if strings.Contains(rawURL, "@") {
			return Hidden
		}
		return rawURL
	}
	path := ""
	if end := strings.IndexAny(rest, `/\`); end >= 0 {
		rest, path = rest[:end], rest[end:]
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		rest = rest[at+1:]
	}
	if !portReadable(rest) {
		return scheme + "://" + Hidden
	}
	return scheme + "://" + rest + path
}

// portReadable reports whether what follows the host's colon, if anything, is a number.
func portReadable(authority string) bool {
	port := authority[strings.LastIndexByte(authority, ']')+1:]
	_, port, _ = strings.Cut(port, ":")
	return strings.Trim(port, "0123456789") == ""
}

// JoinURL appends path elements to a base URL that has neither query nor fragment.
// Every element is escaped, so that a slash, a question mark or a dot segment
// that a server put into an id stays inside its element.
func JoinURL(base string, elements ...string) string {
	var b strings.Builder
	b.WriteString(strings.TrimRight(base, "/"))
	for _, element := range elements {
		b.WriteByte('/')
		switch element {
		case ".", "..":
			// Browsers resolve "%2e%2e" as they do "..", so the escape is escaped. The
			// server finds no such object, which is true.
			b.WriteString(strings.ReplaceAll(element, ".", "%252E"))
		default:
			b.WriteString(escape(element, "$&+=:@"))
		}
	}
	return b.String()
}

// Query is the list of a URL's parameters in their order. A name may be repeated.
type Query []Field

// Add appends a parameter. It is not inlined: some call it by the dozen.
//
//go:noinline
func (q *Query) Add(name, value string) { *q = append(*q, Field{name, value}) }

// AddNonEmpty appends a parameter unless its value is "".
func (q *Query) AddNonEmpty(name, value string) {
	if value != "" {
		q.Add(name, value)
	}
}

// Encode returns the parameters as application/x-www-form-urlencoded.
func (q Query) Encode() string {
	var b strings.Builder
	for i, field := range q {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(escape(field.Name, " "))
		b.WriteByte('=')
		b.WriteString(escape(field.Value, " "))
	}
	return b.String()
}

// AppendTo returns rawURL, which has neither query nor fragment, with the parameters.
func (q Query) AppendTo(rawURL string) string {
	if len(q) == 0 {
		return rawURL
	}
	return rawURL + "?" + q.Encode()
}

// escape percent-encodes all bytes but the unreserved ones of RFC 3986 and those of
// kept; a kept space becomes a plus. It is here because net/url links fmt and
// reflect; a test holds it against net/url.
func escape(s, kept string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ' && strings.Contains(kept, " "):
			b.WriteByte('+')
		case isLetter(c), isDigit(c), strings.IndexByte("-_.~", c) >= 0, strings.IndexByte(kept, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
