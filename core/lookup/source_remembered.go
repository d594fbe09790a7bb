package lookup

import (
	"context"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/report"
)

// maxRecalled is for how many indicators answers are kept.
const maxRecalled = 5000

// Remembered asks a source for nothing twice in ten minutes: a look at the next page
// of the same story asks for what is new there alone. Answers are kept in memory, and
// only those that went to the end.
type Remembered struct {
	source Source
	memory *Memory
}

// Memory is what a Remembered keeps. It belongs to one profile and is safe for
// concurrent use.
type Memory struct {
	now func() time.Time

	mu   sync.Mutex
	kept map[report.Reference]recalled
}

type recalled struct {
	at      time.Time
	results []Result // those that hold the indicator; Matched has it alone
}

// NewMemory returns an empty memory.
func NewMemory(now func() time.Time) *Memory {
	return &Memory{now: now, kept: make(map[report.Reference]recalled)}
}

// NewRemembered returns a source that asks another for what memory does not have.
func NewRemembered(source Source, memory *Memory) Remembered { return Remembered{source, memory} }

// Identity implements Source.
func (r Remembered) Identity() SourceState { return r.source.Identity() }

// Find implements Source.
func (r Remembered) Find(ctx context.Context, asked []report.Reference) Finding {
	var (
		missing []report.Reference
		results []Result
		all     = Finding{Answered: make([]bool, len(asked)), State: StateAnswered}
		at      = make(map[report.Reference]int, len(asked))
	)
	for i, reference := range asked {
		at[reference] = i
		if known, ok := r.memory.of(reference); ok {
			all.Answered[i] = true
			results = append(results, known...)
			continue
		}
		missing = append(missing, reference)
	}
	if len(missing) > 0 {
		f := r.source.Find(ctx, missing)
		r.memory.keep(missing, f)
		results = append(results, f.Results...)
		all.State, all.Words, all.Checked, all.Total = f.State, f.Words, f.Checked, f.Total
		for i, answered := range f.Answered {
			all.Answered[at[missing[i]]] = answered
		}
	}
	all.Results = united(results, at)
	if all.State == StateFailed && len(all.Results) > 0 {
		all.State = StatePartial
	}
	return all
}

// united makes one result of those about the same thing.
func united(results []Result, order map[report.Reference]int) []Result {
	var all []Result
	byID := make(map[string]int)
	for _, r := range results {
		key := r.Kind + "|" + r.ID
		i, ok := byID[key]
		if !ok {
			i = len(all)
			byID[key] = i
			all = append(all, r)
			all[i].Matched = nil
		}
		for _, reference := range r.Matched {
			if _, asked := order[reference]; asked && !holds(all[i].Matched, reference) {
				all[i].Matched = append(all[i].Matched, reference)
			}
		}
	}
	return all
}

func holds(list []report.Reference, one report.Reference) bool {
	for _, reference := range list {
		if reference == one {
			return true
		}
	}
	return false
}

// Forget empties the memory: what the platform knows has changed.
func (m *Memory) Forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.kept)
}

func (m *Memory) of(reference report.Reference) ([]Result, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.kept[reference]
	return known.results, ok && m.stands(known)
}

// stands reports whether an answer is young enough. One of the future is not: the
// clock was set back.
func (m *Memory) stands(known recalled) bool {
	age := m.now().Sub(known.at)
	return age >= 0 && age <= freshness
}

// keep remembers what went to the end. When there is no room all is forgotten.
func (m *Memory) keep(asked []report.Reference, f Finding) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.kept)+len(asked) > maxRecalled {
		clear(m.kept)
	}
	for i, reference := range asked {
		if i >= len(f.Answered) || !f.Answered[i] || len(m.kept) == maxRecalled {
			continue
		}
		known := recalled{at: m.now()}
		for _, r := range f.Results {
			if holds(r.Matched, reference) {
				r.Matched = []report.Reference{reference}
				known.results = append(known.results, r)
			}
		}
		m.kept[reference] = known
	}
}
