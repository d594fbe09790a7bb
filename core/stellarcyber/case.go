package stellarcyber

import (
	"errors"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// Timestamp is milliseconds since 1970; 0 is never or unknown.
type Timestamp int64

// Time returns t in UTC, the zero Time for 0.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// Case is a case with the 21 fields of the vendor's page "Using the API to
// Retrieve Case Details", in its order.
//
//easyjson:json
type Case struct {
	// ID is 24 hexadecimal digits; observables are asked for by it.
	ID string `json:"_id"`
	// Acknowledged is when the status first left New; 0 before.
	Acknowledged Timestamp `json:"acknowledged"`
	// Assignee is a user's id, "" when unassigned.
	Assignee string `json:"assignee"`
	// Closed is 1 when the status is Resolved or Cancelled, else 0.
	Closed    int       `json:"closed"`
	CreatedAt Timestamp `json:"created_at"`
	// CreatedBy is "System" or a user's id.
	CreatedBy string `json:"created_by"`
	// TenantID is the tenant that the case belongs to, "" if none.
	TenantID   string    `json:"cust_id"`
	ModifiedAt Timestamp `json:"modified_at"`
	// ModifiedBy is a user's id.
	ModifiedBy string `json:"modified_by"`
	Name       string `json:"name"`
	// Score is 0 to 100, as it was when the case was retrieved.
	Score float64 `json:"score"`
	// Size is the number of alerts in the case.
	Size int `json:"size"`
	// Status is one of the Status constants.
	Status string `json:"status"`
	// Severity is one of the Severity constants.
	Severity string   `json:"severity"`
	Tags     []string `json:"tags"`
	// TicketID is the number that people use for the case.
	TicketID int64 `json:"ticket_id"`
	// Version is "the API version" by the vendor's page; its sample looks like a
	// count of changes.
	Version        int64  `json:"version"`
	CreatedByName  string `json:"created_by_name"`
	ModifiedByName string `json:"modified_by_name"`
	AssigneeName   string `json:"assignee_name"`
	TenantName     string `json:"tenant_name"`

	api.Extras
}

// CasePage is one answer to a query.
type CasePage struct {
	// Total is how many cases match the query, whatever its Limit and Skip.
	Total int
	Cases []Case
}

// casesAnswer is the answer with a page of cases.
//
//easyjson:json
type casesAnswer struct {
	Data *casesData `json:"data"`
}

//easyjson:json
type casesData struct {
	Total *int   `json:"total"`
	Cases []Case `json:"cases"`
}

func (a *casesAnswer) check() error {
	switch {
	case a.Data == nil:
		return api.Missing("data")
	case a.Data.Total == nil:
		return api.Missing("total")
	case a.Data.Cases == nil:
		return api.Missing("cases")
	case *a.Data.Total < len(a.Data.Cases):
		return errors.New("it has more cases than its total")
	}
	for i := range a.Data.Cases {
		if a.Data.Cases[i].ID == "" {
			return api.Missing("_id for one of its cases")
		}
	}
	return nil
}
