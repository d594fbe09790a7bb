package station

import (
	"context"
	"strings"
	"unicode/utf8"
)

const (
	// maxSubmitted is the vendor's; above it the answer is 413.
	maxSubmitted = 10_000
	// maxArgument is how many bytes of rows one statement carries: D1 takes texts of
	// 2,000,000 bytes at most.
	maxArgument = 1_000_000
	// maxTag is how many characters a tag has.
	maxTag = 90
)

// submitIndicators13 answers POST /1.3/indicators with nothing. The type is found by the
// engine. It may be repeated: what is said anew about an indicator of an enclave takes
// the place of what was said, notes are kept, and nothing is counted twice.
//
// What is no indicator is passed over, as the vendor does, whose own answer comes later
// and by mail; if nothing is one, the submission is refused (GUESS).
func (s *Station) submitIndicators13(ctx context.Context, c *call) (answer, error) {
	var request submitIndicatorsRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	enclaves := distinct(request.EnclaveIDs)
	switch {
	case len(enclaves) == 0:
		return answer{}, badRequest("The submission has no enclaveIds.")
	case len(request.Content) == 0:
		return answer{}, badRequest("The submission has no content.")
	case len(request.Content) > maxSubmitted:
		return answer{}, tooLarge("The submission has more than 10,000 indicators.")
	}
	if err := s.mayCreate(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	now := s.millis()
	var rows submittedRows
	var tags tagRows
	places := map[[2]string]int{}
	for _, given := range request.Content {
		found, ok := recogniseOne(given.Value)
		if !ok || found.Type == "" {
			continue
		}
		row, err := given.row(found, now)
		if err != nil {
			return answer{}, err
		}
		// One statement may touch a row only once: the last one given counts.
		key := [2]string{row.Type, row.Folded}
		if place, twice := places[key]; twice {
			rows[place] = row
		} else {
			places[key] = len(rows)
			rows = append(rows, row)
		}
		given.Tags = orElse(given.Tags, request.Tags)
		more, err := tagsFor(*given.Tags, row.Folded)
		if err != nil {
			return answer{}, err
		}
		tags = append(tags, more...)
	}
	if len(rows) == 0 {
		return answer{}, badRequest("None of the values is an indicator.")
	}
	// A tag goes to its own enclave, which must be one that may be submitted to.
	if err := s.mayCreate(ctx, c.user, tags.enclaves()); err != nil {
		return answer{}, err
	}
	if err := s.storeSubmitted(ctx, enclaves, rows); err != nil {
		return answer{}, err
	}
	return answer{}, s.storeTags(ctx, tags)
}

// row is the given indicator as the database has it.
func (g givenIndicator) row(found storedIndicator, now int64) (submittedRow, error) {
	row := submittedRow{
		Folded: fold(found.Value), Type: found.Type, Observable: found.observable(), Value: found.Value,
		FirstSeen: now, LastSeen: now, Sightings: 1, Source: unmarked(g.Source), Notes: unmarked(g.Notes),
	}
	if g.LastSeen != nil {
		row.LastSeen, row.FirstSeen = *g.LastSeen, *g.LastSeen
	}
	if g.FirstSeen != nil {
		row.FirstSeen = *g.FirstSeen
	}
	if g.Sightings != nil {
		row.Sightings = *g.Sightings
	}
	switch err := checkEntity(row.Value, row.Source, row.Notes); {
	case err != nil:
		return row, err
	case row.FirstSeen < 0 || row.LastSeen < row.FirstSeen:
		return row, badRequest("firstSeen and lastSeen of " + found.Value + " are times since 1970 in this order, in milliseconds.")
	case row.Sightings < 0:
		return row, badRequest("sightings of " + found.Value + " is at least 0.")
	}
	return row, nil
}

func orElse(given *tagList, fallback []tag13) *tagList {
	if given != nil {
		return given
	}
	list := tagList(fallback)
	return &list
}

func (s *Station) storeSubmitted(ctx context.Context, enclaves []string, rows submittedRows) error {
	return inParts(rows, func(part submittedRows) error {
		text, err := encode(part)
		if err != nil {
			return err
		}
		return s.exec(ctx, `INSERT INTO submitted (folded, type, observable, enclave_id, value, first_seen, last_seen, sightings, source, notes)
SELECT json_extract(i.value, '$.f'), json_extract(i.value, '$.t'), json_extract(i.value, '$.o'), e.value, json_extract(i.value, '$.v'),
	json_extract(i.value, '$.a'), json_extract(i.value, '$.z'), json_extract(i.value, '$.s'), json_extract(i.value, '$.c'),
	CASE json_extract(i.value, '$.n') WHEN '' THEN '[]' ELSE json_array(json_extract(i.value, '$.n')) END
FROM json_each(?1) i, json_each(?2) e WHERE 1
ON CONFLICT (folded, type, observable, enclave_id) DO UPDATE SET
	first_seen = min(submitted.first_seen, excluded.first_seen), last_seen = max(submitted.last_seen, excluded.last_seen),
	sightings = excluded.sightings, source = CASE excluded.source WHEN '' THEN submitted.source ELSE excluded.source END,
	notes = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(submitted.notes) UNION SELECT value FROM json_each(excluded.notes)))`,
			string(text), jsonList(enclaves))
	})
}

// inParts calls store with parts of a list that one statement can carry.
func inParts[L ~[]T, T interface{ size() int }](list L, store func(L) error) error {
	for len(list) > 0 {
		n, bytes := 0, 0
		for n < len(list) && (n == 0 || bytes+list[n].size() <= maxArgument) {
			bytes += list[n].size()
			n++
		}
		if err := store(list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// size is at least what a row takes in JSON, whose escapes make six bytes of one.
func (r submittedRow) size() int {
	return 200 + 2*(len(r.Folded)+len(r.Value)) + 6*(len(r.Source)+len(r.Notes))
}

func (r tagRow) size() int { return 150 + len(r.Enclave) + 6*len(r.Name) + 2*len(r.Folded) }

// tagName is a tag's name as it is stored: in lower case. Blanks are allowed because the
// vendor's own client uses them.
func tagName(name string) (string, error) {
	name = strings.ToLower(strings.TrimSpace(unmarked(name)))
	switch {
	case name == "":
		return "", badRequest("A tag has a name.")
	case utf8.RuneCountInString(name) > maxTag:
		return "", badRequest("A tag has at most 90 characters.")
	case strings.Contains(name, ","):
		return "", badRequest("A tag has no comma.")
	}
	return name, nil
}

// tagNames are names as they are stored, each once.
func tagNames(names []string) ([]string, error) {
	if len(names) > maxTags {
		return nil, badRequest("There are more than 200 tags.")
	}
	var stored []string
	for _, given := range names {
		name, err := tagName(given)
		if err != nil {
			return nil, err
		}
		stored = append(stored, name)
	}
	return distinct(stored), nil
}

// tagGUID is the id of an indicator's tag: an enclave's tag of a name has one.
func tagGUID(enclave, name string) string { return nameID("tag", enclave, name) }

// tagsFor are the rows that give a value its tags.
func tagsFor(tags []tag13, folded string) (tagRows, error) {
	var rows tagRows
	for _, tag := range tags {
		name, err := tagName(tag.Name)
		if err != nil {
			return nil, err
		}
		if tag.EnclaveID == "" {
			return nil, badRequest("A tag of an indicator has an enclaveId.")
		}
		rows = append(rows, tagRow{tag.EnclaveID, name, tagGUID(tag.EnclaveID, name), folded})
	}
	return rows, nil
}

func (rows tagRows) enclaves() []string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.Enclave)
	}
	return distinct(ids)
}

func (s *Station) storeTags(ctx context.Context, rows tagRows) error {
	return inParts(rows, func(part tagRows) error {
		text, err := encode(part)
		if err != nil {
			return err
		}
		return s.exec(ctx, `INSERT INTO indicator_tags (enclave_id, name, guid, folded)
SELECT json_extract(value, '$.e'), json_extract(value, '$.n'), json_extract(value, '$.g'), json_extract(value, '$.f')
FROM json_each(?1) WHERE 1 ON CONFLICT DO NOTHING`, string(text))
	})
}
