package trustar

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

func sample() Submission {
	return Submission{
		ExternalID:   "0123456789abcdef0123456789abcdef",
		Title:        `Odd "login" <b>`,
		Body:         "seen 192.0.2.7 & hxxp://evil[.]example\nümlaut",
		TimeBegan:    time.Date(2016, 9, 22, 13, 38, 35, 999, time.FixedZone("", 2*60*60)),
		Distribution: DistributionEnclave,
		EnclaveIDs:   []string{"eba9bf3f", "b93f6d70"},
		ExternalURL:  "https://blog.example/post?a=1&b=2",
	}
}

func TestPrepareSubmissionGolden(t *testing.T) {
	t.Parallel()
	for version, url := range map[string]string{
		Version12: "https://api.example/api/1.2/report",
		Version13: "https://api.example/api/1.3/reports",
	} {
		req, err := offlineClient(t, version).PrepareSubmission(sample())
		require.NoError(t, err)
		golden(t, "submission-"+version+".json", string(req.Body)+"\n")
		assert.Equal(t, "POST", req.Method)
		assert.Equal(t, url, req.URL)
		assert.True(t, req.Repeatable)
		assert.Equal(t, "application/json", req.Header.Get("Content-Type"))
		assert.Equal(t, "API", req.Header.Get("Client-Type"))
		assert.Equal(t, version, req.Header.Get("Client-Version"))
		assert.Equal(t, "Sightline", req.Header.Get("Client-Metatag"))
		assert.Empty(t, req.Header.Get("Authorization"))
		require.NoError(t, req.Check())
	}
}

func TestPrepareSubmissionLeavesOut(t *testing.T) {
	t.Parallel()
	config := offlineConfig(Version12)
	now := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	config.Now = func() time.Time { now = now.Add(time.Minute); return now }
	client, err := New(config)
	require.NoError(t, err)
	req, err := client.PrepareSubmission(Submission{Title: "t", Body: "b", Distribution: DistributionCommunity})
	require.NoError(t, err)
	later, err := client.PrepareSubmission(Submission{Title: "t", Body: "b", Distribution: DistributionCommunity})
	require.NoError(t, err)
	assert.Equal(t, string(req.Body), string(later.Body), "what was shown a minute ago is what is sent")
	assert.Equal(t, `{"incidentReport":{"title":"t","reportBody":"b","distributionType":"COMMUNITY"}}`, string(req.Body))
	assert.False(t, req.Repeatable, "nothing keeps it from being filed twice")
}

func TestSubmissionLimits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Submission)
		field  string // "" when it is allowed
	}{
		"no title":                  {func(s *Submission) { s.Title = " \n" }, "title"},
		"no body":                   {func(s *Submission) { s.Body = "\t" }, "reportBody"},
		"body of 2 MB":              {func(s *Submission) { s.Body = strings.Repeat("a", MaxReportBody) }, ""},
		"body over 2 MB":            {func(s *Submission) { s.Body = strings.Repeat("a", MaxReportBody+1) }, "reportBody"},
		"no external id":            {func(s *Submission) { s.ExternalID = "" }, ""},
		"external id of 500":        {func(s *Submission) { s.ExternalID = strings.Repeat("Z9", 250) }, ""},
		"external id of 501":        {func(s *Submission) { s.ExternalID = strings.Repeat("a", 501) }, "externalTrackingId"},
		"hyphen in external id":     {func(s *Submission) { s.ExternalID = "case-9" }, "externalTrackingId"},
		"letter beyond ASCII":       {func(s *Submission) { s.ExternalID = "fälle" }, "externalTrackingId"},
		"external URL of 500":       {func(s *Submission) { s.ExternalURL = strings.Repeat("ü", 500) }, ""},
		"external URL of 501":       {func(s *Submission) { s.ExternalURL = strings.Repeat("a", 501) }, "externalUrl"},
		"no distribution":           {func(s *Submission) { s.Distribution = "" }, "distributionType"},
		"distribution lower case":   {func(s *Submission) { s.Distribution = "enclave" }, "distributionType"},
		"enclave without ids":       {func(s *Submission) { s.EnclaveIDs = nil }, "enclaveIds"},
		"empty enclave id":          {func(s *Submission) { s.EnclaveIDs = []string{"a", " "} }, "enclaveIds"},
		"community with ids":        {func(s *Submission) { s.Distribution = DistributionCommunity }, "enclaveIds"},
		"community":                 {func(s *Submission) { s.Distribution, s.EnclaveIDs = DistributionCommunity, nil }, ""},
		"time before the epoch":     {func(s *Submission) { s.TimeBegan = time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC) }, "timeBegan"},
		"time in the far future":    {func(s *Submission) { s.TimeBegan = time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC) }, "timeBegan"},
		"time left to the platform": {func(s *Submission) { s.TimeBegan = time.Time{} }, ""},
		"several enclaves for 1.3":  {func(s *Submission) { s.EnclaveIDs = []string{"a", "b", "c"} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sample()
			test.change(&s)
			for _, version := range []string{Version12, Version13} {
				client := offlineClient(t, version)
				req, err := client.PrepareSubmission(s)
				if test.field == "" {
					require.NoError(t, err)
					require.NotNil(t, req)
					continue
				}
				clienttest.Refused(t, err, test.field)
				_, err = client.Submit(t.Context(), s) // finds it before the network
				clienttest.Refused(t, err, test.field)
			}
		})
	}
}

func TestSubmitBytesRefusesOtherBodies(t *testing.T) {
	t.Parallel()
	old, err := offlineClient(t, Version12).PrepareSubmission(sample())
	require.NoError(t, err)
	late, err := offlineClient(t, Version13).PrepareSubmission(sample())
	require.NoError(t, err)
	for name, test := range map[string]struct {
		version string
		body    []byte
	}{
		"1.2 body for 1.3": {Version13, old.Body},
		"1.3 body for 1.2": {Version12, late.Body},
		"none":             {Version13, nil},
		"no JSON":          {Version13, []byte("<html>")},
		"list":             {Version13, []byte("[]")},
	} {
		_, err := offlineClient(t, test.version).SubmitBytes(t.Context(), test.body)
		var invalid *api.InvalidError
		require.ErrorAs(t, err, &invalid, name)
	}
}

func TestIsUUID(t *testing.T) {
	t.Parallel()
	assert.True(t, isUUID("6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"))
	assert.True(t, isUUID("6C1B7F0A-9A51-4A7E-8F0E-3F1F6F7C2A11"))
	for _, s := range []string{
		"", "6c1b7f0a", `"6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"`, "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a1g",
		"6c1b7f0a09a51-4a7e-8f0e-3f1f6f7c2a11", "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a-1", "<html>",
	} {
		assert.False(t, isUUID(s), s)
	}
}
