package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestThreatstack2 goes through what version 2 has, over a sandbox.
func TestThreatstack2(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "5", "--alerts", "400")
	file := sandbox.file(t)
	call2 := func(stdin string, args ...string) outcome {
		return call(t, nil, stdin, append(append([]string{"threatstack"}, args...), "--threatstack", file)...)
	}
	rows := func(args ...string) []string {
		got := call2("", args...)
		require.Equal(t, exitOK, got.code, "%v: %s", args, got.stderr)
		return strings.Split(strings.TrimSpace(got.stdout), "\n")
	}
	id := func(row string) string {
		var object struct {
			ID string `json:"id"`
		}
		require.NoError(t, json.Unmarshal([]byte(row), &object), row)
		require.NotEmpty(t, object.ID)
		return object.ID
	}

	// Both versions have agents and alerts, and their ids differ.
	first, second := rows("agents", "--since", "60d"), rows("agents", "--api", "2")
	assert.NotContains(t, first[0], `"ipAddresses"`)
	assert.Contains(t, second[0], `"ipAddresses"`)
	assert.Len(t, rows("agents", "--api", "2", "--limit", "3", "--out", "table"), 4)
	assert.Contains(t, strings.Join(rows("agents", "get", id(second[0]), "--api", "2"), ""), `"osVersion"`)
	active := rows("alerts", "--api", "2", "--limit", "0")
	assert.Greater(t, len(active), 100, "more than one page")
	for _, row := range rows("alerts", "list", "--api", "2", "--severity", "1", "--fields", "severity", "--limit", "5") {
		assert.Equal(t, `{"severity":1}`, row)
	}
	alert := id(active[0])
	assert.Contains(t, rows("alerts", "get", alert, "--api", "2", "--out", "table")[0], "DISMISSED")
	assert.NotEmpty(t, rows("alerts", "events", alert))
	assert.Equal(t, exitNothing, call2("", "alerts", "get", "none", "--api", "2").code)

	before := strings.Join(rows("alerts", "severity-counts"), "")
	got := call2("", "alerts", "dismiss", alert, id(active[1]), "--reason", "OTHER", "--text", "test")
	require.Equal(t, exitOK, got.code, got.stderr)
	assert.Equal(t, "2 alerts dismissed.\n", got.stderr)
	assert.NotEqual(t, before, strings.Join(rows("alerts", "severity-counts"), ""))
	assert.Len(t, rows("alerts", "--api", "2", "--limit", "0"), len(active)-2)
	assert.Contains(t, strings.Join(rows("alerts", "--api", "2", "--status", "dismissed", "--limit", "0"), ""), alert)
	require.Equal(t, exitOK, call2("", "alerts", "dismiss", "--since", "90d", "--until", "0h", "--severity", "3", "--reason", "MAINTENANCE").code)
	assert.Equal(t, exitNothing, call2("", "alerts", "--api", "2", "--severity", "3").code)

	cve := rows("vulnerabilities", "--limit", "1", "--fields", "cveNumber,systemPackage")[0]
	var vulnerability struct{ CVENumber, SystemPackage string }
	require.NoError(t, json.Unmarshal([]byte(cve), &vulnerability))
	assert.Contains(t, rows("vulnerabilities", "servers", vulnerability.CVENumber)[0], "hosts.example")
	assert.Contains(t, rows("vulnerabilities", "packages", vulnerability.SystemPackage, "--out", "table")[0], "JSON")
	assert.NotEmpty(t, rows("vulnerabilities", "suppressions"))
	assert.NotEmpty(t, rows("ec2", "--monitored", "no"))
	assert.NotEmpty(t, rows("audit", "--limit", "1"))
	assert.Regexp(t, "accepts the signature", rows("test", "--api", "2")[0])
	assert.Regexp(t, "accepts the key", rows("test")[0])
}

