package api

import (
	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// Extra is a field of a JSON object that a type does not name.
type Extra struct {
	Name string
	// JSON is the text of its value as it was written, "null" for null.
	JSON string
}

// Extras are the fields that a type does not name, in the order of the answer; nil if
// there are none. A name that stands twice is there twice. They are copies, apart from
// the answer. A model embeds Extras as its last field: they are read with it, and
// written behind the fields that it names, in the same order.
type Extras struct {
	Extra []Extra `json:"-"`
}

// Get returns the first field of a name, nil if there is none. One that is null is the
// text null.
func (e Extras) Get(name string) Raw {
	for _, field := range e.Extra {
		if field.Name == name {
			return Raw(field.JSON)
		}
	}
	return nil
}

// UnmarshalUnknown keeps a field that the type does not name.
func (e *Extras) UnmarshalUnknown(in *jlexer.Lexer, key string) {
	// Both are copied: they point into the answer.
	name := string([]byte(key))
	e.Extra = append(e.Extra, Extra{Name: name, JSON: string(in.Raw())})
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
