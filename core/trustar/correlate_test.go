//go:build !js

package trustar

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// collect gathers a look-up: ids in order, values left unchecked, and the error
// that ended it.
func collect(t *testing.T, client *Client, values []string) (ids, unchecked []string, err error) {
	t.Helper()
	for report, failure := range client.Correlated(t.Context(), values) {
		var left *UncheckedError
		switch {
		case failure == nil:
			ids = append(ids, report.ID)
		case errors.As(failure, &left):
			unchecked = append(unchecked, left.Values...)
		default:
			err = failure
		}
	}
	return ids, unchecked, err
}

func TestCorrelated13(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/correlated", answer(200, fixture(t, "correlated-1.3.json")))
	var got []Report
	for report, err := range s.client(t, Version13).Correlated(t.Context(), []string{"192.0.2.7", "", "192.0.2.7", "a b&c=d"}) {
		require.NoError(t, err)
		got = append(got, report)
	}
	require.Len(t, got, 2)
	assert.Equal(t, reportID, got[0].ID)
	assert.Equal(t, "seen 192.0.2.7", got[0].Body)
	assert.Equal(t, "Beacon", got[1].Title)
	assert.Empty(t, got[1].Body)
	require.Len(t, s.seen(), 1)
	assert.Equal(t, "pageNumber=0&pageSize=25&indicators=192.0.2.7&indicators=a+b%26c%3Dd", s.seen()[0].query)
}

func TestCorrelated12(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.2/reports/correlate", answer(200, fixture(t, "correlated-1.2.json")))
	s.handle("GET /1.2/report/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") != reportID {
			answer(404, fixture(t, "not-found.json"))(w, r)
			return
		}
		answer(200, fixture(t, "report-1.2.json"))(w, r)
	})
	var got []Report
	for report, err := range s.client(t, Version12).Correlated(t.Context(), []string{"192.0.2.7", "198.51.100.7"}) {
		require.NoError(t, err)
		got = append(got, report)
	}
	assert.Equal(t, []Report{wanted(Version12), {ID: "0f0e0d0c-0b0a-4908-8706-050403020100"}}, got,
		"a report that cannot be read correlates all the same")
	assert.Equal(t, "q=192.0.2.7%2C198.51.100.7", s.seen()[0].query)
}

func TestCorrelatedOfNothingAsksNothing(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, version := range []string{Version12, Version13} {
		ids, unchecked, err := collect(t, s.client(t, version), []string{"", ""})
		require.NoError(t, err)
		assert.Empty(t, ids)
		assert.Empty(t, unchecked)
	}
	assert.Empty(t, s.seen())
	assert.Zero(t, s.tokenCalls())
}

func TestCorrelatedPagesAndBatches(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/correlated", func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		number, _ := strconv.Atoi(query.Get("pageNumber"))
		// Three pages a batch; the last item of a page begins the next.
		fmt.Fprintf(w, `{"items":[{"id":"%s/%d"},{"id":"%[1]s/%[3]d"}],"hasNext":%t}`,
			query["indicators"][0], number, number+1, number < 2)
	})
	var values []string
	for i := range 60 {
		values = append(values, fmt.Sprintf("192.0.2.%d", i))
	}
	values = append(values, "evil.example")
	ids, unchecked, err := collect(t, s.client(t, Version13), values)
	require.NoError(t, err)
	assert.Empty(t, unchecked)
	assert.Len(t, ids, 16, "four batches, four reports each, once each")
	assert.Equal(t, []string{"192.0.2.0/0", "192.0.2.0/1", "192.0.2.0/2", "192.0.2.0/3", "192.0.2.25/0"}, ids[:5])
	var sizes []int
	for _, call := range s.seen() {
		query, err := url.ParseQuery(call.query)
		require.NoError(t, err)
		if query.Get("pageNumber") == "0" {
			sizes = append(sizes, len(query["indicators"]))
		}
	}
	assert.Equal(t, []int{25, 25, 10, 1}, sizes)
}

// The real service fails a call for one value that it does not like.
func TestCorrelatedDividesRefusedBatches(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		refused   []string
		unchecked []string
		most      int // calls
	}{
		"none":         {nil, nil, 1},
		"one":          {[]string{"v3"}, []string{"v3"}, 9},
		"first":        {[]string{"v0"}, []string{"v0"}, 9},
		"all":          {[]string{"v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"}, []string{"v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"}, 13},
		"hidden value": {[]string{"v9"}, []string{"v9"}, 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("GET /1.3/reports/correlated", func(w http.ResponseWriter, r *http.Request) {
				values := r.URL.Query()["indicators"]
				var items []string
				for _, value := range values {
					if slices.Contains(test.refused, value) {
						answer(400, fixture(t, "bad-request.json"))(w, r)
						return
					}
					items = append(items, `{"id":"of `+value+`"}`)
				}
				answer(200, `{"items":[`+strings.Join(items, ",")+`],"hasNext":false}`)(w, r)
			})
			values := []string{"v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"}
			ids, unchecked, err := collect(t, s.client(t, Version13), values)
			require.NoError(t, err)
			assert.Equal(t, test.unchecked, unchecked)
			for _, value := range values {
				known := slices.Contains(ids, "of "+value)
				assert.NotEqual(t, slices.Contains(test.refused, value), known, "%s is neither found nor left unchecked", value)
			}
			assert.LessOrEqual(t, len(s.seen()), test.most)
		})
	}
}