// TestThreatstackWrites makes, changes and removes what can be made.
func TestThreatstackWrites(t *testing.T) {
	t.Parallel()
	file := serve(t, "sandbox", "--cases", "5").file(t)
	must := func(stdin string, args ...string) string {
		got := call(t, nil, stdin, append(append([]string{"threatstack"}, args...), "--threatstack", file)...)
		require.Equal(t, exitOK, got.code, "%v: %s", args, got.stderr)
		return got.stdout
	}
	field := func(line, name string) string {
		var object map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &object), line)
		text, _ := object[name].(string)
		return text
	}
	set := field(must("", "rulesets", "create", "--name", "Lab"), "id")
	must("", "rulesets", "update", set, "--name", "Lab 2")
	assert.Contains(t, must("", "rulesets", "get", set), "Lab 2")
	rule := field(must(`{"name":"Keys","type":"Host","title":"x","severityOfAlerts":2,"window":3600,"threshold":1}`, "rules", "create", set), "id")
	text := must("", "rules", "get", set, rule)
	must(strings.Replace(text, `"Keys"`, `"Keys read"`, 1), "rules", "update", set, rule)
	assert.Contains(t, must("", "rules", "list", set, "--out", "table"), "Keys read")
	got := call(t, nil, "", "threatstack", "tags", "get", rule, "--threatstack", file)
	assert.Equal(t, exitNothing, got.code, got.stderr)
	must("", "tags", "set", rule, "--include", "ec2:env=prod,test")
	assert.Contains(t, must("", "tags", "get", rule, "--out", "table"), "ec2:env=prod,test")
	must("", "rules", "delete", set, rule)
	must("", "rulesets", "delete", set)
	assert.Equal(t, exitNothing, call(t, nil, "", "threatstack", "rulesets", "get", set, "--threatstack", file).code)

	assert.Contains(t, must("", "members", "invite", "jon@example.net"), `"pending"`)
	must("", "members", "add", "5a1b2c3d4e5f60718293a4ff", "--role", "reader")
	assert.Contains(t, must("", "members", "--limit", "0"), "5a1b2c3d4e5f60718293a4ff")
	must("", "members", "remove", "5a1b2c3d4e5f60718293a4ff")
	assert.NotContains(t, must("", "members", "--limit", "0"), "5a1b2c3d4e5f60718293a4ff")
	must("", "s3export", "set", "events", "--role", "arn:aws:iam::000000000000:role/x", "--external-id", "x", "--region", "us-east-1")
	assert.Contains(t, must("", "s3export"), `"events"`)
	must("", "s3export", "delete", "events")
	assert.Equal(t, exitNothing, call(t, nil, "", "threatstack", "s3export", "--threatstack", file).code)
}

func TestThreatstackWrongCalls(t *testing.T) {
	t.Parallel()
	vars := map[string]string{
		"SIGHTLINE_THREATSTACK_URL": "http://127.0.0.1:1", "SIGHTLINE_THREATSTACK_KEY": "k", "SIGHTLINE_THREATSTACK_USER": "u", "SIGHTLINE_THREATSTACK_ORG": "o",
	}
	for _, args := range [][]string{
		{"policies", "--api", "2"},
		{"rulesets", "--api", "1"},
		{"alerts", "--severity", "1"},
		{"agents", "--status", "offline"},
		{"alerts", "dismiss", "x"},
		{"alerts", "dismiss", "--reason", "OTHER"},
		{"alerts", "dismiss", "x", "--reason", "MAINTENANCE", "--text", "x"},
		{"tags", "set", "x", "--include", "env=prod"},
		{"rules", "create", "x"},
		{"members", "invite", "jon"},
		{"rulesets", "create", "--name", strings.Repeat("x", 201)},
		{"agents", "--api", "3"},
	} {
		got := call(t, vars, "", append([]string{"threatstack"}, args...)...)
		assert.Equal(t, exitUsage, got.code, "%v: %s", args, got.stderr)
	}
	delete(vars, "SIGHTLINE_THREATSTACK_USER")
	got := call(t, vars, "", "threatstack", "rulesets")
	assert.Equal(t, exitUsage, got.code)
	assert.Contains(t, got.stderr, "user_id")
}

// The counter comes late, says how far it is, and goes away.
func TestWalk(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]string{0: "2 read", 4: "2 of at most 4"} {
		var to bytes.Buffer
		w := environment{stderr: &to, errTerminal: true}.walk(limit, true)
		w.step()
		assert.Empty(t, to.String(), "nobody wonders yet")
		w.began = time.Now().Add(-time.Minute)
		w.step()
		assert.Contains(t, to.String(), want)
		w.end()
		assert.True(t, strings.HasSuffix(to.String(), "\r\x1b[K"))
	}
	var to bytes.Buffer
	w := environment{stderr: &to, errTerminal: true, terminal: true}.walk(0, false)
	w.began = time.Now().Add(-time.Minute)
	w.step()
	w.end()
	assert.Empty(t, to.String(), "what is printed as it comes shows by itself how far it is")
}
