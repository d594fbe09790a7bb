package faults

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const whole = `{"id":"655459dba3149258cd73014b"}`

// server answers whole and counts how often it acted.
type server struct {
	*httptest.Server
	set    Set
	acted  atomic.Int64
	served atomic.Value
}

func start(t *testing.T) *server {
	t.Helper()
	s := &server{}
	s.set.Served = func(_ *http.Request, kind Kind, status int) { s.served.Store([2]any{kind, status}) }
	act := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.acted.Add(1)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
		w.Header().Set("X-Clock", Skew(r.Context()).String())
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, whole)
	})
	s.Server = httptest.NewServer(s.set.Wrap(act, func(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, "/") }))
	t.Cleanup(s.Close)
	return s
}

// post is a write: no client sends it again by itself.
func (s *server) post(t *testing.T, path string) (*http.Response, string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+path, strings.NewReader("x"))
	require.NoError(t, err)
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for kind, test := range map[Kind]struct {
		fault  Fault
		status int // 0: no answer
		says   string
		cut    bool
	}{
		Unauthorized: {Fault{}, 401, "Unauthorized", false},
		ExpiredToken: {Fault{}, 401, "expired", false},
		RateLimit:    {Fault{RetryAfter: "7", WaitTime: 7000}, 429, `"waitTime":7000`, false},
		ServerError:  {Fault{Status: 503}, 503, "Internal error", false},
		EmptyError:   {Fault{}, 502, "", false},
		HTML:         {Fault{Status: 200}, 200, "<h1>", false},
		CutBefore:    {Fault{}, 0, "", true},
		Cut:          {Fault{}, 0, "", true},
		Half:         {Fault{}, 201, whole[:len(whole)/2], true},
		Slow:         {Fault{DelayMilliseconds: 30}, 201, whole, false},
		WrongTypes:   {Fault{}, 200, "perhaps", false},
		Oversized:    {Fault{SizeBytes: 100_000}, 201, whole + "   ", false},
		ClockSkew:    {Fault{SkewSeconds: -7200}, 201, whole, false},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := start(t)
			test.fault.Kind = kind
			require.NoError(t, s.set.Inject(test.fault))
			resp, body, err := s.post(t, "/cases")
			assert.Equal(t, test.cut, err != nil, err)
			if test.status != 0 {
				require.NotNil(t, resp)
				assert.Equal(t, test.status, resp.StatusCode)
				assert.Contains(t, body, test.says)
			}
			acted := int64(1)
			if kind.Replaces() {
				acted = 0
			}
			assert.Equal(t, acted, s.acted.Load(), "whether the server acted")
			assert.Eventually(t, func() bool { return s.served.Load() == [2]any{kind, test.status} }, 5*time.Second, time.Millisecond)
			switch kind {
			case EmptyError:
				assert.Empty(t, body)
			case RateLimit:
				assert.Equal(t, "7", resp.Header.Get("Retry-After"))
			case Oversized:
				assert.Len(t, body, 100_000)
			case ClockSkew:
				assert.Equal(t, "-2h0m0s", resp.Header.Get("X-Clock"))
				date, err := http.ParseTime(resp.Header.Get("Date"))
				require.NoError(t, err)
				assert.InDelta(t, 7200, time.Since(date).Seconds(), 60)
			}
			assert.Empty(t, s.set.Left())
			resp, body, err = s.post(t, "/cases")
			require.NoError(t, err)
			assert.Equal(t, http.StatusCreated, resp.StatusCode)
			assert.Equal(t, whole, body)
		})
	}
	assert.Len(t, Kinds(), 13)
}

func TestCounting(t *testing.T) {
	t.Parallel()
	s := start(t)
	require.NoError(t, s.set.Inject(Fault{Kind: RateLimit, Operation: "cases", After: 1, Times: 2}))
	var got []int
	for _, path := range []string{"/cases", "/users", "/cases", "/", "/cases", "/cases"} {
		resp, _, err := s.post(t, path)
		require.NoError(t, err)
		got = append(got, resp.StatusCode)
	}
	assert.Equal(t, []int{201, 201, 429, 201, 429, 201}, got)
	require.NoError(t, s.set.Inject(Fault{Kind: EmptyError, Times: -1}))
	for range 3 {
		resp, _, err := s.post(t, "/any")
		require.NoError(t, err)
		assert.Equal(t, 502, resp.StatusCode)
	}
	resp, _, err := s.post(t, "/")
	require.NoError(t, err)
	assert.Equal(t, 201, resp.StatusCode, "what has no name is left alone")
	s.set.Clear()
	assert.Empty(t, s.set.Left())
}

func TestRefusedFaults(t *testing.T) {
	t.Parallel()
	var set Set
	for _, f := range []Fault{
		{},
		{Kind: "fire"},
		{Kind: ClockSkew},
		{Kind: HTML, Status: 700},
		{Kind: HTML, Status: 100},
		{Kind: RateLimit, RetryAfter: "1\r\nX: y"},
		{Kind: Slow, DelayMilliseconds: -1},
		{Kind: Oversized, SizeBytes: 1 << 40},
		{Kind: Cut, After: -1},
	} {
		assert.Error(t, set.Inject(f), f)
	}
	assert.Empty(t, set.Left())
}

// A platform's own words are used where it has some.
func TestDialect(t *testing.T) {
	t.Parallel()
	d := Dialect{
		Refusal:    func(op string, status int, text string) Answer { return JSON(status, []string{op, text}) },
		Expired:    func(string) Answer { return JSON(400, "Expired oauth2 access token") },
		Limit:      func(_ string, a *Answer) { a.Header.Set("X-Left", "0") },
		WrongTypes: func(op string) []byte { return []byte(`{"` + op + `":7}`) },
	}
	for kind, want := range map[Kind]string{
		Unauthorized: `["cases","Unauthorized"]`, ExpiredToken: `"Expired oauth2 access token"`, ServerError: `["cases","Internal error"]`,
		RateLimit: `["cases","Rate limit exceeded"]`, WrongTypes: `{"cases":7}`,
	} {
		a := d.answer(Fault{Kind: kind}, "cases")
		assert.JSONEq(t, want, string(a.Body))
		assert.True(t, json.Valid(a.Body))
		assert.Equal(t, kind == RateLimit, a.Header.Get("X-Left") != "")
	}
}

// A client that goes away ends a slow answer.
func TestSlowEndsWithTheClient(t *testing.T) {
	t.Parallel()
	s := start(t)
	require.NoError(t, s.set.Inject(Fault{Kind: Slow, DelayMilliseconds: 60_000}))
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/cases", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	cancel()
	_, err = io.ReadAll(resp.Body)
	require.Error(t, err)
	resp.Body.Close()
	assert.Eventually(t, func() bool { return s.served.Load() != nil }, 5*time.Second, time.Millisecond)
}
