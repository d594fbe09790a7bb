package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/core/stellarcyber/stellartest"
	"github.com/sightline-sec/sightline/server/sandbox"
)

// serve starts a sandbox of its own for a test.
func serve(t *testing.T, options sandbox.Options) (*sandbox.Sandbox, stellarcyber.Config) {
	t.Helper()
	s, err := sandbox.New(t.Context(), options)
	require.NoError(t, err)
	server := httptest.NewServer(s)
	transport := httptransport.New(httptransport.Config{})
	t.Cleanup(func() {
		transport.Close()
		server.Close()
		assert.NoError(t, s.Close())
	})
	k := s.Credentials()
	return s, stellarcyber.Config{Transport: transport, BaseURL: server.URL, User: k.User, Key: api.Secret(k.RefreshToken)}
}

// TestClient is what the client is tested with as wasm too.
func TestClient(t *testing.T) {
	t.Parallel()
	s, config := serve(t, sandbox.Options{Cases: 1200})
	k := s.Credentials()
	stellartest.Run(t, func() api.Transport { return config.Transport }, stellartest.Target{
		URL: config.BaseURL, User: k.User, RefreshToken: k.RefreshToken, ScopedKey: k.ScopedKey,
	})
}

// postForm gets a token as the page's scripts do.
func postForm(t *testing.T, address string, k sandbox.Credentials) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, nil)
	require.NoError(t, err)
	req.SetBasicAuth(k.User, k.RefreshToken)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var token struct {
		AccessToken string `json:"access_token"`
	}
	answerTo(t, req, &token)
	return token.AccessToken
}

func getJSON(t *testing.T, address, token string, into any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	answerTo(t, req, into)
}

func answerTo(t *testing.T, req *http.Request, into any) {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.NoError(t, json.NewDecoder(resp.Body).Decode(into))
}
