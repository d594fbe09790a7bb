package station_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
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

// Of changes at the same time none is lost: tags add up, appended texts are all there.
func TestConcurrentChanges(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	got := send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "externalTrackingId": "one"}))
	require.Equal(t, 200, got.status)
	const writers = 12
	var group sync.WaitGroup
	refused := make([]int, writers)
	for i := range writers {
		group.Go(func() {
			tag := fmt.Sprintf(`{"addedTags":[{"name":"tag-%02d"}]}`, i)
			assert.Equal(t, 200, send(t, "POST", f.url+"/api/1.3/reports/"+got.body+"/alter-tags", token, tag).status)
		})
		group.Go(func() {
			body := fmt.Sprintf(`{"reportBody":"appended 198.18.0.%d","externalTrackingId":"one","enclaveIds":[%q]}`, i+1, f.intel.ID)
			answered := send(t, "POST", f.url+"/api/1.3/reports/upsert?idType=external&mode=APPEND", token, body)
			if answered.status == 503 {
				refused[i]++ // it says that nothing was changed
				return
			}
			assert.Equal(t, 200, answered.status, answered.body)
			assert.Equal(t, got.body, answered.body)
		})
	}
	group.Wait()
	after := send(t, "GET", f.url+"/api/1.3/reports/"+got.body, token, "")
	for i := range writers {
		assert.Equal(t, 1-refused[i], strings.Count(after.body, fmt.Sprintf(`appended 198.18.0.%d"`, i+1))+
			strings.Count(after.body, fmt.Sprintf(`appended 198.18.0.%d\n`, i+1)), i)
	}
	assert.Equal(t, writers, strings.Count(send(t, "GET", f.url+"/api/1.3/reports/"+got.body+"/tags", token, "").body, `"guid":"tag-`))
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM reports`))
}

// Of upserts of one external id at the same moment one creates and all others change.
func TestConcurrentUpserts(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	const writers = 10
	replies := make([]reply, writers)
	var group sync.WaitGroup
	for i := range replies {
		group.Go(func() {
			replies[i] = send(t, "POST", f.url+"/api/2.0/submissions/events/upsert", token,
				fmt.Sprintf(`{"title":"T%d","content":"198.18.0.1","externalId":"e","enclaveGuid":%q}`, i, f.intel.ID))
		})
	}
	group.Wait()
	versions := map[string]bool{}
	for _, got := range replies {
		if got.status != 503 {
			require.Equal(t, 200, got.status, got.body)
			assert.Equal(t, uuids.FindString(replies[0].body), uuids.FindString(got.body))
			assert.False(t, versions[got.field(t, "submissionVersion")], "each change has a version of its own")
			versions[got.field(t, "submissionVersion")] = true
		}
	}
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM reports`))
	assert.Equal(t, len(versions), count(t, f, `SELECT version FROM reports`))
}

