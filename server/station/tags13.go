package station

import (
	"context"
	"database/sql"
	"net/http"
)

// A report's tags are names on the report: whoever reads it sees them, whoever may change
// it changes them. An indicator's tags are an enclave's.

// reportTags13 answers GET /1.3/reports/{id}/tags; a tag's guid is its name.
func (s *Station) reportTags13(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	list := make(tagList, len(found.tags))
	for i, name := range found.tags {
		list[i] = tag13{name, name, found.primary()}
	}
	return jsonAnswer(list)
}

// alterReportTags13 answers POST /1.3/reports/{id}/alter-tags: what is there already may be
// added, what is missing removed.
func (s *Station) alterReportTags13(ctx context.Context, c *call) (answer, error) {
	var request alterTags13
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	names := func(tags []tag13) []string {
		list := make([]string, len(tags))
		for i, tag := range tags {
			list[i] = tag.Name
		}
		return list
	}
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	if err := s.alterTags(ctx, c.user, found, names(request.AddedTags), names(request.RemovedTags)); err != nil {
		return answer{}, err
	}
	return jsonAnswer(idAnswer{found.id})
}

// alterTags changes a report's tags. That is a change of the report (GUESS): its time and
// version move on, unless nothing changes.
func (s *Station) alterTags(ctx context.Context, u user, r report, added, removed []string) error {
	added, err := tagNames(added)
	if err != nil {
		return err
	}
	removed, err = tagNames(removed)
	if err != nil {
		return err
	}
	if err := s.requireChange(ctx, u, r); err != nil {
		return err
	}
	const altered = `(SELECT json_group_array(value) FROM (SELECT value FROM json_each(reports.tags) UNION SELECT value FROM json_each(?2)
	ORDER BY value) WHERE value NOT IN (SELECT value FROM json_each(?3)))`
	return s.exec(ctx, `UPDATE reports SET tags = `+altered+`, updated = max(updated, ?4), version = version + 1 WHERE id = ?1 AND tags <> `+altered,
		r.id, jsonList(added), jsonList(removed), s.millis())
}

// addReportTag13 answers the deprecated POST /1.3/reports/{id}/tags with the tag's name.
func (s *Station) addReportTag13(ctx context.Context, c *call) (answer, error) {
	name, err := tagName(c.query.Get("name"))
	if err != nil {
		return answer{}, err
	}
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	if err := s.alterTags(ctx, c.user, found, []string{name}, nil); err != nil {
		return answer{}, err
	}
	return textAnswer(name), nil
}

// removeReportTag13 answers the deprecated DELETE /1.3/reports/{id}/tags/{tagName} with
// nothing (GUESS).
func (s *Station) removeReportTag13(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return answer{}, s.alterTags(ctx, c.user, found, nil, []string{c.PathValue("tagName")})
}

// allReportTags13 answers GET /1.3/reports/tags: the tags of all reports in the enclaves.
func (s *Station) allReportTags13(ctx context.Context, c *call) (answer, error) {
	return s.tagsOf(ctx, c, `SELECT DISTINCT t.value, t.value, e.id FROM reports r, json_each(r.tags) t
	JOIN report_enclaves re ON re.report_id = r.id JOIN readable e ON e.id = re.enclave_id WHERE r.kind <> 'indicators'
ORDER BY t.value, e.name, e.id`)
}

// indicatorTags13 answers GET /1.3/indicators/tags.
func (s *Station) indicatorTags13(ctx context.Context, c *call) (answer, error) {
	return s.tagsOf(ctx, c, `SELECT DISTINCT t.guid, t.name, e.id FROM indicator_tags t JOIN readable e ON e.id = t.enclave_id ORDER BY t.name, e.name, e.id`)
}

func (s *Station) tagsOf(ctx context.Context, c *call, statement string) (answer, error) {
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, enclaves)
	var list tagList
	err := s.each(ctx, func(rows *sql.Rows) error {
		var tag tag13
		err := rows.Scan(&tag.GUID, &tag.Name, &tag.EnclaveID)
		list = append(list, tag)
		return err
	}, `WITH `+readable+` `+statement, q.args...)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(list)
}

// addIndicatorTag13 answers POST /1.3/indicators/tags with the tag; one that is there
// already is used again. An unknown value may be tagged, to be known later.
func (s *Station) addIndicatorTag13(ctx context.Context, c *call) (answer, error) {
	var request indicatorTagRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	if request.Tag == nil || blank(request.Value) {
		return answer{}, badRequest("The request has a value and a tag.")
	}
	rows, err := tagsFor([]tag13{*request.Tag}, fold(canonical(request.Value)))
	if err != nil {
		return answer{}, err
	}
	if err := s.mayUpdate(ctx, c.user, rows.enclaves()); err != nil {
		return answer{}, err
	}
	if err := s.storeTags(ctx, rows); err != nil {
		return answer{}, err
	}
	return jsonAnswer(tag13{rows[0].GUID, rows[0].Name, rows[0].Enclave})
}

// canonical is a value as the engine writes it, or as it stands where it is no indicator.
func canonical(value string) string {
	if found, ok := recogniseOne(value); ok {
		return found.Value
	}
	return unmarked(value)
}

// removeIndicatorTag13 answers DELETE /1.3/indicators/tags/{tagGuid}?value= with nothing.
// The vendor's page has the tag's name in the path, its client the guid: both are taken.
// Where the user may not update the enclave, nothing is found.
func (s *Station) removeIndicatorTag13(ctx context.Context, c *call) (answer, error) {
	value := c.query.Get("value")
	if blank(value) {
		return answer{}, badRequest("value is missing: whose tag to remove.")
	}
	name := lowered([]string{c.PathValue("tagGuid")})[0]
	_, removed, err := one[string](ctx, s, `DELETE FROM indicator_tags WHERE folded = ?2 AND (guid = ?3 OR name = ?3)
	AND EXISTS (SELECT 1 FROM grants g WHERE g.user_id = ?1 AND g.enclave_id = indicator_tags.enclave_id AND g.can_update = 1) RETURNING guid`,
		c.user.id, fold(canonical(value)), name)
	if err == nil && !removed {
		err = &fault{http.StatusNotFound, "The value has no such tag that you may remove."}
	}
	return answer{}, err
}
