package station

import (
	"context"
	"database/sql"
)

// The kinds of a report. Only version 2.0 tells them apart; a set of indicators is no
// report in the older versions.
const (
	kindIntelligence = "intelligence"
	kindEvents       = "events"
	kindIndicators   = "indicators"
)

// report is a stored report as far as its reader may see it.
type report struct {
	id, externalID, title, body, externalURL, distribution, kind, triage string
	// Milliseconds.
	timeBegan, created, updated int64
	// version counts the changes, beginning with 1.
	version int64
	// enclaves are those that the reader may read, enclaveIDs all.
	enclaves   enclaveRefs
	enclaveIDs idList
	tags       idList
	indicators storedIndicators
}

// visible are the enclaves of report r that user ?1 may read.
const visible = `FROM report_enclaves re
	JOIN enclaves e ON e.id = re.enclave_id
	LEFT JOIN grants g ON g.enclave_id = e.id AND g.user_id = ?1
	WHERE re.report_id = r.id AND (e.type = 'COMMUNITY' OR g.can_read = 1)`

const reportColumns = `SELECT r.id, coalesce(r.external_id, ''), r.title, r.body, coalesce(r.external_url, ''), r.distribution, r.kind, r.triage,
	r.time_began, r.created, r.updated, r.version, r.indicators, r.tags, r.enclaves,
	(SELECT json_group_array(json_object('id', id, 'name', name)) FROM (SELECT e.id, e.name ` + visible + ` ORDER BY re.position))
FROM reports r WHERE EXISTS (SELECT 1 ` + visible

// inEnclaves ends the EXISTS of reportColumns with a filter: ?2 is a JSON list of
// enclave ids, [] for all.
const inEnclaves = ` AND (?2 = '[]' OR e.id IN (SELECT value FROM json_each(?2))))`

// isReport leaves out what the older versions do not know.
const isReport = ` AND r.kind <> 'indicators'`

// latestFirst is the order of every list; number settles equal times.
const latestFirst = ` ORDER BY r.updated DESC, r.number DESC`

// selectReports reads reports that the query's user may read in the query's enclaves
// and that fulfil a condition, which begins with AND.
func (s *Station) selectReports(ctx context.Context, q *query, condition string) ([]report, error) {
	var list []report
	err := s.each(ctx, func(rows *sql.Rows) error {
		var (
			r                                report
			indicators, tags, enclaves, refs string
		)
		err := rows.Scan(&r.id, &r.externalID, &r.title, &r.body, &r.externalURL, &r.distribution, &r.kind, &r.triage,
			&r.timeBegan, &r.created, &r.updated, &r.version, &indicators, &tags, &enclaves, &refs)
		if err != nil {
			return err
		}
		for _, column := range []struct {
			text string
			into decodable
		}{{indicators, &r.indicators}, {tags, &r.tags}, {enclaves, &r.enclaveIDs}, {refs, &r.enclaves}} {
			if err := decodeStored(column.text, column.into); err != nil {
				return err
			}
		}
		list = append(list, r)
		return nil
		// ?3 has to be used in every statement, as drivers count the arguments.
	}, reportColumns+inEnclaves+` AND ?3 <> ''`+condition, q.args...)
	return list, err
}

// countReports counts what selectReports selects.
func (s *Station) countReports(ctx context.Context, q *query, condition string) (int, error) {
	n, _, err := one[int](ctx, s, `SELECT count(*) FROM reports r WHERE EXISTS (SELECT 1 `+visible+inEnclaves+` AND ?3 <> ''`+condition, q.args...)
	return n, err
}

// reportByID returns a report that the user may read. One that they may not read is not
// found (the vendor may say 403: not known).
func (s *Station) reportByID(ctx context.Context, u user, id, condition string) (report, error) {
	q := newQuery(u, nil)
	return s.single(ctx, q, ` AND r.id = `+q.arg(unmarked(id))+condition)
}

// reportByExternalID returns the company's own report of an external id. In several
// enclaves there may be one each; the latest is taken (GUESS).
func (s *Station) reportByExternalID(ctx context.Context, u user, id string, enclaves []string, condition string) (report, error) {
	q := newQuery(u, enclaves)
	return s.single(ctx, q, ` AND r.external_id = `+q.arg(unmarked(id))+` AND r.company_id = ?3`+condition)
}

func (s *Station) single(ctx context.Context, q *query, condition string) (report, error) {
	list, err := s.selectReports(ctx, q, condition+latestFirst+` LIMIT 1`)
	if err != nil {
		return report{}, err
	}
	if len(list) == 0 {
		return report{}, errNoReport
	}
	return list[0], nil
}

// find returns the report that the path names in 1.2 and 1.3.
func (s *Station) find(ctx context.Context, c *call) (report, error) {
	external, err := c.external()
	if err != nil {
		return report{}, err
	}
	if external {
		return s.reportByExternalID(ctx, c.user, c.PathValue("id"), nil, isReport)
	}
	return s.reportByID(ctx, c.user, c.PathValue("id"), isReport)
}

// mayChange is the condition that user ?1 may change a row of reports: they submitted it,
// or may update every enclave that it is in.
const mayChange = ` AND (reports.user_id = ?1 OR NOT EXISTS (
	SELECT 1 FROM report_enclaves re LEFT JOIN grants g ON g.enclave_id = re.enclave_id AND g.user_id = ?1
	WHERE re.report_id = reports.id AND coalesce(g.can_update, 0) = 0))`

// requireChange refuses a report that the user may not change.
func (s *Station) requireChange(ctx context.Context, u user, r report) error {
	_, allowed, err := one[int64](ctx, s, `SELECT number FROM reports WHERE id = ?2`+mayChange, u.id, r.id)
	if err == nil && !allowed {
		err = forbidden("You may not change this report.")
	}
	return err
}

// deleteReport answers DELETE of 1.2 and 1.3. Who may change a report may delete it.
func (s *Station) deleteReport(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return answer{}, s.remove(ctx, c.user, found)
}

func (s *Station) remove(ctx context.Context, u user, r report) error {
	_, deleted, err := one[string](ctx, s, `DELETE FROM reports WHERE id = ?2`+mayChange+` RETURNING id`, u.id, r.id)
	if err == nil && !deleted {
		err = forbidden("You may not delete this report.")
	}
	return err
}

// readableRefs are the ids of the enclaves in which the reader sees a report.
func (r report) readableRefs() []string {
	ids := make([]string, len(r.enclaves))
	for i, e := range r.enclaves {
		ids[i] = e.ID
	}
	return ids
}

// primary is the enclave that a version which knows one alone shows.
func (r report) primary() string {
	if len(r.enclaves) == 0 {
		return ""
	}
	return r.enclaves[0].ID
}
