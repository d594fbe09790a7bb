package lookup

import "github.com/sightline-sec/sightline/core/report"

// The kinds of a Result.
const (
	KindCase   = "case"
	KindReport = "report"
	KindAlert  = "alert"
)

// The states of a Source after a look-up.
const (
	StateAnswered = "answered" // everything that was asked for came back
	StatePartial  = "partial"  // some of it did not; Words says what was not checked
	StateFailed   = "failed"   // nothing can be said; never to be shown as "not known"
)

// Result is a case, report or alert that shares indicators with what was asked.
//
//easyjson:json
type Result struct {
	Kind string `json:"kind"`
	// ProfileID is the profile whose platform has it.
	ProfileID string `json:"profileId"`
	// Platform is "trustar" or "stellarcyber".
	Platform string `json:"platform"`
	ID       string `json:"id"`
	// Number is the number that people use for it (Stellar Cyber's ticket id), "" if none.
	Number   string `json:"number"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Status   string `json:"status"`
	Owner    string `json:"owner"`
	Tenant   string `json:"tenant"`
	// Score is the platform's own, 0 to 100; HasScore is false where it has none.
	Score    float64 `json:"score"`
	HasScore bool    `json:"hasScore"`
	// CreatedAt and ModifiedAt are milliseconds since 1970, 0 when unknown.
	CreatedAt  int64 `json:"createdAt"`
	ModifiedAt int64 `json:"modifiedAt"`
	// Link opens it in the platform, "" if it has no page.
	Link string `json:"link"`
	// Matched are those of the asked indicators that it holds.
	Matched []report.Reference `json:"matched"`
}

// SourceState says how far one source got.
//
//easyjson:json
type SourceState struct {
	ProfileID string `json:"profileId"`
	Platform  string `json:"platform"`
	Name      string `json:"name"`
	State     string `json:"state"`
	// Words say what happened and what to do, "" when all went well.
	Words string `json:"words"`
	// Checked of Total objects were looked into (cases with their observables); both 0 where the platform matches by itself.
	Checked int `json:"checked"`
	Total   int `json:"total"`
	// Calls is how many requests it took.
	Calls int `json:"calls"`
}

// Answer is the result of a look-up over all sources.
//
//easyjson:json
type Answer struct {
	// Results in the order in which they should be read.
	Results []Result      `json:"results"`
	Sources []SourceState `json:"sources"`
	// Known are the asked indicators that at least one source knows.
	Known []report.Reference `json:"known"`
	// New are those that every source answered for and none knows. An indicator is in neither list while a source failed.
	New []report.Reference `json:"new"`
}
