//go:build js

package main

import (
	"context"
	"encoding/json"
	"errors"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/bridge"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

type answerer = func(context.Context, string, []byte) ([]byte, error)

func echo(_ context.Context, method string, in []byte) ([]byte, error) {
	return append([]byte(method+":"), in...), nil
}

// call awaits a call's answer; arguments may be of any type, as the host's are.
func call(t *testing.T, object js.Value, args ...any) ([]byte, error) {
	t.Helper()
	v, err := jsx.Await(t.Context(), object.Call("call", args...))
	if err != nil {
		return nil, err
	}
	b, err := jsx.Bytes(v)
	require.NoError(t, err)
	return b, nil
}

func faultOf(t *testing.T, err error) bridge.Fault {
	t.Helper()
	var rejected *jsx.Error
	require.ErrorAs(t, err, &rejected)
	assert.True(t, rejected.Value.InstanceOf(js.Global().Get("Error")))
	var fault bridge.Fault
	require.NoError(t, json.Unmarshal([]byte(rejected.Value.Get("fault").String()), &fault))
	return fault
}

func TestCall(t *testing.T) {
	t.Parallel()
	object := newBorder(echo).object()
	for _, in := range [][]byte{{}, []byte("{}"), []byte("Grüße\x00\xff"), make([]byte, 5<<20)} {
		out, err := call(t, object, "m", jsx.Uint8Array(in))
		require.NoError(t, err)
		assert.Equal(t, append([]byte("m:"), in...), out)
	}
	out, err := call(t, object, "m")
	require.NoError(t, err)
	assert.Equal(t, "m:", string(out))
	_, err = call(t, object, "m", js.Null(), js.Undefined())
	require.NoError(t, err)
}

func TestCallCopiesTheRequest(t *testing.T) {
	t.Parallel()
	in := jsx.Uint8Array([]byte("before"))
	promise := newBorder(echo).object().Call("call", "m", in)
	in.SetIndex(0, 'X')
	v, err := jsx.Await(t.Context(), promise)
	require.NoError(t, err)
	out, err := jsx.Bytes(v)
	require.NoError(t, err)
	assert.Equal(t, "m:before", string(out))
}

func TestCallWithBadArguments(t *testing.T) {
	t.Parallel()
	object := newBorder(echo).object()
	for _, args := range [][]any{
		{},
		{3},
		{js.Null()},
		{"m", "text"},
		{"m", 3},
		{"m", map[string]any{"byteLength": 4}},
		{"m", js.Undefined(), 7},
	} {
		_, err := call(t, object, args...)
		assert.Equal(t, bridge.FaultInvalid, faultOf(t, err).Kind, "%v", args)
	}
	assert.NotPanics(t, func() {
		object.Call("cancel")
		object.Call("cancel", 3)
		object.Call("cancel", "unknown")
	})
}

func TestFailuresReject(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answer answerer
		kind   string
	}{
		"error":         {func(context.Context, string, []byte) ([]byte, error) { return nil, errors.New("canary") }, bridge.FaultInternal},
		"panic":         {func(context.Context, string, []byte) ([]byte, error) { panic("broken on purpose") }, bridge.FaultInternal},
		"out of bounds": {func(_ context.Context, _ string, in []byte) ([]byte, error) { return in[5:6], nil }, bridge.FaultInternal},
		"a throw of JavaScript": {func(context.Context, string, []byte) ([]byte, error) {
			js.Global().Call("eval", "throw new Error('canary')")
			return nil, nil
		}, bridge.FaultInternal},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			object := newBorder(test.answer).object()
			for range 2 { // the border survives
				_, err := call(t, object, "m")
				assert.Equal(t, test.kind, faultOf(t, err).Kind)
				assert.NotContains(t, err.Error(), "canary")
			}
		})
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	b := newBorder(func(ctx context.Context, _ string, _ []byte) ([]byte, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Minute):
			return nil, errors.New("nobody cancelled")
		}
	})
	object := b.object()
	first := object.Call("call", "m", js.Undefined(), "1")
	second := object.Call("call", "m", js.Undefined(), "2")

	_, err := call(t, object, "m", js.Undefined(), "1")
	assert.Equal(t, bridge.FaultInvalid, faultOf(t, err).Kind, "an id under way")

	object.Call("cancel", "1") // and not the second
	_, err = jsx.Await(t.Context(), first)
	assert.Equal(t, bridge.FaultCancelled, faultOf(t, err).Kind)
	short, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	_, err = jsx.Await(short, second)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	object.Call("cancel", "2")
	_, err = jsx.Await(t.Context(), second)
	assert.Equal(t, bridge.FaultCancelled, faultOf(t, err).Kind)

	b.mu.Lock()
	defer b.mu.Unlock()
	assert.Empty(t, b.running, "ids are free again")
}

// The real core behind the border, as main puts it there.
func TestCore(t *testing.T) {
	t.Parallel()
	core := bridge.New(bridge.Config{Transport: fetch.New(), Version: "1.2.3"})
	object := newBorder(core.Call).object()

	out, err := call(t, object, "hello", jsx.Uint8Array([]byte(`{"protocol":1}`)))
	require.NoError(t, err)
	var hello bridge.HelloResponse
	require.NoError(t, json.Unmarshal(out, &hello))
	assert.Equal(t, bridge.Protocol, hello.Protocol)
	assert.Equal(t, "1.2.3", hello.Version)

	out, err = call(t, object, "preview", jsx.Uint8Array([]byte(`{"passages":[{"text":"𝒳 beacons to 198[.]51[.]100[.]7"}]}`)))
	require.NoError(t, err)
	var preview bridge.PreviewResponse
	require.NoError(t, json.Unmarshal(out, &preview))
	require.Len(t, preview.Indicators, 1)
	assert.Equal(t, "198.51.100.7", preview.Indicators[0].Value)
	assert.Equal(t, []int{0, 14, 32}, preview.Indicators[0].Spans, "UTF-16 units")

	_, err = call(t, object, "no such method")
	assert.Equal(t, bridge.FaultInvalid, faultOf(t, err).Kind)
}
