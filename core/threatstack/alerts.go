package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// AlertService is the alerts of version 1.
type AlertService struct{ c *caller }

// Alert is what a rule found on a host. It has times in two styles.
//
//easyjson:json
type Alert struct {
	// ID is 24 hexadecimal digits, as are the other ids.
	ID            string `json:"id"`
	AgentID       string `json:"agent_id"`
	AlertPolicyID string `json:"alert_policy_id"`
	RuleID        string `json:"rule_id"`
	// Key groups alerts: rule, agent and a digest, joined by hyphens.
	Key   string `json:"key"`
	Title string `json:"title"`
	// Type is "rule" in what is published.
	Type string `json:"type"`
	// Severity is 1, the most severe, to 3.
	Severity int `json:"severity"`
	// Count is how many events are folded into the alert.
	Count     int       `json:"count"`
	Active    bool      `json:"active"`
	Dismissed bool      `json:"dismissed"`
	Unread    bool      `json:"unread"`
	CreatedAt Timestamp `json:"created_at"`
	ExpiresAt Timestamp `json:"expires_at"`

	LastNotifiedAt DateTime `json:"last_notified_at"`
	LastUpdatedAt  DateTime `json:"last_updated_at"`

	// LatestEvents, a list of objects without a published schema, and Rule, an
	// object, come with Get alone.
	LatestEvents api.Raw `json:"latest_events,omitempty"`
	Rule         api.Raw `json:"rule,omitempty"`

	api.Extras
}

//easyjson:json
type alertList []Alert

func (l *alertList) items() []Alert { return *l }

func alertID(a *Alert) string { return a.ID }

func alerts() resource[Alert] {
	return resource[Alert]{
		lister: lister{operation: "list alerts", path: []string{"alerts"}, paged: true},
		answer: func() reading[Alert] {
			l := new(alertList)
			return reading[Alert]{read: l.UnmarshalEasyJSON, items: l.items}
		}, id: alertID,
	}
}

// List returns one page of the alerts.
//
// Source: the vendor's page "V1 Client Documentation"; the fields from the tests of
// its Python client.
//
//api:operation GET /api/v1/alerts
func (s AlertService) List(ctx context.Context, opts ListOptions) ([]Alert, error) {
	return alerts().list(ctx, s.c, opts)
}

// All returns the alerts page by page.
func (s AlertService) All(ctx context.Context, opts ListOptions) iter.Seq2[Alert, error] {
	return alerts().all(ctx, s.c, opts)
}

// Get returns an alert with its latest events and its rule, with the named fields
// alone if any are named; false when there is no such alert.
//
// Source: as List; events and rule from public clients.
//
//api:operation GET /api/v1/alerts/{id}
func (s AlertService) Get(ctx context.Context, id string, fields ...string) (Alert, bool, error) {
	return one(ctx, s.c, "get alert", "alerts", id, fields, alertID)
}
