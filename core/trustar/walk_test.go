//go:build !js

package trustar

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// shelf is a server's reports by their last update, of which a span shows the latest.
type shelf struct {
	updated []int64 // milliseconds, latest first
	page    int
	// back is how far the server looks back from "to".
	back int64
}

// serve answers either version. Ids are r and the place in the shelf.
func (s shelf) serve(version string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		from, _ := strconv.ParseInt(query.Get("from"), 10, 64)
		to, err := strconv.ParseInt(query.Get("to"), 10, 64)
		if err != nil {
			http.Error(w, `{"message":"no to"}`, http.StatusBadRequest)
			return
		}
		if version == Version12 {
			from, to = from*1000, to*1000
		}
		var items []string
		more := false
		for i, at := range s.updated {
			if at > to || at < max(from, to-s.back) {
				continue
			}
			if more = len(items) == s.page; more {
				break
			}
			items = append(items, fmt.Sprintf(`{"id":"r%d","updated":%d}`, i, at))
		}
		list := strings.Join(items, ",")
		if version == Version12 {
			fmt.Fprintf(w, `{"status":"success","moreResults":%t,"data":{"reports":[%s]}}`, more, list)
			return
		}
		fmt.Fprintf(w, `{"items":[%s],"hasNext":%t}`, list, more)
	}
}

func TestReportWalk(t *testing.T) {
	t.Parallel()
	const hour = int64(time.Hour / time.Millisecond)
	now := int64(1700000000000)
	spread := func(n int, step int64) (updated []int64) {
		for i := range n {
			updated = append(updated, now-int64(i)*step)
		}
		return updated
	}
	for name, test := range map[string]struct {
		shelf shelf
		from  int64
		want  int // how many, the latest ones
		fails bool
		most  int // requests
	}{
		"none":                     {shelf{nil, 25, 14 * 24 * hour}, now - 48*hour, 0, false, 3},
		"one page":                 {shelf{spread(5, hour), 25, 14 * 24 * hour}, now - 6*hour, 5, false, 4},
		"many pages":               {shelf{spread(100, hour), 7, 14 * 24 * hour}, now - 100*hour, 100, false, 40},
		"gaps of three days":       {shelf{spread(20, 72*hour), 25, 14 * 24 * hour}, now - 60*24*hour, 20, false, 140},
		"server looks back a day":  {shelf{spread(20, 72*hour), 25, 24 * hour}, now - 60*24*hour, 20, false, 140},
		"ends are inclusive":       {shelf{[]int64{now, now - 10*hour}, 25, 14 * 24 * hour}, now - 10*hour, 2, false, 4},
		"some before the time":     {shelf{spread(50, hour), 10, 14 * 24 * hour}, now - 20*hour, 21, false, 20},
		"twins across a page":      {shelf{[]int64{now, now - 1000, now - 2000, now - 2000, now - 2000, now - 9000}, 4, 14 * 24 * hour}, now - hour, 6, false, 20},
		"more twins than a page":   {shelf{append(spread(3, 0), append(spread(30, 0), now-1000)...), 25, 14 * 24 * hour}, now - hour, 0, true, 20},
		"everything at one moment": {shelf{spread(25, 0), 25, 14 * 24 * hour}, now - hour, 25, false, 20},
	} {
		for _, version := range []string{Version12, Version13} {
			t.Run(name+" in "+version, func(t *testing.T) {
				t.Parallel()
				s := newServer(t)
				s.handle("GET /"+version+"/reports", test.shelf.serve(version))
				var (
					got  []string
					last error
				)
				for report, err := range s.client(t, version).Reports().List(t.Context(), ReportQuery{Range: Range{From: Timestamp(test.from), To: Timestamp(now)}}) {
					if err != nil {
						last = err
						break
					}
					got = append(got, report.ID)
				}
				assert.LessOrEqual(t, len(s.seen()), test.most)
				if test.fails {
					require.ErrorAs(t, last, new(*api.DecodeError), "reports that cannot be reached are not left out in silence")
					return
				}
				require.NoError(t, last)
				var want []string
				for i := range test.want {
					want = append(want, fmt.Sprintf("r%d", i))
				}
				slices.Sort(want)
				slices.Sort(got)
				assert.Equal(t, want, got, "each once")
			})
		}
	}
}

