package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain lets a test run this binary as the program itself.
func TestMain(m *testing.M) {
	if os.Getenv("SIGHTLINE_TEST_AS_PROGRAM") != "" {
		main()
		return
	}
	os.Unsetenv("COLUMNS") // help is as wide as the terminal says
	os.Exit(m.Run())
}

// outcome is what a call of the program leaves.
type outcome struct {
	code           int
	stdout, stderr string
}

// call runs the program in this process.
func call(t *testing.T, vars map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), environment{
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
		getenv: func(name string) string { return vars[name] },
	}, args)
	return outcome{code, stdout.String(), stderr.String()}
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test -update writes it")
	assert.Equal(t, string(want), got, "%s; go test -update writes it anew", name)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{},
		{"extract"},
		{"report"},
		{"report", "send"},
		{"cases"},
		{"cases", "list"},
		{"related"},
		{"index"},
		{"index", "fill"},
		{"station"},
		{"station", "serve"},
		{"station", "user", "add"},
		{"sandbox"},
		{"pages"},
		{"threatstack"},
		{"threatstack", "alerts", "list"},
		{"threatstack", "agents", "get"},
		{"threatstack", "alerts", "dismiss"},
		{"profile"},
		{"profile", "add"},
		{"stellar"},
		{"stellar", "cases", "list"},
		{"stellar", "cases", "update"},
	} {
		name := strings.Join(append([]string{"help"}, args...), "-")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, nil, "", append(args, "--help")...)
			assert.Equal(t, exitOK, got.code)
			assert.Empty(t, got.stderr)
			golden(t, name+".txt", got.stdout)
		})
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{},
		{"nonsense"},
		{"extract", "--in", "pdf"},
		{"extract", "--only", "ipv5"},
		{"report", "--distribution", "WORLD"},
		{"report"},
		{"cases"},
		{"cases", "list"},
		{"related"},
		{"index"},
		{"index", "fill"},
		{"threatstack", "alerts"},
		{"threatstack", "alerts", "--since", "someday"},
		{"stellar", "tenants"},
		{"stellar", "cases", "--since", "someday"},
		{"stellar", "cases", "list", "--where", "nothing"},
		{"stellar", "cases", "get"},
		{"threatstack", "alerts", "list", "--out", "xml"},
		{"threatstack", "agents", "get"},
		{"profile"},
		{"profile", "add"},
		{"threatstack", "logs", "get", "x"},
		{"sandbox", "--listen", "0.0.0.0:0", "--cases", "1"},
		{"cases", "--stellarcyber", "does-not-exist.json"},
		{"station", "user", "add"},
		{"sandbox", "--seed", "\x1b[31mred"},
	} {
		got := call(t, nil, "192.0.2.1", args...)
		assert.Equal(t, exitUsage, got.code, args)
		assert.NotEmpty(t, got.stderr, args)
		assert.Empty(t, got.stdout, args)
		assert.NotContains(t, got.stderr, "\x1b", args)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "--version")
	assert.Equal(t, exitOK, got.code)
	assert.NotEmpty(t, strings.TrimSpace(got.stdout))
}

func TestFilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "extract", filepath.Join(t.TempDir(), "none"))
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stderr, "none")
}

// background is for servers, whose end a test decides.
func background(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithCancel(context.WithoutCancel(t.Context()))
}
