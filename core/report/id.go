package report

import (
	"errors"
	"io"
)

// NewID mints the identity of a report: 128 random bits as 32 lower-case
// hexadecimal digits, since TruSTAR's external tracking ids are letters and digits
// alone. It fails only when random does.
func NewID(random io.Reader) (string, error) {
	var bits [16]byte
	if _, err := io.ReadFull(random, bits[:]); err != nil {
		return "", errors.New("no random numbers for the report's id")
	}
	return hex(bits[:]), nil
}

// hex is encoding/hex's EncodeToString, which links fmt.
func hex(bytes []byte) string {
	const digits = "0123456789abcdef"
	text := make([]byte, 0, 2*len(bytes))
	for _, b := range bytes {
		text = append(text, digits[b>>4], digits[b&15])
	}
	return string(text)
}

// isID reports whether id is as NewID makes them.
func isID(id string) bool {
	if len(id) != 32 {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
