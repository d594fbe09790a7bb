package trustar

import (
	"context"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// The sources of indicators in 1.2. Latest knows the first two.
const (
	SourceIncidentReport = "INCIDENT_REPORT"
	SourceOSINT          = "OSINT"
	SourceVirusTotal     = "VIRUSTOTAL"
	SourceFacebook       = "FACEBOOK"
	SourceCrowdstrike    = "CROWDSTRIKE"
)

const (
	maxLatest      = 5000
	maxLatestHours = 24
)

// LatestQuery says which of the latest indicators to return.
type LatestQuery struct {
	// Source is SourceIncidentReport, SourceOSINT or "" for both.
	Source string
	// Types are those of 1.3, but IPv4 and IPv6 in place of IP; nil is all.
	Types []string
	// Limit is at most 5000, Hours at most 24; 0 is that most.
	Limit, Hours int
}

// latest is 1.2's answer.
//
//easyjson:json
type latest struct {
	Indicators map[string][]string `json:"indicators"`
}

func (l *latest) check() error {
	if l.Indicators == nil {
		return api.Missing("indicators")
	}
	return nil
}

// Latest returns the indicators of the last hours, ordered by type.
//
// Source: the vendor's page "Get Latest Indicators" of version 1.2.
//
//api:operation GET /1.2/indicators/latest
func (s Indicators) Latest(ctx context.Context, q LatestQuery) ([]Indicator, error) {
	switch {
	case q.Source != "" && q.Source != SourceIncidentReport && q.Source != SourceOSINT:
		return nil, invalid("source", "must be INCIDENT_REPORT or OSINT")
	case q.Limit < 0 || q.Limit > maxLatest:
		return nil, invalid("limit", "must be between 1 and 5000")
	case q.Hours < 0 || q.Hours > maxLatestHours:
		return nil, invalid("intervalSize", "must be between 1 and 24 hours")
	}
	var query api.Query
	query.AddNonEmpty("source", q.Source)
	query.AddNonEmpty("types", strings.Join(q.Types, ","))
	if q.Limit > 0 {
		query.Add("limit", strconv.Itoa(q.Limit))
	}
	if q.Hours > 0 {
		query.Add("intervalSize", strconv.Itoa(q.Hours))
	}
	req, err := s.request(Version12, "GET", "get latest indicators", query, "indicators", "latest")
	if err != nil {
		return nil, err
	}
	var found latest
	if err := s.into(ctx, req, &found, nil); err != nil {
		return nil, err
	}
	return flatten(found.Indicators), nil
}

// Found is what 1.2 knows of a term.
type Found struct {
	// Indicators are ordered by type.
	Indicators []Indicator
	// Intelligence is what other services said of the term.
	Intelligence []Intelligence
	// OpenSource are addresses of pages that have it.
	OpenSource []string
}

// Intelligence is what a service said, in its own shape.
//
//easyjson:json
type Intelligence struct {
	Source    string  `json:"source"`
	Responses api.Raw `json:"responses"`
}

//easyjson:json
type findAnswer struct {
	Indicators   map[string][]string `json:"indicators"`
	Intelligence []Intelligence      `json:"externalIntelligence"`
	OpenSource   []string            `json:"openSourceCorrelations"`
}

func (a *findAnswer) check() error {
	if a.Indicators == nil {
		return api.Missing("indicators")
	}
	return nil
}

// Find looks a term up. source is a Source constant, "" for all; limit 0 is the
// server's, 10.
//
// Source: the vendor's page "Find Indicators" of version 1.2, whose path ends in a
// slash.
//
//api:operation GET /1.2/indicators/
func (s Indicators) Find(ctx context.Context, term, source string, limit int) (Found, error) {
	switch {
	case term == "":
		return Found{}, invalid("q", "is missing")
	case limit < 0:
		return Found{}, invalid("limit", "is below 0")
	}
	query := api.Query{{Name: "q", Value: term}}
	query.AddNonEmpty("source", source)
	if limit > 0 {
		query.Add("limit", strconv.Itoa(limit))
	}
	req, err := s.request(Version12, "GET", "find indicators", nil, "indicators")
	if err != nil {
		return Found{}, err
	}
	req.URL = query.AppendTo(req.URL + "/")
	var found findAnswer
	if err := s.into(ctx, req, &found, nil); err != nil {
		return Found{}, err
	}
	return Found{flatten(found.Indicators), found.Intelligence, found.OpenSource}, nil
}
