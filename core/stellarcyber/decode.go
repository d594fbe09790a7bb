package stellarcyber

import (
	"errors"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
)

// decode reads an answer by its UnmarshalEasyJSON. It is strict in types and leaves
// it to the answer's check what must be there; check's words quote nothing of the
// answer.
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
