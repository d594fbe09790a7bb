package trustar

import (
	"context"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// Submitted is what the server says of a report that it has taken.
type Submitted struct {
	ReportID string

	// ExternalID is as sent.
	ExternalID string

	// Indicators are those that the server found, ordered by type. Nil means that
	// it does not say: 1.3 extracts later, see ReportIndicators.
	Indicators []Indicator
}

// submitted12 is the answer of 1.2 to a submission.
//
//easyjson:json
type submitted12 struct {
	ReportID           string              `json:"reportId"`
	ExternalTrackingID loose               `json:"externalTrackingId"`
	Indicators         map[string][]string `json:"reportIndicators"`
}

func (s *submitted12) check() error {
	if s.ReportID == "" {
		return api.Missing("reportId")
	}
	return nil
}

// Submit files a report. ErrDuplicate means that it is already there.
func (c *Client) Submit(ctx context.Context, s Submission) (Submitted, error) {
	req, err := c.PrepareSubmission(s)
	if err != nil {
		return Submitted{}, err
	}
	return c.submit(ctx, req, s.ExternalID)
}

// SubmitBytes files a report whose body PrepareSubmission made earlier, byte for
// byte. *api.InvalidError: the body is none, or was made for another API version.
func (c *Client) SubmitBytes(ctx context.Context, body []byte) (Submitted, error) {
	externalID, err := c.externalIDOf(body)
	if err != nil {
		return Submitted{}, &api.InvalidError{Field: "body", Problem: "is no report for version " + c.version + " of the API: prepare it again"}
	}
	return c.submit(ctx, c.submission(body, externalID), externalID)
}

func (c *Client) externalIDOf(body []byte) (string, error) {
	if c.version == Version12 {
		var made submission12
		err := api.Decode(body, made.UnmarshalEasyJSON, made.check)
		return made.Incident.ExternalTrackingID, err
	}
	var made incident
	err := api.Decode(body, made.UnmarshalEasyJSON, made.check)
	return made.ExternalTrackingID, err
}

// submit sends a prepared submission.
//
// Sources: the vendor's page "Report Submission" for 1.2, whose answer holds the
// extracted indicators; its page "Submit Report" for 1.3, whose answer is the bare
// id of the report as plain text.
//
//api:operation POST /1.2/report
//api:operation POST /1.3/reports
func (c *Client) submit(ctx context.Context, req *api.Request, externalID string) (Submitted, error) {
	resp, err := c.reports.Do(ctx, req)
	if err != nil {
		if externalID != "" {
			err = asDuplicate(req, err)
		}
		return Submitted{}, err
	}
	if c.version == Version13 {
		id := strings.TrimSpace(string(resp.Body))
		if !isUUID(id) {
			return Submitted{}, api.DecodeFailure(req, resp, errNoID)
		}
		return Submitted{ReportID: id, ExternalID: externalID}, nil
	}
	var answer submitted12
	if err := api.Decode(resp.Body, answer.UnmarshalEasyJSON, answer.check); err != nil {
		return Submitted{}, api.DecodeFailure(req, resp, err)
	}
	if echo := string(answer.ExternalTrackingID); echo != "" && echo != externalID {
		return Submitted{}, api.DecodeFailure(req, resp, errOther)
	}
	return Submitted{ReportID: answer.ReportID, ExternalID: externalID, Indicators: flatten(answer.Indicators)}, nil
}

// isUUID checks the form alone: 8-4-4-4-12 hexadecimal digits.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
				return false
			}
		}
	}
	return true
}
