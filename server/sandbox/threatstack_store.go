package sandbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// objectsSchema keeps what Threat Stack answers as it answers it: a kind's objects
// are JSON, found by id, parent, time and fields.
const objectsSchema = `
CREATE TABLE threatstack (
  kind TEXT NOT NULL, org TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, at INTEGER NOT NULL,
  place INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, org, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX threatstack_place ON threatstack (kind, org, place);
CREATE INDEX threatstack_parent ON threatstack (kind, parent);
`

// object is one of a kind that Threat Stack has.
type object struct {
	kind, org, id string
	// parent is what it belongs to: an event's alert, a rule's ruleset. The two
	// versions' views of one alert have the same.
	parent string
	// at is the time that ranges are about, in milliseconds since 1970.
	at   int64
	body json.RawMessage
}

// objectQuery chooses objects; a zero field does not.
type objectQuery struct {
	kind, org, parent string
	from, to          int64
	text              string            // in user or description
	equal             map[string]string // values of fields by their names
	limit             int               // negative is all
	skip              int
}

func (s *Sandbox) objects(ctx context.Context, q objectQuery) ([]object, error) {
	where, args := "kind = ? AND at BETWEEN ? AND ?", []any{q.kind, q.from, orMax(q.to)}
	add := func(condition string, values ...any) {
		where += " AND " + condition
		args = append(args, values...)
	}
	if q.org != "" {
		add("org = ?", q.org)
	}
	if q.parent != "" {
		add("parent = ?", q.parent)
	}
	if q.text != "" {
		add("instr(lower(json_extract(body, '$.user') || ' ' || json_extract(body, '$.description')), lower(?)) > 0", q.text)
	}
	for name, value := range q.equal {
		add("CAST(json_extract(body, '$.' || ?) AS TEXT) = ?", name, value)
	}
	rows, err := s.db.QueryContext(ctx, "SELECT kind, org, id, parent, at, body FROM threatstack WHERE "+where+
		" ORDER BY place, id LIMIT ? OFFSET ?", append(args, q.limit, q.skip)...)
	if err != nil {
		return nil, fmt.Errorf("sandbox: find objects: %w", err)
	}
	defer rows.Close()
	var found []object
	for rows.Next() {
		var o object
		var body string
		if err := rows.Scan(&o.kind, &o.org, &o.id, &o.parent, &o.at, &body); err != nil {
			return nil, fmt.Errorf("sandbox: find objects: %w", err)
		}
		o.body = json.RawMessage(body)
		found = append(found, o)
	}
	return found, rows.Err()
}

func orMax(n int64) int64 {
	if n == 0 {
		return math.MaxInt64
	}
	return n
}

func (s *Sandbox) object(ctx context.Context, kind, org, id string) (object, bool, error) {
	o := object{kind: kind, org: org, id: id}
	var body string
	err := s.db.QueryRowContext(ctx, "SELECT parent, at, body FROM threatstack WHERE kind = ? AND org = ? AND id = ?", kind, org, id).
		Scan(&o.parent, &o.at, &body)
	o.body = json.RawMessage(body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return object{}, false, nil
	case err != nil:
		return object{}, false, fmt.Errorf("sandbox: get object: %w", err)
	}
	return o, true, nil
}

// put makes or replaces an object. A new one is the last of its kind.
func (s *Sandbox) put(ctx context.Context, o object) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO threatstack SELECT ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM threatstack WHERE kind = ?), ?
		ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body`, o.kind, o.org, o.id, o.parent, o.at, o.kind, string(o.body))
	if err != nil {
		return fmt.Errorf("sandbox: put object: %w", err)
	}
	return nil
}

// remove reports whether there was such an object.
func (s *Sandbox) remove(ctx context.Context, kind, org, id string) (bool, error) {
	done, err := s.db.ExecContext(ctx, "DELETE FROM threatstack WHERE kind = ? AND org = ? AND id = ?", kind, org, id)
	if err != nil {
		return false, fmt.Errorf("sandbox: remove object: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// dismiss marks alerts in both versions. where chooses version 2's.
func (s *Sandbox) dismiss(ctx context.Context, org, where string, args []any, at, reason, text string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("sandbox: dismiss: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	chosen := "SELECT parent FROM threatstack WHERE kind = 'v2alert' AND org = ? AND " + where
	for _, change := range []struct {
		set  string
		args []any
		kind string
	}{
		// Version 1 first: the choice may be by what the second change alters.
		{"json_set(body, '$.dismissed', json('true'), '$.active', json('false'))", nil, "alert"},
		{
			"json_set(body, '$.isDismissed', json('true'), '$.dismissedAt', ?, '$.dismissReason', ?, '$.dismissReasonText', ?, '$.dismissedBy', ?)",
			[]any{at, reason, text, s.credentials.ThreatStack.UserID},
			"v2alert",
		},
	} {
		all := append(append(change.args, change.kind, org, org), args...)
		if _, err := tx.ExecContext(ctx, "UPDATE threatstack SET body = "+change.set+" WHERE kind = ? AND org = ? AND parent IN ("+chosen+")", all...); err != nil {
			return fmt.Errorf("sandbox: dismiss: %w", err)
		}
	}
	return tx.Commit()
}

// insertObjects keeps the order in which they are given.
func insertObjects(ctx context.Context, db *sql.DB, objects []object) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("sandbox: insert objects: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	row, err := tx.PrepareContext(ctx, "INSERT INTO threatstack VALUES (?,?,?,?,?,?,?)")
	if err != nil {
		return fmt.Errorf("sandbox: insert objects: %w", err)
	}
	for place, o := range objects {
		if _, err := row.ExecContext(ctx, o.kind, o.org, o.id, o.parent, o.at, place, string(o.body)); err != nil {
			return fmt.Errorf("sandbox: insert %s: %w", o.kind, err)
		}
	}
	return tx.Commit()
}
