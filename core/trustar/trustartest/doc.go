// Package trustartest is every operation of the TruSTAR API as a table: what the client
// must send, what it is answered, and what it must make of the answer.
//
// [Handler] is the server of the table; it always runs natively and refuses what is not
// what the table says. [Run] is the client's side. Both transports run it: net/http in
// core/trustar, and fetch in wasm/internal/fetch, against the server that
// scripts/gowasm starts. It is for tests alone.
package trustartest
