//go:build !js

package core_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/sightline-sec/sightline/"
	// leaves is where packages lie that import nothing of ours and that all others
	// may import.
	leaves = "core/internal/"
)

// rules say which of our own packages a package may import, directly or not, and
// what it must never reach. Each row has its reason; a row whose package is gone fails.
var rules = []struct {
	pkg     string
	may     []string
	never   []string
	because string
}{
	{"core/indicator/tld", nil, []string{"net/http", "regexp", "os", "encoding/json"}, "looking a suffix up is arithmetic over a table"},
	{"core/indicator", []string{"core/indicator/tld"}, []string{"regexp", "net/http", "encoding/json", "fmt", "os", "time"}, "one pass over bytes is 40 times faster than Go's regexp, and purity makes it fuzzable"},
	{"core/internal/base64", nil, []string{"encoding/base64"}, "anybody in core may import it"},
	{"core/internal/dates", nil, []string{"fmt", "reflect"}, "anybody in core may import it"},
	{"core/internal/errtype", nil, []string{"reflect"}, "anybody in core may import it"},
	{"core/internal/sorting", nil, []string{"reflect", "slices", "sort"}, "anybody in core may import it"},
	{"core/internal/sha256", nil, []string{"crypto/sha256", "reflect"}, "anybody in core may import it"},
	{"core/api", nil, []string{"net/http", "crypto/tls", "database/sql"}, "net/http's types cost 2.0 MB of wasm, http.Client 6.8 MB"},
	{"core/trustar", []string{"core/api"}, []string{"net/http"}, "a platform goes away by deleting its folder"},
	{"core/stellarcyber", []string{"core/api"}, []string{"net/http"}, "a platform goes away by deleting its folder"},
	{"core/threatstack/hawk", nil, []string{"net/http", "crypto/hmac", "crypto/sha256", "encoding/base64", "fmt"}, "a scheme of authentication knows texts and keys, nothing of a platform"},
	{"core/threatstack", []string{"core/api", "core/threatstack/hawk"}, []string{"net/http"}, "a platform goes away by deleting its folder"},
	{"core/report", []string{"core/api", "core/indicator", "core/indicator/tld", "core/trustar"}, []string{"net/http"}, "a report knows its destinations and the engine, nothing else"},
	{"core/lookup/index", nil, []string{"fmt", "os", "reflect", "slices", "sort", "strconv", "time", "encoding/binary"}, "an index is arithmetic over bytes, and is linked into the wasm"},
	{"core/lookup", []string{"core/api", "core/indicator", "core/indicator/tld", "core/trustar", "core/stellarcyber", "core/threatstack", "core/threatstack/hawk", "core/report", "core/lookup/index"}, []string{"net/http"}, "its vocabulary is ours, not JavaScript's"},
	{"core/app", []string{"core/api", "core/indicator", "core/indicator/tld", "core/trustar", "core/stellarcyber", "core/threatstack", "core/threatstack/hawk", "core/report", "core/lookup", "core/lookup/index"}, []string{"net/http"}, "the extension and the command line share every rule"},
	{"core/bridge", []string{"core/api", "core/indicator", "core/indicator/tld", "core/trustar", "core/stellarcyber", "core/threatstack", "core/threatstack/hawk", "core/report", "core/lookup", "core/lookup/index", "core/app"}, []string{"net/http"}, "the whole contract with JavaScript runs under go test"},
	{"wasm/internal/jsx", nil, []string{"net/http"}, "promises and bytes need nothing of ours"},
	{"wasm/internal/fetch", []string{"core/api", "wasm/internal/jsx"}, []string{"net/http"}, "the reason for which it exists"},
	{
		"wasm/extension",
		[]string{
			"core/api", "core/indicator", "core/indicator/tld", "core/trustar", "core/stellarcyber", "core/threatstack", "core/threatstack/hawk", "core/report", "core/lookup", "core/lookup/index", "core/app",
			"core/bridge", "wasm/internal/jsx", "wasm/internal/fetch",
		},
		[]string{"net/http", "crypto/tls", "regexp", "database/sql", "github.com/mailru/easyjson", "github.com/syumai/workers", "testing", "log", "flag"},
		"the wasm budget: easyjson's root package alone links net/http, 1.8 MB",
	},
	{
		"wasm/worker",
		[]string{"core/api", "core/indicator", "core/indicator/tld", "core/trustar", "server/station", "server/internal/serve"},
		[]string{"modernc.org/sqlite", "testing"},
		"a Worker is at most 3 MB gzip; SQLite there is D1",
	},
}

