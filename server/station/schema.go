package station

import (
	"context"
	"fmt"
	"strings"
)

// CommunityID is the enclave that every user of every company may read and submit
// to. It is part of the schema.
const CommunityID = "00000000-0000-4000-8000-00000000c0de"

// CommunityName is what the Community's enclave is called.
const CommunityName = "Community"

// migrations are the steps from an empty database to the current schema, each a
// list of single statements that may be run again: D1 has no transactions, so a
// step that was cut off is simply repeated. Released steps are never changed.
//
// A report's row is the truth about it. The tables report_enclaves and
// mentions only make it findable; triggers fill and clear them inside the
// statement that inserts or deletes the row, so that they cannot differ from it.
func migrations() [][]string {
	return [][]string{schemaReports(), schemaWhole()}
}

// schemaReports is the first step: users, enclaves and reports.
func schemaReports() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS companies (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,
	created INTEGER NOT NULL
) STRICT`,

		// key_hash and secret_hash are SHA-256 of 256 random bits: nothing to guess,
		// so nothing that a slow hash would protect better.
		`CREATE TABLE IF NOT EXISTS users (
	id          TEXT PRIMARY KEY,
	company_id  TEXT NOT NULL,
	name        TEXT NOT NULL,
	key_hash    TEXT NOT NULL UNIQUE,
	secret_hash TEXT NOT NULL,
	created     INTEGER NOT NULL
) STRICT`,

		// The newest number of a user is the valid token; see token.go.
		`CREATE TABLE IF NOT EXISTS tokens (
	user_id TEXT NOT NULL,
	number  INTEGER NOT NULL,
	hash    TEXT NOT NULL UNIQUE,
	nonce   TEXT NOT NULL,
	issued  INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	expired INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (user_id, number)
) STRICT, WITHOUT ROWID`,

		`CREATE TABLE IF NOT EXISTS calls (
	user_id TEXT PRIMARY KEY,
	period  INTEGER NOT NULL,
	count   INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,

		// company_id is "" for the Community.
		`CREATE TABLE IF NOT EXISTS enclaves (
	id         TEXT PRIMARY KEY,
	company_id TEXT NOT NULL,
	name       TEXT NOT NULL,
	type       TEXT NOT NULL,
	created    INTEGER NOT NULL,
	UNIQUE (company_id, name)
) STRICT`,

		`CREATE TABLE IF NOT EXISTS grants (
	user_id    TEXT NOT NULL,
	enclave_id TEXT NOT NULL,
	can_read   INTEGER NOT NULL,
	can_create INTEGER NOT NULL,
	can_update INTEGER NOT NULL,
	PRIMARY KEY (user_id, enclave_id)
) STRICT, WITHOUT ROWID`,

		// enclaves is a JSON list of ids, indicators a JSON list of
		// {indicatorType, value} in the order in which the body has them. number
		// orders reports even when the clock was set back.
		`CREATE TABLE IF NOT EXISTS reports (
	number          INTEGER PRIMARY KEY AUTOINCREMENT,
	id              TEXT NOT NULL UNIQUE,
	company_id      TEXT NOT NULL,
	user_id         TEXT NOT NULL,
	external_id     TEXT,
	title           TEXT NOT NULL,
	body            TEXT NOT NULL,
	external_url    TEXT,
	time_began      INTEGER NOT NULL,
	created         INTEGER NOT NULL,
	updated         INTEGER NOT NULL,
	distribution    TEXT NOT NULL,
	enclaves        TEXT NOT NULL,
	indicators      TEXT NOT NULL,
	idempotency_key TEXT,
	fingerprint     TEXT NOT NULL
) STRICT`,
		`CREATE UNIQUE INDEX IF NOT EXISTS reports_external ON reports (company_id, external_id)`,
		`CREATE UNIQUE INDEX IF NOT EXISTS reports_idempotency ON reports (user_id, idempotency_key)`,
		`CREATE INDEX IF NOT EXISTS reports_updated ON reports (updated)`,

		`CREATE TABLE IF NOT EXISTS report_enclaves (
	report_id  TEXT NOT NULL,
	enclave_id TEXT NOT NULL,
	position   INTEGER NOT NULL,
	PRIMARY KEY (report_id, enclave_id)
) STRICT, WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS report_enclaves_enclave ON report_enclaves (enclave_id)`,

		// folded is the value with ASCII letters in lower case.
		`CREATE TABLE IF NOT EXISTS report_indicators (
	folded    TEXT NOT NULL,
	report_id TEXT NOT NULL,
	PRIMARY KEY (folded, report_id)
) STRICT, WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS report_indicators_report ON report_indicators (report_id)`,

		`CREATE TRIGGER IF NOT EXISTS reports_inserted AFTER INSERT ON reports BEGIN
	INSERT INTO report_enclaves (report_id, enclave_id, position)
		SELECT NEW.id, value, min(key) FROM json_each(NEW.enclaves) GROUP BY value;
	INSERT INTO report_indicators (folded, report_id)
		SELECT DISTINCT lower(json_extract(value, '$.value')), NEW.id FROM json_each(NEW.indicators);
END`,
		`CREATE TRIGGER IF NOT EXISTS reports_deleted AFTER DELETE ON reports BEGIN
	DELETE FROM report_enclaves WHERE report_id = OLD.id;
	DELETE FROM report_indicators WHERE report_id = OLD.id;
END`,

		`INSERT INTO enclaves (id, company_id, name, type, created)
	VALUES ('` + CommunityID + `', '', '` + CommunityName + `', 'COMMUNITY', 0) ON CONFLICT DO NOTHING`,
	}
}

// Migrate brings the database to the current schema. It may be run at every start
// and by several processes at once. It refuses a database that a newer station
// has made.
func (s *Station) Migrate(ctx context.Context) error {
	steps := migrations()
	if err := s.exec(ctx, `CREATE TABLE IF NOT EXISTS migrations (step INTEGER PRIMARY KEY, done INTEGER NOT NULL) STRICT`); err != nil {
		return fmt.Errorf("station: migrate: %w", err)
	}
	done, _, err := one[int64](ctx, s, `SELECT coalesce(max(step), 0) FROM migrations`)
	if err != nil {
		return fmt.Errorf("station: migrate: %w", err)
	}
	if done > int64(len(steps)) {
		return fmt.Errorf("station: the database is of schema %d, this program knows up to %d: use a newer one", done, len(steps))
	}
	for i := int(done); i < len(steps); i++ {
		for _, statement := range steps[i] {
			// A column that is there already was added by a run that was cut off, or by
			// another process; SQLite has no IF NOT EXISTS for it.
			if err := s.exec(ctx, statement); err != nil && !strings.Contains(err.Error(), "duplicate column name") {
				return fmt.Errorf("station: migrate to schema %d: %w", i+1, err)
			}
		}
		if err := s.exec(ctx, `INSERT INTO migrations (step, done) VALUES (?1, ?2) ON CONFLICT DO NOTHING`, i+1, s.millis()); err != nil {
			return fmt.Errorf("station: migrate to schema %d: %w", i+1, err)
		}
	}
	return nil
}
