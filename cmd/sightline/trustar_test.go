package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	fixtures "github.com/sightline-sec/sightline/testdata/api"
)

// vendor answers the TruSTAR API by fixtures, and keeps what it was asked.
type vendor struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string
}

func newVendor(t *testing.T, answers map[string]string) *vendor {
	t.Helper()
	v := &vendor{}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"canary-token","expires_in":599}`)
			return
		}
		line := r.Method + " " + r.URL.RequestURI()
		v.mu.Lock()
		v.calls = append(v.calls, strings.TrimSpace(line+" "+string(body)))
		v.mu.Unlock()
		name, ok := answers[r.Method+" "+strings.TrimPrefix(r.URL.EscapedPath(), "/api")]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"status":404,"error":"Not Found","message":"canary: not here"}`)
			return
		}
		text, err := fixtures.TruSTAR.ReadFile("trustar/" + name)
		assert.NoError(t, err)
		_, _ = w.Write(text)
	}))
	t.Cleanup(v.Close)
	return v
}

func (v *vendor) file(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "access.json")
	line, err := json.Marshal(map[string]string{"url": v.URL, "apiKey": "key", "apiSecret": "canary-secret", "webUrl": "https://station.example"})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, line, 0o600))
	return path
}

func (v *vendor) last() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.calls) == 0 {
		return ""
	}
	return v.calls[len(v.calls)-1]
}

const (
	fixtureReport  = "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"
	fixtureEnclave = "7f2d4c7e-52c1-4a60-9d4e-0c2a5b3f8e10"
	fixtureTag     = "5d1e0c2a-1111-4222-8333-444455556666"
)

