package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// Whitelist is the company's allow list: what stands on it is extracted from no report.
type Whitelist struct{ service }

// Whitelist returns the calls about the company's allow list.
func (c *Client) Whitelist() Whitelist { return Whitelist{service{c}} }

// All iterates over the list.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/whitelist
func (s Whitelist) All(ctx context.Context) iter.Seq2[IndicatorDetails, error] {
	return numbered[IndicatorDetails]{
		size: maxIndicatorPage,
		request: func(page api.Query) (*api.Request, error) {
			return s.request(Version13, "GET", "list whitelist", page, "whitelist")
		},
		answer: newDetailsPage,
	}.all(ctx, s.service)
}

// Add puts values on the list and returns those that the server recognised, in any
// order. What is missing was not added.
//
// Source: the vendor's page "Whitelist Indicator".
//
//api:operation POST /1.3/whitelist
func (s Whitelist) Add(ctx context.Context, values ...string) ([]IndicatorDetails, error) {
	req, err := s.request(Version13, "POST", "add to whitelist", nil, "whitelist")
	if err != nil {
		return nil, err
	}
	if err := nonEmpty("indicators", values); err != nil {
		return nil, err
	}
	req.Repeatable = true
	if err := carry(req, stringList(values)); err != nil {
		return nil, err
	}
	var added detailsList
	err = s.into(ctx, req, &added, nil)
	return added, err
}

// Delete takes an indicator from the list.
//
// Source: the vendor's Python SDK.
//
//api:operation DELETE /1.3/whitelist
func (s Whitelist) Delete(ctx context.Context, indicator Indicator) error {
	switch {
	case indicator.Value == "":
		return invalid("value", "is missing")
	case !isType(indicator.Type):
		return invalid("indicatorType", "is none that API 1.3 knows")
	}
	req, err := s.request(Version13, "DELETE", "delete from whitelist", api.Query{
		{Name: "indicatorType", Value: indicator.Type}, {Name: "value", Value: indicator.Value},
	}, "whitelist")
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}
