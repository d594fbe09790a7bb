package report

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/internal/dates"
)

// What a report may hold.
const (
	// MaxIndicators is TruSTAR's: a report with more is answered by 413 ("Submit
	// Report" of its API 1.3).
	MaxIndicators = 2000

	// MaxBody is the longest body in bytes. The vendor publishes no figure: 2 MB is
	// ours, and what our own station takes.
	MaxBody = 2_000_000

	// MaxTitle is the longest title in characters. The vendor publishes no figure:
	// what is longer is no title.
	MaxTitle = 256

	// MaxExternalURL is TruSTAR's, in characters ("Reports" of its API 1.3).
	MaxExternalURL = 500
)

// Check returns what forbids filing a draft, in the order of the form's fields;
// none means that it may be filed.
func Check(d Draft) []Problem {
	var problems []Problem
	add := func(field, words string) {
		if words != "" {
			problems = append(problems, Problem{Field: field, Words: words})
		}
	}
	if !isID(d.ID) {
		add("id", "The draft has no valid id. Make the draft again.")
	}
	add("title", checkTitle(d.Title))
	add("body", checkBody(d.Body))
	if d.TimeBegan != "" {
		_, words := ParseTime(d.TimeBegan)
		add("timeBegan", words)
	}
	switch d.Distribution {
	case DistributionEnclave:
		if len(d.EnclaveIDs) == 0 {
			add("enclaveIds", "Choose at least one enclave that gets the report.")
		}
		for _, id := range d.EnclaveIDs {
			if strings.TrimSpace(id) == "" {
				add("enclaveIds", "An enclave without id cannot get a report. Choose it again.")
				break
			}
		}
	case DistributionCommunity:
		if len(d.EnclaveIDs) > 0 {
			add("enclaveIds", "A report to the community goes to no enclave. Take the enclaves out, or choose enclaves as the distribution.")
		}
	default:
		add("distribution", "Choose who may read the report: enclaves or the community.")
	}
	add("externalUrl", checkExternalURL(d.ExternalURL))
	return problems
}

func checkTitle(title string) string {
	switch {
	case strings.TrimSpace(title) == "":
		return "Give the report a title."
	case !utf8.ValidString(title):
		return "The title has characters that are not text. Type it again."
	case utf8.RuneCountInString(title) > MaxTitle:
		return "Shorten the title to " + strconv.Itoa(MaxTitle) + " characters."
	}
	return ""
}

func checkBody(body string) string {
	switch {
	case strings.TrimSpace(body) == "":
		return "A report needs text."
	case !utf8.ValidString(body):
		return "The text has characters that are not text. Paste it again."
	case len(body) > MaxBody:
		return "The text has " + strconv.Itoa(len(body)) + " bytes. Shorten it to " + strconv.Itoa(MaxBody) + "."
	}
	if n := len(References(body)); n > MaxIndicators {
		return "The text has " + strconv.Itoa(n) + " indicators. A report may hold " + strconv.Itoa(MaxIndicators) + ": split it."
	}
	return ""
}

func checkExternalURL(address string) string {
	switch {
	case address == "":
		return ""
	case utf8.RuneCountInString(address) > MaxExternalURL:
		return "Shorten the source address to " + strconv.Itoa(MaxExternalURL) + " characters, or leave it out."
	case SafeURL(address) != address:
		return "The source address must begin with http:// or https://, without a password, spaces or a fragment."
	}
	return ""
}

// References are the indicators that a text holds, each once, in the order of
// their first appearance; what the engine holds back is left out.
func References(text string) []Reference {
	var (
		references []Reference
		seen       = make(map[Reference]struct{})
	)
	for _, find := range indicator.Scan(text, indicator.Options{DropHeld: true}) {
		reference := Reference{Type: find.Type.String(), Value: find.Value}
		if _, again := seen[reference]; !again {
			seen[reference] = struct{}{}
			references = append(references, reference)
		}
	}
	return references
}

// ParseTime reads a draft's TimeBegan: ISO-8601 as TruSTAR's page "Report
// Submission" shows it (2016-09-22T11:38:35+00:00), with and without seconds. The
// zone is required. Words are "" when it can be used, else what is wrong.
func ParseTime(text string) (t time.Time, words string) {
	if t, ok := dates.RFC3339(text); ok {
		if year := t.UTC().Year(); year < 1970 || year > 2100 {
			return time.Time{}, "The time must lie between 1970 and 2100."
		}
		return t, ""
	}
	return time.Time{}, "Write the time as 2026-01-31T09:30:00+00:00, with its zone, or leave it empty for the time of filing."
}
