//go:build !js

package stellarcyber

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("/cases", answer(200, fixture(t, "cases.json")))
	got, err := s.client(t).Cases(t.Context(), CaseQuery{Limit: 25, MinScore: 90, Sort: "case_score", Order: Descending})
	require.NoError(t, err)
	assert.Equal(t, 139380, got.Total)
	require.Len(t, got.Cases, 1)
	assert.EqualValues(t, 1667, got.Cases[0].TicketID)
	assert.Equal(t, []string{"limit=25&sort=case_score&order=desc&min_score=90"}, s.seen())
}

func TestObservables(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var path string
	s.handle("/cases/{id}/observables", func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.EscapedPath()
		answer(200, fixture(t, "observables.json"))(w, r)
	})
	client := s.client(t)
	got, err := client.Observables(t.Context(), "655459dba3149258cd73014b")
	require.NoError(t, err)
	assert.Len(t, got.Values(), 10)
	_, err = client.Observables(t.Context(), "a/../b?c")
	require.NoError(t, err)
	assert.Equal(t, "/gateway/connect/api/v1/cases/a%2F..%2Fb%3Fc/observables", path)
	_, err = client.Observables(t.Context(), "")
	require.ErrorAs(t, err, new(*api.InvalidError))
}

// many answers pages of n cases, capped at most a page.
func many(n, most int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil {
			limit = most
		}
		skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
		var items []string
		for i := skip; i < min(n, skip+min(limit, most)); i++ {
			items = append(items, fmt.Sprintf(`{"_id":"%d"}`, i))
		}
		answer(200, fmt.Sprintf(`{"data":{"total":%d,"cases":[%s]}}`, n, strings.Join(items, ",")))(w, r)
	}
}

func TestAllCases(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		query     CaseQuery
		max       int
		total, at int // matches; the server's page
		want      int
		calls     []string
	}{
		"none":             {CaseQuery{}, 0, 0, 500, 0, []string{"limit=500"}},
		"one page":         {CaseQuery{}, 0, 500, 500, 500, []string{"limit=500"}},
		"two pages":        {CaseQuery{}, 0, 501, 500, 501, []string{"limit=500", "limit=500&skip=500"}},
		"first ten":        {CaseQuery{}, 10, 501, 500, 10, []string{"limit=10"}},
		"most of a page":   {CaseQuery{Limit: 2}, 3, 9, 500, 3, []string{"limit=2", "limit=2&skip=2"}},
		"server's cap":     {CaseQuery{}, 0, 120, 50, 120, []string{"limit=500", "limit=500&skip=50", "limit=500&skip=100"}},
		"from the middle":  {CaseQuery{Skip: 7}, 0, 9, 500, 2, []string{"limit=500&skip=7"}},
		"from beyond":      {CaseQuery{Skip: 70}, 0, 9, 500, 0, []string{"limit=500&skip=70"}},
		"exactly max":      {CaseQuery{}, 500, 500, 500, 500, []string{"limit=500"}},
		"max over a total": {CaseQuery{}, 1000, 3, 500, 3, []string{"limit=500"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("/cases", many(test.total, test.at))
			var got []string
			for found, err := range s.client(t).AllCases(t.Context(), test.query, test.max) {
				require.NoError(t, err)
				got = append(got, found.ID)
			}
			require.Len(t, got, test.want)
			for i, id := range got {
				assert.Equal(t, strconv.Itoa(i+test.query.Skip), id)
			}
			assert.Equal(t, test.calls, s.seen())
		})
	}
}

func TestAllCasesStops(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("/cases", many(5000, 500))
	for range s.client(t).AllCases(t.Context(), CaseQuery{}, 0) {
		break
	}
	assert.Len(t, s.seen(), 1)
}

