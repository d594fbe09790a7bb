package station

import (
	"strconv"
	"strings"
)

// query gathers the arguments of one statement that reads for a user: ?1 is the user,
// ?2 a JSON list of enclave ids, [] for all that may be read, ?3 the user's company.
type query struct{ args []any }

func newQuery(u user, enclaves []string) *query {
	return &query{args: []any{u.id, jsonList(enclaves), u.company}}
}

// arg adds an argument and returns its place holder.
func (q *query) arg(value any) string {
	q.args = append(q.args, value)
	return "?" + strconv.Itoa(len(q.args))
}

// among adds a list and returns what an expression is IN.
func (q *query) among(values []string) string {
	return "(SELECT value FROM json_each(" + q.arg(jsonList(values)) + "))"
}

// oneOf is the condition that an expression is among values, true for no values.
func (q *query) oneOf(expression string, values []string) string {
	if len(values) == 0 {
		return "1"
	}
	return expression + " IN " + q.among(values)
}

// jsonList writes texts as a JSON list.
func jsonList(values []string) string {
	text, _ := encode(idList(values)) // texts can always be encoded
	return string(text)
}

// readable are the enclaves of ?2 that ?1 may read. ?3 is named because drivers count the
// arguments.
const readable = `readable AS (SELECT e.id, e.name FROM enclaves e LEFT JOIN grants g ON g.enclave_id = e.id AND g.user_id = ?1
	WHERE (e.type = 'COMMUNITY' OR g.can_read = 1) AND (?2 = '[]' OR e.id IN (SELECT value FROM json_each(?2))) AND ?3 <> '')`

// seen is every time that an indicator was seen in a readable enclave: once for each
// report and enclave that has it, once for each enclave that it was submitted to. In a
// report it was first seen when the report was filed and last when it was changed.
const seen = `seen AS (
	SELECT m.folded, m.type, m.observable, m.value, m.detail, m.report_id, re.enclave_id, r.created AS first, r.updated AS last, 0 AS sightings
	FROM mentions m JOIN reports r ON r.id = m.report_id JOIN report_enclaves re ON re.report_id = m.report_id
	WHERE re.enclave_id IN (SELECT id FROM readable)
	UNION ALL
	SELECT s.folded, s.type, s.observable, s.value, NULL, NULL, s.enclave_id, s.first_seen, s.last_seen, s.sightings
	FROM submitted s WHERE s.enclave_id IN (SELECT id FROM readable))`

// unsuppressed is the condition that a value is on no list of known-good values of the
// company: neither its whitelist nor one of its safelists (GUESS: both hold in all
// versions, in every list of indicators but those that say whether a value is on one).
func unsuppressed(folded string) string { return `NOT ` + suppressed(folded) }

func suppressed(folded string) string {
	return `EXISTS (SELECT 1 FROM safelisted k WHERE k.company_id = ?3 AND k.folded = ` + folded + `)`
}

// shortSpan is how long a window is at most for which since is worth its own reading, in
// milliseconds.
const shortSpan = 8 * dayMillis

// since is the condition that a value was seen at or after a time. It leads by the
// indexes on time to the few values of a short window; for a long one it is left out,
// as the last time decides anyhow.
func (q *query) since(folded string, from, to int64) string {
	if to-from > shortSpan {
		return "1"
	}
	at := q.arg(from)
	return folded + ` IN (SELECT m.folded FROM reports r JOIN mentions m ON m.report_id = r.id WHERE r.updated >= ` + at +
		` UNION SELECT folded FROM submitted WHERE last_seen >= ` + at + `)`
}

// sightings counts a group of seen: its reports, each once, and the submitted sightings.
const sightings = `count(DISTINCT report_id) + sum(sightings)`

// tagged is the condition that a value has every tag of one list and none of another in
// the readable enclaves.
func (q *query) tagged(folded string, included, excluded []string) string {
	condition := "1"
	names := `(SELECT t.name FROM indicator_tags t WHERE t.folded = ` + folded + ` AND t.enclave_id IN (SELECT id FROM readable))`
	if len(included) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(lowered(included))) + `) w WHERE w.value NOT IN ` + names + `)`
	}
	if len(excluded) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(lowered(excluded))) + `) w WHERE w.value IN ` + names + `)`
	}
	return condition
}

// reportTagged is tagged for a list of names in JSON.
func (q *query) reportTagged(tags string, included, excluded []string) string {
	condition := "1"
	names := `(SELECT value FROM json_each(` + tags + `))`
	if len(included) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(lowered(included))) + `) w WHERE w.value NOT IN ` + names + `)`
	}
	if len(excluded) > 0 {
		condition += ` AND NOT EXISTS (SELECT 1 FROM json_each(` + q.arg(jsonList(lowered(excluded))) + `) w WHERE w.value IN ` + names + `)`
	}
	return condition
}

// lowered are names of tags as they are stored.
func lowered(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = strings.ToLower(name)
	}
	return list
}
