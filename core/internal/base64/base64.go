// Package base64 is the base64 of RFC 4648 section 4, for credentials. encoding/base64
// is all variants and streams: 4 KB of gzipped wasm.
package base64

import "strings"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// Encode returns data in base64 with padding.
func Encode(data string) string {
	text := make([]byte, 0, (len(data)+2)/3*4)
	for ; len(data) >= 3; data = data[3:] {
		bits := uint(data[0])<<16 | uint(data[1])<<8 | uint(data[2])
		text = append(text, alphabet[bits>>18], alphabet[bits>>12&63], alphabet[bits>>6&63], alphabet[bits&63])
	}
	switch len(data) {
	case 1:
		bits := uint(data[0])
		text = append(text, alphabet[bits>>2], alphabet[bits<<4&63], '=', '=')
	case 2:
		bits := uint(data[0])<<8 | uint(data[1])
		text = append(text, alphabet[bits>>10], alphabet[bits>>4&63], alphabet[bits<<2&63], '=')
	}
	return string(text)
}

// Decode returns what Encode made text of, and false for a text that it makes of nothing.
func Decode(text string) (data string, ok bool) {
	digits := strings.TrimRight(text, "=")
	var out []byte
	bits, n := uint(0), 0
	for i := range len(digits) {
		value := strings.IndexByte(alphabet, digits[i])
		if value < 0 {
			return "", false
		}
		bits, n = bits<<6|uint(value), n+6
		if n >= 8 {
			n -= 8
			out = append(out, byte(bits>>n))
		}
	}
	data = string(out)
	return data, Encode(data) == text
}
