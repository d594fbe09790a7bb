package station_test

import (
	"strconv"
	"testing"
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
