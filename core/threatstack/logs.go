package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// LogService is the audit log of version 1. Its entries have no id.
type LogService struct{ c *caller }

// Log is what somebody did in the platform.
//
//easyjson:json
type Log struct {
	Timestamp Timestamp `json:"timestamp"`
	// User is a name for people.
	User           string `json:"user"`
	UserID         string `json:"user_id"`
	OrganizationID string `json:"organization_id"`
	// Type and Action, e.g. "policy" and "update", make up Source, "policy:update".
	Type        string       `json:"type"`
	Action      string       `json:"action"`
	Source      string       `json:"source"`
	Description string       `json:"description"`
	Context     []LogContext `json:"context"`

	api.Extras
}

// LogContext is what an entry is about.
//
//easyjson:json
type LogContext struct {
	ID    string   `json:"id"`
	Type  string   `json:"type"`
	Name  string   `json:"name"`
	Agent LogAgent `json:"agent"`

	api.Extras
}

// LogAgent is the agent of a LogContext.
//
//easyjson:json
type LogAgent struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	PolicyID string `json:"policy_id"`

	api.Extras
}

//easyjson:json
type logList []Log

func (l *logList) items() []Log { return *l }

func logs() resource[Log] {
	return resource[Log]{
		lister: lister{operation: "list logs", path: []string{"logs"}, paged: true, text: true},
		answer: func() reading[Log] { l := new(logList); return reading[Log]{read: l.UnmarshalEasyJSON, items: l.items} },
	}
}

// List returns one page of the log.
//
// Source: the vendor's page "V1 Client Documentation"; the fields from the tests of
// its Python client; Text from two public clients.
//
//api:operation GET /api/v1/logs
func (s LogService) List(ctx context.Context, opts ListOptions) ([]Log, error) {
	return logs().list(ctx, s.c, opts)
}

// All returns the log page by page. An entry that moves to the next page while the
// log grows is there twice: nothing tells it from another like it.
func (s LogService) All(ctx context.Context, opts ListOptions) iter.Seq2[Log, error] {
	return logs().all(ctx, s.c, opts)
}
