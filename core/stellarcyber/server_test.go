//go:build !js

package stellarcyber

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// Credentials that must be found in no error.
const (
	canaryUser  = "canary-user@soc.example"
	canaryKey   = "canary-refresh-token-1a2b"
	canaryToken = "canary-jwt-"
)

// server is the vendor's service as far as a test scripts it, below a base path.
// Its tokens are canaryToken and a number; data calls need the newest one.
type server struct {
	*httptest.Server
	mux *http.ServeMux

	mu      sync.Mutex
	tokens  int
	expires time.Time
	queries []string
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{mux: http.NewServeMux(), expires: time.Now().Add(10 * time.Minute)}
	s.mux.HandleFunc("POST /gateway/connect/api/v1/access_token", s.token)
	s.Server = httptest.NewServer(s.mux)
	t.Cleanup(s.Close)
	return s
}

func (s *server) token(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	user, password, basic := r.BasicAuth()
	known := basic && user == canaryUser && password == canaryKey ||
		!basic && r.Header.Get("Authorization") == "Bearer "+canaryKey
	if !known || len(body) > 0 || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		http.Error(w, `{"error":"Unauthorized"}`, http.StatusUnauthorized)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens++
	fmt.Fprintf(w, `{"access_token":"%s%d","exp":%d}`, canaryToken, s.tokens, s.expires.Unix())
}

// handle scripts a data endpoint, named by its path below /gateway/connect/api/v1.
func (s *server) handle(path string, answer http.HandlerFunc) {
	s.mux.HandleFunc("GET /gateway/connect/api/v1"+path, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		current := "Bearer " + canaryToken + strconv.Itoa(s.tokens)
		s.queries = append(s.queries, r.URL.RawQuery)
		s.mu.Unlock()
		if r.Header.Get("Authorization") != current {
			http.Error(w, `{"error":"Unauthorized"}`, http.StatusUnauthorized)
			return
		}
		answer(w, r)
	})
}

// seen are the queries of data calls.
func (s *server) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.queries...)
}

func (s *server) tokenCalls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens
}

// config waits at most a millisecond before it repeats a call.
func (s *server) config() Config {
	return Config{
		Transport: httptransport.New(httptransport.Config{}),
		BaseURL:   s.URL + "/gateway",
		User:      canaryUser,
		Key:       canaryKey,
		MaxWait:   time.Millisecond,
	}
}

func (s *server) client(t *testing.T) *Client {
	t.Helper()
	client, err := New(s.config())
	require.NoError(t, err)
	return client
}

func (s *server) platform(t *testing.T) *Platform { return &Platform{s.client(t)} }

var answer = clienttest.Answer

func noSecrets(t *testing.T, err error) {
	t.Helper()
	clienttest.NoSecrets(t, err, canaryUser, canaryKey, canaryToken, "Basic ", "Bearer ")
}
