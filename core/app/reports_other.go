//go:build !js

package app

import (
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/trustar"
)

// reportsOf is what a TruSTAR profile is asked for: reports, and in API 1.3 what is
// known of the indicators themselves.
func (a *App) reportsOf(c *connection, identity lookup.SourceState) lookup.Source {
	reports := lookup.NewReports(c.trustar, identity)
	if c.profile.APIVersion == trustar.Version12 {
		return reports
	}
	return lookup.Both{First: reports, Second: lookup.NewSummaries(c.trustar, identity)}
}
