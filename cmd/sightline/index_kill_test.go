//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKilledFillLosesNothing kills the program at random moments of a fill, of its
// writing and its merging. The index is whole after each, and complete in the end.
// SIGHTLINE_KILLS says how often, 12 times by default.
func TestKilledFillLosesNothing(t *testing.T) {
	t.Parallel()
	kills, _ := strconv.Atoi(os.Getenv("SIGHTLINE_KILLS"))
	if kills == 0 {
		kills = 12
	}
	const cases = 1500
	sandbox := serve(t, "sandbox", "--cases", strconv.Itoa(cases))
	file, dir := sandbox.file(t), t.TempDir()
	program, err := os.Executable()
	require.NoError(t, err)
	chance := rand.New(rand.NewPCG(1, 2))
	cut := 0
	for round := 0; cut < kills && round < 5*kills; round++ {
		// A slice of 40 ms, so that there is much writing to be cut.
		fill := exec.Command(program, "index", "fill", "--stellarcyber", file, "--index", dir)
		fill.Env = append(os.Environ(), "SIGHTLINE_TEST_AS_PROGRAM=1", "SIGHTLINE_FILL_SLICE=40ms")
		require.NoError(t, fill.Start())
		time.Sleep(time.Duration(20+chance.IntN(200)) * time.Millisecond) // that is the test: a moment by chance
		_ = fill.Process.Kill()
		done := fill.Wait() == nil
		if !done {
			cut++
		}
		got := call(t, nil, "", "index", "verify", "--index", dir)
		require.Equal(t, exitOK, got.code, got.stderr)
		if done { // faster than chance: begin anew
			require.Equal(t, exitOK, call(t, nil, "", "index", "clear", "--index", dir).code)
		}
	}
	got := call(t, nil, "", "index", "fill", "--stellarcyber", file, "--index", dir)
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, strconv.Itoa(cases)+" objects", "none lost, none doubled")
	got = call(t, nil, "", "index", "verify", "--index", dir)
	assert.Equal(t, exitOK, got.code, got.stderr)
	t.Logf("killed %d times in the middle", cut)
	assert.Equal(t, kills, cut)
}
