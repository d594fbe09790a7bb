package packed_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

func TestHas(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		{"a"},
		{"ab", "ac", "zz"},
		{"ab", "ac", "ba", "cd", "yy", "zz"},
		{"abc", "abd", "bcd", "xyz"},
		{"alpha", "gamma"},
		{"\x00\xff\x00", "abc", "\xff\xff\xff"},
		{"fourteen", "quantity", "umbrella"},
		{"alphabets", "nineteens"},
	} {
		slices.Sort(words)
		names := strings.Join(words, "")
		for _, word := range words {
			assert.True(t, packed.Has(names, word), "%q", word)
			assert.False(t, packed.Has("", word), "%q in nothing", word)
			other := word[:len(word)-1] + string(rune('q'))
			assert.Equal(t, slices.Contains(words, other), packed.Has(names, other), "%q", other)
		}
	}
}