type listed struct {
	ImportPath string
	Deps       []string
}

// wasmDeps lists what a package reaches when it is built for the browser; flags are go list's.
func wasmDeps(t *testing.T, pkg string, flags ...string) listed {
	t.Helper()
	list := exec.Command("go", append(append([]string{"list", "-json=ImportPath,Deps"}, flags...), module+pkg)...)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	require.NoError(t, err, "%s: a rule names a package that cannot be listed; if it is gone, its rule goes too", pkg)
	var found listed
	require.NoError(t, json.Unmarshal(out, &found))
	return found
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, rule := range rules {
		t.Run(rule.pkg, func(t *testing.T) {
			t.Parallel()
			for _, dep := range wasmDeps(t, rule.pkg).Deps {
				if own, ours := strings.CutPrefix(dep, module); ours && !slices.Contains(rule.may, own) && !strings.HasPrefix(own, leaves) {
					t.Errorf("%s must not import %s: %s", rule.pkg, own, rule.because)
				}
				if slices.Contains(rule.never, dep) {
					t.Errorf("%s must not reach %s: %s", rule.pkg, dep, rule.because)
				}
			}
		})
	}
}

// TestWasmDoesWithout holds what is linked, the leaner easyjson included, against the
// packages that cost the most for what little they would be used for. scripts/build-wasm
// builds with the same go.mod.
func TestWasmDoesWithout(t *testing.T) {
	t.Parallel()
	lean := exec.Command("go", "run", "./scripts/leanjson")
	lean.Dir = ".."
	modfile, err := lean.Output()
	require.NoError(t, err)
	deps := wasmDeps(t, "wasm/extension", "-modfile=../"+strings.TrimSpace(string(modfile))).Deps
	require.Contains(t, deps, "github.com/mailru/easyjson/jlexer")
	for _, guest := range []string{
		"crypto/rand", "crypto/sha256", "encoding/base64", "encoding/binary", "encoding/hex", "encoding/json", "fmt",
		"net", "net/url", "reflect", "sort",
	} {
		require.NotContains(t, deps, guest, "core/internal and core/api have small ways to do what it does")
	}
}

// TestEveryCorePackageHasARule keeps a new package from slipping in without one.
func TestEveryCorePackageHasARule(t *testing.T) {
	t.Parallel()
	exempt := map[string]string{
		"core":                          "holds no code",
		"core/api/apitest":              "tests alone",
		"core/api/apitest/clienttest":   "tests alone",
		"core/api/apitest/server":       "tests alone",
		"core/stellarcyber/stellartest": "tests alone",
		"core/trustar/trustartest":      "tests alone",
		"core/api/httptransport":        "the one native door to net/http's client",
		"core/bridge/dtsgen":            "a generator, never shipped",
		"core/lookup/commongen":         "a generator, never shipped",
		"core/indicator/custom":         "RE2 patterns of an organisation, outside the hot path; only the native program has it",
		"core/indicator/tld/gen":        "a generator, never shipped",
		"core/indicator/names/gen":      "a generator, never shipped",
	}
	list := exec.Command("go", "list", "./...")
	out, err := list.Output()
	require.NoError(t, err)
	for pkg := range strings.FieldsSeq(string(out)) {
		own := strings.TrimPrefix(pkg, module)
		if _, ok := exempt[own]; ok || own == strings.TrimSuffix(module, "/") || strings.Contains(own, "/internal/") {
			continue
		}
		require.True(t, slices.ContainsFunc(rules, func(r struct {
			pkg     string
			may     []string
			never   []string
			because string
		},
		) bool {
			return r.pkg == own
		}), "%s has no row in rules", own)
	}
}
