package station

// observableOf is the rule of observableType in SQL, for an indicator of type $.indicatorType
// in an element of a JSON list.
const observableOf = `coalesce(json_extract(value, '$.observableType'), CASE json_extract(value, '$.indicatorType')
	WHEN 'IP' THEN CASE WHEN instr(json_extract(value, '$.value'), ':') > 0 THEN 'IP6' ELSE 'IP4' END
	WHEN 'URL' THEN CASE WHEN instr(json_extract(value, '$.value'), '/') > 0 THEN 'URL' ELSE 'DOMAIN' END
	WHEN 'CVE' THEN '' WHEN 'MALWARE' THEN '' ELSE json_extract(value, '$.indicatorType') END, '')`

// mentionsOf reads the rows of mentions out of a list of indicators.
func mentionsOf(report, indicators string) string {
	return `INSERT OR IGNORE INTO mentions (folded, type, observable, report_id, value, detail)
	SELECT lower(json_extract(value, '$.value')), coalesce(json_extract(value, '$.indicatorType'), ''), ` + observableOf + `,
		` + report + `, json_extract(value, '$.value'), json_extract(value, '$.detail') FROM json_each(` + indicators + `)`
}

// enclavesOfReport reads the rows of report_enclaves out of a list of ids.
const enclavesOfReport = `INSERT OR IGNORE INTO report_enclaves (report_id, enclave_id, position)
		SELECT NEW.id, value, min(key) FROM json_each(NEW.enclaves) GROUP BY value`

