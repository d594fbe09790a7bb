package api_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// script is a Transport that gives prepared answers in their order, the last one
// for ever, and keeps what it was sent.
type script struct {
	steps []step
	sent  []api.Request
}

type step struct {
	resp *api.Response
	err  error
}

func (s *script) RoundTrip(_ context.Context, req *api.Request) (*api.Response, error) {
	s.sent = append(s.sent, *req)
	now := s.steps[0]
	if len(s.steps) > 1 {
		s.steps = s.steps[1:]
	}
	return now.resp, now.err
}

func status(code int, header ...api.Field) step {
	return step{resp: &api.Response{Status: code, Header: header}}
}

func lost() step { return step{err: &api.NetworkError{Cause: errors.New("cut")}} }

func TestDoRepeatsOnlyWhatIsSafe(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		method     string
		repeatable bool
		steps      []step
		sent       int
		ok         bool
	}{
		"get after a lost answer":      {"GET", false, []step{lost(), status(200)}, 2, true},
		"get after three lost answers": {"GET", false, []step{lost()}, 3, false},
		"post is sent once":            {"POST", false, []step{lost(), status(200)}, 1, false},
		"post that says it may":        {"POST", true, []step{status(503), status(502), status(201)}, 3, true},
		"put and 500":                  {"PUT", false, []step{status(500), status(200)}, 2, true},
		"404 is final":                 {"GET", false, []step{status(404), status(200)}, 1, false},
		"501 is final":                 {"GET", false, []step{status(501), status(200)}, 1, false},
		"429 is returned at once":      {"GET", false, []step{status(429), status(200)}, 1, false},
		"redirects are final":          {"GET", false, []step{{err: &api.RedirectError{}}, status(200)}, 1, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				transport := &script{steps: test.steps}
				client := &api.Client{Transport: transport}
				_, err := client.Do(t.Context(), &api.Request{
					Method: test.method, URL: "https://example.test/", Repeatable: test.repeatable,
				})
				assert.Equal(t, test.ok, err == nil, "error: %v", err)
				assert.Len(t, transport.sent, test.sent)
			})
		})
	}
}

func TestDoWaitsAsAllowed(t *testing.T) {
	t.Parallel()
	after := api.Field{Name: "Retry-After", Value: "30"}
	tests := map[string]struct {
		first   step
		maxWait time.Duration
		waited  time.Duration
		ok      bool
	}{
		"backoff without leave":        {lost(), 0, 250 * time.Millisecond, true},
		"429 within leave":             {status(429, after), time.Minute, 30 * time.Second, true},
		"429 beyond leave":             {status(429, after), 29 * time.Second, 0, false},
		"429 without leave":            {status(429, api.Field{Name: "Retry-After", Value: "1"}), 0, 0, false},
		"503 that asks for more":       {status(503, after), 0, 0, false},
		"503 that asks within leave":   {status(503, after), time.Minute, 30 * time.Second, true},
		"503 that asks for what it is": {status(503, api.Field{Name: "Retry-After", Value: "2"}), 0, 2 * time.Second, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				client := &api.Client{
					Transport: &script{steps: []step{test.first, status(200)}},
					MaxWait:   test.maxWait,
					Jitter:    func() float64 { return 0.5 },
				}
				_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: "https://example.test/"})
				assert.Equal(t, test.ok, err == nil, "error: %v", err)
				assert.Equal(t, test.waited, time.Since(start))
			})
		})
	}
}

func TestDoContextWins(t *testing.T) {
	t.Parallel()
	t.Run("ended before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		transport := &script{steps: []step{status(200)}}
		_, err := (&api.Client{Transport: transport}).Do(ctx, &api.Request{Method: "GET", URL: "https://example.test/"})
		require.ErrorIs(t, err, context.Canceled)
		assert.Empty(t, transport.sent)
	})
	t.Run("ends while waiting", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			transport := &script{steps: []step{status(429, api.Field{Name: "Retry-After", Value: "5"})}}
			client := &api.Client{Transport: transport, MaxWait: time.Minute}
			_, err := client.Do(ctx, &api.Request{Method: "GET", URL: "https://example.test/"})
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.Len(t, transport.sent, 1)
		})
	})
}

