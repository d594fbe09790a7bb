package threatstack

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// Page is one answer of a list of version 2.
type Page[T any] struct {
	Items []T
	// Next is the token of the next page, "" on the last one. It goes with the query
	// that it came from.
	Next string
}

// cursor is how a list goes on. One public client also knows the second name.
type cursor struct {
	Token           string `json:"token"`
	PaginationToken string `json:"paginationToken,omitempty"`
}

func (c *cursor) next() string { return cmp.Or(c.Token, c.PaginationToken) }

// listerV2 is a list of version 2, whatever it is of; see lister.
type listerV2 struct {
	operation string
	path      []string
	query     api.Query
	err       error // of the query
}

// listV2 is a list of version 2.
type listV2[T any] struct {
	listerV2
	answer func() reading[T]
	id     func(*T) string // nil: its objects have none
}

// page gets the page of a token, the first one for "".
func (l listV2[T]) page(ctx context.Context, c *caller, token string) (Page[T], error) {
	answer := l.answer()
	found, err := l.fetch(ctx, c, token, answer.listing(l.id))
	if err != nil || !found {
		return Page[T]{}, err
	}
	return Page[T]{answer.items(), answer.next()}, nil
}

// fetch reports whether there is such a list. One that is answered with 404 is empty:
// two public clients, the vendor's own among them, take it so.
func (l listerV2) fetch(ctx context.Context, c *caller, token string, answer listing) (bool, error) {
	if l.err != nil {
		return false, l.err
	}
	q := append(api.Query(nil), l.query...)
	q.AddNonEmpty("token", token)
	_, err := c.into(ctx, c.request("GET", l.operation, q, l.path...), answer.read, func() error {
		if answer.count() < 0 {
			return missing("list")
		}
		if token != "" && answer.next() == token {
			return errSameToken
		}
		return answer.whole()
	})
	if isMiss(err) {
		return false, nil
	}
	return err == nil, err
}

var errSameToken = errors.New("its token is that of the page before")

// all goes from page to page until there is no token. An error ends the iteration.
// api.Pages would do the same, and make core.wasm 1.5 KB larger after gzip.
func (l listV2[T]) all(ctx context.Context, c *caller) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for token, more := "", true; more; more = token != "" {
			page, err := l.page(ctx, c, token)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			token = page.Next
		}
	}
}

// rangeQuery adds a time range; the error is that of checkRange.
func rangeQuery(q *api.Query, from, until Time) error {
	q.AddNonEmpty("from", from.v2())
	q.AddNonEmpty("until", until.v2())
	return checkRange(from, until)
}

// oneOf checks a word that may be left out.
func oneOf(field, word string, words ...string) error {
	if word == "" {
		return nil
	}
	for _, known := range words {
		if word == known {
			return nil
		}
	}
	return invalid(field, "is not a word that the platform knows")
}

type marshaler interface {
	MarshalEasyJSON(w *jwriter.Writer)
}

// send makes a request with a body.
func (c *caller) send(method, operation string, body marshaler, path ...string) (*api.Request, error) {
	var w jwriter.Writer
	body.MarshalEasyJSON(&w)
	text, err := w.BuildBytes()
	if err != nil {
		return nil, err
	}
	req := c.request(method, operation, nil, path...)
	req.Header.Set("Content-Type", "application/json")
	req.Body = text
	return req, nil
}

// write sends a body and decodes the object that comes back.
func write[T any, P object[T]](ctx context.Context, c *caller, method, operation string, body marshaler, id func(*T) string, path ...string) (T, error) {
	var none T
	req, err := c.send(method, operation, body, path...)
	if err != nil {
		return none, err
	}
	var made T
	if _, err := c.into(ctx, req, P(&made).UnmarshalEasyJSON, func() error {
		if id != nil && id(&made) == "" {
			return missing("id")
		}
		return nil
	}); err != nil {
		return none, err
	}
	return made, nil
}

// act sends what answers nothing of interest: no content, as some pages promise, or
// an object. Anything else is not the platform's, e.g. the page of a network that
// wants somebody to sign in, and means that nothing was done.
func (c *caller) act(ctx context.Context, req *api.Request) error {
	resp, err := c.do(ctx, req)
	if err != nil {
		return platformError(err, false)
	}
	if strings.TrimSpace(string(resp.Body)) != "" && !isObject(resp.Body) {
		return api.DecodeFailure(req, resp, errNoObject)
	}
	return nil
}

var errNoObject = errors.New("it is no object")
