package station

import (
	"context"
	"database/sql"
	"slices"
)

// allTags are the tags of a value in an enclave: its own, those of the submissions that
// have it, and those that sets of indicators give it.
func allTags(folded, inEnclave string) string {
	return `(SELECT t.name FROM indicator_tags t WHERE t.folded = ` + folded + ` AND t.enclave_id ` + inEnclave + `
	UNION SELECT j.value FROM mentions tm JOIN report_enclaves te ON te.report_id = tm.report_id JOIN reports tr ON tr.id = tm.report_id, json_each(tr.tags) j
		WHERE tm.folded = ` + folded + ` AND te.enclave_id ` + inEnclave + `
	UNION SELECT j.value FROM mentions tm JOIN report_enclaves te ON te.report_id = tm.report_id, json_each(tm.detail, '$.tags') j
		WHERE tm.folded = ` + folded + ` AND te.enclave_id ` + inEnclave + `)`
}

// allTagged is the condition of a search's tags.
func (q *query) allTagged(folded, inEnclave string, included, excluded []string) string {
	condition := "1"
	if len(included) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(included)) + `) w WHERE w.value NOT IN ` + allTags(folded, inEnclave) + `)`
	}
	if len(excluded) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(excluded)) + `) w WHERE w.value IN ` + allTags(folded, inEnclave) + `)`
	}
	return condition
}

// detailed is the condition that a set of indicators in the enclave says every one of the
// entities about a value, in a list of that name.
func (q *query) detailed(list string, entities []typedValue) string {
	condition := ""
	for _, entity := range entities {
		condition += ` AND EXISTS (SELECT 1 FROM mentions dm JOIN report_enclaves de ON de.report_id = dm.report_id, json_each(dm.detail, '$.` + list + `') d
	WHERE dm.folded = g.folded AND de.enclave_id = g.enclave_id AND json_extract(d.value, '$.entity.type') = ` + q.arg(entity.Type) + `
		AND lower(json_extract(d.value, '$.entity.value')) = ` + q.arg(fold(entity.Value)) + `)`
	}
	return condition
}

// checkTypes refuses unknown types of observables.
func checkTypes(types []string) error {
	if bad := unknownType(types, observableTypes()); bad != "" {
		return badRequest("There is no observable type " + bad + ".")
	}
	return nil
}

// searchIndicators20 answers POST /2.0/indicators/search: the indicators of each enclave.
// The priority is the highest score that a set of indicators in the enclave gives; where
// none does it is null, and -1 in the filter (GUESS). Workflows are not run.
func (s *Station) searchIndicators20(ctx context.Context, c *call) (answer, error) {
	asked, err := s.search20(ctx, c)
	if err != nil {
		return answer{}, err
	}
	order, err := asked.order([][2]string{{"UPDATED", "last"}, {"CREATED", "first"}, {"PROCESSED_AT", "last"}})
	if err != nil {
		return answer{}, err
	}
	if err := checkTypes(asked.Types); err != nil {
		return answer{}, err
	}
	if len(asked.Attributes)+len(asked.RelatedObservables) > maxFilters {
		return answer{}, badRequest("A search names at most 20 attributes and relatedObservables.")
	}
	if asked.PriorityScores, err = scores(asked.PriorityScores, -1); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, asked.EnclaveGUIDs)
	statement := `WITH ` + readable + `, ` + seen + `, grouped AS (SELECT enclave_id, observable, folded, max(value) AS value, min(first) AS first, max(last) AS last,
	max(` + scoreOf("detail") + `) AS priority
	FROM seen WHERE observable <> '' AND ` + q.oneOf("observable", asked.Types) + ` AND ` + q.since("folded", asked.from, asked.to) + `
	AND instr(folded, ` + q.arg(asked.QueryTerm) + `) > 0 GROUP BY enclave_id, observable, folded)
SELECT g.enclave_id, e.name, g.observable, g.folded, g.value, g.first, g.last, g.priority, ` + suppressed("g.folded") + `, count(*) OVER ()
FROM grouped g JOIN readable e ON e.id = g.enclave_id
WHERE g.last BETWEEN ` + q.arg(asked.from) + ` AND ` + q.arg(asked.to) + ` AND ` + q.allTagged("g.folded", "= g.enclave_id", asked.IncludedTags, asked.ExcludedTags) +
		q.detailed("attributes", asked.Attributes) + q.detailed("relatedObservables", asked.RelatedObservables)
	if len(asked.PriorityScores) > 0 {
		statement += ` AND g.priority IN ` + q.numbers(asked.PriorityScores)
	}
	if !asked.IncludeSafelisted {
		statement += ` AND ` + unsuppressed("g.folded")
	}
	reply, total := prioritizedPage20{}, 0
	var found []seenIn
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			one      prioritized20
			place    seenIn
			priority int
		)
		err := rows.Scan(&one.EnclaveGUID, &place.enclave, &one.Observable.Type, &place.folded, &one.Observable.Value, &one.Created, &one.Updated,
			&priority, &one.Safelisted, &total)
		one.GUID, one.ProcessedAt = observableGUID(one.Observable.Type, place.folded), one.Updated
		if priority >= 0 {
			one.PriorityScore = &scoreNames()[priority]
		}
		place.id = one.EnclaveGUID
		reply.Items, found = append(reply.Items, one), append(found, place)
		return err
	}, statement+` ORDER BY `+order+`, g.folded, g.observable, e.name LIMIT `+q.arg(asked.page.size)+` OFFSET `+q.arg(asked.page.offset()), q.args...)
	if err != nil {
		return answer{}, err
	}
	if err := s.describe20(ctx, c.user, reply.Items, found); err != nil {
		return answer{}, err
	}
	reply.Metadata = asked.page.metadata(len(reply.Items), total)
	return jsonAnswer(reply)
}

