package trustar

import "errors"

var (
	// ErrNotFound is in the chain of an error when the server has no such report,
	// or none yet.
	ErrNotFound = errors.New("trustar: no such report")

	// ErrDuplicate is in the chain of an error when a report with the same
	// external id is already there: an earlier attempt succeeded. Callers treat it
	// as success and fetch the report by its external id.
	ErrDuplicate = errors.New("trustar: a report with this external id exists")

	errUnbuilt = errors.New("trustar: not built yet")
)

// UncheckedError means that the server could not be asked about some values, or
// refused to answer about them. Whether it knows them is unknown; they must not
// be shown as not known.
type UncheckedError struct {
	Values []string
	Cause  error
}

func (e *UncheckedError) Error() string { return e.Cause.Error() }

// Unwrap returns the reason.
func (e *UncheckedError) Unwrap() error { return e.Cause }
