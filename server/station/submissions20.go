package station

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of version 2.0.
const (
	maxTags20       = 20
	maxAttributes   = 50
	maxRelated      = 50
	maxProperties   = 20
	maxPage20       = 1000
	searchSpan20    = yearMillis
	defaultPageSize = 25
)

// kind reads the kind of a submission from the path.
func (c *call) kind() (string, error) {
	kind := c.PathValue("kind")
	if kind != kindIndicators && kind != kindEvents && kind != kindIntelligence {
		return "", notFound("There is nothing at this path.")
	}
	return kind, nil
}

// ofKind is the condition that a submission is found under a kind. Events and intelligence
// are found under each other's (GUESS): the vendor's client reads both as events.
func ofKind(kind string) string {
	if kind == kindIndicators {
		return ` AND r.kind = 'indicators'`
	}
	return isReport
}

// upsert20 answers POST /2.0/submissions/{kind}/upsert: the submission of the id, or of
// the external id in the enclave, is changed; without one it is created.
func (s *Station) upsert20(ctx context.Context, c *call) (answer, error) {
	return s.write20(ctx, c, true, true)
}

// create20 answers POST /2.0/submissions/{kind} (the path is a GUESS).
func (s *Station) create20(ctx context.Context, c *call) (answer, error) {
	return s.write20(ctx, c, true, false)
}

// update20 answers PUT /2.0/submissions/{kind} (the path is a GUESS). Which submission it
// is stands in the body, or as in GET in the query.
func (s *Station) update20(ctx context.Context, c *call) (answer, error) {
	return s.write20(ctx, c, false, true)
}

func (s *Station) write20(ctx context.Context, c *call, create, update bool) (answer, error) {
	kind, err := c.kind()
	if err != nil {
		return answer{}, err
	}
	var request submission20Request
	raw, err := c.decode(&request)
	if err != nil {
		return answer{}, err
	}
	for range edits {
		err = errNoReport
		if update {
			var changed report
			changed, err = s.edit(ctx, c.user, s.finder20(ctx, c, kind, request, create), func(old report) (submission, error) {
				return request.over(old.again(), kind, old.timeBegan)
			})
			if err == nil {
				return jsonAnswer(submissionRef{changed.id, changed.version})
			}
		}
		if !create || !errors.Is(err, errNoReport) {
			return answer{}, err
		}
		now := s.millis()
		sub, err := request.over(submission{kind: kind}, kind, now)
		if err != nil {
			return answer{}, err
		}
		if sub.idempotencyKey, err = c.idempotencyKey(); err != nil {
			return answer{}, err
		}
		sub.fingerprint = hash(string(c.version) + kind + string(raw))
		filed, err := s.file(ctx, c.user, sub, now)
		if err == nil {
			return jsonAnswer(submissionRef{filed.id, filed.version})
		}
		// Somebody else has submitted it in between.
		if !update || !errors.Is(err, errDuplicate) {
			return answer{}, err
		}
	}
	return answer{}, errDuplicate
}

// finder20 finds what a write is about. What an upsert names by its id must be there.
func (s *Station) finder20(ctx context.Context, c *call, kind string, request submission20Request, create bool) func() (report, error) {
	return func() (report, error) {
		switch {
		case request.ID != "":
			found, err := s.reportByID(ctx, c.user, request.ID, ofKind(kind))
			if errors.Is(err, errNoReport) && create {
				err = &fault{http.StatusNotFound, "There is no submission of that id."}
			}
			return found, err
		case request.ExternalID != "":
			return s.reportByExternalID(ctx, c.user, string(request.ExternalID), []string{request.EnclaveGUID}, ofKind(kind))
		case !create && c.query.Get("id") != "":
			return s.find20(ctx, c, kind)
		}
		return report{}, errNoReport
	}
}

// find20 returns the submission that the query names.
func (s *Station) find20(ctx context.Context, c *call, kind string) (report, error) {
	external, err := c.external()
	if err != nil {
		return report{}, err
	}
	id, enclave := c.query.Get("id"), c.query.Get("enclaveGuid")
	switch {
	case id == "":
		return report{}, badRequest("id is missing: which submission.")
	case external && enclave == "":
		return report{}, badRequest("An external id needs an enclaveGuid.")
	case external:
		return s.reportByExternalID(ctx, c.user, id, []string{enclave}, ofKind(kind))
	}
	return s.reportByID(ctx, c.user, id, ofKind(kind))
}

