package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/indexstore"
	"github.com/sightline-sec/sightline/core/lookup"
)

// TestIndex fills an index, answers out of it when its platform is gone, and empties it.
func TestIndex(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "700")
	file, home := sandbox.file(t), t.TempDir()
	vars := map[string]string{"XDG_DATA_HOME": home}
	page := filepath.Join("..", "..", "testdata", "pages", "vendor-report.html")
	related := func(args ...string) lookup.Answer {
		got := call(t, vars, "", append([]string{"related", page, "--stellarcyber", file}, args...)...)
		require.Equal(t, exitOK, got.code, got.stderr)
		var answer lookup.Answer
		require.NoError(t, json.Unmarshal([]byte(got.stdout), &answer))
		return answer
	}
	live := related()
	assert.False(t, live.Sources[0].Indexed)

	got := call(t, vars, "", "index", "fill", "--stellarcyber", file)
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, "700 objects")
	got = call(t, vars, "", "index", "verify")
	require.Equal(t, exitOK, got.code, got.stderr)

	sandbox.stop()
	indexed := related()
	assert.Equal(t, lookup.IndexFresh, indexed.Sources[0].IndexState)
	assert.Zero(t, indexed.Sources[0].Calls)
	assert.Equal(t, lookup.StateAnswered, indexed.Sources[0].State, indexed.Sources[0].Words)
	found := map[string]bool{}
	for _, r := range indexed.Results {
		found[r.ID] = true
		assert.NotEmpty(t, r.Reasons)
	}
	for _, r := range live.Results {
		assert.True(t, found[r.ID], "what the platform would have said: %s", r.Title)
	}

	got = call(t, vars, "", "index", "status", "--stellarcyber", file)
	assert.Equal(t, exitOK, got.code)
	assert.Contains(t, got.stdout, "Stellar Cyber")
	require.NoError(t, filepath.WalkDir(filepath.Join(home, "sightline", "index"), func(path string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := entry.Info()
		require.NoError(t, err)
		assert.Zero(t, info.Mode().Perm()&0o077, "%s is its owner's alone", path)
		return nil
	}))

	got = call(t, vars, "", "index", "clear")
	assert.Equal(t, "700 objects forgotten\n", got.stdout)
	got = call(t, vars, "", "index", "status", "--stellarcyber", file)
	assert.Equal(t, exitNothing, got.code)
	segments, err := filepath.Glob(filepath.Join(home, "sightline", "index", "segment-*"))
	require.NoError(t, err)
	assert.Empty(t, segments, "nothing is left on the disk")
}

// TestIndexFillIsStoppedAndGoesOn is what Ctrl-C does.
func TestIndexFillIsStoppedAndGoesOn(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "900")
	file, dir := sandbox.file(t), t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	var out, errs strings.Builder
	env := environment{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" }}
	run(ctx, env, []string{"index", "fill", "--stellarcyber", file, "--index", dir})
	got := call(t, nil, "", "index", "verify", "--index", dir)
	require.Equal(t, exitOK, got.code, got.stderr)
	got = call(t, nil, "", "index", "fill", "--stellarcyber", file, "--index", dir)
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, "900 objects")
}

func TestDamagedIndexIsSaid(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "60")
	file, dir := sandbox.file(t), t.TempDir()
	require.Equal(t, exitOK, call(t, nil, "", "index", "fill", "--stellarcyber", file, "--index", dir).code)
	segments, err := filepath.Glob(filepath.Join(dir, "segment-*"))
	require.NoError(t, err)
	require.NotEmpty(t, segments)
	data, err := os.ReadFile(segments[0])
	require.NoError(t, err)
	data[len(data)/2] ^= 0xff
	require.NoError(t, os.WriteFile(segments[0], data, 0o600))
	got := call(t, nil, "", "index", "verify", "--index", dir)
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stderr, "damaged")
	got = call(t, nil, "", "index", "fill", "--stellarcyber", file, "--index", dir)
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, "60 objects", "fetched again")
	assert.Equal(t, exitOK, call(t, nil, "", "index", "verify", "--index", dir).code)
}

func TestTwoProgramsDoNotFillOneIndex(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "20")
	dir := t.TempDir()
	store, _, err := indexstore.Open(dir)
	require.NoError(t, err)
	got := call(t, nil, "", "index", "fill", "--stellarcyber", sandbox.file(t), "--index", dir)
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stderr, "in use")
	require.NoError(t, store.Close())
	assert.Equal(t, exitOK, call(t, nil, "", "index", "fill", "--stellarcyber", sandbox.file(t), "--index", dir).code)
}
