package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

const (
	// maxReportPage is by the vendor's page "Search Reports".
	maxReportPage = 100
	minSearchTerm = 3
)

// filter narrows what searches of 1.3 look through.
type filter struct {
	// EnclaveIDs are those to look in; nil is all that are readable.
	EnclaveIDs []string
	// Tags are names that a result must have, all of them; ExcludedTags those of which
	// it must have none.
	Tags         []string
	ExcludedTags []string
}

func (f filter) addTo(query *api.Query) error {
	if err := checkTagNames(append(append([]string(nil), f.Tags...), f.ExcludedTags...)...); err != nil {
		return err
	}
	for _, list := range [...]struct {
		name   string
		values []string
	}{{"enclaveIds", f.EnclaveIDs}, {"tags", f.Tags}, {"excludedTags", f.ExcludedTags}} {
		if err := addAll(query, list.name, list.values); err != nil {
			return err
		}
	}
	return nil
}

// ReportSearch says what to search reports for. From is a day before now and To is now
// where they are 0; they may lie a year apart.
type ReportSearch struct {
	Range
	// Term is part of a report's text, at least three characters; "" is any.
	Term string
	// EnclaveIDs, Tags and ExcludedTags are as in ReportQuery.
	EnclaveIDs   []string
	Tags         []string
	ExcludedTags []string
	// PageSize is how many to ask for at once, at most 100; 0 is 100.
	PageSize int
}

// searchTerm is the body of a search.
//
//easyjson:json
type searchTerm struct {
	Term string `json:"searchTerm,omitempty"`
}

func (p *reportPage) items() []Report {
	found := make([]Report, len(p.Items))
	for i := range p.Items {
		found[i] = p.Items[i].public()
	}
	return found
}

// Search iterates over the reports that a search finds, the latest update first. Their
// bodies are left out. ErrTooMany ends it after 10,000. A report may come once for each
// of its enclaves.
//
// Source: the vendor's page "Search Reports". The term goes in the body of a POST; a
// server that knows GET alone (earlier SDKs) is asked that way.
//
//api:operation GET /1.3/reports/search
//api:operation POST /1.3/reports/search
func (s Reports) Search(ctx context.Context, q ReportSearch) iter.Seq2[Report, error] {
	if len([]rune(q.Term)) < minSearchTerm && q.Term != "" {
		return none[Report](invalid("searchTerm", "must have at least 3 characters"))
	}
	size, err := pageSize(q.PageSize, maxReportPage, maxReportPage)
	if err == nil {
		err = q.check(maxSpan)
	}
	var filters api.Query
	if err == nil {
		q.addTo(&filters, Version13)
		err = filter{q.EnclaveIDs, q.Tags, q.ExcludedTags}.addTo(&filters)
	}
	if err != nil {
		return none[Report](err)
	}
	search := termSearch{service: s.service, operation: "search reports", section: "reports", term: q.Term, filters: filters}
	return numbered[Report]{
		size: size, most: searchWindow, request: search.request, send: search.send,
		answer: func() numberedAnswer[Report] { return new(reportPage) },
	}.all(ctx, s.service)
}

// termSearch is a search that both POST and GET can make.
type termSearch struct {
	service
	operation, section, term string
	filters                  api.Query
	byGet                    bool
}

func (t *termSearch) request(page api.Query) (*api.Request, error) {
	query := append(append(api.Query(nil), t.filters...), page...)
	if t.byGet {
		query.AddNonEmpty("searchTerm", t.term)
		return t.service.request(Version13, "GET", t.operation, query, t.section, "search")
	}
	req, err := t.service.request(Version13, "POST", t.operation, query, t.section, "search")
	if err != nil {
		return nil, err
	}
	req.Repeatable, req.Timeout = true, lookupTimeout
	return req, carry(req, searchTerm{t.term})
}

// send falls back to GET when the server says that it does not know POST.
func (t *termSearch) send(ctx context.Context, req *api.Request, page api.Query, a decodable, fits func() error) error {
	err := t.into(ctx, req, a, fits)
	status, ok := refusal(req, err)
	if !ok || t.byGet || status.Status != 405 {
		return err
	}
	t.byGet = true
	if req, err = t.request(page); err != nil {
		return err
	}
	return t.into(ctx, req, a, fits)
}
