// Package sha256 is SHA-256 for names, checksums and Hawk's signatures. What it does takes
// the same steps for every message of a length.
//
// crypto/sha256 brings the whole FIPS 140 module along, and its self-tests at start:
// 48 KB of gzipped wasm for one function, which the tests hold this one against. Where
// size is no matter, it is the library's, which uses the processor's own instructions.
package sha256

import "math/bits"

// compute is the function itself (FIPS 180-4).
func compute(message []byte) (sum [32]byte) {
	h := [8]uint32{
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	}
	whole := len(message) &^ 63
	for block := 0; block < whole; block += 64 {
		compress(&h, message[block:])
	}
	// The rest, a one bit, zeros, and the length in bits: one block, or two.
	var last [128]byte
	n := copy(last[:], message[whole:])
	last[n] = 0x80
	end := 64
	if n >= 56 {
		end = 128
	}
	length := uint64(len(message)) * 8
	put(last[end-8:], uint32(length>>32))
	put(last[end-4:], uint32(length))
	for block := 0; block < end; block += 64 {
		compress(&h, last[block:])
	}
	for i, word := range h {
		put(sum[4*i:], word)
	}
	return sum
}

// put writes a big-endian number; encoding/binary links reflect.
func put(b []byte, n uint32) {
	b[0], b[1], b[2], b[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
}

// compress is section 6.2.2, over the first 64 bytes of block.
func compress(h *[8]uint32, block []byte) {
	var w [64]uint32
	for t := range 16 {
		w[t] = uint32(block[4*t])<<24 | uint32(block[4*t+1])<<16 | uint32(block[4*t+2])<<8 | uint32(block[4*t+3])
	}
	for t := 16; t < 64; t++ {
		s0 := bits.RotateLeft32(w[t-15], -7) ^ bits.RotateLeft32(w[t-15], -18) ^ w[t-15]>>3
		s1 := bits.RotateLeft32(w[t-2], -17) ^ bits.RotateLeft32(w[t-2], -19) ^ w[t-2]>>10
		w[t] = w[t-16] + s0 + w[t-7] + s1
	}
	v := *h
	for t := range 64 {
		s1 := bits.RotateLeft32(v[4], -6) ^ bits.RotateLeft32(v[4], -11) ^ bits.RotateLeft32(v[4], -25)
		choice := v[4]&v[5] ^ ^v[4]&v[6]
		t1 := v[7] + s1 + choice + roundConstants[t] + w[t]
		s0 := bits.RotateLeft32(v[0], -2) ^ bits.RotateLeft32(v[0], -13) ^ bits.RotateLeft32(v[0], -22)
		majority := v[0]&v[1] ^ v[0]&v[2] ^ v[1]&v[2]
		v = [8]uint32{t1 + s0 + majority, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]}
	}
	for i := range h {
		h[i] += v[i]
	}
}

// roundConstants are those of section 4.2.2: the fractions of the cube roots of
// the first 64 primes.
var roundConstants = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}
