// Command leanjson makes easyjson's runtime small enough for the browser.
//
// easyjson's packages jlexer, jwriter and buffer import fmt, net and encoding/json
// for error texts, one loop and one check of syntax: 60 KB of gzipped wasm with what
// hangs on them. This command copies the pinned module, whose checksum go.sum holds,
// replaces exactly those lines, and fails when it does not find them as they were.
// It prints the path of a go.mod that builds with the copy:
//
//	GOOS=js GOARCH=wasm go build -modfile="$(go run ./scripts/leanjson)" ./wasm/extension
//
// Native programs are built with the module as it is. scripts/test-wasm runs the
// tests with the copy.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

const (
	module = "github.com/mailru/easyjson"
	// out is where everything goes, relative to the root of our module.
	out = ".cache/leanjson"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("leanjson: ")
	modfile, err := run()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(modfile)
}

// run works in the root of our module and returns the go.mod's path.
func run() (string, error) {
	dir, err := source()
	if err != nil {
		return "", err
	}
	files, err := lean(os.DirFS(dir))
	if err != nil {
		return "", err
	}
	for name, text := range files {
		if err := write(path.Join(out, "easyjson", name), text); err != nil {
			return "", err
		}
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return "", err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return "", err
	}
	mod = fmt.Appendf(mod, "\nreplace %s => ./%s/easyjson\n", module, out)
	if err := write(out+"/go.sum", sum); err != nil {
		return "", err
	}
	return out + "/go.mod", write(out+"/go.mod", mod)
}

// source returns the folder of the pinned module, in the module cache once it was downloaded.
func source() (string, error) {
	download := exec.Command("go", "mod", "download", "-json", module)
	download.Stderr = os.Stderr
	text, err := download.Output()
	if err != nil {
		return "", fmt.Errorf("go mod download %s: %w", module, err)
	}
	var found struct{ Dir string }
	if err := json.Unmarshal(text, &found); err != nil {
		return "", err
	}
	return found.Dir, nil
}

// write leaves a file alone that is right already, so that builds side by side do
// not pull it from under each other.
func write(name string, text []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, text) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	temporary := fmt.Sprintf("%s.%d", strings.TrimSuffix(name, ".go"), os.Getpid())
	if err := os.WriteFile(temporary, text, 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, name)
}
