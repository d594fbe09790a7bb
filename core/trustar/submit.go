package trustar

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// The values of Submission.Distribution say who may read a report.
const (
	DistributionEnclave   = "ENCLAVE"
	DistributionCommunity = "COMMUNITY"
)

// Submission is a report to be filed.
type Submission struct {
	// ExternalID is the caller's own name for the report, unique in the company:
	// at most 500 ASCII letters and digits. With it a submission can be repeated
	// without filing twice. "" for none.
	ExternalID string

	// Title and Body are required. Body is at most MaxReportBody bytes.
	Title string
	Body  string

	// TimeBegan is when the incident began; zero means now.
	TimeBegan time.Time

	// Distribution is DistributionEnclave or DistributionCommunity.
	Distribution string

	// EnclaveIDs are ids, not names: at least one with DistributionEnclave, none
	// with DistributionCommunity.
	EnclaveIDs []string

	// ExternalURL is where the report came from, at most 500 characters; "" for none.
	ExternalURL string
}

// Submitted is what the server says of a report that it has taken.
type Submitted struct {
	ReportID string

	// ExternalID is as sent.
	ExternalID string

	// Indicators are those that the server found, ordered by type. Nil means that
	// it does not say: 1.3 extracts later, see ReportIndicators.
	Indicators []Indicator
}

// PrepareSubmission returns the exact request that Submit sends, less its
// authorization, or *api.InvalidError for a submission that the contract forbids.
func (c *Client) PrepareSubmission(s Submission) (*api.Request, error) { return nil, errUnbuilt }

// Submit files a report. ErrDuplicate means that it is already there.
func (c *Client) Submit(ctx context.Context, s Submission) (Submitted, error) {
	return Submitted{}, errUnbuilt
}

// SubmitBytes files a report whose body PrepareSubmission made earlier.
func (c *Client) SubmitBytes(ctx context.Context, body []byte) (Submitted, error) {
	return Submitted{}, errUnbuilt
}
