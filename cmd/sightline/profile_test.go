package main

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
)

// ring is a keyring in memory.
type ring struct {
	mu   sync.Mutex
	kept map[string]string
}

func (r *ring) Get(account string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret, ok := r.kept[account]; ok {
		return secret, nil
	}
	return "", profile.ErrNoSecret
}

func (r *ring) Set(account, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[string]string{}
	}
	r.kept[account] = secret
	return nil
}

func (r *ring) Delete(account string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.kept, account)
	return nil
}

// desk is a user's machine: settings, environment and keyring that last over calls.
type desk struct {
	vars map[string]string
	ring *ring
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	home := t.TempDir()
	return &desk{map[string]string{"HOME": home, "XDG_CONFIG_HOME": filepath.Join(home, "settings"), "XDG_STATE_HOME": filepath.Join(home, "state")}, &ring{}}
}

func (d *desk) call(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), environment{
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr, ring: d.ring,
		getenv: func(name string) string { return d.vars[name] },
	}, args)
	return outcome{code, stdout.String(), stderr.String()}
}

func (d *desk) must(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	got := d.call(t, stdin, args...)
	require.Equal(t, exitOK, got.code, "%v: %s%s", args, got.stdout, got.stderr)
	return got
}

// TestProfiles goes through a profile's life with all three places for secrets, over
// the real servers.
func TestProfiles(t *testing.T) {
	t.Parallel()
	station, sandbox := serve(t, "station", "--demo"), serve(t, "sandbox", "--cases", "300")
	var store, platforms accessFile
	require.NoError(t, json.Unmarshal([]byte(station.line), &store))
	require.NoError(t, json.Unmarshal([]byte(sandbox.line), &platforms))
	d := newDesk(t)
	assert.Equal(t, exitNothing, d.call(t, "", "profile", "list").code)
	assert.Equal(t, exitNothing, d.call(t, "", "profile", "test").code)

	d.vars["SOC_KEY"] = platforms.RefreshToken
	d.must(t, "", "profile", "add", "soc", "--platform", "stellarcyber", "--url", sandbox.url, "--user", platforms.User, "--key", "env:SOC_KEY")
	secret := filepath.Join(d.vars["HOME"], "station-secret")
	require.NoError(t, os.WriteFile(secret, []byte(store.APISecret+"\n"), 0o600))
	d.must(t, store.APIKey+"\n", "profile", "add", "store", "--platform", "trustar", "--url", station.url, "--secret", "file:~/station-secret")
	hosts := platforms.ThreatStack
	d.must(t, hosts.APIKey, "profile", "add", "hosts1", "--platform", "threatstack", "--url", sandbox.url)
	d.must(t, hosts.APIKey+"\n", "profile", "add", "hosts2", "--platform", "threatstack", "--url", sandbox.url,
		"--api-version", "2", "--user", hosts.UserID, "--organization", hosts.OrganizationID)

	listed := d.must(t, "", "profile", "list", "--out", "table").stdout
	assert.Equal(t, 5, strings.Count(listed, "\n"))
	assert.Contains(t, listed, "env:SOC_KEY")
	tested := d.must(t, "", "profile", "test").stdout
	for _, name := range []string{"soc", "store", "hosts1", "hosts2"} {
		assert.Regexp(t, "(?m)^"+name+": .*accepts", tested)
	}

	// One of a platform is used without a word; of two, one must be named.
	page := filepath.Join("..", "..", "testdata", "pages", "vendor-report.html")
	related := d.must(t, "", "cases", page).stdout
	assert.Contains(t, related, `"kind":"case"`)
	assert.Contains(t, related, `"kind":"report"`)
	assert.NotContains(t, d.must(t, "", "cases", page, "--profile", "soc").stdout, `"kind":"report"`)
	d.must(t, "", "cases", "list", "--limit", "1")
	got := d.call(t, "", "threatstack", "policies")
	assert.Equal(t, exitUsage, got.code)
	assert.Contains(t, got.stderr, "hosts1, hosts2")
	d.must(t, "", "threatstack", "policies", "--profile", "hosts1")
	for _, args := range [][]string{
		{"threatstack", "policies", "--profile", "soc"},
		{"threatstack", "policies", "--profile", "none"},
		{"threatstack", "policies", "--profile", "hosts1", "--threatstack", sandbox.file(t)},
		{"report", page, "--profile", "soc"},
		{"cases", page, "--profile", "hosts1"},
		{"cases", "list", "--profile", "store"},
		{"profile", "remove", "none"},
		{"profile", "test", "none"},
		{"profile", "add", "soc", "--platform", "stellarcyber", "--url", sandbox.url},
	} {
		assert.Equal(t, exitUsage, d.call(t, "", args...).code, args)
	}

	// A report is filed by the profile that it was made for.
	enclave := enclaveOf(t, station)
	filed := d.must(t, "", "report", page, "--enclave", enclave, "--wait", "5s")
	assert.Contains(t, filed.stdout, `"state":"filed"`)

	// A file that others can read is refused, with the reason.
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Chmod(secret, 0o644))
		got = d.call(t, "", "profile", "test", "store")
		assert.Equal(t, exitError, got.code)
		assert.Contains(t, got.stdout, "chmod 600")
		require.NoError(t, os.Chmod(secret, 0o600))
	}
	// A secret that moves elsewhere does not stay in the keyring.
	d.vars["TWO"] = hosts.APIKey
	d.must(t, "", "profile", "add", "hosts2", "--platform", "threatstack", "--url", sandbox.url, "--api-version", "2",
		"--user", hosts.UserID, "--organization", hosts.OrganizationID, "--key", "env:TWO", "--replace")
	assert.Equal(t, map[string]string{"store/key": store.APIKey, "hosts1/key": hosts.APIKey}, d.ring.kept)
	d.must(t, "", "threatstack", "rulesets", "--profile", "hosts2")
	d.must(t, "", "profile", "remove", "hosts2")
	assert.Equal(t, map[string]string{"store/key": store.APIKey, "hosts1/key": hosts.APIKey}, d.ring.kept)
	d.must(t, "", "threatstack", "policies")

	text, err := os.ReadFile(filepath.Join(d.vars["XDG_CONFIG_HOME"], "sightline", "config.json"))
	require.NoError(t, err)
	for _, secret := range []string{store.APIKey, store.APISecret, platforms.RefreshToken, hosts.APIKey} {
		assert.NotContains(t, string(text)+listed+tested+related, secret)
	}
}

