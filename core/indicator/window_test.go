package indicator

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKindsAgreeWithClasses holds the two tables of bytes together.
func TestKindsAgreeWithClasses(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		k, want := classes[c], uint64(0)
		for _, bit := range []struct {
			is   bool
			kind uint64
		}{
			{k&cSpace != 0, kBlank},
			{k&cLetter != 0, kLetter},
			{k&cDigit != 0, kDigit},
			{k&cHot != 0, kHot},
			{k&cOpen != 0, kOpen},
			{k&(cDot|cAnchor|cSlash|cHigh) != 0, kKey},
			{k&cDot != 0, kDot},
			{k&cJoin != 0, kJoin},
		} {
			if bit.is {
				want |= bit.kind
			}
		}
		assert.Equal(t, want, kinds[c], "%#x", c)
	}
}

// randomText is made of the bytes that matter, words and blanks more often than others.
func randomText(r *rand.Rand, n int) string {
	const signs = "   \n\tabcXYZ019..--__[](){}<>@:/\\,;\"'\x7f\x80\xe2\xff"
	b := make([]byte, n)
	for i := range b {
		b[i] = signs[r.IntN(len(signs))]
	}
	return string(b)
}

// TestWindow compares the registers with what a loop over the bytes says.
func TestWindow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var w window
	for range 5000 {
		text := randomText(r, 1+r.IntN(200))
		i := r.IntN(len(text))
		at := w.look(text, i)
		padded := text[i:] + strings.Repeat("\x00", 80)
		require.Equal(t, padded[:72], string(at[:]))
		starts, ends := w.starts, w.wordEnds
		whole := 0
		for k := 0; k < windowSize; k++ {
			c := classes[padded[k]]
			require.Equal(t, c&cSpace != 0, w.blanks>>k&1 == 1)
			require.Equal(t, c&(cSpace|cAlnum) == 0, w.signs>>k&1 == 1)
			if c&cSpace != 0 {
				whole = k + 1
			}
		}
		require.Equal(t, whole, w.whole)
		for k := 0; k < whole; {
			if classes[padded[k]]&cSpace != 0 {
				k++
				continue
			}
			word := k
			for classes[padded[word]]&cLetter != 0 {
				word++
			}
			end := tokenEnd(padded, k)
			require.Equal(t, uint64(1)<<k, starts&-starts)
			require.Equal(t, uint64(1)<<word, ends&-ends)
			last := classes[padded[word]]
			require.Equal(t, word == end || word+1 == end && last&(cDigit|cOpen) == 0, w.words>>word&1 == 1, "%q", padded[k:end])
			starts &= starts - 1
			ends &= ends - 1
			k = end
		}
		require.Zero(t, starts)
	}
}

// TestEight compares questions to eight bytes with questions to each.
func TestEight(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		n := 1 + r.IntN(40)
		text := (randomText(r, n) + "\x00\x00\x00\x00\x00\x00\x00\x00")[:n]
		end, dots := 0, 0
		var seen class
		for end < n && classes[text[end]]&cRun != 0 {
			seen |= classes[text[end]] & (cLetter | cDigit | cWordChar | cHigh | cJoin | cDot)
			if text[end] == '.' {
				dots++
			}
			end++
		}
		gotEnd, gotDots, gotSeen := runEnd(text, 0)
		require.Equal(t, end, gotEnd, "%q", text)
		require.Equal(t, dots, gotDots, "%q", text)
		require.Equal(t, seen&^cTrail, gotSeen, "%q", text)
		require.Equal(t, unhexRun(text, 0), hexEnd(text, 0), "%q", text)
		low := lowerInto(nil, text)
		for i := range n {
			require.Equal(t, lowerByte(text[i]), low[i])
		}
		require.Equal(t, text, string(textInto(nil, text)))
	}
}

func lowerByte(c byte) byte {
	if classes[c]&cUpper != 0 {
		return c | 0x20
	}
	return c
}
