package stellarcyber

import (
	"context"
	"errors"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// Cases returns one page of the cases that match. *api.InvalidError: the query is
// one that the contract forbids, or that would silently match nothing.
//
// Source: the vendor's page "Using the API to Retrieve Case Details".
//
//api:operation GET /connect/api/v1/cases
func (c *Client) Cases(ctx context.Context, q CaseQuery) (CasePage, error) {
	page, _, err := c.cases(ctx, q)
	return page, err
}

func (c *Client) cases(ctx context.Context, q CaseQuery) (CasePage, *api.Request, error) {
	if err := q.check(); err != nil {
		return CasePage{}, nil, err
	}
	req := c.get("list cases", q.encode(), "cases")
	var answer casesAnswer
	if err := c.getInto(ctx, req, &answer); err != nil {
		return CasePage{}, req, err
	}
	return CasePage{Total: *answer.Data.Total, Cases: answer.Data.Cases}, req, nil
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
		for {
			page, req, err := c.cases(ctx, q)
			if err == nil && len(page.Cases) == 0 && q.Skip < page.Total {
				// A list that ends too soon would pass for "not known".
				err = api.DecodeFailure(req, nil, errors.New("a page is empty that is not the last"))
			}
			if err != nil {
				yield(Case{}, err)
				return
			}
			before := len(seen)
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
			if q.Skip >= page.Total {
				return
			}
			if len(seen) == before {
				// A server that ignores skip would repeat its first page for ever.
				yield(Case{}, api.DecodeFailure(req, nil, errors.New("a page repeats the one before")))
				return
			}
		}
	}
}
