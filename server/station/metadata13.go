package station

import (
	"context"
	"database/sql"
	"strings"
)

// facts are what is known about an indicator in some enclaves.
type facts struct {
	indicatorType, value, folded string
	// Milliseconds.
	first, last int64
	sightings   int64
	reports     int64
	enclaves    idList
	tags        tagList
	notes       idList
	source      string
}

// factsOf returns what is known about values, which are folded, in the order of type and
// value. Unknown ones are left out.
func (s *Station) factsOf(ctx context.Context, u user, enclaves, values []string) ([]facts, error) {
	known, err := s.enclavesOf(ctx, u)
	if err != nil {
		return nil, err
	}
	q := newQuery(u, enclaves)
	var list []facts
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			f          facts
			ids, notes string
			source     sql.NullString
		)
		if err := rows.Scan(&f.indicatorType, &f.folded, &f.value, &f.first, &f.last, &f.sightings, &f.reports, &ids, &notes, &source); err != nil {
			return err
		}
		if err := decodeStored(ids, &f.enclaves); err != nil {
			return err
		}
		f.enclaves, f.source = known.ordered(f.enclaves), source.String
		list = append(list, f)
		return decodeStored(notes, &list[len(list)-1].notes)
	}, `WITH `+readable+`, `+seen+`
SELECT type, folded, max(value), min(first), max(last), `+sightings+`, count(DISTINCT report_id), json_group_array(DISTINCT enclave_id),
	(SELECT json_group_array(value) FROM (SELECT DISTINCT n.value FROM submitted s, json_each(s.notes) n
		WHERE s.folded = seen.folded AND s.type = seen.type AND s.enclave_id IN (SELECT id FROM readable) ORDER BY n.value)),
	(SELECT max(s.source) FROM submitted s WHERE s.folded = seen.folded AND s.type = seen.type AND s.enclave_id IN (SELECT id FROM readable))
FROM seen WHERE type <> '' AND folded IN `+q.among(values)+` GROUP BY type, folded ORDER BY folded, type`, q.args...)
	if err != nil {
		return nil, err
	}
	tags := map[string]tagList{}
	q = newQuery(u, enclaves)
	err = s.each(ctx, func(rows *sql.Rows) error {
		var folded string
		var tag tag13
		err := rows.Scan(&folded, &tag.GUID, &tag.Name, &tag.EnclaveID)
		tags[folded] = append(tags[folded], tag)
		return err
	}, `WITH `+readable+` SELECT t.folded, t.guid, t.name, t.enclave_id FROM indicator_tags t JOIN readable e ON e.id = t.enclave_id
WHERE t.folded IN `+q.among(values)+` ORDER BY t.name, e.name, e.id`, q.args...)
	for i := range list {
		list[i].tags = tags[list[i].folded]
	}
	return list, err
}

// metadata is an indicator with its metadata; correlationCount is 0 in late versions.
func (f *facts) metadata() indicator13 {
	count := len(f.notes)
	return indicator13{
		GUID: guid13(f.indicatorType, f.value), Type: f.indicatorType, Value: f.value, PriorityLevel: priorityNotFound,
		CorrelationCount: new(int64), NoteCount: &count, Sightings: &f.sightings, FirstSeen: &f.first, LastSeen: &f.last,
		EnclaveIDs: &f.enclaves, Tags: &f.tags, Source: &f.source, Notes: &f.notes,
	}
}

// metadata13 answers POST /1.3/indicators/metadata in the order of the question. A value
// or a pair of value and type that is not known is left out.
func (s *Station) metadata13(ctx context.Context, c *call) (answer, error) {
	var asked metadataRequest
	if _, err := c.decode(&asked); err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	values := make([]string, len(asked))
	for i, one := range asked {
		values[i] = fold(strings.TrimSpace(one.Value))
	}
	if err := checkValues(values); err != nil {
		return answer{}, err
	}
	known, err := s.factsOf(ctx, c.user, enclaves, distinct(values))
	if err != nil {
		return answer{}, err
	}
	var list indicatorList13
	answered := map[int]bool{}
	for i, one := range asked {
		for k := range known {
			if known[k].folded == values[i] && (one.Type == "" || strings.EqualFold(one.Type, known[k].indicatorType)) && !answered[k] {
				answered[k] = true
				list = append(list, known[k].metadata())
			}
		}
	}
	return jsonAnswer(list)
}

// details13 answers the unofficial GET /1.3/indicators/details.
func (s *Station) details13(ctx context.Context, c *call) (answer, error) {
	values, err := c.terms("indicatorValues")
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	known, err := s.factsOf(ctx, c.user, enclaves, values)
	if err != nil {
		return answer{}, err
	}
	listed, err := s.safelisted(ctx, c.user, values)
	if err != nil {
		return answer{}, err
	}
	list := make(indicatorList13, len(known))
	for i, f := range known {
		whitelisted := listed[f.folded]
		list[i] = indicator13{
			GUID: guid13(f.indicatorType, f.value), Type: f.indicatorType, Value: f.value, PriorityLevel: priorityNotFound,
			CorrelationCount: &known[i].reports, Whitelisted: &whitelisted,
		}
	}
	return jsonAnswer(list)
}
