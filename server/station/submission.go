package station

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	title, body, externalID, externalURL, distribution, kind string
	enclaves, tags                                           []string
	// indicators are given by a submission of indicators; other kinds are searched.
	indicators storedIndicators
	// timeBegan in milliseconds.
	timeBegan int64
	// companyWide says that no other report of the company may have the external id, as
	// in 1.2; otherwise none in the same enclaves may.
	companyWide bool
	// copiedFrom is the id of the report that this one is a copy of.
	copiedFrom string
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
		kind:         kindIntelligence,
		companyWide:  c.version == version12,
		fingerprint:  hash(string(c.version) + string(raw)),
	}
	sub.enclaves = distinct(enclaves)
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
	case c.strict && c.version == version13 && sub.distribution == distributionEnclave && len(sub.enclaves) != 1:
		return sub, badRequest("A report is in exactly one enclave.")
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
	sub.idempotencyKey, err = c.idempotencyKey()
	return sub, err
}

// idempotencyKey reads the header, "" if there is none.
func (c *call) idempotencyKey() (string, error) {
	// Workers split a header's value at its commas; joined, both hosts see the same.
	key := strings.Join(c.Header.Values("Idempotency-Key"), ",")
	if len(key) > maxIdempotencyKey {
		return "", badRequest("Idempotency-Key has at most 255 bytes.")
	}
	return key, nil
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

// distinct are the texts of a list without blanks around them, each once and none empty.
func distinct(list []string) []string {
	var kept []string
	for _, text := range list {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
