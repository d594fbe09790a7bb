package stellarcyber

import (
	"context"
	"slices"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// The resolutions of a case that is Resolved.
const (
	ResolutionFalsePositive = "False Positive"
	ResolutionBenign        = "Benign"
	ResolutionTruePositive  = "True Positive"
)

// CaseUpdate says what to change of a case. What is "" stays as it is; at least one
// field must be set.
type CaseUpdate struct {
	// Status is one of the Status constants. Resolved and Cancelled close the case; the
	// first departure from New acknowledges it.
	Status string
	// Severity is one of the Severity constants.
	Severity string
	// Assignee is a user's id or e-mail address. How to take an assignee away is not
	// published.
	Assignee    string
	Name        string
	Description string
	// AddTags and DeleteTags may name what is there already, or is not (GUESS).
	AddTags, DeleteTags []string
	// CloseAlerts closes the case's alerts too; it needs Resolved or Cancelled.
	CloseAlerts bool
	// Resolution is one of the Resolution constants; public clients send it with
	// Resolved.
	Resolution string
}

func (u CaseUpdate) check() error {
	invalid := func(field, problem string) error { return &api.InvalidError{Field: field, Problem: problem} }
	switch {
	case u.empty():
		return invalid("update", "changes nothing")
	case !slices.Contains([]string{"", ResolutionFalsePositive, ResolutionBenign, ResolutionTruePositive}, u.Resolution):
		return invalid("resolution", "must be False Positive, Benign or True Positive")
	case u.CloseAlerts && u.Status != StatusResolved && u.Status != StatusCancelled:
		return invalid("update_alerts", "needs the status Resolved or Cancelled")
	}
	return checkWords(u.Status, u.Severity, slices.Concat(u.AddTags, u.DeleteTags))
}

func (u CaseUpdate) empty() bool {
	return u.Status+u.Severity+u.Assignee+u.Name+u.Description+u.Resolution == "" && len(u.AddTags)+len(u.DeleteTags) == 0 && !u.CloseAlerts
}

// checkWords refuses what a query could not ask for either.
func checkWords(status, severity string, tags []string) error {
	q := CaseQuery{Severity: severity, Tags: tags}
	if status != "" {
		q.Statuses = []string{status}
	}
	return q.check()
}

// updateBody is a CaseUpdate as the wire has it.
//
//easyjson:json
type updateBody struct {
	Status       string     `json:"status,omitempty"`
	Severity     string     `json:"severity,omitempty"`
	Priority     string     `json:"priority,omitempty"` // severity's name in 4.3
	Assignee     string     `json:"assignee,omitempty"`
	Name         string     `json:"name,omitempty"`
	Description  string     `json:"description,omitempty"`
	Tags         *tagUpdate `json:"tags,omitempty"`
	UpdateAlerts bool       `json:"update_alerts,omitempty"`
	Resolution   string     `json:"resolution,omitempty"`
}

//easyjson:json
type tagUpdate struct {
	Add    []string `json:"add,omitempty"`
	Delete []string `json:"delete,omitempty"`
}

func (u CaseUpdate) body() updateBody {
	body := updateBody{
		Status: u.Status, Severity: u.Severity, Assignee: u.Assignee, Name: u.Name, Description: u.Description,
		UpdateAlerts: u.CloseAlerts, Resolution: u.Resolution,
	}
	if len(u.AddTags)+len(u.DeleteTags) > 0 {
		body.Tags = &tagUpdate{u.AddTags, u.DeleteTags}
	}
	return body
}

// UpdateCase changes a case and returns it as it is then. A call whose outcome is
// unknown is repeated: twice changes no more than once.
//
// Source: the vendor's page "Case Update" of 5.0, clients of its engineers for
// update_alerts and resolution, one public client for name.
//
//api:operation PUT /connect/api/v1/cases/{id}
func (c *Platform) UpdateCase(ctx context.Context, caseID string, u CaseUpdate) (Case, error) {
	if err := u.check(); err != nil {
		return Case{}, err
	}
	return c.one(ctx, c.send("PUT", "update case", u.body().MarshalEasyJSON, "cases", caseID), caseID)
}

// UpdateCase43 is UpdateCase for release 4.3, which has another call and calls
// severity priority. It is not repeated by itself.
//
// Source: the vendor's page "Case Update" of 4.3; that it answers the case is a GUESS.
//
//api:operation POST /connect/api/v1/cases?id={id}
func (c *Platform) UpdateCase43(ctx context.Context, caseID string, u CaseUpdate) (Case, error) {
	return c.updateOld(ctx, "cases", caseID, u)
}

// UpdateIncident is UpdateCase in the terms of older releases.
//
// Source: a public integration; that it answers the case is a GUESS.
//
//api:operation POST /connect/api/v1/incidents?id={id}
func (c *Platform) UpdateIncident(ctx context.Context, caseID string, u CaseUpdate) (Case, error) {
	return c.updateOld(ctx, "incidents", caseID, u)
}

func (c *Platform) updateOld(ctx context.Context, path, caseID string, u CaseUpdate) (Case, error) {
	if err := u.check(); err != nil {
		return Case{}, err
	}
	body := u.body()
	body.Severity, body.Priority = "", body.Severity
	req := c.send("POST", "update case", body.MarshalEasyJSON, path)
	req.URL = api.Query{{Name: "id", Value: caseID}}.AppendTo(req.URL)
	return c.one(ctx, req, caseID)
}

// NewCase is a case to be made of alerts.
type NewCase struct {
	Name string
	// Alerts are what the case is made of.
	Alerts []AlertRef
	// TenantID is the tenant that it belongs to, "" for none.
	TenantID string
	// Severity and Status are the server's choice when "".
	Severity, Status string
	// Assignee is a user's id or e-mail address, "" for nobody.
	Assignee string
	Tags     []string
	// Comment is the first one, "" for none.
	Comment string
}

//easyjson:json
type newCaseBody struct {
	Name     string     `json:"name"`
	Alerts   []AlertRef `json:"alerts"`
	TenantID string     `json:"cust_id,omitempty"`
	Severity string     `json:"severity,omitempty"`
	Status   string     `json:"status,omitempty"`
	Assignee string     `json:"assignee,omitempty"`
	Tags     []string   `json:"tags,omitempty"`
	Comment  string     `json:"comment,omitempty"`
}

// CreateCase makes a case. It is not repeated by itself: after an *api.NetworkError
// the case may be there.
//
// Source: one public client (low confidence).
//
//api:operation POST /connect/api/v1/cases
func (c *Platform) CreateCase(ctx context.Context, n NewCase) (Case, error) {
	if n.Name == "" {
		return Case{}, &api.InvalidError{Field: "name", Problem: "is missing"}
	}
	if err := checkWords(n.Status, n.Severity, n.Tags); err != nil {
		return Case{}, err
	}
	var answer caseAnswer
	body := newCaseBody{n.Name, append([]AlertRef{}, n.Alerts...), n.TenantID, n.Severity, n.Status, n.Assignee, n.Tags, n.Comment}
	if err := c.calls.DoInto(ctx, c.send("POST", "create case", body.MarshalEasyJSON, "cases"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return Case{}, err
	}
	return *answer.Data, nil
}

// send builds a request with a body.
func (c *Platform) send(method, operation string, body func(*jwriter.Writer), path ...string) *api.Request {
	req := c.get(operation, nil, path...)
	req.Method = method
	req.Header = api.Header{{Name: "Content-Type", Value: "application/json"}}
	var w jwriter.Writer
	body(&w)
	req.Body, _ = w.BuildBytes() // a model of strings always encodes
	return req
}
