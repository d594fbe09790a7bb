package trustar

import (
	"context"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/api"
)

// Workflows weigh what sources say of indicators, and send it on. 2.0 alone has them.
type Workflows struct{ service }

// Workflows returns the calls about workflows of 2.0.
func (c *Client) Workflows() Workflows { return Workflows{service{c}} }

// WorkflowPrioritization is the one type of workflows that is known.
const WorkflowPrioritization = "INDICATOR_PRIORITIZATION"

// Workflow is one, with its settings.
//
//easyjson:json
type Workflow struct {
	GUID          string         `json:"guid,omitempty"`
	Name          string         `json:"name"`
	Created       Timestamp      `json:"created,omitempty"`
	Updated       Timestamp      `json:"updated,omitempty"`
	Config        WorkflowConfig `json:"workflowConfig"`
	SafelistGUIDs []string       `json:"safelistGuids"`
}

// WorkflowConfig says what a workflow does.
//
//easyjson:json
type WorkflowConfig struct {
	// Type is WorkflowPrioritization.
	Type        string              `json:"type"`
	Source      WorkflowSource      `json:"workflowSource"`
	Destination WorkflowDestination `json:"workflowDestination"`
	// PriorityScores and ObservableTypes are what is let through.
	PriorityScores  []string `json:"priorityScores"`
	ObservableTypes []string `json:"observableTypes"`
}

// WorkflowSource is where a workflow takes indicators from. The wire has the singular.
//
//easyjson:json
type WorkflowSource struct {
	Enclaves []WeighedEnclave `json:"enclaveSourceConfig"`
}

// WeighedEnclave is a source with its weight, 1 to 5.
//
//easyjson:json
type WeighedEnclave struct {
	EnclaveGUID string `json:"enclaveGuid"`
	Weight      int    `json:"weight"`
}

// WorkflowDestination is where a workflow sends indicators to. The wire has the plural.
//
//easyjson:json
type WorkflowDestination struct {
	Enclaves []DestinationEnclave `json:"enclaveDestinationConfigs"`
}

// DestinationEnclave is a place to send indicators to.
//
//easyjson:json
type DestinationEnclave struct {
	EnclaveGUID string `json:"enclaveGuid"`
	// Type is ENCLAVE, SPLUNK_SOAR, SPLUNK, SPLUNK_ES or UNKNOWN.
	Type string `json:"destinationType"`
}

func (w *Workflow) check() error {
	if w.GUID == "" {
		return api.Missing("guid")
	}
	return nil
}

//easyjson:json
type workflowList struct {
	Items []Workflow `json:"items"`
}

