package trustar

import (
	"context"
	"iter"
)

// Indicator is an indicator in the vendor's terms. Type is one of IP, CIDR_BLOCK,
// URL (domains too), EMAIL_ADDRESS, MD5, SHA1, SHA256, MALWARE, SOFTWARE,
// REGISTRY_KEY, CVE, BITCOIN_ADDRESS, or one that came later.
type Indicator struct {
	Type  string `json:"indicatorType"`
	Value string `json:"value"`
}

// ReportIndicators returns the indicators of a report, in the server's order.
func (c *Client) ReportIndicators(ctx context.Context, id string) iter.Seq2[Indicator, error] {
	return func(yield func(Indicator, error) bool) { yield(Indicator{}, errUnbuilt) }
}
