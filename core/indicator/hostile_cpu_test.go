//go:build unix

package indicator

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHostileSpeed prints the slowest of the hostile shapes and holds their growth to
// less than the square: sixteen times the text in far less than 256 times the time.
func TestHostileSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes processor time")
	}
	var out []Indicator
	for _, h := range hostile {
		small, large := strings.Repeat(h, (1<<16)/len(h)), strings.Repeat(h, (1<<20)/len(h))
		a, b := time.Hour, time.Hour
		for range 3 {
			c := cpu()
			out = Append(out[:0], small, Options{})
			a = min(a, cpu()-c)
			c = cpu()
			out = Append(out[:0], large, Options{})
			b = min(b, cpu()-c)
		}
		require.Less(t, b, 100*max(a, time.Millisecond), "%q", h)
		rate := float64(len(large)) / 1e6 / b.Seconds()
		if rate < 40 {
			t.Logf("%-16q %6.1f MB/s, 16 times the text in %4.1f times the time", h, rate, float64(b)/float64(max(a, 1)))
		}
	}
}
