package profile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Source says where a secret is: "env:NAME" in an environment variable, "file:PATH" in
// a file that its owner alone can read, "keyring" in the system's keyring. Nothing else
// is a Source, so that a secret written in its place is refused, unquoted.
type Source string

// Keyring is the Source of a secret in the system's keyring.
const Keyring Source = "keyring"

const (
	inEnvironment = "env:"
	inFile        = "file:"

	// maxSecret is the longest secret in bytes: a JWT has a few thousand.
	maxSecret = 64 << 10
)

func (s Source) check() error {
	name, isEnv := strings.CutPrefix(string(s), inEnvironment)
	path, isFile := strings.CutPrefix(string(s), inFile)
	switch {
	case s == Keyring, isEnv && name != "" && !strings.ContainsAny(name, "= \t\r\n"):
		return nil
	case isFile && (filepath.IsAbs(path) || strings.HasPrefix(path, "~/")):
		return nil
	case isFile:
		return errors.New("write the file's whole path, beginning with / or ~/")
	case s == "":
		return errors.New("is missing: say where it is, env:NAME, file:PATH or keyring")
	}
	return errors.New("say where it is, env:NAME, file:PATH or keyring; a secret itself does not belong here")
}

// String is safe to show, also of something that is no Source.
func (s Source) String() string {
	if s.check() != nil {
		return "[hidden]"
	}
	return string(s)
}

// Secrets fetches secrets.
type Secrets struct {
	Getenv func(string) string
	// Ring is the keyring; nil means the system's.
	Ring Ring
}

// Keys are a profile's secrets.
type Keys struct{ Key, Secret string }

// Resolve fetches the secrets of a profile.
func (s Secrets) Resolve(p Profile) (Keys, error) {
	var keys Keys
	for field, into := range map[string]*string{"key": &keys.Key, "secret": &keys.Secret} {
		source, ok := p.sources()[field]
		if !ok {
			continue
		}
		value, err := s.fetch(p.Name, field, source)
		if err != nil {
			return Keys{}, fmt.Errorf("profile %s: %s: %w", p.Name, field, err)
		}
		*into = value
	}
	return keys, nil
}

func (s Secrets) fetch(name, field string, source Source) (string, error) {
	if err := source.check(); err != nil {
		return "", err
	}
	if variable, ok := strings.CutPrefix(string(source), inEnvironment); ok {
		value := strings.TrimSpace(s.Getenv(variable))
		if value == "" {
			return "", fmt.Errorf("the environment has no %s", variable)
		}
		return value, nil
	}
	if path, ok := strings.CutPrefix(string(source), inFile); ok {
		if rest, ok := strings.CutPrefix(path, "~/"); ok {
			home := s.Getenv("HOME")
			if home == "" {
				return "", errors.New("there is no home folder for ~/")
			}
			path = filepath.Join(home, rest)
		}
		return readSecret(path)
	}
	value, err := s.ring().Get(account(name, field))
	if err != nil {
		return "", ringError(err, "")
	}
	return value, nil
}

// readSecret reads a file that others must not be able to read.
func readSecret(path string) (string, error) {
	if info, err := os.Stat(path); err != nil {
		return "", err
	} else if !info.Mode().IsRegular() { // opening a pipe may wait for ever
		return "", fmt.Errorf("%s is not a file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat() // of what was opened, whatever the path is by now
	if err != nil {
		return "", err
	}
	// Windows has no such bits: who may read there is in lists that Go does not show.
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return "", fmt.Errorf("%s is not used, because other users of this machine can read it (mode %04o): chmod 600 %s, and think of a new key", path, mode, path)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", err
	}
	value := strings.TrimSpace(string(data))
	switch {
	case len(data) > maxSecret:
		return "", fmt.Errorf("%s is too large to be a secret", path)
	case value == "":
		return "", fmt.Errorf("%s is empty", path)
	case strings.ContainsAny(value, "\r\n"):
		return "", fmt.Errorf("%s has more than one line: it must hold the secret alone", path)
	}
	return value, nil
}
