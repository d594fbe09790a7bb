//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMemoryIsConstant extracts from a small and from a large text with the same
// indicators and compares what the program held at most. SIGHTLINE_LARGE names
// another size of the large one, in MB.
func TestMemoryIsConstant(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a file of 64 MB")
	}
	large := 64
	if size, err := strconv.Atoi(os.Getenv("SIGHTLINE_LARGE")); err == nil {
		large = size
	}
	self, err := os.Executable()
	require.NoError(t, err)
	var peaks []int64
	var answers []string
	for _, size := range []int{4, large} {
		path := filepath.Join(t.TempDir(), "large.txt")
		writeLarge(t, path, size*1_000_000)
		program := exec.CommandContext(t.Context(), self, "extract", "--in", "text", "--out", "jsonl", path)
		program.Env = append(os.Environ(), "SIGHTLINE_TEST_AS_PROGRAM=1")
		var stdout, stderr bytes.Buffer
		program.Stdout, program.Stderr = &stdout, &stderr
		require.NoError(t, program.Run(), stderr.String())
		usage, ok := program.ProcessState.SysUsage().(*syscall.Rusage)
		require.True(t, ok)
		peak := int64(usage.Maxrss) * 1024 // Linux counts KiB
		if runtime.GOOS == "darwin" {
			peak = int64(usage.Maxrss)
		}
		t.Logf("%4d MB of text: peak memory %.1f MB, processor time %v", size, float64(peak)/1e6, program.ProcessState.UserTime())
		peaks = append(peaks, peak)
		_, iocs, _ := strings.Cut(stdout.String(), `"iocs":`)
		answers = append(answers, iocs)
	}
	assert.Equal(t, answers[0], answers[1])
	assert.Less(t, peaks[1], peaks[0]+16_000_000, "memory grows with the text")
}

// writeLarge writes a log that names 250 addresses over and over.
func writeLarge(t *testing.T, path string, size int) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	w := bufio.NewWriter(f)
	for i, n := 0, 0; n < size; i++ {
		written, err := w.WriteString("2026-11-22 beacon from 203.0.113." + strconv.Itoa(1+i%250) + " to hxxps://dl[.]sightline-sample-1[.]top/a, and the rest of the line says nothing of note\n")
		require.NoError(t, err)
		n += written
	}
	require.NoError(t, w.Flush())
	require.NoError(t, f.Close())
}

func TestBar(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "[###############...............]  50%   500 of 1000 MB, 250 MB/s ", bar(500e6, 1000e6, 2e9))
	assert.Equal(t, "[##############################] 100%     1 of 1 MB, 1 MB/s ", bar(2e6, 1e6, 1e9))
}
