package api

import "iter"

// Page is one answer of a list that comes in pages.
type Page[P, T any] struct {
	Items []T
	// Next is where the list goes on, if there is More.
	Next P
	More bool
}

// Pages iterates over the items of a list that comes in pages. get brings the page of
// a position, the first one first; it is not called before the items of the page
// before have all been taken. An error ends the iteration.
func Pages[P, T any](first P, get func(P) (Page[P, T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for at, more := first, true; more; {
			page, err := get(at)
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
			at, more = page.Next, page.More
		}
	}
}
