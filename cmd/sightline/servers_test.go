package main

import (
	"bufio"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/testdata"
)

// service is a server of the program, run in this process.
type service struct {
	line string // its ready line
	url  string
	stop func()
	code chan int
}

// serve starts a server with --stop-with-stdin and waits for its ready line.
func serve(t *testing.T, args ...string) *service {
	t.Helper()
	ctx, cancel := background(t)
	stdin, hold := io.Pipe()
	stdout, lines := io.Pipe()
	s := &service{code: make(chan int, 1)}
	go func() {
		s.code <- run(ctx, environment{stdin: stdin, stdout: lines, stderr: io.Discard, getenv: func(string) string { return "" }}, append(args, "--stop-with-stdin"))
		lines.Close()
	}()
	reader := bufio.NewReader(stdout)
	line, err := reader.ReadString('\n')
	require.NoError(t, err)
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	s.line = line
	var said accessFile
	require.NoError(t, json.Unmarshal([]byte(line), &said))
	s.url = said.URL
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		hold.Close()
		select {
		case code := <-s.code:
			assert.Equal(t, exitOK, code, args)
		case <-time.After(15 * time.Second):
			t.Errorf("%v: does not stop with stdin", args)
		}
		cancel()
	}
	t.Cleanup(s.stop)
	return s
}

// file writes the ready line where --trustar and --stellarcyber read it.
func (s *service) file(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "access.json")
	require.NoError(t, os.WriteFile(path, []byte(s.line), 0o600))
	return path
}

func TestReadyLines(t *testing.T) {
	t.Parallel()
	keys := func(line string) []string {
		var m map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &m))
		var names []string
		for name := range m {
			names = append(names, name)
		}
		return names
	}
	assert.ElementsMatch(t, []string{"service", "url", "apiKey", "apiSecret", "enclaves"}, keys(serve(t, "station", "--demo").line))
	assert.ElementsMatch(t, []string{"service", "url"}, keys(serve(t, "station").line), "keys with --demo alone")
	assert.ElementsMatch(t, []string{"service", "url", "user", "refreshToken", "scopedKey", "threatstack"}, keys(serve(t, "sandbox", "--cases", "5").line))
	assert.ElementsMatch(t, []string{"service", "url"}, keys(serve(t, "pages").line))
}

func TestStopsWhenAsked(t *testing.T) {
	t.Parallel()
	s := serve(t, "sandbox", "--cases", "5")
	s.stop()
	_, err := http.Get(s.url)
	assert.Error(t, err)
}

func TestStopsOnSIGTERM(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGTERM")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	program := exec.CommandContext(t.Context(), self, "sandbox", "--cases", "5")
	program.Env = append(os.Environ(), "SIGHTLINE_TEST_AS_PROGRAM=1")
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	assert.Contains(t, line, `"service":"sandbox"`)
	require.NoError(t, program.Process.Signal(syscall.SIGTERM))
	assert.NoError(t, program.Wait())
}

func TestStationUserAdd(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "station.db")
	got := call(t, nil, "", "station", "user", "add", "--db", db, "--company", "Kestrel", "--name", "Ana", "--enclave", "Intel")
	require.Equal(t, exitOK, got.code, got.stderr)
	var made stationReady
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &made))
	require.Len(t, made.Enclaves, 1)
	station := serve(t, "station", "--db", db)
	vars := map[string]string{
		"SIGHTLINE_TRUSTAR_URL": station.url, "SIGHTLINE_TRUSTAR_KEY": made.APIKey, "SIGHTLINE_TRUSTAR_SECRET": made.APISecret,
		"XDG_STATE_HOME": t.TempDir(),
	}
	got = call(t, vars, passage, "report", "--title", "One", "--enclave", made.Enclaves[0].ID)
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, `"state":"filed"`)
}

