package stellarcyber

import (
	"errors"

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
	in := jlexer.Lexer{Data: data}
	into.UnmarshalEasyJSON(&in)
	in.Consumed()
	if err := in.Error(); err != nil {
		return err
	}
	return into.check()
}

func missing(field string) error { return errors.New("it has no " + field) }
