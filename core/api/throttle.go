package api

import (
	"context"
	"sync"
	"time"
)

// Throttle is a Transport that keeps to a platform's limit by itself: at most Requests
// exchanges begin within any span of Per. What comes too soon waits for its turn, in
// the order of the calls. Share one Throttle among all clients of an account. Use it
// by pointer; its exported fields must not change after the first RoundTrip.
type Throttle struct {
	Transport Transport

	// Requests is the limit. Zero means none.
	Requests int
	Per      time.Duration

	// MaxWait is the longest wait that RoundTrip bears. For more it fails at once with
	// *RateLimitError, and nothing was sent: its Status is 0.
	MaxWait time.Duration

	// Now is the clock; nil means time.Now, which does not mind when the clock is set.
	Now func() time.Time

	// Sleep waits for d or for the context; nil means a timer.
	Sleep func(ctx context.Context, d time.Duration) error

	mu sync.Mutex
	// begun are the last beginnings, a ring; oldest is the place of the first of them.
	begun  []time.Time
	oldest int
}

// RoundTrip sends req when its turn has come.
func (t *Throttle) RoundTrip(ctx context.Context, req *Request) (*Response, error) {
	wait, ok := t.reserve()
	if !ok {
		return nil, &RateLimitError{Exchange: ExchangeFor(req, nil), Message: "our own count of calls is at the platform's limit", Wait: wait}
	}
	if wait > 0 {
		clock := Client{Sleep: t.Sleep}
		if err := clock.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
	return t.Transport.RoundTrip(ctx, req)
}

// reserve takes a turn and tells how long it is until then. A turn whose caller gives
// up is lost: that errs on the side of fewer calls.
func (t *Throttle) reserve() (wait time.Duration, ok bool) {
	if t.Requests <= 0 {
		return 0, true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if len(t.begun) < t.Requests {
		t.begun = append(t.begun, now)
		return 0, true
	}
	turn := t.begun[t.oldest].Add(t.Per)
	if wait = turn.Sub(now); wait <= 0 {
		wait, turn = 0, now
	} else if wait > t.MaxWait {
		return wait, false
	}
	t.begun[t.oldest] = turn
	t.oldest = (t.oldest + 1) % len(t.begun)
	return wait, true
}

func (t *Throttle) now() time.Time {
	if t.Now == nil {
		return time.Now()
	}
	return t.Now()
}
