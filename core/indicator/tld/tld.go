// Package tld knows the top-level domains and the public suffixes.
//
// The tables are constants: names of one length lie side by side in one string,
// in order, and a lookup is a binary search in it. Nothing happens at start.
package tld

import "github.com/sightline-sec/sightline/core/internal/packed"

//go:generate go run gen.go -list $SIGHTLINE_DATA/warninglists/tlds.json

// Known reports whether name is a top-level domain: one of IANA's, or of the
// alternative name spaces that reports speak of (onion, bit, bazar and so on).
// The name is in lower case and without dots; names outside ASCII in their A-label form.
func Known(name string) bool {
	n := len(name)
	if n == 0 || n >= len(byLength) {
		return false
	}
	if name == "com" || name == "org" || name == "net" { // half of all names
		return true
	}
	return packed.Has(byLength[n], name)
}
