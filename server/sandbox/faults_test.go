package sandbox

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 20})
	c.token = c.newToken()
	ask := func() (*http.Response, []byte, error) {
		return c.do(http.MethodGet, "/connect/api/v1/cases", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.token) })
	}
	_, whole, err := ask()
	require.NoError(t, err)
	status := func(want int, contains string) func(*http.Response, []byte, error) {
		return func(resp *http.Response, body []byte, err error) {
			require.NoError(t, err)
			assert.Equal(t, want, resp.StatusCode)
			assert.Contains(t, string(body), contains)
		}
	}
	tests := []struct {
		fault Fault
		check func(*http.Response, []byte, error)
	}{
		{Fault{Kind: FaultUnauthorized}, status(401, "Unauthorized")},
		{Fault{Kind: FaultRateLimit}, status(429, "Rate limit exceeded")},
		{Fault{Kind: FaultRateLimit, RetryAfter: "7"}, func(resp *http.Response, body []byte, err error) {
			status(429, "")(resp, body, err)
			assert.Equal(t, "7", resp.Header.Get("Retry-After"))
		}},
		{Fault{Kind: FaultServerError}, status(500, `"error"`)},
		{Fault{Kind: FaultServerError, Status: 503}, status(503, `"error"`)},
		{Fault{Kind: FaultEmptyError}, func(resp *http.Response, body []byte, err error) {
			status(502, "")(resp, body, err)
			assert.Empty(t, body)
		}},
		{Fault{Kind: FaultHTML}, status(503, "<h1>")},
		{Fault{Kind: FaultHTML, Status: 200}, status(200, "<h1>")},
		{Fault{Kind: FaultWrongTypes}, status(200, `"many"`)},
		{Fault{Kind: FaultCut, Times: -1}, func(_ *http.Response, _ []byte, err error) { assert.Error(t, err) }},
		{Fault{Kind: FaultHalf}, func(resp *http.Response, body []byte, err error) {
			require.Error(t, err)
			assert.Equal(t, 200, resp.StatusCode)
			assert.NotEmpty(t, body)
			assert.Less(t, len(body), len(whole))
		}},
		{Fault{Kind: FaultSlow, DelayMilliseconds: 60}, func(resp *http.Response, body []byte, err error) {
			status(200, "")(resp, body, err)
			assert.Equal(t, string(whole), string(body))
		}},
		{Fault{Kind: FaultSlow, DelayMilliseconds: 60, Operation: "token"}, status(200, "total")},
	}
	for _, test := range tests {
		require.NoError(t, s.Inject(test.fault))
		test.check(ask())
		s.ClearFaults()
		status(200, "total")(ask())
	}
}

func TestFaultsCount(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 5})
	c.token = c.newToken()
	require.NoError(t, s.Inject(Fault{Kind: FaultRateLimit, Operation: "cases", After: 1, Times: 2}))
	var got []int
	for range 5 {
		resp, _ := c.try("/cases")
		got = append(got, resp.StatusCode)
	}
	assert.Equal(t, []int{200, 429, 429, 200, 200}, got)
	assert.Empty(t, s.Faults())

	require.NoError(t, s.Inject(Fault{Kind: FaultServerError, Times: -1}))
	for range 3 {
		resp, _ := c.try("/cases/655459dba3149258cd73014b")
		assert.Equal(t, 500, resp.StatusCode)
	}
	assert.Len(t, s.Faults(), 1)
	assert.Equal(t, map[string]int{"token": 1, "cases": 5, "case": 3}, s.Calls())
}

func TestFaultsThatAreNone(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{Cases: 1})
	for _, f := range []Fault{{}, {Kind: "fire"}, {Kind: FaultCut, Operation: "nothing"}, {Kind: FaultHTML, Status: 700}, {Kind: FaultRateLimit, RetryAfter: "1\r\nX: y"}} {
		assert.Error(t, s.Inject(f))
	}
}

func TestAdminCalls(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 300})
	call := func(method, path, body string) (int, string) {
		resp, got, err := c.do(method, path, func(r *http.Request) {
			r.Header.Set(AdminHeader, "yes")
			r.Body = io.NopCloser(strings.NewReader(body))
		})
		require.NoError(t, err)
		return resp.StatusCode, string(got)
	}
	code, body := call(http.MethodPost, "/sandbox/faults", `{"kind":"html","operation":"cases","times":3}`)
	assert.Equal(t, 200, code)
	assert.JSONEq(t, `[{"kind":"html","operation":"cases","times":3}]`, body)
	code, _ = call(http.MethodPost, "/sandbox/faults", `{"kind":"fire"}`)
	assert.Equal(t, 400, code)
	code, body = call(http.MethodDelete, "/sandbox/faults", "")
	assert.Equal(t, 200, code)
	assert.JSONEq(t, `[]`, body)

	c.token = c.newToken()
	code, _ = call(http.MethodPost, "/sandbox/expire-tokens", "")
	assert.Equal(t, 200, code)
	resp, _ := c.try("/cases")
	assert.Equal(t, 401, resp.StatusCode)

	code, body = call(http.MethodPost, "/sandbox/truth", `{"values":["203.0.113.47"]}`)
	assert.Equal(t, 200, code)
	for _, id := range s.TruthFor([]string{"203.0.113.47"}) {
		assert.Contains(t, body, string(id))
	}

	for _, path := range []string{"/sandbox/faults", "/sandbox/calls"} {
		resp, _, err := c.do(http.MethodGet, path, nil)
		require.NoError(t, err)
		assert.Equal(t, http.StatusForbidden, resp.StatusCode, "without the header")
	}
}

func TestServeAnswersLoopbackNamesOnly(t *testing.T) {
	t.Parallel()
	s, err := New(t.Context(), Options{Cases: 1})
	require.NoError(t, err)
	defer s.Close()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- Serve(t.Context(), ln, s) }()
	for host, want := range map[string]int{"": 401, "localhost:1": 401, "[::1]:80": 401, "rebound.example": 421, "127.0.0.1.rebound.example:80": 421} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+ln.Addr().String()+"/connect/api/v1/cases", nil)
		require.NoError(t, err)
		if host != "" {
			req.Host = host
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, want, resp.StatusCode, host)
	}
	require.NoError(t, ln.Close())
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("still serving")
	}
}

func TestWebPagesAreNotAnswered(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 1})
	for origin, want := range map[string]int{"https://evil.example": 403, "HTTP://127.0.0.1:80": 403, "chrome-extension://abc": 200, "moz-extension://abc": 200} {
		resp, _, err := c.do(http.MethodPost, "/connect/api/v1/access_token", func(r *http.Request) {
			r.Header.Set("Origin", origin)
			r.SetBasicAuth(c.credentials.User, c.credentials.RefreshToken)
		})
		require.NoError(t, err)
		assert.Equal(t, want, resp.StatusCode, origin)
		assert.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"))
	}
}

// A server whose clock is wrong hands out tokens that end by that clock.
func TestClockSkewOfTokens(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 1, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }})
	require.NoError(t, s.Inject(Fault{Kind: FaultClockSkew, SkewSeconds: 3600, Times: -1}))
	resp, body, err := c.do(http.MethodPost, "/connect/api/v1/access_token", func(r *http.Request) {
		r.SetBasicAuth(c.credentials.User, c.credentials.RefreshToken)
	})
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	assert.Contains(t, string(body), `"exp":1800004200`)
}
