// Package indexstore keeps an index of core/lookup/index in a folder.
//
// The folder belongs to the user alone (0700, files 0600) and holds the manifest and one
// file a segment. A commit writes new segments under names of their own, makes them
// durable, and then replaces the manifest by renaming: whenever the program or the
// machine stops, the folder holds the last commit whole. Files that no manifest names are
// removed when the folder is opened. Nothing is encrypted: who may read the user's files
// may read what the platforms say of cases. One process at a time uses a folder; a lock
// sees to it.
package indexstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

const (
	manifest = "manifest"
	unready  = ".unready" // ends the name of a file that is being written
)

// Store is an index with the folder that holds it. It is for one goroutine at a time.
type Store struct {
	Index *index.Index
	dir   string
	lock  *os.File
}

// InUseError says that another process uses the folder.
type InUseError struct{ Dir string }

// Error implements error.
func (e *InUseError) Error() string {
	return fmt.Sprintf("the index in %s is in use by another sightline: wait until it has ended", e.Dir)
}

// Open opens the index in a folder, which is made if it is not there. Damage is what of
// it was refused: the index lacks that, see [index.Open]; nil if it is whole.
func Open(dir string) (*Store, *index.Damage, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, nil, err
	}
	s := &Store{dir: dir, lock: lock}
	list, err := os.ReadFile(s.path(manifest))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errors.Join(err, unlockFolder(lock))
	}
	var damage *index.Damage
	named := map[string]bool{}
	s.Index, damage = index.Open(list, func(name string) ([]byte, error) {
		named[name] = true
		return os.ReadFile(s.path(name))
	})
	if damage == nil { // what is damaged stays until a commit, for somebody to look at
		err = s.sweep(named)
	}
	if err != nil {
		return nil, nil, errors.Join(err, unlockFolder(lock))
	}
	return s, damage, nil
}

// sweep removes what an interrupted commit has left.
func (s *Store) sweep(named map[string]bool) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasSuffix(name, unready) || strings.HasPrefix(name, "segment-") && !named[name] {
			err = errors.Join(err, os.Remove(s.path(name)))
		}
	}
	return err
}

// Commit makes the index durable as it is. When it has failed the folder holds the last
// commit or this one, and Commit may be tried again.
func (s *Store) Commit() error {
	changes := s.Index.Changes()
	if changes.Manifest == nil {
		return nil
	}
	for _, segment := range changes.Written {
		if err := s.write(segment.Name, segment.Data); err != nil {
			return err
		}
	}
	if len(changes.Written) > 0 {
		if err := syncFolder(s.dir); err != nil {
			return err
		}
	}
	if err := s.write(manifest, changes.Manifest); err != nil {
		return err
	}
	if err := syncFolder(s.dir); err != nil {
		return err
	}
	s.Index.Committed(changes)
	for _, name := range changes.Deleted {
		if err := os.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close gives the folder back. What was not committed is lost.
func (s *Store) Close() error { return unlockFolder(s.lock) }

// Clear removes all that the folder holds of the index, and empties the index.
func (s *Store) Clear() error {
	s.Index = index.New()
	err := os.Remove(s.path(manifest)) // first: what it names must be there
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, s.sweep(nil), syncFolder(s.dir))
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// write makes a file with the content, or replaces it whole, durably but for its name.
func (s *Store) write(name string, data []byte) error {
	path := s.path(name + unready)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(path, s.path(name))
}

// syncFolder makes names durable. Windows cannot do it, and does it by itself.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
