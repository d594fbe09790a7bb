package stellarcyber

import (
	"context"
	"iter"
	"time"
)

// MaxLimit is the most cases that one call gives.
const MaxLimit = 500

// The statuses of a case, as the wire spells them; comparisons mind case.
const (
	StatusNew        = "New"
	StatusEscalated  = "Escalated"
	StatusInProgress = "In Progress"
	StatusResolved   = "Resolved"
	StatusCancelled  = "Cancelled"
)

// The severities of a case.
const (
	SeverityCritical = "Critical"
	SeverityHigh     = "High"
	SeverityMedium   = "Medium"
	SeverityLow      = "Low"
)

// The orders of sorting.
const (
	Ascending  = "asc"
	Descending = "desc"
)

// Argument is a query argument that CaseQuery does not name.
type Argument struct{ Name, Value string }

// CaseQuery chooses cases. The zero value chooses all; a case must match every
// field that is set.
type CaseQuery struct {
	// Limit is at most MaxLimit; 0 leaves it to the server, which gives up to MaxLimit.
	Limit int
	// Skip is how many matches to leave out at the front.
	Skip int

	// Sort is a field, e.g. "case_score" or "created_at"; "" leaves the order to
	// the server, which makes paging unsafe.
	Sort string
	// Order is Ascending or Descending; it needs Sort.
	Order string

	// MinScore is 0 to 100; 0 for none.
	MinScore float64
	// ScoreFrom and ScoreTo bound the score, both ends included (GUESS). Nil for none.
	ScoreFrom, ScoreTo *float64

	// TenantID is a tenant's id, not its name (argument tenant_id). CustID is the
	// same under the name that other releases know it by (cust_id).
	TenantID string
	CustID   string

	// Assignee is a user's id.
	Assignee string
	// Tags: the case has any of them.
	Tags []string
	// Severity is one of the Severity constants; Priority is its name in older releases.
	Severity string
	Priority string
	// Statuses: the case has any of these. The vendor's page allows one; public
	// clients send more.
	Statuses []string
	// TicketID is the number that people use; 0 for none.
	TicketID int64

	// The bounds of created_at and modified_at, both ends included (GUESS), in
	// whole milliseconds. Zero for none.
	CreatedFrom, CreatedTo   time.Time
	ModifiedFrom, ModifiedTo time.Time

	// NotTag leaves out cases with the tag, NotModifiedBy those that the user
	// with this id changed last.
	NotTag        string
	NotModifiedBy string

	// Extra are further arguments, e.g. {"FROM~size", "2"}.
	Extra []Argument
}

// Cases returns one page of the cases that match. *api.InvalidError: the query is
// one that the contract forbids, or that would silently match nothing.
func (c *Client) Cases(ctx context.Context, q CaseQuery) (CasePage, error) {
	return CasePage{}, errUnbuilt
}

// AllCases returns the cases that match, page by page, each once, at most max of
// them; max <= 0 means all. Limit is the size of a page. An error ends it.
func (c *Client) AllCases(ctx context.Context, q CaseQuery, max int) iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) { yield(Case{}, errUnbuilt) }
}
