package lookup

import (
	"cmp"
	"context"
	"sync"

	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/report"
)

// MaxAsked is how many indicators one look-up may ask for: as many as a report may hold.
const MaxAsked = report.MaxIndicators

// Ask puts the indicators to all sources at once and returns when the last has
// answered or failed. It fails only when ctx ends: whatever befalls a source is in
// the answer. Indicators that are asked twice are asked once; those above MaxAsked
// are in neither Known nor New.
func Ask(ctx context.Context, sources []Source, asked []report.Reference) (Answer, error) {
	asked = distinct(asked)
	findings := make([]Finding, len(sources))
	states := make([]SourceState, len(sources))
	var wait sync.WaitGroup
	for i, source := range sources {
		wait.Go(func() {
			calls := new(counter)
			findings[i] = source.Find(context.WithValue(ctx, countKey{}, calls), asked)
			states[i] = stateOf(source.Identity(), findings[i], calls.count())
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	return merge(asked, findings, states), nil
}

func stateOf(identity SourceState, f Finding, calls int) SourceState {
	identity.State, identity.Words = f.State, f.Words
	identity.Checked, identity.Total = f.Checked, f.Total
	identity.Calls = calls
	return identity
}

// merge makes one answer of all findings.
func merge(asked []report.Reference, findings []Finding, states []SourceState) Answer {
	answer := Answer{Sources: states}
	known := make(map[report.Reference]int) // → how many results hold it
	for _, finding := range findings {
		for _, result := range finding.Results {
			answer.Results = append(answer.Results, result)
			for _, reference := range result.Matched {
				known[reference]++
			}
		}
	}
	for i, reference := range asked {
		switch {
		case known[reference] > 0:
			answer.Known = append(answer.Known, reference)
		case answeredByAll(findings, i):
			answer.New = append(answer.New, reference)
		}
	}
	order(answer.Results, known)
	return answer
}

func answeredByAll(findings []Finding, i int) bool {
	for _, finding := range findings {
		if i >= len(finding.Answered) || !finding.Answered[i] {
			return false
		}
	}
	return len(findings) > 0
}

// order sorts results as they should be read: first what shares the rarest and the
// most indicators, for an address that stands in every case says little; then the
// platform's own score, then what changed last. The rest only makes it total.
func order(results []Result, held map[report.Reference]int) {
	weights := make(map[string]float64, len(results))
	weigh := func(r Result) float64 {
		key := r.ProfileID + "|" + r.Kind + "|" + r.ID
		weight, ok := weights[key]
		if !ok {
			for _, reference := range r.Matched {
				weight += 1 / float64(held[reference])
			}
			weights[key] = weight
		}
		return weight
	}
	ordered := make([]Result, 0, len(results))
	for _, i := range sorting.Order(len(results), func(i, j int) bool {
		a, b := results[i], results[j]
		return cmp.Or(
			cmp.Compare(weigh(b), weigh(a)),
			compareScores(b, a),
			cmp.Compare(max(b.ModifiedAt, b.CreatedAt), max(a.ModifiedAt, a.CreatedAt)),
			cmp.Compare(a.Platform, b.Platform),
			cmp.Compare(a.ProfileID, b.ProfileID),
			cmp.Compare(a.ID, b.ID),
		) < 0
	}) {
		ordered = append(ordered, results[i])
	}
	copy(results, ordered)
}

// compareScores puts a result with a score before one without.
func compareScores(a, b Result) int {
	score := func(r Result) float64 {
		if !r.HasScore {
			return -1
		}
		return r.Score
	}
	return cmp.Compare(score(a), score(b))
}

func distinct(asked []report.Reference) []report.Reference {
	seen := make(map[report.Reference]bool, len(asked))
	kept := make([]report.Reference, 0, len(asked))
	for _, reference := range asked {
		if reference.Value == "" || seen[reference] {
			continue
		}
		seen[reference] = true
		if kept = append(kept, reference); len(kept) == MaxAsked {
			break
		}
	}
	return kept
}
