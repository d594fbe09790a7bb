package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/lookup"
)

// indexStore is a folder with the index: its segments, the manifest that lists them,
// and how far the filling has come.
type indexStore struct {
	dir    string
	unlock func() error
}

const (
	manifestFile  = "manifest"
	statesFile    = "states.json"
	segmentPrefix = "segment-"
)

// dataFolder is where a user's programs keep their data: $XDG_DATA_HOME, else
// ~/.local/share; on Windows and macOS the folder for settings. "" when there is none.
func dataFolder(env environment) string {
	if dir := env.getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, _ := os.UserConfigDir() // "" when there is none
		return dir
	}
	if home := env.getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share")
	}
	return ""
}

// indexFolder is the folder of the index, "" when there is nowhere to put one.
func indexFolder(env environment, given string) string {
	if given != "" {
		return given
	}
	if data := dataFolder(env); data != "" {
		return filepath.Join(data, "sightline", "index")
	}
	return ""
}

// openIndexStore makes the folder where it is missing, readable by its owner alone,
// and locks it: two programs must not write into one index.
func openIndexStore(env environment, given string) (indexStore, error) {
	dir := indexFolder(env, given)
	if dir == "" {
		return indexStore{}, usageError("there is no home folder; say where with --index DIR")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return indexStore{}, fmt.Errorf("index: %w", err)
	}
	unlock, err := lockFolder(dir)
	if err != nil {
		return indexStore{}, fmt.Errorf("index: %s is in use by another program", dir)
	}
	return indexStore{dir, unlock}, nil
}

// load puts what is stored into the use cases. The words say what was damaged. A
// manifest that was replaced while the segments were read is read again with them.
func (s indexStore) load(uses *app.App) (string, error) {
	manifest, err := s.read(manifestFile)
	for range 5 {
		if err != nil {
			return "", err
		}
		if err := s.loadSegments(uses); err != nil {
			return "", err
		}
		before := manifest
		if manifest, err = s.read(manifestFile); bytes.Equal(before, manifest) {
			break
		}
	}
	stored, err := s.read(statesFile)
	if err != nil {
		return "", err
	}
	var (
		texts  []string
		states []lookup.FillState
	)
	if len(stored) > 0 {
		_ = json.Unmarshal(stored, &texts) // states that cannot be read are as none
	}
	for _, text := range texts {
		if state, ok := lookup.ParseFillState(text); ok {
			states = append(states, state)
		}
	}
	return uses.OpenIndex(manifest, states), nil
}

func (s indexStore) loadSegments(uses *app.App) error {
	names, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("index: %w", err)
	}
	for _, name := range names {
		if !strings.HasPrefix(name.Name(), segmentPrefix) {
			continue
		}
		data, err := s.read(name.Name())
		if err != nil {
			return err
		}
		uses.LoadSegment(name.Name(), data)
	}
	return nil
}

func (s indexStore) read(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return data, nil
}

// save stores what has changed, each step on the disk before the next: segments, the
// manifest, the states, and what is no more. Whatever it is cut between, the index is
// whole, and the states know at most less than it has.
func (s indexStore) save(uses *app.App) error {
	changes := uses.IndexChanges()
	for _, segment := range changes.Written {
		if err := s.write(segment.Name, segment.Data); err != nil {
			return err
		}
	}
	if changes.Manifest != nil {
		if err := s.write(manifestFile, changes.Manifest); err != nil {
			return err
		}
	}
	texts := make([]string, 0, len(changes.States))
	for i := range changes.States {
		texts = append(texts, changes.States[i].String())
	}
	states, err := json.Marshal(texts)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := s.write(statesFile, states); err != nil {
		return err
	}
	for _, name := range changes.Deleted {
		if err := os.Remove(filepath.Join(s.dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("index: %w", err)
		}
	}
	uses.CommittedIndex(changes.Stamp)
	return nil
}

func (s indexStore) write(name string, data []byte) error {
	f, err := os.CreateTemp(s.dir, "new-*")
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := os.Rename(f.Name(), filepath.Join(s.dir, name)); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return syncFolder(s.dir)
}

// close lets other programs in.
func (s indexStore) close() {
	if s.unlock != nil {
		_ = s.unlock() // the end of the program unlocks it too
	}
}

// loadIndex loads the index for reading, if there is one.
func loadIndex(env environment, dir string, uses *app.App) error {
	folder := indexFolder(env, dir)
	if folder == "" {
		return nil
	}
	damage, err := indexStore{dir: folder}.load(uses)
	if damage != "" {
		fmt.Fprintln(env.stderr, "sightline:", damage)
	}
	return err
}
