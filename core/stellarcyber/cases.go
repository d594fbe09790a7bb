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

// WalkCases returns a walk over the cases that match, from q.Skip on. q.Limit is the
// size of a page, MaxLimit when it is 0.
//
// Set Sort, and prefer a field that never changes ("created_at") where nothing may
// be missed.
func (c *Platform) WalkCases(q CaseQuery) *Walk[Case] {
	return walkOf(q, c.cases)
}

func walkOf(q CaseQuery, list func(context.Context, CaseQuery, func(CasePage) error) (CasePage, error)) *Walk[Case] {
	if q.Limit == 0 {
		q.Limit = MaxLimit
	}
	return &Walk[Case]{
		get: func(ctx context.Context, skip int, fits func(page[Case]) error) (page[Case], error) {
			q.Skip = skip
			got, err := list(ctx, q, func(p CasePage) error { return fits(page[Case]{p.Total, p.Cases}) })
			return page[Case]{got.Total, got.Cases}, err
		},
		id:   func(found *Case) string { return found.ID },
		skip: q.Skip,
	}
}

// AllCases returns the cases that match, page by page, at most max of them; max <= 0
// means all. It is Platform.WalkCases for those who do not mean to take it up again.
func (c *Client) AllCases(ctx context.Context, q CaseQuery, max int) iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) {
		if q.Limit == 0 {
			q.Limit = MaxLimit
		}
		if max > 0 {
			q.Limit = min(q.Limit, max)
		}
		n := 0
		for found, err := range walkOf(q, c.cases).All(ctx) {
			if n++; !yield(found, err) || n == max {
				return
			}
		}
	}
}

// Case returns a case by its id. *api.StatusError with status 404: there is none
// (GUESS: no source has the status).
//
// Source: the vendor's pages from 5.2 on, and clients of its engineers.
//
//api:operation GET /connect/api/v1/cases/{id}
func (c *Platform) Case(ctx context.Context, caseID string) (Case, error) {
	return c.one(ctx, c.get("get case", nil, "cases", caseID), caseID)
}

// one sends a request that is answered with the case of an id.
func (c *Platform) one(ctx context.Context, req *api.Request, caseID string) (Case, error) {
	if err := checkCaseID(caseID); err != nil {
		return Case{}, err
	}
	var answer caseAnswer
	err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, func() error {
		if answer.Data.ID != caseID {
			return otherCase()
		}
		return nil
	})
	if err != nil {
		return Case{}, err
	}
	return *answer.Data, nil
}

// otherCase is not kept: a program that has no use for it would make it at its start.
func otherCase() error { return errors.New("it is about another case") }

// CaseByTicket returns the case with the number that people use for it, and false
// when there is none.
//
// Source: clients of the vendor's engineers.
func (c *Platform) CaseByTicket(ctx context.Context, ticket int64) (Case, bool, error) {
	if ticket < 1 {
		return Case{}, false, &api.InvalidError{Field: "ticket_id", Problem: "must be a number above 0"}
	}
	page, err := c.cases(ctx, CaseQuery{TicketID: ticket, Limit: 1}, func(page CasePage) error {
		// A server that does not know the argument answers all cases.
		if len(page.Cases) > 0 && page.Cases[0].TicketID != ticket {
			return otherCase()
		}
		return nil
	})
	if err != nil || len(page.Cases) == 0 {
		return Case{}, false, err
	}
	return page.Cases[0], true, nil
}

// caseAnswer is the answer with a single case.
//
//easyjson:json
type caseAnswer struct {
	Data *Case `json:"data"`
}

func (a *caseAnswer) check() error {
	switch {
	case a.Data == nil:
		return api.Missing("data")
	case a.Data.ID == "":
		return api.Missing("_id")
	}
	return nil
}

// checkCaseID finds what would ask for another thing than a case.
func checkCaseID(caseID string) error {
	if caseID == "" {
		return &api.InvalidError{Field: "_id", Problem: "is missing"}
	}
	return nil
}
