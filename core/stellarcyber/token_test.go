//go:build !js

package stellarcyber

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

func TestToken(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Config){
		"user and refresh token": func(*Config) {},
		"user-scoped key":        func(c *Config) { c.User = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("/cases", answer(200, fixture(t, "cases-none.json")))
			config := s.config()
			change(&config)
			client, err := New(config)
			require.NoError(t, err)
			var group sync.WaitGroup
			for range 20 {
				group.Go(func() {
					_, err := client.Cases(t.Context(), CaseQuery{})
					assert.NoError(t, err)
				})
			}
			group.Wait()
			assert.Equal(t, 1, s.tokenCalls(), "one token for all")
			assert.Len(t, s.seen(), 20)
		})
	}
}

func TestTokenIsRenewedEarly(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("/cases", answer(200, fixture(t, "cases-none.json")))
	now := time.Now()
	config := s.config()
	config.Now = func() time.Time { return now }
	client, err := New(config)
	require.NoError(t, err)
	for _, step := range []struct {
		after time.Duration
		calls int
	}{{0, 1}, {8*time.Minute + 50*time.Second, 1}, {15 * time.Second, 2}} {
		now = now.Add(step.after)
		s.mu.Lock()
		s.expires = now.Add(10 * time.Minute)
		s.mu.Unlock()
		_, err := client.Cases(t.Context(), CaseQuery{})
		require.NoError(t, err)
		assert.Equal(t, step.calls, s.tokenCalls())
	}
}

func TestTokenRenewal(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("/cases", func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Header.Get("Authorization"), "-1") {
			answer(401, fixture(t, "unauthorized.json"))(w, r)
			return
		}
		answer(200, fixture(t, "cases-none.json"))(w, r)
	})
	_, err := s.client(t).Cases(t.Context(), CaseQuery{})
	require.NoError(t, err)
	assert.Equal(t, 2, s.tokenCalls())
	assert.Len(t, s.seen(), 2)

	s = newServer(t)
	s.handle("/cases", answer(401, "Unauthorized"))
	_, err = s.client(t).Cases(t.Context(), CaseQuery{})
	require.ErrorAs(t, err, new(*api.AuthError))
	assert.Equal(t, 2, s.tokenCalls())
	noSecrets(t, err)
}

func TestTokenAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   any // pointer to the error's type; nil when the token is taken
	}{
		"contract":         {200, `{"access_token":"` + canaryToken + `1","exp":1700027443}`, nil},
		"no end":           {200, `{"access_token":"` + canaryToken + `1"}`, nil},
		"end of 0":         {200, `{"access_token":"` + canaryToken + `1","exp":0}`, nil},
		"end before 1970":  {200, `{"access_token":"` + canaryToken + `1","exp":-5}`, nil},
		"milliseconds":     {200, `{"access_token":"` + canaryToken + `1","exp":1700027443000}`, nil},
		"far end":          {200, `{"access_token":"` + canaryToken + `1","exp":1e300}`, nil},
		"no token":         {200, `{"exp":1700027443}`, new(*api.DecodeError)},
		"half an answer":   {200, `{"access_token":"` + canaryToken, new(*api.DecodeError)},
		"mistyped end":     {200, `{"access_token":"` + canaryToken + `1","exp":"` + canaryToken + `"}`, new(*api.DecodeError)},
		"page":             {200, "<html>", new(*api.DecodeError)},
		"refused":          {401, fixture(t, "unauthorized.json"), new(*api.AuthError)},
		"refused, echoing": {401, canaryKey + " is wrong", new(*api.AuthError)},
		"forbidden":        {403, "<p>" + canaryKey, new(*api.AuthError)},
		"down":             {503, "", new(*api.StatusError)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			mux := http.NewServeMux()
			s.Config.Handler = mux
			var asked atomic.Int32
			mux.HandleFunc("POST /gateway/connect/api/v1/access_token", func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			mux.HandleFunc("GET /gateway/connect/api/v1/cases", answer(200, fixture(t, "cases-none.json")))
			client := s.client(t)
			_, err := client.Cases(t.Context(), CaseQuery{})
			if test.want == nil {
				require.NoError(t, err)
				_, err = client.Cases(t.Context(), CaseQuery{})
				require.NoError(t, err)
				assert.EqualValues(t, 1, asked.Load(), "a strange end must not cause calls")
				return
			}
			require.ErrorAs(t, err, test.want)
			noSecrets(t, err)
		})
	}
}
