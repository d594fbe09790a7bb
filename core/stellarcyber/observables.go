package stellarcyber

import "context"

// Observable is a string that stands among a case's observables.
type Observable struct {
	// Kind is the platform's group, e.g. "hosts", "files", "urls"; "" if there is none.
	Kind string
	// Field is the name it stands under inside its kind, e.g. "ip"; "" if there is none.
	Field string
	Value string
}

// Observables are what the platform found in a case's alerts.
type Observables struct {
	values []Observable
}

// Values returns every string among the observables, in the order of the answer,
// each (kind, field, value) once.
func (o Observables) Values() []Observable { return o.values }

// Observables returns the observables of a case.
func (c *Client) Observables(ctx context.Context, caseID string) (Observables, error) {
	return Observables{}, errUnbuilt
}
