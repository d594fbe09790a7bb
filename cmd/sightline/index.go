package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/indexstore"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/lookup"
)

type indexCommand struct {
	Fill   indexFillCommand   `cmd:"" help:"Fetch what is missing or has changed. It can be stopped and goes on where it was."`
	Status indexStatusCommand `cmd:"" help:"Say what the index has, and of when."`
	Verify indexVerifyCommand `cmd:"" help:"Read all of the index and say what is wrong with it."`
	Clear  indexClearCommand  `cmd:"" help:"Empty the index."`
}

func (c *indexCommand) Help() string {
	return `The index says which cases and alerts hold an indicator, so that sightline related answers at once and without a call.
It has the indicators of Stellar Cyber's cases and Threat Stack's alerts, their titles, owners and scores, in files that only you can read, by
default in ~/.local/share/sightline/index. Nothing is fetched but by sightline index fill.

` + everyHelp + `

Examples:
  sightline index fill --stellarcyber sandbox.json --days 90
  sightline index status

Exit codes: 0 done, 1 error, 2 called wrongly, 3 nothing is indexed.`
}

// indexPlace says where the index is.
type indexPlace struct {
	Index string `name:"index" type:"path" placeholder:"DIR" help:"Folder of the index."`
}

type indexFillCommand struct {
	everyAccess
	indexPlace
	Days      int           `default:"0" help:"How far back cases are fetched; 0 is all there are. An index with a bound calls no indicator new."`
	Cases     int           `default:"0" help:"How many cases are fetched at most, newest first; 0 is no bound."`
	Calls     int           `default:"0" help:"How many calls are made in 24 hours; 0 is no bound."`
	Megabytes int64         `default:"0" help:"How much is fetched in 24 hours; 0 is no bound."`
	For       time.Duration `default:"0s" help:"How long to go on, e.g. 10m; 0 is until all is there."`
}

// fillSlice is how long is fetched between two writes to the disk. The environment may
// shorten it, for tests that kill the program while it writes.
func fillSlice(env environment) time.Duration {
	if d, err := time.ParseDuration(env.getenv("SIGHTLINE_FILL_SLICE")); err == nil && d > 0 {
		return d
	}
	return 2 * time.Second
}

func (c *indexFillCommand) Run(ctx context.Context, env environment) error {
	profiles, err := c.profiles(env)
	if err != nil {
		return err
	}
	way, err := c.transport(env)
	if err != nil {
		return err
	}
	uses := newAppOver(way, profiles...)
	store, err := c.open(env, uses)
	if err != nil {
		return err
	}
	defer store.Close()
	settings := lookup.FillSettings{On: true, Days: c.Days, Cases: c.Cases, Calls: c.Calls, Bytes: c.Megabytes << 20}
	found := false
	for _, profile := range uses.IndexStatus().Profiles {
		found = true
		if err := uses.SetIndex(profile.ProfileID, settings); err != nil {
			return err
		}
	}
	if !found {
		return usageError("none of these platforms needs an index: TruSTAR is asked at once")
	}
	return c.fill(ctx, env, uses, store)
}

// fill fetches slice by slice, and stores each, until nothing is to be done.
func (c *indexFillCommand) fill(ctx context.Context, env environment, uses *app.App, store stored) error {
	var end time.Time
	if c.For > 0 {
		end = time.Now().Add(c.For)
	}
	shown := false
	for {
		until := time.Now().Add(fillSlice(env))
		if !end.IsZero() && end.Before(until) {
			until = end
		}
		failed := uses.FillIndex(ctx, nil, lookup.SliceLimits{Until: until})
		if err := store.save(); err != nil {
			return err
		}
		status := uses.IndexStatus()
		if env.errTerminal {
			shown = true
			fmt.Fprint(env.stderr, "\r\x1b[K", fillBar(status))
		}
		over := failed != nil || !end.IsZero() && !time.Now().Before(end)
		wait := time.Until(time.UnixMilli(status.WakeAt))
		if !over && !filled(status) && wait < 15*time.Minute {
			if wait > 0 {
				over = sleepFor(ctx, min(wait, 15*time.Second)) != nil
			}
			if !over {
				continue
			}
		}
		if shown {
			fmt.Fprint(env.stderr, "\r\x1b[K")
		}
		return c.report(env, status, failed)
	}
}

