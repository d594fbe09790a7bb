package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/report"
)

// sender carries out what the outbox's state machine decides.
type sender struct {
	uses *app.App
	box  outbox
	wait time.Duration
}

// send stores an item and tries to file it until it is filed, stopped or paused,
// until wait is over, or until ctx ends. Every state is on disk before the next
// step is taken.
func (s sender) send(ctx context.Context, item report.Item) (report.Item, error) {
	deadline := time.Now().Add(s.wait)
	if err := s.box.put(item); err != nil {
		return item, err
	}
	for item.State == report.StatePending {
		due := time.UnixMilli(item.RetryAt)
		if item.RetryAt > 0 && due.After(deadline) || !sleep(ctx, time.Until(due)) {
			break // it stays pending, on disk
		}
		var err error
		if item, err = s.uses.Claim(item); err != nil {
			return item, err
		}
		if err := s.box.put(item); err != nil {
			return item, err
		}
		if item, err = s.uses.Send(ctx, item); err != nil {
			return item, err
		}
		if err := s.box.put(item); err != nil {
			return item, err
		}
	}
	return item, nil
}

// resume goes on with an item that an earlier call left, whatever its state: the
// user asks for it.
func (s sender) resume(ctx context.Context, item report.Item) (report.Item, error) {
	if item.State == report.StateFiled {
		return item, nil
	}
	for _, found := range s.uses.Recover([]report.Item{item}).Changed {
		item = found
	}
	item, err := s.uses.Retry(item)
	if err != nil {
		return item, err
	}
	return s.send(ctx, item)
}

// sleep reports whether the time went by before ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// tell says what became of an item. It fails when the item is not filed.
func tell(env environment, out string, item report.Item) error {
	if out == "json" || out == "auto" && !env.terminal {
		line, err := json.Marshal(struct {
			ID       string `json:"id"`
			State    string `json:"state"`
			ReportID string `json:"reportId"`
			Link     string `json:"link"`
			Words    string `json:"words"`
		}{item.ID, item.State, item.ReportID, item.Link, item.Words})
		if err != nil {
			return err
		}
		if err := write(env.stdout, append(line, '\n')); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(env.stdout, "%s\n%s\n", printable(item.Draft.Title), printable(item.Words))
		for _, fact := range []struct{ label, value string }{{"id", item.ID}, {"report", item.ReportID}, {"link", item.Link}} {
			if fact.value != "" {
				fmt.Fprintf(env.stdout, "  %-8s%s\n", fact.label, printable(fact.value))
			}
		}
	}
	if item.State != report.StateFiled {
		return fmt.Errorf("report %s is not filed: %s", item.ID, item.Words)
	}
	return nil
}
