package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Reports are the calls about reports that Sightline itself does not make when it
// files one or looks one up; those are the client's own. 2.0 has Submissions in their
// place.
type Reports struct{ service }

// Reports returns the calls about reports.
func (c *Client) Reports() Reports { return Reports{service{c}} }

// ReportDetails is a report with whatever the server says of it.
type ReportDetails struct {
	Report
	// Sector is the industry of the submitter's company.
	Sector Sector
	// Notes are deprecated by the vendor; 1.3 sends them when asked for.
	Notes []Note
	// The rest is sent by 1.2 alone.
	CorrelationCount int
	IndicatorsCount  int
	MIMEType         string
	SubmissionStatus string // e.g. "PROCESSED"
	SubmitSource     string // e.g. "STATION"
}

// Sector is an industry.
//
//easyjson:json
type Sector struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// Note is somebody's remark about a report.
//
//easyjson:json
type Note struct {
	Note    string    `json:"note"`
	User    api.Raw   `json:"user"`
	Created Timestamp `json:"created"`
	Updated Timestamp `json:"updated"`
}

// reportDetails is ReportDetails on its way out, apart from report: the extension does
// without what is here.
//
//easyjson:json
type reportDetails struct {
	report
	Sector           Sector `json:"sector"`
	Notes            []Note `json:"notes"`
	CorrelationCount int    `json:"correlationCount"`
	IndicatorsCount  int    `json:"indicatorsCount"`
	MIMEType         string `json:"mimeType"`
	SubmissionStatus string `json:"submissionStatus"`
	SubmitSource     string `json:"submitSource"`
}

func (r *reportDetails) public() ReportDetails {
	return ReportDetails{
		Report: r.report.public(), Sector: r.Sector, Notes: r.Notes, CorrelationCount: r.CorrelationCount,
		IndicatorsCount: r.IndicatorsCount, MIMEType: r.MIMEType, SubmissionStatus: r.SubmissionStatus, SubmitSource: r.SubmitSource,
	}
}

// Get returns a report with all that is said of it; notes asks 1.3 for those too.
// ErrNotFound: there is none, or none yet. Its operations are those of Client.Report.
//
// Source: the vendor's pages "Get Report Details" of both versions.
func (s Reports) Get(ctx context.Context, report Ref, notes bool) (ReportDetails, error) {
	query, section := report.query(), "reports"
	if s.c.version == Version12 {
		section = "report"
	} else if notes {
		query.Add("includeNotes", "true")
	}
	req, err := s.request(s.either(), "GET", "get report", query, section, report.id)
	if err != nil {
		return ReportDetails{}, err
	}
	var (
		found  reportDetails
		result ReportDetails
	)
	err = s.into(ctx, req, &found, func() error {
		result = found.public()
		return report.fits(result.Report)
	})
	if err != nil {
		return ReportDetails{}, err
	}
	return result, nil
}

// The states of a report's processing.
const (
	StatusProcessing = "SUBMISSION_PROCESSING"
	StatusSuccess    = "SUBMISSION_SUCCESS"
	StatusFailure    = "SUBMISSION_FAILURE"
	// StatusUnknown: not begun, or long ago.
	StatusUnknown = "UNKNOWN"
)

// ReportStatus says how far the server is with extracting a report's indicators.
//
//easyjson:json
type ReportStatus struct {
	ID string `json:"id"`
	// Status is one of the Status constants.
	Status string `json:"status"`
	// ErrorMessage is "" unless the processing failed.
	ErrorMessage string `json:"errorMessage"`
}

func (s *ReportStatus) check() error {
	switch {
	case s.ID == "":
		return api.Missing("id")
	case s.Status == "":
		return api.Missing("status")
	}
	return nil
}

// Status returns how far the server is with a report, by its own id.
//
// Source: the vendor's page "Get Report Status".
//
//api:operation GET /1.3/reports/{id}/status
func (s Reports) Status(ctx context.Context, id string) (ReportStatus, error) {
	req, err := s.request(Version13, "GET", "get report's status", nil, "reports", id, "status")
	if err != nil {
		return ReportStatus{}, err
	}
	var found ReportStatus
	err = s.into(ctx, req, &found, func() error { return sameID(id)(Report{ID: found.ID}) })
	if err != nil {
		return ReportStatus{}, err
	}
	return found, nil
}

// CorrelatedIDs returns the ids of the reports that hold any of the values, in one
// call. The vendor has replaced it by Client.Correlated, which deals with values that
// the server refuses too. Values of three characters or fewer find nothing.
//
// Source: the vendor's Python SDK and a public integration.
//
//api:operation GET /1.3/reports/correlate
func (s Reports) CorrelatedIDs(ctx context.Context, values ...string) ([]string, error) {
	var query api.Query
	if len(values) == 0 {
		return nil, invalid("indicators", "is empty")
	}
	if err := addAll(&query, "indicators", values); err != nil {
		return nil, err
	}
	req, err := s.request(Version13, "GET", "correlate reports", query, "reports", "correlate")
	if err != nil {
		return nil, err
	}
	var found idList
	err = s.into(ctx, req, &found, nil)
	return found, err
}
