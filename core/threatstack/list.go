package threatstack

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

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

// resource is a list of version 1.
type resource[T any] struct {
	operation string
	path      []string
	paged     bool
	text      bool
	answer    func() list[T]
	id        func(*T) string // nil: its objects have none
}

// list is an answer with a list.
type list[T any] interface {
	unmarshaler
	items() []T
}

func (r resource[T]) check(opts ListOptions) error {
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
	if err := r.check(opts); err != nil {
		return nil, err
	}
	q := opts.encode()
	if opts.Count > 0 {
		q.Add("count", strconv.Itoa(opts.Count))
	}
	if opts.Page > 0 {
		q.Add("page", strconv.Itoa(opts.Page))
	}
	items, _, err := r.page(ctx, c, q, opts.Fields, nil)
	return items, err
}

// page sends one request. The answer must not be one that stands for no progress.
func (r resource[T]) page(ctx context.Context, c *caller, q api.Query, fields []string, before []byte) ([]T, []byte, error) {
	answer := r.answer()
	resp, err := c.into(ctx, c.request("GET", r.operation, q, r.path...), answer, nil)
	if err != nil {
		return nil, nil, err
	}
	err = func() error {
		for i := range answer.items() {
			if r.id != nil && len(fields) == 0 && r.id(&answer.items()[i]) == "" {
				return missing("id for one of its items")
			}
		}
		if before != nil && len(answer.items()) >= defaultCount && bytes.Equal(before, resp.Body) {
			return errRepeats
		}
		return nil
	}()
	if err != nil {
		return nil, nil, api.DecodeFailure(c.request("GET", r.operation, q, r.path...), resp, err)
	}
	return answer.items(), resp.Body, nil
}

// all goes from page to page until one is empty, as the vendor's client does: a
// page shorter than what was asked for may be the server's own limit. A list that
// grows at its front moves objects from a page to the next; those are left out the
// second time. An error ends the iteration.
func (r resource[T]) all(ctx context.Context, c *caller, opts ListOptions) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if !r.paged {
			items, err := r.list(ctx, c, opts)
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if err != nil {
				yield(none, err)
			}
			return
		}
		if err := r.check(opts); err != nil {
			yield(none, err)
			return
		}
		count := opts.Count
		if count == 0 {
			count = walkCount
		}
		// Objects without an id may well be the same on two pages.
		whole := len(opts.Fields) == 0 || r.id != nil && slices.Contains(opts.Fields, "id")
		var before []byte
		seen := map[string]struct{}{}
		for page := opts.Page; ; page++ {
			q := opts.encode()
			q.Add("count", strconv.Itoa(count))
			q.Add("page", strconv.Itoa(page))
			items, body, err := r.page(ctx, c, q, opts.Fields, before)
			if err != nil {
				yield(none, err)
				return
			}
			if len(items) == 0 || before != nil && bytes.Equal(before, body) {
				return
			}
			if whole {
				before = body
			}
			last := seen
			seen = make(map[string]struct{}, len(items))
			for i := range items {
				if r.id != nil {
					id := r.id(&items[i])
					_, again := last[id]
					if seen[id] = struct{}{}; again && id != "" {
						continue
					}
				}
				if !yield(items[i], nil) {
					return
				}
			}
		}
	}
}

// one asks for an object by its id.
func one[T any, P object[T]](ctx context.Context, c *caller, operation, path, id string, fields []string, key func(*T) string) (T, bool, error) {
	var none T
	if err := needID(id); err != nil {
		return none, false, err
	}
	if err := checkFields(fields); err != nil {
		return none, false, err
	}
	if len(fields) > 0 {
		key = nil
	}
	var q api.Query
	fieldsQuery(&q, fields)
	return get[T, P](ctx, c, c.request("GET", operation, q, path, id), key)
}
