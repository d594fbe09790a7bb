package station_test

import (
	"bufio"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// TestWorkerAnswersAlike runs the same requests against SQLite and against the Worker
// on D1, from databases with the same users: the answers are equal but for ids, dates
// and Trace-Id.
func TestWorkerAnswersAlike(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the Worker and starts Miniflare")
	}
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "scripts", "node_modules", "miniflare")); err != nil {
		t.Skip("Miniflare is not installed: run npm ci in scripts")
	}
	f := newFixture(t)
	worker := startWorker(t, root, f)
	native, other := converse(t, f.url, f.people), converse(t, worker, f.people)
	steps := append(conversationSteps(t), hostileSteps()...)
	for _, s := range steps {
		f.clock.advance(time.Millisecond) // what is changed later is later, as on the Worker
		assert.Equal(t, native.run(s), other.run(s), s.name)
	}
	t.Logf("%d requests answered alike", len(steps))
	assert.GreaterOrEqual(t, len(steps), 300)
}

// startWorker builds the Worker, serves it in Miniflare over a copy of the fixture's
// database, and returns its URL.
func startWorker(t *testing.T, root string, f *fixture) string {
	t.Helper()
	build := exec.CommandContext(t.Context(), filepath.Join(root, "scripts", "build-worker"))
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	setup := filepath.Join(t.TempDir(), "setup.sql")
	file, err := os.Create(setup)
	require.NoError(t, err)
	require.NoError(t, sqlite.Dump(t.Context(), f.db, file))
	require.NoError(t, file.Close())

	// Not killed with the test's context, which ends before the clean-up: workerd would
	// outlive its parent.
	serve := exec.Command("node", filepath.Join(root, "scripts", "miniflare", "serve.mjs"), setup)
	serve.Stderr = os.Stderr
	stdin, err := serve.StdinPipe()
	require.NoError(t, err)
	stdout, err := serve.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, serve.Start())
	t.Cleanup(func() {
		_ = stdin.Close() // serve.mjs ends with its standard input
		_ = serve.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	require.NoError(t, err, "the Worker did not start")
	var ready struct{ URL string }
	require.NoError(t, json.Unmarshal(line, &ready))
	return ready.URL
}

// hostileStrings are what goes wrong where text is taken for something else.
func hostileStrings() []string {
	return []string{
		`'`, `"`, `''`, `\`, `\\`, `'; DROP TABLE reports; --`, `' OR '1'='1`, `" OR ""="`, `') OR 1=1 --`, `1; SELECT 1`,
		`%`, `_`, `%27`, `%00`, `*`, `?1`, `:id`, `$1`, `@p`, `/* x */`, `-- x`, `NULL`, `undefined`, `[object Object]`, `<null>`,
		`true`, `0`, `-1`, `1e400`, `9007199254740993`, `[]`, `{}`, `["a"]`, `{"a":1}`, `[`, `]}`, "a\x00b", "a\nb", "a\r\nSet-Cookie: x=1", "a\tb",
		`a,b`, `a&b=c`, `a;b`, `a+b`, `a b`, `a/b`, `a//b`, `../a`, `a/../b`, `.a`, `%2e%2e%2f`, `http://evil.example/a`, `//evil.example`,
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `{{7*7}}`, `${7*7}`, `=cmd|' /C calc'!A0`,
		`Ünïcode`, `日本語`, "🛰️", "\u202eabc", "\u200bx", "\ufeffx", "e\u0301", "ẞß", "İı", "\u2028", strings.Repeat("x", 499),
	}
}

// hostileSteps put each string into every place that takes one.
func hostileSteps() []step {
	text := func(s string) string {
		encoded, err := json.Marshal(s)
		if err != nil {
			panic(err)
		}
		return string(encoded)
	}
	var steps []step
	for _, s := range hostileStrings() {
		name := "hostile " + text(s)
		steps = append(steps,
			step{
				name: name + " in every field", as: "analyst", call: "POST /api/1.3/reports",
				body: `{"title":` + text("t"+s) + `,"reportBody":` + text("203.0.113.9 "+s) + `,"externalTrackingId":` + text("x"+s) + `,"externalUrl":` + text(s) + `,"enclaveIds":["{intel}"]}`,
			},
			step{name: name + " is read back", as: "analyst", call: "GET /api/1.3/reports/" + escape("x"+s) + "?idType=external"},
			step{name: name + " as value and filter", as: "analyst", call: "GET /api/1.3/reports/correlated?indicators=" + escape(s) + "&pageSize=3"},
			step{name: name + " as id", as: "analyst", call: "DELETE /api/1.2/report/" + escape("y"+s)},
		)
	}
	return steps
}

// TestHostileStrings proves that each string is stored and answered as it came, and
// that nothing else changed.
func TestHostileStrings(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := converse(t, f.url, f.people)
	for i, s := range hostileStrings() {
		encoded, err := json.Marshal(map[string]any{
			"title": "t" + s, "reportBody": "b" + s, "externalTrackingId": "x" + s, "externalUrl": s, "enclaveIds": []string{f.intel.ID},
		})
		require.NoError(t, err)
		submitted := send(t, "POST", f.url+"/api/1.3/reports", c.tokens["analyst"], string(encoded))
		require.Equal(t, 200, submitted.status, "%q: %s", s, submitted.body)
		got := send(t, "GET", f.url+"/api/1.3/reports/"+escape("x"+s)+"?idType=external", c.tokens["analyst"], "")
		require.Equal(t, 200, got.status, "%q: %s", s, got.body)
		var report struct {
			Title, ReportBody, ExternalTrackingID, ExternalURL string
		}
		require.NoError(t, json.Unmarshal([]byte(got.body), &report), got.body)
		assert.Equal(t, "t"+s, report.Title)
		assert.Equal(t, "b"+s, report.ReportBody)
		assert.Equal(t, "x"+s, report.ExternalTrackingID)
		assert.Equal(t, strings.TrimLeft(s, "\ufeff"), report.ExternalURL)
		assert.NotContains(t, got.body, "<script>", "markup is escaped in JSON")
		refused := send(t, "GET", f.url+"/api/1.3/reports?enclaveIds="+url.QueryEscape("x"+s), c.tokens["analyst"], "")
		assert.Equal(t, 403, refused.status, refused.body)
		assert.NotEmpty(t, refused.field(t, "message"), "an id in an error is encoded too")
		assert.NotContains(t, refused.body, "<script>")
		assert.Equal(t, i+1, count(t, f, `SELECT count(*) FROM reports`))
	}
	require.NoError(t, sqlite.Check(t.Context(), f.db))
	require.NotEmpty(t, station.CommunityID)
}

// count runs a query for one number.
func count(t testing.TB, f *fixture, query string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, f.db.QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}
