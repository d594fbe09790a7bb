package report

import (
	"encoding/hex"
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
	return hex.EncodeToString(bits[:]), nil
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
