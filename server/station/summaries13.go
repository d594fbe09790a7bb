package station

import (
	"context"
	"database/sql"
	"strings"
)

// score is a malicious score of 2.0 as a number from 0 to 3; false for none.
func score(name string) (int64, bool) {
	for i, known := range scoreNames() {
		if name == known {
			return int64(i), true
		}
	}
	return -1, false
}

// scoreNames are the malicious scores of 2.0 by their number.
func scoreNames() []string { return []string{"BENIGN", "LOW", "MEDIUM", "HIGH"} }

// scoreOf is score in SQL, of a column with an indicatorDetail; -1 for none.
func scoreOf(detail string) string {
	return `CASE json_extract(` + detail + `, '$.maliciousScore') WHEN 'HIGH' THEN 3 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 1 WHEN 'BENIGN' THEN 0 ELSE -1 END`
}

// sourceKey is the key of a source, which here is an enclave.
func sourceKey(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "_") }

// scoreName is how the original score of an indicator is called.
const scoreName = "maliciousScore"

// summaries13 answers POST /1.3/indicators/summaries: what each readable report or set of
// indicators says about each of the values, the latest first. Scores and attributes are
// those that a submission of indicators brought.
func (s *Station) summaries13(ctx context.Context, c *call) (answer, error) {
	var values idList
	if _, err := c.decode(&values); err != nil {
		return answer{}, err
	}
	if err := checkValues(values); err != nil {
		return answer{}, err
	}
	page, err := c.window(25, 1000)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	asked := make([]string, len(values))
	for i, value := range values {
		asked[i] = fold(value)
	}
	q := newQuery(c.user, enclaves)
	total, items := 0, []summary13{}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var (
			one           summary13
			detail        sql.NullString
			title, source string
		)
		if err := rows.Scan(&one.Value, &one.Type, &detail, &one.ReportID, &title, &one.Created, &one.Updated, &one.EnclaveID, &source, &total); err != nil {
			return err
		}
		one.Source, one.Description = &keyName{sourceKey(source), source}, optional(title)
		if detail.Valid {
			if err := one.describe(detail.String); err != nil {
				return err
			}
		}
		items = append(items, one)
		return nil
	}, `WITH `+readable+` SELECT m.value, m.type, m.detail, r.id, r.title, r.created, r.updated, e.id, e.name, count(*) OVER ()
FROM mentions m JOIN reports r ON r.id = m.report_id JOIN report_enclaves re ON re.report_id = r.id JOIN readable e ON e.id = re.enclave_id
WHERE m.type <> '' AND m.folded IN `+q.among(asked)+`
ORDER BY r.updated DESC, r.number DESC, m.folded, m.type, e.name LIMIT `+q.arg(page.size)+` OFFSET `+q.arg(page.offset()), q.args...)
	if err != nil {
		return answer{}, err
	}
	hasNext := page.offset()+int64(len(items)) < int64(total)
	return jsonAnswer(summaryPage{items, page.number, page.size, hasNext, len(items) == 0, total})
}

// describe adds what a submission of indicators said.
func (one *summary13) describe(text string) error {
	var detail indicatorDetail
	if err := decodeStored(text, &detail); err != nil {
		return err
	}
	if level, ok := score(detail.MaliciousScore); ok {
		severity := int(level)
		one.Score, one.SeverityLevel = &nameValue{scoreName, detail.MaliciousScore}, &severity
	}
	for _, attribute := range detail.Attributes {
		one.Attributes = append(one.Attributes, attribute13{Name: attribute.Entity.Type, Value: attribute.Entity.Value, LogicalType: "string"})
	}
	return nil
}
