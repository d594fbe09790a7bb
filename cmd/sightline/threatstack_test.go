package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/threatstack"
)

func TestThreatstack(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "5", "--alerts", "400")
	file := sandbox.file(t)
	ask := func(args ...string) (int, []string) {
		got := call(t, nil, "", append(append([]string{"threatstack"}, args...), "--threatstack", file)...)
		assert.NotContains(t, got.stderr, "sightline:", args)
		return got.code, strings.Split(strings.TrimSpace(got.stdout), "\n")
	}

	for _, name := range []string{"agents", "alerts", "logs"} {
		code, rows := ask(name, "--since", "60d", "--limit", "7")
		assert.Equal(t, exitOK, code, name)
		assert.Len(t, rows, 7, name)
		_, again := ask(name, "list", "--since", "60d", "--limit", "7")
		assert.Equal(t, rows, again, name)
	}
	_, rows := ask("alerts", "--since", "2020-01-01", "--limit", "0")
	assert.Len(t, rows, 360, "more than one page")
	_, rows = ask("alerts", "--since", "2020-01-01")
	assert.Len(t, rows, 25)
	code, _ := ask("alerts", "--since", "2020-01-01 08:00:00", "--until", "2020-01-01 09:00:00")
	assert.Equal(t, exitNothing, code)
	code, rows = ask("logs", "--text", "mercy", "--limit", "0", "--out", "table")
	assert.Equal(t, exitOK, code)
	for _, row := range rows[1:] {
		assert.Contains(t, row, "mercy.okafor@soc.example")
	}
	code, rows = ask("policies", "--out", "table")
	assert.Equal(t, exitOK, code)
	assert.Len(t, rows, 5)
	_, rows = ask("organizations", "--fields", "id")
	require.Len(t, rows, 2)
	var org threatstack.Organization
	require.NoError(t, json.Unmarshal([]byte(strings.ReplaceAll(rows[0], `"id"`, `"ID"`)), &org))
	code, rows = ask("organizations", "users", org.ID)
	assert.Equal(t, exitOK, code)
	assert.Len(t, rows, 5)

	_, rows = ask("agents", "--fields", "hostname,ip_address", "--limit", "1")
	require.Len(t, rows, 1)
	assert.True(t, strings.HasPrefix(rows[0], `{"hostname":"edge-`) && strings.Count(rows[0], ":") == 2, rows[0])
	_, rows = ask("agents", "--fields", "hostname,online", "--limit", "1", "--out", "table")
	require.Len(t, rows, 2)
	assert.Equal(t, "HOSTNAME ONLINE", strings.Join(strings.Fields(rows[0]), " "))
}

func TestThreatstackGet(t *testing.T) {
	t.Parallel()
	sandbox := serve(t, "sandbox", "--cases", "5", "--alerts", "40")
	file := sandbox.file(t)
	listed := call(t, nil, "", "threatstack", "alerts", "--since", "90d", "--out", "json", "--limit", "3", "--threatstack", file)
	require.Equal(t, exitOK, listed.code, listed.stderr)
	var alerts []struct {
		ID string `json:"id"`
	}
	require.NoError(t, json.Unmarshal([]byte(listed.stdout), &alerts))
	require.Len(t, alerts, 3)
	got := call(t, nil, "", "threatstack", "alerts", "get", alerts[0].ID, "--threatstack", file)
	assert.Equal(t, exitOK, got.code)
	assert.Contains(t, got.stdout, `"latest_events": [`)
	got = call(t, nil, "", "threatstack", "alerts", "get", alerts[0].ID, "--fields", "title", "--out", "jsonl", "--threatstack", file)
	assert.Regexp(t, `^\{"title":"[^"]+"\}\n$`, got.stdout)
	got = call(t, nil, "", "threatstack", "alerts", "get", "none", "--threatstack", file)
	assert.Equal(t, exitNothing, got.code)
	assert.Contains(t, got.stderr, "There is no alert none.")

	// The environment will do, and a wrong key is an error.
	var line accessFile
	require.NoError(t, json.Unmarshal([]byte(sandbox.line), &line))
	vars := map[string]string{"SIGHTLINE_THREATSTACK_URL": sandbox.url, "SIGHTLINE_THREATSTACK_KEY": line.ThreatStack.APIKey}
	assert.Equal(t, exitOK, call(t, vars, "", "threatstack", "policies").code)
	vars["SIGHTLINE_THREATSTACK_KEY"] = "canary-wrong-key"
	got = call(t, vars, "", "threatstack", "policies")
	assert.Equal(t, exitError, got.code)
	assert.NotContains(t, got.stderr, "canary")
	sandbox.stop()
	assert.Equal(t, exitError, call(t, nil, "", "threatstack", "agents", "--threatstack", file).code)
}

func TestParseMoment(t *testing.T) {
	t.Parallel()
	now := time.Date(2017, 5, 31, 12, 0, 0, 5, time.UTC)
	for text, want := range map[string]string{
		"":                    "",
		"2017-05-01":          "2017-05-01",
		"2017-05-01 08:00:00": "2017-05-01 08:00:00",
		"24h":                 "2017-05-30 12:00:00",
		"90m":                 "2017-05-31 10:30:00",
		"7d":                  "2017-05-24 12:00:00",
	} {
		got, err := parseMoment("since", text, now)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"-1h", "d", "-2d", "week", "1.5d"} {
		_, err := parseMoment("since", text, now)
		require.ErrorAs(t, err, new(usageError), text)
	}
}
