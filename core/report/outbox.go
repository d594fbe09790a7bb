package report

// The states of an Item. There is no other state, none is invisible, and none
// deletes itself.
const (
	StatePending = "pending" // waits to be sent, at RetryAt at the earliest
	StateSending = "sending" // claimed by a sender; read as pending when no sender lives
	StateFiled   = "filed"   // the platform has it
	StatePaused  = "paused"  // needs something of the user that is not about the report: Reason says what
	StateStopped = "stopped" // the platform refused the report itself: Words has its answer
)

// The reasons of StatePaused.
const (
	ReasonCredentials = "credentials" // key or secret refused, or absent
	ReasonPermission  = "permission"  // the browser may not reach the host
	ReasonProfile     = "profile"     // the profile is gone or wrong
)

// ReasonRateLimit marks a StatePending item whose platform asked to wait. Until its
// RetryAt no other item of its profile is due either. Other pending items have no reason.
const ReasonRateLimit = "rate-limit"

// Item is a submission in the outbox. Its bytes are frozen: what was shown is what is sent.
//
//easyjson:json
type Item struct {
	// ID is the draft's, and the report's external tracking id.
	ID        string   `json:"id"`
	ProfileID string   `json:"profileId"`
	Draft     Draft    `json:"draft"`
	Prepared  Prepared `json:"prepared"`

	State string `json:"state"`
	// Reason is one of the Reason constants, "" where the state has none.
	Reason string `json:"reason"`
	// Words say what happened, what was kept and what to do.
	Words string `json:"words"`

	Attempts int `json:"attempts"`
	// RetryAt is when the next attempt may be made, milliseconds since 1970; 0 is now.
	RetryAt   int64 `json:"retryAt"`
	CreatedAt int64 `json:"createdAt"`
	UpdatedAt int64 `json:"updatedAt"`

	// ReportID is the platform's id, Link opens the report there; both "" until filed.
	ReportID string `json:"reportId"`
	Link     string `json:"link"`
	// Extracted are the indicators that the platform says it found (TruSTAR's types), where it says so.
	Extracted []Reference `json:"extracted"`
}
