package station

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Limits bound how often the API may be called. The vendor's own policy is 60 calls a
// minute for a user, 1,000 in five minutes for an address, and a number a day for a
// company. Zero means no limit.
type Limits struct {
	// Calls of one user in each Period.
	Calls int
	// Period is at least a second; zero means a minute.
	Period time.Duration
	// AddressCalls of one client address in five minutes.
	AddressCalls int
	// DailyCalls of one company, reset at midnight UTC. Submissions and the question
	// for the quota itself are free of it.
	DailyCalls int
}

const (
	addressPeriod = 5 * time.Minute
	day           = 24 * time.Hour
)

// counted is one count that a call adds to.
type counted struct {
	name   string
	limit  int
	period time.Duration
}

// counts are what a call is counted against.
func (s *Station) counts(c *call, op operation) []counted {
	var list []counted
	if s.limits.Calls > 0 {
		period := time.Minute
		if s.limits.Period > 0 {
			period = max(s.limits.Period, time.Second)
		}
		list = append(list, counted{"user " + c.user.id, s.limits.Calls, period})
	}
	if s.limits.AddressCalls > 0 {
		list = append(list, counted{"address " + s.from(c.Request), s.limits.AddressCalls, addressPeriod})
	}
	if s.limits.DailyCalls > 0 && !op.free {
		list = append(list, counted{quotaName(c.user), s.limits.DailyCalls, day})
	}
	return list
}

func quotaName(u user) string { return "company " + u.company }

// countCall counts a call and refuses it beyond a limit; a refused call counts too. The
// counts are in the database because on Workers nothing else outlives a request. All of
// a call's are one statement.
func (s *Station) countCall(ctx context.Context, c *call, op operation) error {
	list := s.counts(c, op)
	if len(list) == 0 {
		return nil
	}
	now := s.millis()
	var rows string
	var args []any
	for i, one := range list {
		if i > 0 {
			rows += ", "
		}
		rows += "(?" + strconv.Itoa(2*i+1) + ", ?" + strconv.Itoa(2*i+2) + ", 1)"
		args = append(args, one.name, now/one.period.Milliseconds())
	}
	totals := map[string]int64{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var (
			name  string
			total int64
		)
		err := rows.Scan(&name, &total)
		totals[name] = total
		return err
	}, `INSERT INTO counters (name, period, count) VALUES `+rows+`
ON CONFLICT (name) DO UPDATE SET
	count = CASE WHEN counters.period = excluded.period THEN counters.count + 1 ELSE 1 END,
	period = excluded.period
RETURNING name, count`, args...)
	if err != nil {
		return err
	}
	var wait int64
	for _, one := range list {
		if totals[one.name] > int64(one.limit) {
			wait = max(wait, one.period.Milliseconds()-now%one.period.Milliseconds())
		}
	}
	if wait > 0 {
		return &limitFault{wait: time.Duration(wait) * time.Millisecond}
	}
	return nil
}

// remoteAddress is the address of a connection without its port.
func remoteAddress(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return host
	}
	return r.RemoteAddr
}

// quotas13 answers GET /1.3/request-quotas: the daily quota, which is the only one that
// the vendor shows; none where none is set.
func (s *Station) quotas13(ctx context.Context, c *call) (answer, error) {
	if s.limits.DailyCalls <= 0 {
		return jsonAnswer(quotaList(nil))
	}
	today := s.millis() / day.Milliseconds()
	used, _, err := one[int64](ctx, s, `SELECT count FROM counters WHERE name = ?1 AND period = ?2`, quotaName(c.user), today)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(quotaList{{
		GUID: nameID("quota", c.user.company), MaxRequests: int64(s.limits.DailyCalls), UsedRequests: min(used, int64(s.limits.DailyCalls)),
		TimeWindow: day.Milliseconds(), LastResetTime: today * day.Milliseconds(), NextResetTime: (today + 1) * day.Milliseconds(),
	}})
}
