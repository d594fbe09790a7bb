package wasmflow

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSameTraces is the law: from every entry, whatever the conditions, a straight function
// executes the instructions that it executed before, in the same order.
func TestSameTraces(t *testing.T) {
	t.Parallel()
	p := program(t)
	straight, resumed, loops := 0, 0, 0
	for i, body := range p.bodies {
		name := p.Names[i]
		r, err := read(body, int64(p.Counter+i), p.noted())
		if byHand(name) || errors.Is(err, errShape) {
			continue
		}
		require.NoError(t, err, name)
		got, err := straighten(body, int64(p.Counter+i), p.noted())
		require.NoError(t, err, name)
		straight++
		resumed += len(r.entries) - 1
		loops += len(r.resolve(r.reach()))
		for _, counter := range slices.Sorted(maps.Keys(r.entries)) {
			for seed := range byte(3) {
				want, err := trace(body, int64(counter), int64(r.locals), p.noted(), seed)
				require.NoError(t, err, name)
				same, err := trace(got, int64(counter), int64(r.locals), p.noted(), seed)
				require.NoError(t, err, name)
				at := difference(want, same)
				require.Negative(t, at, "%s, entered at %d, seed %d: %q is %q after %q", name, counter, seed,
					want[max(at, 0):], same[max(at, 0):], want[max(0, at-8):max(at, 0)])
			}
		}
	}
	assert.Greater(t, straight, len(p.bodies)*8/10)
	assert.Greater(t, resumed, straight, "most functions call something")
	assert.Greater(t, loops, straight/20, "and many do so in a loop")
}

// difference is where two traces differ, -1 for nowhere. The last events of one that is
// cut short are not compared: what is folded there may be cut in the middle.
func difference(a, b []string) int {
	n := max(len(a), len(b))
	if n > traceMax/2 {
		n = min(len(a), len(b)) - len(popSP)
	}
	for i := range n {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}