// A report that waits in the outbox goes out by its own profile, whatever is the
// default by then.
func TestResumeByProfile(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "station.db")
	first, second := serve(t, "station", "--demo", "--db", db), serve(t, "station", "--demo")
	d := newDesk(t)
	for name, station := range map[string]*service{"first": first, "second": second} {
		var store accessFile
		require.NoError(t, json.Unmarshal([]byte(station.line), &store))
		d.must(t, store.APIKey+"\n"+store.APISecret+"\n", "profile", "add", name, "--platform", "trustar", "--url", station.url)
	}
	address, enclave := strings.TrimPrefix(first.url, "http://"), enclaveOf(t, first)
	first.stop()
	got := d.call(t, passage, "report", "--title", "Kept", "--enclave", enclave, "--profile", "first", "--wait", "0s")
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stdout, `"state":"pending"`)
	serve(t, "station", "--db", db, "--listen", address)
	got = d.must(t, "", "report", "resume")
	assert.Contains(t, got.stdout, `"state":"filed"`)
}

// TestProfileSecretsStayHidden greps whatever is said, also when a secret was given
// where none belongs.
func TestProfileSecretsStayHidden(t *testing.T) {
	t.Parallel()
	const canary = "canary-77b1f09e"
	refuses := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"message":"no: ` + r.Header.Get("Authorization") + `","errors":["` + canary + `"]}`))
	}))
	defer refuses.Close()
	d := newDesk(t)
	for platform, flags := range map[string][]string{
		"trustar": nil, "stellarcyber": {"--user", "ana"}, "threatstack": {"--api-version", "2", "--user", "u", "--organization", "o"},
	} {
		add := append([]string{"profile", "add", platform, "--platform", platform, "--url", refuses.URL}, flags...)
		d.must(t, canary+"\n"+canary+"\n", add...)
		for _, misplaced := range []string{canary, "env:" + canary + " x", "keyring " + canary} {
			got := d.call(t, "", append(add, "--replace", "--key", misplaced)...)
			assert.Equal(t, exitUsage, got.code)
			assert.NotContains(t, got.stdout+got.stderr, canary)
		}
	}
	for _, args := range [][]string{{"profile", "test"}, {"profile", "list"}, {"cases"}, {"threatstack", "agents"}, {"report", "--title", "x", "--enclave", "e", "--wait", "0s"}} {
		got := d.call(t, passage, args...)
		assert.NotContains(t, got.stdout+got.stderr, canary, args)
	}
}

// On a machine without a keyring the words say what to do instead.
func TestWithoutAKeyring(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("every other system has one")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	home := t.TempDir()
	program := exec.CommandContext(t.Context(), self, "profile", "add", "x", "--platform", "threatstack")
	program.Env = []string{"SIGHTLINE_TEST_AS_PROGRAM=1", "HOME=" + home, "PATH=" + home, "DBUS_SESSION_BUS_ADDRESS=unix:path=" + home + "/none"}
	program.Stdin = strings.NewReader("canary-77b1f09e\n")
	out, err := program.CombinedOutput()
	require.Error(t, err)
	assert.Equal(t, exitError, program.ProcessState.ExitCode())
	assert.Contains(t, string(out), "file:PATH, chmod 600")
	assert.Contains(t, string(out), "env:NAME")
	assert.NotContains(t, string(out), "canary")
	assert.NoFileExists(t, filepath.Join(home, ".config", "sightline", "config.json"), "a profile without its secret is not kept")
}

// An appliance with its own authority is believed when its profile names that, and by
// its own address alone.
func TestProfileCA(t *testing.T) {
	t.Parallel()
	appliance := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) }))
	defer appliance.Close()
	d := newDesk(t)
	d.vars["K"] = "key"
	add := []string{"profile", "add", "x", "--platform", "threatstack", "--url", appliance.URL, "--key", "env:K"}
	d.must(t, "", add...)
	got := d.call(t, "", "profile", "test")
	assert.Equal(t, exitError, got.code)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: appliance.Certificate().Raw}), 0o600))
	d.must(t, "", append(add, "--ca", ca, "--replace")...)
	d.must(t, "", "profile", "test")
	assert.Equal(t, exitNothing, d.call(t, "", "threatstack", "policies").code)
	require.NoError(t, os.WriteFile(ca, []byte("none"), 0o600))
	got = d.call(t, "", "threatstack", "policies")
	assert.Contains(t, got.stderr, "no certificate")
}
