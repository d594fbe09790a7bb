package station

import (
	"context"
	"database/sql"
	"net/http"
	"strings"
)

// indicatorPageOf makes a page of indicators that was cut out of total.
func indicatorPageOf(page window, items []indicator13, total int) indicatorPage {
	return indicatorPage{
		items, page.number, page.size, page.offset()+int64(len(items)) < int64(total), len(items) == 0, total, page.pages(total),
	}
}

// safelisted returns which of the folded values are on a list of known-good values.
func (s *Station) safelisted(ctx context.Context, u user, values []string) (map[string]bool, error) {
	listed := map[string]bool{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var value string
		err := rows.Scan(&value)
		listed[value] = true
		return err
	}, `SELECT DISTINCT folded FROM safelisted WHERE company_id = ?1 AND folded IN (SELECT value FROM json_each(?2))`, u.company, jsonList(values))
	return listed, err
}

// reportIndicators13 answers GET /1.3/reports/{id}/indicators in the order in which
// the body has them; those on the whitelist are left out or, on wish, marked.
func (s *Station) reportIndicators13(ctx context.Context, c *call) (answer, error) {
	page, err := c.window(100, 1000)
	if err != nil {
		return answer{}, err
	}
	whitelist, err := c.flag("applyWhitelist", true)
	if err != nil {
		return answer{}, err
	}
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	listed, err := s.safelisted(ctx, c.user, found.indicators.values())
	if err != nil {
		return answer{}, err
	}
	weights := map[bool]*int{false: new(int), true: new(int)}
	*weights[false] = 1 // one that is whitelisted has weight 0
	var all []indicator13
	for _, one := range found.indicators.known13() {
		known := listed[fold(one.Value)]
		if known && whitelist {
			continue
		}
		item := indicator13{GUID: guid13(one.Type, one.Value), Type: one.Type, Value: one.Value, Weight: weights[known]}
		if !whitelist {
			item.Whitelisted = &known
		}
		all = append(all, item)
	}
	part, _ := slice(page, all)
	return jsonAnswer(indicatorPageOf(page, part, len(all)))
}

// relatedSpan is how old a report may be that relates indicators: 90 days.
const relatedSpan = 90 * dayMillis

// related13 answers GET /1.3/indicators/related: what shares a report of the last 90
// days with one of the values.
func (s *Station) related13(ctx context.Context, c *call) (answer, error) {
	terms, err := c.terms("indicators")
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(100, 1000)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, enclaves)
	asked := q.among(terms)
	return s.typedPage(ctx, q, page, `WITH `+readable+`
SELECT o.type, max(o.value), NULL, NULL, count(*) OVER () FROM mentions m JOIN reports r ON r.id = m.report_id JOIN mentions o ON o.report_id = m.report_id
WHERE m.folded IN `+asked+` AND o.folded NOT IN `+asked+` AND o.type <> '' AND r.updated >= `+q.arg(s.millis()-relatedSpan)+`
	AND r.kind <> 'indicators' AND `+unsuppressed("m.folded")+` AND `+unsuppressed("o.folded")+`
	AND EXISTS (SELECT 1 FROM report_enclaves re WHERE re.report_id = r.id AND re.enclave_id IN (SELECT id FROM readable))
GROUP BY o.type, o.folded ORDER BY count(DISTINCT r.id) DESC, o.folded, o.type`, false)
}

// typedPage answers a page of a statement whose columns are type, value, first and last
// seen, and the number of all rows.
func (s *Station) typedPage(ctx context.Context, q *query, page window, statement string, searched bool) (answer, error) {
	items, total, err := s.typedRows(ctx, q, page, statement, searched)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(indicatorPageOf(page, items, total))
}

func (s *Station) typedRows(ctx context.Context, q *query, page window, statement string, searched bool) ([]indicator13, int, error) {
	items, total := []indicator13{}, 0
	err := s.each(ctx, func(rows *sql.Rows) error {
		var one indicator13
		if err := rows.Scan(&one.Type, &one.Value, &one.FirstSeen, &one.LastSeen, &total); err != nil {
			return err
		}
		one.GUID = guid13(one.Type, one.Value)
		if searched {
			one.PriorityLevel = priorityNotFound
		}
		items = append(items, one)
		return nil
	}, statement+` LIMIT `+q.arg(page.size)+` OFFSET `+q.arg(page.offset()), q.args...)
	if err == nil && len(items) == 0 && page.number > 0 {
		// A window function counts nothing where there is no row: ask the first page.
		_, total, err = s.typedRows(ctx, &query{q.args[:len(q.args)-2]}, window{0, 1}, statement, false)
	}
	return items, total, err
}

// priorityNotFound is what late versions say of every indicator.
const priorityNotFound = "NOT_FOUND"

