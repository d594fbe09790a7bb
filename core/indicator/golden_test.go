package indicator

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the finds of the golden reports anew")

// TestGoldenReports scans whole reports of our own writing. Each line of finds is the
// offset, the find as in the tables, and the steps that undid its disguise.
func TestGoldenReports(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/reports/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		require.Len(t, archive.Files, 2, name)
		var got strings.Builder
		found := checkLaws(t, string(archive.Files[0].Data))
		for i, line := range show(found) {
			got.WriteString(itoa(found[i].Span.Start) + " " + line)
			if words := found[i].Steps.Words(); words != nil {
				got.WriteString(" (" + strings.Join(words, "; ") + ")")
			}
			got.WriteByte('\n')
		}
		if *update {
			archive.Files[1].Data = []byte(got.String())
			require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
			continue
		}
		assert.Equal(t, string(archive.Files[1].Data), got.String(), name)
	}
}
