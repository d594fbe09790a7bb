//go:build !js

package indicator

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTablesAreGenerated makes the tables anew, where their source is at hand, and
// compares them with the committed ones.
func TestTablesAreGenerated(t *testing.T) {
	t.Parallel()
	data, err := filepath.Abs("../../../shared/data")
	require.NoError(t, err)
	if _, err := os.Stat(data); err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	for _, table := range []struct {
		dir, committed string
		args           []string
	}{
		{".", "attack_table.go", []string{"gen_attack.go", "-in", data + "/attack.tsv"}},
		{".", "compose_table.go", []string{"gen_compose.go"}},
		{"tld", "table.go", []string{"gen.go", "-list", data + "/warninglists/tlds.json"}},
	} {
		out := filepath.Join(t.TempDir(), "table.go")
		run := exec.Command("go", append(append([]string{"run"}, table.args...), "-out", out)...)
		run.Dir = table.dir
		message, err := run.CombinedOutput()
		require.NoError(t, err, string(message))
		want, err := os.ReadFile(filepath.Join(table.dir, table.committed))
		require.NoError(t, err)
		got, err := os.ReadFile(out)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "run go generate ./core/indicator/...")
	}
}