func TestStationSQLHoldsNoSecret(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "station", "sql", "--company", "Kestrel", "--name", "Ana")
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, "CREATE TABLE")
	for line := range strings.Lines(got.stderr) {
		_, secret, _ := strings.Cut(strings.TrimSpace(line), " ")
		require.Len(t, secret, 64)
		assert.NotContains(t, got.stdout, secret)
	}
}

func TestPagesComeWithTheirHeaders(t *testing.T) {
	t.Parallel()
	pages := serve(t, "pages")
	get := func(path string) *http.Response {
		resp, err := http.Get(pages.url + path)
		require.NoError(t, err)
		resp.Body.Close()
		return resp
	}
	strict := get("/strict-csp.html")
	assert.Equal(t, 200, strict.StatusCode)
	policy := strict.Header.Get("Content-Security-Policy")
	require.NotEmpty(t, policy)
	body, err := fs.ReadFile(testdata.Pages(), "strict-csp.html")
	require.NoError(t, err)
	hash := policy[strings.Index(policy, "sha256-"):]
	hash = hash[:strings.IndexByte(hash, '\'')]
	assert.Contains(t, string(body), hash, "the page's own policy allows the same style")
	assert.Empty(t, get("/vendor-report.html").Header.Get("Content-Security-Policy"))
	assert.Contains(t, get("/list.txt").Header.Get("Content-Type"), "text/plain")
	assert.Equal(t, 404, get("/../main.go").StatusCode)
}

// TestJourney goes the way of an analyst without a browser: what a page holds, who
// knows it, file it, find it known.
func TestJourney(t *testing.T) {
	t.Parallel()
	station, sandbox := serve(t, "station", "--demo"), serve(t, "sandbox", "--cases", "800")
	trustar, stellar := station.file(t), sandbox.file(t)
	page := filepath.Join("..", "..", "testdata", "pages", "vendor-report.html")
	related := func() lookup.Answer {
		got := call(t, nil, "", "cases", page, "--trustar", trustar, "--stellarcyber", stellar)
		require.Equal(t, exitOK, got.code, got.stderr)
		var answer lookup.Answer
		require.NoError(t, json.Unmarshal([]byte(got.stdout), &answer))
		return answer
	}
	before := related()
	kinds := map[string]int{}
	for _, r := range before.Results {
		kinds[r.Kind]++
	}
	assert.Positive(t, kinds[lookup.KindCase])
	assert.Positive(t, kinds[lookup.KindReport])
	assert.NotEmpty(t, before.New)

	enclave := enclaveOf(t, station)
	dry := call(t, nil, "", "report", page, "--enclave", enclave, "--trustar", trustar, "--dry-run")
	require.Equal(t, exitOK, dry.code, dry.stderr)
	assert.Contains(t, dry.stderr, "Would send to "+strings.TrimPrefix(station.url, "http://"))
	assert.True(t, json.Valid([]byte(dry.stdout)))
	assert.Equal(t, before.New, related().New, "a dry run sends nothing")

	got := call(t, map[string]string{"XDG_STATE_HOME": t.TempDir()}, "", "report", page, "--enclave", enclave, "--trustar", trustar)
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Empty(t, related().New, "all of it is known now")
}

func enclaveOf(t *testing.T, station *service) string {
	t.Helper()
	var said stationReady
	require.NoError(t, json.Unmarshal([]byte(station.line), &said))
	require.NotEmpty(t, said.Enclaves)
	return said.Enclaves[0].ID
}

func TestNothingRelated(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "40")
	got := call(t, nil, "only 192.0.2.254", "cases", "--stellarcyber", sandbox.file(t))
	assert.Equal(t, exitNothing, got.code, got.stderr)
	sandbox.stop()
	got = call(t, nil, "only 192.0.2.254", "cases", "--stellarcyber", sandbox.file(t))
	assert.Equal(t, exitError, got.code, "no all-clear from a platform that did not answer")
}

