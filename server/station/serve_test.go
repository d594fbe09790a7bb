package station_test

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
)

// serve runs station.Serve on loopback and returns its URL and how to stop it.
func serve(t *testing.T, handler http.Handler) (string, func() error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- station.Serve(ctx, ln, handler) }()
	stop := func() error {
		cancel()
		return <-done
	}
	t.Cleanup(cancel)
	return "http://" + ln.Addr().String(), stop
}

func TestServeRefusesWebPages(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	base, stop := serve(t, f.station)
	token := bearer(t, base, f.analyst)
	for _, c := range []struct {
		host, origin string
		status       int
	}{
		{"127.0.0.1", "", 200},
		{"127.0.0.1:8080", "", 200},
		{"localhost:80", "", 200},
		{"[::1]:80", "", 200},
		{"127.0.0.2", "", 200},
		{"LOCALHOST", "chrome-extension://abcdefghijklmnop", 200},
		{"localhost", "moz-extension://1f0e8a3c", 200},
		{"localhost", "null", 200},
		{"evil.example", "", 403},
		{"evil.example:8080", "", 403},
		{"127.0.0.1.evil.example", "", 403},
		{"localhost.evil.example", "", 403},
		{"203.0.113.7", "", 403},
		{"localhost", "https://evil.example", 403},
		{"localhost", "HTTP://evil.example", 403},
	} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", base+"/api/1.3/reports",
			strings.NewReader(report13(map[string]any{"enclaveIds": []string{f.intel.ID}})))
		require.NoError(t, err)
		req.Host = c.host
		req.Header.Set("Authorization", token)
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, c.status, resp.StatusCode, "%s %s", c.host, c.origin)
		for name := range resp.Header {
			assert.False(t, strings.HasPrefix(name, "Access-Control-"), name)
		}
	}
	assert.Equal(t, 8, count(t, f, `SELECT count(*) FROM reports`), "what was refused left no row")
	require.NoError(t, stop())
}

func TestServeBoundsHeaders(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	base, stop := serve(t, f.station)
	for _, c := range []struct{ bytes, status int }{{8 << 10, 401}, {20 << 10, 431}} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", base+"/api/1.3/ping", nil)
		require.NoError(t, err)
		req.Header.Set("Client-Metatag", strings.Repeat("m", c.bytes))
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, c.status, resp.StatusCode)
	}
	require.NoError(t, stop())
}

// A request that runs when the end is asked for is answered; later ones are not.
func TestServeStopsInOrder(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan struct{}), make(chan struct{})
	base, stop := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		assert.NoError(t, r.Context().Err(), "the end does not cancel what runs")
		w.WriteHeader(http.StatusOK)
	}))
	answered := make(chan int, 1)
	go func() {
		resp, err := http.Get(base)
		if assert.NoError(t, err) {
			resp.Body.Close()
			answered <- resp.StatusCode
		}
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	require.Eventually(t, func() bool {
		conn, err := net.DialTimeout("tcp", strings.TrimPrefix(base, "http://"), time.Second)
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, 5*time.Second, time.Millisecond, "no more connections are accepted")
	close(leave)
	assert.Equal(t, 200, <-answered)
	assert.NoError(t, <-stopped)
}
