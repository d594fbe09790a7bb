// Command pack makes dist/sightline-chromium.zip and dist/sightline-firefox.zip of
// the folder extension/.
//
//	go run ./scripts/pack [-version 1.2.3]
//
// The same files give the same bytes: entries are sorted and carry no time. Tests
// and type declarations stay out; the manifest's version, 0.0.0 in the tree, is
// stamped, and what only the other browser knows is left out of it: each browser's
// reviewers are warned of keys that are not theirs. It fails when the manifest names a
// file that is absent.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	version := flag.String("version", "0.0.0", "version to stamp into the manifest")
	source := flag.String("source", "extension", "folder to pack")
	target := flag.String("out", "dist", "folder to write to")
	flag.Parse()
	if err := run(*source, *target, *version); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(source, target, version string) error {
	names, err := collect(source)
	if err != nil {
		return err
	}
	if err := checkManifest(source, names); err != nil {
		return err
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	for _, browser := range browsers {
		var archive bytes.Buffer
		if err := write(&archive, source, names, version, browser); err != nil {
			return err
		}
		file := filepath.Join(target, "sightline-"+browser.name+".zip")
		if err := os.WriteFile(file, archive.Bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d files, %d bytes\n", file, len(names), archive.Len())
	}
	return nil
}

// collect lists what ships, sorted.
func collect(source string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		if ships(filepath.ToSlash(name)) {
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

func ships(name string) bool {
	return !strings.HasSuffix(name, ".test.js") && !strings.HasPrefix(name, "types/") &&
		!strings.HasSuffix(name, ".d.ts") && !strings.HasPrefix(filepath.Base(name), ".") && !strings.HasSuffix(name, ".md")
}

// manifest is the part of manifest.json that names files.
type manifest struct {
	Background struct {
		ServiceWorker string   `json:"service_worker"`
		Scripts       []string `json:"scripts"`
	} `json:"background"`
	Action struct {
		DefaultPopup string `json:"default_popup"`
	} `json:"action"`
	SidePanel struct {
		DefaultPath string `json:"default_path"`
	} `json:"side_panel"`
	SidebarAction struct {
		DefaultPanel string `json:"default_panel"`
	} `json:"sidebar_action"`
	OptionsUI struct {
		Page string `json:"page"`
	} `json:"options_ui"`
	Icons map[string]string `json:"icons"`
}

func checkManifest(source string, names []string) error {
	data, err := os.ReadFile(filepath.Join(source, "manifest.json"))
	if err != nil {
		return err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("manifest.json: %w", err)
	}
	named := append([]string{m.Background.ServiceWorker, m.Action.DefaultPopup, m.SidePanel.DefaultPath, m.SidebarAction.DefaultPanel, m.OptionsUI.Page, "wasm/core.wasm", "wasm/wasm_exec.js"}, m.Background.Scripts...)
	for _, icon := range m.Icons {
		named = append(named, icon)
	}
	for _, name := range named {
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "/"), "#")
		if name != "" && !slices.Contains(names, name) {
			return fmt.Errorf("the manifest needs %s, which is absent (run make wasm?)", name)
		}
	}
	return nil
}

func write(out io.Writer, source string, names []string, version string, browser browser) error {
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if name == "manifest.json" {
			if data, err = browser.manifest(data, version); err != nil {
				return fmt.Errorf("manifest.json: %w", err)
			}
		}
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := entry.Write(data); err != nil {
			return err
		}
	}
	return archive.Close()
}
