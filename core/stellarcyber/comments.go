package stellarcyber

import (
	"context"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// Comment is what somebody wrote about a case.
//
//easyjson:json
type Comment struct {
	ID      string `json:"_id"`
	CaseID  string `json:"case_id"`
	Comment string `json:"comment"`
	// User is a user's id.
	User       string    `json:"user"`
	CreatedAt  Timestamp `json:"created_at"`
	ModifiedAt Timestamp `json:"modified_at"` // 0 when it never was, or is not told
	api.Extras
}

//easyjson:json
type commentsAnswer struct {
	Data []Comment `json:"data"`
}

func (a *commentsAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

//easyjson:json
type commentAnswer struct {
	Data *Comment `json:"data"`
}

func (a *commentAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

//easyjson:json
type commentBody struct {
	Comment string `json:"comment"`
}

// Comments returns a case's comments, oldest first (GUESS).
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/cases/{id}/comments
func (c *Platform) Comments(ctx context.Context, caseID string) ([]Comment, error) {
	if err := checkCaseID(caseID); err != nil {
		return nil, err
	}
	var answer commentsAnswer
	if err := c.calls.DoInto(ctx, c.get("list comments", nil, "cases", caseID, "comments"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}

// AddComment adds a comment. It is not repeated by itself: after an
// *api.NetworkError the comment may be there. Some servers answer nothing; the
// comment is zero then.
//
// Source: clients of the vendor's engineers.
//
//api:operation POST /connect/api/v1/cases/{id}/comments
func (c *Platform) AddComment(ctx context.Context, caseID, text string) (Comment, error) {
	if err := checkCaseID(caseID); err != nil {
		return Comment{}, err
	}
	if strings.TrimSpace(text) == "" {
		return Comment{}, &api.InvalidError{Field: "comment", Problem: "is empty"}
	}
	req := c.send("POST", "add comment", commentBody{text}.MarshalEasyJSON, "cases", caseID, "comments")
	resp, err := c.calls.Do(ctx, req)
	if err != nil || strings.TrimSpace(string(resp.Body)) == "" {
		return Comment{}, err
	}
	var answer commentAnswer
	if err := api.Decode(resp.Body, answer.UnmarshalEasyJSON, answer.check); err != nil {
		return Comment{}, api.DecodeFailure(req, resp, err)
	}
	return *answer.Data, nil
}
