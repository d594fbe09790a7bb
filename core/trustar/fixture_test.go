package trustar

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

var update = flag.Bool("update", false, "write the golden files")

const fixtures = "../../testdata/api/trustar/"

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(fixtures + name)
	require.NoError(t, err)
	return string(data)
}

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(fixtures+name, []byte(got), 0o644))
	}
	require.Equal(t, fixture(t, name), got)
}

func response(body []byte) *api.Response { return &api.Response{Status: 400, Body: body} }