// over puts what a client gave over a submission; what is absent stays, or is missing in
// a new one.
func (r submission20Request) over(sub submission, kind string, timestamp int64) (submission, error) {
	if r.Title != nil {
		sub.title = unmarked(*r.Title)
	}
	if r.ExternalURL != nil {
		sub.externalURL = unmarked(*r.ExternalURL)
	}
	if r.ExternalID != "" {
		sub.externalID = unmarked(string(r.ExternalID))
	}
	if enclave := strings.TrimSpace(r.EnclaveGUID); enclave != "" {
		sub.enclaves = []string{enclave}
	}
	if sub.distribution = distributionEnclave; slices.Contains(sub.enclaves, CommunityID) {
		sub.distribution = distributionCommunity
	}
	if sub.timeBegan == 0 {
		sub.timeBegan = timestamp
	}
	var err error
	if r.Timestamp != nil {
		if sub.timeBegan, err = r.Timestamp.millis(version20, sub.timeBegan); err != nil {
			return sub, err
		}
	}
	if r.Tags != nil {
		if sub.tags, err = tags20(*r.Tags); err != nil {
			return sub, err
		}
	}
	if r.Content.given {
		if err := r.fill(&sub, kind); err != nil {
			return sub, err
		}
	}
	switch {
	case blank(sub.title):
		return sub, badRequest("The submission has no title.")
	case len(sub.enclaves) == 0:
		return sub, badRequest("The submission has no enclaveGuid.")
	case kind == kindIndicators && len(sub.indicators) == 0 || kind != kindIndicators && blank(sub.body):
		return sub, badRequest("The submission has no content.")
	case utf8.RuneCountInString(sub.externalID) > maxExternalID:
		return sub, badRequest("externalId has at most 500 characters.")
	case utf8.RuneCountInString(sub.externalURL) > maxExternalURL:
		return sub, badRequest("externalUrl has at most 500 characters.")
	}
	return sub, nil
}

// fill puts the content into a submission.
func (r submission20Request) fill(sub *submission, kind string) error {
	if kind != kindIndicators {
		if r.Content.indicators != nil {
			return badRequest("content of " + kind + " is a text.")
		}
		sub.body = unmarked(r.Content.text)
		return nil
	}
	if r.Content.indicators == nil {
		return badRequest("content of indicators is an object with indicators.")
	}
	if r.RawContent != nil {
		sub.body = unmarked(*r.RawContent)
	}
	sub.indicators = nil
	for i, one := range r.Content.indicators.Indicators {
		stored, err := one.stored()
		if err != nil {
			return badRequest("indicator " + strconv.Itoa(i) + ": " + err.Error())
		}
		sub.indicators = append(sub.indicators, stored)
	}
	return nil
}

// stored checks an indicator; the error is for people.
func (i indicator20) stored() (storedIndicator, error) {
	d := i.indicatorDetail
	confidence := []string{"", "LOW", "MEDIUM", "HIGH"}
	switch {
	case i.Observable == nil || blank(i.Observable.Value):
		return storedIndicator{}, errors.New("it has no observable")
	case !slices.Contains(observableTypes(), i.Observable.Type):
		return storedIndicator{}, errors.New("there is no observable type " + i.Observable.Type)
	case d.MaliciousScore != "" && !slices.Contains(scoreNames(), d.MaliciousScore):
		return storedIndicator{}, errors.New("maliciousScore is BENIGN, LOW, MEDIUM or HIGH")
	case !slices.Contains(confidence, d.ConfidenceScore):
		return storedIndicator{}, errors.New("confidenceScore is LOW, MEDIUM or HIGH")
	case len(d.Attributes) > maxAttributes:
		return storedIndicator{}, errors.New("it has more than 50 attributes")
	case len(d.RelatedObservables) > maxRelated:
		return storedIndicator{}, errors.New("it has more than 50 relatedObservables")
	case len(d.Properties) > maxProperties:
		return storedIndicator{}, errors.New("it has more than 20 properties")
	case d.ValidFrom < 0 || d.ValidTo < 0:
		return storedIndicator{}, errors.New("validFrom and validTo are times since 1970, in milliseconds")
	}
	tags, err := tags20(d.Tags)
	if err != nil {
		return storedIndicator{}, errors.New("it has a tag of no or too many characters, or more than 20 tags")
	}
	d.Tags = tags
	value := strings.TrimSpace(unmarked(i.Observable.Value))
	stored := storedIndicator{Type: indicatorType(i.Observable.Type), Value: value}
	if stored.Type == "" || observableType(stored.Type, value) != i.Observable.Type {
		stored.ObservableType = i.Observable.Type
	}
	if !d.empty() {
		stored.Detail = &d
	}
	return stored, nil
}

func (d indicatorDetail) empty() bool {
	return d.ValidFrom == 0 && d.ValidTo == 0 && d.MaliciousScore == "" && d.ConfidenceScore == "" &&
		len(d.Attributes)+len(d.RelatedObservables)+len(d.Properties)+len(d.Tags) == 0
}

// tags20 checks the tags of a submission, an indicator or a filter.
func tags20(given []string) ([]string, error) {
	tags, err := tagNames(given)
	if err == nil && len(tags) > maxTags20 {
		err = badRequest("There are more than 20 tags.")
	}
	return tags, err
}
