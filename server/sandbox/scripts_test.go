package sandbox_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/sandbox"
)

// TestScriptsRunUnchanged runs the three Python scripts of the vendor's page as they
// are printed there, but for what the page tells its reader to fill in (the host and
// the credentials) and for the indentation, which the copy of the page has lost.
func TestScriptsRunUnchanged(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../../shared/seeds/003_*")
	require.NoError(t, err)
	if len(pages) == 0 {
		t.Skip("skipped: ../shared is absent")
	}
	if err := exec.Command("python3", "-c", "import requests").Run(); err != nil {
		t.Skip("skipped: Python's requests is not installed")
	}
	page, err := os.ReadFile(pages[0])
	require.NoError(t, err)
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 3000})
	require.NoError(t, err)
	server := httptest.NewTLSServer(s)
	t.Cleanup(func() {
		server.Close()
		assert.NoError(t, s.Close())
	})
	scripts := strings.Split(string(page), "#!/usr/bin/python3\n")[1:]
	require.Len(t, scripts, 3)
	for i, cases := range []int{250, 25, 5} {
		path := filepath.Join(t.TempDir(), "script.py")
		script := indented(scripts[i])
		for name, value := range map[string]string{
			"HOST": strings.TrimPrefix(server.URL, "https://"), "userid": s.Credentials().User, "refresh_token": s.Credentials().RefreshToken,
		} {
			script = filledIn(t, script, name, value)
		}
		require.NoError(t, os.WriteFile(path, []byte(script), 0o600))
		out, err := exec.CommandContext(t.Context(), "python3", path).CombinedOutput()
		require.NoError(t, err, string(out))
		said := string(out)
		assert.True(t, strings.HasPrefix(said, "200\n------------ jwt -------------\ney"), said[:min(len(said), 80)])
		assert.True(t, strings.HasSuffix(said, "}\n------------ end api results -------------\n"))
		assert.Equal(t, cases, strings.Count(said, "{'_id': "), "cases printed by script %d", i+1)
	}
	assert.Equal(t, map[string]int{"token": 3, "cases": 3}, s.Calls())
}

// indented gives a script its indentation back: a function ends with its return.
func indented(script string) string {
	var b strings.Builder
	indent := ""
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "Querying for") || strings.HasPrefix(line, "Case Information") { // the page goes on
			break
		}
		b.WriteString(indent + line)
		switch {
		case strings.HasPrefix(line, "def "), strings.HasPrefix(line, "if __name__"):
			indent = "    "
		case strings.HasPrefix(line, "return "):
			indent = ""
		}
	}
	return b.String()
}

// filledIn sets one of the three values at the script's top.
func filledIn(t *testing.T, script, name, value string) string {
	t.Helper()
	before, rest, ok := strings.Cut(script, "\n"+name+" = \"")
	require.True(t, ok, name)
	_, after, ok := strings.Cut(rest, "\"")
	require.True(t, ok, name)
	return before + "\n" + name + " = \"" + value + "\"" + after
}
