package stellarcyber

import (
	"context"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

// Incidents is Cases in the terms of older releases: a case has further fields in
// Extra, see IncidentAlerts. Sort by "incident_score" there.
//
// Source: clients of the vendor's engineers, and a public integration.
//
//api:operation GET /connect/api/v1/incidents
func (c *Platform) Incidents(ctx context.Context, q CaseQuery) (CasePage, error) {
	return c.incidents(ctx, q, func(CasePage) error { return nil })
}

// WalkIncidents is WalkCases over Incidents.
func (c *Platform) WalkIncidents(q CaseQuery) *Walk[Case] { return walkOf(q, c.incidents) }

func (c *Platform) incidents(ctx context.Context, q CaseQuery, fits func(CasePage) error) (CasePage, error) {
	if err := q.check(); err != nil {
		return CasePage{}, err
	}
	var (
		answer incidentsAnswer
		page   CasePage
	)
	err := c.calls.DoInto(ctx, c.get("list incidents", q.encode(), "incidents"), answer.UnmarshalEasyJSON, answer.check, func() error {
		page = CasePage{Total: *answer.Data.Total, Cases: answer.Data.Incidents}
		return fits(page)
	})
	if err != nil {
		return CasePage{}, err
	}
	return page, nil
}

//easyjson:json
type incidentsAnswer struct {
	Data *incidentsData `json:"data"`
}

//easyjson:json
type incidentsData struct {
	Total     *int   `json:"total"`
	Incidents []Case `json:"incidents"`
}

// check is that of cases under another name.
func (a *incidentsAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return (&casesAnswer{&casesData{a.Data.Total, a.Data.Incidents}}).check()
}

// IncidentAlerts returns the alerts that an incident names, nil where it names none
// that can be read.
func IncidentAlerts(incident Case) []AlertRef {
	in := jlexer.Lexer{Data: incident.Get("event_ids")}
	var refs []AlertRef
	in.Delim('[')
	for !in.IsDelim(']') {
		var ref AlertRef
		ref.UnmarshalEasyJSON(&in)
		refs = append(refs, ref)
		in.WantComma()
	}
	in.Delim(']')
	if !in.Ok() {
		return nil
	}
	return refs
}