func TestReportWalkBelievesNoNonsense(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"later than asked": `{"items":[{"id":"a","updated":1800000000000}]}`,
		"never updated":    `{"items":[{"id":"a"}]}`,
	} {
		s := newServer(t)
		s.handle("GET /1.3/reports", answer(200, body))
		var last error
		for _, err := range s.client(t, Version13).Reports().List(t.Context(), ReportQuery{Range: Range{From: 1, To: 1700000000000}}) {
			last = err
		}
		require.ErrorAs(t, last, new(*api.DecodeError), name)
		assert.Len(t, s.seen(), 1)
	}
}

// The default time is the last day.
func TestReportListDefaults(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/reports", answer(200, `{"items":[],"hasNext":false}`))
	config := s.config(Version13)
	config.Now = func() time.Time { return time.UnixMilli(1700000000000) }
	client, err := New(config)
	require.NoError(t, err)
	for range client.Reports().List(t.Context(), ReportQuery{}) {
		t.Fatal("there are none")
	}
	assert.Equal(t, "from=1699913600000&to=1700000000000", s.seen()[0].query)
	assert.Len(t, s.seen(), 2)
}

func TestSearchEndsAtTheWindow(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("POST /1.3/indicators/search", func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("pageNumber"))
		if number >= 10 {
			http.Error(w, "", http.StatusInternalServerError) // as the vendor's does
			return
		}
		item := `{"indicatorType":"IP","value":"192.0.2.7"}`
		fmt.Fprintf(w, `{"items":[%s],"pageSize":1000,"hasNext":true}`, strings.TrimSuffix(strings.Repeat(item+",", 1000), ","))
	})
	n := 0
	var last error
	for _, err := range s.client(t, Version13).Indicators().Search(t.Context(), IndicatorSearch{}) {
		if err != nil {
			last = err
			continue
		}
		n++
	}
	assert.Equal(t, 10_000, n)
	require.ErrorIs(t, last, ErrTooMany, "what is left out is said")
	assert.Len(t, s.seen(), 10)
}

func TestCursorsThatLie(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body  string
		calls int
	}{
		"the same again":      {`{"items":[{"submissionId":"a"}],"responseMetadata":{"nextCursor":"x"}}`, 2},
		"no metadata":         {`{"items":[{"submissionId":"a"}]}`, 1},
		"empty for ever":      {`{"items":[],"responseMetadata":{"nextCursor":"%d"}}`, maxEmpty + 1},
		"item without an id":  {`{"items":[{}],"responseMetadata":{"nextCursor":""}}`, 1},
		"items null":          {`{"items":null,"responseMetadata":{"nextCursor":""}}`, 1},
		"cursor of no string": {`{"items":[],"responseMetadata":{"nextCursor":7}}`, 1},
	} {
		s := newServer(t)
		n := 0
		s.handle("POST /1.3/triage/submissions", func(w http.ResponseWriter, r *http.Request) {
			n++
			body := test.body
			if strings.Contains(body, "%d") {
				body = fmt.Sprintf(body, n)
			}
			answer(200, body)(w, r)
		})
		var last error
		for _, err := range s.client(t, Version13).Triage().Submissions(t.Context(), TriageQuery{}) {
			last = err
		}
		require.ErrorAs(t, last, new(*api.DecodeError), name)
		assert.Len(t, s.seen(), test.calls, name)
	}
}

// Whatever the values hold, they arrive as they are.
func TestQueriesCarryAnything(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.handle("GET /1.3/indicators/related", answer(200, `{"items":[],"hasNext":false}`))
	values := []string{"http://evil.example/?a=b&c=d#e", "a b+c", "ü%20", "\x00"}
	for _, err := range s.client(t, Version13).Indicators().Related(t.Context(), values) {
		require.NoError(t, err)
	}
	query, err := url.ParseQuery(s.seen()[0].query)
	require.NoError(t, err)
	assert.Equal(t, values, query["indicators"])
}
