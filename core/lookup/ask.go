package lookup

import (
	"context"
	"sync"

	"github.com/sightline-sec/sightline/core/report"
)

// MaxAsked is how many indicators one look-up may ask for: as many as a report may hold.
const MaxAsked = report.MaxIndicators

// Ask puts the indicators to all sources at once and returns when the last has
// answered or failed. It fails only when ctx ends: whatever befalls a source is in
// the answer. Indicators that are asked twice are asked once; those above MaxAsked
// are in none of the answer's lists. library says how rare they are; nil is one that
// has nothing.
func Ask(ctx context.Context, sources []Source, asked []report.Reference, library *Library) (Answer, error) {
	asked = distinct(asked)
	findings := make([]Finding, len(sources))
	states := make([]SourceState, len(sources))
	var wait sync.WaitGroup
	for i, source := range sources {
		wait.Go(func() {
			ctx, calls := counted(ctx)
			findings[i] = source.Find(ctx, asked)
			states[i] = stateOf(source.Identity(), findings[i], calls.count())
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	return merge(asked, findings, states, library.census(keysOf(asked))), nil
}

func stateOf(identity SourceState, f Finding, calls int) SourceState {
	identity.State, identity.Words = f.State, f.Words
	identity.Checked, identity.Total = f.Checked, f.Total
	identity.Calls = calls
	identity.Indexed, identity.IndexState, identity.AsOf = f.Index != "", f.Index, f.AsOf
	return identity
}

// merge makes one answer of all findings.
func merge(asked []report.Reference, findings []Finding, states []SourceState, c census) Answer {
	answer := Answer{Sources: states}
	known := make(map[report.Reference]bool)
	near := make(map[report.Reference]bool)
	for _, finding := range findings {
		if finding.Index == "" {
			c.total += len(finding.Results) // the index does not count them
		}
		for _, result := range finding.Results {
			if result.Matches == nil {
				for _, reference := range result.Matched {
					result.Matches = append(result.Matches, Match{Indicator: reference, Kind: MatchExact})
				}
			}
			for _, reference := range result.Matched {
				known[reference] = true
			}
			for i := range result.Matches {
				near[result.Matches[i].Indicator] = true
			}
			answer.Results = append(answer.Results, result)
		}
	}
	for i, reference := range asked {
		switch {
		case known[reference]:
			answer.Known = append(answer.Known, reference)
		case near[reference]:
			answer.Near = append(answer.Near, reference)
		case answeredByAll(findings, i):
			answer.New = append(answer.New, reference)
		}
	}
	answer.Results = rank(answer.Results, asked, c)
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
