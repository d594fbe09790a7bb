//go:build js

package main

import (
	"context"
	"errors"
	"sync"
	"syscall/js"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/bridge"
	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

// border is what JavaScript sees of the core.
type border struct {
	answer func(ctx context.Context, method string, in []byte) ([]byte, error)

	mu      sync.Mutex
	running map[string]context.CancelFunc // by the id that the host chose
}

func newBorder(answer func(context.Context, string, []byte) ([]byte, error)) *border {
	return &border{answer: answer, running: map[string]context.CancelFunc{}}
}

// object returns the object with call and cancel. Its functions live as long as the program.
func (b *border) object() js.Value {
	object := js.Global().Get("Object").New()
	object.Set("call", js.FuncOf(func(_ js.Value, args []js.Value) any { return b.call(args) }))
	object.Set("cancel", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) > 0 && args[0].Type() == js.TypeString {
			b.cancel(args[0].String())
		}
		return nil
	}))
	return object
}

// call returns a promise, whatever the arguments are. The request's bytes are copied
// and the id is known when it returns, so that the host may reuse and cancel at once.
func (b *border) call(args []js.Value) js.Value {
	method, in, id, err := arguments(args)
	ctx, end := context.Background(), func() {}
	if err == nil {
		ctx, end, err = b.begin(id)
	}
	return jsx.Promise(func() (js.Value, error) {
		defer end()
		if err != nil {
			return js.Undefined(), err
		}
		out, err := b.answer(ctx, method, in)
		if err != nil {
			return js.Undefined(), err
		}
		return jsx.Uint8Array(out), nil
	}, func(err error) js.Value { return rejection(method, err) })
}

func arguments(args []js.Value) (method string, in []byte, id string, err error) {
	invalid := func(field string) error {
		return &api.InvalidError{Field: field, Problem: "is not what call(method, request, id) takes"}
	}
	if len(args) == 0 || args[0].Type() != js.TypeString {
		return "", nil, "", invalid("method")
	}
	method = args[0].String()
	if len(args) > 1 && !jsx.Absent(args[1]) {
		if in, err = jsx.Bytes(args[1]); err != nil {
			return method, nil, "", invalid("request")
		}
	}
	if len(args) > 2 && !jsx.Absent(args[2]) {
		if args[2].Type() != js.TypeString {
			return method, nil, "", invalid("id")
		}
		id = args[2].String()
	}
	return method, in, id, nil
}

// begin returns the context of a call and what ends it. An empty id cannot be cancelled.
func (b *border) begin(id string) (context.Context, func(), error) {
	ctx, cancel := context.WithCancel(context.Background())
	if id == "" {
		return ctx, cancel, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running[id] != nil {
		cancel()
		return ctx, cancel, &api.InvalidError{Field: "id", Problem: "is that of a call under way"}
	}
	b.running[id] = cancel
	return ctx, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.running, id)
		cancel()
	}, nil
}

// cancel ends a call; its promise rejects with kind "cancelled". A call that has
// ended already is left alone.
func (b *border) cancel(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if cancel := b.running[id]; cancel != nil {
		cancel()
	}
}

// rejection makes the Error of a failed call. Its message says no more than which
// call: consoles keep messages, and only the fault's words are fit for that.
func rejection(method string, err error) js.Value {
	if panicked, ok := errors.AsType[*jsx.PanicError](err); ok {
		js.Global().Get("console").Call("error", "Sightline: panic in "+method+": "+panicked.Value+"\n"+panicked.Stack)
	}
	if _, ok := errors.AsType[*bridge.CallError](err); !ok {
		err = &bridge.CallError{Method: method, Cause: err}
	}
	reason := js.Global().Get("Error").New("the core's call " + method + " failed")
	reason.Set("fault", string(bridge.EncodeFault(err)))
	return reason
}