// searchQuery reads what a search of indicators asks for.
func (s *Station) searchQuery(ctx context.Context, c *call, back int64, included, excluded string) (exportQuery, error) {
	var asked exportQuery
	var err error
	if asked.Term, err = c.term(false); err != nil {
		return asked, err
	}
	if asked.From, asked.To, err = c.span(s.millis(), back, yearMillis); err != nil {
		return asked, err
	}
	asked.Types = c.list("entityTypes")
	if bad := unknownType(asked.Types, indicatorTypes()); bad != "" {
		return asked, badRequest("There is no indicator type " + bad + ".")
	}
	asked.Enclaves, asked.Tags, asked.Excluded = c.list("enclaveIds"), c.list(included), c.list(excluded)
	return asked, s.readable(ctx, c.user, asked.Enclaves)
}

// searchStatement selects what a search asks for, the last seen first.
func searchStatement(q *query, asked exportQuery) string {
	condition := `type <> '' AND ` + q.oneOf("type", asked.Types)
	first := `min(first)`
	if asked.To-asked.From <= shortSpan {
		// The few reports of a short window are read by their time, and then when each
		// value was first seen, which may be long before.
		condition += ` AND last >= ` + q.arg(asked.From)
		first = `(SELECT min(at) FROM (
		SELECT r.created AS at FROM mentions m JOIN reports r ON r.id = m.report_id JOIN report_enclaves re ON re.report_id = m.report_id
		WHERE m.folded = seen.folded AND m.type = seen.type AND re.enclave_id IN (SELECT id FROM readable)
		UNION ALL SELECT s.first_seen FROM submitted s
		WHERE s.folded = seen.folded AND s.type = seen.type AND s.enclave_id IN (SELECT id FROM readable)))`
	}
	if asked.Term != "" {
		condition += ` AND instr(folded, ` + q.arg(asked.Term) + `) > 0`
	}
	return `WITH ` + readable + `, ` + seen + `, grouped AS (SELECT type, folded, max(value) AS value, ` + first + ` AS first, max(last) AS last
	FROM seen WHERE ` + condition + ` GROUP BY type, folded)
SELECT type, value, first, last, count(*) OVER () FROM grouped g
WHERE last BETWEEN ` + q.arg(asked.From) + ` AND ` + q.arg(asked.To) + ` AND ` + unsuppressed("g.folded") + ` AND ` + q.tagged("g.folded", asked.Tags, asked.Excluded) + `
ORDER BY last DESC, folded, type`
}

// searchIndicators13 answers GET and POST /1.3/indicators/search.
func (s *Station) searchIndicators13(ctx context.Context, c *call) (answer, error) {
	asked, err := s.searchQuery(ctx, c, dayMillis, "tags", "excludedTags")
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(25, 1000)
	if err != nil {
		return answer{}, err
	}
	if page.offset()+int64(page.size) > maxResults {
		return answer{}, &fault{http.StatusInternalServerError, "Only the first 10,000 results can be had."}
	}
	if err := s.knownTags(ctx, c.user, asked.Enclaves, append(asked.Tags, asked.Excluded...)); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, asked.Enclaves)
	return s.typedPage(ctx, q, page, searchStatement(q, asked), true)
}

// knownTags refuses names that no indicator's tag in the enclaves has (GUESS: one of the
// vendor's integrations takes 400 for it).
func (s *Station) knownTags(ctx context.Context, u user, enclaves, names []string) error {
	if len(names) == 0 {
		return nil
	}
	q := newQuery(u, enclaves)
	missing, found, err := one[string](ctx, s, `WITH `+readable+` SELECT value FROM json_each(`+q.arg(jsonList(lowered(names)))+`)
WHERE value NOT IN (SELECT name FROM indicator_tags WHERE enclave_id IN (SELECT id FROM readable))`, q.args...)
	if err == nil && found {
		err = badRequest("No indicator has the tag " + missing + ".")
	}
	return err
}

// listIndicators13 answers the deprecated GET /1.3/indicators; its tags are ids.
func (s *Station) listIndicators13(ctx context.Context, c *call) (answer, error) {
	asked, err := s.searchQuery(ctx, c, 7*dayMillis, "tagIds", "excludedTagIds")
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(100, 1000)
	if err != nil {
		return answer{}, err
	}
	for _, ids := range []*[]string{&asked.Tags, &asked.Excluded} {
		for i, id := range *ids {
			// An id that no tag has is looked for as a name: it finds nothing.
			name, found, err := one[string](ctx, s, `SELECT name FROM indicator_tags WHERE guid = ?1 LIMIT 1`, strings.ToLower(id))
			if err != nil {
				return answer{}, err
			}
			if found {
				(*ids)[i] = name
			}
		}
	}
	q := newQuery(c.user, asked.Enclaves)
	items, total, err := s.typedRows(ctx, q, page, searchStatement(q, asked), false)
	if err != nil {
		return answer{}, err
	}
	for i := range items {
		items[i].FirstSeen, items[i].LastSeen = nil, nil
	}
	return jsonAnswer(indicatorPageOf(page, items, total))
}
