//go:build !js

package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = ".."

// sources calls visit for every file of the project's own, without what is built or fetched.
func sources(t *testing.T, visit func(path string)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch entry.Name() {
			case ".git", ".cache", "node_modules", "dist", "bin", "shots", "vendor":
				return filepath.SkipDir
			case "wasm":
				if filepath.Dir(path) == filepath.Join(root, "extension") {
					return filepath.SkipDir
				}
			}
			return nil
		}
		visit(path)
		return nil
	}))
}

// TestPackageComments: one should be able to use a package from its comment alone.
func TestPackageComments(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	sources(t, func(path string) {
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
		require.NoError(t, err)
		dir := filepath.Dir(path)
		documented[dir] = documented[dir] || file.Doc != nil && !isGenerated(file)
	})
	for dir, ok := range documented {
		assert.True(t, ok, "%s has no package comment", dir)
	}
}

// TestFileLengths: a file is read in one sitting. Longer ones say why in their header.
func TestFileLengths(t *testing.T) {
	t.Parallel()
	const limit = 500
	sources(t, func(path string) {
		switch filepath.Ext(path) {
		case ".go", ".js", ".mjs", ".css":
		default:
			return
		}
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		head := string(data[:min(len(data), 1200)])
		if strings.Contains(head, "DO NOT EDIT") || strings.Contains(strings.ToLower(head), "long because") {
			return
		}
		assert.LessOrEqual(t, strings.Count(string(data), "\n"), limit, "%s: cut it, or say in its header why it is \"long because\"", path)
	})
}

// TestSyscallJSStaysInWasm: one folder speaks to the JavaScript engine.
func TestSyscallJSStaysInWasm(t *testing.T) {
	t.Parallel()
	sources(t, func(path string) {
		if !strings.HasSuffix(path, ".go") || strings.HasPrefix(path, filepath.Join(root, "wasm")) ||
			strings.HasPrefix(path, filepath.Join(root, "scripts")) { // a benchmark in the browser is never shipped
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range file.Imports {
			assert.NotEqual(t, `"syscall/js"`, spec.Path.Value, "%s: only wasm/ imports syscall/js, so that everything else runs under go test", path)
		}
	})
}

// TestArchitectureNamesRealPaths keeps the map true.
func TestArchitectureNamesRealPaths(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"ARCHITECTURE.md", "README.md"} {
		data, err := os.ReadFile(filepath.Join(root, page))
		require.NoError(t, err)
		for _, match := range regexp.MustCompile("`((?:core|wasm|extension|server|cmd|scripts|testdata|docs)/[A-Za-z0-9_./-]*)`").FindAllStringSubmatch(string(data), -1) {
			if strings.HasPrefix(match[1], "extension/wasm/") {
				continue // made by make wasm
			}
			_, err := os.Stat(filepath.Join(root, match[1]))
			assert.NoError(t, err, "%s names %s", page, match[1])
		}
	}
}

func isGenerated(file *ast.File) bool { return ast.IsGenerated(file) }
