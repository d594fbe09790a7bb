package station

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"
)

// changed is a stored report with what a client gave in place of what was there. What
// is absent or null stays (GUESS: the vendor's page says that it is erased or an error,
// which Config.Strict does; the vendor's client and its examples rely on this).
func (c *call) changed(old report, change *reportChange, enclaves *[]string) (submission, error) {
	sub := old.again()
	if c.strict && c.version == version13 {
		if change.Title == nil || change.ReportBody == nil || enclaves == nil {
			return sub, badRequest("An update has title, reportBody and enclaveIds.")
		}
		sub.externalURL = ""
	}
	for _, text := range []struct {
		given *string
		into  *string
	}{{change.Title, &sub.title}, {change.ReportBody, &sub.body}, {change.ExternalURL, &sub.externalURL}, {change.DistributionType, &sub.distribution}} {
		if text.given != nil {
			*text.into = unmarked(*text.given)
		}
	}
	if change.ExternalTrackingID != nil && *change.ExternalTrackingID != "" {
		sub.externalID = unmarked(string(*change.ExternalTrackingID))
	}
	sub.distribution = strings.ToUpper(sub.distribution)
	if enclaves != nil && len(*enclaves) > 0 {
		sub.enclaves = distinct(*enclaves)
	}
	switch {
	case sub.distribution == distributionCommunity:
		sub.enclaves = []string{CommunityID}
	case sub.distribution != distributionEnclave:
		return sub, badRequest("distributionType is COMMUNITY or ENCLAVE.")
	case c.strict && c.version == version13 && len(sub.enclaves) != 1:
		return sub, badRequest("A report is in exactly one enclave.")
	}
	switch {
	case blank(sub.title):
		return sub, badRequest("The report has no title.")
	case blank(sub.body):
		return sub, badRequest("The report has no reportBody.")
	case utf8.RuneCountInString(sub.externalID) > maxExternalID:
		return sub, badRequest("externalTrackingId has at most 500 characters.")
	case utf8.RuneCountInString(sub.externalURL) > maxExternalURL:
		return sub, badRequest("externalUrl has at most 500 characters.")
	}
	if change.TimeBegan != nil {
		var err error
		if sub.timeBegan, err = change.TimeBegan.millis(c.version, old.timeBegan); err != nil {
			return sub, err
		}
	}
	return sub, nil
}

// update13 answers PUT /1.3/reports/{id} with nothing.
func (s *Station) update13(ctx context.Context, c *call) (answer, error) {
	var request update13Request
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	_, err := s.edit(ctx, c.user, func() (report, error) { return s.find(ctx, c) }, func(old report) (submission, error) {
		return c.changed(old, &request.reportChange, request.EnclaveIDs)
	})
	return answer{}, err
}

// The modes of an upsert.
const (
	modeOverride = "OVERRIDE"
	modeAppend   = "APPEND"
)

// upsert13 answers POST /1.3/reports/upsert with the report's id: the report of the given
// guid, or of the external id in the given enclaves, is changed; without one it is
// submitted.
func (s *Station) upsert13(ctx context.Context, c *call) (answer, error) {
	var request update13Request
	raw, err := c.decode(&request)
	if err != nil {
		return answer{}, err
	}
	external, err := c.external()
	if err != nil {
		return answer{}, err
	}
	mode := strings.ToUpper(c.query.Get("mode"))
	if mode != "" && mode != modeOverride && mode != modeAppend {
		return answer{}, badRequest("mode is OVERRIDE or APPEND.")
	}
	var enclaves []string
	if request.EnclaveIDs != nil {
		enclaves = distinct(*request.EnclaveIDs)
	}
	find := func() (report, error) { return report{}, errNoReport }
	switch given := request.ExternalTrackingID; {
	case external && (given == nil || *given == ""):
		return answer{}, badRequest("An upsert by external id has an externalTrackingId.")
	case external:
		find = func() (report, error) { return s.reportByExternalID(ctx, c.user, string(*given), enclaves, isReport) }
	case request.GUID != "":
		find = func() (report, error) { return s.reportByID(ctx, c.user, request.GUID, isReport) }
	}
	for range edits {
		changed, err := s.edit(ctx, c.user, find, func(old report) (submission, error) {
			body := request.ReportBody
			if mode == modeAppend && body != nil {
				longer := old.body + "\n" + unmarked(*body) // GUESS: on a line of its own
				body = &longer
			}
			change := request.reportChange
			change.ReportBody = body
			return c.changed(old, &change, request.EnclaveIDs)
		})
		if err == nil {
			return textAnswer(changed.id), nil
		}
		if !errors.Is(err, errNoReport) || request.GUID != "" && !external {
			return answer{}, err
		}
		now := s.millis()
		sub, err := c.submissionOf(request.whole(), enclaves, now, raw)
		if err != nil {
			return answer{}, err
		}
		filed, err := s.file(ctx, c.user, sub, now)
		if err == nil {
			return textAnswer(filed.id), nil
		}
		// Somebody else has submitted it in between.
		if !external || !errors.Is(err, errDuplicate) {
			return answer{}, err
		}
	}
	return answer{}, errDuplicate
}

// whole is a change as a report of its own.
func (r reportChange) whole() *incidentReport {
	text := func(t *string) string {
		if t == nil {
			return ""
		}
		return *t
	}
	whole := &incidentReport{
		Title: text(r.Title), ReportBody: text(r.ReportBody), DistributionType: text(r.DistributionType), ExternalURL: text(r.ExternalURL),
	}
	if r.ExternalTrackingID != nil {
		whole.ExternalTrackingID = *r.ExternalTrackingID
	}
	if r.TimeBegan != nil {
		whole.TimeBegan = *r.TimeBegan
	}
	return whole
}
