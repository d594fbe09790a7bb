package threatstack

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

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
func (c *caller) into(ctx context.Context, req *api.Request, answer unmarshaler, fits func() error) (*api.Response, error) {
	resp, err := c.do(ctx, req)
	if err != nil {
		return nil, platformError(err, false)
	}
	err = decode(resp.Body, answer)
	if err == nil && fits != nil {
		err = fits()
	}
	if err != nil {
		return nil, api.DecodeFailure(req, resp, err)
	}
	return resp, nil
}

type unmarshaler interface{ UnmarshalEasyJSON(in *jlexer.Lexer) }

// object is a pointer to a model of type T.
type object[T any] interface {
	*T
	unmarshaler
}

// get asks for one object; false when the platform says that there is none. whole
// says that the object must have its id.
func get[T any, P object[T]](ctx context.Context, c *caller, req *api.Request, id func(*T) string) (T, bool, error) {
	var found, none T
	_, err := c.into(ctx, req, P(&found), func() error {
		if id != nil && id(&found) == "" {
			return missing("id")
		}
		return nil
	})
	switch {
	case isMiss(err):
		return none, false, nil
	case err != nil:
		return none, false, err
	}
	return found, true, nil
}

// decode is strict in types, and in that there is nothing but the answer.
func decode(data []byte, into unmarshaler) error {
	if !utf8.Valid(data) { // RFC 8259 section 8.1; the lexer does not mind
		return errNotUTF8
	}
	in := jlexer.Lexer{Data: data}
	if in.IsNull() {
		return errNull
	}
	into.UnmarshalEasyJSON(&in)
	in.Consumed()
	return in.Error()
}

var (
	errNotUTF8 = errors.New("it is not UTF-8")
	errNull    = errors.New("it is null")
	errRepeats = errors.New("a page that is not the last repeats the one before")
)

func missing(field string) error { return errors.New("it has no " + field) }

// needID refuses what no path can be made of.
func needID(ids ...string) error {
	for _, id := range ids {
		if id == "" {
			return invalid("id", "is missing")
		}
	}
	return nil
}
