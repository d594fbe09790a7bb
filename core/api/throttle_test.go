package api_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// stopwatch is a transport that notes when it was used.
type stopwatch struct {
	mu  sync.Mutex
	now func() time.Time
	at  []time.Time
}

func (c *stopwatch) RoundTrip(context.Context, *api.Request) (*api.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = append(c.at, c.now())
	return &api.Response{Status: 200}, nil
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	began := now
	clock := func() time.Time { return now }
	sent := &stopwatch{now: clock}
	throttle := &api.Throttle{
		Transport: sent, Requests: 3, Per: time.Minute, MaxWait: 2 * time.Minute, Now: clock,
		Sleep: func(_ context.Context, d time.Duration) error { now = now.Add(d); return nil },
	}
	req := &api.Request{Operation: "x", Method: "GET", URL: "https://api.example/?secret"}
	for range 10 {
		_, err := throttle.RoundTrip(t.Context(), req)
		require.NoError(t, err)
	}
	for i, at := range sent.at {
		assert.Equal(t, time.Duration(i/3)*time.Minute, at.Sub(began), i)
	}

	throttle.MaxWait = time.Second
	_, err := throttle.RoundTrip(t.Context(), req)
	require.NoError(t, err, "the last minute has had one call")
	_, err = throttle.RoundTrip(t.Context(), req)
	require.NoError(t, err)
	_, err = throttle.RoundTrip(t.Context(), req)
	var limit *api.RateLimitError
	require.ErrorAs(t, err, &limit)
	assert.Equal(t, time.Minute, limit.Wait)
	assert.Zero(t, limit.Status, "nothing was sent")
	assert.NotContains(t, err.Error(), "secret")
	assert.Len(t, sent.at, 12)

	free := &api.Throttle{Transport: sent}
	for range 100 {
		_, err := free.RoundTrip(t.Context(), req)
		require.NoError(t, err)
	}
}

// However many call at once, no span has more than the limit.
func TestThrottleManyAtOnce(t *testing.T) {
	t.Parallel()
	sent := &stopwatch{now: time.Now}
	var (
		mu    sync.Mutex
		waits []time.Duration
	)
	throttle := &api.Throttle{
		Transport: sent, Requests: 10, Per: time.Hour, MaxWait: 24 * time.Hour,
		Sleep: func(_ context.Context, d time.Duration) error {
			mu.Lock()
			defer mu.Unlock()
			waits = append(waits, d.Round(time.Hour))
			return nil
		},
	}
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			_, err := throttle.RoundTrip(t.Context(), &api.Request{})
			assert.NoError(t, err)
		})
	}
	group.Wait()
	turns := map[time.Duration]int{}
	for _, wait := range waits {
		turns[wait]++
	}
	assert.Len(t, turns, 9)
	for wait, n := range turns {
		assert.Equal(t, 10, n, wait)
	}
	assert.Len(t, sent.at, 100)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	throttle.Sleep = nil
	_, err := throttle.RoundTrip(ctx, &api.Request{})
	require.ErrorIs(t, err, context.Canceled)
}
