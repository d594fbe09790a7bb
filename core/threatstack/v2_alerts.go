package threatstack

import (
	"context"
	"iter"
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
)

// AlertServiceV2 is the alerts of version 2.
type AlertServiceV2 struct{ c *caller }

// What an alert's status can be.
const (
	Active    = "active"
	Dismissed = "dismissed"
)

// Why alerts are dismissed.
const (
	BusinessOp    = "BUSINESS_OP"
	CompanyPolicy = "COMPANY_POLICY"
	Maintenance   = "MAINTENANCE"
	OtherReason   = "OTHER"
)

// MaxDismiss is how many alerts one call can dismiss by their ids.
const MaxDismiss = 512

// AlertQuery narrows alerts; different fields are joined by AND.
type AlertQuery struct {
	// Status is Active or Dismissed; "" is Active. The server wants one of them.
	Status string
	// Severity is 1, the most severe, to 3; 0 is each.
	Severity                   int
	AgentID, RuleID, RulesetID string
	From, Until                Time
}

// AlertV2 is what a rule found. Texts may be null there, and are "" here.
//
//easyjson:json
type AlertV2 struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// DataSource was called Type earlier; one of them is "".
	DataSource        string   `json:"dataSource"`
	Type              string   `json:"type,omitempty"`
	CreatedAt         DateTime `json:"createdAt"`
	IsDismissed       bool     `json:"isDismissed"`
	DismissedAt       DateTime `json:"dismissedAt"`
	DismissReason     string   `json:"dismissReason"`
	DismissReasonText string   `json:"dismissReasonText"`
	DismissedBy       string   `json:"dismissedBy"`
	// Severity is 1, the most severe, to 3.
	Severity  int    `json:"severity"`
	AgentID   string `json:"agentId"`
	RuleID    string `json:"ruleId"`
	RulesetID string `json:"rulesetId"`
	// Aggregates is a list of objects, each with a fieldName.
	Aggregates api.Raw `json:"aggregates"`

	api.Extras
}

//easyjson:json
type alertsAnswer struct {
	Alerts []AlertV2 `json:"alerts"`
	cursor
}

func (a *alertsAnswer) items() []AlertV2 { return a.Alerts }

func alertV2ID(a *AlertV2) string { return a.ID }

// eventsAnswer is the events of an alert. No token is documented for it.
//
//easyjson:json
type eventsAnswer struct {
	Events []api.Raw `json:"events"`
	cursor
}

func (a *eventsAnswer) items() []api.Raw { return a.Events }

// SeverityCount is how many alerts have a severity.
//
//easyjson:json
type SeverityCount struct {
	Severity int `json:"severity"`
	Count    int `json:"count"`
}

//easyjson:json
type severityCountsAnswer struct {
	SeverityCounts []SeverityCount `json:"severityCounts"`
}

func (q AlertQuery) list() listV2[AlertV2] {
	var query api.Query
	if q.Status == "" {
		q.Status = Active
	}
	query.Add("status", q.Status)
	if q.Severity != 0 {
		query.Add("severity", strconv.Itoa(q.Severity))
	}
	query.AddNonEmpty("agentId", q.AgentID)
	query.AddNonEmpty("ruleId", q.RuleID)
	query.AddNonEmpty("rulesetId", q.RulesetID)
	err := rangeQuery(&query, q.From, q.Until)
	if problem := oneOf("status", q.Status, Active, Dismissed); problem != nil {
		err = problem
	}
	if q.Severity < 0 || q.Severity > 3 {
		err = invalid("severity", "must be 1 to 3")
	}
	return listV2[AlertV2]{
		listerV2: listerV2{operation: "list alerts", path: []string{"alerts"}, query: query, err: err},
		answer: func() reading[AlertV2] {
			a := new(alertsAnswer)
			return reading[AlertV2]{a.UnmarshalEasyJSON, a.items, a.next}
		}, id: alertV2ID,
	}
}

// List returns the page of a token; "" is the first.
//
// Source: the vendor's page on alerts, and its Go command line tool.
//
//api:operation GET /v2/alerts
func (s AlertServiceV2) List(ctx context.Context, q AlertQuery, token string) (Page[AlertV2], error) {
	return q.list().page(ctx, s.c, token)
}

// All returns the alerts page by page.
func (s AlertServiceV2) All(ctx context.Context, q AlertQuery) iter.Seq2[AlertV2, error] {
	return q.list().all(ctx, s.c)
}

