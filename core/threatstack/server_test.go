package threatstack

import (
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
	"github.com/sightline-sec/sightline/core/threatstack/hawk"
)

// The key must be found in no error.
const (
	canaryKey = "canary-api-key-77ab01"
	orgID     = "0123456789abcdef01234567"
	userID    = "5a1b2c3d4e5f60718293a4b5"
)

// call is a request as the server saw it.
type call struct {
	Line string // method and target
	Org  string // Organization
	Body string
}

// server is the vendor's service as far as a test scripts it, both versions below a
// base path. Version 2 checks signatures and signs its answers.
type server struct {
	*httptest.Server
	answer http.HandlerFunc
	now    func() time.Time
	// unsigned leaves Server-Authorization out, forged makes it a wrong one.
	unsigned, forged bool

	mu     sync.Mutex
	calls  []call
	nonces map[string]bool
	stale  int // requests refused for their time
}

func newServer(t *testing.T, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{answer: answer, now: time.Now, nonces: map[string]bool{}}
	s.Server = httptest.NewServer(http.StripPrefix("/gateway", s))
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.calls = append(s.calls, call{r.Method + " " + r.RequestURI[len("/gateway"):], r.Header.Get("Organization"), string(body)})
	s.mu.Unlock()
	if r.Header.Get("Authorization") == canaryKey {
		s.answer(w, r)
		return
	}
	s.signed(w, r, body)
}

func (s *server) signed(w http.ResponseWriter, r *http.Request, body []byte) {
	refuse := func(challenge string) {
		w.Header().Set("WWW-Authenticate", challenge)
		answer(401, `{"errors":["Authentication failed"]}`)(w, r)
	}
	h, err := hawk.Parse(r.Header.Get("Authorization"))
	if err != nil || h.ID != userID || h.Ext != orgID {
		refuse(`Hawk error="Unknown credentials"`)
		return
	}
	host, port := hawk.SplitHost(r.Host)
	artifacts := hawk.Artifacts{
		Time: h.Time, Nonce: h.Nonce, Method: r.Method, Resource: r.RequestURI,
		Host: host, Port: port, Ext: h.Ext, Hash: h.Hash,
	}
	if h.MAC != artifacts.RequestMAC(canaryKey) || len(body) > 0 && h.Hash != hawk.PayloadHash(r.Header.Get("Content-Type"), body) {
		refuse(`Hawk error="Bad mac"`)
		return
	}
	now := s.now().Unix()
	s.mu.Lock()
	again, late := s.nonces[h.Nonce], max(now-h.Time, h.Time-now) > 60
	s.nonces[h.Nonce] = true
	if late {
		s.stale++
	}
	s.mu.Unlock()
	switch {
	case again:
		refuse(`Hawk error="Nonce used"`)
		return
	case late:
		refuse(`Hawk ts="` + strconv.FormatInt(now, 10) + `", tsm="` + hawk.TimestampMAC(canaryKey, now) + `", error="Stale timestamp"`)
		return
	}
	recorded := httptest.NewRecorder()
	s.answer(recorded, r)
	for name, values := range recorded.Header() {
		w.Header()[name] = values
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	artifacts.Ext, artifacts.Hash = "", hawk.PayloadHash(w.Header().Get("Content-Type"), recorded.Body.Bytes())
	if s.forged {
		artifacts.Resource += "x"
	}
	if !s.unsigned {
		w.Header().Set("Server-Authorization", hawk.Header{MAC: artifacts.ResponseMAC(canaryKey), Hash: artifacts.Hash}.String())
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
}

// seen are the calls so far.
func (s *server) seen() []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]call(nil), s.calls...)
}

func (s *server) lines() []string {
	var lines []string
	for _, c := range s.seen() {
		lines = append(lines, c.Line)
	}
	return lines
}

// config waits at most a millisecond before it repeats a call.
func (s *server) config() Config {
	return Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: s.URL + "/gateway",
		APIKey: canaryKey, OrgID: orgID, UserID: userID, MaxWait: time.Millisecond,
	}
}

func (s *server) v1(t *testing.T) *Client {
	t.Helper()
	client, err := New(s.config())
	require.NoError(t, err)
	return client
}

func (s *server) v2(t *testing.T) *ClientV2 {
	t.Helper()
	client, err := NewV2(s.config())
	require.NoError(t, err)
	return client
}

var answer = clienttest.Answer

func noSecrets(t *testing.T, err error) {
	t.Helper()
	clienttest.NoSecrets(t, err, canaryKey, "Hawk id")
}
