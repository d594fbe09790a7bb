package sha256_test

import (
	"bytes"
	library "crypto/sha256"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/sha256"
)

func TestSumIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	message := bytes.Repeat([]byte("what was shown is what is sent; "), 20)
	for n := range message {
		assert.Equal(t, library.Sum256(message[:n]), sha256.Compute(message[:n]), "%d bytes", n)
		assert.Equal(t, library.Sum256(message[:n]), sha256.Sum(message[:n]), "%d bytes", n)
	}
	long := bytes.Repeat(message, 3200)
	assert.Equal(t, library.Sum256(long), sha256.Compute(long))
}

func TestSumAllocatesNothing(t *testing.T) {
	var message [200]byte
	assert.Zero(t, testing.AllocsPerRun(100, func() { sha256.Sum(message[:]) }))
}

func FuzzSum(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, message []byte) {
		assert.Equal(t, library.Sum256(message), sha256.Compute(message))
	})
}
