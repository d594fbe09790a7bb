package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Tags are the labels of reports and of indicators in 1.3, and of reports in 1.2,
// where each belongs to an enclave. Those of 2.0 are with what they are on.
type Tags struct{ service }

// Tags returns the calls about tags.
func (c *Client) Tags() Tags { return Tags{service{c}} }

// OfReport returns the tags of a report.
//
// Source: the vendor's page "Get Tags For Report" for 1.3, its Python SDK for 1.2. The
// answer of 1.2 is not published (GUESS: as in 1.3).
//
//api:operation GET /1.3/reports/{id}/tags
//api:operation GET /1.2/reports/{id}/enclave-tags
func (s Tags) OfReport(ctx context.Context, report Ref) ([]Tag, error) {
	name := "tags"
	if s.c.version == Version12 {
		name = "enclave-tags"
	}
	req, err := s.request(s.either(), "GET", "get report's tags", report.query(), "reports", report.id, name)
	if err != nil {
		return nil, err
	}
	var found tagList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

// OfReports returns the tags of all reports in the given enclaves; in all that are
// readable when none is given.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/reports/tags
func (s Tags) OfReports(ctx context.Context, enclaveIDs ...string) ([]Tag, error) {
	return s.within(ctx, "list report tags", "reports", enclaveIDs)
}

func (s Tags) within(ctx context.Context, operation, section string, enclaveIDs []string) ([]Tag, error) {
	var query api.Query
	if err := addAll(&query, "enclaveIds", enclaveIDs); err != nil {
		return nil, err
	}
	req, err := s.request(Version13, "GET", operation, query, section, "tags")
	if err != nil {
		return nil, err
	}
	var found tagList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

// receipt is the answer to a change of a report.
//
//easyjson:json
type receipt struct {
	ID string `json:"id"`
	// Version is how often the report was written; not every call says.
	Version int `json:"submissionVersion"`
}

func (r *receipt) check() error {
	if r.ID == "" {
		return api.Missing("id")
	}
	return nil
}

// AlterReport adds tags to a report and takes others from it, by their names. To add
// one that is there, or to remove one that is not, is no error.
//
// Source: the vendor's page "Alter Report Tags".
//
//api:operation POST /1.3/reports/{id}/alter-tags
func (s Tags) AlterReport(ctx context.Context, report Ref, add, remove []string) error {
	req, err := s.request(Version13, "POST", "alter report's tags", report.query(), "reports", report.id, "alter-tags")
	if err != nil {
		return err
	}
	if err := checkTagNames(append(append([]string(nil), add...), remove...)...); err != nil {
		return err
	}
	if len(add)+len(remove) == 0 {
		return invalid("tag", "is missing: name one to add or to remove")
	}
	req.Repeatable = true
	if err := carry(req, alteration{namedTags(add), namedTags(remove)}); err != nil {
		return err
	}
	var done receipt
	return s.into(ctx, req, &done, func() error { return report.fits(Report{ID: done.ID}) })
}

// AddToReport adds a tag to a report. In 1.2 it belongs to an enclave, whose id is
// needed; 1.3 has kept the call for old clients and ignores the enclave: see
// AlterReport. A tag that the enclave has is used again.
//
// Source: the vendor's pages "Add Enclave Tag To Report" for 1.2 and "Add Tag To
// Report" for 1.3, whose answer is the tag's name as text.
//
//api:operation POST /1.2/reports/{id}/enclave-tags
//api:operation POST /1.3/reports/{id}/tags
func (s Tags) AddToReport(ctx context.Context, report Ref, name, enclaveID string) (Tag, error) {
	req, err := s.onReport("POST", "add tag to report", report, name, enclaveID)
	if err != nil {
		return Tag{}, err
	}
	req.Repeatable = true
	if s.c.version == Version12 {
		var made Tag
		err := s.into(ctx, req, &made, nil)
		return made, err
	}
	said, err := s.text(ctx, req, nil)
	if err != nil {
		return Tag{}, err
	}
	if said == "" {
		said = name
	}
	return Tag{GUID: said, Name: said, EnclaveID: enclaveID}, nil
}

func (s Tags) onReport(method, operation string, report Ref, name, enclaveID string) (*api.Request, error) {
	if err := checkTagNames(name); err != nil {
		return nil, err
	}
	query := append(api.Query{{Name: "name", Value: name}}, report.query()...)
	if s.c.version != Version12 {
		query.AddNonEmpty("enclaveId", enclaveID)
		return s.request(s.either(), method, operation, query, "reports", report.id, "tags")
	}
	if enclaveID == "" {
		return nil, invalid("enclaveId", "is missing: a tag belongs to an enclave")
	}
	query.Add("enclaveId", enclaveID)
	return s.request(Version12, method, operation, query, "reports", report.id, "enclave-tags")
}

// DeleteFromReport takes a tag from a report, in 1.2 that of the enclave.
//
// Source: the vendor's page "Delete Enclave Tag From Report" for 1.2; earlier Python
// SDKs for 1.3, which has kept the call for old clients: see AlterReport. Its answer is
// not published.
//
//api:operation DELETE /1.2/reports/{id}/enclave-tags
//api:operation DELETE /1.3/reports/{id}/tags/{tagName}
func (s Tags) DeleteFromReport(ctx context.Context, report Ref, name, enclaveID string) error {
	if s.c.version == Version12 {
		req, err := s.onReport("DELETE", "delete tag from report", report, name, enclaveID)
		if err != nil {
			return err
		}
		return s.act(ctx, req)
	}
	req, err := s.request(s.either(), "DELETE", "delete tag from report", report.query(), "reports", report.id, "tags", name)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}
