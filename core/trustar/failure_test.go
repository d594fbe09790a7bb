//go:build !js

package trustar

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

// Every answer that is not what the contract says is an error of the right type,
// for every call; none is an empty list.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   any
		wait   time.Duration
	}{
		"forbidden":         {answer(403, fixture(t, "forbidden.json")), new(*api.StatusError), 0},
		"unauthorized":      {answer(401, `{"error":"unauthorized"}`), new(*api.AuthError), 0},
		"wait in the body":  {answer(429, fixture(t, "too-many-requests.json")), new(*api.RateLimitError), 2500 * time.Millisecond},
		"wait in seconds":   {answer(429, "{}", "Retry-After", "7"), new(*api.RateLimitError), 7 * time.Second},
		"wait until a date": {answer(429, "", "Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)), new(*api.RateLimitError), time.Hour},
		"wait unknown":      {answer(429, "<html>"), new(*api.RateLimitError), time.Minute},
		"error page":        {answer(502, fixture(t, "error-page.html")), new(*api.StatusError), 0},
		"redirect":          {answer(302, "", "Location", "https://elsewhere.example/"), new(*api.RedirectError), 0},
		"page with 200":     {answer(200, "<html>hotel network</html>"), new(*api.DecodeError), 0},
		"empty":             {answer(200, ""), new(*api.DecodeError), 0},
		"no content":        {answer(204, ""), new(*api.DecodeError), 0},
		"null":              {answer(200, "null"), new(*api.DecodeError), 0},
		"number":            {answer(200, "42"), new(*api.DecodeError), 0},
		"string":            {answer(200, `"ok"`), new(*api.DecodeError), 0},
		"empty object":      {answer(200, "{}"), new(*api.DecodeError), 0},
		"list of null":      {answer(200, "[null]"), new(*api.DecodeError), 0},
		"list of numbers":   {answer(200, "[1,2]"), new(*api.DecodeError), 0},
		"error with 200":    {answer(200, `{"status":500,"error":"Internal","message":"no"}`), new(*api.DecodeError), 0},
		"mistyped":          {answer(200, `{"id":7,"items":{}}`), new(*api.DecodeError), 0},
		"items of null":     {answer(200, `{"id":null,"items":[null],"hasNext":false}`), new(*api.DecodeError), 0},
		"cut":               {answer(200, `{"items":[{"id":"6c1b","indicatorType":"IP","value":"192.0.2.7"}`), new(*api.DecodeError), 0},
		"trailing":          {answer(200, `[] []`), new(*api.DecodeError), 0},
		"half a body":       {answer(200, `{"items":[`, "Content-Length", "1000"), new(*api.NetworkError), 0},
		"nested":            {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(deep(100_000)) }, new(*api.DecodeError), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("GET /1.2/", test.answer)
			s.handle("GET /1.3/", test.answer)
			for call, run := range calls() {
				for _, version := range []string{Version12, Version13} {
					err := run(t.Context(), s.client(t, version))
					if version == Version12 && call == "enclaves" {
						continue
					}
					require.ErrorAs(t, err, test.want, call)
					noSecrets(t, err)
					exchange, ok := api.ExchangeOf(err)
					assert.True(t, ok)
					assert.Contains(t, exchange.Operation, "trustar: ")
					assert.NotContains(t, exchange.URL, "?")
					assert.NotZero(t, exchange.Status)
					if limit, ok := test.want.(**api.RateLimitError); ok {
						assert.InDelta(t, test.wait.Seconds(), (*limit).Wait.Seconds(), 10, call)
					}
				}
			}
		})
	}
}

// calls are all calls that read.
func calls() map[string]func(context.Context, *Client) error {
	return map[string]func(context.Context, *Client) error{
		"ping":     func(ctx context.Context, c *Client) error { return c.Ping(ctx) },
		"enclaves": func(ctx context.Context, c *Client) error { _, err := c.Enclaves(ctx); return err },
		"report":   func(ctx context.Context, c *Client) error { _, err := c.Report(ctx, reportID); return err },
		"external": func(ctx context.Context, c *Client) error { _, err := c.ReportByExternalID(ctx, "case9"); return err },
		"indicators": func(ctx context.Context, c *Client) error {
			for _, err := range c.ReportIndicators(ctx, reportID) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"correlated": func(ctx context.Context, c *Client) error {
			for _, err := range c.Correlated(ctx, []string{"192.0.2.7"}) {
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func deep(n int) []byte {
	body := make([]byte, 0, 2*n+20)
	body = append(body, `{"other":`...)
	for range n {
		body = append(body, '[')
	}
	for range n {
		body = append(body, ']')
	}
	return append(body, '}')
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	block, started := clienttest.Block()
	s.handle("GET /1.3/", block)
	s.handle("POST /1.3/reports", block)
	all := calls()
	all["submit"] = func(ctx context.Context, c *Client) error { _, err := c.Submit(ctx, sample()); return err }
	for call, run := range all {
		client := s.client(t, Version13)
		clienttest.Cancelled(t, call, started, func(ctx context.Context) error { return run(ctx, client) })
	}
}

func TestRepeatsWhenTheServerFails(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	n := 0
	s.handle("GET /1.3/reports/{id}", func(w http.ResponseWriter, _ *http.Request) {
		if n++; n < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, `{"id":"`+reportID+`"}`)
	})
	_, err := s.client(t, Version13).Report(t.Context(), reportID)
	require.NoError(t, err)
	assert.Equal(t, 3, n)
}
