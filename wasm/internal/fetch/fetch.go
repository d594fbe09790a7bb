//go:build js

// Package fetch is [api.Transport] over the global fetch of browsers, Node and
// workerd.
//
// It sends bytes, no cookies, no Referer, nothing from or to the HTTP cache, and follows no
// redirects. The body is read as a stream, so that a server cannot make the
// program hold more than the request allows. The exchange is aborted when its time or its context ends.
//
// Browsers show an answer's header to extensions that have the permission for its
// host, and to other pages only as far as CORS says. They hide a redirect's status:
// a *RedirectError has status 0 there.
package fetch

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

// Transport is an [api.Transport]. The zero value is ready to use.
type Transport struct{}

var _ api.Transport = Transport{}

// New returns a Transport.
func New() Transport { return Transport{} }

// RoundTrip sends req; see [api.Transport] for its errors.
func (Transport) RoundTrip(ctx context.Context, req *api.Request) (*api.Response, error) {
	if err := req.Check(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inner, cancel := withTimeout(ctx, req.Timeout)
	defer cancel()
	controller := js.Global().Get("AbortController").New()
	resp, err := exchange(inner, req, controller)
	if err != nil {
		controller.Call("abort") // whatever is still under way
		return nil, translate(ctx, inner, req, resp, err)
	}
	return resp, nil
}

func withTimeout(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	switch {
	case timeout < 0:
		return context.WithCancel(ctx)
	case timeout == 0:
		timeout = api.DefaultTimeout
	}
	return context.WithTimeout(ctx, timeout)
}

// exchange returns the answer as far as it came together with the error.
func exchange(ctx context.Context, req *api.Request, controller js.Value) (*api.Response, error) {
	promise, err := jsx.Try(func() js.Value {
		// Invoke leaves "this" undefined, which fetch takes for the global object. Called as a
		// method of js.Global it fails where that is a proxy of the global object.
		return js.Global().Get("fetch").Invoke(req.URL, options(req, controller.Get("signal")))
	})
	if err != nil {
		return nil, err
	}
	answer, err := jsx.Await(ctx, promise)
	if err != nil {
		return nil, err
	}
	resp := &api.Response{Status: answer.Get("status").Int(), Header: header(answer.Get("headers"))}
	if isRedirect(answer, resp.Status) {
		return resp, errRedirect
	}
	limit, whole := req.MaxBody, true
	if limit <= 0 {
		limit = api.DefaultMaxBody
	}
	if resp.Status < 200 || resp.Status > 299 {
		limit, whole = api.MaxErrorBody, false
	}
	body, err := readBody(ctx, answer.Get("body"), limit)
	switch {
	case errors.Is(err, errTooLarge) && !whole:
		controller.Call("abort")
	case err != nil:
		return resp, err
	case isShort(req, resp, answer, len(body)):
		return resp, errShort
	}
	resp.Body = body
	return resp, nil
}

var (
	errRedirect = errors.New("redirect")
	errTooLarge = errors.New("too large")
	errShort    = errors.New("the body ended early")
)

// translate makes the contract's errors of exchange's.
func translate(ctx, inner context.Context, req *api.Request, resp *api.Response, err error) error {
	about := api.ExchangeFor(req, resp)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errRedirect):
		return &api.RedirectError{Exchange: about}
	case errors.Is(err, errTooLarge):
		limit := req.MaxBody
		if limit <= 0 {
			limit = api.DefaultMaxBody
		}
		return &api.BodyTooLargeError{Exchange: about, Limit: limit}
	case inner.Err() != nil:
		return &api.NetworkError{Exchange: about, Timeout: true}
	}
	if thrown, ok := errors.AsType[*jsx.Error](err); ok {
		// The value itself is left behind, and its words without the URL that they may quote.
		words := strings.ReplaceAll(thrown.Error(), req.URL, about.URL)
		return &api.NetworkError{Exchange: about, Cause: errors.New(words)}
	}
	return &api.NetworkError{Exchange: about, Cause: err}
}

// isRedirect knows both readings of redirect "manual": browsers answer with a
// filtered response, Node and workerd with the server's own.
func isRedirect(answer js.Value, status int) bool {
	if answer.Get("type").String() == "opaqueredirect" {
		return true
	}
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// isShort finds a body that the connection's end has cut. Firefox takes that of a
// refusal for whole: half of "400, your token has expired" would be a plain 400.
//
// Content-Length counts compressed bytes, so the header must be known in full. A
// page that sees an answer through CORS is not shown Content-Encoding, nor Date.
func isShort(req *api.Request, resp *api.Response, answer js.Value, length int) bool {
	filtered := answer.Get("type").String() == "cors" && resp.Header.Get("Date") == ""
	if filtered || resp.Header.Get("Content-Encoding") != "" ||
		req.Method == "HEAD" || resp.Status == 204 || resp.Status == 304 {
		return false
	}
	promised, err := strconv.ParseInt(resp.Header.Get("Content-Length"), 10, 64)
	return err == nil && int64(length) < promised
}
