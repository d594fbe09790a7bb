package index

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a source held is in no byte of what is stored after it was purged, and what
// another one holds is.
func TestPurgeLeavesNothing(t *testing.T) {
	t.Parallel()
	x := New()
	for i := range 3000 {
		source := []string{"kept", "gone"}[i%2]
		x.Put(
			Object{Source: source, Kind: "case", ID: fmt.Sprintf("%s-%d", source, i), Title: "title of " + source, CreatedAt: int64(i)},
			[]Sighting{{Key: Key{Type: "domain", Value: fmt.Sprintf("%s-%d.example", source, i)}}},
		)
		if i%700 == 0 {
			x.Committed(x.Changes())
		}
	}
	x.Changes()
	for range 3 { // in the middle of a merge
		x.Merge(10)
	}
	require.Equal(t, 1500, x.RemoveSource("gone"))
	x.Purge()
	stored := x.Changes()
	require.NoError(t, x.Verify())
	for _, s := range x.segments {
		assert.Zero(t, s.deadCount)
		assert.NotContains(t, string(s.data), "title of gone")
	}
	assert.False(t, bytes.Contains(stored.Manifest, []byte("gone")))
	assert.Equal(t, 1500, x.Stats().Objects)
	assert.NotEmpty(t, x.Find(nil, []Key{{Type: "domain", Value: "kept-0.example"}}))

	x.RemoveSource("kept")
	x.Purge()
	assert.Empty(t, x.segments)
}
