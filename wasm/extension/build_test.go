//go:build !js

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// budget is the most that core.wasm may be after gzip -9, in bytes. It is loaded at
// every start of the background, and half of the packed extension.
const budget = 1_200_000

type buildInfo struct {
	Version, Go, SHA256 string
	Bytes, Gzip         int
}

// A reviewer of a store rebuilds core.wasm and compares. The sources lie elsewhere
// there, and no git is around them.
func TestBuildIsReproducibleAndSmall(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds core.wasm twice")
	}
	if runtime.GOOS == "windows" {
		t.Skip("scripts/build-wasm is a shell script")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	elsewhere := filepath.Join(t.TempDir(), "a", "longer", "path")
	for _, part := range []string{"go.mod", "go.sum", "core", "wasm/extension", "wasm/internal", "scripts/build-wasm", "scripts/engineflags", "scripts/leanjson", "scripts/leanwasm", "scripts/internal", "extension/manifest.json"} {
		copyTree(t, filepath.Join(root, part), filepath.Join(elsewhere, part))
	}
	here, infoHere := build(t, root)
	there, infoThere := build(t, elsewhere)
	assert.Equal(t, infoHere, infoThere)
	assert.Equal(t, here, there, "sha256 of core.wasm says the same above")

	t.Logf("core.wasm: %d bytes, %d bytes gzip, %.0f %% of the budget", infoHere.Bytes, infoHere.Gzip, 100*float64(infoHere.Gzip)/budget)
	assert.LessOrEqual(t, infoHere.Gzip, budget,
		"over budget: see what came in by `GOOS=js GOARCH=wasm go list -modfile=.cache/leanjson/go.mod -deps ./wasm/extension`; fmt, reflect and net/http are the usual guests")
}

// build runs the script in root and returns the digest of core.wasm and what build-info.json says.
func build(t *testing.T, root string) (string, buildInfo) {
	t.Helper()
	out := t.TempDir()
	script := exec.CommandContext(t.Context(), filepath.Join(root, "scripts", "build-wasm"), out)
	text, err := script.CombinedOutput()
	require.NoError(t, err, "%s", text)
	data, err := os.ReadFile(filepath.Join(out, "build-info.json"))
	require.NoError(t, err)
	var info buildInfo
	require.NoError(t, json.Unmarshal(data, &info))
	assert.FileExists(t, filepath.Join(out, "wasm_exec.js"))
	wasm, err := os.ReadFile(filepath.Join(out, "core.wasm"))
	require.NoError(t, err)
	assert.Len(t, wasm, info.Bytes)
	return info.SHA256, info
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
	if info.IsDir() {
		require.NoError(t, os.CopyFS(to, os.DirFS(from)))
		return
	}
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, data, info.Mode()))
}
