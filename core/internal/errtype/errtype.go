// Package errtype finds errors by their type without reflection, which errors.As
// links: 6 KB of gzipped wasm.
package errtype

import "errors"

// As sets target to the first error in err's tree that is a T, and reports whether
// there is one, as errors.As does.
func As[T error](err error, target *T) bool {
	found, ok := errors.AsType[T](err)
	if ok {
		*target = found
	}
	return ok
}
