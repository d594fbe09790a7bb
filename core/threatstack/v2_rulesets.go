package threatstack

import (
	"context"
	"iter"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/api"
)

// RulesetService is rulesets, their rules, and which hosts a rule is for.
type RulesetService struct{ c *caller }

// Ruleset is a group of rules.
//
//easyjson:json
type Ruleset struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	CreatedAt   DateTime `json:"createdAt"`
	UpdatedAt   DateTime `json:"updatedAt"`
	// Rules are the ids of its rules.
	Rules []string `json:"rules"`

	api.Extras
}

// RulesetInput makes or changes a ruleset. Rules are called ruleIds on the way in
// and rules on the way out.
//
//easyjson:json
type RulesetInput struct {
	// Name is 1 to 200 characters, and no other ruleset's: else status 409.
	Name        string   `json:"name"`
	Description string   `json:"description"`
	RuleIDs     []string `json:"ruleIds"`
}

func (in *RulesetInput) check() error {
	if n := utf8.RuneCountInString(in.Name); n < 1 || n > 200 {
		return invalid("name", "must be 1 to 200 characters")
	}
	if in.RuleIDs == nil {
		in.RuleIDs = []string{}
	}
	return nil
}

//easyjson:json
type rulesetsAnswer struct {
	Rulesets []Ruleset `json:"rulesets"`
	cursor
}

func (a *rulesetsAnswer) items() []Ruleset { return a.Rulesets }

func rulesetID(r *Ruleset) string { return r.ID }

// List returns the page of a token; "" is the first. agentID leaves those that a
// host has; "" is all.
//
// Source: the vendor's page on rulesets, and a public client.
//
//api:operation GET /v2/rulesets
func (s RulesetService) List(ctx context.Context, agentID, token string) (Page[Ruleset], error) {
	return rulesets(agentID).page(ctx, s.c, token)
}

// All returns the rulesets page by page.
func (s RulesetService) All(ctx context.Context, agentID string) iter.Seq2[Ruleset, error] {
	return rulesets(agentID).all(ctx, s.c)
}

func rulesets(agentID string) listV2[Ruleset] {
	var query api.Query
	query.AddNonEmpty("agentId", agentID)
	return listV2[Ruleset]{
		listerV2: listerV2{operation: "list rulesets", path: []string{"rulesets"}, query: query},
		answer: func() reading[Ruleset] {
			a := new(rulesetsAnswer)
			return reading[Ruleset]{a.UnmarshalEasyJSON, a.items, a.next}
		}, id: rulesetID,
	}
}

// Create makes a ruleset. It is not repeated by itself when it fails.
//
// Source: as List.
//
//api:operation POST /v2/rulesets
func (s RulesetService) Create(ctx context.Context, in RulesetInput) (Ruleset, error) {
	if err := in.check(); err != nil {
		return Ruleset{}, err
	}
	return write(ctx, s.c, "POST", "create ruleset", in, rulesetID, "rulesets")
}

// Get returns a ruleset; false when there is no such ruleset.
//
// Source: as List.
//
//api:operation GET /v2/rulesets/{id}
func (s RulesetService) Get(ctx context.Context, id string) (Ruleset, bool, error) {
	if err := needID(id); err != nil {
		return Ruleset{}, false, err
	}
	return get(ctx, s.c, s.c.request("GET", "get ruleset", nil, "rulesets", id), rulesetID)
}

// Update replaces a ruleset.
//
// Source: as List.
//
//api:operation PUT /v2/rulesets/{id}
func (s RulesetService) Update(ctx context.Context, id string, in RulesetInput) (Ruleset, error) {
	if err := needID(id); err != nil {
		return Ruleset{}, err
	}
	if err := in.check(); err != nil {
		return Ruleset{}, err
	}
	return write(ctx, s.c, "PUT", "update ruleset", in, rulesetID, "rulesets", id)
}

// Delete removes a ruleset.
//
// Source: as List.
//
//api:operation DELETE /v2/rulesets/{id}
func (s RulesetService) Delete(ctx context.Context, id string) error {
	if err := needID(id); err != nil {
		return err
	}
	return s.c.act(ctx, s.c.request("DELETE", "delete ruleset", nil, "rulesets", id))
}
