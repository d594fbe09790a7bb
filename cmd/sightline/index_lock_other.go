//go:build !unix

package main

import (
	"os"
	"path/filepath"
)

// lockFolder keeps other programs out of a folder until unlock. A file that is open
// cannot be removed here: what a program that died has left is taken away.
func lockFolder(dir string) (unlock func() error, err error) {
	path := filepath.Join(dir, "lock")
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return f.Close, nil
}