// Get returns an alert; false when there is no such alert.
//
// Source: the vendor's page on alerts.
//
//api:operation GET /v2/alerts/{id}
func (s AlertServiceV2) Get(ctx context.Context, id string) (AlertV2, bool, error) {
	if err := needID(id); err != nil {
		return AlertV2{}, false, err
	}
	return get(ctx, s.c, s.c.request("GET", "get alert", nil, "alerts", id), alertV2ID)
}

// Events returns what happened on the host that made an alert, as objects without a
// published schema; none when there is no such alert.
//
// Source: the vendor's page on alerts.
//
//api:operation GET /v2/alerts/{id}/events
func (s AlertServiceV2) Events(ctx context.Context, id string) ([]api.Raw, error) {
	if err := needID(id); err != nil {
		return nil, err
	}
	page, err := listV2[api.Raw]{
		listerV2: listerV2{operation: "list events", path: []string{"alerts", id, "events"}},
		answer: func() reading[api.Raw] {
			a := new(eventsAnswer)
			return reading[api.Raw]{a.UnmarshalEasyJSON, a.items, a.next}
		},
	}.page(ctx, s.c, "")
	return page.Items, err
}

// SeverityCounts returns how many alerts there are of each severity.
//
// Source: the vendor's page on alerts, and its Python client.
//
//api:operation GET /v2/alerts/severity-counts
func (s AlertServiceV2) SeverityCounts(ctx context.Context, from, until Time) ([]SeverityCount, error) {
	var query api.Query
	if err := rangeQuery(&query, from, until); err != nil {
		return nil, err
	}
	var answer severityCountsAnswer
	_, err := s.c.into(ctx, s.c.request("GET", "count alerts", query, "alerts", "severity-counts"), answer.UnmarshalEasyJSON, func() error {
		if answer.SeverityCounts == nil {
			return missing("severityCounts")
		}
		return nil
	})
	return answer.SeverityCounts, err
}

// Dismissal says which alerts are dismissed, and why: those of IDs, or else those of
// a time range that have one of Severity, RuleID and AgentID.
//
//easyjson:json
type Dismissal struct {
	// IDs are at most MaxDismiss.
	IDs []string `json:"ids,omitempty"`

	From  DateTime `json:"from,omitempty"`
	Until DateTime `json:"until,omitempty"`
	// Severity is 1 to 3. The capital letters of the two ids are the platform's.
	Severity int    `json:"severity,omitempty"`
	RuleID   string `json:"ruleID,omitempty"`
	AgentID  string `json:"agentID,omitempty"`

	// Reason is one of BusinessOp, CompanyPolicy, Maintenance and OtherReason.
	Reason string `json:"dismissReason"`
	// ReasonText goes with OtherReason alone.
	ReasonText string `json:"dismissReasonText,omitempty"`
}

func (d Dismissal) check() error {
	choices := 0
	for _, chosen := range [...]bool{d.Severity != 0, d.RuleID != "", d.AgentID != ""} {
		if chosen {
			choices++
		}
	}
	byRange := d.From != "" || d.Until != "" || choices > 0
	switch {
	case d.Reason == "":
		return invalid("dismissReason", "is missing")
	case d.ReasonText != "" && d.Reason != OtherReason:
		return invalid("dismissReasonText", "goes with the reason OTHER alone")
	case len(d.IDs) > MaxDismiss:
		return invalid("ids", "must be at most "+strconv.Itoa(MaxDismiss))
	case len(d.IDs) > 0 && byRange:
		return invalid("ids", "do not go with a time range")
	case len(d.IDs) == 0 && (d.From == "" || d.Until == "" || choices != 1):
		return invalid("ids", "are missing: or else a time range with one of severity, rule and agent")
	case d.Severity < 0 || d.Severity > 3:
		return invalid("severity", "must be 1 to 3")
	}
	for _, end := range [...]DateTime{d.From, d.Until} {
		if end != "" && end.Time().IsZero() {
			return invalid("time range", "has an end that cannot be read")
		}
	}
	return oneOf("dismissReason", d.Reason, BusinessOp, CompanyPolicy, Maintenance, OtherReason)
}

// Dismiss dismisses alerts. It is not repeated by itself when it fails.
//
// Source: the vendor's Go command line tool.
//
//api:operation POST /v2/alerts/dismiss
func (s AlertServiceV2) Dismiss(ctx context.Context, d Dismissal) error {
	if err := d.check(); err != nil {
		return err
	}
	req, err := s.c.send("POST", "dismiss alerts", d, "alerts", "dismiss")
	if err != nil {
		return err
	}
	return s.c.act(ctx, req)
}
