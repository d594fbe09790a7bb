package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// SubmissionDetails is a submission as the server keeps it.
//
//easyjson:json
type SubmissionDetails struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Content is zero unless it was asked for.
	Content     Content   `json:"content"`
	EnclaveGUID string    `json:"enclaveGuid"`
	ExternalID  string    `json:"externalId"`
	ExternalURL string    `json:"externalUrl"`
	Timestamp   Timestamp `json:"timestamp"`
	Created     Timestamp `json:"created"`
	Updated     Timestamp `json:"updated"`
	Tags        []string  `json:"tags"`
	Version     int       `json:"submissionVersion"`
	RawContent  string    `json:"rawContent"`
}

func (d *SubmissionDetails) check() error {
	if d.ID == "" {
		return api.Missing("id")
	}
	return nil
}

// Get returns a submission; content says whether with what is in it. ErrNotFound: there
// is none, or none yet.
//
// Source: the vendor's second Python SDK.
//
//api:operation GET /2.0/submissions/{kind}
func (s Submissions) Get(ctx context.Context, kind Kind, ref SubmissionRef, content bool) (SubmissionDetails, error) {
	if err := kind.check(); err != nil {
		return SubmissionDetails{}, err
	}
	if err := ref.check(); err != nil {
		return SubmissionDetails{}, err
	}
	query := ref.query("id")
	if content {
		query.Add("includeContent", "true")
	}
	req, err := s.request(Version20, "GET", "get submission", query, "submissions", string(kind))
	if err != nil {
		return SubmissionDetails{}, err
	}
	var found SubmissionDetails
	err = s.into(ctx, req, &found, func() error {
		if ref.ID != "" {
			return ByID(ref.ID).fits(Report{ID: found.ID})
		}
		return ByExternalID(ref.ExternalID).fits(Report{ExternalID: found.ExternalID})
	})
	if err != nil {
		return SubmissionDetails{}, err
	}
	return found, nil
}

// Delete removes a submission.
//
// Source: the vendor's second Python SDK.
//
//api:operation DELETE /2.0/submissions/{kind}
func (s Submissions) Delete(ctx context.Context, kind Kind, ref SubmissionRef) error {
	if err := kind.check(); err != nil {
		return err
	}
	if err := ref.check(); err != nil {
		return err
	}
	req, err := s.request(Version20, "DELETE", "delete submission", ref.query("id"), "submissions", string(kind))
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}

// Status returns how far the server is with a submission, by its own id.
//
// Source: the tests of the vendor's second Python SDK.
//
//api:operation GET /2.0/submissions/{id}/status
func (s Submissions) Status(ctx context.Context, id string) (ReportStatus, error) {
	req, err := s.request(Version20, "GET", "get submission's status", nil, "submissions", id, "status")
	if err != nil {
		return ReportStatus{}, err
	}
	var found ReportStatus
	if err := s.into(ctx, req, &found, func() error { return sameID(id)(Report{ID: found.ID}) }); err != nil {
		return ReportStatus{}, err
	}
	return found, nil
}

// SubmissionSummary is what a search tells of a submission.
//
//easyjson:json
type SubmissionSummary struct {
	GUID        string    `json:"guid"`
	EnclaveGUID string    `json:"enclaveGuid"`
	Title       string    `json:"title"`
	Created     Timestamp `json:"created"`
	Updated     Timestamp `json:"updated"`
	Tags        []string  `json:"tags"`
}

//easyjson:json
type submissionPage struct {
	cursorHead
	Items []SubmissionSummary `json:"items"`
}

func (p *submissionPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if p.Items[i].GUID == "" {
			return api.Missing("guid for one of its items")
		}
	}
	return p.cursorHead.check()
}

func (p *submissionPage) items() []SubmissionSummary { return p.Items }

// Search iterates over the submissions that a search finds.
//
// Source: the vendor's second Python SDK.
//
//api:operation POST /2.0/submissions/search
func (s Submissions) Search(ctx context.Context, q SubmissionSearch) iter.Seq2[SubmissionSummary, error] {
	sent, err := q.body(SortCreated, SortUpdated, SortProcessedAt)
	if err == nil && q.SortOrder != "" {
		err = invalid("sortOrder", "is nothing that submissions have")
	}
	return search20(ctx, s.service, "submissions", sent, q.PageSize, err, func() cursorAnswer[SubmissionSummary] { return new(submissionPage) })
}

// AlterTags adds tags to a submission and takes others from it, at most 20 each.
//
// Source: the vendor's second Python SDK, with its name for the enclave.
//
//api:operation POST /2.0/submissions/{id}/alter-tags
func (s Submissions) AlterTags(ctx context.Context, ref SubmissionRef, add, remove []string) error {
	if err := ref.check(); err != nil {
		return err
	}
	change := tagChange{Added: add, Removed: remove, EnclaveID: ref.EnclaveGUID, IDType: ref.idType()}
	return s.alterTags(ctx, "alter submission's tags", change, "submissions", ref.ID+ref.ExternalID, "alter-tags")
}
