package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Update replaces a report: what the submission leaves out is erased by 1.3. In 1.2 the
// answer has the indicators that were found. The report keeps its external id when the
// submission has none in 1.2; in 1.3 say it again.
//
// Source: the vendor's pages "Update Report" of both versions.
//
//api:operation PUT /1.2/report/{id}
//api:operation PUT /1.3/reports/{id}
func (s Reports) Update(ctx context.Context, report Ref, with Submission) (Submitted, error) {
	section := "reports"
	if s.c.version == Version12 {
		section = "report"
	}
	req, err := s.request(s.either(), "PUT", "update report", report.query(), section, report.id)
	if err != nil {
		return Submitted{}, err
	}
	if err := s.carry(req, with); err != nil {
		return Submitted{}, err
	}
	if s.c.version == Version12 {
		var done submitted12
		if err := s.into(ctx, req, &done, func() error { return report.fits(Report{ID: done.ReportID}) }); err != nil {
			return Submitted{}, err
		}
		return Submitted{done.ReportID, string(done.ExternalTrackingID), flatten(done.Indicators)}, nil
	}
	if err := s.act(ctx, req); err != nil {
		return Submitted{}, err
	}
	done := Submitted{ExternalID: with.ExternalID}
	if !report.external {
		done.ReportID = report.id
	}
	return done, nil
}

// carry gives req the bytes that filing the submission would send.
func (s Reports) carry(req *api.Request, with Submission) error {
	prepared, err := s.c.PrepareSubmission(with)
	if err != nil {
		return err
	}
	req.Body = prepared.Body
	req.Header.Set("Content-Type", "application/json")
	return nil
}

// incident is the content of a submission as 1.3 takes it, read back from the bytes
// that filing it would send: there is one place that makes them.
func (s Reports) incident(of Submission) (incident, error) {
	var made incident
	if s.c.version != Version13 {
		return made, s.c.lacks("submit report with more", Version13)
	}
	prepared, err := s.c.PrepareSubmission(of)
	if err != nil {
		return made, err
	}
	err = api.Decode(prepared.Body, made.UnmarshalEasyJSON, made.check)
	return made, err
}

// The ways in which Upsert changes a report that is there.
const (
	// Override replaces the body.
	Override = "OVERRIDE"
	// Append adds the text to the end of the body.
	Append = "APPEND"
)

// upserted is the body of an upsert: that of a submission and, to update by the
// server's id, that id.
//
//easyjson:json
type upserted struct {
	incident
	GUID string `json:"guid,omitempty"`
}

// Upsert changes the report that has the submission's external id, or the server's id
// guid if that is not ""; and files it when there is none. mode is Override or Append.
// The ReportID of the result is "" when the server does not say.
//
// It is repeated by itself only where a second time changes nothing more: with an id,
// and with Override.
//
// Source: the vendor's page "Upsert Report", which says that it behaves as submit or
// update; that the answer is the plain id is a GUESS.
//
//api:operation POST /1.3/reports/upsert
func (s Reports) Upsert(ctx context.Context, guid, mode string, with Submission) (Submitted, error) {
	if mode != Override && mode != Append {
		return Submitted{}, invalid("mode", "must be OVERRIDE or APPEND")
	}
	query := api.Query{{Name: "mode", Value: mode}}
	if guid == "" && with.ExternalID != "" {
		query = append(api.Query{{Name: "idType", Value: "external"}}, query...)
	}
	req, err := s.request(Version13, "POST", "upsert report", query, "reports", "upsert")
	if err != nil {
		return Submitted{}, err
	}
	var sent upserted
	if sent.incident, err = s.incident(with); err != nil {
		return Submitted{}, err
	}
	sent.GUID = guid
	if err := carry(req, sent); err != nil {
		return Submitted{}, err
	}
	req.Repeatable = mode == Override && (guid != "" || with.ExternalID != "")
	said, err := s.text(ctx, req, func(text string) error {
		if text != "" && !isUUID(text) {
			return errNoID
		}
		return nil
	})
	if err != nil {
		return Submitted{}, err
	}
	if said == "" {
		said = guid
	}
	return Submitted{ReportID: said, ExternalID: with.ExternalID}, nil
}

