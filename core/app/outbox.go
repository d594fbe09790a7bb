package app

import (
	"context"

	"github.com/sightline-sec/sightline/core/report"
)

// Claim marks an item as being sent. The host stores it before it calls Send.
func (a *App) Claim(item report.Item) (report.Item, error) { return report.Claim(item, a.now()) }

// Retry makes an item due now.
func (a *App) Retry(item report.Item) (report.Item, error) { return report.Retry(item, a.now()) }

// Park pauses an item for one of the reasons of report.StatePaused.
func (a *App) Park(item report.Item, reason string) (report.Item, error) {
	return report.Park(item, reason, a.now())
}

// Recover puts the outbox in order when no sender lives.
func (a *App) Recover(items []report.Item) report.Agenda {
	return report.Recover(items, a.now(), a.jitter())
}

// Send makes one attempt to file a claimed item. What becomes of the attempt is
// the item's new state, not an error: the host stores it. It fails only with
// *report.StateError, when the item was not claimed.
func (a *App) Send(ctx context.Context, item report.Item) (report.Item, error) {
	if item.State != report.StateSending {
		return item, &report.StateError{State: item.State, Event: "send"}
	}
	c, err := a.find(item.ProfileID)
	if err != nil {
		return report.Park(item, report.ReasonProfile, a.now())
	}
	if !c.secrets() {
		return report.Park(item, report.ReasonCredentials, a.now())
	}
	destination, err := c.destination()
	if err != nil {
		return report.Park(item, report.ReasonProfile, a.now())
	}
	receipt, err := destination.Send(ctx, item)
	if err != nil {
		return report.Failed(item, err, a.now(), a.jitter())
	}
	if c.memory != nil {
		c.memory.Forget() // what was new is known now
	}
	return report.Filed(item, receipt, a.now())
}
