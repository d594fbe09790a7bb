package stellarcyber

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// MaxLimit is the most cases that one call gives.
const MaxLimit = 500

// The statuses of a case, as the wire spells them. All comparisons mind case.
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
// field that is set. Recent servers may leave out what is older than a day when
// CreatedFrom is not set, by one user's notes.
//
// Sources: the vendor's page "Using the API to Retrieve Case Details" for limit,
// sort, order, min_score, tenant_id, cust_id, assignee, tags, severity, priority
// and status; clients of the vendor's engineers and of users for the rest.
type CaseQuery struct {
	// Limit is at most MaxLimit; 0 leaves it to the server, which gives up to MaxLimit.
	Limit int
	// Skip is how many matches to leave out at the front.
	Skip int

	// Sort is a field, e.g. "case_score" or "created_at"; "" leaves the order to
	// the server.
	Sort string
	// Order is Ascending or Descending; it needs Sort.
	Order string

	// MinScore is 0 to 100; 0 for none.
	MinScore float64
	// ScoreFrom and ScoreTo bound the score, both ends included (GUESS). Nil for none.
	ScoreFrom, ScoreTo *float64

	// TenantID is a tenant's id, not its name (argument tenant_id). CustID is the
	// same under another name that the vendor's page uses (cust_id).
	TenantID string
	CustID   string

	// Assignee is a user's id.
	Assignee string
	// Tags: the case has any of them.
	Tags []string
	// Severity is one of the Severity constants; Priority is its name in older releases.
	Severity string
	Priority string
	// Statuses: the case has one of these. The vendor's page allows one value;
	// clients of its engineers send more.
	Statuses []string
	// TicketID is the number that people use; 0 for none.
	TicketID int64
	// MinSize is the least number of alerts (min_size_auto; its meaning is a GUESS);
	// 0 for none.
	MinSize int

	// The bounds of created_at and modified_at in whole milliseconds, both ends
	// included (GUESS). Zero for none.
	CreatedFrom, CreatedTo   time.Time
	ModifiedFrom, ModifiedTo time.Time

	// NotTag leaves out cases with the tag, NotModifiedBy those that the user
	// with this id changed last.
	NotTag        string
	NotModifiedBy string

	// Extra are further arguments: From, To and Not make those of the grammar.
	// {"include_summary", "true"} puts a summary into each case's Extra.
	Extra []Argument
}

// check finds what the contract forbids, and what a server would answer with an
// empty page because it knows no such value: that would pass for "no cases".
func (q CaseQuery) check() error {
	switch {
	case q.Limit < 0 || q.Limit > MaxLimit:
		return &api.InvalidError{Field: "limit", Problem: "must lie between 1 and 500"}
	case q.Skip < 0:
		return &api.InvalidError{Field: "skip", Problem: "must not be negative"}
	case q.Order != "" && q.Order != Ascending && q.Order != Descending:
		return &api.InvalidError{Field: "order", Problem: "must be asc or desc"}
	case q.Order != "" && q.Sort == "":
		return &api.InvalidError{Field: "order", Problem: "needs a field to sort by"}
	case !inScoreRange(&q.MinScore):
		return &api.InvalidError{Field: "min_score", Problem: "must lie between 0 and 100"}
	case !inScoreRange(q.ScoreFrom) || !inScoreRange(q.ScoreTo):
		return &api.InvalidError{Field: "score", Problem: "must lie between 0 and 100"}
	case !knownSeverity(q.Severity):
		return &api.InvalidError{Field: "severity", Problem: "must be Critical, High, Medium or Low"}
	case !knownSeverity(q.Priority):
		return &api.InvalidError{Field: "priority", Problem: "must be Critical, High, Medium or Low"}
	case q.MinSize < 0:
		return &api.InvalidError{Field: "min_size_auto", Problem: "must not be negative"}
	case q.TicketID < 0:
		return &api.InvalidError{Field: "ticket_id", Problem: "must not be negative"}
	}
	for _, status := range q.Statuses {
		switch status {
		case StatusNew, StatusEscalated, StatusInProgress, StatusResolved, StatusCancelled:
		default:
			return &api.InvalidError{Field: "status", Problem: "must be New, Escalated, In Progress, Resolved or Cancelled"}
		}
	}
	if slices.ContainsFunc(q.Tags, func(tag string) bool { return tag == "" || strings.Contains(tag, ",") }) {
		return &api.InvalidError{Field: "tags", Problem: "must be neither empty nor hold a comma"}
	}
	for _, argument := range q.Extra {
		if argument.Name == "" {
			return &api.InvalidError{Field: "argument", Problem: "has no name"}
		}
	}
	return nil
}

// inScoreRange is false for NaN.
func inScoreRange(score *float64) bool { return score == nil || (*score >= 0 && *score <= 100) }

func knownSeverity(s string) bool {
	switch s {
	case "", SeverityCritical, SeverityHigh, SeverityMedium, SeverityLow:
		return true
	}
	return false
}

// encode returns the arguments in a fixed order. They are joined by "&" throughout:
// one line of the vendor's page has a second "?", which would become part of the
// tenant's id and match nothing.
func (q CaseQuery) encode() api.Query {
	var out api.Query
	out.AddNonEmpty("limit", number(int64(q.Limit)))
	out.AddNonEmpty("skip", number(int64(q.Skip)))
	out.AddNonEmpty("sort", q.Sort)
	out.AddNonEmpty("order", q.Order)
	if q.MinScore > 0 {
		out.Add("min_score", decimal(q.MinScore))
	}
	if q.ScoreFrom != nil {
		out.Add("FROM~score", decimal(*q.ScoreFrom))
	}
	if q.ScoreTo != nil {
		out.Add("TO~score", decimal(*q.ScoreTo))
	}
	out.AddNonEmpty("tenant_id", q.TenantID)
	out.AddNonEmpty("cust_id", q.CustID)
	out.AddNonEmpty("assignee", q.Assignee)
	out.AddNonEmpty("tags", strings.Join(q.Tags, ","))
	out.AddNonEmpty("severity", q.Severity)
	out.AddNonEmpty("priority", q.Priority)
	out.AddNonEmpty("status", strings.Join(q.Statuses, ","))
	out.AddNonEmpty("ticket_id", number(q.TicketID))
	out.AddNonEmpty("min_size_auto", number(int64(q.MinSize)))
	out.AddNonEmpty("FROM~created_at", milliseconds(q.CreatedFrom))
	out.AddNonEmpty("TO~created_at", milliseconds(q.CreatedTo))
	out.AddNonEmpty("FROM~modified_at", milliseconds(q.ModifiedFrom))
	out.AddNonEmpty("TO~modified_at", milliseconds(q.ModifiedTo))
	out.AddNonEmpty("NOT~tags", q.NotTag)
	out.AddNonEmpty("NOT~modified_by", q.NotModifiedBy)
	for _, argument := range q.Extra {
		out.Add(argument.Name, argument.Value)
	}
	return out
}

// number returns "" for 0, which leaves the argument out.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func milliseconds(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.UnixMilli(), 10)
}
