package leb128

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{
		0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, math.MaxInt32, math.MinInt32,
		1 << 55, -1 << 55, 1 << 56, -1 << 56, 1 << 62, -1 << 62, math.MaxInt64, math.MinInt64,
	} {
		b := Append(nil, n)
		got, size := Int(append(b, 0xff))
		assert.Equal(t, n, got)
		assert.Equal(t, len(b), size)
		_, size = Int(b[:len(b)-1])
		assert.Zero(t, size, "%d, cut", n)
	}
	_, size := Int([]byte{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0})
	assert.Zero(t, size, "longer than 64 bits")
}
