package lookup

import (
	"context"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

const (
	// maxReports is how many reports one look-up shows.
	maxReports = 200
	// maxListed is of how many reports the platform's own list of indicators is
	// asked for, one call each: an account has 60 calls a minute.
	maxListed = 20
)

// Reports finds TruSTAR's correlated reports.
//
// The platform answers which reports hold any of many values, not which of the
// values. What a report holds is read out of what came with it, at no further
// call. What no report explains is then asked for once more by itself: an empty
// answer proves that it is not known, and a report that comes back is read through
// the platform's own list of its indicators.
type Reports struct {
	client   *trustar.Client
	identity SourceState
}

// NewReports returns the source behind a client.
func NewReports(client *trustar.Client, identity SourceState) Reports {
	return Reports{client, identity}
}

// Identity implements Source.
func (r Reports) Identity() SourceState { return r.identity }

// Find implements Source.
func (r Reports) Find(ctx context.Context, asked []report.Reference) Finding {
	search := &reportSearch{
		Reports:  r,
		wanted:   newWanted(asked),
		asked:    asked,
		answered: make([]bool, len(asked)),
		known:    make([]bool, len(asked)),
		byID:     make(map[string]int),
	}
	var values []string
	for i, reference := range asked {
		if t, ok := indicator.ParseType(reference.Type); ok && t.TruSTAR() != "" {
			search.answered[i] = true
			values = append(values, reference.Value)
		} else {
			search.unasked++
		}
	}
	if len(values) == 0 {
		return search.finding()
	}
	first := search.correlated(ctx, values)
	if rest := search.rest(); search.err == nil && len(first) > 0 && len(rest) > 0 {
		search.confirm(ctx, rest)
	}
	return search.finding()
}

// reportSearch is one Find under way.
type reportSearch struct {
	Reports
	wanted wanted
	asked  []report.Reference

	answered []bool // by asked
	known    []bool // by asked
	unasked  int    // of types that the platform does not have
	// unchecked are values that the platform would not be asked about.
	unchecked int
	err       error // ended a round
	cut       bool  // there are more reports than are shown
	unsure    int   // values that some report may hold

	found []trustar.Report
	hits  []*hits // by found
	byID  map[string]int
}

// correlated asks which reports hold any of the values and notes what each report
// is seen to hold. It returns the positions in found of those that came.
func (s *reportSearch) correlated(ctx context.Context, values []string) []int {
	var came []int
	for found, err := range s.client.Correlated(ctx, values) {
		var unchecked *trustar.UncheckedError
		if errtype.As(err, &unchecked) {
			s.disclaim(unchecked.Values)
			s.unchecked += len(unchecked.Values)
			continue
		}
		if err != nil {
			s.err = err
			s.disclaim(values)
			return came
		}
		i, ok := s.byID[found.ID]
		if !ok {
			if len(s.found) == maxReports {
				s.cut = true
				s.disclaim(values)
				return came
			}
			i = len(s.found)
			s.byID[found.ID] = i
			s.found = append(s.found, found)
			s.hits = append(s.hits, s.wanted.newHits())
			s.read(i)
		}
		came = append(came, i)
	}
	return came
}

// read notes what came with a report.
func (s *reportSearch) read(i int) {
	h := s.hits[i]
	for _, held := range s.found[i].Indicators {
		h.value(held.Value)
	}
	h.text(s.found[i].Title)
	h.text(s.found[i].Body)
	s.note(h)
}

func (s *reportSearch) note(h *hits) {
	for i, held := range h.held {
		s.known[i] = s.known[i] || held
	}
}

// rest are the values that were asked for and that no report explains.
func (s *reportSearch) rest() []string {
	var values []string
	for i, reference := range s.asked {
		if s.answered[i] && !s.known[i] {
			values = append(values, reference.Value)
		}
	}
	return values
}

// confirm asks for the rest by itself. No report: it is not known. A report: what
// the platform lists for it decides; if that explains nothing either, nothing is
// said of the rest.
func (s *reportSearch) confirm(ctx context.Context, rest []string) {
	came := s.correlated(ctx, rest)
	for n, i := range came {
		before := s.hits[i].count
		if n < maxListed && s.found[i].Indicators == nil {
			for held, err := range s.client.ReportIndicators(ctx, s.found[i].ID) {
				if err != nil {
					s.err = err
					break
				}
				s.hits[i].value(held.Value)
			}
			s.note(s.hits[i])
		}
		if s.hits[i].count == before || s.err != nil {
			s.unsure++
		}
	}
	if s.unsure > 0 {
		s.disclaim(s.rest())
	}
}

// disclaim takes back that values were looked for to the end.
func (s *reportSearch) disclaim(values []string) {
	for _, value := range values {
		for _, i := range s.wanted.byValue[strings.ToLower(value)] {
			s.answered[i] = false
		}
	}
}

func (s *reportSearch) finding() Finding {
	f := Finding{Answered: s.answered, State: StateAnswered}
	for i, found := range s.found {
		if s.hits[i].count > 0 {
			f.Results = append(f.Results, s.result(found, s.hits[i]))
		}
	}
	var notes []string
	if s.err != nil {
		f.State = StatePartial
		if len(s.found) == 0 {
			f.State = StateFailed
		}
		notes = append(notes, words(s.err))
	}
	if s.cut {
		f.State = StatePartial
		notes = append(notes, "More than "+strconv.Itoa(maxReports)+" reports share something; the rest was not read.")
	}
	if s.unchecked > 0 {
		f.State = StatePartial
		notes = append(notes, count(s.unchecked, "indicator")+" could not be asked for.")
	}
	if s.unsure > 0 && s.err == nil {
		f.State = StatePartial
		notes = append(notes, "The platform names "+count(s.unsure, "report")+" without saying which indicators they share.")
	}
	if s.unasked > 0 {
		notes = append(notes, count(s.unasked, "indicator")+" of types that the platform does not have were not asked for.")
	}
	f.Words = strings.Join(notes, " ")
	return f
}

func (s *reportSearch) result(found trustar.Report, h *hits) Result {
	return Result{
		Kind: KindReport, ProfileID: s.identity.ProfileID, Platform: s.identity.Platform,
		ID: found.ID, Title: found.Title,
		CreatedAt: int64(found.Created), ModifiedAt: int64(found.Updated),
		Link:    s.client.Link(found.ID),
		Matched: h.matched(),
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
