package api

import (
	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// Raw is the text of a JSON value whose shape no source tells, as it was written: a
// number has its digits, a string its quotes and escapes. It is nil when there was
// none, or null, and is written as null then. It is a copy, apart from the answer.
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

// MarshalJSON is for encoding/json.
func (r Raw) MarshalJSON() ([]byte, error) {
	if len(r) == 0 {
		return []byte("null"), nil
	}
	return r, nil
}

// Text returns the text of a JSON string; "" and false for any other value, and for a
// string that cannot be read.
func (r Raw) Text() (string, bool) {
	if len(r) > 0 && r[0] == '"' {
		in := jlexer.Lexer{Data: r}
		if text := in.String(); in.Ok() {
			return text, true
		}
	}
	return "", false
}

// String returns the text of a JSON string, and any other value as it was written.
func (r Raw) String() string {
	if text, ok := r.Text(); ok {
		return text
	}
	return string(r)
}
