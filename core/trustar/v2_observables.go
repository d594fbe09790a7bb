package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// Observables are what 2.0 has found in submissions.
type Observables struct{ service }

// Observables returns the calls about observables of 2.0.
func (c *Client) Observables() Observables { return Observables{service{c}} }

// ObservableSearch says what to search observables for; its SortColumn is SortFirstSeen
// or SortLastSeen.
type ObservableSearch struct {
	SubmissionSearch
	// Types are Observable constants; nil is all.
	Types []string
}

// Observable is a value with where and when it was seen.
//
//easyjson:json
type Observable struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	// FirstSeen and LastSeen are 0 when unknown.
	FirstSeen    Timestamp `json:"firstSeen"`
	LastSeen     Timestamp `json:"lastSeen"`
	EnclaveGUIDs []string  `json:"enclaveGuids"`
	Tags         []string  `json:"tags"`
}

func checkObserved(found []Observable) error {
	if found == nil {
		return api.Missing("items")
	}
	for i := range found {
		term := Term{found[i].Type, found[i].Value}
		if err := term.check(); err != nil {
			return err
		}
	}
	return nil
}

//easyjson:json
type observableCursorPage struct {
	cursorHead
	Items []Observable `json:"items"`
}

func (p *observableCursorPage) check() error {
	if err := checkObserved(p.Items); err != nil {
		return err
	}
	return p.cursorHead.check()
}

func (p *observableCursorPage) items() []Observable { return p.Items }

//easyjson:json
type observablePage struct {
	pageHead
	Items []Observable `json:"items"`
}

func (p *observablePage) check() error { return checkObserved(p.Items) }

func (p *observablePage) items() []Observable { return p.Items }

// Search iterates over the observables that a search finds.
//
// Source: the vendor's second Python SDK.
//
//api:operation POST /2.0/observables/search
func (s Observables) Search(ctx context.Context, q ObservableSearch) iter.Seq2[Observable, error] {
	sent, err := q.body(SortFirstSeen, SortLastSeen)
	sent.Types = q.Types
	if err == nil {
		err = checkObservables(q.Types)
	}
	return search20(ctx, s.service, "observables", sent, q.PageSize, err, func() cursorAnswer[Observable] { return new(observableCursorPage) })
}

// OfSubmission iterates over the observables of a submission.
//
// Source: the vendor's second Python SDK. That the pages are numbered is a GUESS, from
// how it reads them.
//
//api:operation GET /2.0/observables
func (s Observables) OfSubmission(ctx context.Context, ref SubmissionRef) iter.Seq2[Observable, error] {
	if err := ref.check(); err != nil {
		return none[Observable](err)
	}
	return numbered[Observable]{
		size: searchPage20,
		request: func(page api.Query) (*api.Request, error) {
			return s.request(Version20, "GET", "get submission's observables", append(ref.query("submissionId"), page...), "observables")
		},
		answer: func() numberedAnswer[Observable] { return new(observablePage) },
	}.all(ctx, s.service)
}

// AlterTags adds tags to an observable in an enclave and takes others from it, at most
// 20 each.
//
// Source: the vendor's second Python SDK.
//
//api:operation POST /2.0/observables/alter-tags
func (s Observables) AlterTags(ctx context.Context, value, enclaveGUID string, add, remove []string) error {
	if value == "" {
		return invalid("observableValue", "is missing")
	}
	change := tagChange{Observable: value, Added: add, Removed: remove, EnclaveGUID: enclaveGUID}
	return s.alterTags(ctx, "alter observable's tags", change, "observables", "alter-tags")
}

// Parse returns what the server recognises in a text. The text itself is sent, at most
// MaxReportBody bytes of it; nothing is stored.
//
// Source: a public integration.
//
//api:operation POST /2.0/entities/parse
func (s Observables) Parse(ctx context.Context, text string) ([]Entity, error) {
	req, err := s.request(Version20, "POST", "parse entities", nil, "entities", "parse")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	req.Body, req.Repeatable = []byte(text), true
	var found entityList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

func checkText(text string) error {
	switch {
	case text == "":
		return invalid("text", "is empty")
	case len(text) > MaxReportBody:
		return invalid("text", "is larger than 2 MB: shorten it")
	}
	return nil
}
