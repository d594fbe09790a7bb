package trustar

import (
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// At returns a point in time as the API counts it, to the millisecond.
func At(t time.Time) Timestamp {
	if t.IsZero() {
		return 0
	}
	return Timestamp(t.UnixMilli())
}

// Range is a span of time, both ends included. It is about when something was last
// updated, not about when it was made. An end of 0 is left to the server.
//
// Source: the vendor's page "TruSTAR API".
type Range struct{ From, To Timestamp }

// The longest spans that searches look back.
const (
	// maxSpan: the server cuts a longer one without a word (vendor's pages "Search
	// Reports" and "Search Indicators").
	maxSpan = 366 * 24 * time.Hour
	// maxSpan20 is what the vendor's second Python SDK lets through.
	maxSpan20 = 364 * 24 * time.Hour
)

// check finds what the server would cut or cannot answer; span 0 is without end.
func (r Range) check(span time.Duration) error {
	switch {
	case r.From < 0 || r.To < 0:
		return invalid("from", "lies before 1970")
	case r.From != 0 && r.To != 0 && r.To < r.From:
		return invalid("to", "lies before from")
	case span > 0 && r.From != 0 && r.To != 0 && r.To-r.From > Timestamp(span.Milliseconds()):
		return invalid("from", "lies more than a year before to: ask for a shorter time")
	}
	return nil
}

// addTo adds the ends that there are, in the version's unit. Seconds are rounded
// outwards, so that nothing at an end is left out.
func (r Range) addTo(query *api.Query, version string) {
	if r.From != 0 {
		query.Add("from", r.From.Param(version))
	}
	if r.To != 0 {
		to := r.To
		if version == Version12 {
			to += 999
		}
		query.Add("to", to.Param(version))
	}
}
