package wasmflow

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counting is a body in the compiler's form: "for x := 3; x != 0; x-- {}", as one loop
// around three segments. The local variable 2 is x.
var counting = []byte{
	2, 1, typeI32, 1, typeI32, // the stack pointer, and x
	opGlobalGet, 0, opLocalSet, 1,
	opLoop, typeVoid,
	opBlock, typeVoid, opBlock, typeVoid, opBlock, typeVoid,
	opLocalGet, 0, opBrTable, 3, 0, 1, 2, 2,
	opEnd,
	opI32Const, 3, opLocalSet, 2,
	opEnd,
	opLocalGet, 2, opI32Eqz, opIf, typeVoid, opI32Const, 2, opLocalSet, 0, opBr, 2, opEnd,
	opLocalGet, 2, opI32Const, 1, opI32Sub, opLocalSet, 2,
	opI32Const, 1, opLocalSet, 0, opBr, 1,
	opEnd,
	opI32Const, 0, opReturn,
	opEnd,
	opUnreachable, opEnd,
}

func TestLoop(t *testing.T) {
	t.Parallel()
	got, err := straighten(counting, 0x1000, calls{deferreturn: -1})
	require.NoError(t, err)
	assert.Equal(t, []byte{
		2, 1, typeI32, 1, typeI32,
		opGlobalGet, 0, opLocalSet, 1,
		opI32Const, 3, opLocalSet, 2,
		opLoop, typeVoid,
		opLocalGet, 2, opI32Eqz, opIf, typeVoid,
		opI32Const, 0, opReturn,
		opEnd,
		opLocalGet, 2, opI32Const, 1, opI32Sub, opLocalSet, 2,
		opBr, 0,
		opEnd,
		opUnreachable, opEnd,
	}, got)
}

// TestLeavesOthers holds that a body of another form is told from one that cannot be read.
func TestLeavesOthers(t *testing.T) {
	t.Parallel()
	n := len(counting)
	for name, body := range map[string][]byte{
		"by hand":          {0, opI32Const, 0, opEnd},
		"no table":         {1, 1, typeI32, opGlobalGet, 0, opLocalSet, 1, opI32Const, 0, opEnd},
		"a jump elsewhere": append(counting[:n-4:n-4], opBr, 0, opEnd, opUnreachable, opEnd),
		"something behind": append(counting[:n:n], opEnd),
	} {
		_, err := straighten(body, 0x1000, calls{deferreturn: -1})
		require.ErrorIs(t, err, errShape, name)
	}
	for name, body := range map[string][]byte{
		"nothing":     {},
		"cut":         counting[:n-9],
		"unknown":     append(counting[:9:9], 0xff),
		"half a jump": append(counting[:9:9], opBr, 0x80),
	} {
		_, err := straighten(body, 0x1000, calls{deferreturn: -1})
		require.Error(t, err, name)
		require.NotErrorIs(t, err, errShape, name)
	}
}

func TestRefusesOtherCounts(t *testing.T) {
	t.Parallel()
	p := program(t)
	_, _, err := Straighten(p.code, Functions{Counter: p.Counter, Imported: p.Imported, Names: p.Names[1:]})
	require.Error(t, err)
	_, _, err = Straighten(p.code[:len(p.code)/2], p.Functions)
	require.Error(t, err)
	_, report, err := Straighten(p.code, p.Functions)
	require.NoError(t, err)
	assert.Less(t, report.Straight, report.Functions)
}

func FuzzStraighten(f *testing.F) {
	f.Add(counting)
	f.Fuzz(func(_ *testing.T, body []byte) {
		// Whatever it is, it ends and does not panic.
		_, _ = straighten(body, 0x1000, calls{deferreturn: -1})
	})
}
