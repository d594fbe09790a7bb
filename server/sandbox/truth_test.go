package sandbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/testdata"
)

// TestTruthIsWhatTheWireSays reads every case's observables and compares.
func TestTruthIsWhatTheWireSays(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 260})
	bodies := map[CaseID]string{}
	for _, one := range c.cases("").Data.Cases {
		bodies[one.ID] = strings.ToLower(string(c.get("/cases/" + string(one.ID) + "/observables")))
	}
	campaigns, err := testdata.Campaigns()
	require.NoError(t, err)
	for _, campaign := range campaigns {
		known := 0
		for _, i := range campaign.Indicators {
			var want []CaseID
			quoted := `"` + strings.ReplaceAll(strings.ToLower(i.Value), `\`, `\\`) + `"`
			for id, body := range bodies {
				if strings.Contains(body, quoted) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			got := s.TruthFor([]string{i.Value})
			assert.ElementsMatch(t, want, got, i.Value)
			known += min(len(got), 1)
		}
		assert.GreaterOrEqual(t, known, len(campaign.Indicators)/2, campaign.Name)
	}
	assert.Empty(t, s.TruthFor(nil))
	assert.Empty(t, s.TruthFor([]string{"192.0.2.255", ""}))
}

// TestPlantsShareThreeToSix says what the journey's related cases rest on.
func TestPlantsShareThreeToSix(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{Cases: 400})
	campaigns, err := testdata.Campaigns()
	require.NoError(t, err)
	for _, campaign := range campaigns {
		shared := map[CaseID]int{}
		for _, i := range campaign.Indicators {
			for _, id := range s.TruthFor([]string{i.Value}) {
				shared[id]++
			}
		}
		many := 0
		for id, n := range shared {
			assert.LessOrEqual(t, n, 6, id)
			if n >= 3 {
				many++
			}
		}
		assert.GreaterOrEqual(t, many, 5, campaign.Name)
	}
}

func TestTruthWithin(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 600})
	values := []string{"203.0.113.47", "198.51.100.77", "198.18.0.3"}
	all := s.TruthFor(values)
	month := noon.Add(-30 * 24 * time.Hour)
	var top []CaseID
	for _, one := range c.cases("?FROM~created_at=" + itoa(int(month.UnixMilli())) + "&sort=case_score&order=desc&limit=90").Data.Cases {
		if slices.Contains(all, one.ID) {
			top = append(top, one.ID)
		}
	}
	got, err := s.TruthWithin(t.Context(), values, Within{CreatedFrom: month, Top: 90})
	require.NoError(t, err)
	assert.ElementsMatch(t, top, got)
	assert.NotEmpty(t, got)
	assert.Less(t, len(got), len(all))
}

func TestMissesAreMisses(t *testing.T) {
	t.Parallel()
	campaigns, err := testdata.Campaigns()
	require.NoError(t, err)
	planted := map[string]bool{}
	for _, c := range campaigns {
		for _, i := range c.Indicators {
			assert.False(t, planted[i.Value], "twice: %s", i.Value)
			planted[i.Value] = true
		}
	}
	for value := range planted {
		for _, c := range campaigns {
			for _, i := range c.Indicators {
				assert.NotEqual(t, value, miss(i).Value)
			}
		}
	}
}
