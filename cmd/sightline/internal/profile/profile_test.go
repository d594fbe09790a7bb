package profile

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const canary = "canary-5e0c1a77"

func soc() Profile {
	return Profile{Name: "soc", Platform: StellarCyber, URL: "https://stellar.example", User: "ana", Key: "env:SOC_KEY"}
}

// memory is a keyring in memory. A fault makes every call fail.
type memory struct {
	kept  map[string]string
	fault error
}

func (m *memory) Get(account string) (string, error) {
	if secret, ok := m.kept[account]; ok || m.fault != nil {
		return secret, m.fault
	}
	return "", ErrNoSecret
}

func (m *memory) Set(account, secret string) error {
	if m.fault != nil {
		return errors.Join(m.fault, errors.New("while keeping "+secret))
	}
	m.kept[account] = secret
	return nil
}

func (m *memory) Delete(account string) error {
	if _, ok := m.kept[account]; !ok && m.fault == nil {
		return ErrNoSecret
	}
	delete(m.kept, account)
	return m.fault
}

func TestCheck(t *testing.T) {
	t.Parallel()
	require.NoError(t, soc().Check())
	for words, change := range map[string]func(*Profile){
		"name":                  func(p *Profile) { p.Name = "a b" },
		"name is":               func(p *Profile) { p.Name = "-x" },
		"profile's name":        func(p *Profile) { p.Name = "" },
		"platform":              func(p *Profile) { p.Platform = "misp" },
		"url is missing":        func(p *Profile) { p.URL = "" },
		"user name or password": func(p *Profile) { p.URL = "https://ana:" + canary + "@stellar.example" },
		"TruSTAR's alone":       func(p *Profile) { p.Secret = "env:X" },
		"Threat Stack's alone":  func(p *Profile) { p.Organization = "x" },
		"secret is missing":     func(p *Profile) { p.Platform, p.User = TruSTAR, "" },
		"not TruSTAR's":         func(p *Profile) { p.Platform, p.Secret = TruSTAR, "env:X" },
		"needs user":            func(p *Profile) { p.Platform, p.APIVersion = ThreatStack, "2" },
		"is 1 or 2":             func(p *Profile) { p.Platform, p.APIVersion = ThreatStack, "3" },
		"say where it is":       func(p *Profile) { p.Key = "" },
		"does not belong here":  func(p *Profile) { p.Key = canary },
		"a secret itself":       func(p *Profile) { p.Key = "env:has blank " + canary },
		"whole path":            func(p *Profile) { p.Key = "file:keys/x" },
	} {
		p := soc()
		change(&p)
		err := p.Check()
		require.Error(t, err, words)
		assert.Contains(t, err.Error(), words)
		assert.NotContains(t, err.Error(), canary)
		assert.NotContains(t, p.Key.String(), canary)
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "config.json")
	file, err := Open(path)
	require.NoError(t, err)
	assert.Empty(t, file.Profiles)
	_, ok, err := file.Default(StellarCyber)
	require.NoError(t, err)
	assert.False(t, ok)
	_, err = file.Find("soc")
	assert.ErrorContains(t, err, "sightline profile add")

	require.NoError(t, file.Add(soc(), false))
	require.Error(t, file.Add(soc(), false))
	lab := soc()
	lab.Name, lab.Key = "lab", Keyring
	require.NoError(t, file.Add(lab, false))
	_, _, err = file.Default(StellarCyber)
	require.ErrorContains(t, err, "soc, lab")
	lab.Default = true
	require.NoError(t, file.Add(lab, true))
	first := soc()
	first.Default = true
	require.NoError(t, file.Add(first, true))

	again, err := Open(path)
	require.NoError(t, err)
	assert.Equal(t, file, again)
	p, ok, err := again.Default(StellarCyber)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, first, p, "the mark goes to the last that asks for it")
	assert.False(t, again.Profiles[1].Default)
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		require.NoError(t, os.Chmod(path, 0o666))
		_, err = Open(path)
		require.ErrorContains(t, err, "chmod")
		require.NoError(t, os.Chmod(path, 0o644))
	}
	removed, err := again.Remove("soc")
	require.NoError(t, err)
	assert.Equal(t, first, removed)
	_, err = again.Remove("soc")
	require.Error(t, err)
	again, err = Open(path)
	require.NoError(t, err)
	require.Len(t, again.Profiles, 1)
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing half-written stays")
}

