package trustar

import (
	"context"
	"errors"
	"iter"
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
)

// ErrTooMany is in the chain of the error that ends a list before its end: the server
// shows the first 10,000 results and no more. Ask for a shorter time or for other terms.
var ErrTooMany error = words("the server shows the first 10,000 results alone: narrow the search")

const (
	// searchWindow is how many results a search can be paged through.
	//
	// Source: the vendor's pages "Search Reports" and "Search Indicators".
	searchWindow = 10_000

	// maxCursors ends a list by cursors that does not end: 10 million items.
	maxCursors = 10_000
	// maxEmpty bounds how many pages in a row may have nothing.
	maxEmpty = 20
)

// numberedAnswer is a page whose number is in the request.
type numberedAnswer[T any] interface {
	decodable
	head() *pageHead
	items() []T
}

func (p *pageHead) head() *pageHead { return p }

// numbered is a list in numbered pages.
type numbered[T any] struct {
	// size is how many items to ask for, most how many there can be at all; 0 is
	// without a bound.
	size, most int
	request    func(page api.Query) (*api.Request, error)
	answer     func() numberedAnswer[T]
	// send sends a page's request; nil is service.into.
	send func(ctx context.Context, req *api.Request, page api.Query, a decodable, fits func() error) error
}

// position is a page with how many items came before it.
type position struct{ number, before int }

func (l numbered[T]) all(ctx context.Context, s service) iter.Seq2[T, error] {
	return api.Pages(position{}, func(at position) (page api.Page[position, T], err error) {
		if l.most > 0 && at.before >= l.most {
			return page, ErrTooMany
		}
		query := pageQuery(at.number, l.size)
		req, err := l.request(query)
		if err != nil {
			return page, err
		}
		a := l.answer()
		fits := func() (err error) {
			page.Items = a.items()
			page.Next = position{at.number + 1, at.before + len(page.Items)}
			page.More, err = a.head().more(at.number, l.size, len(page.Items))
			return err
		}
		if l.send != nil {
			err = l.send(ctx, req, query, a, fits)
		} else {
			err = s.into(ctx, req, a, fits)
		}
		return page, err
	})
}

// pageSize returns the size to ask for: the default for 0.
func pageSize(size, usual, most int) (int, error) {
	switch {
	case size < 0 || size > most:
		return 0, invalid("pageSize", "must be between 1 and "+strconv.Itoa(most))
	case size == 0:
		return usual, nil
	}
	return size, nil
}

// cursorHead is what pages that go on by a cursor have beside their items.
//
// Source: the vendor's page "Get Phishing Submissions" and both of its Python SDKs.
//
//easyjson:json
type cursorHead struct {
	Metadata *cursorMetadata `json:"responseMetadata"`
}

//easyjson:json
type cursorMetadata struct {
	// NextCursor is "" or absent on the last page.
	NextCursor string `json:"nextCursor"`
}

func (h *cursorHead) next() string { return h.Metadata.NextCursor }

func (h *cursorHead) check() error {
	if h.Metadata == nil {
		return api.Missing("responseMetadata")
	}
	return nil
}

// cursorAnswer is a page that says where the next one is.
type cursorAnswer[T any] interface {
	decodable
	next() string
	items() []T
}

// turn is a cursor with how many pages came before it, and how many of them were
// empty last.
type turn struct {
	cursor       string
	pages, empty int
}

// follow is a list that goes on by cursors; request repeats the filters.
func follow[T any](ctx context.Context, s service, request func(cursor string) (*api.Request, error), read func() cursorAnswer[T]) iter.Seq2[T, error] {
	return api.Pages(turn{}, func(at turn) (page api.Page[turn, T], err error) {
		req, err := request(at.cursor)
		if err != nil {
			return page, err
		}
		a := read()
		err = s.into(ctx, req, a, func() error {
			page.Items, page.More = a.items(), a.next() != ""
			page.Next = turn{cursor: a.next(), pages: at.pages + 1}
			if len(page.Items) == 0 {
				page.Next.empty = at.empty + 1
			}
			switch {
			case page.More && page.Next.cursor == at.cursor:
				return errors.New("its cursor is that of the page before")
			case page.Next.pages >= maxCursors, page.Next.empty > maxEmpty:
				return errors.New("the list does not end")
			}
			return nil
		})
		return page, err
	})
}

// none is a list of nothing but an error found before the network.
func none[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}
