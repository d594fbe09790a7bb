package stellarcyber

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// operations are the calls that the package makes, each with a test that makes it.
// They must be the ones that the comments of the code declare.
var operations = map[string]string{
	"POST /connect/api/v1/access_token":          "TestToken",
	"GET /connect/api/v1/cases":                  "TestCases",
	"GET /connect/api/v1/cases/{id}/observables": "TestObservables",
}

func TestOperations(t *testing.T) {
	t.Parallel()
	declared, tests := map[string]bool{}, map[string]bool{}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		source, err := os.ReadFile(entry.Name())
		require.NoError(t, err)
		for line := range strings.Lines(string(source)) {
			if operation, ok := strings.CutPrefix(line, "//api:operation "); ok {
				declared[strings.TrimSpace(operation)] = true
			}
			if name, ok := strings.CutPrefix(line, "func Test"); ok {
				name, _, _ = strings.Cut(name, "(")
				tests["Test"+name] = true
			}
		}
	}
	for operation, test := range operations {
		assert.True(t, declared[operation], "%s is declared nowhere", operation)
		assert.True(t, tests[test], "%s has no test %s", operation, test)
	}
	for operation := range declared {
		assert.Contains(t, operations, operation)
	}
}
