package trustar

import (
	"context"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// Report is a report as the server keeps it.
type Report struct {
	ID string
	// ExternalID is the submitter's own name for it, "" if none.
	ExternalID string
	Title      string
	// Body is "" in lists that leave it out.
	Body string
	// Created, Updated and TimeBegan are 0 when unknown.
	Created, Updated, TimeBegan Timestamp
	// Distribution is DistributionEnclave or DistributionCommunity. Late servers say
	// ENCLAVE of every report: the community is an enclave there.
	Distribution string
	EnclaveIDs   []string
	ExternalURL  string
	// Indicators are sent along by 1.2 alone; nil means ask ReportIndicators.
	Indicators []Indicator
}

// report is a report on its way out, in either version.
//
//easyjson:json
type report struct {
	ID string `json:"id"`
	// The vendor's pages name the external id both ways.
	ExternalTrackingID loose       `json:"externalTrackingId"`
	ExternalID         loose       `json:"externalId"`
	Title              string      `json:"title"`
	Body               string      `json:"reportBody"`
	Created            Timestamp   `json:"created"`
	Updated            Timestamp   `json:"updated"`
	TimeBegan          Timestamp   `json:"timeBegan"`
	Distribution       string      `json:"distributionType"`
	EnclaveIDs         []string    `json:"enclaveIds"`
	Enclaves           []place     `json:"enclaves"` // 1.2, in place of EnclaveIDs
	ExternalURL        string      `json:"externalUrl"`
	Indicators         []Indicator `json:"indicators"` // 1.2
}

// place is an enclave as a report of 1.2 names it.
//
//easyjson:json
type place struct {
	ID string `json:"id"`
}

func (r *report) check() error {
	if r.ID == "" {
		return api.Missing("id")
	}
	return checkIndicators(r.Indicators)
}

func (r *report) public() Report {
	result := Report{
		ID:           r.ID,
		ExternalID:   string(r.ExternalTrackingID),
		Title:        r.Title,
		Body:         r.Body,
		Created:      r.Created,
		Updated:      r.Updated,
		TimeBegan:    r.TimeBegan,
		Distribution: r.Distribution,
		EnclaveIDs:   r.EnclaveIDs,
		ExternalURL:  r.ExternalURL,
		Indicators:   r.Indicators,
	}
	if result.ExternalID == "" {
		result.ExternalID = string(r.ExternalID)
	}
	for _, enclave := range r.Enclaves {
		if enclave.ID != "" && r.EnclaveIDs == nil {
			result.EnclaveIDs = append(result.EnclaveIDs, enclave.ID)
		}
	}
	return result
}

// Report returns the report with the server's id. ErrNotFound: there is none, or
// none yet.
func (c *Client) Report(ctx context.Context, id string) (Report, error) {
	return c.report(ctx, id, nil, sameID(id))
}

// ReportByExternalID returns the report with the submitter's id. ErrNotFound:
// there is none, or none yet.
func (c *Client) ReportByExternalID(ctx context.Context, externalID string) (Report, error) {
	query := api.Query{{Name: "idType", Value: "external"}}
	return c.report(ctx, externalID, query, func(r Report) error {
		if r.ExternalID != "" && r.ExternalID != externalID {
			return errOther
		}
		return nil
	})
}

var errOther error = words("it is about another report")

func sameID(id string) func(Report) error {
	return func(r Report) error {
		if !strings.EqualFold(r.ID, id) {
			return errOther
		}
		return nil
	}
}

// report gets one report, which must satisfy fits.
//
// Source: the vendor's pages "Get Report Details" of both versions.
//
//api:operation GET /1.2/report/{id}
//api:operation GET /1.3/reports/{id}
func (c *Client) report(ctx context.Context, id string, query api.Query, fits func(Report) error) (Report, error) {
	if id == "" {
		return Report{}, &api.InvalidError{Field: "id", Problem: "is missing"}
	}
	path := "reports"
	if c.version == Version12 {
		path = "report"
	}
	var (
		answer report
		result Report
	)
	req := c.get("get report", query, path, id)
	err := c.reports.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, func() error {
		result = answer.public()
		return fits(result)
	})
	if err != nil {
		return Report{}, asNotFound(req, err)
	}
	return result, nil
}