// A list that ends too soon, or does not end, would pass for the whole.
func TestAllCasesOfServersThatLie(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]http.HandlerFunc{
		"empty but not the last": answer(200, `{"data":{"total":9,"cases":[]}}`),
		"skip ignored":           answer(200, `{"data":{"total":9,"cases":[{"_id":"a"}]}}`),
		"third page fails": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("skip") == "2" {
				answer(200, `{"data":{"total":9,"ca`)(w, r)
				return
			}
			many(9, 1)(w, r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("/cases", test)
			var last error
			for _, err := range s.client(t).AllCases(t.Context(), CaseQuery{}, 0) {
				require.NoError(t, last, "an error ends the list")
				last = err
			}
			var failure *api.DecodeError
			require.ErrorAs(t, last, &failure)
			assert.Equal(t, 200, failure.Status)
		})
	}
}

func TestAllCasesSkipsWhatMoved(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("/cases", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("skip") == "" {
			answer(200, `{"data":{"total":3,"cases":[{"_id":"a"},{"_id":"b"}]}}`)(w, r)
			return
		}
		answer(200, `{"data":{"total":4,"cases":[{"_id":"b"},{"_id":"c"}]}}`)(w, r)
	})
	var got []string
	for found, err := range s.client(t).AllCases(t.Context(), CaseQuery{}, 0) {
		require.NoError(t, err)
		got = append(got, found.ID)
	}
	assert.Equal(t, []string{"a", "b", "c"}, got)
}

// Every answer that is not what the contract says is an error of the right type,
// for every call.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   any
	}{
		"expired":         {answer(401, fixture(t, "unauthorized.json")), new(*api.AuthError)},
		"tenant mismatch": {answer(403, fixture(t, "tenant-mismatch.json")), new(*api.StatusError)},
		"not found":       {answer(404, `{"error":"Case not found"}`), new(*api.StatusError)},
		"bad argument":    {answer(400, ""), new(*api.StatusError)},
		"too often":       {answer(429, "Rate limit exceeded", "Retry-After", "9"), new(*api.RateLimitError)},
		"gateway":         {answer(504, "<html><h1>Gateway</h1>"), new(*api.StatusError)},
		"redirect":        {answer(301, "", "Location", "/login"), new(*api.RedirectError)},
		"sign-in page":    {answer(200, "<html>sign in</html>"), new(*api.DecodeError)},
		"no content":      {answer(204, ""), new(*api.DecodeError)},
		"half a body":     {answer(200, `{"data":{"total":1,`, "Content-Length", "1000"), new(*api.NetworkError)},
		"cut":             {answer(200, `{"data":{"total":1,"cases":[{"_id":"a"}]`), new(*api.DecodeError)},
		"not UTF-8":       {answer(200, "{\"data\":{\"total\":1,\"cases\":[{\"_id\":\"\xff\"}]},\"observables\":{\"a\":\"\xff\"}}"), new(*api.DecodeError)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("/cases", test.answer)
			s.handle("/cases/{id}/observables", test.answer)
			for call, run := range calls() {
				err := run(t.Context(), s.client(t))
				require.ErrorAs(t, err, test.want, call)
				noSecrets(t, err)
				exchange, ok := api.ExchangeOf(err)
				assert.True(t, ok)
				assert.Contains(t, exchange.Operation, "stellarcyber: ")
				assert.NotContains(t, exchange.URL, "?")
				if limit, ok := test.want.(**api.RateLimitError); ok {
					assert.Equal(t, 9*time.Second, (*limit).Wait)
				}
			}
		})
	}
}

func calls() map[string]func(context.Context, *Client) error {
	return map[string]func(context.Context, *Client) error{
		"cases": func(ctx context.Context, c *Client) error {
			_, err := c.Cases(ctx, CaseQuery{Tags: []string{"vip"}})
			return err
		},
		"all cases": func(ctx context.Context, c *Client) error {
			for _, err := range c.AllCases(ctx, CaseQuery{}, 0) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"observables": func(ctx context.Context, c *Client) error {
			_, err := c.Observables(ctx, "655459dba3149258cd73014b")
			return err
		},
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	block, started := clienttest.Block()
	s.handle("/cases", block)
	s.handle("/cases/{id}/observables", block)
	for call, run := range calls() {
		client := s.client(t)
		clienttest.Cancelled(t, call, started, func(ctx context.Context) error { return run(ctx, client) })
	}
}
