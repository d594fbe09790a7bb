package api

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
)

// Decode reads an answer by its UnmarshalEasyJSON. It is strict in types and leaves
// it to the answer's check what must be there; check's words quote nothing of the
// answer. Unknown fields are the model's affair.
//
// The two come as functions: an interface with UnmarshalEasyJSON would keep that of
// every message in the wasm that becomes any interface, within an error for example.
func Decode(data []byte, read func(*jlexer.Lexer), check func() error) error {
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

// Missing is what a check says of an answer without a field that the contract promises.
func Missing(field string) error { return errors.New("it has no " + field) }

// DoInto sends req and decodes its answer; what cannot be understood is a
// *DecodeError. The answer is also held against what was asked for, by fits; nil
// takes any.
func (c *Client) DoInto(ctx context.Context, req *Request, read func(*jlexer.Lexer), check, fits func() error) error {
	resp, err := c.Do(ctx, req)
	if err != nil {
		return err
	}
	err = Decode(resp.Body, read, check)
	if err == nil && fits != nil {
		err = fits()
	}
	if err != nil {
		return DecodeFailure(req, resp, err)
	}
	return nil
}
