package stellarcyber

import (
	"os"
	"testing"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// model is an answer that is decoded.
type model interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	check() error
	MarshalEasyJSON(w *jwriter.Writer)
}

func encode(t testing.TB, m model) string {
	t.Helper()
	var w jwriter.Writer
	m.MarshalEasyJSON(&w)
	written, err := w.BuildBytes()
	require.NoError(t, err)
	return string(written)
}

// lawful seeds a target with all fixtures and more, and holds the law: no input
// panics, and what was understood is understood in the same way after it is written
// again. then looks into what was understood.
func lawful(f *testing.F, models func() []model, then func(*testing.T, model), more ...string) {
	f.Helper()
	entries, err := os.ReadDir(fixtures)
	require.NoError(f, err)
	for _, entry := range entries {
		f.Add([]byte(fixture(f, entry.Name())))
	}
	for _, seed := range more {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		again := models()
		for i, first := range models() {
			if api.Decode(data, first.UnmarshalEasyJSON, first.check) != nil {
				continue
			}
			written := encode(t, first)
			require.NoError(t, api.Decode([]byte(written), again[i].UnmarshalEasyJSON, again[i].check), "%s", written)
			require.Equal(t, first, again[i])
			if then != nil {
				then(t, first)
			}
		}
	})
}

func FuzzToken(f *testing.F) {
	lawful(f, func() []model { return []model{new(token)} }, nil, `{"access_token":"a","exp":1e9}`)
}

func FuzzCases(f *testing.F) {
	lawful(f, func() []model { return []model{new(casesAnswer), new(caseAnswer), new(incidentsAnswer)} }, func(_ *testing.T, m model) {
		if incidents, ok := m.(*incidentsAnswer); ok {
			for _, incident := range incidents.Data.Incidents {
				IncidentAlerts(incident)
			}
		}
	}, `{"data":{"total":2,"cases":[{"_id":"a","\u0000x":{"a":[]},"x":"\ud800"},{"_id":"b","tags":[null]}]}}`)
}

func FuzzAlerts(f *testing.F) {
	lawful(f, func() []model { return []model{new(alertsAnswer), new(hitsAnswer)} }, func(t *testing.T, m model) {
		switch m := m.(type) {
		case *alertsAnswer:
			for _, alert := range m.Data.Docs {
				alert.Event()
			}
		case *hitsAnswer:
			require.GreaterOrEqual(t, m.Hits.Total.count(), -1)
		}
	}, `{"data":{"docs":[{"_id":"a","_source":{"xdr_event":{"tactic":{"id":[]}},"event_score":1e400}}]}}`)
}

func FuzzDetails(f *testing.F) {
	lawful(f, func() []model {
		return []model{new(commentsAnswer), new(commentAnswer), new(activitiesAnswer), new(scoresAnswer), new(summaryAnswer), new(narrativeAnswer)}
	}, nil)
}

func FuzzLists(f *testing.F) {
	lawful(f, func() []model {
		return []model{new(tenantsAnswer), new(usersAnswer), new(userAnswer), new(rowsAnswer), new(rawObservablesAnswer)}
	}, nil)
}

// FuzzObservables has no law of writing: what is read there is never written.
func FuzzObservables(f *testing.F) {
	f.Add([]byte(fixture(f, "observables.json")))
	f.Add([]byte(`{"observables":{"hosts":{"192.0.2.7":{"a":["b"]}},"n":[1,true,null,""]}}`))
	f.Add([]byte(`{"observables":[["a"],{"b.c":"d"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var answer observablesAnswer
		if api.Decode(data, answer.UnmarshalEasyJSON, answer.check) != nil {
			return
		}
		require.LessOrEqual(t, len(answer.Observables.values), maxObservables)
		for _, observable := range answer.Observables.values {
			require.NotEmpty(t, observable.Value)
		}
	})
}
