package stellarcyber

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

const fixtures = "../../testdata/api/stellarcyber/"

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(fixtures + name)
	require.NoError(t, err)
	return string(data)
}
