// Package matrix holds nothing but a test: every fault of package faults, at every
// platform's stand-in, under every client, reading and writing.
//
// Each case ends in the error type that fits or in the right success, within its time,
// and has one effect at most. What the client was told is compared with what the server
// did: a success means exactly one effect, a refusal none, anything else one or none.
package matrix