// Delete removes a report. ErrNotFound: there is none (the status is a GUESS).
//
// Source: the vendor's Python SDK, in its versions for either.
//
//api:operation DELETE /1.2/report/{id}
//api:operation DELETE /1.3/reports/{id}
func (s Reports) Delete(ctx context.Context, report Ref) error {
	section := "reports"
	if s.c.version == Version12 {
		section = "report"
	}
	req, err := s.request(s.either(), "DELETE", "delete report", report.query(), section, report.id)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}

// Copied says which report a copy or a move made, and how often it was written.
type Copied struct {
	ID      string `json:"id"`
	Version int    `json:"submissionVersion"`
}

// Copy copies a report, its tags included, to another enclave. It is not repeated by
// itself: that would make a second copy.
//
// Source: the vendor's page "Copy Report".
//
//api:operation POST /1.3/reports/copy/{id}
func (s Reports) Copy(ctx context.Context, id, toEnclaveID string) (Copied, error) {
	return s.place(ctx, "copy", id, toEnclaveID, nil)
}

// editedCopy is the body of a copy that differs from its original.
//
//easyjson:json
type editedCopy struct {
	incident
	Tags []string `json:"tags"`
}

// CopyEdited copies a report with another content and other tags, which replace all of
// the original's; the link to it is kept. The submission's enclaves and external id are
// the copy's: EnclaveIDs must name the enclave that it goes to alone.
//
// Source: as Copy. At least one tag is what the vendor's Python SDK asks for.
func (s Reports) CopyEdited(ctx context.Context, id string, as Submission, tags []string) (Copied, error) {
	content, err := s.incident(as)
	if err != nil {
		return Copied{}, err
	}
	if len(as.EnclaveIDs) != 1 {
		return Copied{}, invalid("enclaveIds", "must be the one enclave that the copy goes to")
	}
	if len(tags) == 0 {
		return Copied{}, invalid("tag", "is missing: an edited copy has at least one")
	}
	if err := checkTagNames(tags...); err != nil {
		return Copied{}, err
	}
	return s.place(ctx, "copy", id, as.EnclaveIDs[0], editedCopy{content, tags})
}

// Move moves a report with its tags to another enclave.
//
// Source: the vendor's Python SDK.
//
//api:operation POST /1.3/reports/move/{id}
func (s Reports) Move(ctx context.Context, id, toEnclaveID string) (Copied, error) {
	return s.place(ctx, "move", id, toEnclaveID, nil)
}

func (s Reports) place(ctx context.Context, verb, id, toEnclaveID string, content body) (Copied, error) {
	query := api.Query{{Name: "destEnclaveId", Value: toEnclaveID}}
	if content != nil {
		query.Add("copyFromProvidedSubmission", "true")
	}
	req, err := s.request(Version13, "POST", verb+" report", query, "reports", verb, id)
	if err != nil {
		return Copied{}, err
	}
	if toEnclaveID == "" {
		return Copied{}, invalid("destEnclaveId", "is missing")
	}
	if content != nil {
		if err := carry(req, content); err != nil {
			return Copied{}, err
		}
	}
	var done receipt
	if err := s.into(ctx, req, &done, nil); err != nil {
		return Copied{}, err
	}
	return Copied(done), nil
}

// redacted is a text on its way to redaction and back.
//
//easyjson:json
type redacted struct {
	Title string `json:"title"`
	Body  string `json:"reportBody"`
}

func (r *redacted) check() error {
	if r.Title == "" && r.Body == "" {
		return api.Missing("title and no reportBody")
	}
	return nil
}

// Redact returns a title and a body in which every term of the company's redaction
// library is replaced by a word in angle brackets. Nothing is stored.
//
// Source: the vendor's page "Redact Report".
//
//api:operation POST /1.3/redaction/report
func (s Reports) Redact(ctx context.Context, title, text string) (redactedTitle, redactedText string, err error) {
	req, err := s.request(Version13, "POST", "redact report", nil, "redaction", "report")
	if err != nil {
		return "", "", err
	}
	switch {
	case title == "" && text == "":
		return "", "", invalid("reportBody", "is empty: there is nothing to redact")
	case len(text) > MaxReportBody:
		return "", "", invalid("reportBody", "is larger than 2 MB: shorten it")
	}
	req.Repeatable = true
	if err := carry(req, redacted{title, text}); err != nil {
		return "", "", err
	}
	var done redacted
	if err := s.into(ctx, req, &done, nil); err != nil {
		return "", "", err
	}
	return done.Title, done.Body, nil
}
