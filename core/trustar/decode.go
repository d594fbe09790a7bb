package trustar

import (
	"errors"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// decode reads an answer by its UnmarshalEasyJSON. It is strict in types, ignores
// unknown fields, and leaves it to the answer's check what must be there; check's
// words quote nothing of the answer.
//
// The two come as functions: an interface with UnmarshalEasyJSON would keep that of
// every message in the wasm that becomes any interface, within an error for example.
func decode(data []byte, read func(*jlexer.Lexer), check func() error) error {
	if !utf8.Valid(data) { // RFC 8259 section 8.1; the lexer does not mind
		return errNotUTF8
	}
	in := jlexer.Lexer{Data: data}
	read(&in)
	in.Consumed()
	if err := in.Error(); err != nil {
		return err
	}
	return check()
}

var errNotUTF8 = errors.New("it is not UTF-8")

func missing(field string) error { return errors.New("it has no " + field) }

// loose is a string that some servers write as a number: the sample on the vendor's
// page "Report Submission" has an external id without quotes.
type loose string

// UnmarshalEasyJSON takes a number's text as it stands.
func (s *loose) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.CurrentToken() == jlexer.TokenNumber {
		*s = loose(in.Raw())
		return
	}
	*s = loose(in.String())
}

// MarshalEasyJSON writes a string.
func (s loose) MarshalEasyJSON(out *jwriter.Writer) { out.String(string(s)) }
