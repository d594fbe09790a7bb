package trustar

import "context"

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
	// Distribution is DistributionEnclave or DistributionCommunity.
	Distribution string
	EnclaveIDs   []string
	ExternalURL  string
	// Indicators are sent along by 1.2 alone; nil means ask ReportIndicators.
	Indicators []Indicator
}

// Report returns the report with the server's id. ErrNotFound: there is none, or none yet.
func (c *Client) Report(ctx context.Context, id string) (Report, error) {
	return Report{}, errUnbuilt
}

// ReportByExternalID returns the report with the submitter's id. ErrNotFound:
// there is none, or none yet.
func (c *Client) ReportByExternalID(ctx context.Context, externalID string) (Report, error) {
	return Report{}, errUnbuilt
}
