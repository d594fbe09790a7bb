package station

import (
	"context"
	"database/sql"
	"math"
	"strings"
)

// trends is how many indicators trend.
const trends = 10

// trend is an indicator of the Community with the number of its reports.
type trend struct {
	indicatorType, value string
	reports              int64
}

// trending returns the indicators that most reports of the Community have which were
// updated in a time.
func (s *Station) trending(ctx context.Context, u user, types []string, from, to int64) ([]trend, error) {
	q := newQuery(u, []string{CommunityID})
	var list []trend
	err := s.each(ctx, func(rows *sql.Rows) error {
		var one trend
		err := rows.Scan(&one.indicatorType, &one.value, &one.reports)
		list = append(list, one)
		return err
	}, `WITH `+readable+` SELECT m.type, max(m.value), count(DISTINCT m.report_id) FROM mentions m JOIN reports r ON r.id = m.report_id
	JOIN report_enclaves re ON re.report_id = r.id
WHERE re.enclave_id IN (SELECT id FROM readable) AND m.type IN `+q.among(types)+` AND r.updated BETWEEN `+q.arg(from)+` AND `+q.arg(to)+`
	AND `+unsuppressed("m.folded")+`
GROUP BY m.type, m.folded ORDER BY count(DISTINCT m.report_id) DESC, m.folded, m.type LIMIT `+q.arg(trends), q.args...)
	return list, err
}

// otherTypes are all but malware and vulnerabilities.
func otherTypes() []string {
	var types []string
	for _, one := range indicatorTypes() {
		if one != "MALWARE" && one != "CVE" {
			types = append(types, one)
		}
	}
	return types
}

// trending13 answers GET /1.3/indicators/community-trending.
func (s *Station) trending13(ctx context.Context, c *call) (answer, error) {
	days, err := c.count("daysBack", 1)
	if err != nil {
		return answer{}, err
	}
	if days < 1 || days > 30 {
		return answer{}, badRequest("daysBack is 1 to 30.")
	}
	types := otherTypes()
	if given := c.query.Get("type"); given != "" {
		types = []string{strings.ToUpper(given)}
		if bad := unknownType(types, indicatorTypes()); bad != "" {
			return answer{}, badRequest("There is no indicator type " + bad + ".")
		}
	}
	now := s.millis()
	found, err := s.trending(ctx, c.user, types, now-int64(days)*dayMillis, now)
	if err != nil {
		return answer{}, err
	}
	list := make(indicatorList13, len(found))
	for i, one := range found {
		list[i] = indicator13{GUID: guid13(one.indicatorType, one.value), Type: one.indicatorType, Value: one.value, CorrelationCount: &found[i].reports}
	}
	return jsonAnswer(list)
}

// trending12 answers GET /1.2/community-indicators/trending. The time asked for is made 1,
// 3, 7 or 30 days, whichever is the shortest that is not shorter.
func (s *Station) trending12(ctx context.Context, c *call) (answer, error) {
	var types []string
	switch kind := strings.ToUpper(c.query.Get("type")); kind {
	case "MALWARE", "CVE":
		types = []string{kind}
	case "OTHER":
		types = otherTypes()
	default:
		return answer{}, badRequest("type is MALWARE, CVE or OTHER.")
	}
	from, to, err := c.span(s.millis(), dayMillis, math.MaxInt64/2)
	if err != nil {
		return answer{}, err
	}
	days := int64(30)
	for _, shorter := range []int64{7, 3, 1} {
		if to-from < shorter*dayMillis+1000 { // the seconds of both ends
			days = shorter
		}
	}
	found, err := s.trending(ctx, c.user, types, to-days*dayMillis, to)
	if err != nil {
		return answer{}, err
	}
	reply := trending12Answer{TotalPages: 1, PageSize: trends, TotalElements: len(found), ElementCount: len(found)}
	for _, one := range found {
		reply.Data.Items = append(reply.Data.Items, trend12{one.indicatorType, one.reports, one.value})
	}
	return jsonAnswer(reply)
}
