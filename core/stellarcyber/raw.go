package stellarcyber

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

// String returns the text of a JSON string, and any other value as it was written.
func (r Raw) String() string {
	if len(r) > 0 && r[0] == '"' {
		in := jlexer.Lexer{Data: r}
		if text := in.String(); in.Ok() {
			return text
		}
	}
	return string(r)
}

// Extras are the fields that a type does not name, in the order of the answer. A
// name that stands twice is there twice.
type Extras struct {
	Extra []Field `json:"-"`
}

// Get returns the first field of a name, nil if there is none.
func (e Extras) Get(name string) Raw { return get(e.Extra, name) }

// Get returns the first of the case's other fields of a name, nil if there is none.
func (c Case) Get(name string) Raw { return get(c.Extra, name) }

func get(fields []Field, name string) Raw {
	for _, field := range fields {
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

// Object is a row of a list whose fields no source tells: all of them are Extra.
//
//easyjson:json
type Object struct{ Extras }
