package station_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
)

// TestPermissions is the matrix: what each kind of permission in an enclave allows. Each
// case has a station of its own with a report, a set of indicators, a tagged indicator and
// a mail of somebody else's in the enclave.
func TestPermissions(t *testing.T) {
	t.Parallel()
	roles := []struct {
		name        string
		permissions station.Permissions
	}{
		{"none", station.Permissions{}},
		{"read", station.Permissions{Read: true}},
		{"submit", station.Permissions{Read: true, Create: true}},
		{"drop box", station.Permissions{Create: true}},
		{"full", station.Permissions{Read: true, Create: true, Update: true}},
	}
	// want has the status for each role in turn. 404 is what one may not know of.
	for _, c := range []struct {
		call, body string
		want       [5]int
	}{
		{"GET /api/1.2/report/{theirs}", "", [5]int{404, 200, 200, 404, 200}},
		{"PUT /api/1.2/report/{theirs}", `{"incidentReport":{"title":"x"}}`, [5]int{404, 403, 403, 404, 200}},
		{"DELETE /api/1.2/report/{theirs}", "", [5]int{404, 403, 403, 404, 200}},
		{"POST /api/1.2/report", `{"incidentReport":{"title":"x","reportBody":"y","distributionType":"ENCLAVE"},"enclaveIds":["{box}"]}`, [5]int{403, 403, 200, 200, 200}},
		{"GET /api/1.2/reports?enclaveIds={box}", "", [5]int{403, 200, 200, 403, 200}},
		{"GET /api/1.2/reports/{theirs}/enclave-tags", "", [5]int{404, 200, 200, 404, 200}},
		{"POST /api/1.2/reports/{theirs}/enclave-tags?name=a&enclaveId={box}", "", [5]int{404, 403, 403, 404, 200}},
		{"DELETE /api/1.2/reports/{theirs}/enclave-tags?name=a&enclaveId={box}", "", [5]int{404, 403, 403, 404, 200}},

		{"POST /api/1.3/reports", `{"title":"x","reportBody":"y","enclaveIds":["{box}"]}`, [5]int{403, 403, 200, 200, 200}},
		{"POST /api/1.3/reports/upsert", `{"title":"x","reportBody":"y","enclaveIds":["{box}"]}`, [5]int{403, 403, 200, 200, 200}},
		{"POST /api/1.3/reports/upsert", `{"guid":"{theirs}","title":"x"}`, [5]int{404, 403, 403, 404, 200}},
		{"PUT /api/1.3/reports/{theirs}", `{"title":"x"}`, [5]int{404, 403, 403, 404, 200}},
		{"DELETE /api/1.3/reports/{theirs}", "", [5]int{404, 403, 403, 404, 200}},
		{"GET /api/1.3/reports/{theirs}", "", [5]int{404, 200, 200, 404, 200}},
		{"GET /api/1.3/reports/{theirs}/status", "", [5]int{404, 200, 200, 404, 200}},
		{"GET /api/1.3/reports/{theirs}/indicators", "", [5]int{404, 200, 200, 404, 200}},
		{"GET /api/1.3/reports/{theirs}/tags", "", [5]int{404, 200, 200, 404, 200}},
		{"POST /api/1.3/reports/{theirs}/alter-tags", `{"addedTags":[{"name":"a"}]}`, [5]int{404, 403, 403, 404, 200}},
		{"GET /api/1.3/reports?enclaveIds={box}", "", [5]int{403, 200, 200, 403, 200}},
		{"GET /api/1.3/reports/search?enclaveIds={box}", "", [5]int{403, 200, 200, 403, 200}},
		{"GET /api/1.3/reports/correlated?indicators=198.18.0.1&enclaveIds={box}", "", [5]int{403, 200, 200, 403, 200}},
		{"POST /api/1.3/reports/copy/{theirs}?destEnclaveId={own}", "", [5]int{404, 200, 200, 404, 200}},
		{"POST /api/1.3/reports/copy/{mine}?destEnclaveId={box}", "", [5]int{403, 403, 200, 200, 200}},
		{"POST /api/1.3/reports/move/{theirs}?destEnclaveId={own}", "", [5]int{404, 403, 403, 404, 200}},
		{"POST /api/1.3/reports/move/{mine}?destEnclaveId={box}", "", [5]int{403, 403, 200, 200, 200}},
		{"POST /api/1.3/indicators", `{"enclaveIds":["{box}"],"content":[{"value":"198.18.0.9"}]}`, [5]int{403, 403, 200, 200, 200}},
		{"GET /api/1.3/indicators/search?enclaveIds={box}", "", [5]int{403, 200, 200, 403, 200}},
		{"POST /api/1.3/indicators/metadata?enclaveIds={box}", `[{"value":"198.18.0.1"}]`, [5]int{403, 200, 200, 403, 200}},
		{"POST /api/1.3/indicators/tags", `{"value":"198.18.0.1","tag":{"name":"a","enclaveId":"{box}"}}`, [5]int{403, 403, 403, 403, 200}},
		{"DELETE /api/1.3/indicators/tags/seen?value=198.18.0.1", "", [5]int{404, 404, 404, 404, 200}},
		{"POST /api/1.3/triage/submissions", `{"enclaveIds":["{box}"]}`, [5]int{403, 200, 200, 403, 200}},
		{"POST /api/1.3/triage/submissions/{theirs}/status?status=IGNORED", "", [5]int{404, 403, 403, 404, 200}},

		{"POST /api/2.0/submissions/events/upsert", `{"title":"x","content":"y","enclaveGuid":"{box}"}`, [5]int{403, 403, 200, 200, 200}},
		{"POST /api/2.0/submissions/intelligence/upsert", `{"id":"{theirs}","title":"x","content":"y","enclaveGuid":"{box}"}`, [5]int{404, 403, 403, 404, 200}},
		{"GET /api/2.0/submissions/indicators?id={set}&includeContent=true", "", [5]int{404, 200, 200, 404, 200}},
		{"DELETE /api/2.0/submissions/indicators?id={set}", "", [5]int{404, 403, 403, 404, 200}},
		{"GET /api/2.0/submissions/{set}/status", "", [5]int{404, 200, 200, 404, 200}},
		{"POST /api/2.0/submissions/{set}/alter-tags", `{"addedTags":["a"]}`, [5]int{404, 403, 403, 404, 200}},
		{"POST /api/2.0/submissions/search", `{"enclaveGuids":["{box}"]}`, [5]int{403, 200, 200, 403, 200}},
		{"POST /api/2.0/indicators/search", `{"enclaveGuids":["{box}"]}`, [5]int{403, 200, 200, 403, 200}},
		{"POST /api/2.0/observables/search", `{"enclaveGuids":["{box}"]}`, [5]int{403, 200, 200, 403, 200}},
		{"POST /api/2.0/observables/alter-tags", `{"observableValue":"198.18.0.1","addedTags":["a"],"enclaveGuid":"{box}"}`, [5]int{403, 403, 403, 403, 200}},
		{"GET /api/2.0/observables?submissionId={theirs}", "", [5]int{404, 200, 200, 404, 200}},
	} {
		t.Run(strings.NewReplacer("/", "_", "?", "_").Replace(c.call), func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			box, err := f.station.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Box", Template: station.TemplatePhishing})
			require.NoError(t, err)
			require.NoError(t, f.station.Grant(t.Context(), f.analyst.UserID, box.ID, station.Permissions{Read: true, Create: true, Update: true}))
			owner := f.bearer(t, f.analyst)
			for i, role := range roles {
				// Before each role, what the one before may have changed or deleted is made anew.
				ids := map[string]string{"{box}": box.ID}
				give := func(name, token, path, body string) {
					got := send(t, "POST", f.url+path, token, body)
					require.Equal(t, 200, got.status, got.body)
					ids["{"+name+"}"] = uuids.FindString(got.body)
				}
				user, err := f.station.CreateUser(t.Context(), station.NewUser{Company: "Northwind", Name: role.name})
				require.NoError(t, err)
				own, err := f.station.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Own " + role.name})
				require.NoError(t, err)
				require.NoError(t, f.station.Grant(t.Context(), user.UserID, own.ID, station.Permissions{Read: true, Create: true, Update: true}))
				require.NoError(t, f.station.Grant(t.Context(), user.UserID, box.ID, role.permissions))
				token := f.bearer(t, user)
				ids["{own}"] = own.ID
				give("theirs", owner, "/api/1.3/reports", fmt.Sprintf(`{"title":"T","reportBody":"198.18.0.1","enclaveIds":[%q]}`, box.ID))
				give("mine", token, "/api/1.3/reports", fmt.Sprintf(`{"title":"T","reportBody":"198.18.0.2","enclaveIds":[%q]}`, own.ID))
				give("set", owner, "/api/2.0/submissions/indicators/upsert",
					fmt.Sprintf(`{"title":"S","content":{"indicators":[{"observable":{"type":"IP4","value":"198.18.0.3"}}]},"enclaveGuid":%q}`, box.ID))
				tag := fmt.Sprintf(`{"value":"198.18.0.1","tag":{"name":"seen","enclaveId":%q}}`, box.ID)
				require.Equal(t, 200, send(t, "POST", f.url+"/api/1.3/indicators/tags", owner, tag).status)

				call, body := c.call, c.body
				for name, id := range ids {
					call, body = strings.ReplaceAll(call, name, id), strings.ReplaceAll(body, name, id)
				}
				method, path, _ := strings.Cut(call, " ")
				got := send(t, method, f.url+path, token, body)
				assert.Equal(t, c.want[i], got.status, "%s: %s", role.name, got.body)
				if got.status == 404 || !role.permissions.Read {
					assert.NotContains(t, got.body, "198.18.0.1")
				}
			}
		})
	}
}

