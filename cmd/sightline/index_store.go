package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/indexstore"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/lookup"
)

// statesFile says how far the filling has come, beside the index in its folder.
const statesFile = "states.json"

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

// folder is that of the index, "" when there is nowhere to put one.
func (p indexPlace) folder(env environment) string {
	if p.Index != "" {
		return p.Index
	}
	if data := dataFolder(env); data != "" {
		return filepath.Join(data, "sightline", "index")
	}
	return ""
}

// stored is the index in its folder, which no other program writes meanwhile, with
// the use cases over it.
type stored struct {
	*indexstore.Store
	dir  string
	uses *app.App
}

// open opens the index for writing.
func (p indexPlace) open(env environment, uses *app.App) (stored, error) {
	dir := p.folder(env)
	if dir == "" {
		return stored{}, usageError("there is no home folder; say where with --index DIR")
	}
	store, damage, err := indexstore.Open(dir)
	if err != nil {
		return stored{}, err
	}
	say(env, uses.UseIndex(store.Index, damage, readStates(dir)))
	return stored{store, dir, uses}, nil
}

// read opens the index for reading, if there is one.
func (p indexPlace) read(env environment, uses *app.App) error {
	dir := p.folder(env)
	if dir == "" {
		return nil
	}
	states := readStates(dir) // first: they may know less than the index, not more
	x, damage, err := indexstore.Read(dir)
	if err != nil {
		return err
	}
	say(env, uses.UseIndex(x, damage, states))
	return nil
}

func say(env environment, words string) {
	if words != "" {
		fmt.Fprintln(env.stderr, "sightline:", words)
	}
}

// readStates returns what is stored of the fills. States that cannot be read are as
// none: their profiles are fetched anew.
func readStates(dir string) []lookup.FillState {
	data, err := os.ReadFile(filepath.Join(dir, statesFile))
	if err != nil {
		return nil
	}
	var (
		texts  []string
		states []lookup.FillState
	)
	if json.Unmarshal(data, &texts) != nil {
		return nil
	}
	for _, text := range texts {
		if state, ok := lookup.ParseFillState(text); ok {
			states = append(states, state)
		}
	}
	return states
}

// save makes the index durable, and then how far it was filled: whatever it is cut
// between, that is at most less than the index has.
func (s stored) save() error {
	states, err := s.uses.CommitIndex(s.Commit)
	if err != nil {
		return err
	}
	texts := make([]string, 0, len(states))
	for i := range states {
		texts = append(texts, states[i].String())
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	return s.write(data)
}

func (s stored) write(data []byte) error {
	path := filepath.Join(s.dir, statesFile)
	f, err := os.CreateTemp(s.dir, statesFile+"-*.unready") // swept when the folder is opened
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		if removed := os.Remove(f.Name()); !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, removed)
		}
		return fmt.Errorf("index: %w", err)
	}
	return syncFolder(s.dir)
}
