package main

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/sandbox"
)

func TestStellarCases(t *testing.T) {
	t.Parallel()
	file := serve(t, "sandbox", "--cases", "1300").file(t)
	ask := func(args ...string) (int, []string) {
		got := call(t, nil, "", append(append([]string{"stellar", "cases"}, args...), "--stellarcyber", file)...)
		assert.NotContains(t, got.stderr, "sightline:", args)
		return got.code, strings.Split(strings.TrimSpace(got.stdout), "\n")
	}
	code, rows := ask("--limit", "7")
	assert.Equal(t, exitOK, code)
	assert.Len(t, rows, 7)
	_, again := ask("list", "--limit", "7")
	assert.Equal(t, rows, again)
	_, rows = ask("--limit", "0", "--since", "all", "--fields", "_id,score")
	assert.Len(t, rows, 1300, "three pages")
	assert.Regexp(t, `^\{"_id":"[0-9a-f]{24}","score":100\}$`, rows[0])
	_, rest := ask("--limit", "0", "--since", "all", "--fields", "_id,score", "--offset", "1250")
	assert.Equal(t, rows[1250:], rest)

	type one struct {
		Score      float64  `json:"score"`
		Status     string   `json:"status"`
		Severity   string   `json:"severity"`
		Tags       []string `json:"tags"`
		CreatedAt  int64    `json:"created_at"`
		ModifiedAt int64    `json:"modified_at"`
		Size       int      `json:"size"`
	}
	week := time.Now().Add(-7 * 24 * time.Hour).UnixMilli()
	for name, test := range map[string]struct {
		args []string
		want func(one) bool
	}{
		"score":    {[]string{"--min-score", "40", "--max-score", "60.5"}, func(c one) bool { return c.Score >= 40 && c.Score <= 60.5 }},
		"status":   {[]string{"--status", "New,In Progress"}, func(c one) bool { return c.Status == "New" || c.Status == "In Progress" }},
		"since":    {[]string{"--since", "7d"}, func(c one) bool { return c.CreatedAt >= week-60_000 }},
		"until":    {[]string{"--since", "all", "--until", "7d"}, func(c one) bool { return c.CreatedAt <= week+60_000 }},
		"modified": {[]string{"--modified-since", "7d"}, func(c one) bool { return c.ModifiedAt >= week-60_000 }},
		"tags":     {[]string{"--tag", "vip", "--severity", "Low"}, func(c one) bool { return c.Severity == "Low" && strings.Contains(strings.Join(c.Tags, " "), "vip") }},
		"where":    {[]string{"--where", "FROM~size=9", "--min-size", "2"}, func(c one) bool { return c.Size >= 9 }},
	} {
		code, rows := ask(append(test.args, "--limit", "0")...)
		assert.Equal(t, exitOK, code, name)
		for _, row := range rows {
			var c one
			require.NoError(t, json.Unmarshal([]byte(row), &c), name)
			assert.True(t, test.want(c), "%s: %s", name, row)
		}
	}
	code, _ = ask("--min-score", "100", "--status", "New")
	assert.Equal(t, exitNothing, code)
	code, rows = ask("--limit", "2", "--out", "table")
	assert.Equal(t, exitOK, code)
	assert.Len(t, rows, 3)
	assert.Equal(t, "NUMBER SCORE SEVERITY STATUS AGE TENANT OWNER NAME", strings.Join(strings.Fields(rows[0]), " "))
	_, rows = ask("--limit", "2", "--out", "json", "--fields", "name")
	var whole []map[string]string
	require.NoError(t, json.Unmarshal([]byte(strings.Join(rows, "\n")), &whole))
	assert.Len(t, whole, 2)
}