func TestCasesList(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "700")
	file := sandbox.file(t)
	list := func(args ...string) (int, []string) {
		got := call(t, nil, "", append([]string{"cases", "list", "--stellarcyber", file}, args...)...)
		return got.code, strings.Split(strings.TrimSpace(got.stdout), "\n")
	}
	code, rows := list("--limit", "0", "--days", "0")
	assert.Equal(t, exitOK, code)
	assert.Len(t, rows, 700, "more than one page")
	_, rows = list("--min-score", "90", "--status", "New", "--status", "In Progress")
	for _, row := range rows {
		assert.Contains(t, row, `"severity":"Critical"`)
	}
	_, rows = list("--limit", "3", "--out", "table")
	assert.Len(t, rows, 4)
	code, _ = list("--tag", "no-such-tag")
	assert.Equal(t, exitNothing, code)
}

// TestReportOutlivesAStoppedStation submits while the station is down.
func TestReportOutlivesAStoppedStation(t *testing.T) {
	t.Parallel()
	db, state := filepath.Join(t.TempDir(), "station.db"), t.TempDir()
	station := serve(t, "station", "--demo", "--db", db)
	enclave, access := enclaveOf(t, station), station.file(t)
	address := strings.TrimPrefix(station.url, "http://")
	station.stop()
	vars := map[string]string{"XDG_STATE_HOME": state}
	got := call(t, vars, passage, "report", "--title", "Kept", "--enclave", enclave, "--trustar", access, "--wait", "0s")
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stdout, `"state":"pending"`)
	assert.Contains(t, got.stderr, "kept")

	serve(t, "station", "--db", db, "--listen", address)
	got = call(t, vars, "", "report", "resume", "--trustar", access)
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, `"state":"filed"`)
	again := call(t, vars, "", "report", "resume", "--trustar", access)
	assert.Equal(t, got.stdout, again.stdout, "filed once, and said again")
}

// TestSecretsStayHidden greps whatever the program says when things go wrong.
func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	const canary = "canary-d41f7c90"
	station := serve(t, "station", "--demo")
	broken := filepath.Join(t.TempDir(), "broken.json")
	require.NoError(t, os.WriteFile(broken, []byte(`{"url":"`+station.url+`","apiSecret":"`+canary+`",oops`), 0o600))
	vars := map[string]string{
		"SIGHTLINE_TRUSTAR_URL": station.url, "SIGHTLINE_TRUSTAR_KEY": "key-" + canary, "SIGHTLINE_TRUSTAR_SECRET": canary,
		"SIGHTLINE_THREATSTACK_URL": station.url, "SIGHTLINE_THREATSTACK_KEY": canary,
		"SIGHTLINE_THREATSTACK_USER": "user", "SIGHTLINE_THREATSTACK_ORG": "org",
		"XDG_STATE_HOME": t.TempDir(),
	}
	for _, args := range [][]string{
		{"report", "--title", "x", "--enclave", "e", "--wait", "0s"},
		{"report", "--title", "x", "--enclave", "e", "--dry-run"},
		{"report", "--title", "x", "--trustar", broken},
		{"report", "resume", "--wait", "0s"},
		{"cases"},
		{"threatstack", "alerts"},
		{"trustar", "reports"},
		{"trustar", "reports", "submit", "--title", "x", "--enclave", "e"},
		{"trustar", "enclaves", "--trustar", broken},
		{"threatstack", "alerts", "--api", "2"},
		{"threatstack", "rulesets", "create", "--name", "x"},
		{"threatstack", "test", "--api", "2"},
		{"threatstack", "agents", "get", "x", "--threatstack", broken},
	} {
		got := call(t, vars, passage, args...)
		assert.NotContains(t, got.stdout+got.stderr, canary, args)
	}
	require.NoError(t, filepath.WalkDir(vars["XDG_STATE_HOME"], func(path string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		if !entry.IsDir() {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.NotContains(t, string(data), canary, path)
		}
		return nil
	}))
}
