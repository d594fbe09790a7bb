package trustar

import (
	"context"
	"iter"
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
)

const (
	// searchPage20 is the usual page of Sightline's; the vendor's SDK asks for 25.
	searchPage20 = 100
	// maxPage20 is what a public integration asks for. The maximum is not published.
	maxPage20 = 999
)

// The orders of searches in 2.0.
const (
	SortCreated     = "CREATED"
	SortUpdated     = "UPDATED"
	SortProcessedAt = "PROCESSED_AT"
	// SortFirstSeen and SortLastSeen are for observables.
	SortFirstSeen = "FIRST_SEEN"
	SortLastSeen  = "LAST_SEEN"

	Ascending  = "ASC"
	Descending = "DESC"
)

// SubmissionSearch says what to search submissions of 2.0 for, and what all searches
// of 2.0 have in common. What is left out is left to the server. From and To may lie
// 364 days apart.
type SubmissionSearch struct {
	Range
	Term         string
	EnclaveGUIDs []string
	// IncludedTags and ExcludedTags are at most 20 each.
	IncludedTags []string
	ExcludedTags []string
	// SortColumn is a Sort constant.
	SortColumn string
	// SortOrder is Ascending or Descending; submissions have none.
	SortOrder string
	// PageSize is how many to ask for at once, at most 999; 0 is 100.
	PageSize int
}

// searchBody is the body of every search of 2.0.
//
//easyjson:json
type searchBody struct {
	Term               string    `json:"queryTerm,omitempty"`
	From               Timestamp `json:"from,omitempty"`
	To                 Timestamp `json:"to,omitempty"`
	EnclaveGUIDs       []string  `json:"enclaveGuids,omitempty"`
	SortColumn         string    `json:"sortColumn,omitempty"`
	SortOrder          string    `json:"sortOrder,omitempty"`
	IncludedTags       []string  `json:"includedTags,omitempty"`
	ExcludedTags       []string  `json:"excludedTags,omitempty"`
	PriorityScores     []int     `json:"priorityScores,omitempty"`
	Types              []string  `json:"types,omitempty"`
	Attributes         []Term    `json:"attributes,omitempty"`
	RelatedObservables []Term    `json:"relatedObservables,omitempty"`
	IncludeSafelisted  bool      `json:"includeSafelisted,omitempty"`
	Cursor             string    `json:"cursor,omitempty"`
}

func (q SubmissionSearch) body(columns ...string) (searchBody, error) {
	sent := searchBody{
		Term: q.Term, From: q.From, To: q.To, EnclaveGUIDs: q.EnclaveGUIDs, SortColumn: q.SortColumn,
		SortOrder: q.SortOrder, IncludedTags: q.IncludedTags, ExcludedTags: q.ExcludedTags,
	}
	err := q.check(maxSpan20)
	if err == nil {
		err = checkTags20(q.IncludedTags, q.ExcludedTags)
	}
	if err == nil {
		err = oneOf("sortColumn", q.SortColumn, columns...)
	}
	if err == nil {
		err = oneOf("sortOrder", q.SortOrder, Ascending, Descending)
	}
	return sent, err
}

// search20 walks a search by its cursors. body is what is sent, err what is wrong with it.
func search20[T any](ctx context.Context, s service, section string, sent searchBody, size int, err error, read func() cursorAnswer[T]) iter.Seq2[T, error] {
	if err != nil {
		return none[T](err)
	}
	size, err = pageSize(size, searchPage20, maxPage20)
	if err != nil {
		return none[T](err)
	}
	query := api.Query{{Name: "pageSize", Value: strconv.Itoa(size)}}
	return follow(ctx, s, func(cursor string) (*api.Request, error) {
		req, err := s.request(Version20, "POST", "search "+section, query, section, "search")
		if err != nil {
			return nil, err
		}
		sent := sent
		sent.Cursor = cursor
		req.Repeatable, req.Timeout = true, lookupTimeout
		return req, carry(req, sent)
	}, read)
}

// tagChange is the body of a change of tags in 2.0. The enclave's name differs from
// call to call.
//
//easyjson:json
type tagChange struct {
	Observable  string   `json:"observableValue,omitempty"`
	Added       []string `json:"addedTags"`
	Removed     []string `json:"removedTags"`
	EnclaveID   string   `json:"enclaveId,omitempty"`
	EnclaveGUID string   `json:"enclaveGuid,omitempty"`
	IDType      string   `json:"idType,omitempty"`
}

func (s service) alterTags(ctx context.Context, operation string, change tagChange, path ...string) error {
	req, err := s.request(Version20, "POST", operation, nil, path...)
	if err != nil {
		return err
	}
	if change.EnclaveID == "" && change.EnclaveGUID == "" {
		return invalid("enclaveGuid", "is missing")
	}
	if err := checkTags20(change.Added, change.Removed); err != nil {
		return err
	}
	if len(change.Added)+len(change.Removed) == 0 {
		return invalid("tags", "are missing: name one to add or to remove")
	}
	for _, list := range [...]*[]string{&change.Added, &change.Removed} {
		if *list == nil {
			*list = []string{}
		}
	}
	req.Repeatable = true
	if err := carry(req, change); err != nil {
		return err
	}
	return s.into(ctx, req, new(altered), nil)
}
