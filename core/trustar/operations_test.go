//go:build !js

package trustar_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/trustar"
	"github.com/sightline-sec/sightline/core/trustar/trustartest"
)

// contract is every operation of the contract, by the section that describes it.
var contract = map[string][]string{
	"1": {"GET /api/version"},
	"2": {"POST /oauth/token"},
	"8.1": {
		"GET /1.3/ping", "GET /1.3/version", "GET /1.3/request-quotas", "GET /1.3/enclaves",
	},
	"8.2": {
		"POST /1.3/reports", "PUT /1.3/reports/{id}", "POST /1.3/reports/upsert", "GET /1.3/reports/{id}", "DELETE /1.3/reports/{id}",
		"GET /1.3/reports", "POST /1.3/reports/copy/{id}", "POST /1.3/reports/move/{id}", "GET /1.3/reports/{id}/status",
		"GET /1.3/reports/correlated", "GET /1.3/reports/correlate", "GET /1.3/reports/search", "POST /1.3/reports/search",
		"POST /1.3/redaction/report",
	},
	"8.3": {
		"GET /1.3/reports/{id}/indicators", "GET /1.3/indicators/related", "GET /1.3/indicators/search", "POST /1.3/indicators/search",
		"GET /1.3/indicators", "POST /1.3/indicators", "POST /1.3/indicators/metadata", "POST /1.3/indicators/summaries",
		"GET /1.3/indicators/details", "GET /1.3/indicators/community-trending",
		"GET /1.3/whitelist", "POST /1.3/whitelist", "DELETE /1.3/whitelist",
		"POST /1.3/indicators/metadata/bulk-export", "GET /1.3/indicators/metadata/bulk-export/{guid}/status",
		"GET /1.3/indicators/metadata/bulk-export/{guid}/data.csv",
	},
	"8.4": {
		"GET /1.3/reports/{id}/tags", "POST /1.3/reports/{id}/alter-tags", "GET /1.3/reports/tags", "POST /1.3/reports/{id}/tags",
		"DELETE /1.3/reports/{id}/tags/{tagName}", "GET /1.3/indicators/tags", "POST /1.3/indicators/tags",
		"DELETE /1.3/indicators/tags/{tagGuid}",
	},
	"8.5": {
		"POST /1.3/triage/submissions", "POST /1.3/triage/indicators", "POST /1.3/triage/submissions/{submissionId}/status",
	},
	"9": {
		"POST /1.2/report", "PUT /1.2/report/{id}", "GET /1.2/report/{id}", "DELETE /1.2/report/{id}", "GET /1.2/reports",
		"GET /1.2/reports/correlate", "GET /1.2/indicators/latest", "GET /1.2/indicators/", "GET /1.2/community-indicators/trending",
		"GET /1.2/reports/{id}/enclave-tags", "POST /1.2/reports/{id}/enclave-tags", "DELETE /1.2/reports/{id}/enclave-tags",
		"GET /1.2/ping", "GET /1.2/version",
	},
	"10.1": {"GET /2.0/ping", "GET /2.0/enclaves"},
	"10.2": {
		"POST /2.0/submissions/{kind}/upsert", "POST /2.0/submissions/{kind}", "PUT /2.0/submissions/{kind}", "GET /2.0/submissions/{kind}",
		"DELETE /2.0/submissions/{kind}", "GET /2.0/submissions/{id}/status", "POST /2.0/submissions/search",
		"POST /2.0/submissions/{id}/alter-tags",
	},
	"10.3": {"POST /2.0/indicators/search", "POST /2.0/indicators/{guid}/alter-tags"},
	"10.5": {"POST /2.0/observables/search", "GET /2.0/observables", "POST /2.0/observables/alter-tags"},
	"10.6": {
		"GET /2.0/safelist-libraries", "POST /2.0/safelist-libraries", "GET /2.0/safelist-libraries/{guid}",
		"PATCH /2.0/safelist-libraries/{guid}", "DELETE /2.0/safelist-libraries/{guid}/{entryGuid}",
		"DELETE /2.0/safelist-libraries/{guid}", "POST /2.0/safelist-libraries/extract",
	},
	"10.7": {"POST /2.0/entities/parse"},
	"10.8": {
		"GET /2.0/workflows", "POST /2.0/workflows", "GET /2.0/workflows/{guid}", "PUT /2.0/workflows/{guid}", "DELETE /2.0/workflows/{guid}",
	},
}

