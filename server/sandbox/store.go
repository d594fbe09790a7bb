package sandbox

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // database/sql driver "sqlite"
)

const schema = `
CREATE TABLE cases (
  id TEXT PRIMARY KEY, acknowledged INTEGER NOT NULL, assignee TEXT NOT NULL, closed INTEGER NOT NULL,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, cust_id TEXT NOT NULL, modified_at INTEGER NOT NULL,
  modified_by TEXT NOT NULL, name TEXT NOT NULL, score REAL NOT NULL, size INTEGER NOT NULL, status TEXT NOT NULL,
  severity TEXT NOT NULL, tags TEXT NOT NULL, ticket_id INTEGER NOT NULL UNIQUE, version INTEGER NOT NULL,
  created_by_name TEXT NOT NULL, modified_by_name TEXT NOT NULL, assignee_name TEXT NOT NULL, tenant_name TEXT NOT NULL,
  observables TEXT NOT NULL
) STRICT;
CREATE INDEX cases_created ON cases (created_at);
CREATE TABLE sightings (value TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES cases (id), PRIMARY KEY (value, case_id)) STRICT, WITHOUT ROWID;
`

// columns of cases in the order of caseRow's fields.
const columns = `id, acknowledged, assignee, closed, created_at, created_by, cust_id, modified_at, modified_by, name, score,
  size, status, severity, tags, ticket_id, version, created_by_name, modified_by_name, assignee_name, tenant_name`

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
	if _, err := db.ExecContext(ctx, schema+objectsSchema); err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: make tables: %w", err), db.Close())
	}
	return db, nil
}

func insert(ctx context.Context, db *sql.DB, cases []generated) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("sandbox: insert cases: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	row, err := tx.PrepareContext(ctx, `INSERT INTO cases (`+columns+`, observables) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
	if err != nil {
		return fmt.Errorf("sandbox: insert cases: %w", err)
	}
	seen, err := tx.PrepareContext(ctx, `INSERT INTO sightings SELECT value, ? FROM json_each(?)`)
	if err != nil {
		return fmt.Errorf("sandbox: insert sightings: %w", err)
	}
	for _, g := range cases {
		c := g.row
		tags, observed, values, err := encode(g)
		if err != nil {
			return err
		}
		if _, err := row.ExecContext(ctx, string(c.ID), c.Acknowledged, c.Assignee, c.Closed, c.CreatedAt, c.CreatedBy, c.CustID,
			c.ModifiedAt, c.ModifiedBy, c.Name, c.Score, c.Size, c.Status, c.Severity, tags, c.TicketID, c.Version,
			c.CreatedByName, c.ModifiedByName, c.AssigneeName, c.TenantName, observed); err != nil {
			return fmt.Errorf("sandbox: insert case: %w", err)
		}
		if _, err := seen.ExecContext(ctx, string(c.ID), values); err != nil {
			return fmt.Errorf("sandbox: insert sightings: %w", err)
		}
	}
	return tx.Commit()
}

func encode(g generated) (tags, observed, values string, err error) {
	var parts [3][]byte
	for i, v := range []any{g.row.Tags, g.observables, g.values} {
		if parts[i], err = json.Marshal(v); err != nil {
			return "", "", "", fmt.Errorf("sandbox: encode case: %w", err)
		}
	}
	return string(parts[0]), string(parts[1]), string(parts[2]), nil
}

// find returns the page of cases that q asks for, and how many match in all.
func (s *Sandbox) find(ctx context.Context, q query) (total int, page []caseRow, err error) {
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM cases"+q.where(), q.args...).Scan(&total); err != nil {
		return 0, nil, fmt.Errorf("sandbox: count cases: %w", err)
	}
	rows, err := s.db.QueryContext(ctx, "SELECT "+columns+" FROM cases"+q.where()+q.order()+" LIMIT ? OFFSET ?", append(q.args, q.limit, q.skip)...)
	if err != nil {
		return 0, nil, fmt.Errorf("sandbox: find cases: %w", err)
	}
	defer rows.Close()
	page = []caseRow{}
	for rows.Next() {
		c, err := scan(rows)
		if err != nil {
			return 0, nil, err
		}
		page = append(page, c)
	}
	return total, page, rows.Err()
}

type row interface{ Scan(into ...any) error }

func scan(r row) (caseRow, error) {
	var c caseRow
	var tags string
	if err := r.Scan(&c.ID, &c.Acknowledged, &c.Assignee, &c.Closed, &c.CreatedAt, &c.CreatedBy, &c.CustID, &c.ModifiedAt,
		&c.ModifiedBy, &c.Name, &c.Score, &c.Size, &c.Status, &c.Severity, &tags, &c.TicketID, &c.Version,
		&c.CreatedByName, &c.ModifiedByName, &c.AssigneeName, &c.TenantName); err != nil {
		return caseRow{}, err
	}
	return c, json.Unmarshal([]byte(tags), &c.Tags)
}

// observablesOf returns a case's observables as JSON; sql.ErrNoRows if there is no such case.
func (s *Sandbox) observablesOf(ctx context.Context, id string) (json.RawMessage, error) {
	var text string
	err := s.db.QueryRowContext(ctx, "SELECT observables FROM cases WHERE id = ?", id).Scan(&text)
	return json.RawMessage(text), err
}
