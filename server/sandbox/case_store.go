package sandbox

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/testdata"
)

// caseStore is the generated cases with what was changed since.
type caseStore struct {
	*population
	now func() time.Time

	mu sync.RWMutex
	// changes are by place. Cases that were made over the API follow the generated ones.
	changes map[int]*caseChange
	made    int
	alerts  map[alertPlace]alertChange
	users   []userAccount
	// revision counts changes.
	revision int

	finds     finds
	sightings sightings
}

// caseChange is a case that is no longer as it was generated.
type caseChange struct {
	row     caseRow
	deleted bool
	// planted are observables that were added.
	planted []testdata.Indicator
	// refs are the alerts that a case made over the API was made of; it has no others.
	refs []alertRef
	// comments, activities and scores come after the generated ones, oldest first.
	comments   []commentRow
	activities []activityRow
	scores     []scoreRow
	// alertsClosed says that the case was closed together with its alerts.
	alertsClosed bool
}

func newCaseStore(p *population, now func() time.Time) *caseStore {
	return &caseStore{population: p, now: now, changes: map[int]*caseChange{}, alerts: map[alertPlace]alertChange{}, users: accounts()}
}

// count is how many places there are, those of deleted cases included. The caller
// holds mu, as for all below that do not say otherwise.
func (c *caseStore) count() int { return len(c.rows) + c.made }

func (c *caseStore) gone(at int) bool {
	change := c.changes[at]
	return change != nil && change.deleted
}

// view fills in what filters and sorts look at; false when the case is deleted.
func (c *caseStore) view(at int, into *caseRow) bool {
	if change := c.changes[at]; change != nil {
		*into = change.row
		return !change.deleted
	}
	c.facts(at, into)
	return true
}

func (c *caseStore) rowAt(at int) caseRow {
	if change := c.changes[at]; change != nil {
		return change.row
	}
	return c.population.row(at)
}

// place finds a case by its id.
func (c *caseStore) place(id CaseID) (int, bool) {
	at, ok := c.placeOf(id)
	if !ok || at >= c.count() || c.gone(at) || c.rowAt(at).ID != id {
		return 0, false
	}
	return at, true
}

// change returns a case for changing.
func (c *caseStore) change(at int) *caseChange {
	change := c.changes[at]
	if change == nil {
		change = &caseChange{row: c.population.row(at)}
		change.row.Tags = slices.Clone(change.row.Tags)
		c.changes[at] = change
	}
	c.revision++
	return change
}

// get returns a case; it takes the lock itself.
func (c *caseStore) get(id CaseID) (caseRow, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	at, ok := c.place(id)
	if !ok {
		return caseRow{}, false
	}
	return c.rowAt(at), true
}

// find returns the page of cases that q asks for, and how many match in all. It
// takes the lock itself.
func (c *caseStore) find(q query) (total int, page []caseRow) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	matches, ok := c.finds.get(q.key, c.revision)
	if !ok {
		matches = c.matches(q)
		c.finds.put(q.key, c.revision, matches)
	}
	page = []caseRow{}
	from := min(q.skip, len(matches))
	for _, at := range matches[from:min(from+q.limit, len(matches))] {
		page = append(page, c.rowAt(int(at)))
	}
	return len(matches), page
}

// matches are the places of the cases that match, in order.
func (c *caseStore) matches(q query) []int32 {
	type found struct {
		number float64
		text   string
		at     int32
	}
	var (
		all []found
		row caseRow
	)
	for at := range c.count() {
		if !c.view(at, &row) || !q.matches(&row) {
			continue
		}
		one := found{at: int32(at)}
		if q.sort.number != nil {
			one.number = q.sort.number(&row)
		} else {
			one.text = q.sort.text(&row)
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b found) int {
		order := cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.text, b.text))
		if q.descending {
			order = -order
		}
		if order == 0 { // total, so that paging by skip is stable
			x, y := c.sortID(int(a.at)), c.sortID(int(b.at))
			order = slices.Compare(x[:], y[:])
		}
		return order
	})
	places := make([]int32, len(all))
	for i := range all {
		places[i] = all[i].at
	}
	return places
}

func (c *caseStore) idAt(at int) CaseID {
	if at < len(c.rows) {
		return c.id(at, c.rows[at].created)
	}
	return c.changes[at].row.ID
}

func (c *caseStore) sortID(at int) [12]byte {
	if at < len(c.rows) {
		return c.idBytes(at, c.rows[at].created)
	}
	return c.idBytes(at, c.changes[at].row.CreatedAt)
}

// finds remembers the answers to the last queries: a walk asks one query by the page.
type finds struct {
	mu       sync.Mutex
	revision int
	keys     []string
	places   [][]int32
}

const maxFinds = 8

func (f *finds) get(key string, revision int) ([]int32, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := slices.Index(f.keys, key); i >= 0 && f.revision == revision {
		return f.places[i], true
	}
	return nil, false
}

func (f *finds) put(key string, revision int, places []int32) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.revision != revision || len(f.keys) == maxFinds {
		f.revision, f.keys, f.places = revision, nil, nil
	}
	f.keys, f.places = append(f.keys, key), append(f.places, places)
}
