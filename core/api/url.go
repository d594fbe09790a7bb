package api

import (
	"net/url"
	"strings"
)

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
			b.WriteString(url.PathEscape(element))
		}
	}
	return b.String()
}

// Query is the list of a URL's parameters in their order. A name may be repeated.
type Query []Field

// Add appends a parameter.
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
		b.WriteString(url.QueryEscape(field.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(field.Value))
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
