package clienttest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Operations are the calls that the package in the working directory declares, with
// the file of each: lines "//api:operation" with method and path, before the function
// that makes the call. None may be declared twice, or before no function.
func Operations(t *testing.T) map[string]string {
	t.Helper()
	declared := map[string]string{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		var waiting []string
		for line := range strings.Lines(string(source)) {
			if name, ok := strings.CutPrefix(line, "//api:operation "); ok {
				waiting = append(waiting, strings.TrimSpace(name))
			} else if strings.HasPrefix(line, "func ") {
				for _, name := range waiting {
					assert.Empty(t, declared[name], "%s is declared twice", name)
					declared[name] = file
				}
				waiting = nil
			}
		}
		assert.Empty(t, waiting, "%s declares operations of no function", file)
	}
	return declared
}
