package lookup_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

func ip(value string) report.Reference { return report.Reference{Type: "ipv4", Value: value} }

var (
	rare    = ip("198.51.100.1")
	common  = ip("198.51.100.2")
	unheard = ip("198.51.100.3")
	asked   = []report.Reference{rare, common, unheard}
)

// shelf is a source that has its finding ready.
type shelf struct {
	id      string
	finding lookup.Finding
}

func (s shelf) Identity() lookup.SourceState {
	return lookup.SourceState{ProfileID: s.id, Platform: "shelf", Name: s.id}
}

func (s shelf) Find(context.Context, []report.Reference) lookup.Finding { return s.finding }

func answered(results ...lookup.Result) lookup.Finding {
	return lookup.Finding{State: lookup.StateAnswered, Answered: []bool{true, true, true}, Results: results}
}

func result(id string, score float64, modified int64, matched ...report.Reference) lookup.Result {
	return lookup.Result{ProfileID: "p", ID: id, Score: score, HasScore: score > 0, ModifiedAt: modified, Matched: matched}
}

func ask(t *testing.T, sources ...lookup.Source) lookup.Answer {
	t.Helper()
	answer, err := lookup.Ask(t.Context(), sources, asked, nil)
	require.NoError(t, err)
	return answer
}

func TestNewNeedsEverySource(t *testing.T) {
	t.Parallel()
	failed := lookup.Unavailable{State: lookup.SourceState{ProfileID: "x"}, Cause: &api.NetworkError{}}
	knows := shelf{"a", answered(result("1", 0, 0, rare))}
	silent := shelf{"b", answered()}
	partial := shelf{"c", lookup.Finding{State: lookup.StatePartial, Answered: []bool{false, true, false}}}
	short := shelf{"d", lookup.Finding{State: lookup.StateAnswered}} // forgot to say what it looked for

	for name, tt := range map[string]struct {
		sources    []lookup.Source
		known, new []report.Reference
	}{
		"nobody asked":         {nil, nil, nil},
		"all answered":         {[]lookup.Source{knows, silent}, []report.Reference{rare}, []report.Reference{common, unheard}},
		"one failed":           {[]lookup.Source{knows, failed}, []report.Reference{rare}, nil},
		"only failures":        {[]lookup.Source{failed}, nil, nil},
		"one answered in part": {[]lookup.Source{silent, partial}, nil, []report.Reference{common}},
		"one does not say":     {[]lookup.Source{silent, short}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := ask(t, tt.sources...)
			assert.Equal(t, tt.known, answer.Known)
			assert.Equal(t, tt.new, answer.New)
			assert.Len(t, answer.Sources, len(tt.sources))
		})
	}
}

func TestFailedSourceSaysSo(t *testing.T) {
	t.Parallel()
	answer := ask(t, lookup.Unavailable{
		State: lookup.SourceState{ProfileID: "x", Platform: "trustar", Name: "Team"},
		Cause: &api.AuthError{Message: "Bad credentials"},
	})
	assert.Equal(t, lookup.SourceState{
		ProfileID: "x", Platform: "trustar", Name: "Team", State: lookup.StateFailed,
		Words: "The platform refuses the key or secret: “Bad credentials”. Enter them again in the options.",
	}, answer.Sources[0])
}

func TestOrder(t *testing.T) {
	t.Parallel()
	results := []lookup.Result{
		result("both", 10, 1, rare, common),
		result("rare", 1, 1, rare),
		result("high", 90, 1, common),
		result("new", 50, 9, common),
		result("old", 50, 2, common),
		result("tie-a", 50, 1, common),
		result("tie-b", 50, 1, common),
		result("unscored", 0, 99, common),
	}
	want := []string{"both", "rare", "high", "new", "old", "tie-a", "tie-b", "unscored"}
	for range 20 {
		rand.Shuffle(len(results), func(i, j int) { results[i], results[j] = results[j], results[i] })
		var got []string
		for _, r := range ask(t, shelf{"a", answered(slices.Clone(results)...)}).Results {
			got = append(got, r.ID)
		}
		assert.Equal(t, want, got, "whatever the order of arrival")
	}
}

func TestAskedTwiceIsAskedOnce(t *testing.T) {
	t.Parallel()
	spy := &spy{}
	_, err := lookup.Ask(t.Context(), []lookup.Source{spy}, []report.Reference{rare, rare, {}, common, rare}, nil)
	require.NoError(t, err)
	assert.Equal(t, []report.Reference{rare, common}, spy.asked)
}

type spy struct{ asked []report.Reference }

func (s *spy) Identity() lookup.SourceState { return lookup.SourceState{} }

func (s *spy) Find(_ context.Context, asked []report.Reference) lookup.Finding {
	s.asked = asked
	return lookup.Finding{}
}

func TestCancelledAskHasNoAnswer(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := lookup.Ask(ctx, []lookup.Source{shelf{"a", answered()}}, asked, nil)
	require.ErrorIs(t, err, context.Canceled)
}
