package app

import (
	"context"

	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

// Related says which cases, alerts and reports of the given profiles' platforms, or of
// all, know the indicators. It fails only when ctx ends or there is no profile;
// what befalls one platform is in the answer.
func (a *App) Related(ctx context.Context, asked []report.Reference, profileIDs []string) (lookup.Answer, error) {
	connections := a.all(profileIDs)
	if len(connections) == 0 {
		return lookup.Answer{}, &ProfileError{"There is no profile to ask.", "Make one in the options."}
	}
	sources := make([]lookup.Source, 0, len(connections))
	for _, c := range connections {
		sources = append(sources, a.source(c))
	}
	return lookup.Ask(ctx, sources, asked, a.indexes.library)
}

// source returns what can be asked with a connection: the index where it has
// something of the platform, the platform elsewhere.
func (a *App) source(c *connection) lookup.Source {
	identity := lookup.SourceState{ProfileID: c.profile.ID, Platform: c.profile.Platform, Name: c.profile.Name}
	a.mu.Lock()
	filler := a.filler(c)
	a.mu.Unlock()
	if filler != nil && filler.Begun() { // even when its key is gone
		return lookup.NewIndexed(a.indexes.library, filler, a.now)
	}
	if err := c.usable(); err != nil {
		return lookup.Unavailable{State: identity, Cause: err}
	}
	if c.trustar != nil {
		return lookup.NewRemembered(a.reportsOf(c, identity), c.memory)
	}
	if c.glance != nil {
		return c.glance
	}
	return lookup.NewCases(c.stellar, c.seen, identity, a.now)
}

// Recall is Related for a host that may end at any moment, and with it what TruSTAR
// was asked in the last ten minutes: it hands in what the last look-up returned beside
// its answer, "" when there was none, and keeps what this one returns.
func (a *App) Recall(ctx context.Context, asked []report.Reference, profileIDs []string, memory string) (lookup.Answer, string, error) {
	connections := a.all(profileIDs)
	lookup.LoadMemories(memory, func(name string) *lookup.Memory {
		for _, c := range connections {
			if memoryName(c) == name {
				return c.memory
			}
		}
		return nil
	})
	answer, err := a.Related(ctx, asked, profileIDs)
	if err != nil {
		return answer, memory, err
	}
	memory = ""
	for _, c := range connections {
		if c.memory != nil {
			memory += c.memory.Text(memoryName(c))
		}
	}
	return answer, memory, nil
}

// memoryName says whose memory it is: what another server said says nothing about this one.
func memoryName(c *connection) string { return c.profile.ID + " " + server(c) }
