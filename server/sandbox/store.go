package sandbox

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // database/sql driver "sqlite"
)

// open opens the file, or a database in memory that all connections share and that
// lasts while one of them is open. The idle ones are kept for that, and the first
// is never given back.
func open(ctx context.Context, path string) (*sql.DB, error) {
	const busy = "_pragma=busy_timeout(5000)" // a call that writes makes others wait, not fail
	inMemory := path == ""
	if inMemory {
		path = "file:/sandbox-" + hex.EncodeToString(randomBytes(8)) + "?vfs=memdb&" + busy
	} else {
		path += "?" + busy
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, fmt.Errorf("sandbox: open database: %w", err)
	}
	db.SetMaxOpenConns(8)
	if inMemory {
		if _, err := db.Conn(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("sandbox: open database: %w", err), db.Close())
		}
	}
	if _, err := db.ExecContext(ctx, objectsSchema); err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: make tables: %w", err), db.Close())
	}
	return db, nil
}
