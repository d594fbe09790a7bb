package bridge

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/app"
)

// Config of a Bridge.
type Config struct {
	// Transport reaches the platforms; nil in a host that has no network.
	Transport api.Transport
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Random is where ids and jitter come from; see app.Config.
	Random io.Reader
	// Version of the build, told in "hello".
	Version string
}

// Bridge answers calls. Make it with New.
type Bridge struct {
	app     *app.App
	version string
	methods []method
}

// New returns a Bridge without profiles.
func New(config Config) *Bridge {
	b := &Bridge{
		app:     app.New(app.Config{Transport: config.Transport, Now: config.Now, Random: config.Random}),
		version: config.Version,
	}
	b.methods = b.table()
	return b
}

// Methods are the names of all methods, in the table's order.
func (b *Bridge) Methods() []string {
	names := make([]string, 0, len(b.methods))
	for _, m := range b.methods {
		names = append(names, m.name)
	}
	return names
}

// Call runs one method. in is the JSON of its request, "" for an empty one; the
// result is the JSON of its response. Every error can be given to EncodeFault.
func (b *Bridge) Call(ctx context.Context, name string, in []byte) ([]byte, error) {
	for _, m := range b.methods {
		if m.name == name {
			out, err := m.call(ctx, in)
			if err != nil {
				return nil, &CallError{Method: name, Cause: err}
			}
			return out, nil
		}
	}
	return nil, &CallError{Method: "?", Cause: &api.InvalidError{Field: "method", Problem: "is not one of the core's"}}
}

// CallError is a failed call.
type CallError struct {
	// Method is the called one, "?" when there is no such method.
	Method string
	Cause  error
}

func (e *CallError) Error() string { return e.Method + ": " + e.Cause.Error() }

// Unwrap returns what went wrong.
func (e *CallError) Unwrap() error { return e.Cause }

type handler func(ctx context.Context, in []byte) ([]byte, error)

// bind makes a handler of bytes of a handler of messages. Decoder and encoder come
// as functions: a message that became an interface would keep both its methods in
// the wasm though it needs one, 100 KB in all.
func bind[Q, A any](
	decode func(*Q, *jlexer.Lexer),
	handle func(context.Context, *Q) (*A, error),
	encode func(A, *jwriter.Writer),
) handler {
	return func(ctx context.Context, in []byte) ([]byte, error) {
		req := new(Q)
		if len(in) > 0 {
			lexer := jlexer.Lexer{Data: in}
			decode(req, &lexer)
			if err := lexer.Error(); err != nil {
				return nil, malformed(err)
			}
		}
		resp, err := handle(ctx, req)
		if err != nil {
			return nil, err
		}
		writer := newWriter()
		encode(*resp, writer)
		return writer.BuildBytes()
	}
}

func newWriter() *jwriter.Writer { return &jwriter.Writer{Flags: jwriter.NilSliceAsEmpty} }

// malformed hides the decoder's quotation of the request, which may be a secret.
func malformed(err error) error {
	problem := "is not the JSON that the method takes"
	var lexer *jlexer.LexerError
	if errors.As(err, &lexer) {
		problem += ": " + lexer.Reason
	}
	return &api.InvalidError{Field: "request", Problem: problem}
}
