//go:build js

package jsx

import (
	"context"
	"syscall/js"
)

// Promise runs f on a goroutine of its own and returns a promise of its result. An
// error rejects with reject's value; so does a panic, as a *PanicError. A nil
// reject means NewError. A reject that panics itself rejects with NewError.
func Promise(f func() (js.Value, error), reject func(error) js.Value) js.Value {
	if reject == nil {
		reject = NewError
	}
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		fulfil, refuse := args[0], args[1]
		go func() {
			v, err := guard(f)
			if err == nil {
				fulfil.Invoke(v)
				return
			}
			reason, failed := guard(func() (js.Value, error) { return reject(err), nil })
			if failed != nil {
				reason = NewError(failed)
			}
			refuse.Invoke(reason)
		}()
		return nil
	})
	defer executor.Release() // the constructor has called it when it returns
	return js.Global().Get("Promise").New(executor)
}

// guard runs f to its result, its panic or its runtime.Goexit.
func guard(f func() (js.Value, error)) (v js.Value, err error) {
	done := make(chan struct{})
	// Goexit ends the goroutine in which f runs, hence one more.
	go func() {
		defer close(done)
		err = errEnded
		defer func() {
			if r := recover(); r != nil {
				err = panicError(r)
			}
		}()
		v, err = f()
	}()
	<-done
	return v, err
}

// Await waits for a promise, or for ctx. A rejection is an *Error. When ctx ends first
// the promise goes on; its two callbacks are released when it settles, and never if
// it never does: abort what stands behind it.
func Await(ctx context.Context, promise js.Value) (js.Value, error) {
	type result struct {
		v   js.Value
		err error
	}
	settled := make(chan result, 1) // the callbacks run on the event loop and must not block
	var onValue, onError js.Func
	release := func() {
		onValue.Release()
		onError.Release()
	}
	first := func(args []js.Value) js.Value {
		if len(args) == 0 {
			return js.Undefined()
		}
		return args[0]
	}
	onValue = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		settled <- result{v: first(args)}
		return nil
	})
	onError = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		settled <- result{err: &Error{first(args)}}
		return nil
	})
	// Promise.resolve makes a promise of every value, and calls a foreign "then" safely.
	js.Global().Get("Promise").Call("resolve", promise).Call("then", onValue, onError)
	select {
	case r := <-settled:
		return r.v, r.err
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}
