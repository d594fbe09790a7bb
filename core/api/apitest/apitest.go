package apitest

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// Run runs the table. newTransport is called once a row; baseURL is where
// apitest/server listens.
func Run(t *testing.T, newTransport func() api.Transport, baseURL string) {
	t.Helper()
	for _, row := range []struct {
		name string
		run  func(*testing.T, *subject)
	}{
		{"methods", methods},
		{"request bodies", requestBodies},
		{"request headers", requestHeaders},
		{"request line", requestLine},
		{"what cannot be sent", unsendable},
		{"the request is left alone", unchanged},
		{"response headers", responseHeaders},
		{"statuses", statuses},
		{"response bodies", responseBodies},
		{"body cap", bodyCap},
		{"bodies of refusals are cut", refusalBodies},
		{"redirects are refused", redirects},
		{"no cookies", cookies},
		{"cancellation", cancellation},
		{"timeout", timeouts},
		{"half an answer", halfAnswers},
		{"nobody listens", nobody},
		{"many at once", manyAtOnce},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			row.run(t, &subject{transport: newTransport(), base: baseURL})
		})
	}
}

// subject is the transport under test with the server's address.
type subject struct {
	transport api.Transport
	base      string
}

func (s *subject) get(path string) *api.Request {
	return &api.Request{Operation: "conformance", Method: "GET", URL: s.base + path}
}

func (s *subject) do(t *testing.T, req *api.Request) *api.Response {
	t.Helper()
	resp, err := s.transport.RoundTrip(t.Context(), req)
	require.NoError(t, err)
	return resp
}

// echoed is a request as the server saw it.
type echoed struct {
	line   string
	header api.Header
	body   []byte
}

func (s *subject) echo(t *testing.T, req *api.Request) echoed {
	t.Helper()
	resp := s.do(t, req)
	require.Equal(t, 200, resp.Status)
	head, body, ok := bytes.Cut(resp.Body, []byte("\n\n"))
	require.True(t, ok, "not an echo: %q", resp.Body)
	lines := strings.Split(string(head), "\n")
	got := echoed{line: lines[0], body: body}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		got.header.Add(name, value)
	}
	return got
}

// seen asks how often the server noted id.
func (s *subject) seen(t require.TestingT, id string) int {
	resp, err := s.transport.RoundTrip(context.Background(), s.get("/seen?id="+id))
	require.NoError(t, err)
	n, err := strconv.Atoi(string(resp.Body))
	require.NoError(t, err)
	return n
}

// eventuallyGone waits for the server to be told that the client of "/slow" has
// gone; 5 s are for a loaded machine. A browser sends six requests at a time, so a
// request may have been given up before the server saw it.
func (s *subject) eventuallyGone(t *testing.T, id string) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if s.seen(t, id+".gone") == s.seen(t, id+".began") {
			return
		}
	}
	t.Error("the server was not told that the client had gone")
}

func newID() string { return strconv.FormatUint(rand.Uint64(), 36) }

// values joins all values of a name as RFC 9110 section 5.2 allows: fetch does so,
// net/http keeps them apart.
func values(header api.Header, name string) string {
	var all []string
	for _, field := range header {
		if strings.EqualFold(field.Name, name) {
			all = append(all, field.Value)
		}
	}
	return strings.Join(all, ", ")
}

func requireNetworkError(t *testing.T, err error) *api.NetworkError {
	t.Helper()
	var network *api.NetworkError
	require.ErrorAs(t, err, &network)
	assert.Equal(t, "conformance", network.Operation)
	return network
}
