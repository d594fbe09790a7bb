//go:build !js

package trustar

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// Credentials that must be found in no error.
const (
	canaryKey    = "canary-key-1a2b"
	canarySecret = "canary-secret-3c4d"
	canaryToken  = "canary-token-"
)

// call is a request as the server got it.
type call struct {
	method, path, query, body string
	header                    http.Header
}

// server is the vendor's service as far as a test scripts it, below a base path.
// Its tokens are canaryToken and a number; data calls need the newest one.
type server struct {
	*httptest.Server
	mux *http.ServeMux

	mu     sync.Mutex
	tokens int
	calls  []call
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{mux: http.NewServeMux()}
	s.mux.HandleFunc("POST /gateway/oauth/token", s.token)
	s.Server = httptest.NewServer(s.mux)
	t.Cleanup(s.Close)
	return s
}

func (s *server) token(w http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	if user != canaryKey || password != canarySecret || r.FormValue("grant_type") != "client_credentials" {
		http.Error(w, `{"error":"Unauthorized"}`, http.StatusUnauthorized)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens++
	_, _ = io.WriteString(w, `{"access_token":"`+canaryToken+strconv.Itoa(s.tokens)+`","token_type":"bearer","expires_in":599,"scope":"read"}`)
}

// handle scripts a data endpoint, named by method and path below /gateway/api.
func (s *server) handle(pattern string, answer http.HandlerFunc) {
	method, path, _ := strings.Cut(pattern, " ")
	s.mux.HandleFunc(method+" /gateway/api"+path, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		current := "Bearer " + canaryToken + strconv.Itoa(s.tokens)
		s.calls = append(s.calls, call{r.Method, r.URL.Path, r.URL.RawQuery, string(body), r.Header.Clone()})
		s.mu.Unlock()
		if r.Header.Get("Authorization") != current {
			http.Error(w, `{"error":"unauthorized"}`, http.StatusUnauthorized)
			return
		}
		answer(w, r)
	})
}

func (s *server) seen() []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]call(nil), s.calls...)
}

func (s *server) tokenCalls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens
}

// client waits at most a millisecond before it repeats a call.
func (s *server) client(t *testing.T, version string) *Client {
	t.Helper()
	client, err := New(s.config(version))
	require.NoError(t, err)
	return client
}

func (s *server) config(version string) Config {
	return Config{
		Transport: httptransport.New(httptransport.Config{}),
		BaseURL:   s.URL + "/gateway",
		Version:   version,
		Key:       canaryKey,
		Secret:    canarySecret,
		WebURL:    "https://station.example",
		MaxWait:   time.Millisecond,
		Sleep:     func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

var answer = clienttest.Answer

func noSecrets(t *testing.T, err error) {
	t.Helper()
	clienttest.NoSecrets(t, err, canaryKey, canarySecret, canaryToken, "Basic ", "Bearer ")
}
