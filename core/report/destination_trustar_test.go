//go:build !js

package report_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

// station answers the token call and hands everything else to submit.
func station(t *testing.T, version string, submit http.HandlerFunc) report.TruSTAR {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /ts/oauth/token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"0f5c3a52-6a1e-4a53-9b7e-6f0c7d1f2a10","token_type":"bearer","expires_in":599,"scope":"read"}`)
	})
	mux.HandleFunc("/", submit)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	client, err := trustar.New(trustar.Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: server.URL + "/ts", Version: version,
		Key: "key", Secret: "secret", WebURL: "https://station.example",
	})
	require.NoError(t, err)
	return report.NewTruSTAR(client)
}

// claimFor freezes and claims a draft for a destination.
func claimFor(t *testing.T, d report.Destination) report.Item {
	t.Helper()
	prepared, err := d.Prepare(draft())
	require.NoError(t, err)
	item, err := report.Freeze(draft(), prepared, prepared.Hash, noon)
	require.NoError(t, err)
	item, err = report.Claim(item, noon)
	require.NoError(t, err)
	return item
}

func TestTruSTARSendsWhatWasShown(t *testing.T) {
	t.Parallel()
	var body atomic.Value
	d := station(t, trustar.Version12, func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		body.Store(string(sent))
		assert.Equal(t, "/ts/api/1.2/report", r.URL.Path)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"reportId":"6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11","externalTrackingId":"`+draft().ID+`","reportIndicators":{"IP":["198.51.100.7"],"URL":[]}}`)
	})
	item := claimFor(t, d)
	assert.Equal(t, len(item.Prepared.Body), item.Prepared.Bytes)
	assert.True(t, strings.HasPrefix(item.Prepared.Host, "127.0.0.1:"))

	receipt, err := d.Send(t.Context(), item)
	require.NoError(t, err)
	assert.Equal(t, item.Prepared.Body, body.Load(), "to the byte")
	assert.Equal(t, "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11", receipt.ReportID)
	assert.Contains(t, receipt.Link, "https://station.example")
	assert.Equal(t, []report.Reference{{Type: "IP", Value: "198.51.100.7"}}, receipt.Extracted)
}

func TestTruSTARTakesADuplicateForSuccess(t *testing.T) {
	t.Parallel()
	for name, lookup := range map[string]struct {
		status int
		body   string
		id     string
	}{
		"found":     {200, `{"id":"6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11","externalTrackingId":"` + draft().ID + `","title":"t","created":1,"updated":1,"distributionType":"ENCLAVE","enclaveIds":["e"],"timeBegan":1,"reportBody":"b"}`, "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"},
		"not found": {404, `{"timestamp":1,"status":404,"error":"Not Found","message":"no such report"}`, ""},
		"broken":    {500, `<html>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := station(t, trustar.Version13, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if r.Method == http.MethodPost {
					w.WriteHeader(400)
					_, _ = io.WriteString(w, `{"timestamp":1,"status":400,"error":"Bad Request","message":"A report with this external tracking id already exists."}`)
					return
				}
				w.WriteHeader(lookup.status)
				_, _ = io.WriteString(w, lookup.body)
			})
			receipt, err := d.Send(t.Context(), claimFor(t, d))
			require.NoError(t, err, "it is there: what the look-up says changes nothing")
			assert.True(t, receipt.Repeated)
			assert.Equal(t, lookup.id, receipt.ReportID)
		})
	}
}

func TestTruSTARRefusesAMixedUpAnswer(t *testing.T) {
	t.Parallel()
	d := station(t, trustar.Version12, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"reportId":"6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11","externalTrackingId":"somebodyelses","reportIndicators":{}}`)
	})
	_, err := d.Send(t.Context(), claimFor(t, d))
	var decode *api.DecodeError
	require.ErrorAs(t, err, &decode)
	assert.Equal(t, report.StatePending, report.Judge(err, 1, 0).State)
}

func TestTruSTARSendsNothingThatWasNotShown(t *testing.T) {
	t.Parallel()
	called := new(atomic.Int32)
	d := station(t, trustar.Version13, func(http.ResponseWriter, *http.Request) { called.Add(1) })

	tampered := claimFor(t, d)
	tampered.Prepared.Body += " "
	_, err := d.Send(t.Context(), tampered)
	var changed *report.TamperedError
	require.ErrorAs(t, err, &changed)

	moved := claimFor(t, d)
	moved.Prepared.URL = "https://elsewhere.example/api/1.3/reports"
	_, err = d.Send(t.Context(), moved)
	var elsewhere *report.MovedError
	require.ErrorAs(t, err, &elsewhere)
	assert.Zero(t, called.Load())
}

func TestTruSTARPrepareChecks(t *testing.T) {
	t.Parallel()
	d := station(t, trustar.Version13, func(http.ResponseWriter, *http.Request) {})
	bad := draft()
	bad.Title = ""
	_, err := d.Prepare(bad)
	var invalid *api.InvalidError
	require.ErrorAs(t, err, &invalid)
	bad = draft()
	bad.TimeBegan = "yesterday"
	_, err = d.Prepare(bad)
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, "timeBegan", invalid.Field)
}
