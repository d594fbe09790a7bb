package indicator

// MarkKind says what part of a document's structure a mark is about.
type MarkKind uint8

// The kinds of marks.
const (
	MarkRow    MarkKind = iota + 1 // a row of a table
	MarkCell                       // a cell of a row
	MarkItem                       // an item of a list
	MarkCode                       // a block or span of code
	MarkAnchor                     // the text of a link
	MarkTarget                     // the address of a link
)

// Mark is a part of a text that a reader of HTML or Markdown found in its structure.
// Marks are in the order of Span.Start; one that holds another comes first.
type Mark struct {
	Kind MarkKind
	Span Span
}

// Neighbours are the cells, without the one that holds at, of the table row that holds
// it, or the list item that holds it: the file name, the date and the note beside an
// indicator. They are nil when no mark holds it.
func Neighbours(marks []Mark, at Span) []Span {
	holds := func(s Span) bool { return s.Start <= at.Start && at.End <= s.End }
	var row Mark
	for _, m := range marks {
		if (m.Kind == MarkRow || m.Kind == MarkItem) && holds(m.Span) {
			row = m // the innermost comes last
		}
	}
	var cells []Span
	switch row.Kind {
	case MarkItem:
		cells = append(cells, row.Span)
	case MarkRow:
		for _, m := range marks {
			if m.Kind == MarkCell && row.Span.Start <= m.Span.Start && m.Span.End <= row.Span.End && !holds(m.Span) {
				cells = append(cells, m.Span)
			}
		}
	}
	return cells
}
