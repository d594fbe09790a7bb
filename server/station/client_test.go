package station_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/trustar"
)

// TestClient is the journey of our own client, in both versions, its token expiring
// in the middle.
func TestClient(t *testing.T) {
	t.Parallel()
	for _, version := range []string{trustar.Version12, trustar.Version13} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			client, err := trustar.New(trustar.Config{
				Transport: httptransport.New(httptransport.Config{}),
				BaseURL:   f.url, Version: version, Key: f.analyst.Key, Secret: f.analyst.Secret,
			})
			require.NoError(t, err)
			require.NoError(t, client.Ping(t.Context()))

			enclaves, err := client.Enclaves(t.Context())
			if version == trustar.Version13 {
				require.NoError(t, err)
				assert.Len(t, enclaves, 4)
			}
			began := time.Date(2016, 9, 22, 11, 38, 35, 0, time.UTC)
			submission := trustar.Submission{
				ExternalID: "0f5c3a526a1e4a539b7e6f0c7d1f2a10", Title: "A title", Body: "seen 203.0.113.7 and CVE-2026-99017",
				TimeBegan: began, Distribution: trustar.DistributionEnclave, EnclaveIDs: []string{f.intel.ID}, ExternalURL: "https://blog.example/a",
			}
			submitted, err := client.Submit(t.Context(), submission)
			require.NoError(t, err)

			f.clock.advance(11 * time.Minute) // the client's own clock does not know
			_, err = client.Submit(t.Context(), submission)
			require.ErrorIs(t, err, trustar.ErrDuplicate)

			report, err := client.ReportByExternalID(t.Context(), submission.ExternalID)
			require.NoError(t, err)
			assert.Equal(t, submitted.ReportID, report.ID)
			assert.Equal(t, submission.Body, report.Body)
			assert.EqualValues(t, began.UnixMilli(), report.TimeBegan)
			assert.Equal(t, []string{f.intel.ID}, report.EnclaveIDs)

			var values []string
			for one, err := range client.ReportIndicators(t.Context(), report.ID) {
				require.NoError(t, err)
				values = append(values, one.Value)
			}
			assert.Equal(t, []string{"203.0.113.7", "CVE-2026-99017"}, values)

			found := 0
			for correlated, err := range client.Correlated(t.Context(), []string{"203.0.113.7", "198.51.100.1"}) {
				require.NoError(t, err)
				assert.Equal(t, report.ID, correlated.ID)
				found++
			}
			assert.Equal(t, 1, found)

			_, err = client.ReportByExternalID(t.Context(), "unknown")
			require.ErrorIs(t, err, trustar.ErrNotFound)

			stranger, err := trustar.New(trustar.Config{
				Transport: httptransport.New(httptransport.Config{}),
				BaseURL:   f.url, Version: version, Key: f.analyst.Key, Secret: api.Secret("wrong"),
			})
			require.NoError(t, err)
			var refused *api.AuthError
			require.ErrorAs(t, stranger.Ping(t.Context()), &refused)
		})
	}
}
