//go:build js

package jsx

import (
	"errors"
	"runtime"
	"syscall/js"
)

// Error is what JavaScript threw or rejected with.
type Error struct{ Value js.Value }

// Error returns the value's name, message and code. They are JavaScript's words and may
// quote what was passed in.
func (e *Error) Error() string {
	text := property(e.Value, "message")
	if name := property(e.Value, "name"); name != "" {
		text = name + ": " + text
	}
	// Node and undici tell what happened only in the cause.
	if cause := e.Value; cause.Type() == js.TypeObject {
		cause = cause.Get("cause")
		for _, name := range []string{"code", "message"} {
			if words := property(cause, name); words != "" {
				return text + ": " + words
			}
		}
	}
	if text == "" && e.Value.Type() == js.TypeString {
		return e.Value.String()
	}
	return text
}

// Name returns the error's name, e.g. "AbortError", "" if it has none.
func (e *Error) Name() string { return property(e.Value, "name") }

// property returns a string property of an object, "" for everything else.
func property(v js.Value, name string) string {
	if v.Type() != js.TypeObject && v.Type() != js.TypeFunction {
		return ""
	}
	if p := v.Get(name); p.Type() == js.TypeString {
		return p.String()
	}
	return ""
}

// Try runs f and returns what JavaScript threw within it as an *Error. Other panics go on.
func Try(f func() js.Value) (v js.Value, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case js.Error:
			err = &Error{r.Value}
		default:
			panic(r)
		}
	}()
	return f(), nil
}

// PanicError is a panic of Go that was kept from crossing the border.
type PanicError struct {
	// Value is the panic's, in words.
	Value string
	Stack string
}

func (e *PanicError) Error() string { return "panic: " + e.Value }

// panicError must be called in the deferred function that recovered v, while the
// stack is still there.
func panicError(v any) *PanicError {
	stack := make([]byte, 16<<10) // debug.Stack would link fmt
	e := &PanicError{Stack: string(stack[:runtime.Stack(stack, false)])}
	switch v := v.(type) {
	case error:
		e.Value = v.Error()
	case string:
		e.Value = v
	case interface{ String() string }:
		e.Value = v.String()
	default:
		e.Value = "a value that is no error"
	}
	return e
}

var errEnded = errors.New("jsx: the goroutine ended without a result")

// NewError returns a JavaScript Error for err, with Go's stack if err is a *PanicError.
func NewError(err error) js.Value {
	v := js.Global().Get("Error").New(err.Error())
	if panicked, ok := errors.AsType[*PanicError](err); ok { // errors.As links reflection
		v.Set("goStack", panicked.Stack)
	}
	return v
}
