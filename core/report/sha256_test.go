package report

import (
	"bytes"
	library "crypto/sha256"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSHA256(t *testing.T) {
	t.Parallel()
	message := bytes.Repeat([]byte("what was shown is what is sent; "), 20)
	for n := range message {
		assert.Equal(t, library.Sum256(message[:n]), sha256(message[:n]), "%d bytes", n)
	}
	long := bytes.Repeat(message, 3200)
	assert.Equal(t, library.Sum256(long), sha256(long))
}

func FuzzSHA256(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, message []byte) {
		assert.Equal(t, library.Sum256(message), sha256(message))
	})
}
