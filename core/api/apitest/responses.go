package apitest

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func responseHeaders(t *testing.T, s *subject) {
	header := s.do(t, s.get("/headers")).Header
	for name, want := range map[string]string{
		"date":          "Sun, 22 Nov 2026 12:00:00 GMT",
		"RETRY-AFTER":   "Sun, 22 Nov 2026 12:01:30 GMT",
		"X-List":        "a, b,c",
		"X-Quoted":      `"x, y"; z="1,2"`,
		"X-Cookie-Like": "id=1; Expires=Sun, 22 Nov 2026 12:00:00 GMT; Path=/",
		"Trace-Id":      "0123-abcd",
		"X-Missing":     "",
	} {
		assert.Equal(t, want, header.Get(name), name)
	}
	assert.Equal(t, "one, two, three", values(header, "X-Twice"))
}

func statuses(t *testing.T, s *subject) {
	for _, code := range []int{200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 409, 413, 418, 422, 429, 500, 502, 503, 504, 599} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			resp := s.do(t, s.get("/status/"+strconv.Itoa(code)))
			assert.Equal(t, code, resp.Status)
			if code == 204 || code == 304 {
				assert.Empty(t, resp.Body)
			} else {
				assert.Equal(t, "status "+strconv.Itoa(code), string(resp.Body))
			}
		})
	}
}

func responseBodies(t *testing.T, s *subject) {
	for path, size := range map[string]int{
		"/body?size=0":               0,
		"/body?size=0&chunked":       0,
		"/body?size=16":              16,
		"/body?size=1048577":         1<<20 + 1,
		"/body?size=1048577&chunked": 1<<20 + 1,
	} {
		want := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
		assert.True(t, bytes.Equal(want, s.do(t, s.get(path)).Body), path)
	}
	assert.True(t, bytes.Equal(make([]byte, 100_000), s.do(t, s.get("/gzip?size=100000")).Body), "gzip is decoded")
	assert.Equal(t, `{"id":"12"}`, string(s.do(t, s.get("/raw/until-close")).Body))
}

func bodyCap(t *testing.T, s *subject) {
	tests := map[string]struct {
		path  string
		limit int64
		fits  bool
	}{
		"exactly":           {"/body?size=1000", 1000, true},
		"one over":          {"/body?size=1001", 1000, false},
		"exactly, chunked":  {"/body?size=1000&chunked", 1000, true},
		"one over, chunked": {"/body?size=1001&chunked", 1000, false},
		"64 MB of 64 KB":    {"/gzip?size=67108864", 1 << 20, false},
		"default, within":   {"/body?size=8388608", 0, true},
		"default, over":     {"/body?size=8388609", 0, false},
		"default, far over": {"/body?size=1073741824&chunked", 0, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := s.get(test.path)
			req.MaxBody = test.limit
			resp, err := s.transport.RoundTrip(t.Context(), req)
			if test.fits {
				require.NoError(t, err)
				assert.Equal(t, 200, resp.Status)
				return
			}
			var large *api.BodyTooLargeError
			require.ErrorAs(t, err, &large)
			if test.limit == 0 {
				test.limit = api.DefaultMaxBody
			}
			assert.Equal(t, test.limit, large.Limit)
			assert.Equal(t, 200, large.Status)
		})
	}
}

func refusalBodies(t *testing.T, s *subject) {
	for path, status := range map[string]int{
		"/body?status=500&size=1000000":         500,
		"/body?status=404&size=1000000&chunked": 404,
	} {
		req := s.get(path)
		req.MaxBody = 10 // is for answers that succeed
		resp := s.do(t, req)
		assert.Equal(t, status, resp.Status)
		assert.Len(t, resp.Body, api.MaxErrorBody)
	}
}

func redirects(t *testing.T, s *subject) {
	for _, code := range []string{"301", "302", "303", "307", "308"} {
		for _, to := range []string{"elsewhere", "self", "nowhere"} {
			for _, method := range []string{"GET", "POST"} {
				t.Run(code+" "+method+" to "+to, func(t *testing.T) {
					t.Parallel()
					id := newID()
					_, err := s.transport.RoundTrip(t.Context(), &api.Request{
						Operation: "conformance", Method: method, URL: s.base + "/redirect/" + code + "?to=" + to + "&id=" + id,
						Header: api.Header{{Name: "Authorization", Value: "Bearer canary"}},
					})
					var redirect *api.RedirectError
					require.ErrorAs(t, err, &redirect)
					assert.Equal(t, "conformance", redirect.Operation)
					assert.Zero(t, s.seen(t, id), "requests at the redirect's target")
				})
			}
		}
	}
}

func cookies(t *testing.T, s *subject) {
	for range 2 {
		assert.Equal(t, "cookies: ", string(s.do(t, s.get("/cookie")).Body))
	}
}