// left are operations that the contract names and the client does without.
var left = map[string]string{
	"GET /1.3/indicators/{value}/metadata":     "replaced by POST /1.3/indicators/metadata",
	"GET /1.3/indicators/metadata":             "replaced by POST /1.3/indicators/metadata",
	"GET /1.3/indicators/latest":               "no longer documented, not needed",
	"GET /1.3/enclave-tags":                    "no longer documented, not needed",
	"POST /1.3/reports/{id}/enclave-tags":      "no longer documented, not needed",
	"DELETE /1.3/reports/{id}/enclave-tags":    "no longer documented, not needed",
	"GET /1.3/indicators/external/related":     "no longer documented, not needed",
	"POST /1.3/indicators/{value}/tags":        "no longer documented, not needed",
	"DELETE /1.3/indicators/{value}/tags/{id}": "no longer documented, not needed",
}

func wanted() map[string]bool {
	all := map[string]bool{}
	for _, operations := range contract {
		for _, name := range operations {
			all[name] = true
		}
	}
	return all
}

// TestContract fails where an operation of the contract has no method, no fixture or
// no test, and where the package declares one that the contract does not have.
func TestContract(t *testing.T) {
	t.Parallel()
	declared := clienttest.Operations(t)
	tested, withFixture := map[string]bool{}, map[string]bool{}
	for _, op := range trustartest.Operations() {
		assert.False(t, tested[op.Name], "%s is tested twice", op.Name)
		tested[op.Name] = true
		for _, exchange := range op.Exchanges {
			_, err := trustartest.Fixture(exchange.Answer)
			require.NoError(t, err, op.Name)
			withFixture[op.Name] = true
		}
	}
	var methods, fixtures, tests int
	for name := range wanted() {
		if assert.NotEmpty(t, declared[name], "%s has no method", name) {
			methods++
		}
		if assert.True(t, withFixture[name], "%s has no fixture", name) {
			fixtures++
		}
		if assert.True(t, tested[name], "%s has no test", name) {
			tests++
		}
		assert.NotContains(t, left, name)
	}
	for name := range declared {
		assert.True(t, wanted()[name], "%s is declared and not of the contract", name)
	}
	t.Logf("%d operations of the contract: %d with a method, %d with a fixture, %d with a test", len(wanted()), methods, fixtures, tests)
}

var (
	quoted   = regexp.MustCompile("(?m)(?:`|#### )((?:GET|POST|PUT|PATCH|DELETE)(?:\\|[A-Z]+| or [A-Z]+)? /[^`\\s:(]*)")
	operands = regexp.MustCompile(`^([A-Z|]+) (\S*)$`)
)

// TestContractOnPaper holds the table against the contract itself, where that is at hand.
func TestContractOnPaper(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../shared/contracts/trustar.md")
	if os.IsNotExist(err) {
		t.Log("skipped: ../shared is absent")
		return
	}
	require.NoError(t, err)
	found := map[string]bool{}
	for _, match := range quoted.FindAllStringSubmatch(string(text), -1) {
		parts := operands.FindStringSubmatch(strings.ReplaceAll(match[1], " or ", "|"))
		require.NotNil(t, parts, match[1])
		path, _, _ := strings.Cut(parts[2], "?")
		for method := range strings.SplitSeq(parts[1], "|") {
			found[method+" "+path] = true
		}
	}
	found["GET /api/version"] = true // in a table of addresses
	found["POST /1.3/reports/copy/{id}"] = true
	delete(found, "GET /reports") // "GET /reports" for short
	require.Greater(t, len(found), 80)
	for name := range found {
		if _, known := left[name]; !known && strings.Contains(name, ".") {
			assert.True(t, wanted()[name], "the contract has %s, the table does not", name)
		}
	}
	for name := range wanted() {
		assert.True(t, found[name], "the table has %s, the contract does not", name)
	}
	t.Logf("%d operations on paper, %d of them left out", len(found), len(left))
}

// TestOperations makes every call against the server that knows what must be sent.
func TestOperations(t *testing.T) {
	server := httptest.NewServer(trustartest.Handler())
	defer server.Close()
	got := trustartest.Run(t, func() api.Transport { return httptransport.New(httptransport.Config{}) }, server.URL)
	if slices.Contains(os.Args, "-update") || slices.Contains(os.Args, "-test.update") {
		require.NoError(t, os.WriteFile("../../testdata/api/trustar/"+trustartest.Golden, []byte(got), 0o644))
	}
}

