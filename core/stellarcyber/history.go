package stellarcyber

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Activity is a change of one field of a case.
//
//easyjson:json
type Activity struct {
	// Field is "status", "severity", "assignee" and so on.
	Field string `json:"field"`
	// From and To are the values before and after. That the first is called from is a
	// GUESS.
	From api.Raw   `json:"from"`
	To   api.Raw   `json:"to"`
	At   Timestamp `json:"timestamp"`
	api.Extras
}

//easyjson:json
type activitiesAnswer struct {
	Data []Activity `json:"data"`
}

func (a *activitiesAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

// Activities returns what was changed of a case, newest first.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/cases/{id}/activities
func (c *Platform) Activities(ctx context.Context, caseID string) ([]Activity, error) {
	if err := checkCaseID(caseID); err != nil {
		return nil, err
	}
	var answer activitiesAnswer
	if err := c.calls.DoInto(ctx, c.get("list activities", nil, "cases", caseID, "activities"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}

// Score is what a case's score was from a time on.
//
//easyjson:json
type Score struct {
	At      Timestamp     `json:"timestamp"`
	Score   float64       `json:"score"`
	Reasons []ScoreReason `json:"reasons"`
	api.Extras
}

// ScoreReason says why a score changed.
//
//easyjson:json
type ScoreReason struct {
	Reason string `json:"reason"`
	api.Extras
}

//easyjson:json
type scoresAnswer struct {
	Data []Score `json:"data"`
}

func (a *scoresAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

// Scores returns how a case's score changed. In which order is not published: the
// latest is the one with the greatest At.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/cases/{id}/scores
func (c *Platform) Scores(ctx context.Context, caseID string) ([]Score, error) {
	if err := checkCaseID(caseID); err != nil {
		return nil, err
	}
	var answer scoresAnswer
	if err := c.calls.DoInto(ctx, c.get("list scores", nil, "cases", caseID, "scores"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}

//easyjson:json
type summaryAnswer struct {
	Data *string `json:"data"`
}

func (a *summaryAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

// Summary returns the platform's text about a case, several lines. It is a
// stranger's, as all of a case is.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/cases/{id}/summary
func (c *Platform) Summary(ctx context.Context, caseID string) (string, error) {
	if err := checkCaseID(caseID); err != nil {
		return "", err
	}
	var answer summaryAnswer
	req := c.get("get summary", api.Query{{Name: "formatted", Value: "true"}}, "cases", caseID, "summary")
	if err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return "", err
	}
	return *answer.Data, nil
}

//easyjson:json
type narrativeAnswer struct {
	Data api.Raw `json:"data"`
}

func (a *narrativeAnswer) check() error {
	if len(a.Data) == 0 || a.Data[0] != '{' && a.Data[0] != '"' {
		return api.Missing("data")
	}
	return nil
}

// Narrative returns what the platform's model tells about a case. What is in it is
// not published; that it stands under "data" is a GUESS.
//
// Source: one client of the vendor's engineers, for the path alone.
//
//api:operation GET /connect/api/v1/ai/cases/detail
func (c *Platform) Narrative(ctx context.Context, caseID string) (api.Raw, error) {
	if err := checkCaseID(caseID); err != nil {
		return nil, err
	}
	var answer narrativeAnswer
	req := c.get("get narrative", api.Query{{Name: "id", Value: caseID}}, "ai", "cases", "detail")
	if err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}
