// Package leb128 reads and writes the signed numbers of WebAssembly. The unsigned ones are
// the varints of encoding/binary.
package leb128

// sizeMax is the longest encoding of 64 bits, in bytes.
const sizeMax = 10

// Int reads a signed LEB128 of at most 64 bits and returns how many bytes it has: 0 when b
// ends before it does, or it is longer.
func Int(b []byte) (n int64, size int) {
	for shift := 0; size < len(b) && size < sizeMax; shift += 7 {
		c := b[size]
		size++
		n |= int64(c&0x7f) << shift
		if c&0x80 == 0 {
			if shift < 57 && c&0x40 != 0 {
				n |= -1 << (shift + 7)
			}
			return n, size
		}
	}
	return 0, 0
}

// Append appends a signed LEB128, in as few bytes as it can have.
func Append(out []byte, n int64) []byte {
	for {
		c := byte(n & 0x7f)
		n >>= 7
		if n == 0 && c&0x40 == 0 || n == -1 && c&0x40 != 0 {
			return append(out, c)
		}
		out = append(out, c|0x80)
	}
}