func (l *workflowList) check() error {
	if l.Items == nil {
		return api.Missing("items")
	}
	for i := range l.Items {
		if err := l.Items[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// The lengths of a workflow's name in characters, and its weights.
//
// Source: the vendor's second Python SDK.
const (
	minWorkflowName, maxWorkflowName = 3, 120
	minWeight, maxWeight             = 1, 5
)

func (w *Workflow) sendable() error {
	n := utf8.RuneCountInString(w.Name)
	switch {
	case n < minWorkflowName || n > maxWorkflowName:
		return invalid("name", "must have 3 to 120 characters")
	case w.Config.Type != WorkflowPrioritization:
		return invalid("type", "must be INDICATOR_PRIORITIZATION")
	case len(w.Config.Source.Enclaves) == 0:
		return invalid("enclaveSourceConfig", "is empty")
	case len(w.Config.Destination.Enclaves) == 0:
		return invalid("enclaveDestinationConfigs", "is empty")
	}
	for _, source := range w.Config.Source.Enclaves {
		switch {
		case source.EnclaveGUID == "":
			return invalid("enclaveGuid", "is missing")
		case source.Weight < minWeight || source.Weight > maxWeight:
			return invalid("weight", "must be between 1 and 5")
		}
	}
	for _, to := range w.Config.Destination.Enclaves {
		if to.EnclaveGUID == "" {
			return invalid("enclaveGuid", "is missing")
		}
		if err := oneOf("destinationType", to.Type, "ENCLAVE", "SPLUNK_SOAR", "SPLUNK", "SPLUNK_ES", "UNKNOWN"); err != nil {
			return err
		}
	}
	for _, score := range w.Config.PriorityScores {
		if err := oneOf("priorityScores", score, scoreBenign, scoreLow, scoreMedium, scoreHigh); err != nil {
			return err
		}
	}
	if err := checkObservables(w.Config.ObservableTypes); err != nil {
		return err
	}
	w.GUID, w.Created, w.Updated = "", 0, 0 // the server's own
	for _, list := range [...]*[]string{&w.SafelistGUIDs, &w.Config.PriorityScores, &w.Config.ObservableTypes} {
		if *list == nil {
			*list = []string{}
		}
	}
	return nil
}

// WorkflowQuery narrows a list of workflows.
type WorkflowQuery struct {
	// Type is WorkflowPrioritization or "".
	Type, Name string
	// Created and Updated are the times in which that must have been.
	Created, Updated Range
}

// List returns the workflows.
//
// Source: the vendor's second Python SDK, as for all calls about workflows.
//
//api:operation GET /2.0/workflows
func (s Workflows) List(ctx context.Context, q WorkflowQuery) ([]Workflow, error) {
	var query api.Query
	query.AddNonEmpty("type", q.Type)
	query.AddNonEmpty("name", q.Name)
	for _, end := range [...]struct {
		name string
		at   Timestamp
	}{{"createdFrom", q.Created.From}, {"createdTo", q.Created.To}, {"updatedFrom", q.Updated.From}, {"updatedTo", q.Updated.To}} {
		if end.at != 0 {
			query.Add(end.name, end.at.Param(Version20))
		}
	}
	for _, span := range [...]Range{q.Created, q.Updated} {
		if err := span.check(0); err != nil {
			return nil, err
		}
	}
	req, err := s.request(Version20, "GET", "list workflows", query, "workflows")
	if err != nil {
		return nil, err
	}
	var found workflowList
	err = s.into(ctx, req, &found, nil)
	return found.Items, err
}

// Create makes a workflow. It is not repeated by itself: that would make a second one.
//
//api:operation POST /2.0/workflows
func (s Workflows) Create(ctx context.Context, workflow Workflow) (Workflow, error) {
	return s.write(ctx, "POST", "create workflow", workflow, "workflows")
}

// Update replaces a workflow.
//
//api:operation PUT /2.0/workflows/{guid}
func (s Workflows) Update(ctx context.Context, guid string, workflow Workflow) (Workflow, error) {
	return s.write(ctx, "PUT", "update workflow", workflow, "workflows", guid)
}

func (s Workflows) write(ctx context.Context, method, operation string, workflow Workflow, path ...string) (Workflow, error) {
	req, err := s.request(Version20, method, operation, nil, path...)
	if err != nil {
		return Workflow{}, err
	}
	if err := workflow.sendable(); err != nil {
		return Workflow{}, err
	}
	if err := carry(req, workflow); err != nil {
		return Workflow{}, err
	}
	var made Workflow
	err = s.into(ctx, req, &made, nil)
	return made, err
}

// Get returns a workflow.
//
//api:operation GET /2.0/workflows/{guid}
func (s Workflows) Get(ctx context.Context, guid string) (Workflow, error) {
	req, err := s.request(Version20, "GET", "get workflow", nil, "workflows", guid)
	if err != nil {
		return Workflow{}, err
	}
	var found Workflow
	err = s.into(ctx, req, &found, func() error { return sameID(guid)(Report{ID: found.GUID}) })
	if err != nil {
		return Workflow{}, err
	}
	return found, nil
}

// Delete removes a workflow.
//
//api:operation DELETE /2.0/workflows/{guid}
func (s Workflows) Delete(ctx context.Context, guid string) error {
	req, err := s.request(Version20, "DELETE", "delete workflow", nil, "workflows", guid)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}
