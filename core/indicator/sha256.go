package indicator

import "github.com/sightline-sec/sightline/core/internal/sha256"

// sum256 is SHA-256, which the checksums of addresses are cut from.
func sum256(message []byte) [32]byte { return sha256.Sum(message) }