// seenIn is a folded value in an enclave.
type seenIn struct{ id, enclave, folded string }

func observableGUID(observable, folded string) string {
	return nameID("observable", observable, folded)
}

// describe20 adds to the indicators of a page what sets of indicators and tags say about
// them, and remembers their ids.
func (s *Station) describe20(ctx context.Context, u user, items []prioritized20, places []seenIn) error {
	var values []string
	var ids observableIDs
	for i, place := range places {
		values = append(values, place.folded)
		ids = append(ids, observableID{items[i].GUID, place.folded})
	}
	if err := s.rememberObservables(ctx, ids); err != nil {
		return err
	}
	values = distinct(values)
	q := newQuery(u, nil)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var (
			enclave, observable, folded, title, tags string
			detail                                   sql.NullString
		)
		if err := rows.Scan(&enclave, &observable, &folded, &detail, &title, &tags); err != nil {
			return err
		}
		for i := range items {
			if places[i].id != enclave || places[i].folded != folded || items[i].Observable.Type != observable {
				continue
			}
			if err := items[i].add(places[i], detail.String, title, tags); err != nil {
				return err
			}
		}
		return nil
	}, `WITH `+readable+` SELECT re.enclave_id, m.observable, m.folded, m.detail, r.title, r.tags FROM mentions m JOIN reports r ON r.id = m.report_id
	JOIN report_enclaves re ON re.report_id = r.id WHERE m.folded IN `+q.among(values)+` AND re.enclave_id IN (SELECT id FROM readable) ORDER BY r.number`, q.args...)
	if err != nil {
		return err
	}
	q = newQuery(u, nil)
	return s.each(ctx, func(rows *sql.Rows) error {
		var enclave, folded, name string
		if err := rows.Scan(&enclave, &folded, &name); err != nil {
			return err
		}
		for i := range items {
			if places[i].id == enclave && places[i].folded == folded {
				items[i].UserTags = append(items[i].UserTags, name)
			}
		}
		return nil
	}, `WITH `+readable+` SELECT enclave_id, folded, name FROM indicator_tags WHERE folded IN `+q.among(values)+`
	AND enclave_id IN (SELECT id FROM readable) ORDER BY name`, q.args...)
}

