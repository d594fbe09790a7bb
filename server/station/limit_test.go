package station_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/server/station"
)

// The daily quota is a company's, is shown, lets submissions through, and ends at midnight.
func TestDailyQuota(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *station.Config) { c.Limits = station.Limits{DailyCalls: 3} })
	f.clock.advance(11*time.Hour + 59*time.Minute + 59*time.Second) // 23:59:59
	analyst, reader, stranger := f.bearer(t, f.analyst), f.bearer(t, f.reader), f.bearer(t, f.stranger)
	get := func(path, token string) reply { return send(t, "GET", f.url+path, token, "") }
	assert.Equal(t, 200, get("/api/1.3/ping", analyst).status)
	assert.Equal(t, 200, get("/api/1.2/ping", reader).status)
	assert.Equal(t, 200, get("/api/2.0/ping", analyst).status)
	got := get("/api/1.3/reports", reader)
	assert.Equal(t, 429, got.status)
	assert.JSONEq(t, `{"message":"Request limit exceeded for the current time period. Wait 1000 ms.","waitTime":1000}`, got.body)

	body := report13(map[string]any{"enclaveIds": []string{f.intel.ID}})
	assert.Equal(t, 200, send(t, "POST", f.url+"/api/1.3/reports", analyst, body).status, "submissions are free")
	assert.Equal(t, 200, get("/api/1.3/ping", stranger).status, "another company has its own")
	midnight := start.Truncate(24 * time.Hour).UnixMilli()
	got = get("/api/1.3/request-quotas", analyst)
	assert.Equal(t, 200, got.status, "the question is free")
	assert.Contains(t, got.body, fmt.Sprintf(`"maxRequests":3,"usedRequests":3,"timeWindow":86400000,"lastResetTime":%d,"nextResetTime":%d`,
		midnight, midnight+86_400_000))
	f.clock.advance(time.Second)
	assert.Equal(t, 200, get("/api/1.3/ping", analyst).status)
	assert.Contains(t, get("/api/1.3/request-quotas", analyst).body, `"usedRequests":1`)
}

// The limit by address holds for all users behind it.
func TestAddressLimit(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *station.Config) {
		c.Limits = station.Limits{AddressCalls: 2}
		c.Address = func(r *http.Request) string { return r.Header.Get("From-Test") }
	})
	analyst, reader := f.bearer(t, f.analyst), f.bearer(t, f.reader)
	ping := func(token, address string) int {
		return send(t, "GET", f.url+"/api/1.3/ping", token, "", "From-Test", address).status
	}
	assert.Equal(t, 200, ping(analyst, "a"))
	assert.Equal(t, 200, ping(reader, "a"))
	assert.Equal(t, 429, ping(analyst, "a"))
	assert.Equal(t, 200, ping(analyst, "b"))
	f.clock.advance(5 * time.Minute)
	assert.Equal(t, 200, ping(analyst, "a"))
}

// Without a function of its own the station goes by the connection.
func TestAddressOfConnection(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *station.Config) { c.Limits = station.Limits{AddressCalls: 2, Calls: 1} })
	analyst, reader := f.bearer(t, f.analyst), f.bearer(t, f.reader)
	statuses := []int{}
	for _, token := range []string{analyst, analyst, reader, reader} {
		statuses = append(statuses, send(t, "GET", f.url+"/api/1.3/ping", token, "").status)
	}
	assert.Equal(t, []int{200, 429, 429, 429}, statuses, "the user's limit, then the address'")
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM counters WHERE name = 'address 127.0.0.1'`))
}

// What is larger than one statement carries is refused with words, and changes nothing.
func TestBounds(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := f.bearer(t, f.analyst)
	library := send(t, "POST", f.url+"/api/2.0/safelist-libraries", token, `{"name":"ours"}`).field(t, "guid")
	many := func(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	long := strings.Repeat("a", 10_001)
	workflow := `{"name":"abc","workflowConfig":{"type":"INDICATOR_PRIORITIZATION","workflowSource":{"enclaveSourceConfig":[` +
		many(2000, `{"enclaveGuid":"`+f.intel.ID+`","weight":1}`) + `]},"workflowDestination":{"enclaveDestinationConfigs":[{"enclaveGuid":"` +
		f.intel.ID + `","destinationType":"ENCLAVE"}]}}}`
	for _, c := range []struct {
		call, body string
		status     int
	}{
		{"POST /api/1.3/indicators/metadata", "[" + many(10_001, `{"value":"a"}`) + "]", 413},
		{"POST /api/1.3/indicators/metadata", "[" + many(150, `{"value":"`+long+`"}`) + "]", 413},
		{"POST /api/1.3/indicators/summaries", "[" + many(10_001, `"a"`) + "]", 413},
		{"POST /api/1.3/whitelist", "[" + many(10_001, `"a"`) + "]", 413},
		{"POST /api/1.3/whitelist", `["` + long + `"]`, 400},
		{"POST /api/1.3/indicators", `{"enclaveIds":["` + f.intel.ID + `"],"content":[{"value":"198.18.0.1","notes":"` + long + `"}]}`, 400},
		{"POST /api/1.3/triage/submissions", `{"priorityEventScore":[4]}`, 400},
		{"POST /api/1.3/triage/submissions", `{"priorityEventScore":[` + many(500, "3") + `]}`, 200},
		{"POST /api/1.3/triage/indicators", `{"normalizedIndicatorScore":[-1]}`, 400},
		{"POST /api/2.0/indicators/search", `{"priorityScores":[-2]}`, 400},
		{"POST /api/2.0/indicators/search", `{"attributes":[` + many(21, `{"type":"MALWARE","value":"x"}`) + `]}`, 400},
		{"POST /api/2.0/indicators/search", `{"attributes":[` + many(20, `{"type":"MALWARE","value":"x"}`) + `]}`, 200},
		{"PATCH /api/2.0/safelist-libraries/" + library, `{"entries":[` + many(10_001, `{"entity":"a","type":"DOMAIN"}`) + `]}`, 413},
		{"PATCH /api/2.0/safelist-libraries/" + library, `{"entries":[{"entity":"` + long + `","type":"DOMAIN"}]}`, 400},
		{"POST /api/2.0/observables/alter-tags", `{"observableValue":"198.18.0.1","enclaveGuid":"` + f.intel.ID + `","addedTags":[` + many(201, `"a"`) + `]}`, 400},
		{"POST /api/2.0/workflows", workflow, 400},
	} {
		method, path, _ := strings.Cut(c.call, " ")
		got := send(t, method, f.url+path, token, c.body)
		assert.Equal(t, c.status, got.status, "%s %s: %s", c.call, c.body[:min(80, len(c.body))], got.body[:min(300, len(got.body))])
	}
	assert.Zero(t, count(t, f, `SELECT (SELECT count(*) FROM submitted) + (SELECT count(*) FROM safelisted) + (SELECT count(*) FROM workflows)`))
}
