package trustar

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// The values of Submission.Distribution say who may read a report.
const (
	DistributionEnclave   = "ENCLAVE"
	DistributionCommunity = "COMMUNITY"
)

// The limits of a submission.
const (
	// MaxExternalID is in characters, by the vendor's page "Report Submission".
	MaxExternalID = 500
	// MaxExternalURL is in characters, by the vendor's page "Reports".
	MaxExternalURL = 500
	// MaxReportBody is in bytes: 2 MiB. It is our own; the vendor's bound is a
	// number of indicators.
	MaxReportBody = 2 << 20
)

// Submission is a report to be filed.
type Submission struct {
	// ExternalID is the caller's own name for the report, unique in the company:
	// at most MaxExternalID ASCII letters and digits. With it a submission can be
	// repeated without filing twice. "" for none.
	ExternalID string

	// Title and Body are required. Body is at most MaxReportBody bytes.
	Title string
	Body  string

	// TimeBegan is when the incident began, to the second. Zero leaves the field out:
	// the platform then takes the time of filing (vendor's page "Submit Report"), and
	// the bytes that were prepared stay those that are sent.
	TimeBegan time.Time

	// Distribution is DistributionEnclave or DistributionCommunity.
	Distribution string

	// EnclaveIDs are ids, not names: at least one with DistributionEnclave, none
	// with DistributionCommunity. Late servers of 1.3 take exactly one.
	EnclaveIDs []string

	// ExternalURL is where the report came from, at most MaxExternalURL
	// characters; "" for none.
	ExternalURL string
}

// incident is a report on its way in: the nested object of 1.2, the whole body of 1.3.
//
//easyjson:json
type incident struct {
	Title              string   `json:"title"`
	Body               string   `json:"reportBody"`
	ExternalTrackingID string   `json:"externalTrackingId,omitempty"`
	ExternalURL        string   `json:"externalUrl,omitempty"`
	TimeBegan          string   `json:"timeBegan,omitempty"`
	Distribution       string   `json:"distributionType"`
	EnclaveIDs         []string `json:"enclaveIds,omitempty"`
}

func (i *incident) check() error {
	switch {
	case i.Title == "":
		return api.Missing("title")
	case i.Body == "":
		return api.Missing("reportBody")
	}
	return nil
}

// submission12 is the body of a submission to 1.2.
//
//easyjson:json
type submission12 struct {
	Incident   incident `json:"incidentReport"`
	EnclaveIDs []string `json:"enclaveIds,omitempty"`
}

func (s *submission12) check() error { return s.Incident.check() }

// PrepareSubmission returns the exact request that Submit sends, less its
// authorization, or *api.InvalidError for a submission that the contract forbids,
// *api.UnsupportedError for 2.0.
func (c *Client) PrepareSubmission(s Submission) (*api.Request, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if c.version == Version20 {
		return nil, errNoReports
	}
	// The panel shows these bytes to a person: "<" stays "<".
	w := jwriter.Writer{NoEscapeHTML: true}
	began := ""
	if !s.TimeBegan.IsZero() {
		began = s.TimeBegan.Format("2006-01-02T15:04:05-07:00")
	}
	body := incident{
		Title:              s.Title,
		Body:               s.Body,
		ExternalTrackingID: s.ExternalID,
		ExternalURL:        s.ExternalURL,
		TimeBegan:          began,
		Distribution:       s.Distribution,
	}
	if c.version == Version12 {
		submission12{Incident: body, EnclaveIDs: s.EnclaveIDs}.MarshalEasyJSON(&w)
	} else {
		body.EnclaveIDs = s.EnclaveIDs
		body.MarshalEasyJSON(&w)
	}
	data, err := w.BuildBytes()
	if err != nil {
		return nil, err
	}
	return c.submission(data, s.ExternalID), nil
}

func (c *Client) submission(body []byte, externalID string) *api.Request {
	path := "reports"
	if c.version == Version12 {
		path = "report"
	}
	req := &api.Request{
		Operation:  "trustar: submit report",
		Method:     "POST",
		URL:        api.JoinURL(c.base, path),
		Header:     c.header.Clone(),
		Body:       body,
		Repeatable: externalID != "",
	}
	req.Header.Set("Content-Type", "application/json")
	return req
}

func (s Submission) check() error {
	switch {
	case strings.TrimSpace(s.Title) == "":
		return &api.InvalidError{Field: "title", Problem: "is empty: give the report a title"}
	case strings.TrimSpace(s.Body) == "":
		return &api.InvalidError{Field: "reportBody", Problem: "is empty: there is nothing to report"}
	case len(s.Body) > MaxReportBody:
		return &api.InvalidError{Field: "reportBody", Problem: "is larger than 2 MB: shorten it"}
	case len(s.ExternalID) > MaxExternalID || !alphanumeric(s.ExternalID):
		return &api.InvalidError{Field: "externalTrackingId", Problem: "must be at most 500 letters and digits"}
	case utf8.RuneCountInString(s.ExternalURL) > MaxExternalURL:
		return &api.InvalidError{Field: "externalUrl", Problem: "is longer than 500 characters: shorten or remove it"}
	case !s.TimeBegan.IsZero() && (s.TimeBegan.Year() < 1970 || s.TimeBegan.Year() > 2100):
		return &api.InvalidError{Field: "timeBegan", Problem: "must lie between 1970 and 2100"}
	case slices.ContainsFunc(s.EnclaveIDs, func(id string) bool { return strings.TrimSpace(id) == "" }):
		return &api.InvalidError{Field: "enclaveIds", Problem: "has an empty id: choose the enclave again"}
	}
	switch s.Distribution {
	case DistributionEnclave:
		if len(s.EnclaveIDs) == 0 {
			return &api.InvalidError{Field: "enclaveIds", Problem: "is empty: choose at least one enclave"}
		}
	case DistributionCommunity:
		if len(s.EnclaveIDs) > 0 {
			return &api.InvalidError{Field: "enclaveIds", Problem: "go with ENCLAVE alone: a report to the community has none"}
		}
	default:
		return &api.InvalidError{Field: "distributionType", Problem: "must be ENCLAVE or COMMUNITY"}
	}
	return nil
}

func alphanumeric(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
