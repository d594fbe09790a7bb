package station

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// TemplatePhishing is the template of an enclave whose reports are phishing submissions.
// The vendor's own is not documented: the name is a GUESS.
const TemplatePhishing = "Phishing Enclave"

// templatePrivate is the template of all other enclaves.
const templatePrivate = "Private Enclave"

// scored are the indicators that a readable set of indicators scores, wherever it is.
func scored() string {
	return `scored AS (SELECT m.folded, e.name AS source, max(` + scoreOf("m.detail") + `) AS score
	FROM mentions m JOIN report_enclaves re ON re.report_id = m.report_id JOIN enclaves e ON e.id = re.enclave_id
	LEFT JOIN grants g ON g.enclave_id = e.id AND g.user_id = ?1
	WHERE m.detail IS NOT NULL AND (e.type = 'COMMUNITY' OR g.can_read = 1)
	GROUP BY m.folded, e.name HAVING max(` + scoreOf("m.detail") + `) >= 0)`
}

// triageQuery is what both lists of phishing ask for.
type triageQuery struct {
	*query
	page    window
	request triageRequest
	// statement is WITH and its tables: phish are the submissions that were asked for.
	statement string
}

// triage reads the body of a list of phishing. The priority of a submission is the
// highest score of its indicators, -1 where none has one.
func (s *Station) triage(ctx context.Context, c *call) (triageQuery, error) {
	var t triageQuery
	if err := c.decodeOptional(&t.request); err != nil {
		return t, err
	}
	var err error
	if t.page, err = c.cursorWindow(t.request.Cursor, 25, 1000); err != nil {
		return t, err
	}
	now := s.millis()
	to, from := now, now-dayMillis
	if t.request.To != nil {
		to = *t.request.To
	}
	if t.request.From != nil {
		from = *t.request.From
	}
	if from < now-31*dayMillis {
		return t, badRequest("from lies within the last month.")
	}
	priorities := []int64{-1, 0, 1, 2, 3}
	if t.request.PriorityScores != nil {
		if priorities, err = scores(*t.request.PriorityScores, -1); err != nil {
			return t, err
		}
	}
	statuses := []string{"UNRESOLVED"}
	if t.request.Status != nil {
		statuses = *t.request.Status
	}
	for i := range statuses {
		statuses[i] = strings.ToUpper(statuses[i])
	}
	if bad := unknownType(statuses, []string{"UNRESOLVED", "CONFIRMED", "IGNORED"}); bad != "" {
		return t, badRequest("There is no status " + bad + ".")
	}
	enclaves := distinct(t.request.EnclaveIDs)
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return t, err
	}
	t.query = newQuery(c.user, enclaves)
	t.statement = `WITH ` + readable + `, ` + scored() + `, phish AS (SELECT r.id, r.title, r.triage, r.updated, r.number, coalesce(max(s.score), -1) AS priority
	FROM reports r JOIN report_enclaves re ON re.report_id = r.id JOIN enclaves x ON x.id = re.enclave_id
	LEFT JOIN mentions m ON m.report_id = r.id AND ` + unsuppressed("m.folded") + ` LEFT JOIN scored s ON s.folded = m.folded
	WHERE x.template = '` + TemplatePhishing + `' AND x.id IN (SELECT id FROM readable) AND r.kind <> 'indicators'
		AND r.updated BETWEEN ` + t.arg(from) + ` AND ` + t.arg(to) + ` AND r.triage IN ` + t.among(statuses) + `
	GROUP BY r.id HAVING priority IN ` + t.numbers(priorities) + `)
`
	return t, nil
}

// numbers is among for numbers.
func (q *query) numbers(values []int64) string {
	if len(values) == 0 {
		return "()"
	}
	places := make([]string, len(values))
	for i, value := range values {
		places[i] = q.arg(value)
	}
	return "(" + strings.Join(places, ", ") + ")"
}

