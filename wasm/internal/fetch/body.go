//go:build js

package fetch

import (
	"context"
	"syscall/js"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

// options makes fetch's second argument.
func options(req *api.Request, signal js.Value) js.Value {
	init := js.Global().Get("Object").New()
	init.Set("method", req.Method)
	init.Set("signal", signal)
	init.Set("redirect", "manual")
	header := js.Global().Get("Array").New(len(req.Header))
	for i, field := range req.Header {
		pair := js.Global().Get("Array").New(2)
		pair.SetIndex(0, field.Name)
		pair.SetIndex(1, field.Value)
		header.SetIndex(i, pair)
	}
	init.Set("headers", header)
	if req.Body != nil {
		init.Set("body", jsx.Uint8Array(req.Body))
	}
	// workerd throws at options of browsers that it lacks, and its requests lack the properties.
	request := js.Global().Get("Request").Get("prototype")
	for _, option := range [...][2]string{
		{"credentials", "omit"},
		{"cache", "no-store"},
		{"referrerPolicy", "no-referrer"},
	} {
		if js.Global().Get("Reflect").Call("has", request, option[0]).Bool() {
			init.Set(option[0], option[1])
		}
	}
	return init
}

func header(from js.Value) api.Header {
	pairs := js.Global().Get("Array").Call("from", from.Call("entries"))
	to := make(api.Header, pairs.Length())
	for i := range to {
		pair := pairs.Index(i)
		to[i] = api.Field{Name: pair.Index(0).String(), Value: pair.Index(1).String()}
	}
	return to
}

// readBody reads a stream to its end. With errTooLarge it returns the first limit bytes.
func readBody(ctx context.Context, stream js.Value, limit int64) ([]byte, error) {
	if jsx.Absent(stream) { // status 204, HEAD
		return nil, nil
	}
	reader := stream.Call("getReader")
	var body []byte
	for {
		read, err := jsx.Await(ctx, reader.Call("read"))
		if err != nil {
			return body, err
		}
		if read.Get("done").Bool() {
			return body, nil
		}
		chunk := read.Get("value")
		length := chunk.Get("byteLength").Int()
		space := int(min(limit-int64(len(body)), int64(length)))
		start := len(body)
		body = append(body, make([]byte, space)...)
		js.CopyBytesToGo(body[start:], chunk) // as much of it as there is space
		if space < length {
			return body, errTooLarge
		}
	}
}