// TestEveryStatementOfAChangeFails lets the first statement of a change fail, then the
// second, and so on: the report is as before or as after, its index fits, and repeating
// the change brings it to the end.
func TestEveryStatementOfAChangeFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, call, body string }{
		{"update", "PUT /api/1.3/reports/{id}", `{"title":"After","reportBody":"198.18.0.2"}`},
		{"upsert", "POST /api/1.3/reports/upsert?idType=external", `{"title":"After","reportBody":"198.18.0.2","externalTrackingId":"x","enclaveIds":["{intel}"]}`},
		{"move", "POST /api/1.3/reports/move/{id}?destEnclaveId={shared}", ""},
		{"alter tags", "POST /api/1.3/reports/{id}/alter-tags", `{"addedTags":[{"name":"a"}]}`},
		{"indicators", "POST /api/1.3/indicators", `{"enclaveIds":["{intel}"],"content":[{"value":"198.18.0.3","sightings":5,"notes":"n"}],"tags":[{"name":"t","enclaveId":"{intel}"}]}`},
		{"whitelist", "POST /api/1.3/whitelist", `["198.18.0.4"]`},
		{"event", "POST /api/2.0/submissions/events/upsert", `{"title":"After","content":"198.18.0.5","externalId":"y","enclaveGuid":"{intel}"}`},
		{"delete", "DELETE /api/1.3/reports/{id}", ""},
	} {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(c.name, " after ", after), func(t *testing.T) {
				t.Parallel()
				path := filepath.Join(t.TempDir(), "station.db")
				plain, err := sqlite.Open(path)
				require.NoError(t, err)
				defer plain.Close()
				s := station.New(station.Config{DB: plain, Now: fixedClock})
				require.NoError(t, s.Migrate(t.Context()))
				people := settle(t, s)
				plan := &failing{Connector: file{plain.Driver(), path}, cause: errors.New("disk I/O error"), after: after}
				plan.left.Store(-1)
				db := sql.OpenDB(plan)
				defer db.Close()
				server := httptest.NewServer(station.New(station.Config{DB: db, Now: fixedClock}))
				defer server.Close()
				token := bearer(t, server.URL, people.analyst)
				fingerprint := func(report string) string {
					var state string
					require.NoError(t, plain.QueryRowContext(t.Context(), `SELECT coalesce((SELECT title || body || enclaves || tags FROM reports WHERE id = ?1), 'gone')
	|| (SELECT count(*) FROM reports) || (SELECT count(*) FROM submitted) || coalesce((SELECT notes || sightings FROM submitted), '')
	|| (SELECT count(*) FROM indicator_tags) || (SELECT count(*) FROM safelisted)`, report).Scan(&state))
					var wrong int
					require.NoError(t, plain.QueryRowContext(t.Context(), `SELECT
	(SELECT count(*) FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM reports r, json_each(r.indicators) i WHERE r.id = m.report_id AND json_extract(i.value, '$.value') = m.value))
	+ (SELECT count(*) FROM reports r, json_each(r.indicators) i WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.report_id = r.id AND m.value = json_extract(i.value, '$.value')))
	+ (SELECT count(*) FROM reports r, json_each(r.enclaves) e WHERE NOT EXISTS (SELECT 1 FROM report_enclaves re WHERE re.report_id = r.id AND re.enclave_id = e.value))
	+ (SELECT count(*) FROM report_enclaves re WHERE NOT EXISTS (SELECT 1 FROM reports r, json_each(r.enclaves) e WHERE r.id = re.report_id AND e.value = re.enclave_id))`).Scan(&wrong))
					assert.Zero(t, wrong, "the index differs from the reports")
					return state
				}
				var done string
				for n := int64(1); ; n++ {
					require.Less(t, n, int64(25))
					for _, table := range []string{"reports", "submitted", "indicator_tags", "safelisted"} {
						_, err := plain.ExecContext(t.Context(), `DELETE FROM `+table)
						require.NoError(t, err)
					}
					filed := send(t, "POST", server.URL+"/api/1.3/reports", token, report13(map[string]any{
						"title": "Before", "reportBody": "198.18.0.1", "enclaveIds": []string{people.intel.ID}, "externalTrackingId": "x",
					}))
					require.Equal(t, 200, filed.status, filed.body)
					change := func() reply {
						replacer := strings.NewReplacer("{id}", filed.body, "{intel}", people.intel.ID, "{shared}", people.shared.ID)
						method, address, _ := strings.Cut(replacer.Replace(c.call), " ")
						return send(t, method, server.URL+address, token, replacer.Replace(c.body))
					}
					before := fingerprint(filed.body)
					plan.left.Store(n)
					got := change()
					failed := plan.left.Load() <= 0
					plan.left.Store(-1)
					if !failed {
						require.Equal(t, 200, got.status, got.body)
						require.NotEqual(t, before, fingerprint(filed.body))
						if done != "" {
							require.Equal(t, done, fingerprint(filed.body))
						}
						t.Logf("%d statements", n-1)
						return
					}
					assert.Equal(t, 500, got.status, got.body)
					fingerprint(filed.body)
					again := change()
					if again.status != 200 {
						assert.True(t, after && c.name == "delete", again.body) // it was deleted the first time
					}
					if done == "" {
						done = fingerprint(filed.body)
					}
					assert.Equal(t, done, fingerprint(filed.body), "statement %d", n)
				}
			})
		}
	}
}

