package sqlite_test

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sqlite.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func TestOpen(t *testing.T) {
	t.Parallel()
	// Characters that mean something in a URI must not in a path.
	path := filepath.Join(t.TempDir(), "a b#c?d%20é.db")
	db := open(t, path)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000"} {
		var got string
		require.NoError(t, db.QueryRow("PRAGMA "+pragma).Scan(&got))
		assert.Equal(t, want, got, pragma)
	}
	_, err := db.Exec(`CREATE TABLE t (x TEXT) STRICT`)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	for _, beside := range []string{path + "-wal", path + "-shm"} {
		info, err := os.Stat(beside)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), beside)
	}
	require.NoError(t, sqlite.Check(t.Context(), open(t, path)))
}

func TestOpenMemory(t *testing.T) {
	t.Parallel()
	one, other := open(t, sqlite.Memory), open(t, sqlite.Memory)
	_, err := one.Exec(`CREATE TABLE t (x TEXT) STRICT`)
	require.NoError(t, err)
	_, err = one.Exec(`INSERT INTO t VALUES ('kept')`)
	require.NoError(t, err)
	_, err = other.Exec(`INSERT INTO t VALUES ('x')`)
	require.ErrorContains(t, err, "no such table", "each is a database of its own")
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	require.NoError(t, os.WriteFile(text, bytes.Repeat([]byte("not a database "), 100), 0o600))
	for name, path := range map[string]string{
		"no path": "", "a folder": folder, "no such folder": filepath.Join(folder, "none", "x.db"), "another file": text,
	} {
		_, err := sqlite.Open(path)
		assert.Error(t, err, name)
	}
	after, err := os.ReadFile(text)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(after), "not a database "), "what is refused is left alone")
}

func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sqlite.Open(path)
	require.NoError(t, err)
	s := station.New(station.Config{DB: db})
	require.NoError(t, s.Migrate(t.Context()))
	_, err = station.Demo(t.Context(), s)
	require.NoError(t, err)
	require.NoError(t, sqlite.Check(t.Context(), db))
	require.NoError(t, db.Close())

	content, err := os.ReadFile(path)
	require.NoError(t, err)
	for page := 3; page*4096+2000 < len(content); page++ {
		_, err = rand.Read(content[page*4096 : page*4096+2000])
		require.NoError(t, err)
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	broken, err := sqlite.Open(path)
	if err == nil {
		defer broken.Close()
		err = sqlite.Check(t.Context(), broken)
	}
	assert.Error(t, err)
}

// A dump makes a database whose dump is the same, and whose triggers work.
func TestDump(t *testing.T) {
	t.Parallel()
	db := open(t, sqlite.Memory)
	s := station.New(station.Config{DB: db})
	require.NoError(t, s.Migrate(t.Context()))
	_, err := station.Demo(t.Context(), s)
	require.NoError(t, err)
	var first, second strings.Builder
	require.NoError(t, sqlite.Dump(t.Context(), db, &first))

	restored := open(t, sqlite.Memory)
	_, err = restored.Exec(first.String())
	require.NoError(t, err)
	require.NoError(t, sqlite.Dump(t.Context(), restored, &second))
	assert.Equal(t, first.String(), second.String())

	again := station.New(station.Config{DB: restored})
	require.NoError(t, again.Migrate(t.Context()), "it is migrated already")
	_, err = restored.Exec(`DELETE FROM reports`)
	require.NoError(t, err)
	var left int
	require.NoError(t, restored.QueryRow(`SELECT count(*) FROM mentions`).Scan(&left))
	assert.Zero(t, left)
}

func TestSetup(t *testing.T) {
	t.Parallel()
	var script strings.Builder
	credentials, err := sqlite.Setup(t.Context(), &script, sqlite.FirstUser{Company: "O'Hara & Sons", Name: "Ann", Enclaves: []string{"Intel"}})
	require.NoError(t, err)
	assert.NotContains(t, script.String(), credentials.Key)
	assert.NotContains(t, script.String(), credentials.Secret.Reveal())
	for line := range strings.Lines(script.String()) {
		assert.True(t, strings.HasSuffix(line, ";\n"), "one statement a line: %s", line)
	}
	db := open(t, sqlite.Memory)
	_, err = db.Exec(script.String())
	require.NoError(t, err)
	var grants int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM grants WHERE user_id = ?1 AND can_update = 1`, credentials.UserID).Scan(&grants))
	assert.Equal(t, 1, grants)
}
