// Package bridge is the contract with JavaScript: every message a struct, one
// method table, bytes in and bytes out.
//
// A host makes one [Bridge] with [New], calls "hello" to compare versions and
// "configure" to hand in the profiles, and then whatever it needs. [Bridge.Call] takes
// the name of a method and its request as JSON, and returns the response as JSON;
// an error becomes a [Fault] by [EncodeFault]. extension/types/core.d.ts is
// generated from the structs and the table.
//
// Offsets are UTF-16 code units, as JavaScript counts them; everything below this
// package counts bytes. A lone surrogate and a byte that is not UTF-8 count as the
// one unit U+FFFD that takes their place. Lists are never null: an empty one is
// []. Unknown fields of a request are ignored, absent ones are zero.
//
// Calls may run at the same time and end when their context does. Nothing is kept
// between them but the profiles and their tokens. The package does without
// syscall/js, so the whole contract runs under go test.
package bridge