// Walking back in time by the last item's update, as the vendor's client does, meets every
// report of a month once, two weeks and 25 reports at a time.
func TestShrinkingWindow(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	want := map[string]bool{}
	for range 70 {
		f.clock.advance(10 * time.Hour)
		got := send(t, "POST", f.url+"/api/1.3/reports", f.bearer(t, f.analyst), report13(map[string]any{"enclaveIds": []string{f.intel.ID}}))
		require.Equal(t, 200, got.status)
		want[got.body] = true
	}
	token := f.bearer(t, f.analyst)
	from, to, seen, requests := start.UnixMilli(), f.clock.Now().UnixMilli(), map[string]bool{}, 0
	for to >= from {
		got := send(t, "GET", fmt.Sprintf("%s/api/1.3/reports?from=%d&to=%d&distributionType=COMMUNITY", f.url, from, to), token, "")
		require.Equal(t, 200, got.status)
		requests++
		require.Less(t, requests, 60)
		var page struct {
			Items []struct {
				ID      string
				Updated int64
			}
		}
		require.NoError(t, json.Unmarshal([]byte(got.body), &page))
		if len(page.Items) == 0 {
			to -= 24 * 60 * 60 * 1000
			continue
		}
		for _, item := range page.Items {
			assert.LessOrEqual(t, item.Updated, to)
			assert.False(t, seen[item.ID], "met twice")
			seen[item.ID] = true
		}
		to = page.Items[len(page.Items)-1].Updated - 1
	}
	assert.Equal(t, want, seen)
	t.Logf("%d reports in %d requests", len(seen), requests)
}

// Strict refuses what the vendor's pages do not allow.
func TestStrict(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *station.Config) { c.Strict = true })
	token := f.bearer(t, f.analyst)
	two := []string{f.intel.ID, f.shared.ID}
	assert.Equal(t, 400, send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": two})).status)
	got := send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": two[:1], "externalUrl": "https://blog.example/a"}))
	require.Equal(t, 200, got.status, got.body)
	for _, c := range []struct {
		body   map[string]any
		status int
	}{
		{map[string]any{"title": nil, "enclaveIds": two[:1]}, 400},
		{map[string]any{"reportBody": nil, "enclaveIds": two[:1]}, 400},
		{map[string]any{}, 400},
		{map[string]any{"enclaveIds": two}, 400},
		{map[string]any{"enclaveIds": two[:1], "externalUrl": nil}, 200},
	} {
		answered := send(t, "PUT", f.url+"/api/1.3/reports/"+got.body, token, report13(c.body))
		assert.Equal(t, c.status, answered.status, "%v %s", c.body, answered.body)
	}
	assert.Contains(t, send(t, "GET", f.url+"/api/1.3/reports/"+got.body, token, "").body, `"externalUrl":null`, "null erases")
	body := fmt.Sprintf(`{"incidentReport":{"title":"T","reportBody":"x","distributionType":"ENCLAVE"},"enclaveIds":[%q,%q]}`, two[0], two[1])
	assert.Equal(t, 200, send(t, "POST", f.url+"/api/1.2/report", token, body).status, "1.2 has reports in several enclaves")
}

