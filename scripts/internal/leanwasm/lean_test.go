package leanwasm

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// built is the program in testdata/program, built once.
var built = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "leanwasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/program")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if message, err := build.CombinedOutput(); err != nil {
		return message, err
	}
	return os.ReadFile(out)
})

func program(t *testing.T) []byte {
	t.Helper()
	b, err := built()
	require.NoError(t, err, "%s", b)
	return bytes.Clone(b)
}

// run runs a program in Node and returns what it printed.
func run(t *testing.T, wasm []byte) (stdout, stderr string) {
	t.Helper()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "program.wasm")
	require.NoError(t, os.WriteFile(file, wasm, 0o600))
	node := exec.Command("node", "--stack-size=8192", filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec_node.js"), file)
	node.Env = []string{"PATH=" + os.Getenv("PATH")}
	var out, errs bytes.Buffer
	node.Stdout, node.Stderr = &out, &errs
	require.Error(t, node.Run(), "the program ends by a panic")
	return out.String(), errs.String()
}

// TestRunsTheSame holds a program that grows stacks, collects garbage, panics and
// recovers against itself.
func TestRunsTheSame(t *testing.T) {
	t.Parallel()
	whole := program(t)
	lean, err := Lean(whole)
	require.NoError(t, err)
	assert.Less(t, len(lean), len(whole)*9/10, "a tenth of the bytes at the least")

	said, trace := run(t, whole)
	leanSaid, leanTrace := run(t, lean)
	require.Contains(t, said, "recovered 1000 times")
	assert.Equal(t, said, leanSaid)
	for _, want := range []string{"panic: the end", "main.last", "main.main"} {
		require.Contains(t, trace, want)
		assert.Contains(t, leanTrace, want, "functions keep their names")
	}
	assert.Contains(t, trace, "main.go:")
	assert.NotContains(t, leanTrace, "main.go:")
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, err := Lean(program(t))
	require.NoError(t, err)
	second, err := Lean(program(t))
	require.NoError(t, err)
	assert.True(t, bytes.Equal(first, second))
}

// TestRefuses holds that what is not understood is refused, never written.
func TestRefuses(t *testing.T) {
	t.Parallel()
	whole := program(t)
	m, err := parse(whole)
	require.NoError(t, err)
	mem, err := m.memory()
	require.NoError(t, err)
	table, err := findSymbols(mem)
	require.NoError(t, err)

	// changed returns the program with one byte of its memory changed.
	changed := func(at int) []byte {
		copied := bytes.Clone(mem)
		copied[at] ^= 0x55
		again, err := parse(whole)
		require.NoError(t, err)
		again.setMemory(copied)
		return again.bytes()
	}
	_, record := table.entry(0)
	pclntable := bytes.Index(mem, table.pclntable)
	require.Positive(t, pclntable)
	for name, input := range map[string][]byte{
		"nothing":                   nil,
		"text":                      []byte("no wasm"),
		"no sections":               header,
		"a section cut":             whole[:len(whole)/2],
		"another symbol table":      changed(bytes.Index(mem, magic)),
		"another bucket":            changed(table.finder + 5*bucketSize),
		"a bucket of two functions": changed(table.finder + 7*bucketSize + 9),
		"a record of other size":    changed(pclntable + record + funcNPCData),
		"functions out of order":    changed(pclntable + 8*3),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lean, err := Lean(input)
			require.Error(t, err)
			assert.Nil(t, lean)
		})
	}
	_, err = Lean(whole)
	require.NoError(t, err, "and the program itself is not")
}

// TestLeanTwice: what has no tables any more is refused, since it has a start function.
func TestLeanTwice(t *testing.T) {
	t.Parallel()
	lean, err := Lean(program(t))
	require.NoError(t, err)
	_, err = Lean(lean)
	require.Error(t, err)
}

func TestMemoryStays(t *testing.T) {
	t.Parallel()
	m, err := parse(program(t))
	require.NoError(t, err)
	mem, err := m.memory()
	require.NoError(t, err)
	m.setMemory(mem)
	again, err := m.memory()
	require.NoError(t, err)
	assert.True(t, bytes.Equal(bytes.TrimRight(mem, "\x00"), again))
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, n := range []int32{0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, 1<<31 - 1, -1 << 31} {
		r := reader{leb128.Append(nil, int64(n))}
		got, err := r.int()
		require.NoError(t, err)
		assert.Equal(t, n, got)
		assert.Empty(t, r.b)
	}
}

func FuzzLean(f *testing.F) {
	f.Add(header)
	f.Add(append(bytes.Clone(header), sectionData, 5, 1, 0, opI32Const, 0, opEnd))
	f.Fuzz(func(t *testing.T, input []byte) {
		if lean, err := Lean(input); err == nil && len(lean) == 0 {
			t.Error("neither a program nor an error")
		}
	})
}
