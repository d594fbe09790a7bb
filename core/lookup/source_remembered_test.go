//go:build !js

package lookup_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

// oracle knows one report that holds rare and common, and notes what it is asked.
type oracle struct {
	asked   [][]report.Reference
	partial bool
}

func (o *oracle) Identity() lookup.SourceState { return lookup.SourceState{ProfileID: "t"} }

func (o *oracle) Find(_ context.Context, asked []report.Reference) lookup.Finding {
	o.asked = append(o.asked, asked)
	f := lookup.Finding{State: lookup.StateAnswered}
	r := lookup.Result{Kind: lookup.KindReport, ProfileID: "t", ID: "1"}
	for _, reference := range asked {
		f.Answered = append(f.Answered, !o.partial)
		if reference != unheard {
			r.Matched = append(r.Matched, reference)
		}
	}
	if len(r.Matched) > 0 {
		f.Results = []lookup.Result{r}
	}
	if o.partial {
		f.State, f.Words = lookup.StatePartial, "cut"
	}
	return f
}

func TestNothingIsAskedTwiceInTenMinutes(t *testing.T) {
	t.Parallel()
	at := now
	o := &oracle{}
	source := lookup.NewRemembered(o, lookup.NewMemory(func() time.Time { return at }))
	first := ask(t, source)
	assert.Equal(t, []report.Reference{rare, common}, first.Known)
	assert.Equal(t, first, ask(t, source))
	assert.Len(t, o.asked, 1)

	other := ip("198.51.100.9")
	f := source.Find(t.Context(), []report.Reference{other, rare})
	assert.Equal(t, []report.Reference{other}, o.asked[1], "what is new on the next page")
	assert.Len(t, f.Results, 1, "one report")
	assert.ElementsMatch(t, []report.Reference{rare, other}, f.Results[0].Matched)
	assert.Equal(t, []bool{true, true}, f.Answered)

	at = now.Add(11 * time.Minute)
	ask(t, source)
	assert.Len(t, o.asked, 3)
	at = now.Add(-time.Hour)
	ask(t, source)
	assert.Len(t, o.asked, 4, "the clock was turned back")
}

func TestHalfAnAnswerIsNotRemembered(t *testing.T) {
	t.Parallel()
	o := &oracle{partial: true}
	source := lookup.NewRemembered(o, lookup.NewMemory(func() time.Time { return now }))
	first := ask(t, source)
	assert.Empty(t, first.New)
	assert.Equal(t, "cut", first.Sources[0].Words)
	ask(t, source)
	assert.Len(t, o.asked, 2)
}
