package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/trustar"
)

// TestTrustarStation is a day with a station of one's own, by the command line alone.
func TestTrustarStation(t *testing.T) {
	t.Parallel()
	station := serve(t, "station", "--demo")
	file, enclave := station.file(t), enclaveOf(t, station)
	ask := func(code int, stdin string, args ...string) string {
		t.Helper()
		got := call(t, nil, stdin, append(append([]string{"trustar"}, args...), "--trustar", file, "--rate", "0")...)
		assert.Equal(t, code, got.code, "%v: %s", args, got.stderr)
		return got.stdout
	}
	field := func(text, name string) string {
		t.Helper()
		var whole map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &whole), text)
		value, _ := whole[name].(string)
		return value
	}

	assert.Contains(t, ask(exitOK, "", "ping"), "1.3")
	assert.Contains(t, ask(exitOK, "", "ping", "--api", "1.2"), "1.2")
	ask(exitOK, "", "ping", "--api", "2.0")
	assert.Contains(t, ask(exitOK, "", "enclaves"), enclave)
	ask(exitNothing, "", "quotas") // it has none of its own accord
	var own string                 // an enclave that may be changed
	for line := range strings.Lines(ask(exitOK, "", "enclaves")) {
		if strings.Contains(line, `"update":true`) {
			own = field(line, "id")
		}
	}
	require.NotEmpty(t, own)

	const text = "beacon to 203.0.113.77 and CVE-2026-99017"
	filed := ask(exitOK, text, "reports", "submit", "--title", "Copper", "--enclave", enclave, "--external-id", "day1")
	id := field(filed, "id")
	require.NotEmpty(t, id)
	ask(exitError, text, "reports", "submit", "--title", "Copper", "--enclave", enclave, "--external-id", "day1")
	assert.Contains(t, ask(exitOK, "", "reports", "get", id), text)
	assert.Contains(t, ask(exitOK, "", "reports", "get", "day1", "--external", "--api", "1.2"), text)
	ask(exitNothing, "", "reports", "get", "day2", "--external")
	assert.Contains(t, ask(exitOK, "", "reports", "status", id), "SUBMISSION_SUCCESS")
	assert.Contains(t, ask(exitOK, "", "indicators", "of", id), "203.0.113.77")
	assert.Contains(t, ask(exitOK, "", "reports", "correlated", "203.0.113.77"), id)

	ask(exitOK, text+" once more 203.0.113.78", "reports", "update", id, "--title", "Copper two", "--enclave", enclave, "--external-id", "day1")
	ask(exitOK, "and 203.0.113.79", "reports", "upsert", "--title", "Copper three", "--enclave", enclave, "--external-id", "day1", "--mode", "APPEND")
	whole := ask(exitOK, "", "reports", "get", id)
	assert.Contains(t, whole, "203.0.113.78")
	assert.Contains(t, whole, "203.0.113.79")
	assert.Contains(t, ask(exitOK, "", "reports", "search", "Copper three", "--out", "table"), id)

	for _, version := range []string{"1.2", "1.3"} {
		listed := ask(exitOK, "", "reports", "--since", "3650d", "--limit", "0", "--api", version)
		assert.Contains(t, listed, id)
		assert.Greater(t, strings.Count(listed, "\n"), 3, "the demo's reports too, by the shrinking window")
	}

	ask(exitOK, "", "reports", "tag", id, "--add", "apt", "--add", "old")
	ask(exitOK, "", "reports", "tag", id, "--remove", "old")
	assert.JSONEq(t, `"apt"`, mustField(t, ask(exitOK, "", "reports", "tags", id, "--out", "jsonl"), "name"))
	assert.Contains(t, ask(exitOK, "", "reports", "--tag", "apt", "--fields", "id"), id)

	assert.Contains(t, ask(exitOK, "", "indicators", "search", "203.0.113.7", "--limit", "0"), "203.0.113.79")
	assert.Contains(t, ask(exitOK, "", "indicators", "related", "203.0.113.77"), "203.0.113.78")
	assert.Contains(t, ask(exitOK, "", "indicators", "metadata", "203.0.113.77"), enclave)
	ask(exitOK, "203.0.113.90\nevil.example\n", "indicators", "submit", "--enclave", own)
	ask(exitOK, "", "indicators", "tag", "203.0.113.90", "c2", "--enclave", own)
	assert.Contains(t, ask(exitOK, "", "indicators", "tags"), "c2")
	assert.Contains(t, ask(exitOK, "", "indicators", "export", "203.0.113"), "203.0.113.79")

	assert.Contains(t, ask(exitOK, "", "whitelist", "add", "203.0.113.78"), "203.0.113.78")
	assert.Contains(t, ask(exitOK, "", "whitelist"), "203.0.113.78")
	ask(exitOK, "", "whitelist", "remove", "IP", "203.0.113.78")

	assert.Contains(t, ask(exitOK, "", "submissions", "--since", "30d", "--limit", "0", "--enclave", enclave), "Copper three")
	assert.Contains(t, ask(exitOK, "203.0.113.5 and bad-domain.net", "observables", "parse"), "bad-domain.net")
	assert.Contains(t, ask(exitOK, "", "observables", "search", "203.0.113.7", "--since", "30d", "--limit", "0"), "203.0.113.79")
	ask(exitNothing, "", "workflows")

	ask(exitOK, "", "reports", "delete", "day1", "--external")
	ask(exitNothing, "", "reports", "get", id)
}

