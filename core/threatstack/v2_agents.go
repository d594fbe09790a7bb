package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// AgentServiceV2 is the agents of version 2.
type AgentServiceV2 struct{ c *caller }

// What an agent's status can be.
const (
	Online  = "online"
	Offline = "offline"
)

// AgentQuery narrows agents.
type AgentQuery struct {
	// Status is Online or Offline; "" is Online. The server wants one of them.
	Status      string
	From, Until Time
	// Type is "monitor" or "investigate"; "" is both.
	Type       string
	Hostname   string
	InstanceID string
}

// AgentV2 is a sensor on a host. Texts may be null there, and are "" here.
//
//easyjson:json
type AgentV2 struct {
	// ID is a UUID.
	ID             string      `json:"id"`
	InstanceID     string      `json:"instanceId"`
	Status         string      `json:"status"`
	CreatedAt      DateTime    `json:"createdAt"`
	LastReportedAt DateTime    `json:"lastReportedAt"`
	Version        string      `json:"version"`
	Name           string      `json:"name"`
	Description    string      `json:"description"`
	Hostname       string      `json:"hostname"`
	IPAddresses    IPAddresses `json:"ipAddresses"`
	Tags           []Tag       `json:"tags"`
	AgentType      string      `json:"agentType"`
	OSVersion      string      `json:"osVersion"`
	Kernel         string      `json:"kernel"`
	// Health is an object with isHealthy and the detail of each module, or null.
	Health           api.Raw `json:"agentModuleHealth"`
	IsContainerAgent bool    `json:"isContainerAgent"`

	api.Extras
}

// IPAddresses are a host's; private and link-local ones have the length of their
// network, e.g. "10.0.0.3/24".
//
//easyjson:json
type IPAddresses struct {
	Private   []string `json:"private"`
	LinkLocal []string `json:"link_local"`
	Public    []string `json:"public"`

	api.Extras
}

// Tag is a name and a value that a host or a rule has.
//
//easyjson:json
type Tag struct {
	// Source is where the tag is from, e.g. "ec2".
	Source string `json:"source"`
	Key    string `json:"key"`
	Value  string `json:"value"`
}

//easyjson:json
type agentsAnswer struct {
	Agents []AgentV2 `json:"agents"`
	cursor
}

func (a *agentsAnswer) items() []AgentV2 { return a.Agents }

func agentV2ID(a *AgentV2) string { return a.ID }

func (q AgentQuery) list() listV2[AgentV2] {
	var query api.Query
	if q.Status == "" {
		q.Status = Online
	}
	query.Add("status", q.Status)
	err := rangeQuery(&query, q.From, q.Until)
	query.AddNonEmpty("type", q.Type)
	query.AddNonEmpty("hostname", q.Hostname)
	query.AddNonEmpty("instanceId", q.InstanceID)
	for _, problem := range [...]error{oneOf("status", q.Status, Online, Offline), oneOf("type", q.Type, "monitor", "investigate")} {
		if problem != nil {
			err = problem
		}
	}
	return listV2[AgentV2]{
		listerV2: listerV2{operation: "list agents", path: []string{"agents"}, query: query, err: err},
		answer: func() reading[AgentV2] {
			a := new(agentsAnswer)
			return reading[AgentV2]{a.UnmarshalEasyJSON, a.items, a.next}
		}, id: agentV2ID,
	}
}

// List returns the page of a token; "" is the first.
//
// Source: the vendor's page on agents.
//
//api:operation GET /v2/agents
func (s AgentServiceV2) List(ctx context.Context, q AgentQuery, token string) (Page[AgentV2], error) {
	return q.list().page(ctx, s.c, token)
}

// All returns the agents page by page.
func (s AgentServiceV2) All(ctx context.Context, q AgentQuery) iter.Seq2[AgentV2, error] {
	return q.list().all(ctx, s.c)
}

// Get returns an agent; false when there is no such agent.
//
// Source: as List.
//
//api:operation GET /v2/agents/{id}
func (s AgentServiceV2) Get(ctx context.Context, id string) (AgentV2, bool, error) {
	if err := needID(id); err != nil {
		return AgentV2{}, false, err
	}
	return get(ctx, s.c, s.c.request("GET", "get agent", nil, "agents", id), agentV2ID)
}