// schemaWhole is the step from the schema of reports alone to that of the whole API.
// The new triggers are made before the old rows are read and the old triggers go last,
// so that a report which comes in between is in the index too.
func schemaWhole() []string {
	return []string{
		// What version 2.0 calls a submission is a report here: kind is intelligence,
		// events or indicators. tags is a JSON list of names in order. version counts
		// the changes, beginning with 1.
		`ALTER TABLE reports ADD COLUMN kind TEXT NOT NULL DEFAULT 'intelligence'`,
		`ALTER TABLE reports ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'`,
		`ALTER TABLE reports ADD COLUMN version INTEGER NOT NULL DEFAULT 1`,
		`ALTER TABLE reports ADD COLUMN copied_from TEXT`,
		`ALTER TABLE reports ADD COLUMN triage TEXT NOT NULL DEFAULT 'UNRESOLVED'`,
		`ALTER TABLE enclaves ADD COLUMN template TEXT NOT NULL DEFAULT 'Private Enclave'`,

		// An external id is unique for a company in 1.2 and for a company's enclave later;
		// the statements that write say which.
		`CREATE INDEX IF NOT EXISTS reports_external_id ON reports (external_id, company_id)`,
		`DROP INDEX IF EXISTS reports_external`,

		// type is the indicator's in 1.2 and 1.3, observable the observable's in 2.0; either
		// may be ''. detail is what a submission of indicators says about it, in JSON.
		`CREATE TABLE IF NOT EXISTS mentions (
	folded     TEXT NOT NULL,
	type       TEXT NOT NULL,
	observable TEXT NOT NULL,
	report_id  TEXT NOT NULL,
	value      TEXT NOT NULL,
	detail     TEXT,
	PRIMARY KEY (folded, type, observable, report_id)
) STRICT, WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS mentions_report ON mentions (report_id)`,
		// What a list of indicators needs of a report, so that its text is not passed over.
		`CREATE INDEX IF NOT EXISTS reports_times ON reports (id, created, updated)`,
		`CREATE TRIGGER IF NOT EXISTS reports_filed AFTER INSERT ON reports BEGIN
	` + enclavesOfReport + `;
	` + mentionsOf("NEW.id", "NEW.indicators") + `;
END`,
		`CREATE TRIGGER IF NOT EXISTS reports_moved AFTER UPDATE OF enclaves ON reports WHEN OLD.enclaves <> NEW.enclaves BEGIN
	DELETE FROM report_enclaves WHERE report_id = NEW.id;
	` + enclavesOfReport + `;
END`,
		`CREATE TRIGGER IF NOT EXISTS reports_edited AFTER UPDATE OF indicators ON reports WHEN OLD.indicators <> NEW.indicators BEGIN
	DELETE FROM mentions WHERE report_id = NEW.id;
	` + mentionsOf("NEW.id", "NEW.indicators") + `;
END`,
		`CREATE TRIGGER IF NOT EXISTS reports_gone AFTER DELETE ON reports BEGIN
	DELETE FROM report_enclaves WHERE report_id = OLD.id;
	DELETE FROM mentions WHERE report_id = OLD.id;
END`,
		`INSERT OR IGNORE INTO mentions (folded, type, observable, report_id, value, detail)
	SELECT lower(json_extract(value, '$.value')), coalesce(json_extract(value, '$.indicatorType'), ''), ` + observableOf + `,
		reports.id, json_extract(value, '$.value'), NULL FROM reports, json_each(reports.indicators)`,
		`DROP TRIGGER IF EXISTS reports_inserted`,
		`DROP TRIGGER IF EXISTS reports_deleted`,
		`DROP TABLE IF EXISTS report_indicators`,

		// Indicators that were submitted by themselves. notes is a JSON list.
		`CREATE TABLE IF NOT EXISTS submitted (
	folded     TEXT NOT NULL,
	type       TEXT NOT NULL,
	observable TEXT NOT NULL,
	enclave_id TEXT NOT NULL,
	value      TEXT NOT NULL,
	first_seen INTEGER NOT NULL,
	last_seen  INTEGER NOT NULL,
	sightings  INTEGER NOT NULL,
	source     TEXT NOT NULL,
	notes      TEXT NOT NULL,
	PRIMARY KEY (folded, type, observable, enclave_id)
) STRICT, WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS submitted_seen ON submitted (last_seen)`,

		`CREATE TABLE IF NOT EXISTS indicator_tags (
	enclave_id TEXT NOT NULL,
	name       TEXT NOT NULL,
	guid       TEXT NOT NULL,
	folded     TEXT NOT NULL,
	PRIMARY KEY (enclave_id, name, folded)
) STRICT, WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS indicator_tags_value ON indicator_tags (folded)`,

		// A company's whitelist is the entries of the library ''.
		`CREATE TABLE IF NOT EXISTS safelists (
	guid       TEXT PRIMARY KEY,
	company_id TEXT NOT NULL,
	name       TEXT NOT NULL,
	created    INTEGER NOT NULL,
	created_by TEXT NOT NULL,
	updated    INTEGER NOT NULL,
	updated_by TEXT NOT NULL
) STRICT`,
		`CREATE TABLE IF NOT EXISTS safelisted (
	guid       TEXT PRIMARY KEY,
	company_id TEXT NOT NULL,
	library    TEXT NOT NULL,
	folded     TEXT NOT NULL,
	type       TEXT NOT NULL,
	entity     TEXT NOT NULL,
	created    INTEGER NOT NULL,
	created_by TEXT NOT NULL,
	UNIQUE (company_id, folded, library, type)
) STRICT`,
		`CREATE TRIGGER IF NOT EXISTS safelists_gone AFTER DELETE ON safelists BEGIN
	DELETE FROM safelisted WHERE company_id = OLD.company_id AND library = OLD.guid;
END`,

		// config and safelists are JSON.
		`CREATE TABLE IF NOT EXISTS workflows (
	guid       TEXT PRIMARY KEY,
	company_id TEXT NOT NULL,
	name       TEXT NOT NULL,
	type       TEXT NOT NULL,
	config     TEXT NOT NULL,
	safelists  TEXT NOT NULL,
	created    INTEGER NOT NULL,
	updated    INTEGER NOT NULL
) STRICT`,

		// query is the search in JSON; it is carried out when the data are fetched.
		`CREATE TABLE IF NOT EXISTS exports (
	guid    TEXT PRIMARY KEY,
	user_id TEXT NOT NULL,
	query   TEXT NOT NULL,
	created INTEGER NOT NULL
) STRICT`,

		// The observables that 2.0 has handed out, by the id that it has for them.
		`CREATE TABLE IF NOT EXISTS observable_ids (
	guid   TEXT PRIMARY KEY,
	folded TEXT NOT NULL
) STRICT, WITHOUT ROWID`,

		`CREATE TABLE IF NOT EXISTS redactions (
	company_id  TEXT NOT NULL,
	term        TEXT NOT NULL,
	placeholder TEXT NOT NULL,
	PRIMARY KEY (company_id, term)
) STRICT, WITHOUT ROWID`,

		// What is counted against a limit: a user's calls, an address', a company's.
		`CREATE TABLE IF NOT EXISTS counters (
	name   TEXT PRIMARY KEY,
	period INTEGER NOT NULL,
	count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
		`DROP TABLE IF EXISTS calls`,

		`CREATE TRIGGER IF NOT EXISTS users_gone AFTER DELETE ON users BEGIN
	DELETE FROM tokens WHERE user_id = OLD.id;
	DELETE FROM grants WHERE user_id = OLD.id;
	DELETE FROM exports WHERE user_id = OLD.id;
END`,
	}
}
