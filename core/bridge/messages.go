package bridge

import (
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

// Protocol is the version of this contract. The host sends its own in "hello" and
// gives up when they differ: a stale core.wasm is found at the first call.
const Protocol = 1

//easyjson:json
type HelloRequest struct {
	Protocol int `json:"protocol"`
}

//easyjson:json
type HelloResponse struct {
	Protocol int        `json:"protocol"`
	Version  string     `json:"version"`
	Types    []TypeInfo `json:"types"`
}

// TypeInfo describes one type of indicator.
//
//easyjson:json
type TypeInfo struct {
	// Type is the engine's name, e.g. "ipv4".
	Type string `json:"type"`
	// Label is for people, e.g. "IPv4 address".
	Label string `json:"label"`
	// TruSTAR is TruSTAR's name, "" where it has none.
	TruSTAR string `json:"trustar"`
}

// ConfigureRequest replaces all profiles, secrets included. The host sends it
// after "hello" and after every change; the core keeps it in memory alone.
//
//easyjson:json
type ConfigureRequest struct {
	Profiles []app.Profile `json:"profiles"`
}

//easyjson:json
type Empty struct{}

// OriginRequest asks what the browser must be asked for before a server can be reached.
//
//easyjson:json
type OriginRequest struct {
	BaseURL string `json:"baseUrl"`
}

//easyjson:json
type OriginResponse struct {
	// Pattern is the match pattern of exactly one host, "" when Problem is set.
	Pattern string `json:"pattern"`
	// Host in ASCII, with its port, as it must be shown to the user.
	Host string `json:"host"`
	// BaseURL as it will be used: parsed, in lower case, without query and fragment.
	BaseURL string `json:"baseUrl"`
	// Problem in words; "" when the address can be used.
	Problem string `json:"problem"`
}

// TestRequest tries a profile that need not be saved.
//
//easyjson:json
type TestRequest struct {
	Profile app.Profile `json:"profile"`
}

//easyjson:json
type TestResponse struct {
	// Words say what was reached and as whom.
	Words    string    `json:"words"`
	Enclaves []Enclave `json:"enclaves"`
}

// Enclave is a TruSTAR enclave with the user's rights in it.
//
//easyjson:json
type Enclave struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Read   bool   `json:"read"`
	Create bool   `json:"create"`
	Update bool   `json:"update"`
}

//easyjson:json
type EnclavesRequest struct {
	ProfileID string `json:"profileId"`
}

//easyjson:json
type EnclavesResponse struct {
	Enclaves []Enclave `json:"enclaves"`
}

// Passage is the text of one frame of a page.
//
//easyjson:json
type Passage struct {
	Text string `json:"text"`
}

//easyjson:json
type PreviewRequest struct {
	Passages []Passage `json:"passages"`
}

//easyjson:json
type PreviewResponse struct {
	// Indicators in the order of their first appearance, each once.
	Indicators []PreviewIndicator `json:"indicators"`
	// Counts by type of what is not held back, most frequent first.
	Counts []TypeCount `json:"counts"`
	// Total is the number of indicators not held back, Held of those that are.
	Total int `json:"total"`
	Held  int `json:"held"`
	// Bytes scanned.
	Bytes int `json:"bytes"`
}

