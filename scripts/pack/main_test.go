package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tree makes a small extension to pack.
func tree(t *testing.T, change func(files map[string]string)) string {
	t.Helper()
	files := map[string]string{
		"manifest.json": `{
			"manifest_version": 3, "version": "0.0.0", "minimum_chrome_version": "141",
			"permissions": ["activeTab", "sidePanel"],
			"background": {"service_worker": "background/main.js", "scripts": ["background/main.js"], "type": "module"},
			"side_panel": {"default_path": "panel.html"}, "sidebar_action": {"default_panel": "panel.html"},
			"browser_specific_settings": {"gecko": {"id": "a@b.example"}}
		}`,
		"background/main.js":      "//",
		"background/main.test.js": "//",
		"panel.html":              "<!doctype html>",
		"types/core.d.ts":         "export {}",
		"wasm/core.wasm":          "\x00asm",
		"wasm/wasm_exec.js":       "//",
		"wasm/.DS_Store":          "",
	}
	if change != nil {
		change(files)
	}
	source := t.TempDir()
	for name, text := range files {
		path := filepath.Join(source, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return source
}

// unpack reads a package's files.
func unpack(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	require.NoError(t, err)
	defer archive.Close()
	files := map[string]string{}
	var names []string
	for _, entry := range archive.File {
		body, err := entry.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(body)
		require.NoError(t, err)
		files[entry.Name] = string(data)
		names = append(names, entry.Name)
	}
	assert.True(t, slices.IsSorted(names), "entries are sorted")
	return files
}

func TestPackage(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	require.NoError(t, run(tree(t, nil), out, "1.2.3"))
	for _, name := range []string{"chromium", "firefox"} {
		files := unpack(t, filepath.Join(out, "sightline-"+name+".zip"))
		assert.Len(t, files, 5, "tests, types and hidden files stay out")
		var m struct {
			Version     string
			Permissions []string
			Background  map[string]any
			SidePanel   any `json:"side_panel"`
			Gecko       any `json:"browser_specific_settings"`
		}
		require.NoError(t, json.Unmarshal([]byte(files["manifest.json"]), &m))
		assert.Equal(t, "1.2.3", m.Version)
		assert.Equal(t, name == "chromium", m.Background["service_worker"] != nil)
		assert.Equal(t, name == "firefox", m.Background["scripts"] != nil)
		assert.Equal(t, name == "chromium", slices.Contains(m.Permissions, "sidePanel"))
		assert.Equal(t, name == "chromium", m.SidePanel != nil)
		assert.Equal(t, name == "firefox", m.Gecko != nil)
	}
}

func TestSameFilesSameBytes(t *testing.T) {
	t.Parallel()
	read := func() string {
		out := t.TempDir()
		require.NoError(t, run(tree(t, nil), out, "1.2.3"))
		data, err := os.ReadFile(filepath.Join(out, "sightline-firefox.zip"))
		require.NoError(t, err)
		return string(data)
	}
	assert.Equal(t, read(), read(), "made at another time, in another folder")
}

func TestAbsentFileIsNamed(t *testing.T) {
	t.Parallel()
	source := tree(t, func(files map[string]string) { delete(files, "wasm/core.wasm") })
	err := run(source, t.TempDir(), "1.2.3")
	require.Error(t, err)
	assert.True(t, strings.Contains(err.Error(), "wasm/core.wasm"), err)
}

// budget of a packed extension in bytes: what a user downloads, and a reviewer reads.
const budget = 1_800_000

func TestPackageIsSmall(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../../extension/wasm/core.wasm"); err != nil {
		t.Skip("skipped: extension/wasm/core.wasm is absent, run make wasm")
	}
	out := t.TempDir()
	require.NoError(t, run("../../extension", out, "0.0.0"))
	for _, name := range []string{"chromium", "firefox"} {
		info, err := os.Stat(filepath.Join(out, "sightline-"+name+".zip"))
		require.NoError(t, err)
		t.Logf("%s: %d bytes, %d %% of the budget", name, info.Size(), 100*info.Size()/budget)
		assert.LessOrEqual(t, info.Size(), int64(budget))
	}
}

// contentBudget in bytes: what is put into a page on a gesture.
const contentBudget = 20_000

func TestContentScriptsAreSmall(t *testing.T) {
	t.Parallel()
	total := int64(0)
	for _, name := range []string{"collect.js", "highlight.js"} {
		info, err := os.Stat(filepath.Join("../../extension/content", name))
		require.NoError(t, err)
		total += info.Size()
	}
	t.Logf("content scripts: %d bytes", total)
	assert.LessOrEqual(t, total, int64(contentBudget), "a page is slowed by every byte of it")
}
