package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/sightline-sec/sightline/core/internal/sorting"
)

// Agenda is what is to be done with the outbox.
type Agenda struct {
	// Changed must be stored.
	Changed []Item
	// Due are the ids to claim and send now, one after the other: those that failed
	// least often first, then the oldest, so that one that always fails holds up no other.
	Due []string
	// WakeAt is when to ask again; the zero time is never.
	WakeAt time.Time
}

// quickRecoveries is how many attempts may be cut short by the end of their
// sender before the item waits: an item must not kill its sender in a circle.
const quickRecoveries = 3

// Recover puts the outbox in order when no sender lives: when the host starts, and
// when it wakes and holds the outbox's lock. Items that are being sent have lost
// their sender and are pending again, for whether the platform has them is unknown.
func Recover(items []Item, now time.Time, jitter float64) Agenda {
	var (
		agenda  Agenda
		current = slices.Clone(items)
		until   = make(map[string]int64) // profile → end of the wait that its platform asked for
		due     []Item
	)
	for i, item := range current {
		if item.State == StateSending {
			item.State, item.Reason = StatePending, ""
			item.RetryAt = 0
			item.Words = "Sending was interrupted. The report is kept and will be sent again by itself."
			if item.Attempts > quickRecoveries {
				item.RetryAt = now.Add(backoff(item.Attempts-quickRecoveries, jitter)).UnixMilli()
			}
			item.UpdatedAt = now.UnixMilli()
			current[i] = item
			agenda.Changed = append(agenda.Changed, item)
		}
		if item.State == StatePending && item.Reason == ReasonRateLimit && !isDue(item, now) {
			until[item.ProfileID] = max(until[item.ProfileID], item.RetryAt)
		}
	}
	for _, item := range current {
		if item.State != StatePending {
			continue
		}
		wake := until[item.ProfileID]
		if !isDue(item, now) {
			wake = max(wake, item.RetryAt)
		}
		if wake == 0 {
			due = append(due, item)
			continue
		}
		if at := time.UnixMilli(wake); agenda.WakeAt.IsZero() || at.Before(agenda.WakeAt) {
			agenda.WakeAt = at
		}
	}
	for _, i := range sorting.Order(len(due), func(i, j int) bool {
		a, b := &due[i], &due[j]
		return cmp.Or(cmp.Compare(a.Attempts, b.Attempts), cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID)) < 0
	}) {
		agenda.Due = append(agenda.Due, due[i].ID)
	}
	return agenda
}

// isDue reports whether a pending item may be sent. A wait is believed only as
// long as it makes sense by the clock: when the clock stands before the item's
// last change, or the wait is longer than any that we set, the clock was turned.
func isDue(item Item, now time.Time) bool {
	ms := now.UnixMilli()
	return item.RetryAt <= ms || ms < item.UpdatedAt || item.RetryAt-item.UpdatedAt > longestWait.Milliseconds()
}
