//go:build !js

package sha256

import "crypto/sha256"

// Sum returns the SHA-256 of a message. It does not allocate.
func Sum(message []byte) [32]byte { return sha256.Sum256(message) }
