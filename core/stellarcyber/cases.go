package stellarcyber

import (
	"context"
	"errors"
	"iter"
)

// Cases returns one page of the cases that match. *api.InvalidError: the query is
// one that the contract forbids, or that would silently match nothing.
//
// Source: the vendor's page "Using the API to Retrieve Case Details".
//
//api:operation GET /connect/api/v1/cases
func (c *Client) Cases(ctx context.Context, q CaseQuery) (CasePage, error) {
	return c.cases(ctx, q, func(CasePage) error { return nil })
}

// cases gets a page, which must satisfy fits.
func (c *Client) cases(ctx context.Context, q CaseQuery, fits func(CasePage) error) (CasePage, error) {
	if err := q.check(); err != nil {
		return CasePage{}, err
	}
	var (
		answer casesAnswer
		page   CasePage
	)
	err := c.calls.DoInto(ctx, c.get("list cases", q.encode(), "cases"), answer.UnmarshalEasyJSON, answer.check, func() error {
		page = CasePage{Total: *answer.Data.Total, Cases: answer.Data.Cases}
		return fits(page)
	})
	if err != nil {
		return CasePage{}, err
	}
	return page, nil
}

// AllCases returns the cases that match, page by page, each once, at most max of
// them; max <= 0 means all. q.Limit is the size of a page, MaxLimit when it is 0.
// An error ends the iteration.
//
// Pages are places in an order that moves while cases change: set Sort, and prefer
// a field that never changes ("created_at") where nothing may be missed.
func (c *Client) AllCases(ctx context.Context, q CaseQuery, max int) iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) {
		if q.Limit == 0 {
			q.Limit = MaxLimit
		}
		if max > 0 {
			q.Limit = min(q.Limit, max)
		}
		seen := map[string]struct{}{}
		for more := true; more; {
			page, err := c.cases(ctx, q, func(page CasePage) error { return q.follows(page, seen) })
			if err != nil {
				yield(Case{}, err)
				return
			}
			for _, found := range page.Cases {
				if _, again := seen[found.ID]; again {
					continue
				}
				seen[found.ID] = struct{}{}
				if !yield(found, nil) || (max > 0 && len(seen) == max) {
					return
				}
			}
			q.Skip += len(page.Cases)
			more = q.Skip < page.Total
		}
	}
}

// follows checks that a page brings the list on. One that does not would let it
// end too soon, which would pass for "not known", or never.
func (q CaseQuery) follows(page CasePage, seen map[string]struct{}) error {
	if q.Skip+len(page.Cases) >= page.Total {
		return nil
	}
	for _, found := range page.Cases {
		if _, again := seen[found.ID]; !again {
			return nil
		}
	}
	return errors.New("a page that is not the last brings no new case")
}
