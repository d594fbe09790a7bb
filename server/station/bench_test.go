package station_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkSubmit is one client's submission on SQLite, synced to the disk.
func BenchmarkSubmit(b *testing.B) {
	f := newFixture(b)
	token := f.bearer(b, f.analyst)
	i := 0
	for b.Loop() {
		i++
		body := report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "externalTrackingId": strconv.Itoa(i)})
		if got := send(b, "POST", f.url+"/api/1.3/reports", token, body); got.status != 200 {
			b.Fatal(got.body)
		}
	}
}

// BenchmarkCorrelated asks for 25 values among 2,000 reports.
func BenchmarkCorrelated(b *testing.B) {
	f := newFixture(b)
	token := f.bearer(b, f.analyst)
	for i := range 2000 {
		text := "203.0." + strconv.Itoa(i/200) + "." + strconv.Itoa(i%200+1)
		if got := send(b, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "reportBody": text})); got.status != 200 {
			b.Fatal(got.body)
		}
	}
	query := "?indicators=203.0.1.1"
	for i := range 24 {
		query += ",203.0.2." + strconv.Itoa(i+1)
	}
	for b.Loop() {
		if got := send(b, "GET", f.url+"/api/1.3/reports/correlated"+query, token, ""); got.status != 200 {
			b.Fatal(got.body)
		}
	}
}

// BenchmarkSearch asks a station of 5,000 reports with 8 indicators each what its analysts
// ask, over all of the time that is allowed.
func BenchmarkSearch(b *testing.B) {
	f := newFixture(b)
	token := f.bearer(b, f.analyst)
	for i := range 5000 {
		if i%400 == 0 {
			f.clock.advance(9 * time.Minute)
			token = f.bearer(b, f.analyst)
		}
		text := fmt.Sprintf("203.0.%d.%d h%d.example-bench.com common.example-bench.com %032x CVE-2026-%d", i%250, i%200+1, i, i*7919+1<<40, 10000+i)
		body := report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "reportBody": text + " https://h" + strconv.Itoa(i%100) + ".example-bench.com/a x@example-bench.com evil" + strconv.Itoa(i) + ".exe"})
		if got := send(b, "POST", f.url+"/api/1.3/reports", token, body); got.status != 200 {
			b.Fatal(got.body)
		}
	}
	from := start.UnixMilli()
	for _, c := range []struct{ name, call, body string }{
		{"reports", "POST /api/1.3/reports/search", `{"searchTerm":"h4999.example"}`},
		{"indicators", fmt.Sprintf("GET /api/1.3/indicators/search?searchTerm=h4999&from=%d", from), ""},
		{"last indicators", "GET /api/1.3/indicators/search", ""},
		{"metadata", "POST /api/1.3/indicators/metadata", `[{"value":"common.example-bench.com"},{"value":"203.0.1.2"}]`},
		{"related", "GET /api/1.3/indicators/related?indicators=203.0.1.2", ""},
		{"related to a common one", "GET /api/1.3/indicators/related?indicators=common.example-bench.com", ""},
		{"summaries", "POST /api/1.3/indicators/summaries", `["common.example-bench.com"]`},
		{"triage", "POST /api/1.3/triage/submissions", ""},
		{"prioritized", "POST /api/2.0/indicators/search", `{"queryTerm":"h4999"}`},
		{"prioritized by tag", "POST /api/2.0/indicators/search", `{"includedTags":["none"]}`},
		{"observables", "POST /api/2.0/observables/search", `{}`},
	} {
		b.Run(c.name, func(b *testing.B) {
			method, path, _ := strings.Cut(c.call, " ")
			for b.Loop() {
				if got := send(b, method, f.url+path, token, c.body); got.status != 200 {
					b.Fatal(got.body)
				}
			}
		})
	}
}
