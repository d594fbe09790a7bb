package app

import "github.com/sightline-sec/sightline/core/lookup"

// reportsOf is what a TruSTAR profile is asked for: reports alone, since the calls for
// summaries would take 41 KB of the wasm.
func (a *App) reportsOf(c *connection, identity lookup.SourceState) lookup.Source {
	return lookup.NewReports(c.trustar, identity)
}
