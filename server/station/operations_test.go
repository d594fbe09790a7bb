package station

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMatch holds which operation a path leads to.
func TestMatch(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]string{
		"GET /api/1.2/report/x":                "GET /1.2/report/{id} id=x",
		"GET /api/report/x":                    "GET /1.2/report/{id} id=x",
		"GET /api/reports/correlate":           "GET /1.2/reports/correlate",
		"GET /api/1.2/indicators/":             "GET /1.2/indicators",
		"GET /api/1.3/reports/correlated":      "GET /1.3/reports/correlated",
		"GET /api/1.3/reports/x":               "GET /1.3/reports/{id} id=x",
		"GET /api/1.3/reports/x%2Fy/status":    "GET /1.3/reports/{id}/status id=x/y",
		"POST /api/1.3/reports/copy/x":         "POST /1.3/reports/copy/{id} id=x",
		"POST /api/1.3/reports/x/tags":         "POST /1.3/reports/{id}/tags id=x",
		"POST /api/2.0/submissions/search":     "POST /2.0/submissions/search",
		"POST /api/2.0/submissions/events":     "POST /2.0/submissions/{kind} kind=events",
		"DELETE /api/1.3/reports/x/tags/a%20b": "DELETE /1.3/reports/{id}/tags/{tagName} id=x tagName=a b",
		"PATCH /api/1.3/ping":                  "",
		"GET /api/enclaves":                    "",
		"GET /1.3/ping":                        "",
		"GET /api/1.3//ping":                   "",
		"GET /api/1.3/reports//status":         "",
		"GET /api/1.3/reports/%zz":             "",
		"GET /":                                "",
	} {
		method, path, _ := strings.Cut(call, " ")
		r := httptest.NewRequest(method, "/", nil)
		r.URL.RawPath = path
		r.URL.Path = strings.NewReplacer("%2F", "/", "%20", " ").Replace(path)
		if strings.Contains(path, "%zz") {
			r.URL.Path, r.URL.RawPath = path, ""
			want = "GET /1.3/reports/{id} id=%zz" // escaped anew, it is a name like any other
		}
		op, _ := match(r)
		got := op.pattern
		for _, name := range []string{"id", "kind", "tagName"} {
			if value := r.PathValue(name); value != "" {
				got += " " + name + "=" + value
			}
		}
		assert.Equal(t, want, got, call)
	}
}

// TestOperationsOverlap: an operation that another one in front of it hides is never called.
func TestOperationsOverlap(t *testing.T) {
	t.Parallel()
	wild := regexp.MustCompile(`\{(\w+)\}`)
	for _, op := range operations() {
		assert.NotNil(t, op.handle, op.pattern)
		assert.NotEmpty(t, op.section, op.pattern)
		method, path, _ := strings.Cut(op.pattern, " ")
		if op.version != unversioned {
			path = "/api" + path
		}
		found, ok := match(httptest.NewRequest(method, wild.ReplaceAllString(path, "one-$1"), nil))
		assert.True(t, ok, op.pattern)
		assert.Equal(t, op.pattern, found.pattern)
	}
}

// notServed are operations that the contract names and the station lacks, with the reason.
var notServed = map[string]string{
	"GET /1.3/indicators/latest":               "section 8.6: seen in one client, no longer documented",
	"GET /1.3/enclave-tags":                    "section 8.6",
	"GET /1.3/indicators/external/related":     "section 8.6",
	"POST /1.3/indicators/{value}/tags":        "section 8.6",
	"DELETE /1.3/indicators/{value}/tags/{id}": "section 8.6",
	"POST /1.3/reports/{id}/enclave-tags":      "section 8.6",
	"DELETE /1.3/reports/{id}/enclave-tags":    "section 8.6",
	"GET /1.3/indicators/{value}/metadata":     "section 8.3: replaced by the POST",
	"GET /1.3/indicators/metadata":             "section 8.3: replaced by the POST",
}

// TestContract compares the table with the contract: every operation that it names is
// served, and what is served is named in the section that the table says.
func TestContract(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "contracts", "trustar.md"))
	if err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	name := regexp.MustCompile(`\{[^}]*\}`)
	normal := func(pattern string) string {
		pattern = name.ReplaceAllString(strings.ReplaceAll(pattern, `\|`, "|"), "{}")
		return strings.TrimSuffix(pattern, "/")
	}
	served, missing := map[string]string{}, map[string]bool{}
	for _, op := range operations() {
		served[normal(op.pattern)] = op.section
	}
	for pattern := range notServed {
		missing[normal(pattern)] = true
	}
	calls := regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE)((?: or |\|)(?:GET|POST|PUT|PATCH|DELETE))? (/(?:1\.2|1\.3|2\.0)/[^\s` + "`" + `?:&]*)`)
	heading := regexp.MustCompile(`^#+ (\d+(?:\.\d+)?)\b`)
	section, named := "", map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if found := heading.FindStringSubmatch(line); found != nil {
			section = found[1]
		}
		for _, found := range calls.FindAllStringSubmatch(line, -1) {
			methods := []string{found[1]}
			if found[2] != "" {
				methods = append(methods, strings.TrimLeft(found[2], "| or"))
			}
			for _, method := range methods {
				pattern := normal(method + " " + strings.TrimRight(found[3], "/.,;"))
				if !strings.HasPrefix(section, "8") && !strings.HasPrefix(section, "9") && !strings.HasPrefix(section, "10") {
					continue
				}
				if _, ok := served[pattern]; !ok && !missing[pattern] {
					t.Errorf("the contract's section %s has %s, which the station does not serve", section, pattern)
				}
				if served[pattern] == section {
					named[pattern] = true
				}
			}
		}
	}
	for pattern, section := range served {
		if strings.Contains(pattern, "/oauth/") {
			continue
		}
		assert.True(t, named[pattern], "%s is not in section %s of the contract", pattern, section)
	}
	require.NotEmpty(t, named)
	t.Logf("%d operations of the contract are served", len(named))
}

// TestConversationCoversOperations: every operation has a step that it answers with success;
// the log says how many are refused in one too.
func TestConversationCoversOperations(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "conversation", "*.txt"))
	require.NoError(t, err)
	steps := regexp.MustCompile(`(?m)^(GET|POST|PUT|PATCH|DELETE) (.+)\n(?:[a-z]+: .*\n)*=> (\d+)`)
	wild := regexp.MustCompile(`\{[^}/]*\}`)
	good, bad, total := map[string]int{}, map[string]int{}, 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, found := range steps.FindAllStringSubmatch(string(text), -1) {
			total++
			op, ok := match(httptest.NewRequest(found[1], wild.ReplaceAllString(found[2], "x"), nil))
			switch {
			case ok && found[3] == "200":
				good[op.pattern]++
			case ok:
				bad[op.pattern]++
			}
		}
	}
	versions := map[version]int{}
	for _, op := range operations() {
		assert.Positive(t, good[op.pattern], "%s succeeds in no step", op.pattern)
		versions[op.version]++
	}
	t.Logf("operations: %d of 1.2, %d of 1.3, %d of 2.0, %d without a version; %d steps", versions[version12], versions[version13],
		versions[version20], versions[unversioned], total)
	refusing := 0
	for _, n := range bad {
		if n > 0 {
			refusing++
		}
	}
	t.Logf("%d of %d operations are refused in some step", refusing, len(operations()))
}

func TestFoldIsSQLitesLower(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "abz Ä é İ @[`{", fold("ABZ Ä é İ @[`{"))
}
