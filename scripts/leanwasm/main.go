// Command leanwasm makes a WebAssembly program of Go smaller and faster: it gives the
// functions straight control flow and takes out what only stack traces read; see packages
// scripts/internal/wasmflow and leanwasm. It rewrites the file:
//
//	go run ./scripts/leanwasm extension/wasm/core.wasm
package main

import (
	"log"
	"os"

	"github.com/sightline-sec/sightline/scripts/internal/leanwasm"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("leanwasm: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: leanwasm file.wasm")
	}
	if err := leanwasm.Rewrite(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}