// What somebody wrote into the file by mistake is not repeated.
func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"secret in clear": `{"profiles":[{"name":"a","platform":"threatstack","key":"` + canary + `"}]}`,
		"unknown field":   `{"profiles":[{"name":"a","platform":"threatstack","apiKey":"` + canary + `"}]}`,
		"wrong type":      `{"profiles":[{"name":"a","platform":"threatstack","key":{"` + canary + `":1}}]}`,
		"not JSON":        `{"profiles":[{"key":"` + canary + `}]`,
		"more":            `{"profiles":[]}{"key":"` + canary + `"}`,
		"twice":           `{"profiles":[{"name":"a","platform":"threatstack","key":"env:A"},{"name":"a","platform":"threatstack","key":"env:A"}]}`,
		"empty":           ``,
		"too large":       strings.Repeat(" ", maxFile) + `{}`,
	} {
		path := filepath.Join(t.TempDir(), "config.json")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := Open(path)
		require.ErrorContains(t, err, path, name)
		assert.NotContains(t, err.Error(), canary, name)
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	put := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(home, name)
		require.NoError(t, os.WriteFile(path, []byte(text), mode))
		require.NoError(t, os.Chmod(path, mode))
		return path
	}
	put("mine", canary+"\n", 0o600)
	put("theirs", canary, 0o644)
	put("group", canary, 0o640)
	put("empty", "\n", 0o600)
	put("long", strings.Repeat("x", maxSecret+1), 0o600)
	put("lines", canary+"\n"+canary, 0o600)
	ring := &memory{kept: map[string]string{}}
	secrets := Secrets{Ring: ring, Getenv: func(name string) string {
		return map[string]string{"HOME": home, "SOC_KEY": canary, "BLANK": " "}[name]
	}}
	resolve := func(source Source) (string, error) {
		p := soc()
		p.Key = source
		keys, err := secrets.Resolve(p)
		return keys.Key, err
	}
	for _, good := range []Source{"env:SOC_KEY", "file:~/mine", Source("file:" + filepath.Join(home, "mine"))} {
		key, err := resolve(good)
		require.NoError(t, err, good)
		assert.Equal(t, canary, key)
	}
	bad := map[Source]string{
		"env:BLANK": "no BLANK", "env:NONE": "no NONE", "file:~/none": "none", "file:~/empty": "empty", "file:~/long": "too large",
		"file:~/lines": "more than one line", Source("file:" + home): "not a file", Keyring: "--replace", canary: "env:NAME",
	}
	if runtime.GOOS != "windows" {
		bad["file:~/theirs"], bad["file:~/group"] = "can read it (mode 0644): chmod 600", "(mode 0640)"
	}
	for source, words := range bad {
		_, err := resolve(source)
		require.ErrorContains(t, err, words)
		assert.ErrorContains(t, err, "profile soc: key: ")
		assert.NotContains(t, err.Error(), canary)
	}
}

func TestKeyring(t *testing.T) {
	t.Parallel()
	ring := &memory{kept: map[string]string{}}
	secrets := Secrets{Ring: ring, Getenv: func(string) string { return "" }}
	station := Profile{Name: "station", Platform: TruSTAR, URL: "https://station.example", Key: Keyring, Secret: Keyring}
	require.NoError(t, secrets.Keep(station, Keys{"the key", "the secret"}))
	assert.Equal(t, map[string]string{"station/key": "the key", "station/secret": "the secret"}, ring.kept)
	keys, err := secrets.Resolve(station)
	require.NoError(t, err)
	assert.Equal(t, Keys{"the key", "the secret"}, keys)
	require.NoError(t, secrets.Keep(soc(), Keys{Key: canary}), "a key from elsewhere is not put there")
	assert.Len(t, ring.kept, 2)
	require.NoError(t, secrets.Forget(station))
	assert.Empty(t, ring.kept)
	require.NoError(t, secrets.Forget(station))

	ring.fault = errors.New("the collection is locked")
	_, err = secrets.Resolve(station)
	for _, err := range []error{err, secrets.Keep(station, Keys{canary, canary}), secrets.Forget(station)} {
		require.ErrorContains(t, err, "is locked")
		assert.ErrorContains(t, err, "env:NAME")
		assert.ErrorContains(t, err, "file:PATH")
		assert.NotContains(t, err.Error(), canary)
	}
}

func TestDefaultPath(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the folder for settings is the system's")
	}
	at := func(vars map[string]string) string {
		return DefaultPath(func(name string) string { return vars[name] })
	}
	assert.Equal(t, "/x/sightline/config.json", at(map[string]string{"XDG_CONFIG_HOME": "/x", "HOME": "/h"}))
	assert.Equal(t, "/h/.config/sightline/config.json", at(map[string]string{"XDG_CONFIG_HOME": "x", "HOME": "/h"}))
	assert.Empty(t, at(nil))
	file := File{}
	require.ErrorContains(t, file.Add(soc(), false), "--config")
	_, err := file.Find("soc")
	require.ErrorContains(t, err, "--config")
}

// The law: whatever the file holds, an error does not repeat its values, and what is
// read is the same after it is written.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"profiles":[{"name":"soc","platform":"stellarcyber","url":"https://s.example","user":"ana","key":"keyring","default":true}]}`))
	f.Add([]byte(`{"profiles":[{"name":"t","platform":"trustar","url":"https://s.example","key":"env:A","secret":"file:~/b"}]}`))
	f.Add([]byte(`{"profiles":[{"name":"x","key":"` + canary + `"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := parse(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(stored{first})
		require.NoError(t, err)
		again, err := parse(text)
		require.NoError(t, err)
		require.Equal(t, first, again)
	})
}
