package threatstack

import (
	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// Raw is the text of a JSON value whose shape no source tells; nil when there was
// none, or null.
type Raw []byte

// UnmarshalEasyJSON keeps a copy of the value.
func (r *Raw) UnmarshalEasyJSON(in *jlexer.Lexer) {
	*r = append(Raw(nil), in.Raw()...)
	if string(*r) == "null" {
		*r = nil
	}
}

// MarshalEasyJSON writes the value as it was read.
func (r Raw) MarshalEasyJSON(out *jwriter.Writer) {
	if len(r) == 0 {
		out.RawString("null")
		return
	}
	out.Raw(r, nil)
}

// Field is a field that a type does not name.
type Field struct {
	Name string
	// JSON is the text of its value.
	JSON string
}

// Extras are the fields that a type does not name, in the order of the answer. A
// name that stands twice is there twice.
type Extras struct {
	Extra []Field `json:"-"`
}

// UnmarshalUnknown keeps a field that the type does not name.
func (e *Extras) UnmarshalUnknown(in *jlexer.Lexer, key string) {
	// Both are copied: they point into the answer.
	name := string([]byte(key))
	e.Extra = append(e.Extra, Field{Name: name, JSON: string(in.Raw())})
}

// MarshalUnknowns writes what UnmarshalUnknown kept.
func (e Extras) MarshalUnknowns(out *jwriter.Writer, first bool) {
	for _, field := range e.Extra {
		if !first {
			out.RawByte(',')
		}
		first = false
		out.String(field.Name)
		out.RawByte(':')
		out.RawString(field.JSON)
	}
}
