package station

import (
	"context"
	"database/sql"
)

// report is a stored report as far as its reader may see it.
type report struct {
	id, externalID, title, body, externalURL, distribution string
	// Milliseconds.
	timeBegan, created, updated int64
	// enclaves are those that the reader may read.
	enclaves   enclaveRefs
	indicators foundIndicators
}

// visible are the enclaves of report r that user ?1 may read.
const visible = `FROM report_enclaves re
	JOIN enclaves e ON e.id = re.enclave_id
	LEFT JOIN grants g ON g.enclave_id = e.id AND g.user_id = ?1
	WHERE re.report_id = r.id AND (e.type = 'COMMUNITY' OR g.can_read = 1)`

const reportColumns = `SELECT r.id, coalesce(r.external_id, ''), r.title, r.body, coalesce(r.external_url, ''), r.distribution,
	r.time_began, r.created, r.updated, r.indicators,
	(SELECT json_group_array(json_object('id', id, 'name', name)) FROM (SELECT e.id, e.name ` + visible + ` ORDER BY re.position))
FROM reports r WHERE EXISTS (SELECT 1 ` + visible

// inEnclaves ends the EXISTS of reportColumns with a filter: ?2 is a JSON list of
// enclave ids, [] for all.
const inEnclaves = ` AND (?2 = '[]' OR e.id IN (SELECT value FROM json_each(?2))))`

// latestFirst is the order of every list; number settles equal times.
const latestFirst = ` ORDER BY r.updated DESC, r.number DESC`

// selectReports reads reports; ?1 is the user and ?2 the filter of inEnclaves.
func (s *Station) selectReports(ctx context.Context, u user, enclaves []string, condition string, args ...any) ([]report, error) {
	filter, err := encode(idList(enclaves))
	if err != nil {
		return nil, err
	}
	var list []report
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			r                report
			indicators, refs string
		)
		err := rows.Scan(&r.id, &r.externalID, &r.title, &r.body, &r.externalURL, &r.distribution,
			&r.timeBegan, &r.created, &r.updated, &indicators, &refs)
		if err != nil {
			return err
		}
		if err := decodeStored(indicators, &r.indicators); err != nil {
			return err
		}
		if err := decodeStored(refs, &r.enclaves); err != nil {
			return err
		}
		list = append(list, r)
		return nil
	}, reportColumns+inEnclaves+condition, append([]any{u.id, string(filter)}, args...)...)
	return list, err
}

// find returns the report that the path names. One that the caller may not read is
// not found (the vendor may say 403: not known).
func (s *Station) find(ctx context.Context, c *call) (report, error) {
	external, err := c.external()
	if err != nil {
		return report{}, err
	}
	condition := ` AND r.id = ?3 AND ?4 <> ''`
	if external {
		// An external id is unique in a company only.
		condition = ` AND r.external_id = ?3 AND r.company_id = ?4`
	}
	list, err := s.selectReports(ctx, c.user, nil, condition, unmarked(c.PathValue("id")), c.user.company)
	if err != nil {
		return report{}, err
	}
	if len(list) == 0 {
		return report{}, notFound("There is no report of that id.")
	}
	return list[0], nil
}

// deleteReport answers DELETE of either version. A report may be deleted by who
// submitted it, and by who may update every enclave that it is in.
func (s *Station) deleteReport(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	deleted, _, err := one[string](ctx, s, `DELETE FROM reports WHERE id = ?2 AND (user_id = ?1 OR NOT EXISTS (
	SELECT 1 FROM report_enclaves re LEFT JOIN grants g ON g.enclave_id = re.enclave_id AND g.user_id = ?1
	WHERE re.report_id = reports.id AND coalesce(g.can_update, 0) = 0)) RETURNING id`, c.user.id, found.id)
	if err != nil {
		return answer{}, err
	}
	if deleted == "" {
		return answer{}, forbidden("You may not delete this report.")
	}
	return answer{}, nil
}