//easyjson:json
type TypeCount struct {
	Type  string `json:"type"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

//easyjson:json
type PreviewIndicator struct {
	// Key is unique within the answer: type, a vertical bar, value.
	Key   string `json:"key"`
	Type  string `json:"type"`
	Label string `json:"label"`
	Value string `json:"value"`
	// Defanged is Value in a form that nothing turns into a link.
	Defanged string `json:"defanged"`
	// TruSTAR is the name of the type there, "" where it has none.
	TruSTAR string `json:"trustar"`
	// Spans are triples: index of the passage, start, end. Start and end are
	// UTF-16 code units, as JavaScript counts.
	Spans []int `json:"spans"`
	// Original is how the text wrote it first, at most 256 bytes.
	Original string `json:"original"`
	// Context is the text around its first appearance, at most 80 characters each side.
	Before string `json:"before"`
	After  string `json:"after"`
	// Steps that refanged it, in words, e.g. "[.] to .".
	Steps []string `json:"steps"`
	// Flags in words, e.g. "defanged", "documentation address".
	Flags []string `json:"flags"`
	// Held is a code such as "private", "" when nothing speaks against it; HeldWords explains it.
	Held      string `json:"held"`
	HeldWords string `json:"heldWords"`
}

// DraftRequest makes a draft of a passage that was previewed.
//
//easyjson:json
type DraftRequest struct {
	Passages []Passage `json:"passages"`
	// PageTitle and PageURL are the hostile page's own claims.
	PageTitle string `json:"pageTitle"`
	PageURL   string `json:"pageUrl"`
	// Kept are the keys of the indicators that stay; those that the preview found
	// and that are not kept are taken out of the body. What was held back because it
	// is no indicator at all (a version number, a file name) is left as it stands.
	Kept []string `json:"kept"`
	// ProfileID is the profile to file with, "" for the first TruSTAR profile.
	ProfileID string `json:"profileId"`
	// Items is how many the outbox holds; a notice says when it gets full.
	Items int `json:"items"`
}

//easyjson:json
type DraftResponse struct {
	Draft report.Draft `json:"draft"`
	// Notices in words, e.g. that the passage was cut to what a report may hold.
	Notices []string `json:"notices"`
}

// CheckRequest asks what would be sent, and whether it may be.
//
//easyjson:json
type CheckRequest struct {
	Draft report.Draft `json:"draft"`
}

//easyjson:json
type CheckResponse struct {
	// Problems that forbid filing; empty means that it may be filed.
	Problems []report.Problem `json:"problems"`
	// Prepared is what would be sent; its fields are empty while Problems is not.
	Prepared report.Prepared `json:"prepared"`
	// Indicators that the body holds as it stands now, held-back ones left out.
	Indicators []report.Reference `json:"indicators"`
}

// FreezeRequest turns a draft into an item of the outbox. The host must commit
// the item before it says "saved".
//
//easyjson:json
type FreezeRequest struct {
	Draft report.Draft `json:"draft"`
	// Hash of the Prepared that the user was shown; freezing fails when the bytes differ.
	Hash string `json:"hash"`
	// Items is how many the outbox holds, in whatever state; freezing fails when it is full.
	Items int `json:"items"`
}

//easyjson:json
type ItemResponse struct {
	Item report.Item `json:"item"`
}

// ItemRequest carries an item to "outbox.claim", "outbox.send", "outbox.retry" and "outbox.park".
//
//easyjson:json
type ItemRequest struct {
	Item report.Item `json:"item"`
	// Reason for "outbox.park": one of report's Reason constants.
	Reason string `json:"reason"`
}

// RecoverRequest hands in every unfiled item while no sender lives: when the host
// starts, and whenever it wakes with the outbox's lock in its hands.
//
//easyjson:json
type RecoverRequest struct {
	Items []report.Item `json:"items"`
}

//easyjson:json
type RecoverResponse struct {
	// Items that changed and must be stored.
	Items []report.Item `json:"items"`
	// Due are the ids to claim and send now.
	Due []string `json:"due"`
	// WakeAt is when something is due next, milliseconds since 1970; 0 is never.
	WakeAt int64 `json:"wakeAt"`
}

// RelatedRequest asks every profile's platform what it knows.
//
//easyjson:json
type RelatedRequest struct {
	Indicators []report.Reference `json:"indicators"`
	// ProfileIDs to ask; empty means all.
	ProfileIDs []string `json:"profileIds"`
	// Remembered is what the last response said, if that was in this session of the
	// host and neither a profile was changed nor a report filed since.
	Remembered string `json:"remembered"`
}

//easyjson:json
type RelatedResponse struct {
	Answer lookup.Answer `json:"answer"`
	// Remembered is for the next request. A host keeps it in memory alone.
	Remembered string `json:"remembered"`
}

// Fault is how a failed call looks to JavaScript.
//
//easyjson:json
type Fault struct {
	// Kind is one of the Fault constants; a host reacts to it.
	Kind string `json:"kind"`
	// What happened, What was Kept, and what to do: each a sentence for people.
	What string `json:"what"`
	Kept string `json:"kept"`
	Todo string `json:"todo"`
	// Detail is for a bug report: operation, redacted URL, status. It holds no secret.
	Detail string `json:"detail"`
	Status int    `json:"status"`
	// WaitMs is how long to wait, 0 when waiting does not help.
	WaitMs int64 `json:"waitMs"`
}

// The kinds of a Fault.
const (
	FaultCredentials = "credentials" // the platform refuses the key or secret
	FaultNetwork     = "network"     // no answer, or half of one
	FaultTimeout     = "timeout"
	FaultCancelled   = "cancelled"
	FaultRateLimit   = "rate-limit"
	FaultRefused     = "refused"  // the platform understood and said no
	FaultServer      = "server"   // the platform failed
	FaultProtocol    = "protocol" // an answer that the contract does not know
	FaultInvalid     = "invalid"  // an argument that cannot be
	FaultProfile     = "profile"  // no such profile, or one that cannot do this
	FaultInternal    = "internal" // our mistake
)
