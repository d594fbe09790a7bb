package threatstack

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

const (
	// defaultCount is the server's page where nothing is said, by the vendor's page.
	defaultCount = 20

	// walkCount is the page of All: what the vendor's Python client asks for.
	walkCount = 100
)

// ListOptions narrow a list of version 1. The zero value is the server's default:
// for agents and alerts those of the last week, by a public client.
type ListOptions struct {
	// Start and End are both inclusive (GUESS). Which of an object's times they are
	// about is not published.
	Start, End Time

	// Fields are the names to answer, e.g. "hostname" and "ip_address"; nil means all.
	// Fields that are not asked for are zero in the result, its ID among them.
	Fields []string

	// Page counts from 0: the page of List, the first page of All. Count is how many
	// are on a page; 0 means 20 for List, which is the server's default, and 100 for
	// All. Organizations and policies have no pages.
	Page, Count int

	// Text is searched for in logs. The other lists have no such argument.
	Text string
}

// lister is a list of version 1, whatever it is of. What does not depend on the type of
// the objects is no method of a generic type: that would be in the wasm once for each.
type lister struct {
	operation string
	path      []string
	paged     bool
	text      bool
}

// resource is a list of version 1.
type resource[T any] struct {
	lister
	answer func() reading[T]
	id     func(*T) string // nil: its objects have none
}

// reading is an answer with a list, by its parts: an interface would keep what it does
// not need in the wasm, see api.Decode.
type reading[T any] struct {
	read  func(*jlexer.Lexer)
	items func() []T
	// next is the token of the page after, in version 2.
	next func() string
}

// listing is a reading without the type.
type listing struct {
	read func(*jlexer.Lexer)
	// count is -1 when there is no list.
	count func() int
	// id of an object; nil when objects have none.
	id   func(int) string
	next func() string
}

func (r reading[T]) listing(id func(*T) string) listing {
	l := listing{read: r.read, next: r.next, count: func() int {
		items := r.items()
		if items == nil {
			return -1
		}
		return len(items)
	}}
	if id != nil {
		l.id = func(i int) string { return id(&r.items()[i]) }
	}
	return l
}

// whole says of objects that must have an id that one has none.
func (l listing) whole() error {
	for i := range l.count() {
		if l.id != nil && l.id(i) == "" {
			return missing("id for one of its items")
		}
	}
	return nil
}

func (r lister) check(opts ListOptions) error {
	switch {
	case opts.Page < 0:
		return invalid("page", "must not be below 0")
	case opts.Count < 0:
		return invalid("count", "must not be below 0")
	case !r.paged && (opts.Page != 0 || opts.Count != 0):
		return invalid("page", "is nothing that this list has")
	case !r.text && opts.Text != "":
		return invalid("q", "is for logs alone")
	}
	if err := checkFields(opts.Fields); err != nil {
		return err
	}
	return checkRange(opts.Start, opts.End)
}

func checkFields(fields []string) error {
	for _, field := range fields {
		if field == "" || strings.Contains(field, ",") {
			return invalid("fields", "must be names without commas")
		}
	}
	return nil
}

// fieldsQuery is the documented form: one argument, names separated by commas.
func fieldsQuery(q *api.Query, fields []string) { q.AddNonEmpty("fields", strings.Join(fields, ",")) }

func (opts ListOptions) encode() api.Query {
	var q api.Query
	q.AddNonEmpty("start", opts.Start.String())
	q.AddNonEmpty("end", opts.End.String())
	fieldsQuery(&q, opts.Fields)
	q.AddNonEmpty("q", opts.Text)
	return q
}

// list gets a page, or all where there are no pages.
func (r resource[T]) list(ctx context.Context, c *caller, opts ListOptions) ([]T, error) {
	answer := r.answer()
	if err := r.first(ctx, c, opts, answer.listing(r.id)); err != nil {
		return nil, err
	}
	return answer.items(), nil
}

