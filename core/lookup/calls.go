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
	calls, _ := ctx.Value(countKey{}).(*counter)
	for c := calls; c != nil; c = c.outer {
		c.n.Add(1)
	}
	resp, err := t.next.RoundTrip(ctx, req)
	if resp != nil {
		for c := calls; c != nil; c = c.outer {
			c.bytes.Add(int64(len(resp.Body)))
		}
	}
	return resp, err
}

// counted returns a context whose requests are counted apart, and in the count of ctx too.
func counted(ctx context.Context) (context.Context, *counter) {
	outer, _ := ctx.Value(countKey{}).(*counter)
	calls := &counter{outer: outer}
	return context.WithValue(ctx, countKey{}, calls), calls
}

type countKey struct{}

// counter counts requests, and the bytes of their answers' bodies.
type counter struct {
	n, bytes atomic.Int64
	outer    *counter // of the look-up that these are part of
}

func (c *counter) count() int { return int(c.n.Load()) }
