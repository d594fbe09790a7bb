package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/report"
)

// outbox is a folder with a file for each submission. Two programs over one folder
// may send the same item twice; under the same id that is filed once.
type outbox struct{ dir string }

const itemSuffix = ".item.json"

// openOutbox makes the folder where it is missing, readable by its owner alone.
func openOutbox(dir string, env environment) (outbox, error) {
	if dir == "" {
		state, err := stateFolder(env)
		if err != nil {
			return outbox{}, fmt.Errorf("outbox: %w", err)
		}
		dir = filepath.Join(state, "sightline", "outbox")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return outbox{}, fmt.Errorf("outbox: %w", err)
	}
	return outbox{dir}, nil
}

// stateFolder is where a user's programs keep what must last: $XDG_STATE_HOME,
// else ~/.local/state; on Windows and macOS the folder for settings.
func stateFolder(env environment) (string, error) {
	if dir := env.getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return os.UserConfigDir()
	}
	home := env.getenv("HOME")
	if home == "" {
		return "", errors.New("there is no home folder; give --outbox")
	}
	return filepath.Join(home, ".local", "state"), nil
}

// put stores an item. When it returns, the item is on the disk.
func (o outbox) put(item report.Item) error {
	var w jwriter.Writer
	item.MarshalEasyJSON(&w)
	data, err := w.BuildBytes()
	if err != nil {
		return fmt.Errorf("outbox: encode: %w", err)
	}
	f, err := os.CreateTemp(o.dir, "new-*")
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	if err := os.Rename(f.Name(), filepath.Join(o.dir, item.ID+itemSuffix)); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return syncFolder(o.dir)
}

// syncFolder makes a rename last. Windows cannot do it, and does it by itself.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// all returns the items, oldest first.
func (o outbox) all() ([]report.Item, error) {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	var items []report.Item
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), itemSuffix) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(o.dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("outbox: %w", err)
		}
		var item report.Item
		lexer := jlexer.Lexer{Data: data}
		item.UnmarshalEasyJSON(&lexer)
		if err := lexer.Error(); err != nil {
			return nil, fmt.Errorf("outbox: %s cannot be read: %w", entry.Name(), err)
		}
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b report.Item) int { return int(a.CreatedAt - b.CreatedAt) })
	return items, nil
}
