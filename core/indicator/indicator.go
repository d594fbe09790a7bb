package indicator

// Span is a half-open range of byte offsets into the scanned text.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Indicator is one find.
type Indicator struct {
	Type Type

	// Value is what the text means, refanged and canonical: hosts in lower case,
	// hashes in lower case, IPv6 as RFC 5952 writes it. Two finds are the same
	// indicator when Type and Value are equal.
	Value string

	// Span is where it stood in the text, disguise included.
	Span Span

	// Steps are the disguises that were undone to get from text[Span] to Value.
	// Zero means that the text had the value plainly.
	Steps Steps

	// Flags are what is known about the value.
	Flags Flags

	// Held is why the find should not be acted on without a look: a private
	// address, a version number that looks like an address. Zero means that
	// nothing speaks against it.
	Held Reason

	// Port that stood beside an address or domain (192.0.2.1:8080); 0 is none.
	Port uint16
}

// Options of a scan. The zero value finds everything.
type Options struct {
	// Types to find; the empty set means all.
	Types Set

	// DropHeld leaves out what would be held back.
	DropHeld bool
}
