//go:build js

package jsx

import "syscall/js"

// Random is an io.Reader over the host's cryptographic source. crypto/rand reads
// the same one, and links AES, SHA-3 and big numbers with it.
type Random struct{}

// maxRandom is the most that getRandomValues gives at a time, in bytes.
const maxRandom = 65536

// Read fills p; it never fails.
func (Random) Read(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), maxRandom)
		chunk := js.Global().Get("Uint8Array").New(n)
		js.Global().Get("crypto").Call("getRandomValues", chunk)
		js.CopyBytesToGo(rest[:n], chunk)
		rest = rest[n:]
	}
	return len(p), nil
}
