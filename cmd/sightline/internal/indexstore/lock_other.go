//go:build !unix

package indexstore

import (
	"os"
	"path/filepath"
)

// lockFolder does not keep other processes out: the standard library has no lock that
// ends with its process here.
func lockFolder(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
}

// unlockFolder gives the folder back.
func unlockFolder(f *os.File) error { return f.Close() }
