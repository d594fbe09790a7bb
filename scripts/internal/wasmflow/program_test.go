package wasmflow

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// parsed is a program: its functions, their bodies and the code section.
type parsed struct {
	Functions
	bodies [][]byte
	code   []byte
}

// built is a program of Go with its name section, built once.
var built = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "wasmflow-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-w", "-o", out, "../leanwasm/testdata/program")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if message, err := build.CombinedOutput(); err != nil {
		return message, err
	}
	return os.ReadFile(out)
})

func program(t *testing.T) parsed {
	t.Helper()
	b, err := built()
	require.NoError(t, err, "%s", b)
	p := parsed{Functions: Functions{Counter: 0x1000}}
	names := map[int]string{}
	b = b[8:]
	number := func(b *[]byte) int {
		n, size := binary.Uvarint(*b)
		require.Positive(t, size)
		*b = (*b)[size:]
		return int(n)
	}
	take := func(b *[]byte) []byte {
		n := number(b)
		taken := (*b)[:n]
		*b = (*b)[n:]
		return taken
	}
	for len(b) > 0 {
		id := b[0]
		b = b[1:]
		section := take(&b)
		switch id {
		case 2:
			p.Imported = number(&section)
		case 10:
			p.code = section
			for range number(&section) {
				p.bodies = append(p.bodies, take(&section))
			}
		case 0:
			if string(take(&section)) != "name" {
				continue
			}
			for len(section) > 0 {
				kind := section[0]
				section = section[1:]
				list := take(&section)
				for range number(&list) * (2 - min(int(kind), 2)) { // 1: the functions
					i := number(&list)
					names[i] = string(take(&list))
				}
			}
		}
	}
	for i := range p.bodies {
		p.Names = append(p.Names, names[p.Imported+i])
	}
	return p
}
