package api

import (
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// Exchange says which call an error is about. It holds nothing secret: its URL is
// redacted.
type Exchange struct {
	// Operation is the Request's, e.g. "trustar: submit report".
	Operation string
	Method    string
	// URL without userinfo, query values and fragment; see Redact.
	URL string
	// Status is the HTTP status, 0 when there was no answer.
	Status int
	// TraceID is the platform's own name for the exchange, "" when it gave none.
	TraceID string
}

func (e Exchange) String() string {
	var b strings.Builder
	b.WriteString(e.Operation)
	if e.URL != "" {
		b.WriteString(": ")
		b.WriteString(e.Method)
		b.WriteByte(' ')
		b.WriteString(e.URL)
	}
	if e.Status != 0 {
		b.WriteString(": status ")
		b.WriteString(strconv.Itoa(e.Status))
	}
	return b.String()
}

// StatusError is an answer that says no: the platform understood and refused, or
// failed itself (Status 500 and above).
type StatusError struct {
	Exchange
	// Message is the platform's own words, "" when the body had none that can be read.
	Message string
}

func (e *StatusError) Error() string { return join(e.Exchange.String(), e.Message) }

// Temporary reports whether the same request may succeed later.
func (e *StatusError) Temporary() bool { return e.Status >= 500 || e.Status == 408 }

// AuthError means that the platform does not accept the credentials, after one
// renewal of the token. Asking again without new credentials is pointless.
type AuthError struct {
	Exchange
	Message string
}

func (e *AuthError) Error() string {
	return join(e.Exchange.String(), "credentials refused", e.Message)
}

// RateLimitError means that the caller asked too often.
type RateLimitError struct {
	Exchange
	Message string
	// Wait until the next call may be made; never negative, at most 24 hours.
	Wait time.Duration
}

func (e *RateLimitError) Error() string {
	return join(e.Exchange.String(), "too many requests, wait "+e.Wait.String(), e.Message)
}

// NetworkError means that no whole answer arrived. Whether the server acted on
// the request is unknown.
type NetworkError struct {
	Exchange
	// Timeout is true when the exchange ran out of time.
	Timeout bool
	Cause   error
}

func (e *NetworkError) Error() string {
	what := "no answer"
	if e.Timeout {
		what = "no answer in time"
	}
	if e.Cause != nil {
		return join(e.Exchange.String(), what, e.Cause.Error())
	}
	return join(e.Exchange.String(), what)
}

// Unwrap returns the transport's own error.
func (e *NetworkError) Unwrap() error { return e.Cause }

// RedirectError means that the server pointed elsewhere. It is not followed.
type RedirectError struct{ Exchange }

func (e *RedirectError) Error() string {
	return join(e.Exchange.String(), "redirects are not followed: check the address in the profile")
}

// BodyTooLargeError means that an answer was larger than the request allowed.
type BodyTooLargeError struct {
	Exchange
	// Limit in bytes.
	Limit int64
}

func (e *BodyTooLargeError) Error() string {
	return join(e.Exchange.String(), "answer larger than "+strconv.FormatInt(e.Limit, 10)+" bytes")
}

// DecodeError means that an answer of a good status was not what the contract
// says. Half an answer is not an answer: nothing of it is used.
type DecodeError struct {
	Exchange
	Cause error
}

func (e *DecodeError) Error() string {
	if e.Cause == nil {
		return join(e.Exchange.String(), "answer cannot be understood")
	}
	return join(e.Exchange.String(), "answer cannot be understood", e.Cause.Error())
}

// Unwrap returns the decoder's error.
func (e *DecodeError) Unwrap() error { return e.Cause }

// InvalidError is found before the network: an argument that the contract forbids.
type InvalidError struct {
	// Field as the contract names it, e.g. "externalTrackingId".
	Field string
	// Problem in words that a user can act on.
	Problem string
}

func (e *InvalidError) Error() string { return join(e.Field, e.Problem) }

// UnsupportedError means that the API version in use lacks a call.
type UnsupportedError struct {
	Operation string
	// Version in use, e.g. "1.2".
	Version string
	// Has names the versions that have the call, e.g. "1.3".
	Has string
}

func (e *UnsupportedError) Error() string {
	return join(e.Operation, "API "+e.Version+" has no such call; "+e.Has+" has")
}

// ExchangeOf returns what is known of the call that err is about.
func ExchangeOf(err error) (Exchange, bool) {
	var (
		status   *StatusError
		auth     *AuthError
		limit    *RateLimitError
		network  *NetworkError
		redirect *RedirectError
		large    *BodyTooLargeError
		decode   *DecodeError
	)
	switch {
	case errtype.As(err, &status):
		return status.Exchange, true
	case errtype.As(err, &auth):
		return auth.Exchange, true
	case errtype.As(err, &limit):
		return limit.Exchange, true
	case errtype.As(err, &network):
		return network.Exchange, true
	case errtype.As(err, &redirect):
		return redirect.Exchange, true
	case errtype.As(err, &large):
		return large.Exchange, true
	case errtype.As(err, &decode):
		return decode.Exchange, true
	}
	return Exchange{}, false
}

func join(parts ...string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ": ")
}
