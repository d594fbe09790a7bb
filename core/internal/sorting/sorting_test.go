package sorting_test

import (
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/sorting"
)

// ofLibrary is what Order returns by the library.
func ofLibrary(keys []byte) []int {
	sorted := make([]int, len(keys))
	for i := range sorted {
		sorted[i] = i
	}
	sort.SliceStable(sorted, func(i, j int) bool { return keys[sorted[i]] < keys[sorted[j]] })
	return sorted
}

func FuzzOrderIsThatOfTheLibrary(f *testing.F) {
	for _, keys := range []string{"", "a", "ab", "ba", "aaa", "cab", "dcba", "abcde", "the quick brown fox jumps over the lazy dog"} {
		f.Add([]byte(keys))
	}
	f.Fuzz(func(t *testing.T, keys []byte) {
		assert.Equal(t, ofLibrary(keys), sorting.Order(len(keys), func(a, b int) bool { return keys[a] < keys[b] }))
	})
}

// A less that contradicts itself, as one that compares NaN does, sorts somehow.
func TestOrderEndsForAnyLess(t *testing.T) {
	t.Parallel()
	for _, answer := range []bool{true, false} {
		sorted := sorting.Order(100, func(int, int) bool { return answer })
		seen := make(map[int]bool)
		for _, i := range sorted {
			seen[i] = true
		}
		assert.Len(t, seen, 100)
	}
}
