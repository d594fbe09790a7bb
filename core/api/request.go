package api

import (
	"context"
	"strings"
	"time"
)

// Limits that hold where a Request does not say otherwise.
const (
	// DefaultTimeout is how long one exchange may take. A browser stops an idle
	// service worker after 30 s, so an exchange must have ended before.
	DefaultTimeout = 25 * time.Second

	// DefaultMaxBody is the largest response body that is read: 8 MiB, four times
	// the largest report.
	DefaultMaxBody = 8 << 20

	// MaxErrorBody is how much of a failed response's body is kept: 64 KiB.
	MaxErrorBody = 64 << 10
)

// Transport carries one request to a server and brings back its answer.
//
// An answer of any status is a Response, not an error. RoundTrip fails with
// *NetworkError (no answer, or half of one), *RedirectError (redirects are never
// followed: they would carry the credentials to another host),
// *BodyTooLargeError, or the context's error when the context ended first. It
// sends no cookies and no Referer. It must be safe for concurrent use and must
// not keep or change req.
type Transport interface {
	RoundTrip(ctx context.Context, req *Request) (*Response, error)
}

// Request is one HTTP request with its body in memory.
type Request struct {
	// Operation names the call in errors, e.g. "trustar: submit report".
	Operation string

	// Method is an upper-case HTTP method.
	Method string

	// URL is absolute, with its query.
	URL string

	Header Header

	// Body is sent with its length. Nil means none.
	Body []byte

	// Timeout for the whole exchange; zero means DefaultTimeout, negative none.
	Timeout time.Duration

	// MaxBody is the largest response body in bytes; zero means DefaultMaxBody.
	MaxBody int64

	// Repeatable says that sending the request twice has the effect of sending it
	// once, though its method does not promise it: a report with an external id, a search by POST.
	Repeatable bool
}

// Response is a complete answer, its body read to the end.
type Response struct {
	Status int
	Header Header
	Body   []byte
}

// Field is one header line.
type Field struct{ Name, Value string }

// Header is an ordered list of header lines. Values are kept whole: commas in
// them are never taken for separators. The zero value is an empty header.
type Header []Field

// Get returns the first value of a name, compared without regard to case, or "".
func (h Header) Get(name string) string {
	for _, field := range h {
		if strings.EqualFold(field.Name, name) {
			return field.Value
		}
	}
	return ""
}

// Set replaces all values of a name by one.
func (h *Header) Set(name, value string) {
	h.Del(name)
	*h = append(*h, Field{name, value})
}

// Add appends a value and keeps the others.
func (h *Header) Add(name, value string) { *h = append(*h, Field{name, value}) }

// Del removes all values of a name.
func (h *Header) Del(name string) {
	kept := (*h)[:0:0]
	for _, field := range *h {
		if !strings.EqualFold(field.Name, name) {
			kept = append(kept, field)
		}
	}
	*h = kept
}

// Clone returns a copy that shares nothing with h.
func (h Header) Clone() Header { return append(Header(nil), h...) }
