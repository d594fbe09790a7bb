//go:build !js

package trustar

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

const reportID = "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"

func TestSubmit12(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("POST /1.2/report", answer(200, fixture(t, "submitted-1.2.json")))
	client := s.client(t, Version12)
	submission := sample()
	submission.ExternalID = "case9"

	got, err := client.Submit(t.Context(), submission)
	require.NoError(t, err)
	assert.Equal(t, Submitted{
		ReportID:   reportID,
		ExternalID: "case9",
		Indicators: []Indicator{
			{"IP", "192.0.2.7"},
			{"IP", "198.51.100.7"},
			{"MD5", "d2dd1bcdd6d6cfac59ba9638d2cd886c"},
			{"SOFTWARE", "evil.exe"},
		},
	}, got)

	prepared, err := client.PrepareSubmission(submission)
	require.NoError(t, err)
	_, err = client.SubmitBytes(t.Context(), prepared.Body)
	require.NoError(t, err)
	calls := s.seen()
	require.Len(t, calls, 2)
	for _, call := range calls {
		assert.Equal(t, string(prepared.Body), call.body)
		assert.Equal(t, "application/json", call.header.Get("Content-Type"))
		assert.Equal(t, "API", call.header.Get("Client-Type"))
		assert.Equal(t, "1.2", call.header.Get("Client-Version"))
		assert.Equal(t, "Sightline", call.header.Get("Client-Metatag"))
	}
}

func TestSubmit13(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("POST /1.3/reports", answer(200, fixture(t, "submitted-1.3.txt")))
	got, err := s.client(t, Version13).Submit(t.Context(), sample())
	require.NoError(t, err)
	assert.Equal(t, Submitted{ReportID: reportID, ExternalID: sample().ExternalID}, got)
	assert.Nil(t, got.Indicators, "1.3 does not say")
}

// An answer without a readable id is no success, whatever its status: the caller
// sends the same external id again.
func TestSubmitAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		version string
		status  int
		body    string
		ok      bool
	}{
		"created":                 {Version13, 201, reportID, true},
		"accepted with newline":   {Version13, 202, reportID + "\n", true},
		"no content":              {Version13, 204, "", false},
		"empty":                   {Version13, 200, "", false},
		"page":                    {Version13, 200, "<html>hotel network</html>", false},
		"error with status 200":   {Version13, 200, `{"status":400,"message":"no"}`, false},
		"half an id":              {Version13, 200, reportID[:20], false},
		"1.2 number":              {Version12, 200, `{"reportId":"x","externalTrackingId":1234}`, true},
		"1.2 without indicators":  {Version12, 200, `{"reportId":"x","externalTrackingId":"1234"}`, true},
		"1.2 about another":       {Version12, 200, `{"reportId":"x","externalTrackingId":"4321"}`, false},
		"1.2 without id":          {Version12, 200, `{"externalTrackingId":"1234"}`, false},
		"1.2 null":                {Version12, 200, `null`, false},
		"1.2 page":                {Version12, 200, "<html>hotel network</html>", false},
		"1.2 cut":                 {Version12, 200, `{"reportId":"x","reportInd`, false},
		"1.2 indicators mistyped": {Version12, 200, `{"reportId":"x","reportIndicators":{"IP":"192.0.2.7"}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("POST /1.3/reports", answer(test.status, test.body))
			s.handle("POST /1.2/report", answer(test.status, test.body))
			submission := sample()
			submission.ExternalID = "1234"
			got, err := s.client(t, test.version).Submit(t.Context(), submission)
			if test.ok {
				require.NoError(t, err)
				assert.NotEmpty(t, got.ReportID)
				return
			}
			var failure *api.DecodeError
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, test.status, failure.Status)
			noSecrets(t, err)
		})
	}
}

func TestSubmitDuplicate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status    int
		body      string
		duplicate bool
	}{
		"400 in words":     {400, fixture(t, "duplicate.json"), true},
		"409":              {409, `{"message":"conflict"}`, true},
		"must be unique":   {400, `{"message":"externalTrackingId must be unique"}`, true},
		"another 400":      {400, fixture(t, "bad-request.json"), false},
		"another's double": {400, `{"message":"Duplicate enclave id"}`, false},
		"forbidden":        {403, fixture(t, "forbidden.json"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("POST /1.3/reports", answer(test.status, test.body))
			client := s.client(t, Version13)
			_, err := client.Submit(t.Context(), sample())
			assert.Equal(t, test.duplicate, errors.Is(err, ErrDuplicate))
			var status *api.StatusError
			require.ErrorAs(t, err, &status)
			assert.Equal(t, test.status, status.Status)
			exchange, ok := api.ExchangeOf(err)
			assert.True(t, ok)
			assert.Equal(t, "trustar: submit report", exchange.Operation)

			anonymous := sample()
			anonymous.ExternalID = ""
			_, err = client.Submit(t.Context(), anonymous)
			require.NotErrorIs(t, err, ErrDuplicate, "without an id there is nothing to be a duplicate of")
		})
	}
}

// Whether a report was filed is unknown when no answer came. It is sent again under
// its external id; without one it is not.
func TestSubmitIsRepeatedOnlyWithExternalID(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var cuts atomic.Int32
	s.handle("POST /1.3/reports", func(w http.ResponseWriter, r *http.Request) {
		if cuts.Add(1)%2 == 1 {
			panic(http.ErrAbortHandler)
		}
		answer(200, reportID)(w, r)
	})
	client := s.client(t, Version13)
	_, err := client.Submit(t.Context(), sample())
	require.NoError(t, err)
	assert.EqualValues(t, 2, cuts.Load())

	anonymous := sample()
	anonymous.ExternalID = ""
	_, err = client.Submit(t.Context(), anonymous)
	var network *api.NetworkError
	require.ErrorAs(t, err, &network)
	assert.EqualValues(t, 3, cuts.Load())
}

func TestSubmitKeepsLargeBodies(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("POST /1.3/reports", answer(200, reportID))
	submission := sample()
	submission.Body = strings.Repeat("192.0.2.7 ", MaxReportBody/10)
	client := s.client(t, Version13)
	_, err := client.Submit(t.Context(), submission)
	require.NoError(t, err)
	prepared, err := client.PrepareSubmission(submission)
	require.NoError(t, err)
	assert.Equal(t, string(prepared.Body), s.seen()[0].body)
}
