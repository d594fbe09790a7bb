package trustar

import (
	"context"
	"iter"
)

// Correlated returns the readable reports that hold any of the values, each once.
//
// An *UncheckedError names values that could not be asked about and is not the
// end: the iteration goes on with the other values. Any other error ends it.
func (c *Client) Correlated(ctx context.Context, values []string) iter.Seq2[Report, error] {
	return func(yield func(Report, error) bool) { yield(Report{}, errUnbuilt) }
}
