//go:build !js

package trustar

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func TestTokenIsShared(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/ping", answer(200, "pong\n"))
	client := s.client(t, Version13)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() { assert.NoError(t, client.Ping(t.Context())) })
	}
	group.Wait()
	assert.Equal(t, 1, s.tokenCalls())
	assert.Len(t, s.seen(), 20)
}

// A refused token is renewed once and the call repeated once, whatever its method.
func TestTokenRenewal(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"expired-oaut2.json", "expired-oauth2.json", "invalid-oauth2.json"} {
		for _, status := range []int{400, 401} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s := newServer(t)
				refusal := fixture(t, name)
				s.handle("POST /1.3/reports", func(w http.ResponseWriter, r *http.Request) {
					if strings.HasSuffix(r.Header.Get("Authorization"), "-1") {
						answer(status, refusal)(w, r)
						return
					}
					answer(200, reportID)(w, r)
				})
				anonymous := sample()
				anonymous.ExternalID = ""
				_, err := s.client(t, Version13).Submit(t.Context(), anonymous)
				require.NoError(t, err)
				assert.Equal(t, 2, s.tokenCalls())
				assert.Len(t, s.seen(), 2)
			})
			t.Run(name+" for ever", func(t *testing.T) {
				t.Parallel()
				s := newServer(t)
				s.handle("GET /1.3/ping", answer(status, fixture(t, name)))
				err := s.client(t, Version13).Ping(t.Context())
				var auth *api.AuthError
				require.ErrorAs(t, err, &auth)
				assert.Equal(t, 2, s.tokenCalls(), "the vendor's SDK asks for ever")
				assert.Len(t, s.seen(), 2)
				noSecrets(t, err)
			})
		}
	}
}

func TestOther400IsNoRefusal(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, body := range []string{fixture(t, "bad-request.json"), "<html>", `{"error_description":7}`, ""} {
		assert.False(t, refusesToken(&api.Response{Status: 400, Body: []byte(body)}))
	}
	s.handle("GET /1.3/ping", answer(400, fixture(t, "bad-request.json")))
	err := s.client(t, Version13).Ping(t.Context())
	var status *api.StatusError
	require.ErrorAs(t, err, &status)
	assert.Equal(t, "Missing report body", status.Message)
	assert.Len(t, s.seen(), 1)
}

func TestTokenAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   any // pointer to the error's type; nil when the token is taken
	}{
		"only the token":     {200, `{"access_token":"` + canaryToken + `1"}`, nil},
		"expires in 0":       {200, `{"access_token":"` + canaryToken + `1","expires_in":0}`, nil},
		"expires before":     {200, `{"access_token":"` + canaryToken + `1","expires_in":-5}`, nil},
		"expires never":      {200, `{"access_token":"` + canaryToken + `1","expires_in":1e300}`, nil},
		"no token":           {200, `{"token_type":"bearer"}`, new(*api.DecodeError)},
		"empty token":        {200, `{"access_token":""}`, new(*api.DecodeError)},
		"token of a number":  {200, `{"access_token":123456789}`, new(*api.DecodeError)},
		"half an answer":     {200, `{"access_token":"` + canaryToken + `1`, new(*api.DecodeError)},
		"mistyped lifetime":  {200, `{"access_token":"` + canaryToken + `1","expires_in":"` + canaryToken + `"}`, new(*api.DecodeError)},
		"trailing text":      {200, `{"access_token":"` + canaryToken + `1"}` + canaryToken, new(*api.DecodeError)},
		"page":               {200, "<html>", new(*api.DecodeError)},
		"wrong password":     {401, `{"error":"Unauthorized"}`, new(*api.AuthError)},
		"wrong password 400": {400, `{"error":"Unauthorized","echo":"` + canarySecret + `"}`, new(*api.AuthError)},
		"wrong address":      {404, "not found", new(*api.StatusError)},
		"too often":          {429, fixture(t, "too-many-requests.json"), new(*api.RateLimitError)},
		"down":               {503, "down", new(*api.StatusError)},
		"forbidden":          {403, "<p>" + canarySecret + " is not allowed", new(*api.AuthError)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.mux = http.NewServeMux()
			s.Config.Handler = s.mux
			var asked atomic.Int32
			s.mux.HandleFunc("POST /gateway/oauth/token", func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			s.mux.HandleFunc("GET /gateway/api/1.3/ping", answer(200, "pong"))
			client := s.client(t, Version13)
			err := client.Ping(t.Context())
			if test.want == nil {
				require.NoError(t, err)
				require.NoError(t, client.Ping(t.Context()))
				assert.LessOrEqual(t, asked.Load(), int32(2), "a strange lifetime must not cause calls, but for one")
				return
			}
			require.ErrorAs(t, err, test.want)
			exchange, _ := api.ExchangeOf(err)
			assert.Equal(t, "trustar: get token", exchange.Operation)
			noSecrets(t, err)
		})
	}
}

func TestTokenExpires(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/ping", answer(200, "pong"))
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	config := s.config(Version13)
	config.Now = func() time.Time { return now }
	client, err := New(config)
	require.NoError(t, err)
	for _, step := range []struct {
		after time.Duration
		calls int
	}{{0, 1}, {596 * time.Second, 1}, {2 * time.Second, 2}, {596 * time.Second, 2}} {
		now = now.Add(step.after)
		require.NoError(t, client.Ping(t.Context()))
		assert.Equal(t, step.calls, s.tokenCalls())
	}
}
