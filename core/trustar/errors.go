package trustar

import (
	"context"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

var (
	// ErrNotFound is in the chain of an error when the server has no such report,
	// or none yet.
	ErrNotFound error = words("no such report")

	// ErrDuplicate is in the chain of an error when a report with the same
	// external id is already there: an earlier attempt succeeded. Callers treat it
	// as success and fetch the report by its external id.
	ErrDuplicate error = words("a report with this external id exists")
)

var (
	errNoTime   error = words("a time is neither milliseconds nor ISO-8601 with a zone")
	errNoNumber error = words("a number is neither one nor the text of one")
	errNoID     error = words("it is not a report's id")

	// errNoReports is what the calls about reports say in 2.0, which has submissions.
	errNoReports error = &api.UnsupportedError{Operation: "trustar: reports", Version: Version20, Has: versions12And13}
)

// words is an error that needs no code at the package's initialisation.
type words string

func (w words) Error() string { return string(w) }

// versions12And13 have reports; 2.0 has submissions in their place.
const versions12And13 = Version12 + " and " + Version13

// refuseReports stands for the token of the calls about reports in 2.0: so no such
// call is made, and none needs to ask for the version itself.
func refuseReports(context.Context) (api.Token, error) { return api.Token{}, errNoReports }

// answerError is a *api.StatusError with its meaning for the call at hand.
type answerError struct {
	meaning error
	status  *api.StatusError
}

func (e *answerError) Error() string { return e.status.Error() }

// Unwrap returns the sentinel and the *api.StatusError.
func (e *answerError) Unwrap() []error { return []error{e.meaning, e.status} }

// UncheckedError means that the server could not be asked about some values, or
// refused to answer about them. Whether it knows them is unknown; they must not
// be shown as not known.
type UncheckedError struct {
	Values []string
	Cause  error
}

func (e *UncheckedError) Error() string {
	what := " values were not checked: "
	if len(e.Values) == 1 {
		what = " value was not checked: "
	}
	return strconv.Itoa(len(e.Values)) + what + e.Cause.Error()
}

// Unwrap returns the reason.
func (e *UncheckedError) Unwrap() error { return e.Cause }

// refusal returns err's *api.StatusError if it is about req itself. A call for a
// token on its behalf fails with its own: a 404 there means a wrong address.
func refusal(req *api.Request, err error) (*api.StatusError, bool) {
	var status *api.StatusError
	ok := errtype.As(err, &status) && status.Operation == req.Operation
	return status, ok
}

// asNotFound gives a 404 its meaning.
func asNotFound(req *api.Request, err error) error {
	if status, ok := refusal(req, err); ok && status.Status == 404 {
		return &answerError{ErrNotFound, status}
	}
	return err
}

// asDuplicate recognises that the external id of a submission is taken. GUESS: no
// source shows the answer. Status 409 is taken for it, and 400 when its words say
// so of a report or an external id: of an enclave they would mean something else.
func asDuplicate(req *api.Request, err error) error {
	status, ok := refusal(req, err)
	if !ok {
		return err
	}
	switch status.Status {
	case 409:
		return &answerError{ErrDuplicate, status}
	case 400:
		words := strings.ToLower(status.Message)
		if containsAny(words, "already", "duplicate", "must be unique", "not unique") &&
			containsAny(words, "external", "tracking", "report") && !strings.Contains(words, "enclave id") {
			return &answerError{ErrDuplicate, status}
		}
	}
	return err
}

func containsAny(s string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
