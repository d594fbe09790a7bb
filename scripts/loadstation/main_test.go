//go:build unix

package main

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRun is the short form of scripts/load-station: a real process, killed in mid-write.
func TestRun(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "sightline")
	output, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../../cmd/sightline").CombinedOutput()
	require.NoError(t, err, string(output))
	result, err := run(t.Context(), plan{program: program, time: time.Second, writers: 3, readers: 3})
	require.NoError(t, err)
	t.Log(result)
	require.NoError(t, result.check())
	assert.Equal(t, result.acknowledged+result.unacknowledged, result.stored)
	assert.LessOrEqual(t, result.unacknowledged, 3, "one for each writer at most")
	assert.NotZero(t, result.reads)
	assert.Empty(t, result.refused)
}

// The check fails for what it is there to find.
func TestCheck(t *testing.T) {
	t.Parallel()
	require.Error(t, figures{}.check(), "nothing was acknowledged")
	require.Error(t, figures{acknowledged: 2, lost: 1}.check())
	require.Error(t, figures{acknowledged: 2, doubled: 1}.check())
	require.NoError(t, figures{acknowledged: 2}.check())
}
