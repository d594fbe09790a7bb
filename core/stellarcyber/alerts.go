package stellarcyber

import (
	"context"
	"strings"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

// MaxAlerts is the most alerts that one call gives. A server gives no more when it
// is asked for more, and a client that counts on more stops too soon.
const MaxAlerts = 50

// The statuses of an alert: another list than that of cases.
const (
	AlertNew        = "New"
	AlertInProgress = "In Progress"
	AlertIgnored    = "Ignored"
	AlertCancelled  = "Cancelled"
	AlertClosed     = "Closed"
)

// AlertRef names an alert, which lies in an index.
//
//easyjson:json
type AlertRef struct {
	ID    string `json:"_id"`
	Index string `json:"_index"`
}

// Alert is one of the events that a case is made of.
//
//easyjson:json
type Alert struct {
	AlertRef
	// Source is the whole event, an open object. Event reads the best known of it.
	Source api.Raw `json:"_source"`
	api.Extras
}

// AlertPage is one answer with a case's alerts.
type AlertPage struct {
	// Total is how many alerts the case has, -1 where the server does not say.
	Total  int
	Alerts []Alert
}

//easyjson:json
type alertsAnswer struct {
	Data *alertsData `json:"data"`
}

//easyjson:json
type alertsData struct {
	Total *int    `json:"total"`
	Docs  []Alert `json:"docs"`
}

func (a *alertsAnswer) check() error {
	switch {
	case a.Data == nil:
		return api.Missing("data")
	case a.Data.Docs == nil:
		return api.Missing("docs")
	}
	return checkAlerts(a.Data.Docs)
}

func checkAlerts(alerts []Alert) error {
	for i := range alerts {
		if alerts[i].ID == "" {
			return api.Missing("_id for one of its alerts")
		}
	}
	return nil
}

// Alerts returns limit of a case's alerts, 1 to MaxAlerts, after the first skip.
// In which order they come is not published.
//
// Source: clients of the vendor's engineers for the shape, a user's notes for the
// cap.
//
//api:operation GET /connect/api/v1/cases/{id}/alerts
func (c *Platform) Alerts(ctx context.Context, caseID string, limit, skip int) (AlertPage, error) {
	got, err := c.alerts(ctx, caseID, limit, skip, nil)
	return AlertPage{got.total, got.items}, err
}

func (c *Platform) alerts(ctx context.Context, caseID string, limit, skip int, fits func(page[Alert]) error) (page[Alert], error) {
	switch {
	case caseID == "":
		return page[Alert]{}, checkCaseID(caseID)
	case limit < 1 || limit > MaxAlerts:
		return page[Alert]{}, &api.InvalidError{Field: "limit", Problem: "must lie between 1 and 50"}
	case skip < 0:
		return page[Alert]{}, &api.InvalidError{Field: "skip", Problem: "must not be negative"}
	}
	var (
		query  api.Query
		answer alertsAnswer
		got    page[Alert]
	)
	query.AddNonEmpty("limit", number(int64(limit)))
	query.AddNonEmpty("skip", number(int64(skip)))
	err := c.calls.DoInto(ctx, c.get("list alerts", query, "cases", caseID, "alerts"), answer.UnmarshalEasyJSON, answer.check, func() error {
		got = page[Alert]{-1, answer.Data.Docs}
		if answer.Data.Total != nil {
			got.total = *answer.Data.Total
		}
		if fits == nil {
			return nil
		}
		return fits(got)
	})
	if err != nil {
		return page[Alert]{}, err
	}
	return got, nil
}

// WalkAlerts returns a walk over a case's alerts, MaxAlerts a call, after the first
// skip.
func (c *Platform) WalkAlerts(caseID string, skip int) *Walk[Alert] {
	return &Walk[Alert]{
		get: func(ctx context.Context, skip int, fits func(page[Alert]) error) (page[Alert], error) {
			return c.alerts(ctx, caseID, MaxAlerts, skip, fits)
		},
		id:   func(a *Alert) string { return a.Index + " " + a.ID },
		skip: skip,
	}
}

// AlertUpdate says what to change of an alert; at least one field must be set.
type AlertUpdate struct {
	// Status is one of the Alert constants, "" leaves it.
	Status  string
	Comment string
	AddTags []string
}

//easyjson:json
type alertBody struct {
	Index    string  `json:"index,omitempty"`
	ID       string  `json:"_id,omitempty"`
	Status   string  `json:"status,omitempty"`
	Comments string  `json:"comments,omitempty"`
	Tags     []tagOp `json:"event_tags,omitempty"`
}

//easyjson:json
type tagOp struct {
	Op  string `json:"op"`
	Tag string `json:"tag"`
}

// UpdateAlert changes an alert. What the server answers is not published, and not
// read.
//
// Source: clients of the vendor's engineers.
//
//api:operation POST /connect/api/v1/security_events/{index}/{id}
func (c *Platform) UpdateAlert(ctx context.Context, ref AlertRef, u AlertUpdate) error {
	body, err := u.body(ref)
	if err != nil {
		return err
	}
	req := c.send("POST", "update alert", body.MarshalEasyJSON, "security_events", ref.Index, ref.ID)
	_, err = c.calls.Do(ctx, req)
	return err
}

// UpdateAlertOld is UpdateAlert for older releases, which take no tags.
//
// Source: clients of the vendor's engineers.
//
//api:operation POST /connect/api/update_ser
func (c *Platform) UpdateAlertOld(ctx context.Context, ref AlertRef, u AlertUpdate) error {
	body, err := u.body(ref)
	if err != nil {
		return err
	}
	if len(u.AddTags) > 0 {
		return &api.InvalidError{Field: "event_tags", Problem: "are not known to older releases"}
	}
	body.Index, body.ID = ref.Index, ref.ID
	req := c.send("POST", "update alert", body.MarshalEasyJSON)
	req.URL = c.unversioned("update_ser")
	_, err = c.calls.Do(ctx, req)
	return err
}

func (u AlertUpdate) body(ref AlertRef) (alertBody, error) {
	switch {
	case ref.ID == "" || ref.Index == "":
		return alertBody{}, &api.InvalidError{Field: "alert", Problem: "needs an id and an index"}
	case u.Status+u.Comment == "" && len(u.AddTags) == 0:
		return alertBody{}, &api.InvalidError{Field: "update", Problem: "changes nothing"}
	}
	switch u.Status {
	case "", AlertNew, AlertInProgress, AlertIgnored, AlertCancelled, AlertClosed:
	default:
		return alertBody{}, &api.InvalidError{Field: "status", Problem: "must be New, In Progress, Ignored, Cancelled or Closed"}
	}
	body := alertBody{Status: u.Status, Comments: u.Comment}
	for _, tag := range u.AddTags {
		body.Tags = append(body.Tags, tagOp{"add", tag})
	}
	return body, nil
}

// unversioned is the address of a call that stands beside the version.
func (c *Platform) unversioned(path ...string) string {
	return api.JoinURL(strings.TrimSuffix(c.base, "/v1"), path...)
}

// Event is what public clients read of an alert. A field that is not there, or not
// of the type that they expect, is zero: the whole is in Alert.Source.
type Event struct {
	Name, DisplayName, Description string
	// Tactic and Technique have the ids of MITRE ATT&CK (TA…, T…) or the vendor's own
	// (XTA…, XT…).
	TacticID, Tactic       string
	TechniqueID, Technique string
	// Stage is the vendor's kill chain's.
	Stage string
	// Score is 0 to 100.
	Score float64
	// Status is one of the Alert constants.
	Status                  string
	SourceIP, DestinationIP string
	TenantID, Tenant        string
	Time                    Timestamp
}

// Event reads the best known of an alert.
func (a Alert) Event() Event {
	var e Event
	texts := map[string]*string{
		"event_name": &e.Name, "event_status": &e.Status, "srcip": &e.SourceIP, "dstip": &e.DestinationIP,
		"tenantid": &e.TenantID, "tenant_name": &e.Tenant,
		"xdr_event.name": &e.Name, "xdr_event.display_name": &e.DisplayName, "xdr_event.description": &e.Description,
		"xdr_event.xdr_killchain_stage": &e.Stage,
		"xdr_event.tactic.id":           &e.TacticID, "xdr_event.tactic.name": &e.Tactic,
		"xdr_event.technique.id": &e.TechniqueID, "xdr_event.technique.name": &e.Technique,
	}
	in := jlexer.Lexer{Data: a.Source}
	eachField(&in, "", 0, func(name string, in *jlexer.Lexer) {
		text, wanted := texts[name]
		switch token := in.CurrentToken(); {
		case wanted && token == jlexer.TokenString:
			*text = in.String()
		case name == "event_score" && token == jlexer.TokenNumber:
			e.Score = in.Float64()
		case name == "timestamp" && token == jlexer.TokenNumber:
			e.Time = Timestamp(in.Float64())
		default:
			in.SkipRecursive()
		}
	})
	return e
}

// eachField calls visit for every field of an object, those of the objects in
// xdr_event among them, by their path. visit must read the value.
func eachField(in *jlexer.Lexer, prefix string, depth int, visit func(string, *jlexer.Lexer)) {
	if !in.IsDelim('{') {
		in.SkipRecursive()
		return
	}
	in.Delim('{')
	for !in.IsDelim('}') {
		name := prefix + in.String()
		in.WantColon()
		switch {
		case depth < 3 && (name == "xdr_event" || name == "xdr_event.tactic" || name == "xdr_event.technique"):
			eachField(in, name+".", depth+1, visit)
		default:
			visit(name, in)
		}
		in.WantComma()
	}
	in.Delim('}')
}
