package station_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

func TestMigrate(t *testing.T) {
	t.Parallel()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "station.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	s := station.New(station.Config{DB: db})
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() { assert.NoError(t, s.Migrate(t.Context()), "at once by several") })
	}
	group.Wait()
	require.NoError(t, s.Migrate(t.Context()), "again")

	_, err = db.ExecContext(t.Context(), `INSERT INTO migrations (step, done) VALUES (99, 0)`)
	require.NoError(t, err)
	require.ErrorContains(t, s.Migrate(t.Context()), "use a newer one")
}

// Of a hundred submissions of one external id at the same moment one is filed.
func TestSameExternalIDConcurrently(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	body := report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "externalTrackingId": "one"})
	replies := make([]reply, 100)
	var group sync.WaitGroup
	for i := range replies {
		group.Go(func() { replies[i] = send(t, "POST", f.url+"/api/1.3/reports", token, body) })
	}
	group.Wait()
	filed := 0
	for _, got := range replies {
		if got.status == 200 {
			filed++
			continue
		}
		assert.Equal(t, 400, got.status, got.body)
		assert.Contains(t, got.field(t, "message"), "already exists")
	}
	assert.Equal(t, 1, filed)
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM reports`))
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM mentions`))
}

// Under one idempotency key all get the one answer.
func TestSameKeyConcurrently(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	body := fmt.Sprintf(`{"incidentReport":{"title":"T","reportBody":"203.0.113.7 %s","distributionType":"ENCLAVE","externalTrackingId":"e1"},"enclaveIds":[%q]}`,
		"CVE-2026-99017", f.intel.ID)
	replies := make([]reply, 100)
	var group sync.WaitGroup
	for i := range replies {
		group.Go(func() {
			replies[i] = send(t, "POST", f.url+"/api/1.2/report", token, body, "Idempotency-Key", "key")
		})
	}
	group.Wait()
	for _, got := range replies {
		require.Equal(t, 200, got.status, got.body)
		require.Equal(t, replies[0].body, got.body)
	}
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM reports`))
}

// The index tables follow the reports.
func TestDerivedRows(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	for i := range 5 {
		got := send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{
			"enclaveIds": []string{f.intel.ID, f.shared.ID, f.intel.ID}, "externalTrackingId": fmt.Sprint("r", i),
			"reportBody": fmt.Sprintf("203.0.113.%d https://host.example.com/Path https://host.example.com/path", i),
		}))
		require.Equal(t, 200, got.status, got.body)
	}
	assert.Equal(t, 10, count(t, f, `SELECT count(*) FROM report_enclaves`))
	rows := count(t, f, `SELECT count(*) FROM mentions`)
	assert.Positive(t, rows)
	assert.Zero(t, rows%5)
	for i := range 5 {
		require.Equal(t, 200, send(t, "DELETE", fmt.Sprintf("%s/api/1.3/reports/r%d?idType=external", f.url, i), token, "").status)
	}
	assert.Zero(t, count(t, f, `SELECT (SELECT count(*) FROM report_enclaves) + (SELECT count(*) FROM mentions)`))
}

// Ranges are inclusive at both ends, about the last update, and at most two weeks long.
func TestReportsByTime(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	submit := func(id string) {
		got := send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{
			"enclaveIds": []string{f.intel.ID}, "externalTrackingId": id, "timeBegan": "2001-01-01T00:00:00Z",
		}))
		require.Equal(t, 200, got.status, got.body)
	}
	at := func(day int) int64 { return start.AddDate(0, 0, day).UnixMilli() }
	submit("day0")
	f.clock.advance(10 * 24 * time.Hour)
	token = f.bearer(t, f.analyst)
	submit("day10")
	f.clock.advance(10 * 24 * time.Hour)
	token = f.bearer(t, f.analyst)
	submit("day20")
	for _, c := range []struct{ query, want string }{
		{"", "day20 day10 day0"},
		{fmt.Sprintf("?from=%d&to=%d", at(0), at(10)), "day10 day0"},
		{fmt.Sprintf("?from=%d&to=%d", at(0)+1, at(10)-1), ""},
		{fmt.Sprintf("?from=%d&to=%d", at(0), at(20)), "day20 day10"},
		{fmt.Sprintf("?to=%d", at(10)), "day10 day0"},
		{fmt.Sprintf("?from=%d", at(0)), "day20 day10"},
		{"?pageSize=2", "day20 day10"},
		{"?pageSize=2&pageNumber=1", "day0"},
	} {
		got := send(t, "GET", f.url+"/api/1.3/reports"+c.query, token, "")
		require.Equal(t, 200, got.status, got.body)
		var ids []string
		for rest := got.body; ; {
			_, after, found := strings.Cut(rest, `"externalTrackingId":"`)
			if !found {
				break
			}
			id, tail, _ := strings.Cut(after, `"`)
			ids, rest = append(ids, id), tail
		}
		assert.Equal(t, c.want, strings.Join(ids, " "), c.query)
	}
}

// Pages hold bodies up to a bound; beyond it they are null, never cut.
func TestPageOfLargeReports(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	large := "203.0.113.7 " + strings.Repeat("prose without an end ", 85_000)
	for range 4 {
		got := send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "reportBody": large}))
		require.Equal(t, 200, got.status, got.body)
	}
	got := send(t, "GET", f.url+"/api/1.3/reports/correlated?indicators=203.0.113.7", token, "")
	assert.Less(t, len(got.body), 8<<20)
	assert.Equal(t, 2, strings.Count(got.body, `"reportBody":null`))
	assert.Equal(t, 4, strings.Count(got.body, `"title":"A title"`))
}

func TestUsersAndEnclavesAreChecked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, err := f.station.CreateUser(t.Context(), station.NewUser{Company: " ", Name: "x"})
	require.Error(t, err)
	_, err = f.station.CreateEnclave(t.Context(), station.NewEnclave{Company: "c"})
	require.Error(t, err)
	_, err = f.station.CreateEnclave(t.Context(), station.NewEnclave{Company: "c", Name: "n", Type: "COMMUNITY"})
	require.Error(t, err, "there is one Community")
	require.Error(t, f.station.Grant(t.Context(), "nobody", f.intel.ID, station.Permissions{}))
	again, err := f.station.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Intel"})
	require.NoError(t, err)
	assert.Equal(t, f.intel.ID, again.ID)
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v", f.analyst, f.analyst, f.analyst), f.analyst.Secret.Reveal())
}
