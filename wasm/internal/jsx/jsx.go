//go:build js

// Package jsx is what every program in wasm/ needs of the border with JavaScript:
// bytes and promises.
//
// Its rules: a js.Func is released as soon as JavaScript can no longer call it; a
// promise is settled exactly once; a panic of Go becomes a rejection with its stack
// and a throw of JavaScript becomes a Go error, so that neither crosses the border,
// where it would end the instance. Nothing here blocks the event loop: what waits,
// waits on a goroutine.
package jsx

import (
	"errors"
	"syscall/js"
)

// Bytes copies a Uint8Array. It fails for every other value, for the host's
// arguments are not checked by a compiler.
func Bytes(v js.Value) ([]byte, error) {
	if v.Type() != js.TypeObject || !v.InstanceOf(js.Global().Get("Uint8Array")) {
		return nil, errors.New("jsx: not a Uint8Array")
	}
	b := make([]byte, v.Get("byteLength").Int())
	js.CopyBytesToGo(b, v)
	return b, nil
}

// Uint8Array returns a copy of b as a Uint8Array of its own buffer.
func Uint8Array(b []byte) js.Value {
	v := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(v, b)
	return v
}

// Absent reports whether v is null or undefined.
func Absent(v js.Value) bool { return v.IsNull() || v.IsUndefined() }
