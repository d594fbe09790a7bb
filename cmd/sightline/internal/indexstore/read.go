package indexstore

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// readings is how often a folder is read that another process writes at the time.
const readings = 5

// Read returns the index in a folder as it is now, while another process may write
// there; an empty one where there is none. It changes nothing.
func Read(dir string) (x *index.Index, damage *index.Damage, err error) {
	path := filepath.Join(dir, manifest)
	for range readings {
		before, err := readFile(path)
		if err != nil {
			return nil, nil, err
		}
		x, damage = index.Open(before, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) })
		after, err := readFile(path)
		if err != nil {
			return nil, nil, err
		}
		// A segment is removed after the manifest that does not name it is there.
		if damage == nil || bytes.Equal(before, after) {
			break
		}
	}
	return x, damage, nil
}

// readFile is nil for a file that is not there.
func readFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
