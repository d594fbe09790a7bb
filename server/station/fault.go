package station

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fault is a refusal with the vendor's general error body.
type fault struct {
	status  int
	message string
}

func (f *fault) Error() string { return strconv.Itoa(f.status) + ": " + f.message }

func badRequest(message string) error { return &fault{http.StatusBadRequest, message} }
func forbidden(message string) error  { return &fault{http.StatusForbidden, message} }
func notFound(message string) error   { return &fault{http.StatusNotFound, message} }
func tooLarge(message string) error   { return &fault{http.StatusRequestEntityTooLarge, message} }

// tokenFault is a refusal of credentials, which has a body of its own.
type tokenFault struct {
	status      int
	code        string
	description string
}

func (f *tokenFault) Error() string { return f.code + ": " + f.description }

// The two texts that clients compare to the letter, both with status 400.
var (
	errTokenExpired = &tokenFault{http.StatusBadRequest, "invalid_request", "Expired oauth2 access token"}
	errTokenUnknown = &tokenFault{http.StatusBadRequest, "invalid_request", "Invalid oauth2 access token"}
	// GUESS: only the title of the vendor's page on status 401 was seen.
	errTokenMissing = &tokenFault{http.StatusUnauthorized, "unauthorized", "Full authentication is required to access this resource"}
)

// errDuplicate refuses a second report under an external id. Clients take it as proof
// that the first one arrived. The vendor's status is not documented; 400 is a GUESS.
var errDuplicate = &fault{http.StatusBadRequest, "A report with this externalTrackingId already exists."}

// errNoReport says that there is no such report for the caller.
var errNoReport = notFound("There is no report of that id.")

// limitFault says that a user asks too often.
type limitFault struct{ wait time.Duration }

func (f *limitFault) Error() string { return "request limit exceeded" }

var errPanic = errors.New("handler panicked")

// writeError answers err and returns the status. What is not a refusal is logged
// under the trace id and told to the caller only as that.
func (s *Station) writeError(w http.ResponseWriter, r *http.Request, trace string, err error) int {
	var (
		refusal *fault
		token   *tokenFault
		limit   *limitFault
	)
	switch {
	case errors.As(err, &token):
		s.writeErrorBody(w, token.status, tokenErrorBody{token.code, token.description})
		return token.status
	case errors.As(err, &limit):
		millis := max(limit.wait.Milliseconds(), 1)
		w.Header().Set("Retry-After", strconv.FormatInt((millis+999)/1000, 10))
		s.writeErrorBody(w, http.StatusTooManyRequests, limitErrorBody{
			"Request limit exceeded for the current time period. Wait " + strconv.FormatInt(millis, 10) + " ms.", millis,
		})
		return http.StatusTooManyRequests
	case errors.As(err, &refusal):
	case isBusy(err):
		s.log.Warn("busy", "trace", trace, "error", err)
		w.Header().Set("Retry-After", "2")
		refusal = &fault{http.StatusServiceUnavailable, "The station cannot write at the moment. Nothing was changed; try again."}
	default:
		if !errors.Is(err, errPanic) {
			s.log.Error("failed", "trace", trace, "method", r.Method, "error", err)
		}
		refusal = &fault{http.StatusInternalServerError, "The station failed. Its log has the cause under " + trace + "."}
	}
	s.writeErrorBody(w, refusal.status, errorBody{
		Timestamp: s.millis(),
		Status:    refusal.status,
		Error:     http.StatusText(refusal.status),
		Message:   refusal.message,
		Path:      r.URL.Path,
	})
	return refusal.status
}

func (s *Station) writeErrorBody(w http.ResponseWriter, status int, m model) {
	// These models have nothing that cannot be encoded.
	body, _ := encode(m)
	writeBody(w, status, "application/json", body)
}

// isBusy recognises, by text because the drivers share no type, a database that
// did nothing and may be asked again: SQLite locked beyond the busy timeout, its disk
// full or read-only, and D1 overloaded.
func isBusy(err error) bool {
	text := err.Error()
	for _, sign := range []string{"database is locked", "disk is full", "readonly database", "overloaded"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}