// Ten thousand indicators go in at once, one more does not; all of them come out again.
func TestManyIndicators(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	content := make([]map[string]any, 10_001)
	for i := range content {
		content[i] = map[string]any{"value": fmt.Sprintf("h%d.example-many.com", i), "notes": strings.Repeat("n", 60)}
	}
	submit := func(n int) reply {
		body, err := json.Marshal(map[string]any{
			"enclaveIds": []string{f.intel.ID, f.shared.ID}, "content": content[:n], "tags": []map[string]any{{"name": "many", "enclaveId": f.intel.ID}},
		})
		require.NoError(t, err)
		return send(t, "POST", f.url+"/api/1.3/indicators", token, string(body))
	}
	assert.Equal(t, 413, submit(10_001).status)
	assert.Zero(t, count(t, f, `SELECT count(*) FROM submitted`))
	require.Equal(t, 200, submit(10_000).status)
	require.Equal(t, 200, submit(10_000).status, "again")
	assert.Equal(t, 20_000, count(t, f, `SELECT count(*) FROM submitted`))
	assert.Equal(t, 10_000, count(t, f, `SELECT count(*) FROM indicator_tags`))
	got := send(t, "GET", f.url+"/api/1.3/indicators/search?searchTerm=example-many&pageSize=1000&pageNumber=9", token, "")
	require.Equal(t, 200, got.status, got.body)
	assert.Contains(t, got.body, `"hasNext":false,"empty":false,"totalElements":10000,"totalPages":10`)
	export := send(t, "POST", f.url+"/api/1.3/indicators/metadata/bulk-export?searchTerm=example-many", token, "{}")
	data := send(t, "GET", f.url+"/api/1.3/indicators/metadata/bulk-export/"+export.field(t, "guid")+"/data.csv", token, "")
	assert.Equal(t, 10_001, strings.Count(data.body, "\r\n"))
}

// A removed user is out at once; what they submitted stays.
func TestRemoveUser(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	require.Equal(t, 200, send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": []string{f.intel.ID}})).status)
	require.NoError(t, f.station.RemoveUser(t.Context(), f.analyst.UserID))
	assert.JSONEq(t, unknownBody, send(t, "GET", f.url+"/api/1.3/ping", token, "").body)
	assert.Equal(t, 401, send(t, "POST", f.url+"/oauth/token", basic(f.analyst), "grant_type=client_credentials").status)
	assert.Contains(t, send(t, "GET", f.url+"/api/1.3/reports", f.bearer(t, f.reader), "").body, "A title")
	require.Error(t, f.station.RemoveUser(t.Context(), f.analyst.UserID), "once")
	users, err := f.station.Users(t.Context())
	require.NoError(t, err)
	assert.Len(t, users, 2)
	assert.Zero(t, count(t, f, `SELECT count(*) FROM grants WHERE user_id = ?1`, f.analyst.UserID))
}

// A value that a short window finds was first seen when it really was, wherever that lies;
// a longer window and version 2.0 say the same.
func TestFirstSeenOutsideTheWindow(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	submit := func(text string) {
		got := send(t, "POST", f.url+"/api/1.3/reports", f.bearer(t, f.analyst), report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "reportBody": text}))
		require.Equal(t, 200, got.status)
	}
	submit("198.18.0.1 and 198.18.0.2")
	f.clock.advance(100 * 24 * time.Hour)
	submit("198.18.0.1 again")
	now := f.clock.Now().UnixMilli()
	token := f.bearer(t, f.analyst)
	seen := fmt.Sprintf(`"firstSeen":%d,"lastSeen":%d`, start.UnixMilli(), now)
	short := send(t, "GET", f.url+"/api/1.3/indicators/search", token, "").body
	assert.Contains(t, short, seen)
	assert.NotContains(t, short, "198.18.0.2", "it was last seen before the window")
	assert.Contains(t, short, `"totalElements":1`)
	long := send(t, "GET", fmt.Sprintf("%s/api/1.3/indicators/search?from=%d", f.url, start.UnixMilli()), token, "").body
	assert.Contains(t, long, seen)
	assert.Contains(t, long, `"totalElements":2`)
	for _, body := range []string{"{}", fmt.Sprintf(`{"from":%d}`, now-1000)} {
		assert.Contains(t, send(t, "POST", f.url+"/api/2.0/observables/search", token, body).body, seen, body)
		found := send(t, "POST", f.url+"/api/2.0/indicators/search", token, body).body
		assert.Contains(t, found, fmt.Sprintf(`"created":%d,"updated":%d`, start.UnixMilli(), now), body)
	}
}
