package station

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxTerms is how many values one call may ask for.
const maxTerms = 1000

// correlate12 answers GET /1.2/reports/correlate?q=: the ids of the reports that
// have one of the values, the latest first. Values of three or fewer characters
// find nothing.
func (s *Station) correlate12(ctx context.Context, c *call) (answer, error) {
	return s.correlatedIDs(ctx, c, "q")
}

// correlate13 answers GET /1.3/reports/correlate, the same under another name.
func (s *Station) correlate13(ctx context.Context, c *call) (answer, error) {
	return s.correlatedIDs(ctx, c, "indicators")
}

func (s *Station) correlatedIDs(ctx context.Context, c *call, name string) (answer, error) {
	terms, err := c.terms(name)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	terms = slices.DeleteFunc(terms, func(term string) bool { return utf8.RuneCountInString(term) <= 3 })
	list, err := s.correlated(ctx, c.user, enclaves, terms, window{0, maxTerms})
	if err != nil {
		return answer{}, err
	}
	ids := make(idList, len(list))
	for i, r := range list {
		ids[i] = r.id
	}
	return jsonAnswer(ids)
}

// correlated13 answers GET /1.3/reports/correlated: a page of whole reports.
// Unknown values find nothing; the vendor's service fails on them.
func (s *Station) correlated13(ctx context.Context, c *call) (answer, error) {
	terms, err := c.terms("indicators")
	if err != nil {
		return answer{}, err
	}
	page, err := c.window(25, 100)
	if err != nil {
		return answer{}, err
	}
	enclaves := c.list("enclaveIds")
	if err := s.readable(ctx, c.user, enclaves); err != nil {
		return answer{}, err
	}
	list, err := s.correlated(ctx, c.user, enclaves, terms, page)
	if err != nil {
		return answer{}, err
	}
	return pageOfReports(page, list)
}

// correlated reads one report more than the page holds. Known-good values correlate
// nothing.
func (s *Station) correlated(ctx context.Context, u user, enclaves, terms []string, page window) ([]report, error) {
	q := newQuery(u, enclaves)
	return s.selectReports(ctx, q, isReport+` AND r.id IN (SELECT m.report_id FROM mentions m WHERE m.folded IN `+q.among(terms)+
		` AND `+unsuppressed("m.folded")+`)`+latestFirst+` LIMIT `+q.arg(page.size+1)+` OFFSET `+q.arg(page.offset()))
}

// correlationCount is how many other reports share an indicator with this one.
func (s *Station) correlationCount(ctx context.Context, u user, r report) (int64, error) {
	n, _, err := one[int64](ctx, s, `SELECT count(*) FROM reports r WHERE r.id <> ?2`+isReport+`
	AND r.id IN (SELECT other.report_id FROM mentions own JOIN mentions other ON other.folded = own.folded
		WHERE own.report_id = ?2 AND `+unsuppressed("own.folded")+`)
	AND EXISTS (SELECT 1 `+visible+`)`, u.id, r.id, u.company)
	return n, err
}

// terms returns the values of a parameter, folded. A URL may hold commas, so what is
// between them and the whole are both looked for.
func (c *call) terms(name string) ([]string, error) {
	var terms []string
	for _, term := range append(c.list(name), c.query[name]...) {
		if term = fold(strings.TrimSpace(term)); term != "" && !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	switch {
	case len(terms) == 0:
		return nil, badRequest(name + " is missing: the values to look for.")
	case len(terms) > maxTerms:
		return nil, badRequest(name + " has more than 1,000 values.")
	}
	return terms, nil
}

// fold is what SQLite's lower does: ASCII letters only.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}
