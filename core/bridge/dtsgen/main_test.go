//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../../.."

func TestCommittedDeclarationsAreCurrent(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join(root, "extension/types/core.d.ts"))
	require.NoError(t, err)
	var got strings.Builder
	require.NoError(t, generate(&got, root))
	assert.Equal(t, string(want), got.String(), "run scripts/generate")
}

// module writes a module of one struct and one method.
func module(t *testing.T, message, table string) string {
	t.Helper()
	dir := t.TempDir()
	for _, room := range rooms {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, room), 0o755))
		source := "package p\n"
		if room == "core/bridge" {
			source += message + "\n" + table + "\n"
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, room, "a.go"), []byte(source), 0o600))
	}
	return dir
}

const (
	goodMessage = "// M says */ a thing.\n//\n//easyjson:json\ntype M struct {\n\t// A is a list.\n\tA []string `json:\"a\"`\n\tB float64 `json:\"b,omitempty\"`\n}"
	goodTable   = "func (b *Bridge) table() []method { return []method{{\"m\", func() { b.m(1, x) }}} }\n// m does.\nfunc (b *Bridge) m(ctx int, req *M) (*M, error) { return nil, nil }"
)

func TestGenerate(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	require.NoError(t, generate(&got, module(t, goodMessage, goodTable)))
	assert.Contains(t, got.String(), "/** M says * / a thing. */\nexport interface M {\n  /** A is a list. */\n  a: string[];\n  b?: number;\n}\n")
	assert.Contains(t, got.String(), "export interface Methods {\n  /** m does. */\n  \"m\": [M, M];\n}\n")
}

func TestGenerateFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ message, table string }{
		"a map":                  {strings.Replace(goodMessage, "[]string", "map[string]string", 1), goodTable},
		"no JSON name":           {strings.Replace(goodMessage, `json:"a"`, `json:"-"`, 1), goodTable},
		"no tag":                 {strings.Replace(goodMessage, "`json:\"a\"`", "", 1), goodTable},
		"two of a name":          {goodMessage + "\n" + goodMessage, goodTable},
		"no table":               {goodMessage, ""},
		"an empty table":         {goodMessage, "func (b *Bridge) table() []method { return nil }"},
		"a handler that is gone": {goodMessage, strings.Replace(goodTable, "b.m(", "b.n(", 1)},
		"two handlers":           {goodMessage, strings.Replace(goodTable, "b.m(1, x)", "b.m(1, x); b.m(1, x)", 1)},
		"no message":             {goodMessage, strings.Replace(goodTable, "req *M", "req *int", 1)},
		"no pointer":             {goodMessage, strings.Replace(goodTable, "req *M", "req M", 1)},
		"not a struct":           {"//easyjson:json\ntype M int", goodTable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Error(t, generate(new(strings.Builder), module(t, tt.message, tt.table)))
		})
	}
	require.Error(t, generate(new(strings.Builder), t.TempDir()))
}
