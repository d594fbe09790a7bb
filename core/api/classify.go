package api

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/internal/dates"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// Bounds of RateLimitError.Wait.
const (
	minWait = time.Second
	maxWait = 24 * time.Hour
	// unknownWait is for a 429 that does not say how long, or not so that it can be
	// read: the quotas of the platforms are counted by the minute.
	unknownWait = time.Minute
)

// DefaultClassify makes an error of an answer outside 200..299: *AuthError for 401,
// *RateLimitError for 429, *StatusError for all others, 403 included (the
// credentials are known and not enough).
//
// The message is the body's "message", "error_description", "error" or "detail", or
// its text without markup; at most 300 characters. A credential of req that the
// server repeats is hidden.
//
// The wait of a 429 is the longer of Retry-After (seconds or a date, RFC 9110
// section 10.2.3) and the body's "waitTime" in milliseconds (TruSTAR), between 1 s
// and 24 h; 1 minute when neither can be read.
func DefaultClassify(req *Request, resp *Response) error {
	exchange, words := ExchangeFor(req, resp), message(req, resp)
	switch resp.Status {
	case 401:
		return &AuthError{Exchange: exchange, Message: words}
	case 429:
		return &RateLimitError{Exchange: exchange, Message: words, Wait: rateLimitWait(resp, time.Now())}
	}
	return &StatusError{Exchange: exchange, Message: words}
}

// ExchangeFor names the call for an error. A nil resp means that there was no answer.
func ExchangeFor(req *Request, resp *Response) Exchange {
	exchange := Exchange{Operation: req.Operation, Method: req.Method, URL: Redact(req.URL)}
	if resp != nil {
		exchange.Status = resp.Status
		exchange.TraceID = plainText(resp.Header.Get("Trace-Id"), 100)
	}
	return exchange
}

// DecodeFailure returns the *DecodeError for an answer of a good status whose body
// could not be decoded. A decoder's quotation of the body is left out: the body of
// a token call is a secret.
func DecodeFailure(req *Request, resp *Response, cause error) error {
	var lexer *jlexer.LexerError
	if errtype.As(cause, &lexer) {
		cause = errors.New(lexer.Reason + " at byte " + strconv.Itoa(lexer.Offset))
	}
	return &DecodeError{Exchange: ExchangeFor(req, resp), Cause: cause}
}

func rateLimitWait(resp *Response, now time.Time) time.Duration {
	after, okHeader := retryAfter(resp.Header, now)
	told, okBody := readFailure(resp).wait()
	switch {
	case okHeader && okBody:
		return clampWait(max(after, told))
	case okHeader:
		return clampWait(after)
	case okBody:
		return clampWait(told)
	}
	return unknownWait
}

func clampWait(d time.Duration) time.Duration { return min(max(d, minWait), maxWait) }

// retryAfter reads the Retry-After header. A date is measured against the answer's
// own Date where it has one, so that a wrong clock here does not matter.
func retryAfter(header Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		return saturate(seconds, time.Second)
	}
	until, ok := dates.HTTP(value)
	if !ok {
		return 0, false
	}
	if date, ok := dates.HTTP(header.Get("Date")); ok {
		now = date
	}
	return until.Sub(now), true
}

// saturate makes a Duration of an untrusted number; NaN is none.
func saturate(n float64, unit time.Duration) (time.Duration, bool) {
	if n != n {
		return 0, false
	}
	return time.Duration(min(max(n, 0), float64(maxWait/unit)) * float64(unit)), true
}
