package threatstack

import (
	"context"
	"errors"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

// caller is what the services of one client share.
type caller struct {
	do      func(context.Context, *api.Request) (*api.Response, error)
	base    string // with the version
	timeout time.Duration
}

func (c *caller) request(method, operation string, query api.Query, path ...string) *api.Request {
	return &api.Request{
		Operation: "threatstack: " + operation,
		Method:    method,
		URL:       query.AppendTo(api.JoinURL(c.base, path...)),
		Timeout:   c.timeout,
	}
}

// into sends req and decodes its answer, which must also satisfy fits; nil takes any.
// read is the answer's UnmarshalEasyJSON: see api.Decode for why it is no interface.
func (c *caller) into(ctx context.Context, req *api.Request, read func(*jlexer.Lexer), fits func() error) (*api.Response, error) {
	resp, err := c.do(ctx, req)
	if err != nil {
		return nil, platformError(err, false)
	}
	err = decode(resp.Body, read)
	if err == nil && fits != nil {
		err = fits()
	}
	if err != nil {
		return nil, api.DecodeFailure(req, resp, err)
	}
	return resp, nil
}

// object is a pointer to a model of type T.
type object[T any] interface {
	*T
	UnmarshalEasyJSON(in *jlexer.Lexer)
}

// get asks for one object; false when the platform says that there is none. With an
// id, the object must have one.
func get[T any, P object[T]](ctx context.Context, c *caller, req *api.Request, id func(*T) string) (T, bool, error) {
	var found, none T
	ok, err := c.find(ctx, req, P(&found).UnmarshalEasyJSON, func() bool { return id == nil || id(&found) != "" })
	if !ok {
		return none, false, err
	}
	return found, true, nil
}

func (c *caller) find(ctx context.Context, req *api.Request, read func(*jlexer.Lexer), whole func() bool) (bool, error) {
	_, err := c.into(ctx, req, read, func() error {
		if !whole() {
			return missing("id")
		}
		return nil
	})
	if isMiss(err) {
		return false, nil
	}
	return err == nil, err
}

// decode is strict in types, and in that there is nothing but the answer.
func decode(data []byte, read func(*jlexer.Lexer)) error {
	if in := (jlexer.Lexer{Data: data}); in.IsNull() {
		return errNull
	}
	return api.Decode(data, read, func() error { return nil })
}

var (
	errNull    = errors.New("it is null")
	errRepeats = errors.New("a page that is not the last repeats the one before")
)

func missing(field string) error { return api.Missing(field) }

// needID refuses what no path can be made of.
func needID(ids ...string) error {
	for _, id := range ids {
		if id == "" {
			return invalid("id", "is missing")
		}
	}
	return nil
}
