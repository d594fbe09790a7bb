package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// maxFile is the largest file that is read, in bytes.
const maxFile = 1 << 20

// File is the profiles with the path where they are kept.
type File struct {
	Path     string
	Profiles []Profile
}

// stored is the file's content.
type stored struct {
	Profiles []Profile `json:"profiles"`
}

// DefaultPath is $XDG_CONFIG_HOME/sightline/config.json, else the same below ~/.config;
// on Windows and macOS below the folder for settings. It is "" where there is no home.
func DefaultPath(getenv func(string) string) string {
	dir := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) { // the XDG specification ignores relative ones
		switch home := getenv("HOME"); {
		case runtime.GOOS == "windows" || runtime.GOOS == "darwin":
			var err error
			if dir, err = os.UserConfigDir(); err != nil {
				return ""
			}
		case home == "":
			return ""
		default:
			dir = filepath.Join(home, ".config")
		}
	}
	return filepath.Join(dir, "sightline", "config.json")
}

// Open reads a file. One that is not there has no profiles.
func Open(path string) (File, error) {
	file := File{Path: path}
	if path == "" {
		return file, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	if err != nil {
		return file, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return file, err
	}
	// Whoever writes there decides which host gets the secrets.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0 {
		return file, fmt.Errorf("%s can be changed by everybody on this machine, and it says who gets your keys: chmod 600 %s", path, path)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return file, err
	}
	if file.Profiles, err = parse(data); err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

func parse(data []byte) ([]Profile, error) {
	if len(data) > maxFile {
		return nil, errors.New("is too large to be a file of profiles")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var whole stored
	if err := decoder.Decode(&whole); err != nil {
		// Its words may quote a value, and somebody may have put a secret there.
		if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return nil, fmt.Errorf("has a field that is not known: %s", field)
		}
		return nil, fmt.Errorf("cannot be read as profiles, at byte %d", decoder.InputOffset())
	}
	if decoder.More() {
		return nil, fmt.Errorf("has more than profiles, at byte %d", decoder.InputOffset())
	}
	seen := map[string]bool{}
	for _, p := range whole.Profiles {
		if err := p.Check(); err != nil {
			return nil, err
		}
		if seen[p.Name] {
			return nil, fmt.Errorf("has two profiles %s", p.Name)
		}
		seen[p.Name] = true
	}
	return whole.Profiles, nil
}

// Find returns the profile of a name.
func (f File) Find(name string) (Profile, error) {
	var names []string
	for _, p := range f.Profiles {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	switch {
	case f.Path == "":
		return Profile{}, fmt.Errorf("there is no profile %s: no home folder, so give --config FILE", name)
	case len(names) == 0:
		return Profile{}, fmt.Errorf("there is no profile %s, nor any other in %s: sightline profile add makes one", name, f.Path)
	}
	return Profile{}, fmt.Errorf("there is no profile %s in %s: it has %s", name, f.Path, strings.Join(names, ", "))
}

// Default returns the profile of a platform that is used when none is named: the only
// one, or the one that is marked. It fails when there are several and none is marked.
func (f File) Default(platform string) (Profile, bool, error) {
	var names []string
	var only Profile
	for _, p := range f.Profiles {
		if p.Platform != platform {
			continue
		}
		if p.Default {
			return p, true, nil
		}
		only = p
		names = append(names, p.Name)
	}
	if len(names) > 1 {
		return Profile{}, false, fmt.Errorf("there are several profiles for %s: choose with --profile among %s", Title(platform), strings.Join(names, ", "))
	}
	return only, len(names) == 1, nil
}

// Add stores a profile. One of the same name is replaced if replace says so. A new
// default takes the mark from the old one.
func (f *File) Add(p Profile, replace bool) error {
	if err := p.Check(); err != nil {
		return err
	}
	profiles := slices.Clone(f.Profiles)
	at := slices.IndexFunc(profiles, func(old Profile) bool { return old.Name == p.Name })
	switch {
	case at >= 0 && !replace:
		return fmt.Errorf("there is a profile %s already: --replace replaces it", p.Name)
	case at >= 0:
		profiles[at] = p
	default:
		profiles = append(profiles, p)
	}
	for i := range profiles {
		if p.Default && profiles[i].Platform == p.Platform && profiles[i].Name != p.Name {
			profiles[i].Default = false
		}
	}
	return f.save(profiles)
}

// Remove takes a profile away and returns it.
func (f *File) Remove(name string) (Profile, error) {
	p, err := f.Find(name)
	if err != nil {
		return p, err
	}
	return p, f.save(slices.DeleteFunc(slices.Clone(f.Profiles), func(old Profile) bool { return old.Name == name }))
}

// save writes the file whole or not at all.
func (f *File) save(profiles []Profile) error {
	if f.Path == "" {
		return errors.New("there is no home folder to keep profiles in: give --config FILE")
	}
	data, err := json.MarshalIndent(stored{profiles}, "", "  ")
	if err != nil {
		return err
	}
	dir := filepath.Dir(f.Path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	made, err := os.CreateTemp(dir, ".config-*") // for its owner alone
	if err != nil {
		return err
	}
	defer os.Remove(made.Name()) // after the rename there is nothing to remove
	_, err = made.Write(append(data, '\n'))
	if err = errors.Join(err, made.Sync(), made.Close()); err != nil {
		return err
	}
	if err := os.Rename(made.Name(), f.Path); err != nil {
		return err
	}
	f.Profiles = profiles
	return nil
}
