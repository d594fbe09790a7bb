package sandbox

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxLimit is the vendor's: "You cannot set the limit command to a value greater
// than 500." How it refuses is unknown; we cap without a word (GUESS).
const maxLimit = 500

// query is what a request to cases asks for.
type query struct {
	// key names the query without its page.
	key        string
	conditions []func(*caseRow) bool
	sort       field
	descending bool
	limit      int
	skip       int
	summary    bool
	// tenants are those that were asked for.
	tenants []string
	// dated says that there is a bound of created_at.
	dated bool
}

func (q *query) matches(c *caseRow) bool {
	for _, condition := range q.conditions {
		if !condition(c) {
			return false
		}
	}
	return true
}

// badArgument is answered with 400 (GUESS).
type badArgument struct{ name, problem string }

func (e *badArgument) Error() string { return e.name + ": " + e.problem }

// field is what a name in the grammar stands for. It has a number or a text, tags
// alone have neither.
type field struct {
	number func(*caseRow) float64
	text   func(*caseRow) string
	list   bool // a value may hold several, separated by commas, any of which matches
}

func scoreField() field { return field{number: func(c *caseRow) float64 { return c.Score }} }

func number(of func(*caseRow) int64) field {
	return field{number: func(c *caseRow) float64 { return float64(of(c)) }}
}

// fieldOf knows the three spellings of the tenant, the older name of severity and
// the older names of the score. The vendor's page allows a list for tags alone;
// public clients send one for status, and it does no harm for severity.
func fieldOf(name string) (field, bool) {
	switch name {
	case "tenant_id", "cust_id", "tenantid":
		return field{text: func(c *caseRow) string { return c.CustID }}, true
	case "severity", "priority":
		return field{text: func(c *caseRow) string { return c.Severity }, list: true}, true
	case "status":
		return field{text: func(c *caseRow) string { return c.Status }, list: true}, true
	case "tags":
		return field{list: true}, true
	case "assignee":
		return field{text: func(c *caseRow) string { return c.Assignee }}, true
	case "modified_by":
		return field{text: func(c *caseRow) string { return c.ModifiedBy }}, true
	case "created_by":
		return field{text: func(c *caseRow) string { return c.CreatedBy }}, true
	case "score", "case_score", "incident_score":
		return scoreField(), true
	case "created_at":
		return number(func(c *caseRow) int64 { return c.CreatedAt }), true
	case "modified_at":
		return number(func(c *caseRow) int64 { return c.ModifiedAt }), true
	case "acknowledged":
		return number(func(c *caseRow) int64 { return c.Acknowledged }), true
	case "size":
		return number(func(c *caseRow) int64 { return int64(c.Size) }), true
	case "ticket_id":
		return number(func(c *caseRow) int64 { return c.TicketID }), true
	case "version":
		return number(func(c *caseRow) int64 { return c.Version }), true
	case "closed":
		return number(func(c *caseRow) int64 { return int64(c.Closed) }), true
	}
	return field{}, false
}

// parseQuery reads the grammar [FROM~|TO~|NOT~]<field>=<value>. Different
// arguments are joined by AND, values of one by OR. Unknown names are ignored.
// Names and values mind case.
//
// The vendor's page prints a URL with a second question mark,
// "cases?cust_id=<id>?sort=case_score". It is taken literally: the tenant's id then
// ends in "?sort=case_score" and matches nothing.
func parseQuery(raw string) (query, error) {
	created, _ := fieldOf("created_at")
	q := query{sort: created, descending: true, limit: maxLimit} // default order is a GUESS
	values, err := url.ParseQuery(raw)
	if err != nil {
		return q, &badArgument{"query", "cannot be read"}
	}
	for _, step := range []func(url.Values) error{q.paging, q.ordering, q.special, q.grammar} {
		if err := step(values); err != nil {
			return q, err
		}
	}
	values.Del("limit")
	values.Del("skip")
	q.key = values.Encode()
	return q, nil
}

