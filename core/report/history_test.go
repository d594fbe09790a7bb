package report_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/report"
)

// events are all that can happen to an item, by name.
func events(jitter float64) map[string]func(report.Item, time.Time) (report.Item, error) {
	failed := func(err error) func(report.Item, time.Time) (report.Item, error) {
		return func(i report.Item, now time.Time) (report.Item, error) { return report.Failed(i, err, now, jitter) }
	}
	return map[string]func(report.Item, time.Time) (report.Item, error){
		"claim": report.Claim,
		"filed": func(i report.Item, now time.Time) (report.Item, error) {
			return report.Filed(i, report.Receipt{ReportID: "r1"}, now)
		},
		"unknown":     failed(&api.NetworkError{}),
		"limited":     failed(&api.RateLimitError{Wait: time.Hour}),
		"refused":     failed(status(403, "no")),
		"credentials": failed(&api.AuthError{}),
		"retry":       report.Retry,
		"park": func(i report.Item, now time.Time) (report.Item, error) {
			return report.Park(i, report.ReasonPermission, now)
		},
	}
}

// FuzzHistory: whatever happens in whatever order, an item keeps its identity and
// its bytes, is in exactly one visible state, and can always be brought to its end.
func FuzzHistory(f *testing.F) {
	f.Add([]byte("claim, lose, claim, fail"), uint64(1))
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, uint64(2))
	names := []string{"claim", "filed", "unknown", "limited", "refused", "credentials", "retry", "park", "recover", "clock"}
	f.Fuzz(func(t *testing.T, history []byte, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 1))
		item, now := frozen(t), noon
		for _, b := range history {
			before := item
			var err error
			switch name := names[int(b)%len(names)]; name {
			case "recover":
				for _, changed := range report.Recover([]report.Item{item}, now, random.Float64()).Changed {
					item = changed
				}
				require.NotEqual(t, report.StateSending, item.State, "after recovery nobody is sending")
			case "clock":
				now = now.Add(time.Duration(random.Int64N(int64(48 * time.Hour)))).Add(-24 * time.Hour)
			default:
				item, err = events(random.Float64())[name](item, now)
			}
			if err != nil {
				require.Equal(t, before, item, "an event that does not fit changes nothing")
			}
			requireSound(t, before, item)
			now = now.Add(time.Second)
		}
		requireDeliverable(t, item, now)
	})
}

func requireSound(t *testing.T, before, item report.Item) {
	t.Helper()
	require.Equal(t, before.ID, item.ID)
	require.Equal(t, before.Draft, item.Draft)
	require.Equal(t, before.Prepared, item.Prepared)
	require.Equal(t, before.CreatedAt, item.CreatedAt)
	require.Contains(t, []string{report.StatePending, report.StateSending, report.StateFiled, report.StatePaused, report.StateStopped}, item.State)
	require.NotEmpty(t, item.Words, "no state without words")
	require.GreaterOrEqual(t, item.Attempts, 0)
	if before.State == report.StateFiled {
		require.Equal(t, before, item, "filed is the end")
	}
	switch item.State {
	case report.StatePaused:
		require.Contains(t, []string{report.ReasonCredentials, report.ReasonPermission, report.ReasonProfile}, item.Reason)
	case report.StatePending:
		require.Contains(t, []string{"", report.ReasonRateLimit}, item.Reason)
		require.LessOrEqual(t, item.RetryAt-item.UpdatedAt, (24 * time.Hour).Milliseconds())
	default:
		require.Empty(t, item.Reason)
	}
	if item.State != report.StatePending {
		require.Zero(t, item.RetryAt)
	}
}

// requireDeliverable: when the host recovers, the user asks again and the platform
// answers, the item is filed. A day is the longest wait.
func requireDeliverable(t *testing.T, item report.Item, now time.Time) {
	t.Helper()
	for _, changed := range report.Recover([]report.Item{item}, now, 0).Changed {
		item = changed
	}
	if item.State == report.StateFiled {
		return
	}
	var err error
	if item.State != report.StatePending {
		item, err = report.Retry(item, now)
		require.NoError(t, err)
	}
	agenda := report.Recover([]report.Item{item}, now.Add(25*time.Hour), 0)
	require.Equal(t, []string{item.ID}, agenda.Due)
	item, err = report.Claim(item, now.Add(25*time.Hour))
	require.NoError(t, err)
	item, err = report.Filed(item, report.Receipt{ReportID: "r1"}, now)
	require.NoError(t, err)
	require.Equal(t, report.StateFiled, item.State)
}

// platform is one that takes each external id once and loses some of its answers.
type platform struct {
	random *rand.Rand
	effect map[string]int
	broken bool
}

func (p *platform) submit(id string) (report.Receipt, error) {
	if p.broken {
		switch p.random.IntN(5) {
		case 0: // not reached
			return report.Receipt{}, &api.NetworkError{}
		case 1: // taken, and the answer lost
			p.take(id)
			return report.Receipt{}, &api.NetworkError{Timeout: true}
		case 2:
			p.take(id)
			return report.Receipt{}, &api.DecodeError{}
		case 3:
			return report.Receipt{}, &api.RateLimitError{Wait: time.Minute}
		}
		return report.Receipt{}, status(503, "")
	}
	return report.Receipt{ReportID: "r-" + id, Repeated: !p.take(id)}, nil
}

func (p *platform) take(id string) bool {
	if p.effect[id] > 0 {
		return false
	}
	p.effect[id]++
	return true
}

// TestSimulatedOutages runs whole lives of an outbox over a platform that breaks
// and heals, with senders that die at every step. In the end each item is filed
// and each report is there once.
func TestSimulatedOutages(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		p := &platform{random: random, effect: map[string]int{}, broken: true}
		var items []report.Item
		for i := range 1 + random.IntN(5) {
			item := frozen(t)
			item.ID = string(rune('a' + i))
			items = append(items, item)
		}
		now, calls := noon, 0
		store := func(item report.Item) {
			i := slices.IndexFunc(items, func(kept report.Item) bool { return kept.ID == item.ID })
			items[i] = item
		}
		for step := range 400 {
			p.broken = step < 200
			agenda := report.Recover(items, now, random.Float64())
			for _, changed := range agenda.Changed {
				store(changed)
			}
			for _, id := range agenda.Due {
				i := slices.IndexFunc(items, func(kept report.Item) bool { return kept.ID == id })
				item, err := report.Claim(items[i], now)
				require.NoError(t, err)
				store(item)
				if p.broken && random.IntN(10) == 0 {
					break // the sender dies before the bytes leave
				}
				calls++
				receipt, err := p.submit(item.ID)
				if p.broken && random.IntN(10) == 0 {
					break // the sender dies before the outcome is stored
				}
				if err != nil {
					item, err = report.Failed(item, err, now, random.Float64())
				} else {
					item, err = report.Filed(item, receipt, now)
				}
				require.NoError(t, err)
				store(item)
			}
			now = now.Add(10 * time.Second)
		}
		for _, item := range items {
			require.Equal(t, report.StateFiled, item.State, "seed %d", seed)
			require.Equal(t, 1, p.effect[item.ID], "seed %d: one effect", seed)
		}
		require.LessOrEqual(t, calls, 60*len(items), "seed %d: no busy loop in 33 minutes of outage", seed)
	}
}