// triageSubmissions13 answers POST /1.3/triage/submissions, the latest first.
func (s *Station) triageSubmissions13(ctx context.Context, c *call) (answer, error) {
	t, err := s.triage(ctx, c)
	if err != nil {
		return answer{}, err
	}
	reply, total := phishingSubmissionPage{}, 0
	err = s.each(ctx, func(rows *sql.Rows) error {
		var one phishingSubmission
		err := rows.Scan(&one.ID, &one.Title, &one.Status, &one.Priority, &total)
		reply.Items = append(reply.Items, one)
		return err
	}, t.statement+`SELECT id, title, triage, priority, count(*) OVER () FROM phish ORDER BY updated DESC, number DESC
LIMIT `+t.arg(t.page.size)+` OFFSET `+t.arg(t.page.offset()), t.args...)
	if err != nil {
		return answer{}, err
	}
	ids := make([]string, len(reply.Items))
	for i, one := range reply.Items {
		ids[i] = one.ID
	}
	q := newQuery(c.user, nil)
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			id, source string
			one        phishingContext
		)
		if err := rows.Scan(&id, &one.Type, &one.Value, &source, &one.Normalized); err != nil {
			return err
		}
		one.Source, one.Original = sourceKey(source), nameValue{scoreName, scoreNames()[one.Normalized]}
		i := slices.Index(ids, id)
		reply.Items[i].Context = append(reply.Items[i].Context, one)
		return nil
	}, `WITH `+readable+`, `+scored()+` SELECT m.report_id, m.type, m.value, s.source, s.score FROM mentions m JOIN scored s ON s.folded = m.folded
WHERE m.type <> '' AND m.report_id IN `+q.among(ids)+` AND `+unsuppressed("m.folded")+` AND EXISTS (SELECT 1 FROM readable)
ORDER BY s.score DESC, m.folded, m.type, s.source`, q.args...)
	if err != nil {
		return answer{}, err
	}
	reply.Metadata = t.page.metadata(len(reply.Items), total)
	return jsonAnswer(reply)
}

// triageIndicators13 answers POST /1.3/triage/indicators: the scored indicators of the
// phishing submissions, the highest score first.
func (s *Station) triageIndicators13(ctx context.Context, c *call) (answer, error) {
	t, err := s.triage(ctx, c)
	if err != nil {
		return answer{}, err
	}
	wanted := []int64{3}
	if t.request.IndicatorScores != nil {
		if wanted, err = scores(*t.request.IndicatorScores, 0); err != nil {
			return answer{}, err
		}
	}
	reply, total := phishingIndicatorPage{}, 0
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			source string
			one    phishingIndicator
		)
		if err := rows.Scan(&one.Type, &one.Value, &source, &one.Normalized, &total); err != nil {
			return err
		}
		one.Source, one.Original = sourceKey(source), nameValue{scoreName, scoreNames()[one.Normalized]}
		reply.Items = append(reply.Items, one)
		return nil
	}, t.statement+`SELECT m.type, max(m.value), s.source, s.score, count(*) OVER () FROM phish p JOIN mentions m ON m.report_id = p.id JOIN scored s ON s.folded = m.folded
WHERE m.type <> '' AND s.score IN `+t.numbers(wanted)+` AND `+unsuppressed("m.folded")+`
GROUP BY m.type, m.folded, s.source, s.score ORDER BY s.score DESC, m.folded, m.type, s.source
LIMIT `+t.arg(t.page.size)+` OFFSET `+t.arg(t.page.offset()), t.args...)
	if err != nil {
		return answer{}, err
	}
	reply.Metadata = t.page.metadata(len(reply.Items), total)
	return jsonAnswer(reply)
}

// triageStatus13 answers POST /1.3/triage/submissions/{submissionId}/status with nothing.
// It does not change when the report was last updated (GUESS).
func (s *Station) triageStatus13(ctx context.Context, c *call) (answer, error) {
	status := strings.ToUpper(c.query.Get("status"))
	if status != "CONFIRMED" && status != "IGNORED" {
		return answer{}, badRequest("status is CONFIRMED or IGNORED.")
	}
	found, err := s.reportByID(ctx, c.user, c.PathValue("submissionId"),
		isReport+` AND EXISTS (SELECT 1 FROM report_enclaves pe JOIN enclaves x ON x.id = pe.enclave_id WHERE pe.report_id = r.id AND x.template = '`+TemplatePhishing+`')`)
	if err != nil {
		return answer{}, err
	}
	if err := s.requireChange(ctx, c.user, found); err != nil {
		return answer{}, err
	}
	return answer{}, s.exec(ctx, `UPDATE reports SET triage = ?2 WHERE id = ?1`, found.id, status)
}
