package station

// window is a numbered page: which part of a result is asked for.
type window struct{ number, size int }

// window reads pageNumber, counted from 0, and pageSize. A size above the
// endpoint's maximum is cut to it (GUESS: the vendor's answer is not known).
func (c *call) window(defaultSize, maxSize int) (window, error) {
	number, err := c.count("pageNumber", 0)
	if err != nil {
		return window{}, err
	}
	size, err := c.count("pageSize", defaultSize)
	if err != nil {
		return window{}, err
	}
	if size == 0 {
		return window{}, badRequest("pageSize is at least 1.")
	}
	return window{number, min(size, maxSize)}, nil
}

func (w window) offset() int64 { return int64(w.number) * int64(w.size) }

// pages is how many pages a result of so many has.
func (w window) pages(total int) int { return (total + w.size - 1) / w.size }

// slice returns the window's part of a list and whether more follows.
func slice[T any](w window, items []T) ([]T, bool) {
	from := min(w.offset(), int64(len(items)))
	to := min(from+int64(w.size), int64(len(items)))
	return items[from:to], to < int64(len(items))
}