// What a user without any permission can list holds nothing of the enclave.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	owner, stranger := f.bearer(t, f.analyst), f.bearer(t, f.stranger)
	for path, body := range map[string]string{
		"/api/1.3/reports":                       `{"title":"SECRET","reportBody":"secret.example-leak.com 198.18.0.1","enclaveIds":["` + f.mail.ID + `"],"externalTrackingId":"secret"}`,
		"/api/1.3/indicators":                    `{"enclaveIds":["` + f.intel.ID + `"],"content":[{"value":"secret2.example-leak.com","notes":"secret note","tags":[{"name":"secret","enclaveId":"` + f.intel.ID + `"}]}]}`,
		"/api/2.0/submissions/indicators/upsert": `{"title":"SECRET","content":{"indicators":[{"observable":{"type":"DOMAIN","value":"secret.example-leak.com"},"maliciousScore":"HIGH"}]},"enclaveGuid":"` + f.intel.ID + `"}`,
		"/api/2.0/submissions/intelligence":      `{"title":"SECRET","content":"secret","enclaveGuid":"` + f.shared.ID + `","tags":["secret"]}`,
		"/api/2.0/safelist-libraries":            `{"name":"secret library"}`,
		"/api/1.3/whitelist":                     `["secret.example-leak.com"]`,
	} {
		require.Equal(t, 200, send(t, "POST", f.url+path, owner, body).status, path)
	}
	for _, call := range []string{
		"GET /api/1.2/reports", "GET /api/1.2/indicators/latest", "GET /api/1.2/indicators?q=example-leak", "GET /api/1.2/reports/correlate?q=198.18.0.1",
		"GET /api/1.3/reports", "GET /api/1.3/reports/search", "GET /api/1.3/reports/tags", "GET /api/1.3/indicators/search", "GET /api/1.3/indicators",
		"GET /api/1.3/indicators/tags", "GET /api/1.3/indicators/related?indicators=198.18.0.1", "GET /api/1.3/indicators/details?indicatorValues=secret.example-leak.com",
		"GET /api/1.3/whitelist", "POST /api/1.3/triage/submissions", "POST /api/1.3/triage/indicators",
		"POST /api/2.0/submissions/search", "POST /api/2.0/indicators/search", "POST /api/2.0/observables/search", "GET /api/2.0/safelist-libraries", "GET /api/2.0/workflows",
		`POST /api/1.3/indicators/metadata [{"value":"secret.example-leak.com"}]`, `POST /api/1.3/indicators/summaries ["secret.example-leak.com"]`,
	} {
		parts := strings.SplitN(call, " ", 3)
		got := send(t, parts[0], f.url+parts[1], stranger, strings.Join(parts[2:], ""))
		assert.Equal(t, 200, got.status, call)
		assert.NotContains(t, strings.ToLower(got.body), "secret", call)
		assert.NotContains(t, got.body, "198.18.0.1", call)
	}
}
