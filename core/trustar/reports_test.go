//go:build !js

package trustar

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func wanted(version string) Report {
	want := Report{
		ID:           reportID,
		ExternalID:   "case9",
		Title:        "Odd login",
		Body:         "seen 192.0.2.7",
		Created:      1700000000000,
		Updated:      1700000050000,
		TimeBegan:    1699999990000,
		Distribution: DistributionEnclave,
		EnclaveIDs:   []string{"7f2d4c7e-52c1-4a60-9d4e-0c2a5b3f8e10"},
	}
	if version == Version12 {
		want.Indicators = []Indicator{{"IP", "192.0.2.7"}, {"URL", "evil.example"}}
	}
	return want
}

func TestReport(t *testing.T) {
	t.Parallel()
	for version, path := range map[string]string{Version12: "report", Version13: "reports"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("GET /"+version+"/"+path+"/{id}", answer(200, fixture(t, "report-"+version+".json")))
			client := s.client(t, version)

			got, err := client.Report(t.Context(), strings.ToUpper(reportID))
			require.NoError(t, err)
			assert.Equal(t, wanted(version), got)

			got, err = client.ReportByExternalID(t.Context(), "case9")
			require.NoError(t, err)
			assert.Equal(t, wanted(version), got)

			_, err = client.Report(t.Context(), "another")
			require.ErrorAs(t, err, new(*api.DecodeError), "an answer about another report")
			_, err = client.ReportByExternalID(t.Context(), "case10")
			require.ErrorAs(t, err, new(*api.DecodeError))
			_, err = client.Report(t.Context(), "")
			require.ErrorAs(t, err, new(*api.InvalidError))

			calls := s.seen()
			assert.Empty(t, calls[0].query)
			assert.Equal(t, "/gateway/api/"+version+"/"+path+"/case9", calls[1].path)
			assert.Equal(t, "idType=external", calls[1].query)
		})
	}
}

func TestReportNotFound(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/{id}", answer(404, fixture(t, "not-found.json")))
	s.handle("GET /1.3/reports/{id}/indicators", answer(404, fixture(t, "not-found.json")))
	client := s.client(t, Version13)
	_, err := client.ReportByExternalID(t.Context(), "42")
	require.ErrorIs(t, err, ErrNotFound)
	var status *api.StatusError
	require.ErrorAs(t, err, &status)
	assert.Equal(t, "Report 42 was not found.", status.Message)
	for _, err := range client.ReportIndicators(t.Context(), "42") {
		require.ErrorIs(t, err, ErrNotFound)
	}
	require.ErrorAs(t, client.Ping(t.Context()), &status)
	require.NotErrorIs(t, client.Ping(t.Context()), ErrNotFound, "that is a wrong address")
}

func TestReportIDStaysOneSegment(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var raw string
	s.handle("GET /1.3/", func(w http.ResponseWriter, r *http.Request) {
		raw = r.URL.EscapedPath()
		answer(404, "")(w, r)
	})
	_, err := s.client(t, Version13).Report(t.Context(), "../enclaves?x=#/ y")
	require.ErrorIs(t, err, ErrNotFound)
	assert.Equal(t, "/gateway/api/1.3/reports/..%2Fenclaves%3Fx=%23%2F%20y", raw)
}

func TestReportIndicators(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/{id}/indicators", answer(200, fixture(t, "indicators-1.3.json")))
	s.handle("GET /1.2/report/{id}", answer(200, fixture(t, "report-1.2.json")))
	for _, version := range []string{Version12, Version13} {
		var got []Indicator
		for indicator, err := range s.client(t, version).ReportIndicators(t.Context(), reportID) {
			require.NoError(t, err)
			got = append(got, indicator)
		}
		assert.Equal(t, []Indicator{{"IP", "192.0.2.7"}, {"URL", "evil.example"}}, got, version)
	}
	assert.Contains(t, s.seen()[len(s.seen())-1].query, "applyWhitelist=false")
}

func TestReportIndicators12NeedsThem(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.2/report/{id}", answer(200, `{"id":"`+reportID+`"}`))
	for _, err := range s.client(t, Version12).ReportIndicators(t.Context(), reportID) {
		require.ErrorAs(t, err, new(*api.DecodeError), "no list is not an empty list")
	}
}

func TestEnclaves(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/enclaves", answer(200, fixture(t, "enclaves-1.3.json")))
	got, err := s.client(t, Version13).Enclaves(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []Enclave{
		{ID: "7f2d4c7e-52c1-4a60-9d4e-0c2a5b3f8e10", Name: "Lab", Type: "INTERNAL", Read: true, Create: true, Update: true},
		{ID: "a0c1d2e3-0001-4000-8000-00000000c0de", Name: "Community", Type: "COMMUNITY", Read: true},
	}, got)

	old, err := s.client(t, Version12).Enclaves(t.Context())
	require.NoError(t, err, "1.2 has no such call, the 1.3 beside it has")
	assert.Equal(t, got, old)

	more, err := s.client(t, Version13).EnclaveDetails(t.Context())
	require.NoError(t, err)
	assert.Equal(t, EnclaveDetails{Enclave: got[0], TemplateName: "Private Enclave"}, more[0])
	_, err = s.client(t, Version12).EnclaveDetails(t.Context())
	require.ErrorAs(t, err, new(*api.UnsupportedError))

	alone := newServer(t)
	alone.handle("GET /1.3/enclaves", answer(404, `{"status":404,"message":"Not Found"}`))
	_, err = alone.client(t, Version12).Enclaves(t.Context())
	var unsupported *api.UnsupportedError
	require.ErrorAs(t, err, &unsupported)
	assert.Equal(t, "1.3", unsupported.Has)
}

func TestPing(t *testing.T) {
	t.Parallel()
	for _, version := range []string{Version12, Version13} {
		s := newServer(t)
		s.handle("GET /"+version+"/ping", answer(200, "pong\n"))
		require.NoError(t, s.client(t, version).Ping(t.Context()))
	}
	s := newServer(t)
	s.handle("GET /1.3/ping", answer(200, "<html>pong</html>"))
	require.ErrorAs(t, s.client(t, Version13).Ping(t.Context()), new(*api.DecodeError))
}
