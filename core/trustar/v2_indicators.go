package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// PrioritizedSearch says what to search the prioritised indicators of 2.0 for. The
// vendor's SDK calls EnclaveGUIDs the one filter that must be there; they are asked
// for.
type PrioritizedSearch struct {
	SubmissionSearch
	// PriorityScores are -1 (none) to 3.
	PriorityScores []int
	// Types are Observable constants.
	Types []string
	// Attributes and RelatedObservables are what an indicator must have.
	Attributes         []Term
	RelatedObservables []Term
	// IncludeSafelisted shows what safelists hold back too.
	IncludeSafelisted bool
}

// PrioritizedIndicator is an indicator that a workflow has weighed.
//
//easyjson:json
type PrioritizedIndicator struct {
	GUID         string `json:"guid"`
	EnclaveGUID  string `json:"enclaveGuid"`
	WorkflowGUID string `json:"workflowGuid"`
	Observable   Term   `json:"observable"`
	// PriorityScore is BENIGN, LOW, MEDIUM, HIGH, or "" for none.
	PriorityScore  string         `json:"priorityScore"`
	Attributes     []Term         `json:"attributes"`
	UserTags       []string       `json:"userTags"`
	SubmissionTags []string       `json:"submissionTags"`
	ScoreContexts  []ScoreContext `json:"scoreContexts"`
	Created        Timestamp      `json:"created"`
	Updated        Timestamp      `json:"updated"`
	ProcessedAt    Timestamp      `json:"processedAt"`
	Safelisted     bool           `json:"safelisted"`
	// ValidFrom and ValidUntil are 0 where they are not said.
	ValidFrom  Timestamp `json:"validFrom"`
	ValidUntil Timestamp `json:"validUntil"`
}

// ScoreContext is what a source gave to a priority. Scores and weights come as the
// source has them.
//
//easyjson:json
type ScoreContext struct {
	EnclaveGUID     string  `json:"enclaveGuid"`
	EnclaveName     string  `json:"enclaveName"`
	SourceName      string  `json:"sourceName"`
	NormalizedScore api.Raw `json:"normalizedScore"`
	Weight          api.Raw `json:"weight"`
	Properties      api.Raw `json:"properties"`
}

//easyjson:json
type prioritizedPage struct {
	cursorHead
	Items []PrioritizedIndicator `json:"items"`
}

func (p *prioritizedPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if err := p.Items[i].Observable.check(); err != nil {
			return err
		}
	}
	return p.cursorHead.check()
}

func (p *prioritizedPage) items() []PrioritizedIndicator { return p.Items }

// SearchPrioritized iterates over the prioritised indicators that a search finds. 2.0
// alone has it; for the others see Search.
//
// Source: the vendor's second Python SDK and a public integration.
//
//api:operation POST /2.0/indicators/search
func (s Indicators) SearchPrioritized(ctx context.Context, q PrioritizedSearch) iter.Seq2[PrioritizedIndicator, error] {
	sent, err := q.body(SortCreated, SortUpdated, SortProcessedAt)
	sent.PriorityScores, sent.Types, sent.IncludeSafelisted = q.PriorityScores, q.Types, q.IncludeSafelisted
	sent.Attributes, sent.RelatedObservables = q.Attributes, q.RelatedObservables
	if err == nil {
		err = q.checkOwn()
	}
	return search20(ctx, s.service, "indicators", sent, q.PageSize, err, func() cursorAnswer[PrioritizedIndicator] { return new(prioritizedPage) })
}

func (q PrioritizedSearch) checkOwn() error {
	if err := nonEmpty("enclaveGuids", q.EnclaveGUIDs); err != nil {
		return err
	}
	for _, score := range q.PriorityScores {
		if score < -1 || score > 3 {
			return invalid("priorityScores", "must be between -1 and 3")
		}
	}
	if err := checkObservables(q.Types); err != nil {
		return err
	}
	for _, term := range q.Attributes {
		if err := term.sendable("attributes", isAttribute); err != nil {
			return err
		}
	}
	for _, term := range q.RelatedObservables {
		if err := term.sendable("relatedObservables", isObservable); err != nil {
			return err
		}
	}
	return nil
}

func checkObservables(types []string) error {
	for _, kind := range types {
		if !isObservable(kind) {
			return invalid("types", "has a type that API 2.0 does not know")
		}
	}
	return nil
}

// AlterTags adds tags to a prioritised indicator and takes others from it, at most 20
// each.
//
// Source: the vendor's second Python SDK.
//
//api:operation POST /2.0/indicators/{guid}/alter-tags
func (s Indicators) AlterTags(ctx context.Context, guid, enclaveGUID string, add, remove []string) error {
	change := tagChange{Added: add, Removed: remove, EnclaveGUID: enclaveGUID}
	return s.alterTags(ctx, "alter indicator's tags", change, "indicators", guid, "alter-tags")
}