func TestTrustarCommands(t *testing.T) {
	t.Parallel()
	v := newVendor(t, map[string]string{
		"GET /1.3/reports":                                                   "reports-1.3.json",
		"POST /1.3/reports/search":                                           "search-reports-1.3.json",
		"GET /1.3/reports/" + fixtureReport:                                  "report-notes-1.3.json",
		"POST /1.3/reports":                                                  "submitted-1.3.txt",
		"PUT /1.3/reports/" + fixtureReport:                                  "empty.txt",
		"POST /1.3/reports/upsert":                                           "submitted-1.3.txt",
		"DELETE /1.3/reports/case9":                                          "empty.txt",
		"GET /1.3/reports/" + fixtureReport + "/status":                      "status-1.3.json",
		"POST /1.3/reports/copy/" + fixtureReport:                            "copied-1.3.json",
		"POST /1.3/reports/move/" + fixtureReport:                            "moved-1.3.json",
		"GET /1.3/reports/" + fixtureReport + "/tags":                        "tags-report-1.3.json",
		"GET /1.3/reports/tags":                                              "tags-report-1.3.json",
		"POST /1.3/reports/" + fixtureReport + "/alter-tags":                 "tags-altered-1.3.json",
		"GET /1.3/reports/correlated":                                        "correlated-1.3.json",
		"POST /1.3/redaction/report":                                         "redacted-1.3.json",
		"GET /1.3/reports/" + fixtureReport + "/indicators":                  "indicators-1.3.json",
		"POST /1.3/indicators/search":                                        "search-indicators-1.3.json",
		"GET /1.3/indicators/related":                                        "indicators-1.3.json",
		"POST /1.3/indicators/metadata":                                      "metadata-1.3.json",
		"POST /1.3/indicators/summaries":                                     "summaries-1.3.json",
		"GET /1.3/indicators/community-trending":                             "trending-1.3.json",
		"POST /1.3/indicators":                                               "empty.txt",
		"GET /1.3/indicators/tags":                                           "tags-indicator-1.3.json",
		"POST /1.3/indicators/tags":                                          "tag-indicator-1.3.json",
		"DELETE /1.3/indicators/tags/" + fixtureTag:                          "empty.txt",
		"GET /1.3/whitelist":                                                 "whitelist-1.3.json",
		"POST /1.3/whitelist":                                                "whitelist-added-1.3.json",
		"DELETE /1.3/whitelist":                                              "empty.txt",
		"GET /1.3/enclaves":                                                  "enclaves-1.3.json",
		"POST /1.3/triage/submissions":                                       "cursor-end.json",
		"POST /1.3/triage/indicators":                                        "triage-indicators-1.3.json",
		"POST /1.3/triage/submissions/" + fixtureReport + "/status":          "empty.txt",
		"GET /1.3/request-quotas":                                            "quotas-1.3.json",
		"GET /1.3/ping":                                                      "pong.txt",
		"GET /1.3/version":                                                   "version-1.3.txt",
		"POST /2.0/submissions/search":                                       "v2-search-submissions.json",
		"GET /2.0/submissions/indicators":                                    "v2-submission-indicators.json",
		"DELETE /2.0/submissions/events":                                     "empty.txt",
		"GET /2.0/submissions/" + fixtureReport + "/status":                  "v2-status.json",
		"POST /2.0/observables/search":                                       "v2-search-observables.json",
		"GET /2.0/observables":                                               "v2-observables.json",
		"POST /2.0/entities/parse":                                           "v2-entities.json",
		"GET /2.0/safelist-libraries":                                        "v2-safelists.json",
		"GET /2.0/safelist-libraries/" + fixtureTag:                          "v2-safelist.json",
		"GET /2.0/workflows":                                                 "v2-workflows.json",
		"POST /1.3/indicators/metadata/bulk-export":                          "export-1.3.json",
		"GET /1.3/indicators/metadata/bulk-export/" + fixtureTag + "/status": "export-status-1.3.json",
	})
	file := v.file(t)
	for _, test := range []struct {
		args  string
		stdin string
		code  int
		out   string // part of stdout
		asked string // part of the last request
	}{
		{"reports list --limit 2 --since 2023-11-14 --until 2023-11-15", "", exitOK, `"id":"` + fixtureReport + `","externalTrackingId":"","title":"Odd login"`, "from="},
		{"reports --since 2023-11-14 --until 2023-11-15 --fields id,title --out jsonl --limit 1", "", exitOK, `{"id":"` + fixtureReport + `","title":"Odd login"}` + "\n", "to=1700006400000"},
		{"reports search login --out table --enclave E --tag a --exclude-tag b", "", exitOK, "ID  ", `enclaveIds=E&tags=a&excludedTags=b&pageNumber=0&pageSize=25 {"searchTerm":"login"}`},
		{"reports search lo", "", exitUsage, "", ""},
		{"reports get " + fixtureReport + " --notes", "", exitOK, `"note": "seen again"`, "?includeNotes=true"},
		{"reports get none", "", exitNothing, "", "/none"},
		{"reports submit --title T --enclave E --external-id case9", "seen 192.0.2.7", exitOK, `"id": "` + fixtureReport + `"`, `{"title":"T","reportBody":"seen 192.0.2.7","externalTrackingId":"case9"`},
		{"reports submit --title T", "seen 192.0.2.7", exitUsage, "", ""},
		{"reports update " + fixtureReport + " --title T --enclave E", "new", exitOK, `"id": "` + fixtureReport + `"`, "PUT "},
		{"reports upsert --title T --enclave E --external-id case9 --mode APPEND", "more", exitOK, fixtureReport, "idType=external&mode=APPEND"},
		{"reports delete case9 --external", "", exitOK, "", "DELETE /api/1.3/reports/case9?idType=external"},
		{"reports status " + fixtureReport, "", exitOK, "SUBMISSION_SUCCESS", "/status"},
		{"reports copy " + fixtureReport + " --to E", "", exitOK, `"submissionVersion": 1`, "destEnclaveId=E"},
		{"reports move " + fixtureReport + " --to E", "", exitOK, `"submissionVersion": 3`, "/move/"},
		{"reports tags " + fixtureReport, "", exitOK, `"name":"apt"`, "/tags"},
		{"reports tags --enclave E", "", exitOK, `"name":"apt"`, "/reports/tags?enclaveIds=E"},
		{"reports tag " + fixtureReport + " --add a --remove b", "", exitOK, "", `{"addedTags":[{"name":"a"}],"removedTags":[{"name":"b"}]}`},
		{"reports correlated 192.0.2.7", "", exitOK, "Beacon", "indicators=192.0.2.7"},
		{"reports redact --title T", "text", exitOK, "Mail to <company>\n\n<email-address> wrote", "redaction"},
		{"reports link " + fixtureReport, "", exitOK, "https://station.example/constellation/reports/" + fixtureReport, ""},
		{"indicators of " + fixtureReport, "", exitOK, `{"indicatorType":"IP","value":"192.0.2.7"}`, "applyWhitelist=false"},
		{"indicators search 192.0.2 --type IP --out table", "", exitOK, "SIGHTINGS", "entityTypes=IP"},
		{"indicators search --type DOMAIN", "", exitUsage, "", ""},
		{"indicators related 192.0.2.7 --enclave E", "", exitOK, "evil.example", "enclaveIds=E"},
		{"indicators metadata 192.0.2.7 evil.example --out table", "", exitOK, "c2", `[{"value":"192.0.2.7"},{"value":"evil.example"}]`},
		{"indicators summaries 192.0.2.7 --out table", "", exitOK, "risk 87", "summaries"},
		{"indicators trending --type MALWARE", "", exitOK, "LOCKY", "type=MALWARE&daysBack=7"},
		{"indicators submit --enclave E --tag c2", "192.0.2.7\n\n evil.example \n", exitOK, "", `"content":[{"value":"192.0.2.7"},{"value":"evil.example"}],"tags":[{"name":"c2","enclaveId":"E"}]}`},
		{"indicators tags", "", exitOK, `"name":"c2"`, "/indicators/tags"},
		{"indicators tag evil.example c2 --enclave E", "", exitOK, fixtureTag, `"tag":{"name":"c2","enclaveId":"E"}`},
		{"indicators tag evil.example " + fixtureTag + " --remove", "", exitOK, "", "DELETE "},
		{"indicators export --wait 10ms", "", exitError, "", "/status"},
		{"whitelist", "", exitOK, "192.0.2.53", "pageSize=1000"},
		{"whitelist add 192.0.2.53", "", exitOK, "192.0.2.53", `["192.0.2.53"]`},
		{"whitelist remove IP 192.0.2.53", "", exitOK, "", "indicatorType=IP&value=192.0.2.53"},
		{"enclaves --out table", "", exitOK, "read,create,update", "/enclaves"},
		{"triage --status CONFIRMED", "", exitNothing, "", `{"status":["CONFIRMED"]}`},
		{"triage indicators --score 3 --out table", "", exitOK, "evil.example", `{"normalizedIndicatorScore":[3]}`},
		{"triage set " + fixtureReport + " IGNORED", "", exitOK, "", "status=IGNORED"},
		{"quotas --out table", "", exitOK, "24h0m0s", "/request-quotas"},
		{"ping", "", exitOK, "version 1.3-beta", "/version"},
		{"submissions --since 2023-11-14 --until 2023-11-15", "", exitOK, "Odd login", `"to":1700006400000`},
		{"submissions search login --tag c2", "", exitOK, fixtureReport, `{"queryTerm":"login","includedTags":["c2"]}`},
		{"submissions get indicators " + fixtureReport, "", exitOK, `"value": "192.0.2.7"`, "includeContent=true"},
		{"submissions delete events case9 --external --enclave E", "", exitOK, "", "id=case9&idType=EXTERNAL&enclaveGuid=E"},
		{"submissions delete events case9 --external", "", exitUsage, "", ""},
		{"submissions status " + fixtureReport, "", exitOK, "SUBMISSION_FAILURE", "/status"},
		{"observables search 192 --type IP4", "", exitOK, "192.0.2.7", `"types":["IP4"]`},
		{"observables of " + fixtureReport, "", exitOK, "evil.example", "submissionId="},
		{"observables parse", "evil.example", exitOK, `"type":"DOMAIN"`, "evil.example"},
		{"safelists", "", exitOK, `"name":"Ours"`, "safelist-libraries"},
		{"safelists get " + fixtureTag, "", exitOK, `"entity": "192.0.2.53"`, fixtureTag},
		{"workflows --out table", "", exitOK, "Mail gateway", "/workflows"},
		{"workflows --api 1.3", "", exitUsage, "", ""},
		{"quotas --api 2.0", "", exitUsage, "", ""},
		{"reports --api 1.1", "", exitUsage, "", ""},
		{"reports --since yesterday", "", exitUsage, "", ""},
		{"ping --rate -1", "", exitUsage, "", ""},
	} {
		before := len(v.calls)
		got := call(t, nil, test.stdin, append(append([]string{"trustar"}, strings.Fields(test.args)...), "--trustar", file)...)
		assert.Equal(t, test.code, got.code, "%s: %s", test.args, got.stderr)
		assert.Contains(t, got.stdout, test.out, test.args)
		if test.code == exitUsage {
			assert.Len(t, v.calls, before, "%s: nothing is asked", test.args)
			assert.NotEmpty(t, got.stderr, test.args)
		} else {
			assert.Contains(t, v.last(), test.asked, test.args)
		}
		assert.NotContains(t, got.stdout+got.stderr, "canary-", test.args)
	}
}
