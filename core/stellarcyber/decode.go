package stellarcyber

import (
	"errors"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
)

// model is an answer that can tell whether it is whole.
type model interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	// check fails when something is missing that the contract promises. Its words
	// quote nothing of the answer.
	check() error
}

// decode is strict in what must be there and in types.
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
