package trustar

import (
	"strconv"
	"strings"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// Raw is the text of a JSON value that may be of any type; nil when there was none,
// or null.
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

// Score is a small number. One sample of the vendor's has it as a string.
type Score int

// UnmarshalEasyJSON reads a number, or a string with one.
func (s *Score) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.CurrentToken() != jlexer.TokenString {
		*s = Score(in.Int())
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(in.String()))
	if err != nil {
		in.AddError(errNoNumber)
		return
	}
	*s = Score(n)
}

// MarshalEasyJSON writes a number.
func (s Score) MarshalEasyJSON(out *jwriter.Writer) { out.Int(int(s)) }
