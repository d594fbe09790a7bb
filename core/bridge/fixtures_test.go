package bridge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/bridge"
)

var update = flag.Bool("update", false, "write what the bridge answers into testdata/bridge")

// fixture is one exchange with the core; scripts execute the same files through
// the wasm build.
type fixture struct {
	// Name says in a few words what is shown.
	Name string `json:"name"`
	// Before are calls that set the scene, e.g. "configure".
	Before []call `json:"before,omitempty"`
	call
	// Response or Fault is what comes back.
	Response json.RawMessage `json:"response,omitempty"`
	Fault    json.RawMessage `json:"fault,omitempty"`
	// Dynamic are the paths in Response that depend on clock or chance. The Go test
	// fixes both; other hosts leave these out of the comparison.
	Dynamic []string `json:"dynamic,omitempty"`
}

type call struct {
	Method  string          `json:"method"`
	Request json.RawMessage `json:"request"`
}

var noon = time.UnixMilli(1_790_000_000_000)

// deaf is a network that reaches nobody. Fixtures need no server.
type deaf struct{}

func (deaf) RoundTrip(context.Context, *api.Request) (*api.Response, error) {
	return nil, &api.NetworkError{}
}

func newBridge(transport api.Transport) *bridge.Bridge {
	return bridge.New(bridge.Config{
		Transport: transport,
		Now:       func() time.Time { return noon },
		Random:    strings.NewReader(strings.Repeat("0123456789abcdef", 1000)),
		Version:   "0.0.0-test",
	})
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/bridge/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	shown := make(map[string]bool)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var f fixture
		require.NoError(t, json.Unmarshal(data, &f), file)
		shown[f.Method] = true
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			b := newBridge(deaf{})
			for _, before := range f.Before {
				_, err := b.Call(t.Context(), before.Method, before.Request)
				require.NoError(t, err)
			}
			response, err := b.Call(t.Context(), f.Method, f.Request)
			var fault []byte
			if err != nil {
				fault = bridge.EncodeFault(err)
			}
			if *update {
				f.Response, f.Fault = response, fault
				writeFixture(t, file, f)
				return
			}
			assert.Equal(t, compact(t, f.Response), string(response))
			assert.Equal(t, compact(t, f.Fault), string(fault))
		})
	}
	for _, method := range newBridge(nil).Methods() {
		assert.True(t, shown[method], "no fixture calls %q", method)
	}
}

func compact(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	if len(raw) == 0 {
		return ""
	}
	var b bytes.Buffer
	require.NoError(t, json.Compact(&b, raw))
	return b.String()
}

func writeFixture(t *testing.T, file string, f fixture) {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(f))
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
}