// add puts what one submission says into an indicator. Every source has the weight 1:
// workflows, which have others, are not run.
func (p *prioritized20) add(place seenIn, detail, title, tags string) error {
	var names idList
	if err := decodeStored(tags, &names); err != nil {
		return err
	}
	var d indicatorDetail
	if detail != "" {
		if err := decodeStored(detail, &d); err != nil {
			return err
		}
	}
	for _, name := range append(names, d.Tags...) {
		if !slices.Contains(p.SubmissionTags, name) {
			p.SubmissionTags = append(p.SubmissionTags, name)
		}
	}
	for _, attribute := range d.Attributes {
		if !slices.Contains(p.Attributes, attribute.Entity) {
			p.Attributes = append(p.Attributes, attribute.Entity)
		}
	}
	if level, ok := score(d.MaliciousScore); ok {
		p.ScoreContexts = append(p.ScoreContexts, scoreContext20{place.id, place.enclave, title, level, 1, d.Properties})
	}
	if d.ValidFrom > 0 && (p.ValidFrom == nil || d.ValidFrom < *p.ValidFrom) {
		p.ValidFrom = &d.ValidFrom
	}
	if d.ValidTo > 0 && (p.ValidUntil == nil || d.ValidTo > *p.ValidUntil) {
		p.ValidUntil = &d.ValidTo
	}
	return nil
}

// rememberObservables keeps the ids that were handed out: what they stand for cannot be
// seen from them.
func (s *Station) rememberObservables(ctx context.Context, ids observableIDs) error {
	if len(ids) == 0 {
		return nil
	}
	return inParts(ids, func(part observableIDs) error {
		text, err := encode(part)
		if err != nil {
			return err
		}
		return s.exec(ctx, `INSERT INTO observable_ids (guid, folded) SELECT json_extract(value, '$.g'), json_extract(value, '$.f')
FROM json_each(?1) WHERE 1 ON CONFLICT DO NOTHING`, string(text))
	})
}

func (o observableID) size() int { return 60 + 6*len(o.Folded) }

// alterIndicatorTags20 answers POST /2.0/indicators/{guid}/alter-tags; the guid is one that
// a search has answered.
func (s *Station) alterIndicatorTags20(ctx context.Context, c *call) (answer, error) {
	var request alterTags20
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	folded, found, err := one[string](ctx, s, `SELECT folded FROM observable_ids WHERE guid = ?1`, c.PathValue("guid"))
	if err != nil {
		return answer{}, err
	}
	if !found {
		return answer{}, notFound("There is no indicator of that guid.")
	}
	return s.alterValueTags(ctx, c, request, folded, c.PathValue("guid"))
}

// alterObservableTags20 answers POST /2.0/observables/alter-tags.
func (s *Station) alterObservableTags20(ctx context.Context, c *call) (answer, error) {
	var request alterTags20
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	if blank(request.ObservableValue) {
		return answer{}, badRequest("observableValue is missing: what to tag.")
	}
	found, _ := recogniseOne(request.ObservableValue)
	folded := fold(canonical(request.ObservableValue))
	return s.alterValueTags(ctx, c, request, folded, observableGUID(found.observable(), folded))
}

func (s *Station) alterValueTags(ctx context.Context, c *call, request alterTags20, folded, guid string) (answer, error) {
	enclave := request.EnclaveGUID
	if enclave == "" {
		return answer{}, badRequest("enclaveGuid is missing: whose tags they are.")
	}
	added, err := tags20(request.AddedTags)
	if err != nil {
		return answer{}, err
	}
	if err := s.mayUpdate(ctx, c.user, []string{enclave}); err != nil {
		return answer{}, err
	}
	var rows tagRows
	for _, name := range added {
		rows = append(rows, tagRow{enclave, name, tagGUID(enclave, name), folded})
	}
	if err := s.storeTags(ctx, rows); err != nil {
		return answer{}, err
	}
	err = s.exec(ctx, `DELETE FROM indicator_tags WHERE enclave_id = ?1 AND folded = ?2 AND name IN (SELECT value FROM json_each(?3))`,
		enclave, folded, jsonList(lowered(request.RemovedTags)))
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(idAnswer{guid})
}
