package app

import (
	"io"
	"strings"
)

// systemRandom is empty: a host in a browser hands in its own source, Config.Random,
// since crypto/rand links AES, SHA-3 and big numbers. Without one no id is made.
func systemRandom() io.Reader { return strings.NewReader("") }
