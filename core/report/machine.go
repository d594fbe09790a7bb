package report

import (
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// StateError means that something happened to an item that cannot happen in its
// state: another window was faster, or the host kept an old copy.
type StateError struct {
	// State of the item.
	State string
	// Event that does not fit it, e.g. "claim".
	Event string
}

func (e *StateError) Error() string {
	return "a report that is " + e.State + " cannot be changed by " + e.Event
}

// NotDueError means that an item must not be sent yet.
type NotDueError struct{ Wait time.Duration }

func (e *NotDueError) Error() string { return "not due for another " + e.Wait.String() }

// Freeze makes an item of a draft and the bytes that were shown for it.
// *api.InvalidError: shown is not the hash of the prepared bytes, so the analyst
// has not seen what would be sent.
func Freeze(d Draft, p Prepared, shown string, now time.Time) (Item, error) {
	if shown != p.Hash {
		return Item{}, &api.InvalidError{Field: "hash", Problem: "what would be sent is not what was shown. Look at it again"}
	}
	return Item{
		ID:        d.ID,
		ProfileID: d.ProfileID,
		Draft:     d,
		Prepared:  p,
		State:     StatePending,
		Words:     "Saved. It will be sent next.",
		CreatedAt: now.UnixMilli(),
		UpdatedAt: now.UnixMilli(),
	}, nil
}

// Claim marks a pending item as being sent. The host stores the result before it
// sends anything. *StateError, *NotDueError: leave the item alone.
func Claim(item Item, now time.Time) (Item, error) {
	if item.State != StatePending {
		return item, &StateError{item.State, "claim"}
	}
	if !isDue(item, now) {
		return item, &NotDueError{Wait: time.Duration(item.RetryAt-now.UnixMilli()) * time.Millisecond}
	}
	item.State = StateSending
	item.Reason = ""
	item.Words = "Being sent."
	item.RetryAt = 0
	item.Attempts++
	item.UpdatedAt = now.UnixMilli()
	return item, nil
}

// Filed ends an attempt: the platform has the report. It is the one end that
// nothing changes any more.
func Filed(item Item, receipt Receipt, now time.Time) (Item, error) {
	if item.State != StateSending {
		return item, &StateError{item.State, "filed"}
	}
	item.State = StateFiled
	item.Reason = ""
	item.RetryAt = 0
	item.ReportID, item.Link, item.Extracted = receipt.ReportID, receipt.Link, receipt.Extracted
	switch {
	case !receipt.Repeated:
		item.Words = "Filed."
	case receipt.ReportID == "":
		item.Words = "Filed by an earlier attempt. The platform has not yet said under which id."
	default:
		item.Words = "Filed by an earlier attempt."
	}
	item.UpdatedAt = now.UnixMilli()
	return item, nil
}

// Failed ends an attempt that err ended. What happens next is Judge's to say;
// jitter is a random number in [0,1).
func Failed(item Item, err error, now time.Time, jitter float64) (Item, error) {
	if item.State != StateSending {
		return item, &StateError{item.State, "failed"}
	}
	verdict := Judge(err, item.Attempts, jitter)
	item.State, item.Reason, item.Words = verdict.State, verdict.Reason, verdict.Words
	item.RetryAt = 0
	if verdict.State == StatePending {
		item.RetryAt = now.Add(verdict.Wait).UnixMilli()
	}
	item.UpdatedAt = now.UnixMilli()
	return item, nil
}

// Retry makes an item due now because the user asks, or because what it waited for
// has come: a credential, a permission, the network. A stopped one is sent again
// as it is, e.g. after an enclave was opened to the user.
func Retry(item Item, now time.Time) (Item, error) {
	switch item.State {
	case StatePending, StatePaused, StateStopped:
	default:
		return item, &StateError{item.State, "retry"}
	}
	item.State = StatePending
	item.Reason = ""
	item.RetryAt = 0
	item.Words = "Will be sent next."
	item.UpdatedAt = now.UnixMilli()
	return item, nil
}

// Park pauses an item that the host may not send. reason is one of the reasons of
// StatePaused. A claimed item may be parked: the host looks for the permission
// once more after the claim.
func Park(item Item, reason string, now time.Time) (Item, error) {
	words := parkWords(reason)
	if words == "" {
		return item, &api.InvalidError{Field: "reason", Problem: "is none of the reasons for a pause"}
	}
	switch item.State {
	case StatePending, StateSending, StatePaused:
	default:
		return item, &StateError{item.State, "park"}
	}
	if item.State == StateSending {
		item.Attempts-- // nothing was sent
	}
	item.State, item.Reason, item.Words = StatePaused, reason, words
	item.RetryAt = 0
	item.UpdatedAt = now.UnixMilli()
	return item, nil
}

func parkWords(reason string) string {
	switch reason {
	case ReasonCredentials:
		return "Not sent: the profile has no key or secret that the platform accepts. The report is kept. Enter them again in the options."
	case ReasonPermission:
		return "Not sent: the browser does not let Sightline reach the platform. The report is kept. Allow it in the options."
	case ReasonProfile:
		return "Not sent: the profile that it was to be filed with is gone or has changed. The report is kept. Choose a profile in the options."
	}
	return ""
}
