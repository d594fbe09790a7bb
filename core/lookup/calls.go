package lookup

import (
	"context"
	"sync/atomic"

	"github.com/sightline-sec/sightline/core/api"
)

// CountCalls wraps a transport so that each look-up and each fill learns how many
// requests it took, those for tokens and repetitions included. Clients that several look-ups
// share are counted apart: the count is kept with the context.
func CountCalls(transport api.Transport) api.Transport { return countingTransport{transport} }

type countingTransport struct{ next api.Transport }

// RoundTrip implements api.Transport.
func (t countingTransport) RoundTrip(ctx context.Context, req *api.Request) (*api.Response, error) {
	calls, ok := ctx.Value(countKey{}).(*counter)
	if ok {
		calls.n.Add(1)
	}
	resp, err := t.next.RoundTrip(ctx, req)
	if ok && resp != nil {
		calls.bytes.Add(int64(len(resp.Body)))
	}
	return resp, err
}

type countKey struct{}

// counter counts requests, and the bytes of their answers' bodies.
type counter struct{ n, bytes atomic.Int64 }

func (c *counter) count() int { return int(c.n.Load()) }
