package trustartest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/trustar"
)

// Golden is the fixture that holds what each operation's answer is understood as.
const Golden = "decoded.golden"

// New returns a client of an operation on a server that has Handler at its root. Its
// clock stands still.
func (op Operation) New(transport api.Transport, baseURL string) (*trustar.Client, error) {
	return trustar.New(trustar.Config{
		Transport: transport, BaseURL: baseURL + Prefix + url.PathEscape(op.Name), Version: op.Version, Key: Key, Secret: Secret,
		Metatag: "trustartest", Now: func() time.Time { return year2023.Time() }, MaxWait: time.Millisecond,
	})
}

// Run makes every operation's call and compares what comes of it with Golden. It
// returns what the file would hold.
func Run(t *testing.T, newTransport func() api.Transport, baseURL string) string {
	t.Helper()
	text, err := Fixture(Golden)
	require.NoError(t, err)
	want := sections(text)
	var all strings.Builder
	for _, op := range Operations() {
		t.Run(op.Name, func(t *testing.T) {
			client, err := op.New(newTransport(), baseURL)
			require.NoError(t, err)
			result, err := op.Run(t.Context(), client)
			require.NoError(t, err)
			got, err := json.MarshalIndent(result, "", "  ")
			require.NoError(t, err)
			all.WriteString("-- " + op.Name + " --\n" + string(got) + "\n")
			assert.Equal(t, want[op.Name], string(got))
		})
	}
	return all.String()
}

// sections divides a golden file at its lines of "-- name --".
func sections(text string) map[string]string {
	found := map[string]string{}
	for section := range strings.SplitSeq("\n"+text, "\n-- ") {
		if name, body, ok := strings.Cut(section, " --\n"); ok {
			found[name] = strings.TrimSuffix(body, "\n")
		}
	}
	return found
}
