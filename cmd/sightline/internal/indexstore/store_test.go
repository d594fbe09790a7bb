package indexstore_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/indexstore"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

var key = index.Key{Type: "domain", Value: "evil.example"}

func open(t *testing.T, dir string) *indexstore.Store {
	t.Helper()
	s, damage, err := indexstore.Open(dir)
	require.NoError(t, err)
	require.Nil(t, damage)
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

func put(s *indexstore.Store, id string) {
	s.Index.Put(index.Object{Source: "p", Kind: "case", ID: id}, []index.Sighting{{Key: key, Place: index.Observable}})
}

func TestWhatIsCommittedLasts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	s := open(t, dir)
	put(s, "1")
	require.NoError(t, s.Commit())
	put(s, "2")
	require.NoError(t, s.Close())

	s = open(t, dir)
	assert.Equal(t, 1, s.Index.Count(key), "the second was not committed")
	put(s, "2")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Commit(), "there is nothing to commit")
	require.NoError(t, s.Close())
	assert.Equal(t, 2, open(t, dir).Index.Count(key))

	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		info, err := entry.Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), entry.Name())
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestOneProcessAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	_, _, err := indexstore.Open(dir)
	var inUse *indexstore.InUseError
	require.ErrorAs(t, err, &inUse)
	require.NoError(t, s.Close())
	open(t, dir)
}

func TestLeftoversAreSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	put(s, "1")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Close())
	for _, name := range []string{"segment-000000ff", "segment-00000001.unready", "manifest.unready"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600))
	}
	assert.Equal(t, 1, open(t, dir).Index.Count(key))
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	assert.Len(t, names, 3, "lock, manifest and a segment: %v", names)
}

func TestDamageIsToldAndMended(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	put(s, "1")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Close())
	names, err := filepath.Glob(filepath.Join(dir, "segment-*"))
	require.NoError(t, err)
	require.Len(t, names, 1)
	data, err := os.ReadFile(names[0])
	require.NoError(t, err)
	data[len(data)/2] ^= 1
	require.NoError(t, os.WriteFile(names[0], data, 0o600))

	s, damage, err := indexstore.Open(dir)
	require.NoError(t, err)
	require.NotNil(t, damage)
	assert.Equal(t, []string{"p"}, damage.Sources)
	assert.Zero(t, s.Index.Count(key))
	put(s, "1")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Close())
	assert.Equal(t, 1, open(t, dir).Index.Count(key))
}

func TestClear(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	put(s, "1")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Clear())
	assert.Zero(t, s.Index.Count(key))
	put(s, "2")
	require.NoError(t, s.Commit())
	require.NoError(t, s.Clear())
	require.NoError(t, s.Close())
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(dir, "lock")}, names)
}
