package station

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/indicator"
)

// Limits of a report.
const (
	// maxIndicators is the vendor's; above it the answer is 413.
	maxIndicators = 2000
	// maxStored is how many bytes a report may take in the database, its text and
	// its indicators together: D1 refuses a row of more than 2,000,000 bytes.
	maxStored = 1_990_000
	// maxExternalID is in characters.
	maxExternalID = 500
	// maxExternalURL is in characters.
	maxExternalURL = 500
	// maxIdempotencyKey is in bytes.
	maxIdempotencyKey = 255
)

// The distributions of a report.
const (
	distributionEnclave   = "ENCLAVE"
	distributionCommunity = "COMMUNITY"
)

// submission is a report on its way in, whichever version brought it.
type submission struct {
	title, body, externalID, externalURL, distribution string
	enclaves                                           []string
	// timeBegan in milliseconds.
	timeBegan int64
	// idempotencyKey is the header of that name, "" if there was none; fingerprint
	// tells a repeated request from another one under the same key.
	idempotencyKey, fingerprint string
}

// submissionOf checks what a client sent.
func (c *call) submissionOf(r *incidentReport, enclaves []string, now int64, raw []byte) (submission, error) {
	sub := submission{
		title:        unmarked(r.Title),
		body:         unmarked(r.ReportBody),
		externalID:   unmarked(string(r.ExternalTrackingID)),
		externalURL:  unmarked(r.ExternalURL),
		distribution: strings.ToUpper(r.DistributionType),
		fingerprint:  hash(string(c.version) + string(raw)),
	}
	for _, id := range enclaves {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(sub.enclaves, id) {
			sub.enclaves = append(sub.enclaves, id)
		}
	}
	if sub.distribution == "" && c.version != version12 {
		sub.distribution = distributionEnclave
	}
	switch {
	case blank(sub.title):
		return sub, badRequest("The report has no title.")
	case blank(sub.body):
		return sub, badRequest("The report has no reportBody.")
	case sub.distribution == "":
		return sub, badRequest("The report has no distributionType.")
	case sub.distribution != distributionEnclave && sub.distribution != distributionCommunity:
		return sub, badRequest("distributionType is COMMUNITY or ENCLAVE.")
	case sub.distribution == distributionEnclave && len(sub.enclaves) == 0:
		return sub, badRequest("A report with distributionType ENCLAVE needs enclaveIds.")
	case sub.distribution == distributionCommunity && len(sub.enclaves) > 0:
		// GUESS. Refused, because the sender may believe that the list restricts readers.
		return sub, badRequest("enclaveIds go with distributionType ENCLAVE alone.")
	case utf8.RuneCountInString(sub.externalID) > maxExternalID:
		return sub, badRequest("externalTrackingId has at most 500 characters.")
	case c.version == version12 && !alphanumeric(sub.externalID):
		return sub, badRequest("externalTrackingId has letters and digits only.")
	case utf8.RuneCountInString(sub.externalURL) > maxExternalURL:
		return sub, badRequest("externalUrl has at most 500 characters.")
	}
	if sub.distribution == distributionCommunity {
		sub.enclaves = []string{CommunityID}
	}
	var err error
	if sub.timeBegan, err = r.TimeBegan.millis(c.version, now); err != nil {
		return sub, err
	}
	// Workers split a header's value at its commas; joined, both hosts see the same.
	sub.idempotencyKey = strings.Join(c.Header.Values("Idempotency-Key"), ",")
	if len(sub.idempotencyKey) > maxIdempotencyKey {
		return sub, badRequest("Idempotency-Key has at most 255 bytes.")
	}
	return sub, nil
}

// file stores a submission and returns the report. It is safe to repeat: under one
// external id a company has one report, under one idempotency key a user has one.
func (s *Station) file(ctx context.Context, u user, sub submission, now int64) (report, error) {
	if err := s.mayCreate(ctx, u, sub.enclaves); err != nil {
		return report{}, err
	}
	found := extract(sub.body)
	if len(found) > maxIndicators {
		return report{}, tooLarge("The report has " + strconv.Itoa(len(found)) + " indicators; at most 2,000 are allowed.")
	}
	indicators, err := encode(found)
	if err != nil {
		return report{}, err
	}
	enclaves, err := encode(idList(sub.enclaves))
	if err != nil {
		return report{}, err
	}
	if len(sub.title)+len(sub.body)+len(indicators)+len(enclaves) > maxStored {
		return report{}, tooLarge("The report is larger than " + strconv.Itoa(maxStored) + " bytes, its indicators included.")
	}
	id, err := s.newID()
	if err != nil {
		return report{}, err
	}
	inserted, _, err := one[string](ctx, s, `INSERT INTO reports (id, company_id, user_id, external_id, title, body, external_url,
	time_began, created, updated, distribution, enclaves, indicators, idempotency_key, fingerprint)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT DO NOTHING RETURNING id`,
		id, u.company, u.id, orNull(sub.externalID), sub.title, sub.body, orNull(sub.externalURL),
		sub.timeBegan, now, sub.distribution, string(enclaves), string(indicators), orNull(sub.idempotencyKey), sub.fingerprint)
	if err != nil {
		return report{}, err
	}
	if inserted == "" {
		return s.replay(ctx, u, sub)
	}
	return report{id: id, externalID: sub.externalID, indicators: found}, nil
}

// replay answers a submission that is already there: the stored answer where the
// same request was sent again under its key, else why it is refused.
func (s *Station) replay(ctx context.Context, u user, sub submission) (report, error) {
	var (
		stored                  report
		fingerprint, indicators string
	)
	err := s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&stored.id, &stored.externalID, &fingerprint, &indicators)
	}, `SELECT id, coalesce(external_id, ''), fingerprint, indicators FROM reports WHERE user_id = ?1 AND idempotency_key = ?2`,
		u.id, sub.idempotencyKey)
	switch {
	case err != nil:
		return report{}, err
	case stored.id == "":
		return report{}, errDuplicate
	case fingerprint != sub.fingerprint:
		return report{}, &fault{http.StatusUnprocessableEntity, "Another report was submitted under this Idempotency-Key."}
	}
	return stored, decodeStored(indicators, &stored.indicators)
}

// mayCreate refuses enclaves that the user may not submit to.
func (s *Station) mayCreate(ctx context.Context, u user, ids []string) error {
	known, err := s.enclavesOf(ctx, u)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(known, func(e Enclave) bool { return e.ID == id && e.Create }) {
			return forbidden("You may not submit to enclave " + id + ", or there is none of that id.")
		}
	}
	return nil
}

// extract finds the indicators of a report's body in the order of their first
// appearance, each once. Private and reserved addresses are left out, as the vendor
// does. The title is not searched (GUESS).
func extract(body string) foundIndicators {
	var (
		found foundIndicators
		seen  = map[foundIndicator]bool{}
	)
	for _, hit := range indicator.Scan(body, indicator.Options{DropHeld: true}) {
		one := foundIndicator{Type: hit.Type.TruSTAR(), Value: hit.Value}
		if one.Type != "" && !seen[one] {
			seen[one] = true
			found = append(found, one)
		}
	}
	return found
}

// unmarked takes byte order marks off the front of a text. They mean nothing there,
// and on Workers they would be lost on the way to D1: Go hands strings to JavaScript
// through a TextDecoder, which takes them for what they are called.
func unmarked(text string) string { return strings.TrimLeft(text, "\ufeff") }

func blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }) < 0
}

func alphanumeric(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}
