package station

import "encoding/base64"

// cursorWindow is the window that a cursor stands for, the first one where there is none.
// The cursor carries the size, since the vendor's client does not repeat it.
func (c *call) cursorWindow(text string, defaultSize, maxSize int) (window, error) {
	page, err := c.window(defaultSize, maxSize)
	if err != nil || text == "" {
		return window{0, page.size}, err
	}
	var at cursor
	raw, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = decodeStored(string(raw), &at)
	}
	if err != nil || at.PageNumber < 0 || at.PageNumber > 1<<31 || at.PageSize < 1 || at.PageSize > int64(maxSize) {
		return window{}, badRequest("cursor is not one that this station has given.")
	}
	return window{int(at.PageNumber), int(at.PageSize)}, nil
}

// metadata ends a cursor page of so many items out of total.
func (w window) metadata(items, total int) cursorMetadata {
	next := w.offset() + int64(items)
	if items == 0 || next >= int64(total) {
		return cursorMetadata{TotalItems: int64(total)}
	}
	text, _ := encode(cursor{int64(w.number) + 1, int64(w.size), next})
	return cursorMetadata{base64.StdEncoding.EncodeToString(text), int64(total)}
}
