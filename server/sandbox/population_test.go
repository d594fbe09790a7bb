package sandbox

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/indicator"
)

func TestMixIsLossless(t *testing.T) {
	t.Parallel()
	for i := range uint64(10_000) {
		x := i * 0x9e3779b97f4a7c15
		require.Equal(t, x, unmix(mix(x)))
	}
}

// TestWholeDeployment is the vendor's own sample, 139,380 cases: quick to start, and
// small.
func TestWholeDeployment(t *testing.T) {
	const n = 139_380
	before := heap()
	began := time.Now()
	p, err := populate(0, n, 100, noon)
	require.NoError(t, err)
	c := newCaseStore(p, func() time.Time { return noon })
	started, size := time.Since(began), heap()-before
	began = time.Now()
	q, err := parseQuery("FROM~created_at=1&sort=case_score&order=desc&limit=500&skip=500")
	require.NoError(t, err)
	total, page := c.find(q)
	first := time.Since(began)
	began = time.Now()
	q.skip = 1000
	_, next := c.find(q)
	t.Logf("%d cases: started in %v, %.1f MB; a page %v, the next %v", n, started, float64(size)/1e6, first, time.Since(began))
	assert.Equal(t, n, total)
	assert.Len(t, page, 500)
	assert.GreaterOrEqual(t, page[499].Score, next[0].Score)
	assert.Less(t, size, int64(20_000_000), "bytes of all cases")
	runtime.KeepAlive(c)

	for _, at := range []int{0, 1, p.sampleAt - 1, p.sampleAt, p.sampleAt + 1, n - 1} {
		row := p.row(at)
		got, ok := c.get(row.ID)
		assert.True(t, ok)
		assert.Equal(t, row, got)
	}
	for _, id := range []CaseID{"", "x", "655459dba3149258cd73014c", "655459dba3149258cd73014b00", p.row(0).ID[:23] + "g"} {
		_, ok := c.get(id)
		assert.False(t, ok, id)
	}
	tickets := map[int64]bool{}
	var last int64
	for at := range n {
		var row caseRow
		p.facts(at, &row)
		require.False(t, tickets[row.TicketID])
		tickets[row.TicketID] = true
		require.GreaterOrEqual(t, row.CreatedAt, last, "oldest first")
		last = row.CreatedAt
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestCampaigns holds the truth of every page against what the wire says.
func TestCampaigns(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 2000})
	require.Equal(t, 100, s.Campaigns())
	scores := map[CaseID]float64{}
	for skip := 0; skip < 2000; skip += 500 {
		for _, one := range c.cases("?skip=" + itoa(skip)).Data.Cases {
			scores[one.ID] = one.Score
		}
	}
	for page := range s.Campaigns() {
		truth, ok := s.Campaign(page)
		require.True(t, ok)
		require.Len(t, truth.Cases, 3)
		require.Len(t, truth.Decoys, 3)
		var values []string
		shared := map[CaseID]int{}
		for _, i := range truth.Rare {
			values = append(values, i.Value)
			for _, id := range s.TruthFor([]string{i.Value}) {
				shared[id]++
			}
		}
		assert.Equal(t, map[CaseID]int{truth.Cases[0]: 5, truth.Cases[1]: 2, truth.Cases[2]: 1}, shared, "what is rare is nowhere else")
		for _, i := range truth.Common {
			holders := s.TruthFor([]string{i.Value})
			assert.Greater(t, len(holders), 100, "%s is common", i.Value)
			for _, decoy := range truth.Decoys {
				assert.Contains(t, holders, decoy)
				assert.GreaterOrEqual(t, scores[decoy], 68.0)
			}
		}
		// The engine finds all that is rare in the text.
		var found []string
		for _, i := range indicator.Scan(truth.Text, indicator.Options{}) {
			found = append(found, i.Value)
		}
		assert.Subset(t, found, values)
	}
	_, ok := s.Campaign(100)
	assert.False(t, ok)
	_, ok = s.Campaign(-1)
	assert.False(t, ok)
	_, err := New(t.Context(), Options{Cases: 50, Campaigns: 20})
	assert.Error(t, err)
}