func mustField(t *testing.T, line, name string) string {
	t.Helper()
	var whole map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(line), &whole), line)
	return string(whole[name])
}

// TestTrustarStation20 is what the command line does not do: version 2.0 in full.
func TestTrustarStation20(t *testing.T) {
	t.Parallel()
	station := serve(t, "station", "--demo")
	var line accessFile
	require.NoError(t, json.Unmarshal([]byte(station.line), &line))
	open := func(version string) *trustar.Client {
		client, err := trustar.New(trustar.Config{
			Transport: httptransport.New(httptransport.Config{}), BaseURL: line.URL, Version: version, Key: line.APIKey, Secret: api.Secret(line.APISecret),
		})
		require.NoError(t, err)
		return client
	}
	ctx, client := t.Context(), open(trustar.Version20)
	enclaves, err := client.EnclaveDetails(ctx)
	require.NoError(t, err)
	at := slices.IndexFunc(enclaves, func(e trustar.EnclaveDetails) bool { return e.Read && e.Create && e.Update })
	require.GreaterOrEqual(t, at, 0)
	enclave := enclaves[at].ID

	set := trustar.Structured{
		Title: "Beacons", EnclaveGUID: enclave, ExternalID: "set1", Tags: []string{"c2"},
		Content: trustar.Content{Indicators: []trustar.StructuredIndicator{{
			Observable: trustar.Term{Type: trustar.ObservableIP4, Value: "203.0.113.91"}, Malicious: "HIGH", Properties: trustar.Properties{{Name: "feed", Value: "daily"}},
			Attributes: []trustar.Relation{{Entity: trustar.Term{Type: trustar.AttributeMalware, Value: "LOCKY"}}},
		}}},
	}
	made, err := client.Submissions().Upsert(ctx, trustar.KindIndicators, set)
	require.NoError(t, err)
	again, err := client.Submissions().Upsert(ctx, trustar.KindIndicators, set)
	require.NoError(t, err)
	assert.Equal(t, made.ID, again.ID, "filed once")
	ref := trustar.SubmissionRef{ExternalID: "set1", EnclaveGUID: enclave}
	got, err := client.Submissions().Get(ctx, trustar.KindIndicators, ref, true)
	require.NoError(t, err)
	require.Len(t, got.Content.Indicators, 1)
	assert.Equal(t, set.Content.Indicators[0].Observable, got.Content.Indicators[0].Observable)
	require.NoError(t, client.Submissions().AlterTags(ctx, trustar.SubmissionRef{ID: made.ID, EnclaveGUID: enclave}, []string{"new"}, []string{"c2"}))
	status, err := client.Submissions().Status(ctx, made.ID)
	require.NoError(t, err)
	assert.Equal(t, trustar.StatusSuccess, status.Status)
	event, err := client.Submissions().Create(ctx, trustar.KindEvents, trustar.Structured{
		Title: "Odd login", EnclaveGUID: enclave, ExternalID: "event1", Content: trustar.Content{Text: "from 203.0.113.92"},
	})
	require.NoError(t, err)
	var titles []string
	for one, err := range client.Submissions().Search(ctx, trustar.SubmissionSearch{EnclaveGUIDs: []string{enclave}, PageSize: 1}) {
		require.NoError(t, err)
		titles = append(titles, one.Title)
	}
	assert.Contains(t, titles, "Beacons")
	assert.Contains(t, titles, "Odd login")
	var values []string
	for one, err := range client.Observables().OfSubmission(ctx, trustar.SubmissionRef{ID: event.ID}) {
		require.NoError(t, err)
		values = append(values, one.Value)
	}
	assert.Equal(t, []string{"203.0.113.92"}, values)
	require.NoError(t, client.Observables().AlterTags(ctx, "203.0.113.92", enclave, []string{"seen"}, nil))
	for _, err := range client.Indicators().SearchPrioritized(ctx, trustar.PrioritizedSearch{SubmissionSearch: trustar.SubmissionSearch{EnclaveGUIDs: []string{enclave}}}) {
		require.NoError(t, err)
	}

	list, err := client.Safelists().Create(ctx, "Ours")
	require.NoError(t, err)
	list, err = client.Safelists().Add(ctx, list.GUID, trustar.Entity{Entity: "203.0.113.53", Type: trustar.ObservableIP4})
	require.NoError(t, err)
	require.Len(t, list.Entries, 1)
	require.NoError(t, client.Safelists().DeleteEntry(ctx, list.GUID, list.Entries[0].GUID))
	found, err := client.Safelists().Extract(ctx, "203.0.113.54")
	require.NoError(t, err)
	assert.Equal(t, []trustar.Entity{{Entity: "203.0.113.54", Type: trustar.ObservableIP4}}, found)

	workflow, err := client.Workflows().Create(ctx, trustar.Workflow{Name: "Mail gateway", SafelistGUIDs: []string{list.GUID}, Config: trustar.WorkflowConfig{
		Type: trustar.WorkflowPrioritization, Source: trustar.WorkflowSource{Enclaves: []trustar.WeighedEnclave{{EnclaveGUID: enclave, Weight: 3}}},
		Destination: trustar.WorkflowDestination{Enclaves: []trustar.DestinationEnclave{{EnclaveGUID: enclave, Type: "ENCLAVE"}}},
	}})
	require.NoError(t, err)
	workflow.Name = "Mail gateways"
	workflow, err = client.Workflows().Update(ctx, workflow.GUID, workflow)
	require.NoError(t, err)
	listed, err := client.Workflows().List(ctx, trustar.WorkflowQuery{Name: "Mail gateways"})
	require.NoError(t, err)
	require.Len(t, listed, 1)
	assert.Equal(t, workflow, listed[0])
	require.NoError(t, client.Workflows().Delete(ctx, workflow.GUID))
	require.NoError(t, client.Safelists().Delete(ctx, list.GUID))
	require.NoError(t, client.Submissions().Delete(ctx, trustar.KindEvents, trustar.SubmissionRef{ID: event.ID}))
	_, err = client.Submissions().Get(ctx, trustar.KindEvents, trustar.SubmissionRef{ID: event.ID}, false)
	require.ErrorIs(t, err, trustar.ErrNotFound)

	old := open(trustar.Version13)
	for _, err := range old.Triage().Submissions(ctx, trustar.TriageQuery{}) {
		require.NoError(t, err)
	}
	for _, err := range old.Triage().Indicators(ctx, trustar.TriageQuery{}) {
		require.NoError(t, err)
	}
	for _, err := range old.Indicators().Summaries(ctx, []string{"203.0.113.91"}) {
		require.NoError(t, err)
	}
	title, body, err := old.Reports().Redact(ctx, "Mail", "to bob@corp.test")
	require.NoError(t, err)
	assert.NotEmpty(t, title+body)
	for _, version := range []string{trustar.Version12, trustar.Version13} {
		_, err = open(version).Indicators().Trending(ctx, "", 7)
		require.NoError(t, err)
	}
	older := open(trustar.Version12)
	_, err = older.Indicators().Latest(ctx, trustar.LatestQuery{})
	require.NoError(t, err)
	_, err = older.Indicators().Find(ctx, "203.0.113.91", "", 0)
	require.NoError(t, err)
}