func TestDoAddsHeadersAndLeavesTheRequestAlone(t *testing.T) {
	t.Parallel()
	transport := &script{steps: []step{status(200)}}
	client := &api.Client{
		Transport: transport,
		Auth:      api.Basic{User: "analyst", Password: "open sesame"},
		Header:    api.Header{{Name: "Client-Type", Value: "API"}, {Name: "Accept", Value: "text/plain"}},
	}
	req := &api.Request{Method: "GET", URL: "https://example.test/", Header: api.Header{{Name: "accept", Value: "application/json"}}}
	_, err := client.Do(t.Context(), req)
	require.NoError(t, err)
	sent := transport.sent[0].Header
	assert.Equal(t, "application/json", sent.Get("Accept"))
	assert.Equal(t, "API", sent.Get("client-type"))
	assert.Equal(t, "Basic YW5hbHlzdDpvcGVuIHNlc2FtZQ==", sent.Get("Authorization"))
	assert.Equal(t, api.Header{{Name: "accept", Value: "application/json"}}, req.Header)
}

func TestDoClassifyMayAccept(t *testing.T) {
	t.Parallel()
	client := &api.Client{
		Transport: &script{steps: []step{status(409)}},
		Classify: func(_ *api.Request, resp *api.Response) error {
			if resp.Status == 409 {
				return nil // "already exists" is what was wanted
			}
			return errors.New("unexpected")
		},
	}
	resp, err := client.Do(t.Context(), &api.Request{Method: "POST", URL: "https://example.test/"})
	require.NoError(t, err)
	assert.Equal(t, 409, resp.Status)
}

func TestBasicIsNeverRepeated(t *testing.T) {
	t.Parallel()
	transport := &script{steps: []step{status(401)}}
	client := &api.Client{Transport: transport, Auth: api.Basic{User: "u", Password: "wrong"}}
	_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: "https://example.test/"})
	var auth *api.AuthError
	require.ErrorAs(t, err, &auth)
	assert.Len(t, transport.sent, 1)
}

// hangUp is a Transport during whose call the caller gives up.
type hangUp struct{ cancel context.CancelFunc }

func (h hangUp) RoundTrip(context.Context, *api.Request) (*api.Response, error) {
	h.cancel()
	return nil, &api.NetworkError{Cause: errors.New("cut")}
}

func TestDoContextWinsOverTheNetwork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := (&api.Client{Transport: hangUp{cancel}}).Do(ctx, &api.Request{Method: "GET", URL: "https://example.test/"})
	require.ErrorIs(t, err, context.Canceled)
}

func TestDoChecksFirst(t *testing.T) {
	t.Parallel()
	transport := &script{steps: []step{status(200)}}
	_, err := (&api.Client{Transport: transport}).Do(t.Context(), &api.Request{Method: "GET", URL: "reports"})
	var invalid *api.InvalidError
	require.ErrorAs(t, err, &invalid)
	assert.Empty(t, transport.sent)
}

func TestDoUsesTheClockItIsGiven(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var slept time.Duration
	client := &api.Client{
		Transport: &script{steps: []step{status(503, api.Field{Name: "Retry-After", Value: "Sun, 22 Nov 2026 12:00:20 GMT"}), status(200)}},
		MaxWait:   time.Minute,
		Now:       func() time.Time { return now },
		Sleep: func(_ context.Context, d time.Duration) error {
			slept += d
			return nil
		},
	}
	_, err := client.Do(t.Context(), &api.Request{Method: "GET", URL: "https://example.test/"})
	require.NoError(t, err)
	assert.Equal(t, 20*time.Second, slept)
}