func TestCorrelatedCannotAskForCommas(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/correlated", answer(200, `{"items":[],"hasNext":false}`))
	long := "http://evil.example/" + strings.Repeat("a", 5000)
	ids, unchecked, err := collect(t, s.client(t, Version13), []string{"http://evil.example/a,b", "192.0.2.7", long})
	require.NoError(t, err)
	assert.Empty(t, ids)
	assert.Equal(t, []string{"http://evil.example/a,b", long}, unchecked)
	require.Len(t, s.seen(), 1)
}

func TestCorrelatedStops(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports/correlated", answer(200, `{"items":[{"id":"a"},{"id":"b"}],"hasNext":true}`))
	for range s.client(t, Version13).Correlated(t.Context(), []string{"192.0.2.7", "evil.example"}) {
		break
	}
	assert.Len(t, s.seen(), 1)
}

// A list that ends too soon, or does not end, would pass for the whole.
func TestCorrelatedPagesThatLie(t *testing.T) {
	t.Parallel()
	full := `{"items":[` + strings.TrimSuffix(strings.Repeat(`{"id":"a"},`, correlatedPage), ",") + `]`
	for name, test := range map[string]struct {
		body string
		ok   bool
	}{
		"empty but not the last":          {`{"items":[],"hasNext":true}`, false},
		"another page":                    {`{"items":[{"id":"a"}],"pageNumber":5,"hasNext":false}`, false},
		"third of a total of 100, empty":  {`{"items":[],"totalElements":100}`, false},
		"no sign of the end, full":        {full + `}`, false},
		"no sign of the end, not full":    {`{"items":[{"id":"a"}]}`, true},
		"total reached":                   {`{"items":[{"id":"a"}],"totalElements":1}`, true},
		"never ends":                      {`{"items":[{"id":"a"}],"hasNext":true}`, false},
		"items missing":                   {`{"hasNext":false}`, false},
		"items null":                      {`{"items":null,"hasNext":false}`, false},
		"report without id":               {`{"items":[{"title":"a"}],"hasNext":false}`, false},
		"wrong type deep inside a report": {`{"items":[{"id":"a","enclaveIds":[{}]}],"hasNext":false}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("GET /1.3/reports/correlated", answer(200, test.body))
			_, _, err := collect(t, s.client(t, Version13), []string{"192.0.2.7"})
			if test.ok {
				require.NoError(t, err)
				return
			}
			require.ErrorAs(t, err, new(*api.DecodeError))
			assert.LessOrEqual(t, len(s.seen()), maxPages)
		})
	}
}

// The token may expire between two pages.
func TestCorrelatedRenewsBetweenPages(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	expired := fixture(t, "expired-oauth2.json")
	s.handle("GET /1.3/reports/correlated", func(w http.ResponseWriter, r *http.Request) {
		second := r.URL.Query().Get("pageNumber") == "1"
		if second && strings.HasSuffix(r.Header.Get("Authorization"), "-1") {
			answer(400, expired)(w, r)
			return
		}
		answer(200, fmt.Sprintf(`{"items":[{"id":"%t"}],"hasNext":%t}`, second, !second))(w, r)
	})
	ids, _, err := collect(t, s.client(t, Version13), []string{"192.0.2.7"})
	require.NoError(t, err)
	assert.Equal(t, []string{"false", "true"}, ids)
	assert.Equal(t, 2, s.tokenCalls())
}

func TestCorrelated12Details(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		ok     bool
	}{"not found": {404, true}, "forbidden": {403, true}, "down": {500, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.handle("GET /1.2/reports/correlate", answer(200, `["a","b","a"]`))
			s.handle("GET /1.2/report/a", answer(200, `{"id":"a"}`))
			s.handle("GET /1.2/report/b", answer(test.status, ""))
			ids, unchecked, err := collect(t, s.client(t, Version12), []string{"192.0.2.7"})
			assert.Empty(t, unchecked)
			if test.ok {
				require.NoError(t, err)
				assert.Equal(t, []string{"a", "b"}, ids)
				return
			}
			require.ErrorAs(t, err, new(*api.StatusError), "a report that may be there is not left out")
			assert.Equal(t, []string{"a"}, ids)
		})
	}
}
