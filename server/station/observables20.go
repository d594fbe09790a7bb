package station

import (
	"context"
	"database/sql"

	"github.com/sightline-sec/sightline/core/indicator"
)

// searchObservables20 answers POST /2.0/observables/search: what was seen, wherever it was.
func (s *Station) searchObservables20(ctx context.Context, c *call) (answer, error) {
	asked, err := s.search20(ctx, c)
	if err != nil {
		return answer{}, err
	}
	order, err := asked.order([][2]string{{"LAST_SEEN", "last"}, {"FIRST_SEEN", "first"}})
	if err != nil {
		return answer{}, err
	}
	if err := checkTypes(asked.Types); err != nil {
		return answer{}, err
	}
	known, err := s.enclavesOf(ctx, c.user)
	if err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, asked.EnclaveGUIDs)
	const anywhere = "IN (SELECT id FROM readable)"
	reply, total := observablePage20{}, 0
	err = s.each(ctx, func(rows *sql.Rows) error {
		var one observable20
		var enclaves, tags string
		if err := rows.Scan(&one.Type, &one.Value, &one.FirstSeen, &one.LastSeen, &enclaves, &tags, &total); err != nil {
			return err
		}
		var ids idList
		if err := decodeStored(enclaves, &ids); err != nil {
			return err
		}
		one.EnclaveGUIDs = known.ordered(ids)
		if err := decodeStored(tags, &one.Tags); err != nil {
			return err
		}
		reply.Items = append(reply.Items, one)
		return nil
	}, `WITH `+readable+`, `+seen+`, grouped AS (SELECT observable, folded, max(value) AS value, min(first) AS first, max(last) AS last,
	json_group_array(DISTINCT enclave_id) AS enclaves
	FROM seen WHERE observable <> '' AND `+q.oneOf("observable", asked.Types)+` AND `+q.since("folded", asked.from, asked.to)+`
	AND instr(folded, `+q.arg(asked.QueryTerm)+`) > 0 GROUP BY observable, folded)
SELECT observable, value, first, last, enclaves, (SELECT json_group_array(name) FROM (SELECT name FROM `+allTags("page.folded", anywhere)+` ORDER BY name)), total
FROM (SELECT g.*, count(*) OVER () AS total FROM grouped g WHERE g.last BETWEEN `+q.arg(asked.from)+` AND `+q.arg(asked.to)+` AND `+unsuppressed("g.folded")+`
	AND `+q.allTagged("g.folded", anywhere, asked.IncludedTags, asked.ExcludedTags)+`
ORDER BY `+order+`, g.folded, g.observable LIMIT `+q.arg(asked.page.size)+` OFFSET `+q.arg(asked.page.offset())+`) page ORDER BY `+order+`, folded, observable`, q.args...)
	if err != nil {
		return answer{}, err
	}
	reply.Metadata = asked.page.metadata(len(reply.Items), total)
	return jsonAnswer(reply)
}

// ordered are ids in the order of the list, which is by name.
func (list enclaveList) ordered(ids []string) idList {
	var sorted idList
	for _, e := range list {
		for _, id := range ids {
			if id == e.ID {
				sorted = append(sorted, id)
			}
		}
	}
	return sorted
}

// observables20 answers GET /2.0/observables: those of one submission (GUESS: a numbered
// page).
func (s *Station) observables20(ctx context.Context, c *call) (answer, error) {
	page, err := c.window(defaultPageSize, maxPage20)
	if err != nil {
		return answer{}, err
	}
	external, err := c.external()
	if err != nil {
		return answer{}, err
	}
	id := c.query.Get("submissionId")
	if id == "" {
		return answer{}, badRequest("submissionId is missing: whose observables.")
	}
	var found report
	if external {
		found, err = s.reportByExternalID(ctx, c.user, id, c.list("enclaveGuid"), "")
	} else {
		found, err = s.reportByID(ctx, c.user, id, "")
	}
	if err != nil {
		return answer{}, err
	}
	listed, err := s.safelisted(ctx, c.user, found.indicators.values())
	if err != nil {
		return answer{}, err
	}
	var all []typedValue
	for _, one := range found.indicators {
		if observable := one.observable(); observable != "" && !listed[fold(one.Value)] {
			all = append(all, typedValue{observable, one.Value})
		}
	}
	part, hasNext := slice(page, all)
	return jsonAnswer(observableNumberedPage20{part, page.number, page.size, hasNext})
}

// entities are the finds of a text as 2.0 names them; malware and vulnerabilities, which
// are attributes there, keep their name.
func (list storedIndicators) entities() parsedEntities {
	var found parsedEntities
	for _, one := range list {
		entityType := one.observable()
		if entityType == "" {
			entityType = one.Type
		}
		found = append(found, parsedEntity{one.Value, entityType})
	}
	return found
}

// parseEntities20 answers POST /2.0/entities/parse, whose body is the text itself.
func (s *Station) parseEntities20(_ context.Context, c *call) (answer, error) {
	text, err := c.bytes()
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(gather(string(text), indicator.Options{DropHeld: true}).entities())
}
