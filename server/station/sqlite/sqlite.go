// Package sqlite opens the station's database natively. It is apart from station so
// that the driver never gets into the program for Workers.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite": SQLite translated to Go
)

// Memory is the path of a database that lives in memory, as long as it is open.
const Memory = ":memory:"

// busyTimeout is how long a statement waits for a lock, in milliseconds.
const busyTimeout = "5000"

// Open opens a database and creates it, readable by its owner alone, where there is
// none. It refuses a file that is not a whole database. An acknowledged write
// survives the death of the process and of the machine: write-ahead log, synced at
// every commit.
func Open(path string) (*sql.DB, error) {
	if path == Memory {
		return open(Memory, url.Values{}, 1)
	}
	if path == "" {
		return nil, errors.New("sqlite: the database has no path")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = file.Close()
	} else if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	// More connections only wait for each other: there is one writer at a time.
	return open(name.String(), url.Values{"_pragma": {
		"busy_timeout(" + busyTimeout + ")", "journal_mode(WAL)", "synchronous(FULL)", "trusted_schema(OFF)",
	}}, 8)
}

func open(name string, query url.Values, connections int) (*sql.DB, error) {
	if len(query) > 0 {
		name += "?" + query.Encode()
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	// Reads the header and the schema: what is not a database is found out here.
	var tables int
	if err := db.QueryRow(`SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("sqlite: the database cannot be opened: %w", err)
	}
	return db, nil
}

// Check reads the whole database and returns what is wrong with it, nil if nothing is.
func Check(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		return fmt.Errorf("sqlite: check: %w", err)
	}
	defer rows.Close()
	var problems []error
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return fmt.Errorf("sqlite: check: %w", err)
		}
		if line != "ok" {
			problems = append(problems, errors.New("sqlite: check: "+line))
		}
	}
	return errors.Join(append(problems, rows.Err())...)
}