// answering is a server that answers every call but that for a token in one way.
func answering(t *testing.T, status int, header, body string) (url string, calls *atomic.Int32) {
	t.Helper()
	calls = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if strings.HasSuffix(r.URL.Path, "/oauth/token") {
			_, _ = io.WriteString(w, `{"access_token":"canary-token","expires_in":599}`)
			return
		}
		calls.Add(1)
		if name, value, ok := strings.Cut(header, ": "); ok {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, calls
}

// Every way of failing ends in the right error, for every operation.
func TestOperationFailures(t *testing.T) {
	t.Parallel()
	for _, op := range trustartest.Operations() {
		if op.Name == "POST /oauth/token" {
			continue // TestTokenAnswers
		}
		t.Run(op.Name, func(t *testing.T) {
			t.Parallel()
			for status, want := range map[int]any{
				400: new(*api.StatusError), 401: new(*api.AuthError), 403: new(*api.StatusError), 404: new(*api.StatusError),
				413: new(*api.StatusError), 414: new(*api.StatusError), 429: new(*api.RateLimitError), 500: new(*api.StatusError),
				302: new(*api.RedirectError),
			} {
				url, calls := answering(t, status, "Trace-Id: trace-1", `{"status":400,"error":"x","message":"no, canary-token","waitTime":2500}`)
				client, err := op.New(httptransport.New(httptransport.Config{}), url)
				require.NoError(t, err)
				_, err = op.Run(t.Context(), client)
				require.ErrorAs(t, err, want, status)
				exchange, ok := api.ExchangeOf(err)
				require.True(t, ok)
				assert.True(t, strings.HasPrefix(exchange.Operation, "trustar: "), exchange.Operation)
				assert.Equal(t, "trace-1", exchange.TraceID)
				assert.NotContains(t, err.Error(), "canary")
				if strings.Contains(op.Name, "{id}") {
					assert.Equal(t, status == 404, errors.Is(err, trustar.ErrNotFound))
				}
				if status != 500 && status != 429 && status != 401 {
					assert.EqualValues(t, 1, calls.Load(), "%d is final", status)
				}
			}
		})
	}
}

// Nothing but the answer is taken for it.
func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	for _, op := range trustartest.Operations() {
		if op.Name == "POST /oauth/token" {
			continue
		}
		t.Run(op.Name, func(t *testing.T) {
			t.Parallel()
			first, err := trustartest.Fixture(op.Exchanges[len(op.Exchanges)-1].Answer)
			require.NoError(t, err)
			bodies := []string{"<html>sign in</html>", `{"status":500,"error":"Internal","message":"no"}`, "\xff\xfe"}
			if strings.HasPrefix(first, "{") || strings.HasPrefix(first, "[") {
				bodies = append(bodies, "", "null", "42", `"ok"`, first+"x", first[:len(first)/2], `[null]`, "[1]")
			}
			for _, body := range bodies {
				url, _ := answering(t, 200, "", body)
				client, err := op.New(httptransport.New(httptransport.Config{}), url)
				require.NoError(t, err)
				_, err = op.Run(t.Context(), client)
				require.ErrorAs(t, err, new(*api.DecodeError), "%q", body)
			}
		})
	}
}

// shared are the calls that 1.2 and 1.3 both have, by either's name; general those that
// all versions have.
var (
	shared = []string{
		"POST /1.3/reports", "POST /1.2/report", "PUT /1.3/reports/{id}", "PUT /1.2/report/{id}", "GET /1.3/reports/{id}", "GET /1.2/report/{id}",
		"DELETE /1.3/reports/{id}", "DELETE /1.2/report/{id}", "GET /1.3/reports", "GET /1.2/reports", "GET /1.3/reports/correlated", "GET /1.2/reports/correlate",
		"GET /1.3/reports/{id}/indicators", "GET /1.3/indicators/community-trending", "GET /1.2/community-indicators/trending",
		"GET /1.3/reports/{id}/tags", "GET /1.2/reports/{id}/enclave-tags", "POST /1.3/reports/{id}/tags", "POST /1.2/reports/{id}/enclave-tags",
		"DELETE /1.3/reports/{id}/tags/{tagName}", "DELETE /1.2/reports/{id}/enclave-tags",
	}
	general = []string{"POST /oauth/token", "GET /api/version"}
)

// Each call says which version has it, before the network.
func TestUnsupported(t *testing.T) {
	t.Parallel()
	url, calls := answering(t, 500, "", "")
	for _, op := range trustartest.Operations() {
		if slices.Contains(general, op.Name) || strings.HasSuffix(op.Name, "/ping") || strings.HasSuffix(op.Name, "/version") || strings.HasSuffix(op.Name, "/enclaves") {
			continue
		}
		for _, version := range []string{trustar.Version12, trustar.Version13, trustar.Version20} {
			has := op.Version
			if slices.Contains(shared, op.Name) {
				has = "1.2 and 1.3"
			}
			if strings.Contains(has, version) {
				continue
			}
			spoken := op
			spoken.Version = version
			client, err := spoken.New(httptransport.New(httptransport.Config{}), url)
			require.NoError(t, err)
			_, err = spoken.Run(t.Context(), client)
			var unsupported *api.UnsupportedError
			if assert.ErrorAs(t, err, &unsupported, "%s in %s", op.Name, version) {
				assert.Equal(t, version, unsupported.Version)
				assert.Equal(t, has, unsupported.Has, op.Name)
				assert.True(t, strings.HasPrefix(unsupported.Operation, "trustar: "))
			}
		}
	}
	assert.Zero(t, calls.Load())
}
