package station

import (
	"context"
	"time"
)

// RateLimit bounds how often one user may call. The vendor's own policy is 60 calls
// a minute.
type RateLimit struct {
	// Calls in each Period; zero means no limit.
	Calls int
	// Period is at least a second; zero means a minute.
	Period time.Duration
}

// countCall counts a call and refuses it beyond the limit. The count is in the
// database because on Workers nothing else outlives a request.
func (s *Station) countCall(ctx context.Context, u user) error {
	if s.limit.Calls <= 0 {
		return nil
	}
	period := max(s.limit.Period, time.Second).Milliseconds()
	if s.limit.Period == 0 {
		period = time.Minute.Milliseconds()
	}
	now := s.millis()
	count, _, err := one[int64](ctx, s, `INSERT INTO calls (user_id, period, count) VALUES (?1, ?2, 1)
ON CONFLICT (user_id) DO UPDATE SET
	count = CASE WHEN calls.period = excluded.period THEN calls.count + 1 ELSE 1 END,
	period = excluded.period
RETURNING count`, u.id, now/period)
	if err != nil {
		return err
	}
	if count > int64(s.limit.Calls) {
		return &limitFault{wait: time.Duration(period-now%period) * time.Millisecond}
	}
	return nil
}
