package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// AgentService is the agents of version 1: the sensors on hosts.
type AgentService struct{ c *caller }

// Agent is a sensor on a host.
//
//easyjson:json
type Agent struct {
	// ID is 24 hexadecimal digits; Get takes this one, not AgentID.
	ID string `json:"id"`
	// AgentID is the sensor's own, longer name.
	AgentID        string `json:"agent_id"`
	OrganizationID string `json:"organization_id"`
	PolicyID       string `json:"policy_id"`
	Name           string `json:"name"`
	Description    string `json:"description"`
	Hostname       string `json:"hostname"`
	IPAddress      string `json:"ip_address"`
	// Version of the sensor, e.g. "1.4.2".
	Version string `json:"version"`
	// Status is "active" in what is published.
	Status         string   `json:"status"`
	Online         bool     `json:"online"`
	Enabled        bool     `json:"enabled"`
	Pause          bool     `json:"pause"`
	CreatedAt      DateTime `json:"created_at"`
	UpdatedAt      DateTime `json:"updated_at"`
	ActivatedAt    DateTime `json:"activated_at"`
	LastReportedAt DateTime `json:"last_reported_at"`

	api.Extras
}

//easyjson:json
type agentList []Agent

func (l *agentList) items() []Agent { return *l }

func agentID(a *Agent) string { return a.ID }

func agents() resource[Agent] {
	return resource[Agent]{
		lister: lister{operation: "list agents", path: []string{"agents"}, paged: true},
		answer: func() reading[Agent] {
			l := new(agentList)
			return reading[Agent]{read: l.UnmarshalEasyJSON, items: l.items}
		}, id: agentID,
	}
}

// List returns one page of the agents.
//
// Source: the vendor's page "V1 Client Documentation"; the fields from the tests of
// its Python client.
//
//api:operation GET /api/v1/agents
func (s AgentService) List(ctx context.Context, opts ListOptions) ([]Agent, error) {
	return agents().list(ctx, s.c, opts)
}

// All returns the agents page by page.
func (s AgentService) All(ctx context.Context, opts ListOptions) iter.Seq2[Agent, error] {
	return agents().all(ctx, s.c, opts)
}

// Get returns an agent, with the named fields alone if any are named; false when
// there is no such agent.
//
// Source: as List.
//
//api:operation GET /api/v1/agents/{id}
func (s AgentService) Get(ctx context.Context, id string, fields ...string) (Agent, bool, error) {
	return one(ctx, s.c, "get agent", "agents", id, fields, agentID)
}
