package app

import (
	"slices"

	"github.com/sightline-sec/sightline/core/report"
)

// Draft makes a draft of a page for a profile, "" for the first that takes
// reports. A draft may be made without any profile: it waits for one. Notices say
// what was changed on the way.
func (a *App) Draft(page report.Page, profileID string) (draft report.Draft, notices []string, err error) {
	id, err := report.NewID(a)
	if err != nil {
		return report.Draft{}, nil, err
	}
	composed := report.Compose(page)
	now := a.now().UnixMilli()
	draft = report.Draft{
		ID:           id,
		Title:        composed.Title,
		Body:         composed.Body,
		Distribution: report.DistributionEnclave,
		ExternalURL:  composed.ExternalURL,
		Indicators:   composed.Indicators,
		CreatedAt:    now,
		UpdatedAt:    now,
	}
	for _, c := range a.all(nil) {
		if c.profile.Platform == PlatformTruSTAR && (profileID == "" || profileID == c.profile.ID) {
			draft.ProfileID = c.profile.ID
			draft.EnclaveIDs = slices.Clone(c.profile.EnclaveIDs)
			break
		}
	}
	if profileID != "" && draft.ProfileID == "" {
		return report.Draft{}, nil, &ProfileError{"That profile takes no reports.", "Choose a TruSTAR profile."}
	}
	return draft, composed.Notices, nil
}

// Verdict says whether a draft may be filed, and what would be sent.
type Verdict struct {
	// Problems forbid filing; none means that it may be filed.
	Problems []report.Problem
	// Prepared is the zero value while there are problems.
	Prepared report.Prepared
	// Indicators that the body holds as it stands.
	Indicators []report.Reference
}

// Check says whether a draft may be filed. It sends nothing.
func (a *App) Check(draft report.Draft) Verdict {
	verdict := Verdict{Problems: report.Check(draft), Indicators: report.References(draft.Body)}
	destination, trouble := a.destinationOf(draft.ProfileID)
	if trouble != nil {
		verdict.Problems = append(verdict.Problems, *trouble)
	}
	if len(verdict.Problems) > 0 {
		return verdict
	}
	prepared, err := destination.Prepare(draft)
	if err != nil {
		verdict.Problems = append(verdict.Problems, problemOf(err))
		return verdict
	}
	verdict.Prepared = prepared
	return verdict
}

// Freeze makes an item of the outbox of a draft. hash is that of the Prepared that
// the user was shown. *DraftError: the draft cannot be filed as it stands.
func (a *App) Freeze(draft report.Draft, hash string) (report.Item, error) {
	verdict := a.Check(draft)
	if len(verdict.Problems) > 0 {
		return report.Item{}, &DraftError{verdict.Problems}
	}
	return report.Freeze(draft, verdict.Prepared, hash, a.now())
}

// destinationOf returns where a draft would go, or what is wrong with its profile.
func (a *App) destinationOf(profileID string) (report.Destination, *report.Problem) {
	if profileID == "" {
		return nil, &report.Problem{Field: "profileId", Words: "Choose the profile to file with. Make one in the options if there is none."}
	}
	c, err := a.find(profileID)
	if err != nil {
		problem := problemOf(err)
		return nil, &problem
	}
	destination, err := c.destination()
	if err != nil {
		problem := problemOf(err)
		return nil, &problem
	}
	return destination, nil
}