func (q *query) paging(values url.Values) error {
	if values.Has("limit") {
		n, err := strconv.Atoi(values.Get("limit"))
		if err != nil || n < 1 {
			return &badArgument{"limit", "must be a number from 1 to 500"}
		}
		q.limit = min(n, maxLimit)
	}
	if values.Has("skip") {
		n, err := strconv.Atoi(values.Get("skip"))
		if err != nil || n < 0 {
			return &badArgument{"skip", "must be a number, 0 or more"}
		}
		q.skip = n
	}
	return nil
}

func (q *query) ordering(values url.Values) error {
	if values.Has("sort") {
		f, ok := fieldOf(values.Get("sort"))
		if !ok || f.number == nil && f.text == nil {
			return &badArgument{"sort", "no such field"}
		}
		q.sort, q.descending = f, false // ascending by default is a GUESS
	}
	switch values.Get("order") {
	case "":
	case "asc":
		q.descending = false
	case "desc":
		q.descending = true
	default:
		return &badArgument{"order", "must be asc or desc"}
	}
	return nil
}

// special are the arguments that are no field's name.
func (q *query) special(values url.Values) error {
	if values.Has("min_score") { // inclusive is a GUESS
		if err := q.bound("min_score", scoreField(), true, values.Get("min_score")); err != nil {
			return err
		}
	}
	if values.Has("min_size_auto") { // what the bare form means is a GUESS
		size, _ := fieldOf("size")
		if err := q.bound("min_size_auto", size, true, orElse(values.Get("min_size_auto"), "2")); err != nil {
			return err
		}
	}
	q.summary = values.Get("include_summary") == "true"
	return nil
}

func (q *query) grammar(values url.Values) error {
	for name, given := range values {
		prefix, of, found := strings.Cut(name, "~")
		if !found {
			prefix, of = "", name
		}
		f, ok := fieldOf(of)
		if !ok {
			continue
		}
		switch prefix {
		case "FROM", "TO":
			if f.number == nil {
				continue
			}
			if err := q.bound(name, f, prefix == "FROM", given[0]); err != nil {
				return err
			}
			q.dated = q.dated || of == "created_at"
		case "", "NOT":
			if err := q.match(name, f, prefix == "NOT", given); err != nil {
				return err
			}
		}
		if prefix == "" && (of == "tenant_id" || of == "cust_id" || of == "tenantid") {
			q.tenants = append(q.tenants, given...)
		}
	}
	return nil
}

// bound compares a field with a number, both ends inclusive (GUESS).
func (q *query) bound(name string, f field, least bool, value string) error {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return &badArgument{name, "must be a number"}
	}
	q.conditions = append(q.conditions, func(c *caseRow) bool {
		if least {
			return f.number(c) >= n
		}
		return f.number(c) <= n
	})
	return nil
}

// match compares a field with values, any of which will do. An argument without
// a value is as if it were not there (GUESS).
func (q *query) match(name string, f field, not bool, given []string) error {
	var (
		texts   []string
		numbers []float64
	)
	for _, value := range given {
		parts := []string{value}
		if f.list {
			parts = strings.Split(value, ",")
		}
		for _, part := range parts {
			if part == "" {
				continue
			}
			if f.number == nil {
				texts = append(texts, part)
				continue
			}
			n, err := strconv.ParseFloat(part, 64)
			if err != nil {
				return &badArgument{name, "must be a number"}
			}
			numbers = append(numbers, n)
		}
	}
	if len(texts)+len(numbers) == 0 {
		return nil
	}
	q.conditions = append(q.conditions, func(c *caseRow) bool {
		var has bool
		switch {
		case f.number != nil:
			has = slices.Contains(numbers, f.number(c))
		case f.text != nil:
			has = slices.Contains(texts, f.text(c))
		default:
			has = slices.ContainsFunc(c.Tags, func(tag string) bool { return slices.Contains(texts, tag) })
		}
		return has != not
	})
	return nil
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}
