package station

import (
	"context"
	"slices"
)

// submission20 answers GET /2.0/submissions/{kind}.
func (s *Station) submission20(ctx context.Context, c *call) (answer, error) {
	kind, err := c.kind()
	if err != nil {
		return answer{}, err
	}
	whole, err := c.flag("includeContent", false)
	if err != nil {
		return answer{}, err
	}
	found, err := s.find20(ctx, c, kind)
	if err != nil {
		return answer{}, err
	}
	reply := submission20Answer{
		ID: found.id, Title: found.title, EnclaveGUID: found.primary(), ExternalID: optional(found.externalID),
		ExternalURL: optional(found.externalURL), Timestamp: found.timeBegan, Created: found.created, Updated: found.updated,
		Tags: found.tags, Version: found.version,
	}
	switch {
	case whole && kind == kindIndicators:
		reply.Content = content20{given: true, indicators: found.content20()}
		reply.RawContent = optional(found.body)
	case whole:
		reply.Content = content20{given: true, text: found.body}
	}
	return jsonAnswer(reply)
}

// content20 is a set of indicators as 2.0 writes it.
func (r report) content20() *indicatorContent {
	content := &indicatorContent{Indicators: make([]indicator20, len(r.indicators))}
	for i, one := range r.indicators {
		content.Indicators[i].Observable = &typedValue{one.observable(), one.Value}
		if one.Detail != nil {
			content.Indicators[i].indicatorDetail = *one.Detail
		}
	}
	return content
}

// delete20 answers DELETE /2.0/submissions/{kind} with nothing.
func (s *Station) delete20(ctx context.Context, c *call) (answer, error) {
	kind, err := c.kind()
	if err != nil {
		return answer{}, err
	}
	found, err := s.find20(ctx, c, kind)
	if err != nil {
		return answer{}, err
	}
	return answer{}, s.remove(ctx, c.user, found)
}

// submissionStatus20 answers GET /2.0/submissions/{id}/status.
func (s *Station) submissionStatus20(ctx context.Context, c *call) (answer, error) {
	found, err := s.reportByID(ctx, c.user, c.PathValue("id"), "")
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(reportStatus{ID: found.id, Status: "SUBMISSION_SUCCESS"})
}

// alterSubmissionTags20 answers POST /2.0/submissions/{id}/alter-tags.
func (s *Station) alterSubmissionTags20(ctx context.Context, c *call) (answer, error) {
	var request alterTags20
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	var found report
	var err error
	switch request.IDType {
	case "", "INTERNAL":
		found, err = s.reportByID(ctx, c.user, c.PathValue("id"), "")
	case "EXTERNAL":
		if request.EnclaveID == "" {
			return answer{}, badRequest("An external id needs an enclaveId.")
		}
		found, err = s.reportByExternalID(ctx, c.user, c.PathValue("id"), []string{request.EnclaveID}, "")
	default:
		return answer{}, badRequest("idType is INTERNAL or EXTERNAL.")
	}
	if err != nil {
		return answer{}, err
	}
	if len(request.AddedTags) > maxTags20 {
		return answer{}, badRequest("There are more than 20 tags.")
	}
	if err := s.alterTags(ctx, c.user, found, request.AddedTags, request.RemovedTags); err != nil {
		return answer{}, err
	}
	return jsonAnswer(idAnswer{found.id})
}

// search20 is what a search asks for.
type search20 struct {
	search20Request
	page window
	// Milliseconds.
	from, to int64
}

// search20 reads the body of a search.
func (s *Station) search20(ctx context.Context, c *call) (search20, error) {
	var asked search20
	if err := c.decodeOptional(&asked.search20Request); err != nil {
		return asked, err
	}
	var err error
	if asked.page, err = c.cursorWindow(asked.Cursor, defaultPageSize, maxPage20); err != nil {
		return asked, err
	}
	asked.to = s.millis()
	if asked.To != nil {
		asked.to = *asked.To
	}
	// GUESS: without a beginning the longest time that is allowed.
	asked.from = asked.to - searchSpan20
	if asked.From != nil {
		asked.from = *asked.From
	}
	switch {
	case asked.from > asked.to:
		return asked, badRequest("from is after to.")
	case asked.to-asked.from > searchSpan20:
		return asked, badRequest("from and to are at most a year apart.")
	}
	for _, tags := range []*[]string{&asked.IncludedTags, &asked.ExcludedTags} {
		if *tags, err = tags20(*tags); err != nil {
			return asked, err
		}
	}
	asked.QueryTerm = fold(unmarked(asked.QueryTerm))
	if asked.SortOrder != "" && asked.SortOrder != "ASC" && asked.SortOrder != "DESC" {
		return asked, badRequest("sortOrder is ASC or DESC.")
	}
	asked.EnclaveGUIDs = distinct(asked.EnclaveGUIDs)
	return asked, s.readable(ctx, c.user, asked.EnclaveGUIDs)
}

// order is the ORDER BY of a search: the columns by their names on the wire, the first
// of them where none is named.
func (asked search20) order(columns [][2]string) (string, error) {
	column := columns[0][1]
	if asked.SortColumn != "" {
		i := slices.IndexFunc(columns, func(c [2]string) bool { return c[0] == asked.SortColumn })
		if i < 0 {
			return "", badRequest("There is no sortColumn " + asked.SortColumn + ".")
		}
		column = columns[i][1]
	}
	if asked.SortOrder == "ASC" {
		return column + " ASC", nil
	}
	return column + " DESC", nil
}

// searchSubmissions20 answers POST /2.0/submissions/search.
func (s *Station) searchSubmissions20(ctx context.Context, c *call) (answer, error) {
	asked, err := s.search20(ctx, c)
	if err != nil {
		return answer{}, err
	}
	order, err := asked.order([][2]string{{"UPDATED", "r.updated"}, {"CREATED", "r.created"}, {"PROCESSED_AT", "r.updated"}})
	if err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, asked.EnclaveGUIDs)
	condition := ` AND r.updated BETWEEN ` + q.arg(asked.from) + ` AND ` + q.arg(asked.to) +
		` AND ` + q.reportTagged("r.tags", asked.IncludedTags, asked.ExcludedTags) + q.having(asked.QueryTerm)
	total, err := s.countReports(ctx, q, condition)
	if err != nil {
		return answer{}, err
	}
	list, err := s.selectReports(ctx, q, condition+` ORDER BY `+order+`, r.number DESC LIMIT `+q.arg(asked.page.size)+` OFFSET `+q.arg(asked.page.offset()))
	if err != nil {
		return answer{}, err
	}
	reply := submissionPage20{Items: make([]submissionSummary20, len(list)), Metadata: asked.page.metadata(len(list), total)}
	for i, r := range list {
		reply.Items[i] = submissionSummary20{r.id, r.primary(), r.title, r.created, r.updated, r.tags}
	}
	return jsonAnswer(reply)
}
