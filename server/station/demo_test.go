package station_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	data, err := station.Demo(t.Context(), f.station)
	require.NoError(t, err)
	names := map[string]station.Enclave{}
	for _, e := range data.Enclaves {
		names[e.Name] = e
	}
	require.Len(t, names, 3)
	assert.True(t, names["Threat Intel"].Update)
	assert.True(t, names["SOC Shared"].Update)
	assert.True(t, names[station.CommunityName].Create)
	require.NotEmpty(t, data.Reports)

	token := f.bearer(t, data.Credentials)
	for _, given := range data.Reports {
		got := send(t, "GET", f.url+"/api/1.3/reports/"+given.ExternalID+"?idType=external", token, "")
		require.Equal(t, 200, got.status, got.body)
		assert.Equal(t, given.ID, got.field(t, "id"))
		assert.Equal(t, given.Title, got.field(t, "title"))
	}

	again, err := station.Demo(t.Context(), f.station)
	require.NoError(t, err)
	assert.NotEqual(t, data.Credentials.Key, again.Credentials.Key)
	assert.Equal(t, data.Reports, again.Reports, "the reports are given once")
	assert.Equal(t, data.Enclaves, again.Enclaves)
}

// The demonstration knows indicators of the campaigns that the sample pages are about.
func TestDemoKnowsThePlantedCampaigns(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "planted.json"))
	require.NoError(t, err)
	var planted struct {
		Campaigns []struct {
			Name       string
			Indicators []struct{ Type, Value string }
		}
	}
	require.NoError(t, json.Unmarshal(text, &planted))
	f := newFixture(t)
	data, err := station.Demo(t.Context(), f.station)
	require.NoError(t, err)
	token := f.bearer(t, data.Credentials)
	known := 0
	for _, campaign := range planted.Campaigns {
		shared := 0
		for _, one := range campaign.Indicators {
			got := send(t, "GET", f.url+"/api/1.3/reports/correlated?"+url.Values{"indicators": {one.Value}}.Encode(), token, "")
			require.Equal(t, 200, got.status, got.body)
			if got.field(t, "empty") == "false" {
				shared++
			}
		}
		t.Logf("%s: %d of %d indicators known", campaign.Name, shared, len(campaign.Indicators))
		if shared >= 3 {
			known++
		}
	}
	assert.GreaterOrEqual(t, known, 4, "campaigns of which at least three indicators are known")
	assert.Less(t, known, len(planted.Campaigns), "one campaign is news")
}
