package stellarcyber

import (
	"context"
	"errors"
	"iter"
)

// Walk goes over all items of a list, page by page, and holds one page at a time.
// It can be taken up where it ended: All goes on after the item that it handed out
// last, be it after a break or after an error; and another Walk, in another process,
// goes on from Offset. Use it from one goroutine at a time.
//
// Pages are places in an order that moves while the list changes. An item that
// moved by less than a page is handed out once; see the methods that make a Walk for
// how to miss none.
type Walk[T any] struct {
	get func(ctx context.Context, skip int, fits func(page[T]) error) (page[T], error)
	id  func(*T) string

	skip, at int // of the page, and of the next item in it
	page     page[T]
	got      bool // a page
	// before are the ids of the page before this one, those of this one as far as it
	// was handed out.
	before, now map[string]struct{}
}

// page is a part of a list.
type page[T any] struct {
	// total is how many items the list has, -1 where the platform does not say.
	total int
	items []T
}

// Offset is how many items of the list lie behind: what to skip in order to go on.
func (w *Walk[T]) Offset() int { return w.skip + w.at }

// Total is how many items the list has, by the last page; -1 while that is not known.
func (w *Walk[T]) Total() int {
	if !w.got {
		return -1
	}
	return w.page.total
}

// All hands out the items from the walk's place on. An error ends the iteration.
func (w *Walk[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			for w.at < len(w.page.items) {
				item := &w.page.items[w.at]
				w.at++
				id := w.id(item)
				_, seen := w.before[id]
				if _, again := w.now[id]; seen || again {
					continue
				}
				w.now[id] = struct{}{}
				if !yield(*item, nil) {
					return
				}
			}
			if w.got && w.last() {
				return
			}
			next := w.skip + len(w.page.items)
			page, err := w.get(ctx, next, func(p page[T]) error { return w.follows(next, p) })
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			w.skip, w.at, w.page, w.got = next, 0, page, true
			w.before, w.now = w.now, make(map[string]struct{}, len(page.items))
		}
	}
}

// last reports whether the page in hand is the last. Where the platform gives no
// total, only an empty page is: a server may give less than it was asked for.
func (w *Walk[T]) last() bool {
	if w.page.total < 0 {
		return len(w.page.items) == 0
	}
	return w.skip+len(w.page.items) >= w.page.total
}

// follows checks that a page brings the list on. One that does not would let it
// end too soon, which would pass for "not known", or never.
func (w *Walk[T]) follows(skip int, p page[T]) error {
	if p.total >= 0 && skip+len(p.items) >= p.total || p.total < 0 && len(p.items) == 0 {
		return nil
	}
	for i := range p.items {
		if _, again := w.now[w.id(&p.items[i])]; !again {
			return nil
		}
	}
	return errors.New("a page that is not the last brings nothing new")
}
