//go:build js

package jsx_test

import (
	"context"
	"errors"
	"runtime"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

// eval makes a JavaScript value; Node allows it, extension pages do not.
func eval(source string) js.Value { return js.Global().Call("eval", source) }

func TestBytes(t *testing.T) {
	t.Parallel()
	for _, b := range [][]byte{{}, {0, 255, 128}, make([]byte, 1<<20)} {
		got, err := jsx.Bytes(jsx.Uint8Array(b))
		require.NoError(t, err)
		assert.Equal(t, b, got)
	}
	view, err := jsx.Bytes(eval("new Uint8Array([1,2,3,4]).subarray(1,3)"))
	require.NoError(t, err)
	assert.Equal(t, []byte{2, 3}, view)
	for _, source := range []string{"null", "undefined", "'text'", "3", "({byteLength: 4})", "new ArrayBuffer(4)", "new Uint16Array(4)", "(() => 1)"} {
		_, err := jsx.Bytes(eval(source))
		require.Error(t, err, source)
	}
}

func TestPromise(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		f    func() (js.Value, error)
		want string
	}{
		"error":   {func() (js.Value, error) { return js.Undefined(), errors.New("broken") }, "Error: broken"},
		"panic":   {func() (js.Value, error) { panic("broken") }, "Error: panic: broken"},
		"runtime": {func() (js.Value, error) { return []js.Value{}[len(t.Name()):][0], nil }, "Error: panic: runtime error: slice bounds out of range"},
		"throw":   {func() (js.Value, error) { return js.Null().Get("x"), nil }, ""},
		"goexit":  {func() (js.Value, error) { runtime.Goexit(); return js.Null(), nil }, "Error: jsx: the goroutine ended without a result"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := jsx.Await(t.Context(), jsx.Promise(test.f, nil))
			var rejected *jsx.Error
			require.ErrorAs(t, err, &rejected)
			assert.Contains(t, rejected.Error(), test.want)
			if name == "panic" {
				assert.Contains(t, rejected.Value.Get("goStack").String(), "jsx_test.TestPromise")
			}
		})
	}
	v, err := jsx.Await(t.Context(), jsx.Promise(func() (js.Value, error) { return js.ValueOf(7), nil }, nil))
	require.NoError(t, err)
	assert.Equal(t, 7, v.Int())
}

func TestPromiseWithOwnRejection(t *testing.T) {
	t.Parallel()
	fails := func() (js.Value, error) { return js.Undefined(), errors.New("broken") }
	_, err := jsx.Await(t.Context(), jsx.Promise(fails, func(err error) js.Value { return js.ValueOf("own: " + err.Error()) }))
	require.EqualError(t, err, "own: broken")
	_, err = jsx.Await(t.Context(), jsx.Promise(fails, func(error) js.Value { panic("worse") }))
	require.EqualError(t, err, "Error: panic: worse")
}

func TestAwait(t *testing.T) {
	t.Parallel()
	v, err := jsx.Await(t.Context(), eval("Promise.resolve('yes')"))
	require.NoError(t, err)
	assert.Equal(t, "yes", v.String())

	v, err = jsx.Await(t.Context(), js.ValueOf("no promise at all"))
	require.NoError(t, err)
	assert.Equal(t, "no promise at all", v.String())

	for source, want := range map[string]string{
		"Promise.reject(new TypeError('no'))":                                         "TypeError: no",
		"Promise.reject(new TypeError('no', {cause: {code: 'ECONNREFUSED'}}))":        "TypeError: no: ECONNREFUSED",
		"Promise.reject('text')":                                                      "text",
		"Promise.reject(null)":                                                        "",
		"Promise.reject()":                                                            "",
		"({then() { throw new RangeError('in then') }})":                              "RangeError: in then",
		"({then(ok, fail) { ok('first'); fail(new Error('second')); ok('third'); }})": "-",
	} {
		_, err := jsx.Await(t.Context(), eval(source))
		if want == "-" {
			require.NoError(t, err, source)
			continue
		}
		require.EqualError(t, err, want, source)
	}
}

func TestAwaitGivesUpWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	promise := eval("var jsxLate; new Promise((ok) => { jsxLate = ok })")
	_, err := jsx.Await(ctx, promise)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	js.Global().Get("jsxLate").Invoke("now") // nobody waits: nothing may happen
	v, err := jsx.Await(t.Context(), promise)
	require.NoError(t, err)
	assert.Equal(t, "now", v.String())
}

func TestTry(t *testing.T) {
	t.Parallel()
	_, err := jsx.Try(func() js.Value { return eval("throw new SyntaxError('no')") })
	var thrown *jsx.Error
	require.ErrorAs(t, err, &thrown)
	assert.Equal(t, "SyntaxError", thrown.Name())
	v, err := jsx.Try(func() js.Value { return js.ValueOf(1) })
	require.NoError(t, err)
	assert.Equal(t, 1, v.Int())
	assert.PanicsWithValue(t, "mine", func() { _, _ = jsx.Try(func() js.Value { panic("mine") }) })
}

// A border that keeps one callback a call grows without end. The runtime's table of
// callbacks is its own, but what hangs in it can be counted. Not parallel, so that
// nobody else allocates.
func TestNoCallbackIsKept(t *testing.T) {
	calls := func(n int) {
		for range n {
			_, err := jsx.Await(t.Context(), jsx.Promise(func() (js.Value, error) { return js.Null(), nil }, nil))
			require.NoError(t, err)
		}
	}
	objects := func() int64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC() // js.Values are finalized, which takes a second round
		runtime.ReadMemStats(&stats)
		return int64(stats.HeapObjects)
	}
	calls(100)
	before := objects()
	calls(1000)
	assert.Less(t, objects()-before, int64(500), "objects left behind by 1,000 calls with 3,000 callbacks")
}

func TestRandom(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 16, 65536, 65537, 200_000} {
		a, b := make([]byte, n), make([]byte, n)
		for _, p := range [][]byte{a, b} {
			read, err := jsx.Random{}.Read(p)
			require.NoError(t, err)
			assert.Equal(t, n, read)
		}
		if n < 16 {
			continue
		}
		assert.NotEqual(t, a, b)
		assert.NotEqual(t, make([]byte, 16), a[n-16:], "the end is filled too")
	}
}
