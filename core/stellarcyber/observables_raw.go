package stellarcyber

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

//easyjson:json
type rawObservablesAnswer struct {
	Observables *Object `json:"observables"`
}

func (a *rawObservablesAnswer) check() error {
	if a.Observables == nil {
		return api.Missing("observables")
	}
	return nil
}

// RawObservables returns a case's observables as the platform wrote them: a field
// for each kind. Observables gathers the strings among them, which is what a look-up
// wants; numbers and what belongs together are here alone. *api.DecodeError: they are
// not grouped by kind.
func (c *Platform) RawObservables(ctx context.Context, caseID string) (Object, error) {
	if err := checkCaseID(caseID); err != nil {
		return Object{}, err
	}
	var answer rawObservablesAnswer
	req := c.get("get observables", nil, "cases", caseID, "observables")
	if err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return Object{}, err
	}
	return *answer.Observables, nil
}
