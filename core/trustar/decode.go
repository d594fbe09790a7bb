package trustar

import (
	"errors"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// model is an answer that can tell whether it is whole.
type model interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	// check fails when something is missing that the contract promises. Its words
	// quote nothing of the answer.
	check() error
}

// decode is strict in what must be there and in types, and ignores unknown fields.
func decode(data []byte, into model) error {
	if !utf8.Valid(data) { // RFC 8259 section 8.1; the lexer does not mind
		return errNotUTF8
	}
	in := jlexer.Lexer{Data: data}
	into.UnmarshalEasyJSON(&in)
	in.Consumed()
	if err := in.Error(); err != nil {
		return err
	}
	return into.check()
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
