package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/sorting"
)

// maxIndicatorPage is the largest page by the vendor's page "Get Indicators for
// Report". A report holds at most 2,000.
const maxIndicatorPage = 1000

// Indicator is an indicator in the vendor's terms. Type is one of IP, CIDR_BLOCK,
// URL (domains too), EMAIL_ADDRESS, MD5, SHA1, SHA256, MALWARE, SOFTWARE,
// REGISTRY_KEY, CVE, BITCOIN_ADDRESS, or one that came later.
//
//easyjson:json
type Indicator struct {
	Type  string `json:"indicatorType"`
	Value string `json:"value"`
}

func checkIndicators(indicators []Indicator) error {
	for _, indicator := range indicators {
		switch {
		case indicator.Type == "":
			return api.Missing("indicatorType for one of its indicators")
		case indicator.Value == "":
			return api.Missing("value for one of its indicators")
		}
	}
	return nil
}

// flatten orders 1.2's object of types by type; the values of a type stay as sent.
func flatten(byType map[string][]string) []Indicator {
	if byType == nil {
		return nil
	}
	result := []Indicator{}
	kinds := make([]string, 0, len(byType))
	for kind := range byType {
		kinds = append(kinds, kind)
	}
	for _, i := range sorting.Order(len(kinds), func(i, j int) bool { return kinds[i] < kinds[j] }) {
		for _, value := range byType[kinds[i]] {
			result = append(result, Indicator{Type: kinds[i], Value: value})
		}
	}
	return result
}

// indicatorPage is one page of a report's indicators.
//
//easyjson:json
type indicatorPage struct {
	pageHead
	Items []Indicator `json:"items"`
}

func (p *indicatorPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	return checkIndicators(p.Items)
}

// ReportIndicators returns the indicators of a report, in the server's order, those
// on the company's allow list included. ErrNotFound: there is no such report, or
// its indicators are not extracted yet. An error ends the iteration.
//
// Source: the vendor's page "Get Indicators for Report". 1.2 has them in the
// report itself.
//
//api:operation GET /1.3/reports/{id}/indicators
func (c *Client) ReportIndicators(ctx context.Context, id string) iter.Seq2[Indicator, error] {
	if c.version == Version12 {
		return c.reportIndicators12(ctx, id)
	}
	return func(yield func(Indicator, error) bool) {
		if id == "" {
			yield(Indicator{}, &api.InvalidError{Field: "id", Problem: "is missing"})
			return
		}
		for number, more := 0, true; more; number++ {
			query := pageQuery(number, maxIndicatorPage)
			query.Add("applyWhitelist", "false")
			req := c.get("get report's indicators", query, "reports", id, "indicators")
			var page indicatorPage
			err := c.reports.DoInto(ctx, req, page.UnmarshalEasyJSON, page.check, func() (err error) {
				more, err = page.more(number, maxIndicatorPage, len(page.Items))
				return err
			})
			if err != nil {
				yield(Indicator{}, asNotFound(req, err))
				return
			}
			for _, indicator := range page.Items {
				if !yield(indicator, nil) {
					return
				}
			}
		}
	}
}

func (c *Client) reportIndicators12(ctx context.Context, id string) iter.Seq2[Indicator, error] {
	return func(yield func(Indicator, error) bool) {
		result, err := c.report(ctx, id, nil, func(r Report) error {
			if r.Indicators == nil {
				return api.Missing("indicators")
			}
			return sameID(id)(r)
		})
		if err != nil {
			yield(Indicator{}, err)
			return
		}
		for _, indicator := range result.Indicators {
			if !yield(indicator, nil) {
				return
			}
		}
	}
}
