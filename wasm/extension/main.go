//go:build js

// Command extension is Sightline's core as the browser extension runs it.
//
// It publishes globalThis.sightlineCore while it starts, before WebAssembly's run
// returns, and runs for as long as its host keeps it:
//
//	call(method: string, request?: Uint8Array, id?: string): Promise<Uint8Array>
//	cancel(id: string): void
//
// Request and answer are JSON in UTF-8; core/bridge describes them and knows every
// rule. A failed call rejects with an Error whose property fault is the JSON of a
// bridge.Fault. So does a call that panicked: its fault is of kind "internal", and
// the stack goes to the console.
//
// A rejection without fault does not come from here. It means that the instance is broken
// (its stack or its memory ran out) and must be thrown away.
package main

import (
	"syscall/js"

	"github.com/sightline-sec/sightline/core/bridge"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
	"github.com/sightline-sec/sightline/wasm/internal/jsx"
)

// version is set by scripts/build-wasm.
var version = "development"

func main() {
	core := bridge.New(bridge.Config{Transport: fetch.New(), Random: jsx.Random{}, Version: version})
	js.Global().Set("sightlineCore", newBorder(core.Call).object())
	select {}
}
