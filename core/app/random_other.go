//go:build !js

package app

import (
	"crypto/rand"
	"io"
)

// systemRandom is the source of an App that is given none.
func systemRandom() io.Reader { return rand.Reader }
