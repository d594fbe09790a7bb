package lookup

import (
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/stellarcyber"
)

const (
	// freshness is how long a case's observables are believed: a look at the next
	// page of the same story asks for nothing twice.
	freshness = 10 * time.Minute
	// maxRemembered is how much text of observables is kept in memory, in bytes.
	maxRemembered = 4 << 20
)

// Observations remembers the observables of cases for ten minutes, in memory alone.
// A case that has changed since is read again. It belongs to one profile and is
// safe for concurrent use.
type Observations struct {
	now func() time.Time

	mu    sync.Mutex
	cases map[string]observation
	bytes int
}

type observation struct {
	values   []string
	modified stellarcyber.Timestamp
	version  int64
	read     time.Time
}

// NewObservations returns an empty memory.
func NewObservations(now func() time.Time) *Observations {
	return &Observations{now: now, cases: make(map[string]observation)}
}

// of returns the observables of a case as it is now.
func (o *Observations) of(c stellarcyber.Case) ([]string, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	known, ok := o.cases[c.ID]
	age := o.now().Sub(known.read)
	if !ok || known.modified != c.ModifiedAt || known.version != c.Version || age < 0 || age > freshness {
		return nil, false
	}
	return known.values, true
}

// keep remembers the observables of a case. When there is no room all are
// forgotten: the next look-up reads what it needs.
func (o *Observations) keep(c stellarcyber.Case, values []string) {
	size := len(c.ID)
	for _, value := range values {
		size += len(value)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bytes+size > maxRemembered {
		clear(o.cases)
		o.bytes = 0
	}
	if size > maxRemembered {
		return
	}
	o.bytes += size
	o.cases[c.ID] = observation{values: values, modified: c.ModifiedAt, version: c.Version, read: o.now()}
}