func (r lister) first(ctx context.Context, c *caller, opts ListOptions, l listing) error {
	if err := r.check(opts); err != nil {
		return err
	}
	q := opts.encode()
	if opts.Count > 0 {
		q.Add("count", strconv.Itoa(opts.Count))
	}
	if opts.Page > 0 {
		q.Add("page", strconv.Itoa(opts.Page))
	}
	_, err := r.page(ctx, c, q, opts.Fields, nil, l)
	return err
}

// page sends one request. The answer must not be one that stands for no progress.
func (r lister) page(ctx context.Context, c *caller, q api.Query, fields []string, before []byte, l listing) ([]byte, error) {
	req := c.request("GET", r.operation, q, r.path...)
	resp, err := c.into(ctx, req, l.read, nil)
	if err != nil {
		return nil, err
	}
	if len(fields) == 0 {
		err = l.whole()
	}
	if before != nil && l.count() >= defaultCount && string(before) == string(resp.Body) {
		err = errRepeats
	}
	if err != nil {
		return nil, api.DecodeFailure(req, resp, err)
	}
	return resp.Body, nil
}

// all goes from page to page. An error ends the iteration.
func (r resource[T]) all(ctx context.Context, c *caller, opts ListOptions) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var answer reading[T]
		err := r.walk(ctx, c, opts, func() listing {
			answer = r.answer()
			return answer.listing(r.id)
		}, func(i int) bool { return yield(answer.items()[i], nil) })
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// walk goes from page to page until one is empty, as the vendor's client does: a
// page shorter than what was asked for may be the server's own limit. A list that
// grows at its front moves objects from a page to the next; those are left out the
// second time. open makes what the next answer is read into, each is told of every
// object of it and returns false to end.
func (r lister) walk(ctx context.Context, c *caller, opts ListOptions, open func() listing, each func(int) bool) error {
	if !r.paged {
		l := open()
		if err := r.first(ctx, c, opts, l); err != nil {
			return err
		}
		for i := range l.count() {
			if !each(i) {
				break
			}
		}
		return nil
	}
	if err := r.check(opts); err != nil {
		return err
	}
	count := opts.Count
	if count == 0 {
		count = walkCount
	}
	var before []byte
	seen := map[string]struct{}{}
	for page := opts.Page; ; page++ {
		q := opts.encode()
		q.Add("count", strconv.Itoa(count))
		q.Add("page", strconv.Itoa(page))
		l := open()
		body, err := r.page(ctx, c, q, opts.Fields, before, l)
		if err != nil {
			return err
		}
		n := l.count()
		if n <= 0 || before != nil && string(before) == string(body) {
			return nil
		}
		// Objects without an id may well be the same on two pages.
		if len(opts.Fields) == 0 || l.id != nil && slices.Contains(opts.Fields, "id") {
			before = body
		}
		last := seen
		seen = make(map[string]struct{}, n)
		for i := range n {
			if l.id != nil {
				id := l.id(i)
				_, again := last[id]
				if seen[id] = struct{}{}; again && id != "" {
					continue
				}
			}
			if !each(i) {
				return nil
			}
		}
	}
}

// one asks for an object by its id.
func one[T any, P object[T]](ctx context.Context, c *caller, operation, path, id string, fields []string, key func(*T) string) (T, bool, error) {
	req, err := c.oneRequest(operation, path, id, fields)
	if err != nil {
		var none T
		return none, false, err
	}
	if len(fields) > 0 {
		key = nil
	}
	return get[T, P](ctx, c, req, key)
}

func (c *caller) oneRequest(operation, path, id string, fields []string) (*api.Request, error) {
	if err := needID(id); err != nil {
		return nil, err
	}
	if err := checkFields(fields); err != nil {
		return nil, err
	}
	var q api.Query
	fieldsQuery(&q, fields)
	return c.request("GET", operation, q, path, id), nil
}
