package apitest

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func methods(t *testing.T, s *subject) {
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			resp := s.do(t, &api.Request{Method: method, URL: s.base + "/echo/"})
			assert.Equal(t, 200, resp.Status)
			assert.Equal(t, method, resp.Header.Get("X-Method"))
			assert.Equal(t, method == "HEAD", len(resp.Body) == 0)
		})
	}
}

func requestBodies(t *testing.T, s *subject) {
	binary := make([]byte, 256)
	for i := range binary {
		binary[i] = byte(i)
	}
	tests := map[string]struct {
		method string
		body   []byte
		length string
	}{
		"none":        {"POST", nil, "0"},
		"empty":       {"POST", []byte{}, "0"},
		"JSON":        {"POST", []byte(`{"title":"Grüße"}`), "19"},
		"all bytes":   {"PUT", binary, "256"},
		"not UTF-8":   {"PATCH", []byte("caf\xe9\x00\xff"), "6"},
		"one MB":      {"POST", bytes.Repeat(binary, 4096), "1048576"},
		"with DELETE": {"DELETE", []byte("x"), "1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := s.echo(t, &api.Request{Method: test.method, URL: s.base + "/echo/", Body: test.body})
			assert.Equal(t, test.method+" /echo/", got.line)
			assert.True(t, bytes.Equal(test.body, got.body), "%d bytes arrived", len(got.body))
			assert.Equal(t, test.length, got.header.Get("Content-Length"))
			assert.Empty(t, values(got.header, "Transfer-Encoding"))
			assert.Empty(t, values(got.header, "Content-Type"), "nobody named a type")
		})
	}
}

func requestHeaders(t *testing.T, s *subject) {
	req := s.get("/echo/")
	req.Header = api.Header{
		{Name: "authorization", Value: "Bearer a.b-c"},
		{Name: "Client-Metatag", Value: "one, two,three"},
		{Name: "X-Quoted", Value: `"x, y"; z="1,2"`},
		{Name: "X-Empty", Value: ""},
		{Name: "X-Twice", Value: "one"},
		{Name: "X-Twice", Value: "two"},
		{Name: "Accept", Value: "application/json"},
	}
	got := s.echo(t, req)
	for _, field := range req.Header {
		if field.Name != "X-Twice" {
			assert.Equal(t, field.Value, values(got.header, field.Name), field.Name)
		}
	}
	assert.Equal(t, "one, two", values(got.header, "X-Twice"))
	assert.Empty(t, values(got.header, "Referer"))
	assert.Empty(t, values(got.header, "Cookie"))

	req = &api.Request{Method: "POST", URL: s.base + "/echo/", Body: []byte("a=b")}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	assert.Equal(t, "application/x-www-form-urlencoded", values(s.echo(t, req).header, "Content-Type"))
}

func requestLine(t *testing.T, s *subject) {
	for path, want := range map[string]string{
		"/echo/a%2Fb%3Fc%20d":           "/echo/a%2Fb%3Fc%20d",
		"/echo/%252E%252E":              "/echo/%252E%252E",
		"/echo/?q=a+b%20c%2F%26&q=&r=ä": "/echo/?q=a+b%20c%2F%26&q=&r=%C3%A4",
		"/echo/?q=1#fragment":           "/echo/?q=1",
	} {
		req := s.get(path)
		if path == "/echo/?q=a+b%20c%2F%26&q=&r=ä" {
			req.URL = s.base + want // no client of ours leaves bytes above 0x7F unescaped
		}
		assert.Equal(t, "GET "+want, s.echo(t, req).line)
	}
}

func unsendable(t *testing.T, s *subject) {
	tests := map[string]func(*api.Request){
		"line break in a header": func(r *api.Request) { r.Header.Add("X-A", "canary\r\nX-B: c") },
		"header name":            func(r *api.Request) { r.Header.Add("X A", "canary") },
		"userinfo":               func(r *api.Request) { r.URL = "http://u:canary@127.0.0.1/" },
		"scheme":                 func(r *api.Request) { r.URL = "ftp://127.0.0.1/canary" },
		"body with GET":          func(r *api.Request) { r.Body = []byte("canary") },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := s.get("/echo/")
			spoil(req)
			_, err := s.transport.RoundTrip(t.Context(), req)
			var invalid *api.InvalidError
			require.ErrorAs(t, err, &invalid)
			assert.NotContains(t, err.Error(), "canary")
		})
	}
}

func unchanged(t *testing.T, s *subject) {
	make1 := func() *api.Request {
		return &api.Request{
			Operation: "conformance", Method: "POST", URL: s.base + "/echo/?a=1", Body: []byte("body"),
			Header: api.Header{{Name: "x-a", Value: "1"}},
		}
	}
	req := make1()
	s.do(t, req)
	assert.Equal(t, make1(), req)
}

func manyAtOnce(t *testing.T, s *subject) {
	type result struct {
		sent, got string
		err       error
	}
	results := make(chan result)
	for range 24 {
		go func() {
			id := newID()
			resp, err := s.transport.RoundTrip(context.Background(), &api.Request{
				Method: "POST", URL: s.base + "/echo/", Body: []byte(id),
			})
			if err != nil {
				results <- result{err: err}
				return
			}
			_, body, _ := bytes.Cut(resp.Body, []byte("\n\n"))
			results <- result{sent: id, got: string(body)}
		}()
	}
	for range 24 {
		r := <-results
		require.NoError(t, r.err)
		assert.Equal(t, r.sent, r.got)
	}
}
