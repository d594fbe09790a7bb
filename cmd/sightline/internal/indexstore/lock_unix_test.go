//go:build unix

package indexstore

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestUnlocksForOthers: a process that was started has the lock's file until it becomes
// another program.
func TestUnlocksForOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := lockFolder(dir)
	require.NoError(t, err)
	theirs, err := syscall.Dup(int(f.Fd()))
	require.NoError(t, err)
	defer syscall.Close(theirs)
	_, err = lockFolder(dir)
	require.ErrorAs(t, err, new(*InUseError))
	require.NoError(t, unlockFolder(f))

	f, err = lockFolder(dir)
	require.NoError(t, err)
	assert.NoError(t, unlockFolder(f))
}
