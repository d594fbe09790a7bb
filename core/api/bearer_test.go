package api_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// counter numbers the tokens that it gives out: "token-1", "token-2", ...
type counter struct {
	mu       sync.Mutex
	fetched  int
	lifetime time.Duration
	takes    time.Duration
	err      error
}

func (c *counter) fetch(ctx context.Context) (api.Token, error) {
	c.mu.Lock()
	c.fetched++
	n := c.fetched
	c.mu.Unlock()
	select {
	case <-time.After(c.takes):
	case <-ctx.Done():
		return api.Token{}, ctx.Err()
	}
	if c.err != nil {
		return api.Token{}, c.err
	}
	token := api.Token{Value: api.Secret("token-" + strconv.Itoa(n))}
	if c.lifetime != 0 {
		token.Expires = time.Now().Add(c.lifetime)
	}
	return token, nil
}

func (c *counter) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fetched
}

func authorized(t *testing.T, bearer *api.Bearer) string {
	t.Helper()
	var req api.Request
	require.NoError(t, bearer.Authorize(t.Context(), &req))
	return req.Header.Get("Authorization")
}

func TestBearerLifetimes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		lifetime, early time.Duration
		lasts, gone     time.Duration
		why             string
	}{
		"as promised":          {lifetime: 599 * time.Second, lasts: 538 * time.Second, gone: 540 * time.Second, why: "60 s early"},
		"unknown":              {lasts: 9*time.Minute - time.Second, gone: 9 * time.Minute, why: "10 minutes"},
		"10^12 s":              {lifetime: 1<<63 - 1, lasts: 9*time.Minute - time.Second, gone: 9 * time.Minute, why: "clamped"},
		"1 s":                  {lifetime: time.Second, lasts: 4 * time.Second, gone: 5 * time.Second, why: "at least 10 s, half of it early"},
		"already over":         {lifetime: -5 * time.Second, lasts: 4 * time.Second, gone: 5 * time.Second, why: "at least 10 s"},
		"own idea of early":    {lifetime: 5 * time.Minute, early: 10 * time.Second, lasts: 289 * time.Second, gone: 290 * time.Second},
		"early is too early":   {lifetime: time.Minute, early: time.Hour, lasts: 29 * time.Second, gone: 30 * time.Second},
		"over for a long time": {lifetime: -1 << 62, lasts: 4 * time.Second, gone: 5 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				source := &counter{lifetime: test.lifetime}
				bearer := &api.Bearer{Fetch: source.fetch, Early: test.early}
				assert.Equal(t, "Bearer token-1", authorized(t, bearer))
				time.Sleep(test.lasts)
				assert.Equal(t, "Bearer token-1", authorized(t, bearer), test.why)
				time.Sleep(test.gone - test.lasts)
				assert.Equal(t, "Bearer token-2", authorized(t, bearer), test.why)
			})
		})
	}
}

func TestBearerLeast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{lifetime: 3 * time.Second}
		bearer := &api.Bearer{Fetch: source.fetch, Early: 2 * time.Second, Least: time.Second}
		assert.Equal(t, "Bearer token-1", authorized(t, bearer))
		time.Sleep(1499 * time.Millisecond)
		assert.Equal(t, "Bearer token-1", authorized(t, bearer))
		time.Sleep(time.Millisecond)
		assert.Equal(t, "Bearer token-2", authorized(t, bearer), "not stretched beyond its end")
	})
}

func TestBearerClockBack(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	source := &counter{}
	bearer := &api.Bearer{Fetch: source.fetch, Now: func() time.Time { return now }}
	assert.Equal(t, "Bearer token-1", authorized(t, bearer))
	now = now.AddDate(-10, 0, 0)
	assert.Equal(t, "Bearer token-2", authorized(t, bearer))
}

func TestBearerRefused(t *testing.T) {
	t.Parallel()
	source := &counter{}
	bearer := &api.Bearer{Fetch: source.fetch}
	assert.Equal(t, "Bearer token-1", authorized(t, bearer))
	assert.False(t, bearer.Refused(&api.Response{Status: 403}))
	assert.Equal(t, "Bearer token-1", authorized(t, bearer))
	assert.True(t, bearer.Refused(&api.Response{Status: 401}))
	assert.Equal(t, "Bearer token-2", authorized(t, bearer))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, bearer.Authorize(ctx, &api.Request{}), context.Canceled)
}

func TestBearerOneFetchForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{takes: time.Second}
		bearer := &api.Bearer{Fetch: source.fetch}
		impatient, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() { // the first to ask is the first to go
			assert.ErrorIs(t, bearer.Authorize(impatient, &api.Request{}), context.DeadlineExceeded)
		})
		synctest.Wait()
		for range 10 {
			wg.Go(func() { assert.Equal(t, "Bearer token-1", authorized(t, bearer)) })
		}
		wg.Wait()
		assert.Equal(t, 1, source.count())
	})
}

