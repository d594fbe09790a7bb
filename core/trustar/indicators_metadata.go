package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// asked is an indicator in a question about it; its type may be left open.
//
//easyjson:json
type asked struct {
	Type  string `json:"indicatorType,omitempty"`
	Value string `json:"value"`
}

//easyjson:json
type askedList []asked

// Metadata returns what the given enclaves, or all that are readable, say of
// indicators. What they do not know is left out. Either all have a type or none.
//
// Source: the vendor's page "Get Indicator Metadata".
//
//api:operation POST /1.3/indicators/metadata
func (s Indicators) Metadata(ctx context.Context, indicators []Indicator, enclaveIDs ...string) ([]IndicatorDetails, error) {
	var query api.Query
	if err := addAll(&query, "enclaveIds", enclaveIDs); err != nil {
		return nil, err
	}
	req, err := s.request(Version13, "POST", "get indicator metadata", query, "indicators", "metadata")
	if err != nil {
		return nil, err
	}
	sent := make(askedList, 0, len(indicators))
	for _, one := range indicators {
		switch {
		case one.Value == "":
			return nil, invalid("value", "is missing")
		case (one.Type == "") != (indicators[0].Type == ""):
			return nil, invalid("indicatorType", "must be there for all or for none")
		}
		sent = append(sent, asked(one))
	}
	if len(sent) == 0 {
		return nil, invalid("indicators", "is empty")
	}
	req.Repeatable, req.Timeout = true, lookupTimeout
	if err := carry(req, sent); err != nil {
		return nil, err
	}
	var found detailsList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

// IndicatorSummary is what one report or feed says of an indicator.
//
//easyjson:json
type IndicatorSummary struct {
	Value     string `json:"value"`
	Type      string `json:"type"`
	ReportID  string `json:"reportId"`
	EnclaveID string `json:"enclaveId"`
	// Source is where it comes from; nil when it is not said.
	Source *SummarySource `json:"source"`
	// Score is the source's own; nil when it has none.
	Score *SummaryScore `json:"score"`
	// Created and Updated are 0 when unknown.
	Created     Timestamp          `json:"created"`
	Updated     Timestamp          `json:"updated"`
	Description string             `json:"description"`
	Attributes  []SummaryAttribute `json:"attributes"`
	// SeverityLevel is 0 benign, 1 low, 2 medium, 3 high; nil when it is not known.
	SeverityLevel *int `json:"severityLevel"`
}

// SummarySource names a source.
//
//easyjson:json
type SummarySource struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// SummaryScore is a score in a source's own words.
//
//easyjson:json
type SummaryScore struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SummaryAttribute is something that a source says of an indicator.
//
//easyjson:json
type SummaryAttribute struct {
	Name  string  `json:"name"`
	Value api.Raw `json:"value"`
	// LogicalType says how to read Value, e.g. "timestamp".
	LogicalType string `json:"logicalType"`
	Description string `json:"description"`
}

//easyjson:json
type summaryPage struct {
	pageHead
	Items []IndicatorSummary `json:"items"`
}

func (p *summaryPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if p.Items[i].Value == "" {
			return api.Missing("value for one of its summaries")
		}
	}
	return nil
}

func (p *summaryPage) items() []IndicatorSummary { return p.Items }

// stringList is a list of values.
//
//easyjson:json
type stringList []string

// summaryPageSize is what a public integration asks for; no maximum is published.
const summaryPageSize = 100

// Summaries iterates over what sources say of exact values, in the given enclaves or in
// all that are readable.
//
// Source: the vendor's page "Get Indicator Summaries".
//
//api:operation POST /1.3/indicators/summaries
func (s Indicators) Summaries(ctx context.Context, values []string, enclaveIDs ...string) iter.Seq2[IndicatorSummary, error] {
	if err := nonEmpty("indicators", values); err != nil {
		return none[IndicatorSummary](err)
	}
	return numbered[IndicatorSummary]{
		size: summaryPageSize,
		request: func(page api.Query) (*api.Request, error) {
			query := append(api.Query(nil), page...)
			if err := addAll(&query, "enclaveIds", enclaveIDs); err != nil {
				return nil, err
			}
			req, err := s.request(Version13, "POST", "get indicator summaries", query, "indicators", "summaries")
			if err != nil {
				return nil, err
			}
			req.Repeatable, req.Timeout = true, lookupTimeout
			return req, carry(req, stringList(values))
		},
		answer: func() numberedAnswer[IndicatorSummary] { return new(summaryPage) },
	}.all(ctx, s.service)
}

// nonEmpty refuses an empty list, and empty values in one.
func nonEmpty(field string, values []string) error {
	if len(values) == 0 {
		return invalid(field, "is empty")
	}
	for _, value := range values {
		if value == "" {
			return invalid(field, "has an empty value")
		}
	}
	return nil
}

// Details returns indicators by their values, with what is on the company's allow list.
// The call is unofficial: the vendor's Python SDK has it and says so.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/indicators/details
func (s Indicators) Details(ctx context.Context, values []string, enclaveIDs ...string) ([]IndicatorDetails, error) {
	if err := askable(values); err != nil {
		return nil, err
	}
	var query api.Query
	if err := addAll(&query, "indicatorValues", values); err != nil {
		return nil, err
	}
	if err := addAll(&query, "enclaveIds", enclaveIDs); err != nil {
		return nil, err
	}
	req, err := s.request(Version13, "GET", "get indicator details", query, "indicators", "details")
	if err != nil {
		return nil, err
	}
	var found detailsList
	err = s.into(ctx, req, &found, nil)
	return found, err
}
