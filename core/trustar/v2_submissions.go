package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Submissions are what 2.0 has in place of reports.
type Submissions struct{ service }

// Submissions returns the calls about submissions of 2.0.
func (c *Client) Submissions() Submissions { return Submissions{service{c}} }

// Kind is what a submission is: a set of indicators, or a text.
type Kind string

// The kinds of submissions.
const (
	KindIndicators   Kind = "indicators"
	KindEvents       Kind = "events"
	KindIntelligence Kind = "intelligence"
)

func (k Kind) check() error {
	switch k {
	case KindIndicators, KindEvents, KindIntelligence:
		return nil
	}
	return invalid("kind", "must be indicators, events or intelligence")
}

// SubmissionRef names a submission: by the server's ID, or by the ExternalID that its
// submitter gave it, which is unique in an enclave and needs its GUID.
type SubmissionRef struct{ ID, ExternalID, EnclaveGUID string }

func (r SubmissionRef) check() error {
	switch {
	case r.ID == "" && r.ExternalID == "":
		return invalid("id", "is missing")
	case r.ID != "" && r.ExternalID != "":
		return invalid("id", "and externalId are both there: name the submission by one of them")
	case r.ExternalID != "" && r.EnclaveGUID == "":
		return invalid("enclaveGuid", "is missing: an external id is unique in its enclave alone")
	}
	return nil
}

func (r SubmissionRef) idType() string {
	if r.ID == "" {
		return "EXTERNAL"
	}
	return "INTERNAL"
}

func (r SubmissionRef) query(name string) api.Query {
	query := api.Query{{Name: name, Value: r.ID + r.ExternalID}, {Name: "idType", Value: r.idType()}}
	query.AddNonEmpty("enclaveGuid", r.EnclaveGUID)
	return query
}

// Structured is a submission on its way in, whatever its kind.
//
//easyjson:json
type Structured struct {
	Title   string  `json:"title"`
	Content Content `json:"content"`
	// EnclaveGUID is where it goes.
	EnclaveGUID string `json:"enclaveGuid"`
	// ExternalID is the caller's own name for it, unique in its enclave. With it a
	// submission can be repeated without filing twice. ID is the server's, to change
	// what is there.
	ExternalID  string `json:"externalId,omitempty"`
	ID          string `json:"id,omitempty"`
	ExternalURL string `json:"externalUrl,omitempty"`
	// Timestamp is when it happened; left out when 0.
	Timestamp Timestamp `json:"timestamp,omitempty"`
	// Tags are at most 20.
	Tags []string `json:"tags,omitempty"`
	// RawContent is what indicators were taken from, for KindIndicators alone.
	RawContent string `json:"rawContent,omitempty"`
	Version    int    `json:"submissionVersion,omitempty"`
}

func (s Structured) sendable(kind Kind) error {
	if err := kind.check(); err != nil {
		return err
	}
	list := kind == KindIndicators
	switch {
	case s.Title == "":
		return invalid("title", "is empty")
	case s.EnclaveGUID == "":
		return invalid("enclaveGuid", "is missing")
	case list && len(s.Content.Indicators) == 0:
		return invalid("content", "has no indicators")
	case list && s.Content.Text != "", !list && s.Content.Indicators != nil:
		return invalid("content", "is of another kind than the submission")
	case len(s.Content.Indicators) > MaxSubmissionIndicators:
		return invalid("content", "has more than 2,000 indicators: submit them in parts")
	case !list && s.Content.Text == "":
		return invalid("content", "is empty")
	case len(s.Content.Text) > MaxReportBody:
		return invalid("content", "is larger than 2 MB: shorten it")
	case !list && s.RawContent != "":
		return invalid("rawContent", "is for indicators alone")
	case len(s.RawContent) > MaxReportBody:
		return invalid("rawContent", "is larger than 2 MB: shorten it")
	case s.Timestamp < 0:
		return invalid("timestamp", "lies before 1970")
	}
	for _, indicator := range s.Content.Indicators {
		if err := indicator.sendable(); err != nil {
			return err
		}
	}
	return checkTags20(s.Tags)
}

// Upsert files a submission, or changes the one that has its ID, or its ExternalID in
// its enclave. With either it is safe to repeat, and repeated by itself.
//
// Source: the vendor's second Python SDK.
//
//api:operation POST /2.0/submissions/{kind}/upsert
func (s Submissions) Upsert(ctx context.Context, kind Kind, what Structured) (Copied, error) {
	return s.write(ctx, "POST", "upsert submission", kind, what, "upsert")
}

// Create files a submission. It is repeated by itself only with an ExternalID.
//
// Source: the vendor's article "REST API v2.0" says that there is such a call; its path
// is a GUESS.
//
//api:operation POST /2.0/submissions/{kind}
func (s Submissions) Create(ctx context.Context, kind Kind, what Structured) (Copied, error) {
	return s.write(ctx, "POST", "create submission", kind, what)
}

// Update changes the submission that has the ID or the ExternalID.
//
// Source: as Create, the path a GUESS.
//
//api:operation PUT /2.0/submissions/{kind}
func (s Submissions) Update(ctx context.Context, kind Kind, what Structured) (Copied, error) {
	if what.ID == "" && what.ExternalID == "" {
		return Copied{}, invalid("id", "is missing")
	}
	return s.write(ctx, "PUT", "update submission", kind, what)
}

func (s Submissions) write(ctx context.Context, method, operation string, kind Kind, what Structured, path ...string) (Copied, error) {
	req, err := s.request(Version20, method, operation, nil, append([]string{"submissions", string(kind)}, path...)...)
	if err != nil {
		return Copied{}, err
	}
	if err := what.sendable(kind); err != nil {
		return Copied{}, err
	}
	req.Repeatable = what.ExternalID != "" || what.ID != ""
	if err := carry(req, what); err != nil {
		return Copied{}, err
	}
	var done receipt
	if err := s.into(ctx, req, &done, nil); err != nil {
		return Copied{}, err
	}
	return Copied(done), nil
}
