package threatstack

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const fixtures = "../../testdata/api/threatstack/"

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(fixtures + name)
	require.NoError(t, err)
	return strings.TrimSuffix(string(data), "\n")
}
