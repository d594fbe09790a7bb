package trustar

import (
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
)

// maxPages ends a list whose server never says that it is over. The vendor's own
// bound is 10,000 items.
const maxPages = 400

// pageHead is what numbered pages have beside their items. Pages count from 0.
//
// Source: the vendor's Python SDK, and samples of its pages.
type pageHead struct {
	// HasNext is the preferred sign; nil when absent.
	HasNext       *bool  `json:"hasNext"`
	PageNumber    *int   `json:"pageNumber"`
	PageSize      int    `json:"pageSize"`
	TotalElements *int64 `json:"totalElements"`
}

func pageQuery(number, size int) api.Query {
	return api.Query{
		{Name: "pageNumber", Value: strconv.Itoa(number)},
		{Name: "pageSize", Value: strconv.Itoa(size)},
	}
}

// more reports whether another page follows the one that holds count items. A
// page that contradicts itself or the request is an error: a list that ends too
// soon would pass for "not known".
func (p *pageHead) more(number, size, count int) (bool, error) {
	if p.PageNumber != nil && *p.PageNumber != number {
		return false, words("it is another page than the one asked for")
	}
	if p.PageSize > 0 {
		size = p.PageSize
	}
	more := count >= size
	switch {
	case p.HasNext != nil:
		more = *p.HasNext
	case p.TotalElements != nil:
		more = int64(number+1)*int64(size) < *p.TotalElements
	}
	switch {
	case more && count == 0:
		return false, words("a page is empty that is not the last")
	case more && number+1 >= maxPages:
		return false, words("the list does not end")
	}
	return more, nil
}
