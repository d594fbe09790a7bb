//go:build !js

package trustar

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// issuer is a server that hands out tokens as the vendor does: the same one until it
// has expired. It is a transport as well, on which every call takes a while to arrive.
type issuer struct {
	life time.Duration

	asked    atomic.Int32 // token calls under way
	together atomic.Int32 // times that two were
	late     atomic.Int32 // data calls with an expired token
	calls    atomic.Int32
	tokens   atomic.Int32

	mu     sync.Mutex
	token  string
	number int
	until  time.Time
}

func (s *issuer) RoundTrip(_ context.Context, req *api.Request) (*api.Response, error) {
	time.Sleep(rand.N(1500 * time.Millisecond))
	defer func() { time.Sleep(rand.N(500 * time.Millisecond)) }()
	if strings.HasSuffix(req.URL, "/oauth/token") {
		return s.handOut(), nil
	}
	s.calls.Add(1)
	s.mu.Lock()
	good := req.Header.Get("Authorization") == "Bearer "+s.token && time.Now().Before(s.until)
	s.mu.Unlock()
	if !good {
		s.late.Add(1)
		return &api.Response{Status: 400, Body: []byte(`{"error":"invalid_request","error_description":"Expired oauth2 access token"}`)}, nil
	}
	return &api.Response{Status: 200, Body: []byte("pong\n")}, nil
}

func (s *issuer) handOut() *api.Response {
	if s.asked.Add(1) > 1 {
		s.together.Add(1)
	}
	defer s.asked.Add(-1)
	s.tokens.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !now.Before(s.until) {
		s.number++
		s.token, s.until = fmt.Sprint("token-", s.number), now.Add(s.life)
	}
	return &api.Response{Status: 200, Body: fmt.Appendf(nil, `{"access_token":%q,"expires_in":%d}`, s.token, s.until.Sub(now)/time.Second)}
}

// A hundred callers share a client while tokens expire: there is one token call at a
// time, and no call is made with an expired token. The clock is synctest's.
func TestHundredCallers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const callers, each = 100, 60
		s := &issuer{life: 20 * time.Second}
		config := offlineConfig(Version13)
		config.Transport = s
		client, err := New(config)
		require.NoError(t, err)
		var group sync.WaitGroup
		for range callers {
			group.Go(func() {
				for range each {
					assert.NoError(t, client.Ping(t.Context()))
				}
			})
		}
		group.Wait()
		assert.Zero(t, s.together.Load(), "two token calls at a time")
		assert.Zero(t, s.late.Load(), "calls with an expired token")
		assert.EqualValues(t, callers*each, s.calls.Load(), "none was made twice")
		assert.Greater(t, s.number, 2, "tokens did expire")
		assert.LessOrEqual(t, int(s.tokens.Load()), 4*s.number)
		t.Logf("%d calls, %d tokens, %d token calls, %d at a time, %d calls with an expired token", s.calls.Load(), s.number, s.tokens.Load(), 1+s.together.Load(), s.late.Load())
	})
}

// The same over HTTP, with a server that takes back its token in the middle: each
// caller's call is repeated once, whoever renews it.
func TestHundredCallersOverHTTP(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var served atomic.Int32
	s.handle("GET /1.3/ping", func(w http.ResponseWriter, r *http.Request) {
		// Once: a call that is repeated while another token is taken back may fail.
		if served.Add(1) == 1000 {
			s.mu.Lock()
			s.tokens++ // nobody has the new one
			s.mu.Unlock()
		}
		answer(200, "pong\n")(w, r)
	})
	client := s.client(t, Version13)
	var (
		group  sync.WaitGroup
		failed atomic.Int32
	)
	for range 100 {
		group.Go(func() {
			for range 20 {
				if err := client.Ping(t.Context()); err != nil {
					failed.Add(1)
					assert.ErrorAs(t, err, new(*api.AuthError))
				}
			}
		})
	}
	group.Wait()
	assert.Zero(t, failed.Load())
}

// What is left of a token for less than a call is waited out, once.
func TestTokenIsWaitedOut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		left  string
		waits int
	}{{"599", 0}, {"3", 0}, {"2", 1}, {"1", 1}, {"0", 1}, {"-1", 1}, {"null", 0}} {
		var asked, waited int
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/oauth/token") {
				asked++
				_, _ = io.WriteString(w, `{"access_token":"x","expires_in":`+test.left+`}`)
				return
			}
			_, _ = io.WriteString(w, "pong")
		}))
		config := offlineConfig(Version13)
		config.Transport, config.BaseURL = httptransport.New(httptransport.Config{}), server.URL
		config.Sleep = func(_ context.Context, d time.Duration) error {
			waited++
			assert.LessOrEqual(t, d, 3*time.Second)
			return nil
		}
		client, err := New(config)
		require.NoError(t, err)
		require.NoError(t, client.Ping(t.Context()))
		assert.Equal(t, test.waits, waited, test.left)
		assert.Equal(t, 1+test.waits, asked, test.left)

		if config.Sleep = func(ctx context.Context, _ time.Duration) error { return context.Canceled }; test.waits > 0 {
			client, err = New(config)
			require.NoError(t, err)
			require.ErrorIs(t, client.Ping(t.Context()), context.Canceled)
		}
		server.Close()
	}
}
