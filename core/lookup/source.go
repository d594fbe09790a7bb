package lookup

import (
	"context"

	"github.com/sightline-sec/sightline/core/report"
)

// Source is one platform that can be asked, on behalf of one profile.
type Source interface {
	// Identity says who is asked: ProfileID, Platform and Name are set, nothing else.
	Identity() SourceState

	// Find looks for the asked indicators. It does not fail: what went wrong is in
	// the Finding, beside what was found before. It returns soon after ctx ends.
	Find(ctx context.Context, asked []report.Reference) Finding
}

// Finding is what one source has to say.
type Finding struct {
	// Results in any order; each has at least one of the asked indicators in Matched,
	// or in Matches where the source tells how they match.
	Results []Result
	// Answered has, for each asked indicator in its order, whether the source has
	// looked for it to the end. Only then may it be new.
	Answered []bool
	// State is one of the State constants.
	State string
	// Words as in SourceState.
	Words string
	// Checked and Total as in SourceState.
	Checked, Total int
	// Index and AsOf as IndexState and AsOf in SourceState.
	Index string
	AsOf  int64
}

// failure is the finding of a source that could not be asked.
func failure(asked []report.Reference, err error) Finding {
	return Finding{Answered: make([]bool, len(asked)), State: StateFailed, Words: words(err)}
}

// words are an error's, and what to do.
func words(err error) string {
	trouble := report.Explain(err)
	if trouble.Todo == "" {
		return trouble.What
	}
	return trouble.What + " " + trouble.Todo
}

// Unavailable is a source that cannot be made, e.g. because its profile is wrong.
// It is asked like all others, so that its absence is seen.
type Unavailable struct {
	State SourceState
	Cause error
}

// Identity implements Source.
func (u Unavailable) Identity() SourceState { return u.State }

// Find implements Source.
func (u Unavailable) Find(_ context.Context, asked []report.Reference) Finding {
	return failure(asked, u.Cause)
}
