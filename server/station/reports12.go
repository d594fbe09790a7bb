package station

import (
	"context"
	"strings"
)

// byType sorts indicators into the lists of 1.2.
func byType(found foundIndicators) reportIndicators {
	var lists reportIndicators
	for _, one := range found {
		var list *[]string
		switch one.Type {
		case "IP":
			list = &lists.IP
		case "URL":
			list = &lists.URL
		case "MD5":
			list = &lists.MD5
		case "SHA1":
			list = &lists.SHA1
		case "SHA256":
			list = &lists.SHA256
		case "SOFTWARE":
			list = &lists.Software
		case "CVE":
			list = &lists.CVE
		case "EMAIL_ADDRESS":
			list = &lists.EmailAddress
		case "MALWARE":
			list = &lists.Malware
		case "REGISTRY_KEY":
			list = &lists.RegistryKey
		case "CIDR_BLOCK":
			list = &lists.CIDRBlock
		case "BITCOIN_ADDRESS":
			list = &lists.BitcoinAddress
		default:
			continue
		}
		*list = append(*list, one.Value)
	}
	return lists
}

// submit12 answers POST /1.2/report: the new id and the indicators by type.
func (s *Station) submit12(ctx context.Context, c *call) (answer, error) {
	var request submit12Request
	raw, err := c.decode(&request)
	if err != nil {
		return answer{}, err
	}
	if request.IncidentReport == nil {
		return answer{}, badRequest("The request has no incidentReport.")
	}
	now := s.millis()
	sub, err := c.submissionOf(request.IncidentReport, request.EnclaveIDs, now, raw)
	if err != nil {
		return answer{}, err
	}
	filed, err := s.file(ctx, c.user, sub, now)
	if err != nil {
		return answer{}, err
	}
	return submitted12(filed)
}

func submitted12(r report) (answer, error) {
	return jsonAnswer(submit12Answer{
		ReportID:           r.id,
		ExternalTrackingID: optional(r.externalID),
		ReportIndicators:   byType(r.indicators.known13()),
	})
}

// update12 answers PUT /1.2/report/{id}: what is given changes, everything else stays.
func (s *Station) update12(ctx context.Context, c *call) (answer, error) {
	var request update12Request
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	if request.IncidentReport == nil {
		request.IncidentReport = &reportChange{}
	}
	// The path says which report; its external id is not changed by this version.
	request.IncidentReport.ExternalTrackingID = nil
	changed, err := s.edit(ctx, c.user, func() (report, error) { return s.find(ctx, c) }, func(old report) (submission, error) {
		return c.changed(old, request.IncidentReport, request.EnclaveIDs)
	})
	if err != nil {
		return answer{}, err
	}
	return submitted12(changed)
}

// answer12 is a report as 1.2 writes it.
func (s *Station) answer12(ctx context.Context, u user, r report) (report12Answer, error) {
	correlated, err := s.correlationCount(ctx, u, r)
	found := r.indicators.known13()
	return report12Answer{
		ID:                 r.id,
		ExternalID:         optional(r.externalID),
		ExternalTrackingID: optional(r.externalID),
		ExternalURL:        optional(r.externalURL),
		Title:              r.title,
		ReportBody:         r.body,
		DistributionType:   r.distribution,
		Enclaves:           r.enclaves,
		TimeBegan:          r.timeBegan,
		Created:            r.created,
		Updated:            r.updated,
		CorrelationCount:   correlated,
		Indicators:         found,
		IndicatorsCount:    len(found),
		SubmissionStatus:   "PROCESSED",
		SubmitSource:       "STATION",
	}, err
}

// report12 answers GET /1.2/report/{id}.
func (s *Station) report12(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	model, err := s.answer12(ctx, c.user, found)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(model)
}

// reports12 answers GET /1.2/reports: the reports that were updated in a time, in
// seconds, the latest first; without parameters the latest 25.
func (s *Station) reports12(ctx context.Context, c *call) (answer, error) {
	now := s.millis()
	from, to, err := c.span(now, now, now)
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
	condition := isReport + ` AND r.updated BETWEEN ` + q.arg(from) + ` AND ` + q.arg(to)
	switch distribution := strings.ToUpper(c.query.Get("distributionType")); distribution {
	case "":
	case distributionEnclave, distributionCommunity:
		condition += ` AND r.distribution = ` + q.arg(distribution)
	default:
		return answer{}, badRequest("distributionType is COMMUNITY or ENCLAVE.")
	}
	switch strings.ToUpper(c.query.Get("submittedBy")) {
	case "":
	case "ME":
		condition += ` AND r.user_id = ?1`
	case "OTHERS":
		condition += ` AND r.user_id <> ?1`
	default:
		return answer{}, badRequest("submittedBy is ME or OTHERS.")
	}
	if tag := c.query.Get("tag"); tag != "" {
		if err := s.oneEnclave(ctx, c.user, enclaves, tag); err != nil {
			return answer{}, err
		}
		condition += ` AND ` + q.reportTagged("r.tags", []string{tag}, nil)
	}
	total, err := s.countReports(ctx, q, condition)
	if err != nil {
		return answer{}, err
	}
	list, err := s.selectReports(ctx, q, condition+latestFirst+` LIMIT `+q.arg(page.size)+` OFFSET `+q.arg(page.offset()))
	if err != nil {
		return answer{}, err
	}
	items := make([]report12Answer, len(list))
	for i, r := range list {
		if items[i], err = s.answer12(ctx, c.user, r); err != nil {
			return answer{}, err
		}
	}
	return jsonAnswer(reportList12{
		Status: "success", PageSize: page.size, TotalPages: page.pages(total), PageNumber: page.number,
		MoreResults: page.offset()+int64(len(list)) < int64(total), TotalElements: total, Data: reportData12{items},
	})
}

// oneEnclave refuses a tag that reports in several of the enclaves have: in 1.2 a tag
// is an enclave's.
func (s *Station) oneEnclave(ctx context.Context, u user, enclaves []string, tag string) error {
	q := newQuery(u, enclaves)
	n, _, err := one[int64](ctx, s, `WITH `+readable+` SELECT count(DISTINCT re.enclave_id) FROM reports r JOIN report_enclaves re ON re.report_id = r.id
WHERE re.enclave_id IN (SELECT id FROM readable) AND `+q.reportTagged("r.tags", []string{tag}, nil), q.args...)
	if err == nil && n > 1 {
		err = badRequest("Several of the enclaves have this tag: name one of them.")
	}
	return err
}

// optional is null on the wire when the text is absent.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
