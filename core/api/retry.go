package api

import (
	"context"
	"errors"
	"time"

	"github.com/sightline-sec/sightline/core/internal/errtype"
)

const (
	firstBackoff = 500 * time.Millisecond
	maxBackoff   = 15 * time.Minute
)

// Attempt is what is known after one attempt that did not succeed.
type Attempt struct {
	// Number of the attempt, 1 for the first.
	Number int
	// Max is how many attempts there may be; zero means no bound.
	Max     int
	Request *Request
	// Response is the answer, nil if there was none. Only its Retry-After is read.
	Response *Response
	// Err is the attempt's error, one of the types in errors.go.
	Err error
	Now time.Time
	// Jitter is a random number in [0,1).
	Jitter float64
	// MaxBackoff bounds the backoff, not a wait that the server asks for; zero means
	// 15 minutes.
	MaxBackoff time.Duration
}

// Decision says whether and when to send again.
type Decision struct {
	Retry bool
	// Wait before the next attempt; never negative.
	Wait time.Duration
	// Reason in a few words, for a log.
	Reason string
}

// Decide is the whole rule of repeating a request, as a pure function.
//
// Only what may be repeated is repeated: GET, HEAD, PUT, DELETE, OPTIONS (RFC 9110 section
// 9.2.2), or Request.Repeatable. Only what may change is: no answer, status 408, 500,
// 502, 503, 504, and 429. The wait is what the server asks for, else full jitter:
// a random share of 0.5 s, 1 s, 2 s, and so on.
func Decide(a Attempt) Decision {
	switch {
	case a.Err == nil:
		return Decision{Reason: "nothing failed"}
	case contextEnded(a.Err):
		return Decision{Reason: "the caller gave up"}
	case !repeatable(a.Request):
		return Decision{Reason: "not safe to repeat"}
	case a.Max > 0 && a.Number >= a.Max:
		return Decision{Reason: "attempts used up"}
	}
	var (
		limit   *RateLimitError
		status  *StatusError
		network *NetworkError
	)
	switch {
	case errtype.As(a.Err, &limit):
		return Decision{Retry: true, Wait: max(limit.Wait, 0), Reason: "too many requests"}
	case errtype.As(a.Err, &status):
		if !passing(status.Status) {
			return Decision{Reason: "the answer is final"}
		}
		if a.Response != nil {
			if wait, ok := retryAfter(a.Response.Header, a.Now); ok {
				return Decision{Retry: true, Wait: clampWait(wait), Reason: "the server asks to wait"}
			}
		}
		return Decision{Retry: true, Wait: a.backoff(), Reason: "the server failed"}
	case errtype.As(a.Err, &network):
		return Decision{Retry: true, Wait: a.backoff(), Reason: "no answer"}
	}
	return Decision{Reason: "the error is final"}
}

// contextEnded must not look into a NetworkError: its cause may be a deadline of
// the exchange, which is not the caller's.
func contextEnded(err error) bool {
	var network *NetworkError
	if errtype.As(err, &network) {
		return false
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

func repeatable(req *Request) bool {
	switch req.Method {
	case "GET", "HEAD", "PUT", "DELETE", "OPTIONS":
		return true
	}
	return req.Repeatable
}

func passing(status int) bool {
	switch status {
	case 408, 500, 502, 503, 504:
		return true
	}
	return false
}

// backoff is full jitter: it spreads callers that failed together better than a
// fixed wait with a little noise does.
func (a Attempt) backoff() time.Duration {
	ceiling := a.MaxBackoff
	if ceiling <= 0 {
		ceiling = maxBackoff
	}
	wait := firstBackoff
	for n := 1; n < a.Number && wait < ceiling; n++ {
		wait *= 2
	}
	return time.Duration(min(max(a.Jitter, 0), 1) * float64(min(wait, ceiling)))
}
