package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// The types of rules.
const (
	RuleFile             = "File"
	RuleHost             = "Host"
	RuleCloudTrail       = "CloudTrail"
	RuleThreatIntel      = "ThreatIntel"
	RuleWinsec           = "Winsec"
	RuleKubernetesAudit  = "KubernetesAudit"
	RuleKubernetesConfig = "KubernetesConfig"
)

// Rule says when there is an alert. The server sets ID, RulesetID and the two times.
//
//easyjson:json
type Rule struct {
	ID        string `json:"id,omitempty"`
	RulesetID string `json:"rulesetId,omitempty"`
	Name      string `json:"name"`
	// Type is one of the Rule constants.
	Type      string   `json:"type"`
	CreatedAt DateTime `json:"createdAt,omitempty"`
	UpdatedAt DateTime `json:"updatedAt,omitempty"`
	// Title is the alerts'.
	Title string `json:"title"`
	// Severity is the alerts': 1, the most severe, to 3.
	Severity         int      `json:"severityOfAlerts"`
	AlertDescription string   `json:"alertDescription"`
	AggregateFields  []string `json:"aggregateFields"`
	// Filter is in the platform's own language of queries.
	Filter string `json:"filter"`
	// Window is seconds; 3600 and 86400 are seen.
	Window int `json:"window"`
	// Threshold is how many events within Window make an alert.
	Threshold    int      `json:"threshold"`
	Suppressions []string `json:"suppressions"`
	Enabled      bool     `json:"enabled"`

	// The last three are for RuleFile alone.
	Paths       []IntegrityPath `json:"fileIntegrityPaths,omitempty"`
	IgnoreFiles []string        `json:"ignoreFiles,omitempty"`
	// Events are e.g. "modify" and "delete".
	Events []string `json:"eventsToMonitor,omitempty"`

	api.Extras
}

// IntegrityPath is a file or a folder to watch.
//
//easyjson:json
type IntegrityPath struct {
	Path      string `json:"path"`
	Recursive bool   `json:"recursive"`
}

// RuleTags say which hosts a rule is for, by their tags.
//
//easyjson:json
type RuleTags struct {
	Inclusion []Tag `json:"inclusion"`
	Exclusion []Tag `json:"exclusion"`
}

//easyjson:json
type rulesAnswer struct {
	Rules []Rule `json:"rules"`
	cursor
}

func (a *rulesAnswer) items() []Rule { return a.Rules }

func ruleID(r *Rule) string { return r.ID }

func (r *Rule) check() error {
	switch {
	case r.Name == "":
		return invalid("name", "is missing")
	case r.Severity < 1 || r.Severity > 3:
		return invalid("severityOfAlerts", "must be 1 to 3")
	case r.Type == "":
		return invalid("type", "is missing")
	}
	r.ID, r.RulesetID, r.CreatedAt, r.UpdatedAt = "", "", "", "" // the server's own
	for _, list := range [...]*[]string{&r.AggregateFields, &r.Suppressions} {
		if *list == nil {
			*list = []string{}
		}
	}
	return oneOf("type", r.Type, RuleFile, RuleHost, RuleCloudTrail, RuleThreatIntel, RuleWinsec, RuleKubernetesAudit, RuleKubernetesConfig)
}

// Rules returns the page of a token of a ruleset's rules; "" is the first.
//
// Source: the vendor's page on rulesets, and two public clients.
//
//api:operation GET /v2/rulesets/{id}/rules
func (s RulesetService) Rules(ctx context.Context, rulesetID, token string) (Page[Rule], error) {
	return rulesOf(rulesetID).page(ctx, s.c, token)
}

// AllRules returns a ruleset's rules page by page.
func (s RulesetService) AllRules(ctx context.Context, rulesetID string) iter.Seq2[Rule, error] {
	return rulesOf(rulesetID).all(ctx, s.c)
}

func rulesOf(rulesetID string) listV2[Rule] {
	return listV2[Rule]{
		listerV2: listerV2{operation: "list rules", path: []string{"rulesets", rulesetID, "rules"}, err: needID(rulesetID)},
		answer: func() reading[Rule] {
			a := new(rulesAnswer)
			return reading[Rule]{a.UnmarshalEasyJSON, a.items, a.next}
		}, id: ruleID,
	}
}

// CreateRule makes a rule. It is not repeated by itself when it fails.
//
// Source: as Rules.
//
//api:operation POST /v2/rulesets/{id}/rules
func (s RulesetService) CreateRule(ctx context.Context, rulesetID string, rule Rule) (Rule, error) {
	if err := needID(rulesetID); err != nil {
		return Rule{}, err
	}
	if err := rule.check(); err != nil {
		return Rule{}, err
	}
	return write(ctx, s.c, "POST", "create rule", rule, ruleID, "rulesets", rulesetID, "rules")
}

// Rule returns a rule; false when there is no such rule.
//
// Source: as Rules.
//
//api:operation GET /v2/rulesets/{id}/rules/{ruleId}
func (s RulesetService) Rule(ctx context.Context, rulesetID, id string) (Rule, bool, error) {
	if err := needID(rulesetID, id); err != nil {
		return Rule{}, false, err
	}
	return get(ctx, s.c, s.c.request("GET", "get rule", nil, "rulesets", rulesetID, "rules", id), ruleID)
}

// UpdateRule replaces a rule.
//
// Source: as Rules.
//
//api:operation PUT /v2/rulesets/{id}/rules/{ruleId}
func (s RulesetService) UpdateRule(ctx context.Context, rulesetID, id string, rule Rule) (Rule, error) {
	if err := needID(rulesetID, id); err != nil {
		return Rule{}, err
	}
	if err := rule.check(); err != nil {
		return Rule{}, err
	}
	return write(ctx, s.c, "PUT", "update rule", rule, ruleID, "rulesets", rulesetID, "rules", id)
}

// DeleteRule removes a rule.
//
// Source: as Rules.
//
//api:operation DELETE /v2/rulesets/{id}/rules/{ruleId}
func (s RulesetService) DeleteRule(ctx context.Context, rulesetID, id string) error {
	if err := needID(rulesetID, id); err != nil {
		return err
	}
	return s.c.act(ctx, s.c.request("DELETE", "delete rule", nil, "rulesets", rulesetID, "rules", id))
}

// Tags returns which hosts a rule is for; false when it is for all of them, which
// the platform answers with an error, "No tags found for rule" (its status is a
// GUESS: 404).
//
// Source: two public clients.
//
//api:operation GET /v2/rules/{ruleId}/tags
func (s RulesetService) Tags(ctx context.Context, ruleID string) (RuleTags, bool, error) {
	if err := needID(ruleID); err != nil {
		return RuleTags{}, false, err
	}
	return get[RuleTags](ctx, s.c, s.c.request("GET", "get tags", nil, "rules", ruleID, "tags"), nil)
}

// SetTags says which hosts a rule is for. It is not repeated by itself when it fails.
//
// Source: as Tags.
//
//api:operation POST /v2/rules/{ruleId}/tags
func (s RulesetService) SetTags(ctx context.Context, ruleID string, tags RuleTags) error {
	if err := needID(ruleID); err != nil {
		return err
	}
	for _, list := range [...]*[]Tag{&tags.Inclusion, &tags.Exclusion} {
		if *list == nil {
			*list = []Tag{}
		}
	}
	req, err := s.c.send("POST", "set tags", tags, "rules", ruleID, "tags")
	if err != nil {
		return err
	}
	return s.c.act(ctx, req)
}
