package bridge

import (
	"context"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// call is one call of a method, between the bytes of its request and those of its response.
type call struct {
	ctx context.Context
	in  []byte
	// out or err is the result.
	out []byte
	err error
}

// read decodes the request, which may be empty. It returns false when the call has failed.
func (c *call) read(decode func(*jlexer.Lexer)) bool {
	if len(c.in) == 0 {
		return true
	}
	lexer := jlexer.Lexer{Data: c.in}
	decode(&lexer)
	if err := lexer.Error(); err != nil {
		c.err = malformed(err)
	}
	return c.err == nil
}

// write encodes the response, unless the method failed with err.
func (c *call) write(err error, encode func(*jwriter.Writer)) {
	if c.err = err; err == nil {
		writer := newWriter()
		encode(writer)
		c.out, c.err = writer.BuildBytes()
	}
}

func newWriter() *jwriter.Writer { return &jwriter.Writer{Flags: jwriter.NilSliceAsEmpty} }

// malformed hides the decoder's quotation of the request, which may be a secret.
func malformed(err error) error {
	problem := "is not the JSON that the method takes"
	var lexer *jlexer.LexerError
	if errtype.As(err, &lexer) {
		problem += ": " + lexer.Reason
	}
	return &api.InvalidError{Field: "request", Problem: problem}
}
