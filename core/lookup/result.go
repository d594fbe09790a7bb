package lookup

import "github.com/sightline-sec/sightline/core/report"

// The kinds of a Result.
const (
	KindCase   = "case"
	KindReport = "report"
	KindAlert  = "alert"
	// KindSummary is what a source of TruSTAR, or the platform itself, says of one
	// indicator.
	KindSummary = "summary"
)

// The states of a Source after a look-up.
const (
	StateAnswered = "answered" // everything that was asked for came back
	StatePartial  = "partial"  // some of it did not; Words says what was not checked
	StateFailed   = "failed"   // nothing can be said; never to be shown as "not known"
)

// The states of an index. Only a fresh one may say that an indicator is new.
const (
	IndexFresh   = "fresh"   // it has all there is, as it was within the last minutes
	IndexStale   = "stale"   // its platform has not been asked for longer, since AsOf
	IndexFilling = "filling" // the first fill is under way: Checked of Total are in it
	IndexPartial = "partial" // it was filled for some days or cases alone, or something could not be read
)

// Result is a case, report or alert that shares indicators with what was asked.
//
//easyjson:json
type Result struct {
	Kind string `json:"kind"`
	// ProfileID is the profile whose platform has it.
	ProfileID string `json:"profileId"`
	// Platform is "trustar", "stellarcyber" or "threatstack".
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
	// Closed says that nobody works on it any more.
	Closed bool `json:"closed"`
	// Matched are those of the asked indicators that it holds.
	Matched []report.Reference `json:"matched"`
	// Matches say how each indicator speaks for the result, what weighs most first;
	// those that it holds and those that it holds nearly.
	Matches []Match `json:"matches"`
	// Weight is the sum of those of Matches, less for what is closed. Results are in
	// the order of their weights.
	Weight int `json:"weight"`
	// Confident says that something rare speaks for the result. One that is not may
	// share nothing but what everybody has.
	Confident bool `json:"confident"`
	// Reasons are why it stands where it stands, a clause each.
	Reasons []string `json:"reasons"`
}

// The kinds of a Match. All but MatchExact are partial.
const (
	MatchExact    = "exact"     // the indicator itself
	MatchSameFile = "same-file" // another hash of the file, as some object tells
	MatchSameURL  = "same-url"  // the URL with another query or fragment, or without
	MatchHost     = "host"      // asked for a URL: its host
	MatchOnHost   = "on-host"   // asked for a host: a URL on it
	MatchSameHost = "same-host" // asked for a URL: another one on its host
	MatchRange    = "range"     // asked for an address: a range around it
	MatchParent   = "parent"    // asked for a domain: one above it
)

// Match is how one of the asked indicators speaks for a result.
//
//easyjson:json
type Match struct {
	Indicator report.Reference `json:"indicator"`
	// Kind is one of the Match constants.
	Kind string `json:"kind"`
	// Count is in how many objects it occurs that way, those of the index and those
	// of this answer.
	Count int `json:"count"`
	// Weight is 0 to 100: how much it says about the result.
	Weight int `json:"weight"`
	// Place is where it was seen: "alert", "event", "title", "comment", or "" for
	// among what the platform itself calls observables.
	Place string `json:"place"`
	// When it was seen there, milliseconds since 1970; 0 when unknown.
	When int64 `json:"when"`
	// Words say the same for people.
	Words string `json:"words"`
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
	// Indexed says that the answer came out of the index: nothing was asked of the
	// platform.
	Indexed bool `json:"indexed"`
	// IndexState is one of the Index constants where Indexed, else "".
	IndexState string `json:"indexState"`
	// AsOf is the moment of which an indexed answer is true, milliseconds since 1970;
	// 0 while the first fill is under way.
	AsOf int64 `json:"asOf"`
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
	// New are those that every source answered for and none knows, not even nearly. An indicator is in neither list while a source failed.
	New []report.Reference `json:"new"`
	// Near are those that no source knows but that some result holds nearly.
	Near []report.Reference `json:"near"`
}
