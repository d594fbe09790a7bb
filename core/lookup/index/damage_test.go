package index_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// stored returns what storage holds of an index of so many objects, with all that a
// format can have.
func stored(t testing.TB, objects int) disk {
	t.Helper()
	store := disk{segments: map[string][]byte{}}
	x := index.New()
	words := vocabulary()
	for i := range objects {
		var seen []index.Sighting
		for j := range i % 9 {
			seen = append(seen, index.Sighting{Key: words[(i*7+j*5)%len(words)], Place: index.Place(1 << (j % 5)), When: int64(i*j) * 333, File: j % 3})
		}
		o := caseOf(fmt.Sprintf("%024x", i))
		o.Source = fmt.Sprint("p", i%2)
		o.ModifiedAt += int64(i)
		x.Put(o, seen)
	}
	store.commit(x.Changes())
	x.Committed(x.Changes())
	x.Put(caseOf("one more"), nil)
	x.Remove("p1", "case", fmt.Sprintf("%024x", 5))
	store.commit(x.Changes())
	require.NotEmpty(t, store.segments)
	return store
}

// Any bit that flips in a segment or in the manifest is noticed, and what it costs is named.
func TestFlippedBitsAreNoticed(t *testing.T) {
	t.Parallel()
	store := stored(t, 600)
	x, damage := index.Open(store.manifest, store.read)
	require.Nil(t, damage)
	whole := x.Stats().Objects
	for name, data := range store.segments {
		for i := 0; i < len(data); i += 97 {
			damaged := slices.Clone(data)
			damaged[i] ^= 1 << (i % 8)
			x, damage := index.Open(store.manifest, func(n string) ([]byte, error) {
				if n == name {
					return damaged, nil
				}
				return store.read(n)
			})
			require.NotNil(t, damage, "%s, byte %d", name, i)
			require.Equal(t, []string{name}, damage.Segments)
			require.NotEmpty(t, damage.Sources)
			require.Less(t, x.Stats().Objects, whole)
			require.NoError(t, x.Verify())
		}
	}
	for i := range store.manifest {
		damaged := slices.Clone(store.manifest)
		damaged[i] ^= 1 << (i % 8)
		x, damage := index.Open(damaged, store.read)
		require.NotNil(t, damage)
		require.True(t, damage.Manifest)
		require.Zero(t, x.Stats().Objects)
	}
	for end := 1; end < len(store.manifest); end++ {
		_, damage := index.Open(store.manifest[:end], store.read)
		require.NotNil(t, damage)
	}
}

// A segment that is whole, but another one, is not taken for the one that was stored.
func TestSwappedSegmentsAreNoticed(t *testing.T) {
	t.Parallel()
	store := stored(t, 600)
	for name := range store.segments {
		for other, data := range store.segments {
			if other == name {
				continue
			}
			_, damage := index.Open(store.manifest, func(n string) ([]byte, error) {
				if n == name {
					return data, nil
				}
				return store.read(n)
			})
			require.NotNil(t, damage)
		}
	}
}

// After damage the next changes make storage whole again, without the refused objects.
func TestDamageIsMended(t *testing.T) {
	t.Parallel()
	store := stored(t, 600)
	var name string
	for n, data := range store.segments {
		if name == "" || len(data) > len(store.segments[name]) {
			name = n
		}
	}
	delete(store.segments, name)
	x, damage := index.Open(store.manifest, store.read)
	require.NotNil(t, damage)
	assert.Error(t, damage.Cause)
	assert.ErrorIs(t, damage, damage.Cause)
	assert.Contains(t, damage.Error(), name)
	assert.Equal(t, []string{"p0", "p1"}, slices.Sorted(slices.Values(damage.Sources)))
	_, known := x.Object("p0", "case", fmt.Sprintf("%024x", 0))
	assert.False(t, known, "so that it is fetched again")

	store.commit(x.Changes())
	y, damage := index.Open(store.manifest, store.read)
	require.Nil(t, damage)
	assert.Equal(t, x.Stats(), y.Stats())
	assert.Len(t, store.segments, y.Stats().Segments)
}

// Counts that a segment cannot have are refused, before room is made for what they count.
func TestCountsAreBounded(t *testing.T) {
	t.Parallel()
	for _, data := range stored(t, 600).segments {
		require.NotNil(t, index.OpenSegment(data))
		for field := range 8 { // objects, keys, postings, words, bytes of words, records and entries, bits
			counted := slices.Clone(data)
			counted[8+4*field+3] = 0x3f
			require.Nil(t, index.OpenSegment(counted), "field %d", field)
		}
	}
}

// FuzzManifest opens any bytes as a manifest, with the right checksum.
func FuzzManifest(f *testing.F) {
	store := stored(f, 9)
	f.Add(store.manifest)
	f.Fuzz(func(t *testing.T, manifest []byte) {
		x, _ := index.Open(index.Sealed(manifest), store.read)
		exercise(t, x)
	})
}

// FuzzSegment opens any bytes as a segment, with the right checksum: even what damage
// could hardly be leads to no panic, no endless walk and no memory beyond its size.
func FuzzSegment(f *testing.F) {
	store := stored(f, 9)
	for _, data := range store.segments {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if x := index.OpenSegment(data); x != nil {
			exercise(t, x)
		}
	})
}

// exercise does everything that can be done to an index whose content is anything.
func exercise(t *testing.T, x *index.Index) {
	words := vocabulary()
	_ = x.Verify() // says what is wrong; here it must only come back
	hits := x.Find(nil, words)
	var handles []index.Handle
	for _, hit := range hits {
		handles = append(handles, hit.Object)
		x.At(hit.Object)
	}
	x.Among(nil, words, handles)
	x.Count(words[0])
	for _, o := range x.Objects("") {
		x.Object(o.Source, o.Kind, o.ID)
	}
	x.Put(caseOf("new"), []index.Sighting{{Key: words[0]}, {Key: words[1]}, {Key: words[2]}})
	x.MergeAll()
	found := false
	for _, hit := range x.Find(nil, words[:3]) {
		o, _ := x.At(hit.Object)
		found = found || o.ID == "new"
	}
	require.True(t, found)
	x.RemoveSource("p1")
	x.Changes()
}
