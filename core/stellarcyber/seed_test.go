//go:build !js

package stellarcyber

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// TestScriptsOfTheVendorsPage makes the calls of the three scripts of "Using the API
// to Retrieve Case Details" with the client, and holds what is sent against what the
// scripts send: a token for user and refresh token, once a run, then one GET.
func TestScriptsOfTheVendorsPage(t *testing.T) {
	t.Parallel()
	const (
		user         = "myuser@stellarcyber.ai"
		refreshToken = "2iRpBAyQYEfv77R2QtATlJN6Nvq6uzftBdzotSy2pjT-IvJTLw9aiHyh7Y2mo12IDSWc-FfHwUyPpmiHQnJrSH" // as printed on the page
	)
	for name, test := range map[string]struct {
		query CaseQuery
		path  string // as the script has it
	}{
		"Querying for Cases Across All Tenants": {
			CaseQuery{Limit: 250}, "/connect/api/v1/cases?limit=250",
		},
		"Querying for Cases Above a Minimum Score": {
			CaseQuery{MinScore: 90, Limit: 25, Sort: "case_score", Order: Descending},
			"/connect/api/v1/cases?min_score=90&limit=25&sort=case_score&order=desc",
		},
		"Querying for a Single Tenant's Cases": {
			CaseQuery{TenantID: "c7cc6762d8dd4dafa7384f4e0240fc8d", Limit: 5},
			"/connect/api/v1/cases?tenant_id=c7cc6762d8dd4dafa7384f4e0240fc8d&limit=5",
		},
		// Not a script, but printed beside them, with a second question mark where an & belongs.
		"The 10 cases of a tenant with the highest score": {
			CaseQuery{CustID: "t", Sort: "case_score", Order: Descending, Limit: 10},
			"/connect/api/v1/cases?cust_id=t&sort=case_score&order=desc&limit=10",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sent []*http.Request
			s := newServer(t)
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				assert.Empty(t, body)
				sent = append(sent, r)
				if r.Method == http.MethodPost {
					answer(200, fixture(t, "token.json"))(w, r)
					return
				}
				answer(200, fixture(t, "cases.json"))(w, r)
			})
			client, err := New(Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: s.URL, User: user, Key: refreshToken})
			require.NoError(t, err)
			got, err := client.Cases(t.Context(), test.query)
			require.NoError(t, err)
			assert.Equal(t, 139380, got.Total)
			require.Len(t, sent, 2)

			assert.Equal(t, "POST /connect/api/v1/access_token", sent[0].Method+" "+sent[0].RequestURI)
			assert.Equal(t, "Basic "+base64.StdEncoding.EncodeToString([]byte(user+":"+refreshToken)), sent[0].Header.Get("Authorization"))
			assert.Equal(t, "application/x-www-form-urlencoded", sent[0].Header.Get("Content-Type"))

			want, err := url.Parse(test.path)
			require.NoError(t, err)
			assert.Equal(t, "GET "+want.Path, sent[1].Method+" "+sent[1].URL.Path)
			assert.Equal(t, want.Query(), sent[1].URL.Query(), "the order of arguments means nothing")
			assert.Len(t, sent[1].URL.RawQuery, len(want.RawQuery), "nothing more, nothing escaped")
			assert.Contains(t, fixture(t, "token.json"), `"`+sent[1].Header.Get("Authorization")[len("Bearer "):]+`"`)
		})
	}
}
