package lookup

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

const (
	// caseWindow is how far back cases are looked for.
	caseWindow = 30 * 24 * time.Hour
	// maxCases is how many cases are looked into, those of the highest score first.
	maxCases = stellarcyber.MaxLimit
	// maxInFlight is how many calls are under way at once.
	maxInFlight = 6
	// maxFailures is after how many failed cases the rest is not asked for.
	maxFailures = 5
)

// Cases finds Stellar Cyber's cases. The platform cannot be asked for an
// indicator: the cases of the last 30 days are listed, highest score first, and
// the observables of at most 500 of them are read.
type Cases struct {
	client   *stellarcyber.Client
	seen     *Observations
	identity SourceState
	now      func() time.Time
}

// NewCases returns the source behind a client. seen is what look-ups with the same
// client have read before.
func NewCases(client *stellarcyber.Client, seen *Observations, identity SourceState, now func() time.Time) Cases {
	return Cases{client, seen, identity, now}
}

// Identity implements Source.
func (c Cases) Identity() SourceState { return c.identity }

// Find implements Source.
func (c Cases) Find(ctx context.Context, asked []report.Reference) Finding {
	cases, total, err := c.list(ctx)
	if err != nil && len(cases) == 0 {
		return failure(asked, err)
	}
	survey := c.survey(ctx, cases, newWanted(asked))
	finding := Finding{
		Results:  survey.results(c),
		Answered: make([]bool, len(asked)),
		State:    StateAnswered,
		Checked:  survey.checked,
		Total:    total,
	}
	if err == nil {
		err = survey.err
	}
	switch {
	case survey.checked == 0 && err != nil:
		return failure(asked, err)
	case survey.checked < total:
		finding.State = StatePartial
		finding.Words = strconv.Itoa(survey.checked) + " of " + strconv.Itoa(total) + " cases of the last 30 days were looked into, highest score first."
		if err != nil {
			finding.Words += " " + words(err)
		}
	default:
		for i := range finding.Answered {
			finding.Answered[i] = true
		}
	}
	return finding
}

// list returns the newest cases and how many there are in all. An error comes
// with the cases that came before it.
func (c Cases) list(ctx context.Context) (cases []stellarcyber.Case, total int, err error) {
	query := stellarcyber.CaseQuery{
		Limit: maxCases,
		Sort:  "case_score", Order: stellarcyber.Descending,
		CreatedFrom: c.now().Add(-caseWindow),
	}
	seen := make(map[string]bool)
	for len(cases) < maxCases {
		query.Limit = maxCases - len(cases)
		page, err := c.client.Cases(ctx, query)
		if err != nil {
			return cases, max(total, len(cases)+1), err
		}
		total = page.Total
		for _, found := range page.Cases {
			if !seen[found.ID] {
				seen[found.ID] = true
				cases = append(cases, found)
			}
		}
		query.Skip += len(page.Cases)
		if len(page.Cases) == 0 || query.Skip >= page.Total {
			break
		}
	}
	return cases, max(total, len(cases)), nil
}

// survey is the reading of many cases' observables.
type survey struct {
	cases []stellarcyber.Case

	mu       sync.Mutex
	next     int
	hits     []*hits // by case; nil when not looked into
	checked  int
	failures int
	err      error // the first failure
	stopped  bool
}

// survey reads the observables of the cases, at most maxInFlight at once.
func (c Cases) survey(ctx context.Context, cases []stellarcyber.Case, w wanted) *survey {
	s := &survey{cases: cases, hits: make([]*hits, len(cases))}
	var workers sync.WaitGroup
	for range min(maxInFlight, len(cases)) {
		workers.Go(func() {
			for i, ok := s.take(); ok; i, ok = s.take() {
				values, err := c.observables(ctx, cases[i])
				if err != nil {
					s.fail(err)
					continue
				}
				h := w.newHits()
				for _, value := range values {
					h.value(value)
				}
				s.keep(i, h)
			}
		})
	}
	workers.Wait()
	return s
}

// observables returns what a case was seen to hold, from memory where that is fresh.
func (c Cases) observables(ctx context.Context, found stellarcyber.Case) ([]string, error) {
	if values, ok := c.seen.of(found); ok {
		return values, nil
	}
	observables, err := c.client.Observables(ctx, found.ID)
	if err != nil {
		return nil, err
	}
	var values []string
	for _, observable := range observables.Values() {
		values = append(values, observable.Value)
	}
	c.seen.keep(found, values)
	return values, nil
}

// take hands out the next case.
func (s *survey) take() (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped || s.next == len(s.cases) {
		return 0, false
	}
	s.next++
	return s.next - 1, true
}

func (s *survey) keep(i int, h *hits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[i] = h
	s.checked++
}

// fail notes a failure. One that all further calls would share stops the survey.
func (s *survey) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	s.failures++
	var (
		auth  *api.AuthError
		limit *api.RateLimitError
	)
	if s.failures >= maxFailures || errtype.As(err, &auth) || errtype.As(err, &limit) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		s.stopped = true
	}
}

func (s *survey) results(c Cases) []Result {
	var results []Result
	for i, found := range s.cases {
		if h := s.hits[i]; h != nil && h.count > 0 {
			results = append(results, c.result(found, h))
		}
	}
	return results
}

func (c Cases) result(found stellarcyber.Case, h *hits) Result {
	number := ""
	if found.TicketID != 0 {
		number = strconv.FormatInt(found.TicketID, 10)
	}
	return Result{
		Kind: KindCase, ProfileID: c.identity.ProfileID, Platform: c.identity.Platform,
		ID: found.ID, Number: number, Title: found.Name,
		Severity: found.Severity, Status: found.Status,
		Owner: found.AssigneeName, Tenant: found.TenantName,
		Score: found.Score, HasScore: true,
		CreatedAt: int64(found.CreatedAt), ModifiedAt: int64(found.ModifiedAt),
		Closed:  found.Closed != 0,
		Link:    c.client.Link(found.ID),
		Matched: h.matched(),
	}
}