func TestStellarCase(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "300")
	file := sandbox.file(t)
	ask := func(args ...string) outcome {
		return call(t, nil, "From the\nstandard input.\n", append(append([]string{"stellar"}, args...), "--stellarcyber", file)...)
	}
	got := ask("cases", "get", "1667")
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.Contains(t, got.stdout, `"_id": "655459dba3149258cd73014b"`)
	assert.Equal(t, got.stdout, ask("cases", "get", "655459dba3149258cd73014b").stdout)
	for _, name := range []string{"999999", "000000000000000000000000"} {
		for _, command := range [][]string{{"cases", "get"}, {"observables"}, {"alerts"}, {"summary"}, {"activities"}, {"scores"}, {"cases", "comments"}} {
			got = ask(append(command, name)...)
			assert.Equal(t, exitNothing, got.code, command)
			assert.Equal(t, "There is no case "+name+".\n", got.stderr)
		}
	}
	got = ask("cases", "update", "1667", "--status", "Resolved", "--resolution", "Benign", "--add-tag", "synced,seen", "--close-alerts", "--fields", "status,closed,tags,resolution", "--out", "json")
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.JSONEq(t, `{"status":"Resolved","closed":1,"tags":["synced","seen"],"resolution":"Benign"}`, got.stdout)
	got = ask("cases", "update", "1667", "--status", "Canceled")
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stderr, "status")
	got = ask("cases", "update", "1667")
	assert.Equal(t, exitError, got.code)
	assert.Contains(t, got.stderr, "changes nothing")

	assert.Equal(t, exitOK, ask("cases", "comment", "1667", "-").code)
	assert.Equal(t, exitError, ask("cases", "comment", "1667", " ").code)
	got = ask("cases", "comments", "1667", "--fields", "comment")
	assert.True(t, strings.HasSuffix(got.stdout, `{"comment":"From the\nstandard input."}`+"\n"), got.stdout)

	got = ask("observables", "1667", "--kind", "sensors")
	assert.Regexp(t, `^\{"kind":"sensors","field":"name","value":"sensor-\d+"\}\n$`, got.stdout)
	assert.Equal(t, 134, strings.Count(ask("alerts", "1667", "--limit", "0").stdout, "\n"))
	assert.Equal(t, 50, strings.Count(ask("alerts", "1667").stdout, "\n"))
	assert.Equal(t, 34, strings.Count(ask("alerts", "1667", "--offset", "100").stdout, "\n"))
	got = ask("alerts", "1667", "--limit", "1", "--out", "table")
	assert.Contains(t, got.stdout, "Closed", "by the update above")
	assert.Contains(t, ask("summary", "1667").stdout, "Tactics\n")
	assert.Contains(t, ask("activities", "1667", "--out", "table").stdout, "resolution")
	assert.Contains(t, ask("scores", "1667", "--out", "table").stdout, "New alert joined")
	assert.Equal(t, 7, strings.Count(ask("tenants", "--out", "table").stdout, "\n"))
	assert.Equal(t, `{"cust_name":"Rui"}`, strings.SplitN(ask("tenants", "--fields", "cust_name").stdout, "\n", 2)[0])
	assert.Equal(t, 6, strings.Count(ask("users").stdout, "\n"))

	var line accessFile
	require.NoError(t, json.Unmarshal([]byte(sandbox.line), &line))
	vars := map[string]string{"SIGHTLINE_STELLARCYBER_URL": sandbox.url, "SIGHTLINE_STELLARCYBER_USER": line.User, "SIGHTLINE_STELLARCYBER_KEY": "canary-wrong"}
	wrong := call(t, vars, "", "stellar", "users")
	assert.Equal(t, exitError, wrong.code)
	assert.NotContains(t, wrong.stderr, "canary")
}

