package station

import (
	"context"
	"math"
)

// answer13 is a report as 1.3 writes it.
func answer13(r report) report13Answer {
	return report13Answer{
		ID:                 r.id,
		ExternalTrackingID: optional(r.externalID),
		ExternalID:         optional(r.externalID),
		Title:              r.title,
		ReportBody:         &r.body,
		Created:            r.created,
		Updated:            r.updated,
		TimeBegan:          r.timeBegan,
		DistributionType:   r.distribution,
		EnclaveIDs:         r.readableRefs(),
		ExternalURL:        optional(r.externalURL),
	}
}

// submit13 answers POST /1.3/reports: the bare id, without quotes or newline. The
// indicators are there at once, though the API does not promise it.
func (s *Station) submit13(ctx context.Context, c *call) (answer, error) {
	var request submit13Request
	raw, err := c.decode(&request)
	if err != nil {
		return answer{}, err
	}
	now := s.millis()
	sub, err := c.submissionOf(&request.incidentReport, request.EnclaveIDs, now, raw)
	if err != nil {
		return answer{}, err
	}
	filed, err := s.file(ctx, c.user, sub, now)
	if err != nil {
		return answer{}, err
	}
	return textAnswer(filed.id), nil
}

// report13 answers GET /1.3/reports/{id}.
func (s *Station) report13(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(answer13(found))
}

// reportStatus13 answers GET /1.3/reports/{id}/status; the id is TruSTAR's own.
func (s *Station) reportStatus13(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(reportStatus{ID: found.id, Status: "SUBMISSION_SUCCESS"})
}

// reportsWindow is the longest time that a list of reports goes back: two weeks.
const reportsWindow = 14 * 24 * 60 * 60 * 1000

// reports13 answers GET /1.3/reports: whole reports by time of last update, the
// latest first. A window of more than two weeks is cut to the two weeks before its
// end; without from and to it is the latest of all. distributionType is passed
// over, as late versions do.
func (s *Station) reports13(ctx context.Context, c *call) (answer, error) {
	from, err := c.instant("from", 0)
	if err != nil {
		return answer{}, err
	}
	to, err := c.instant("to", math.MaxInt32*1000)
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(25, 100)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	switch {
	case c.query.Has("to"):
		from = max(from, to-reportsWindow)
	case c.query.Has("from"):
		from = max(from, s.millis()-reportsWindow)
	}
	q := newQuery(c.user, enclaves)
	list, err := s.selectReports(ctx, q, isReport+` AND r.updated BETWEEN `+q.arg(from)+` AND `+q.arg(to)+
		` AND `+q.reportTagged("r.tags", c.list("tags"), c.list("excludedTags"))+
		latestFirst+` LIMIT `+q.arg(page.size+1)+` OFFSET `+q.arg(page.offset()))
	if err != nil {
		return answer{}, err
	}
	return pageOfReports(page, list)
}

// maxResults is how many results of a search can be had.
const maxResults = 10_000

// searchReports13 answers GET and POST /1.3/reports/search: the reports whose title, body
// or external id has a term, without their bodies.
func (s *Station) searchReports13(ctx context.Context, c *call) (answer, error) {
	term, err := c.term(true)
	if err != nil {
		return answer{}, err
	}
	from, to, err := c.span(s.millis(), dayMillis, yearMillis)
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(25, 100)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, enclaves)
	condition := isReport + ` AND r.updated BETWEEN ` + q.arg(from) + ` AND ` + q.arg(to) +
		` AND ` + q.reportTagged("r.tags", c.list("tags"), c.list("excludedTags")) + q.having(term)
	list, err := s.selectReports(ctx, q, condition+latestFirst+
		` LIMIT max(0, min(`+q.arg(page.size+1)+`, `+q.arg(maxResults-page.offset())+`)) OFFSET `+q.arg(page.offset()))
	if err != nil {
		return answer{}, err
	}
	for i := range list {
		list[i].body = ""
	}
	reply := reportPageOf(page, list)
	for i := range reply.Items {
		reply.Items[i].ReportBody = nil
	}
	return jsonAnswer(reply)
}

// having is the condition that a report holds a folded term, if there is one. It is not
// LIKE: D1 takes patterns of 50 bytes at most.
func (q *query) having(term string) string {
	if term == "" {
		return ""
	}
	where := q.arg(term)
	return ` AND (instr(lower(r.title), ` + where + `) > 0 OR instr(lower(r.body), ` + where + `) > 0 OR instr(lower(coalesce(r.external_id, '')), ` + where + `) > 0)`
}

// maxPageText bounds the text in one page, in bytes: clients do not read answers of
// any size. Bodies beyond it are null, and are had by asking for the report.
const maxPageText = 4 << 20

// pageOfReports answers a page of a list that was read with one report too many.
func pageOfReports(page window, list []report) (answer, error) {
	return jsonAnswer(reportPageOf(page, list))
}

func reportPageOf(page window, list []report) reportPage {
	hasNext := len(list) > page.size
	if hasNext {
		list = list[:page.size]
	}
	text := 0
	items := make([]report13Answer, len(list))
	for i, r := range list {
		items[i] = answer13(r)
		if text += len(r.body); text > maxPageText {
			items[i].ReportBody = nil
		}
	}
	return reportPage{items, page.number, page.size, hasNext, len(items) == 0}
}