func TestBearerFetchEndsWithItsLastWaiter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{takes: time.Hour}
		bearer := &api.Bearer{Fetch: source.fetch}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, bearer.Authorize(ctx, &api.Request{}), context.DeadlineExceeded)
		synctest.Wait() // the bubble would deadlock here if the fetch went on

		source.takes = 0
		assert.Equal(t, "Bearer token-2", authorized(t, bearer))
	})
}

func TestBearerFailures(t *testing.T) {
	t.Parallel()
	t.Run("an error reaches the caller and is forgotten", func(t *testing.T) {
		t.Parallel()
		source := &counter{err: errors.New("closed")}
		bearer := &api.Bearer{Fetch: source.fetch}
		require.ErrorIs(t, bearer.Authorize(t.Context(), &api.Request{}), source.err)
		source.err = nil
		assert.Equal(t, "Bearer token-2", authorized(t, bearer))
	})
	t.Run("an empty token is none", func(t *testing.T) {
		t.Parallel()
		bearer := &api.Bearer{Fetch: func(context.Context) (api.Token, error) { return api.Token{}, nil }}
		require.Error(t, bearer.Authorize(t.Context(), &api.Request{}))
	})
	t.Run("a panic comes out where the token was wanted", func(t *testing.T) {
		t.Parallel()
		bearer := &api.Bearer{Fetch: func(context.Context) (api.Token, error) { panic("broken") }}
		for range 2 {
			assert.PanicsWithValue(t, "broken", func() { _ = bearer.Authorize(t.Context(), &api.Request{}) })
		}
	})
}

func TestDoRenewsOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		steps         []step
		sent, fetched int
		ok            bool
	}{
		"one refusal":               {[]step{status(401), status(200)}, 2, 2, true},
		"two refusals":              {[]step{status(401), status(401), status(200)}, 2, 2, false},
		"refused, lost, refused":    {[]step{status(401), lost(), status(401), status(200)}, 3, 2, false},
		"lost, refused, lost, fine": {[]step{lost(), status(401), lost(), status(200)}, 4, 2, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				source := &counter{}
				transport := &script{steps: test.steps}
				client := &api.Client{Transport: transport, Auth: &api.Bearer{Fetch: source.fetch}}
				_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: "https://example.test/"})
				if !test.ok {
					var auth *api.AuthError
					require.ErrorAs(t, err, &auth)
				} else {
					require.NoError(t, err)
				}
				assert.Len(t, transport.sent, test.sent)
				assert.Equal(t, test.fetched, source.count())
			})
		})
	}
}

// A POST that may not be repeated is sent again after a refusal all the same: it
// was not carried out.
func TestDoRenewsForPost(t *testing.T) {
	t.Parallel()
	source := &counter{}
	transport := &script{steps: []step{{resp: &api.Response{Status: 400, Body: []byte(`{"error_description":"Expired oauth2 access token"}`)}}, status(200)}}
	client := &api.Client{Transport: transport, Auth: &api.Bearer{
		Fetch:     source.fetch,
		IsRefusal: func(resp *api.Response) bool { return resp.Status == 400 },
	}}
	_, err := client.Do(t.Context(), &api.Request{Method: "POST", URL: "https://example.test/"})
	require.NoError(t, err)
	assert.Equal(t, "Bearer token-1", transport.sent[0].Header.Get("Authorization"))
	assert.Equal(t, "Bearer token-2", transport.sent[1].Header.Get("Authorization"))
}

// A failed token call made its own attempts: Do does not multiply them.
func TestDoDoesNotRepeatTheTokenCall(t *testing.T) {
	t.Parallel()
	source := &counter{err: &api.NetworkError{Cause: errors.New("cut")}}
	client := &api.Client{Transport: &script{steps: []step{status(200)}}, Auth: &api.Bearer{Fetch: source.fetch}}
	_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: "https://example.test/"})
	require.ErrorIs(t, err, source.err)
	assert.Equal(t, 1, source.count())
}

// serverOf accepts one token at a time.
type serverOf struct {
	mu    sync.Mutex
	valid string
}

func (s *serverOf) RoundTrip(_ context.Context, req *api.Request) (*api.Response, error) {
	s.mu.Lock()
	valid := s.valid
	s.mu.Unlock()
	time.Sleep(time.Duration(len(req.URL)) * time.Millisecond) // answers come at different times
	if req.Header.Get("Authorization") != valid {
		return &api.Response{Status: 401}, nil
	}
	return &api.Response{Status: 200}, nil
}

func TestConcurrentRefusalsRenewOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := &counter{takes: 20 * time.Millisecond}
		client := &api.Client{Transport: &serverOf{valid: "Bearer token-2"}, Auth: &api.Bearer{Fetch: source.fetch}}
		var wg sync.WaitGroup
		for n := range 20 {
			wg.Go(func() {
				url := "https://example.test/" + strings.Repeat("a", 5*n)
				_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: url})
				assert.NoError(t, err)
			})
		}
		wg.Wait()
		assert.Equal(t, 2, source.count())
	})
}