// TestStellarBrokenOff: what came before a failure is printed, and how to go on.
func TestStellarBrokenOff(t *testing.T) {
	t.Parallel()
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 1300})
	require.NoError(t, err)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	require.NoError(t, s.Inject(sandbox.Fault{Kind: sandbox.FaultWrongTypes, Operation: "cases", After: 2, Times: -1}))
	vars := map[string]string{"SIGHTLINE_STELLARCYBER_URL": server.URL, "SIGHTLINE_STELLARCYBER_KEY": s.Credentials().ScopedKey}
	got := call(t, vars, "", "stellar", "cases", "--limit", "0", "--since", "all")
	assert.Equal(t, exitError, got.code)
	assert.Equal(t, 1000, strings.Count(got.stdout, "\n"))
	assert.Contains(t, got.stderr, "--offset 1000 goes on.")
	s.ClearFaults()
	got = call(t, vars, "", "stellar", "cases", "--limit", "0", "--since", "all", "--offset", "1000")
	assert.Equal(t, 300, strings.Count(got.stdout, "\n"))

	require.NoError(t, s.Inject(sandbox.Fault{Kind: sandbox.FaultWrongTypes, Operation: "alerts", After: 1, Times: -1}))
	got = call(t, vars, "", "stellar", "alerts", "1667", "--limit", "0", "--out", "table")
	assert.Equal(t, exitError, got.code)
	assert.Equal(t, 51, strings.Count(got.stdout, "\n"), "with the head")
	assert.Contains(t, got.stderr, "--offset 50 goes on.")
}

// TestStellarCertificates: an appliance's own certificate is believed when it is
// given, or when it is said aloud that anybody is.
func TestStellarCertificates(t *testing.T) {
	t.Parallel()
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 5})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it would report the refused handshakes
	server.StartTLS()
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	vars := map[string]string{"SIGHTLINE_STELLARCYBER_URL": server.URL, "SIGHTLINE_STELLARCYBER_KEY": s.Credentials().ScopedKey}

	assert.Equal(t, exitError, call(t, vars, "", "stellar", "users").code)
	got := call(t, vars, "", "stellar", "users", "--ca", ca)
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.Empty(t, got.stderr)
	got = call(t, vars, "", "stellar", "users", "--unverified-certificate")
	assert.Equal(t, exitOK, got.code, got.stderr)
	assert.Equal(t, 1, strings.Count(got.stderr, "is not verified"))
	vars["SIGHTLINE_STELLARCYBER_CA"] = ca
	assert.Equal(t, exitOK, call(t, vars, "", "stellar", "users").code)
	vars["SIGHTLINE_STELLARCYBER_CA"] = server.URL
	assert.Equal(t, exitError, call(t, vars, "", "stellar", "users").code)
}

// TestStellarProfiles: a profile says how to reach the platform, with its certificate.
func TestStellarProfiles(t *testing.T) {
	t.Parallel()
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 5})
	require.NoError(t, err)
	server := httptest.NewTLSServer(s)
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	d := newDesk(t)
	k := s.Credentials()
	d.must(t, k.RefreshToken+"\n", "profile", "add", "soc", "--platform", "stellarcyber", "--url", server.URL, "--user", k.User, "--ca", ca)
	assert.Equal(t, 5, strings.Count(d.must(t, "", "stellar", "cases", "--since", "all").stdout, "\n"))
	assert.Equal(t, 6, strings.Count(d.must(t, "", "stellar", "users", "--profile", "soc").stdout, "\n"))
	assert.Equal(t, exitUsage, d.call(t, "", "stellar", "users", "--profile", "none").code)
}

func TestCounter(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "[###############...............]  50%  50 of 100 cases ", counted(50, 100, "cases"))
	assert.Equal(t, "7 alerts ", counted(7, 0, "alerts"))
	assert.Contains(t, counted(9, 3, "cases"), "100%")
	var out bytes.Buffer
	c := &counter{to: &out, of: "cases", began: time.Now().Add(-time.Second)}
	for n := range 1000 {
		c.step(n, 1000)
	}
	c.end()
	assert.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"))
	assert.Less(t, strings.Count(out.String(), "%"), 20, "not at every step: "+strconv.Quote(out.String()))
	out.Reset()
	(&counter{of: "cases", began: time.Now().Add(-time.Second)}).step(1, 2)
	assert.Empty(t, out.String())
}
