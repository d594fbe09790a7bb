package tld

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/publicsuffix"
)

// TestKnownIsTheTable compares the search with the slow truth for every entry, and
// every entry that the public suffix list has with that list.
func TestKnownIsTheTable(t *testing.T) {
	t.Parallel()
	count := 0
	for n, names := range byLength {
		for i := 0; n > 0 && i < len(names); i += n {
			name := names[i : i+n]
			count++
			assert.True(t, Known(name), name)
			assert.False(t, Known(name+"x") && !listed(name+"x"), name)
			if i > 0 {
				assert.Less(t, names[i-n:i], name)
			}
		}
	}
	assert.Equal(t, Count, count)
	for _, name := range []string{"com", "uk", "io", "app", "xn--p1ai"} {
		_, icann := publicsuffix.PublicSuffix(name)
		assert.Equal(t, icann, Known(name), name)
	}
}

func listed(name string) bool {
	if len(name) >= len(byLength) {
		return false
	}
	names := byLength[len(name)]
	for i := 0; i < len(names); i += len(name) {
		if names[i:i+len(name)] == name {
			return true
		}
	}
	return false
}
