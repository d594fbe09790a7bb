package station

import (
	"context"
	"math"
)

func answer13(r report) report13Answer {
	ids := make([]string, len(r.enclaves))
	for i, e := range r.enclaves {
		ids[i] = e.ID
	}
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
		EnclaveIDs:         ids,
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
	var list []report
	// No report has a tag yet, so none has all of the given ones.
	if len(c.list("tags")) == 0 {
		list, err = s.selectReports(ctx, c.user, enclaves, ` AND r.updated BETWEEN ?3 AND ?4`+latestFirst+` LIMIT ?5 OFFSET ?6`,
			from, to, page.size+1, page.offset())
		if err != nil {
			return answer{}, err
		}
	}
	return pageOfReports(page, list)
}

// maxPageText bounds the text in one page, in bytes: clients do not read answers of
// any size. Bodies beyond it are null, and are had by asking for the report.
const maxPageText = 4 << 20

// pageOfReports makes a page of a list that was read with one report too many.
func pageOfReports(page window, list []report) (answer, error) {
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
	return jsonAnswer(reportPage{items, page.number, page.size, hasNext, len(items) == 0})
}
