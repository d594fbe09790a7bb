package bridge

import (
	"context"
	"io"
	"time"

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
			c := call{ctx: ctx, in: in}
			m.call(&c)
			if c.err != nil {
				return nil, &CallError{Method: name, Cause: c.err}
			}
			return c.out, nil
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