func sleepFor(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// filled reports whether the first pass over all platforms is complete.
func filled(status app.IndexStatus) bool {
	for _, p := range status.Profiles {
		if p.Phase != "idle" && p.Phase != "off" {
			return false
		}
	}
	return true
}

func (c *indexFillCommand) report(env environment, status app.IndexStatus, failed error) error {
	if err := indexTable(env.stdout, status); err != nil {
		return err
	}
	if errors.Is(failed, context.Canceled) {
		fmt.Fprintln(env.stderr, "Stopped. What has come is kept; sightline index fill goes on from there.")
		return nil
	}
	for _, p := range status.Profiles {
		if p.Phase == "waiting" && p.AsOf == 0 {
			return fmt.Errorf("%s: %s It is not complete; sightline index fill goes on from there", p.Name, p.Words)
		}
	}
	return failed
}

// fillBar is one line about a fill under way.
func fillBar(status app.IndexStatus) string {
	done, total, left := 0, 0, int64(0)
	words := ""
	for _, p := range status.Profiles {
		done, total, left = done+p.Done, total+p.Total, max(left, p.MillisLeft)
		if p.Words != "" {
			words = p.Name + ": " + p.Words
		}
	}
	width := 0
	if total > 0 {
		width = progressWidth * done / total
	}
	line := "["
	for i := range progressWidth {
		if i < width {
			line += "#"
		} else {
			line += "."
		}
	}
	line += "] " + strconv.Itoa(done) + " of " + strconv.Itoa(total)
	if left > 0 {
		line += ", " + (time.Duration(left) * time.Millisecond).Round(time.Second).String() + " left"
	}
	if words != "" {
		line += ". " + printable(words)
	}
	return line
}

func indexTable(w io.Writer, status app.IndexStatus) error {
	rows := [][]string{{"PROFILE", "STATE", "DONE", "OF", "FAILED", "AS OF", "CALLS TODAY", "NOTE"}}
	for _, p := range status.Profiles {
		asOf := "-"
		if p.AsOf > 0 {
			asOf = time.UnixMilli(p.AsOf).UTC().Format(time.DateTime)
		}
		rows = append(rows, []string{p.Name, p.Phase, strconv.Itoa(p.Done), strconv.Itoa(p.Total), strconv.Itoa(p.Failed), asOf, strconv.Itoa(p.Calls), p.Words})
	}
	if err := table(w, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d objects, %d postings, %d bytes in %d segments\n", status.Objects, status.Postings, status.Bytes, status.Segments)
	return err
}

type indexStatusCommand struct {
	everyAccess
	indexPlace
}

func (c *indexStatusCommand) Run(env environment) error {
	profiles, err := c.profiles(env)
	var usage usageError
	if err != nil && !errors.As(err, &usage) { // without profiles the numbers are all there is to say
		return err
	}
	uses := newApp(profiles...)
	if err := c.read(env, uses); err != nil {
		return err
	}
	status := uses.IndexStatus()
	if err := indexTable(env.stdout, status); err != nil {
		return err
	}
	if status.Objects == 0 {
		return errNothing
	}
	return nil
}

type indexVerifyCommand struct{ indexPlace }

func (c *indexVerifyCommand) Run(env environment) error {
	uses := newApp()
	x, damage, err := indexstore.Read(c.folder(env))
	switch {
	case err != nil:
		return err
	case damage != nil:
		return damage
	}
	uses.UseIndex(x, nil, nil)
	if problem := uses.VerifyIndex(); problem != "" {
		return errors.New(problem)
	}
	status := uses.IndexStatus()
	_, err = fmt.Fprintf(env.stdout, "%d objects, %d postings, %d bytes in %d segments: all as they were written\n", status.Objects, status.Postings, status.Bytes, status.Segments)
	return err
}

type indexClearCommand struct{ indexPlace }

func (c *indexClearCommand) Run(env environment) error {
	uses := newApp()
	store, err := c.open(env, uses)
	if err != nil {
		return err
	}
	defer store.Close()
	objects := uses.IndexStatus().Objects
	uses.ClearIndex("")
	if err := store.save(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stdout, "%d objects forgotten\n", objects)
	return err
}
