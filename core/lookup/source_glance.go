package lookup

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/report"
)

const (
	// glanceDays and glanceObjects are how far a look without an index goes.
	glanceDays    = 7
	glanceObjects = 200
	// glanceTime is how long a person waits for it.
	glanceTime = 20 * time.Second
)

// Glance looks at the newest objects of a platform that no index was filled for. What
// it has seen it keeps in memory, so that a second look reads what has changed alone.
type Glance struct{ Indexed }

// NewGlance returns the source behind a feed.
func NewGlance(feed Feed, now func() time.Time) Glance {
	library := NewLibrary(index.New())
	settings := FillSettings{On: true, Days: glanceDays, Cases: glanceObjects}
	return Glance{NewIndexed(library, NewFiller(feed, library, FillState{Settings: settings}, now), now)}
}

// Find implements Source.
func (g Glance) Find(ctx context.Context, asked []report.Reference) Finding {
	progress, err := g.filler.Slice(ctx, SliceLimits{Until: g.now().Add(glanceTime)})
	if err == nil && progress.Done == 0 && progress.Words != "" {
		return Finding{Answered: make([]bool, len(asked)), State: StateFailed, Words: progress.Words}
	}
	f := g.Indexed.Find(ctx, asked)
	f.Index, f.AsOf = "", 0
	return f
}
