package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProfile holds that the profile by which the extension's engine is compiled is the
// one that its name says, and of this engine: what is not called by the names in it is
// silently not inlined. `make profile` makes it anew.
func TestProfile(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob("hot-*.pgo")
	require.NoError(t, err)
	require.Len(t, found, 1)
	raw, err := os.ReadFile(found[0])
	require.NoError(t, err)
	sum := sha256.Sum256(raw)
	assert.Equal(t, "hot-"+hex.EncodeToString(sum[:6])+".pgo", found[0], "the name is not that of the contents")

	functions := map[string]bool{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				functions[linkName(f)] = true
			}
		}
	}
	const prefix = "github.com/sightline-sec/sightline/core/indicator."
	named, known := 0, 0
	for line := range strings.Lines(string(raw)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), prefix)
		if !ok {
			continue
		}
		named++
		if name, _, _ = strings.Cut(name, ".func"); functions[name] {
			known++
		}
	}
	require.Positive(t, named)
	assert.GreaterOrEqual(t, known*10, named*9, "%d of %d functions that the profile names are there", known, named)
}

// linkName is what the linker calls a function within its package.
func linkName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	switch kind := f.Recv.List[0].Type.(type) {
	case *ast.StarExpr:
		return "(*" + kind.X.(*ast.Ident).Name + ")." + f.Name.Name
	case *ast.Ident:
		return kind.Name + "." + f.Name.Name
	}
	return ""
}
