package sandbox

import (
	"net/url"
	"strconv"
	"strings"
)

// maxLimit is the vendor's: "You cannot set the limit command to a value greater
// than 500." How it refuses is unknown; we cap without a word (GUESS).
const maxLimit = 500

// query is what a request to cases asks for, as SQL.
type query struct {
	conditions []string
	args       []any
	sort       string // a column
	descending bool
	limit      int
	skip       int
	summary    bool
}

// badArgument is answered with 400 (GUESS).
type badArgument struct{ name, problem string }

func (e *badArgument) Error() string { return e.name + ": " + e.problem }

// column is what a name in the grammar stands for.
type column struct {
	name    string // in the table
	numeric bool
	list    bool // a value may hold several, separated by commas, any of which matches
}

// columnOf knows the three spellings of the tenant, the older name of severity and
// the older names of the score. The vendor's page allows a list for tags alone;
// public clients send one for status, and it does no harm for severity.
func columnOf(field string) (column, bool) {
	switch field {
	case "tenant_id", "cust_id", "tenantid":
		return column{name: "cust_id"}, true
	case "severity", "priority":
		return column{name: "severity", list: true}, true
	case "status":
		return column{name: "status", list: true}, true
	case "tags":
		return column{name: "tags", list: true}, true
	case "assignee", "modified_by", "created_by":
		return column{name: field}, true
	case "score", "case_score", "incident_score":
		return column{name: "score", numeric: true}, true
	case "created_at", "modified_at", "acknowledged", "size", "ticket_id", "version", "closed":
		return column{name: field, numeric: true}, true
	}
	return column{}, false
}

// parseQuery reads the grammar [FROM~|TO~|NOT~]<field>=<value>. Different
// arguments are joined by AND, values of one by OR. Unknown names are ignored.
// Names and values mind case.
//
// The vendor's page prints a URL with a second question mark,
// "cases?cust_id=<id>?sort=case_score". It is taken literally: the tenant's id then
// ends in "?sort=case_score" and matches nothing.
func parseQuery(raw string) (query, error) {
	q := query{sort: "created_at", descending: true, limit: maxLimit} // default order is a GUESS
	values, err := url.ParseQuery(raw)
	if err != nil {
		return q, &badArgument{"query", "cannot be read"}
	}
	for _, step := range []func(url.Values) error{q.paging, q.ordering, q.special, q.grammar} {
		if err := step(values); err != nil {
			return q, err
		}
	}
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
		c, ok := columnOf(values.Get("sort"))
		if !ok || c.name == "tags" {
			return &badArgument{"sort", "no such field"}
		}
		q.sort, q.descending = c.name, false // ascending by default is a GUESS
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
		if err := q.bound("min_score", "score", ">=", values.Get("min_score")); err != nil {
			return err
		}
	}
	if values.Has("min_size_auto") { // what the bare form means is a GUESS
		if err := q.bound("min_size_auto", "size", ">=", orElse(values.Get("min_size_auto"), "2")); err != nil {
			return err
		}
	}
	q.summary = values.Get("include_summary") == "true"
	return nil
}

func (q *query) grammar(values url.Values) error {
	for name, given := range values {
		prefix, field, found := strings.Cut(name, "~")
		if !found {
			prefix, field = "", name
		}
		c, ok := columnOf(field)
		if !ok {
			continue
		}
		switch prefix {
		case "FROM", "TO":
			if !c.numeric {
				continue
			}
			operator := map[string]string{"FROM": ">=", "TO": "<="}[prefix] // inclusive is a GUESS
			if err := q.bound(name, c.name, operator, given[0]); err != nil {
				return err
			}
		case "", "NOT":
			if err := q.match(name, c, prefix == "NOT", given); err != nil {
				return err
			}
		}
	}
	return nil
}

// bound compares a column with a number.
func (q *query) bound(name, column, operator, value string) error {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return &badArgument{name, "must be a number"}
	}
	q.add(column+" "+operator+" ?", n)
	return nil
}

// match compares a column with values, any of which will do. An argument without
// a value is as if it were not there (GUESS).
func (q *query) match(name string, c column, not bool, given []string) error {
	var wanted []any
	for _, value := range given {
		parts := []string{value}
		if c.list {
			parts = strings.Split(value, ",")
		}
		for _, part := range parts {
			if part == "" {
				continue
			}
			if !c.numeric {
				wanted = append(wanted, part)
				continue
			}
			n, err := strconv.ParseFloat(part, 64)
			if err != nil {
				return &badArgument{name, "must be a number"}
			}
			wanted = append(wanted, n)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	condition := c.name + " IN (" + placeholders(len(wanted)) + ")"
	if c.name == "tags" {
		condition = "EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value IN (" + placeholders(len(wanted)) + "))"
	}
	if not {
		condition = "NOT " + condition
	}
	q.add(condition, wanted...)
	return nil
}

func (q *query) add(condition string, args ...any) {
	q.conditions = append(q.conditions, condition)
	q.args = append(q.args, args...)
}

func (q *query) where() string {
	if len(q.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(q.conditions, " AND ")
}

// order is total, so that paging by skip is stable.
func (q *query) order() string {
	direction := " ASC"
	if q.descending {
		direction = " DESC"
	}
	return " ORDER BY " + q.sort + direction + ", id ASC"
}

func placeholders(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}
