package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// PolicyService is the policies of version 1: what agents look for.
type PolicyService struct{ c *caller }

// Policy says what the agents that have it look for.
//
//easyjson:json
type Policy struct {
	ID                string   `json:"id"`
	Name              string   `json:"name"`
	Description       string   `json:"description"`
	OrganizationID    string   `json:"organization_id"`
	AlertPolicyID     string   `json:"alert_policy_id"`
	Enabled           bool     `json:"enabled"`
	ReadOnly          bool     `json:"read_only"`
	FirewallEnabled   bool     `json:"firewall_enabled"`
	AgentCount        int      `json:"agent_count"`
	AlertRuleCount    int      `json:"alert_rule_count"`
	FirewallRuleCount int      `json:"firewall_rule_count"`
	CreatedAt         DateTime `json:"created_at"`
	UpdatedAt         DateTime `json:"updated_at"`

	// FileIntegrityRules is a list; no source shows what is in it.
	FileIntegrityRules api.Raw `json:"file_integrity_rules,omitempty"`
	// AlertPolicy, a list of the policy's rules, comes with Get alone, if at all.
	AlertPolicy api.Raw `json:"alert_policy,omitempty"`

	api.Extras
}

//easyjson:json
type policyList []Policy

func (l *policyList) items() []Policy { return *l }

func policyID(p *Policy) string { return p.ID }

func policies() resource[Policy] {
	return resource[Policy]{
		lister: lister{operation: "list policies", path: []string{"policies"}},
		answer: func() reading[Policy] {
			l := new(policyList)
			return reading[Policy]{read: l.UnmarshalEasyJSON, items: l.items}
		}, id: policyID,
	}
}

// List returns all policies; there are no pages.
//
// Source: the vendor's page "V1 Client Documentation"; the fields from the tests of
// its Python client.
//
//api:operation GET /api/v1/policies
func (s PolicyService) List(ctx context.Context, opts ListOptions) ([]Policy, error) {
	return policies().list(ctx, s.c, opts)
}

// All returns what List does.
func (s PolicyService) All(ctx context.Context, opts ListOptions) iter.Seq2[Policy, error] {
	return policies().all(ctx, s.c, opts)
}

// Get returns a policy, with the named fields alone if any are named; false when
// there is no such policy.
//
// Source: as List.
//
//api:operation GET /api/v1/policies/{id}
func (s PolicyService) Get(ctx context.Context, id string, fields ...string) (Policy, bool, error) {
	return one(ctx, s.c, "get policy", "policies", id, fields, policyID)
}
