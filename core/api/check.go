package api

import (
	"net/url"
	"strings"
)

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
	if err := checkURL(r.URL); err != nil {
		return err
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

func checkURL(rawURL string) error {
	u, err := url.Parse(rawURL)
	switch {
	case err != nil: // not wrapped: it quotes the URL
		return &InvalidError{Field: "url", Problem: "cannot be read as an address"}
	case u.Scheme != "https" && u.Scheme != "http":
		return &InvalidError{Field: "url", Problem: "must begin with https:// or http://"}
	case u.Hostname() == "":
		return &InvalidError{Field: "url", Problem: "has no host"}
	case u.User != nil:
		return &InvalidError{Field: "url", Problem: "must not hold a user name or password"}
	}
	return nil
}

// isToken follows RFC 9110 section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && (c < '0' || c > '9') && !strings.Contains("!#$%&'*+-.^_`|~", string(rune(c))) {
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
