package apitest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// soon is when an exchange that was ended must have come back. It is generous: the
// server would answer after a minute.
const soon = 10 * time.Second

func cancellation(t *testing.T, s *subject) {
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := s.transport.RoundTrip(ctx, s.get("/echo/"))
		require.ErrorIs(t, err, context.Canceled)
	})
	for name, path := range map[string]string{"while waiting": "/slow", "within the body": "/stall"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := newID()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			time.AfterFunc(100*time.Millisecond, cancel)
			start := time.Now()
			_, err := s.transport.RoundTrip(ctx, s.get(path+"?id="+id))
			require.ErrorIs(t, err, context.Canceled)
			assert.Less(t, time.Since(start), soon)
			s.eventuallyGone(t, id)
		})
		t.Run(name+", by a deadline", func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			_, err := s.transport.RoundTrip(ctx, s.get(path+"?id="+newID()))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			var network *api.NetworkError
			assert.NotErrorAs(t, err, &network, "the caller's deadline is not the network's fault")
		})
	}
}

func timeouts(t *testing.T, s *subject) {
	for name, path := range map[string]string{"while waiting": "/slow", "within the body": "/stall"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := newID()
			req := s.get(path + "?id=" + id)
			req.Timeout = 100 * time.Millisecond
			start := time.Now()
			_, err := s.transport.RoundTrip(t.Context(), req)
			assert.True(t, requireNetworkError(t, err).Timeout)
			assert.Less(t, time.Since(start), soon)
			s.eventuallyGone(t, id)
		})
	}
	t.Run("negative is none", func(t *testing.T) {
		t.Parallel()
		req := s.get("/echo/")
		req.Timeout = -1
		s.do(t, req)
	})
}

func halfAnswers(t *testing.T, s *subject) {
	for _, name := range []string{"nothing", "garbage", "half-header", "half-body", "no-body", "half-chunk", "no-last-chunk", "half-refusal"} {
		for _, method := range []string{"GET", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				t.Parallel()
				req := s.get("/raw/" + name + "?canary")
				req.Method = method
				_, err := s.transport.RoundTrip(t.Context(), req)
				assert.False(t, requireNetworkError(t, err).Timeout)
				assert.NotContains(t, err.Error(), "canary")
			})
		}
	}
}

func nobody(t *testing.T, s *subject) {
	address := string(s.do(t, s.get("/closed")).Body)
	_, err := s.transport.RoundTrip(t.Context(), &api.Request{
		Operation: "conformance", Method: "POST", URL: address + "/?key=canary", Body: []byte("canary"),
		Header: api.Header{{Name: "Authorization", Value: "Bearer canary"}},
	})
	network := requireNetworkError(t, err)
	assert.False(t, network.Timeout)
	assert.Zero(t, network.Status)
	assert.NotContains(t, err.Error(), "canary")
}
