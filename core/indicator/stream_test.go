package indicator

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// streamed scans text in the pieces that next cuts.
func streamed(text string, next func(left int) int) []Indicator {
	var found []Indicator
	s := NewStream(Options{}, func(x Indicator) { found = append(found, x) })
	for text != "" {
		n := min(max(next(len(text)), 1), len(text))
		_, _ = s.WriteString(text[:n])
		text = text[n:]
	}
	_ = s.Close()
	return found
}

func TestStreamEqualsScan(t *testing.T) {
	t.Parallel()
	texts := mixedText(t, 3_000_000)
	texts = append(texts, strings.Join(texts, " "))
	for _, h := range hostile {
		texts = append(texts, strings.Repeat(h, 700_000/len(h)))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range texts {
		whole := Scan(text, Options{})
		require.Equal(t, whole, streamed(text, func(int) int { return 1 + random.IntN(100_000) }))
	}
}

func TestStreamIsUsedAgain(t *testing.T) {
	t.Parallel()
	var found []Indicator
	s := NewStream(Options{}, func(x Indicator) { found = append(found, x) })
	for range 2 {
		found = nil
		for _, c := range []byte("see evil[.]example.org now") {
			_, _ = s.Write([]byte{c})
		}
		require.NoError(t, s.Close())
		require.Len(t, found, 1)
		require.Equal(t, Span{4, 22}, found[0].Span)
	}
}
