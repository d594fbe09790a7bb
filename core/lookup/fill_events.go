package lookup

import (
	"cmp"
	"context"
	"errors"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

// set changes the user's settings.
func (m *machine) set(settings FillSettings) {
	s := &m.state
	before := s.Settings
	s.Settings = settings
	s.WaitUntil, s.Words, s.Failures = 0, "", 0
	wider := func(old, new int) bool { return old > 0 && (new == 0 || new > old) }
	if wider(before.Days, settings.Days) || s.Cut && wider(before.Cases, settings.Cases) {
		s.Restart(s.Done)
		m.phase, m.page = phaseIdle, nil
		m.era++
	}
}

// stale reports whether a step was of a time before the walk was begun anew.
func (m *machine) stale(done step) bool { return done.era != m.era }

// listed notes the answer to a list call.
func (m *machine) listed(done step, p Page, now int64) []effect {
	m.flying--
	if m.stale(done) {
		return nil
	}
	m.succeeded()
	q := done.cursor
	if m.phase == phaseAudit {
		return m.auditListed(q, p, now)
	}
	s := &m.state
	if q.Skip > 0 && p.Total < m.total {
		// Something has vanished, and what stood behind it has moved to places that were
		// counted already. The order is entered again where it is certain.
		m.skip, m.total = 0, 0
		return nil
	}
	m.total = p.Total
	u := &pageUnderWay{cursor: q, count: len(p.Objects), last: p.Last || len(p.Objects) == 0, ordered: true}
	if m.phase == phaseWalk && s.CoveredTo == 0 {
		if q.Skip == 0 && q.To == 0 {
			s.Total = p.Total
		}
		m.limit(u, &p)
	}
	for i, object := range p.Objects {
		if i > 0 {
			before := p.Objects[i-1]
			if q.Changed && before.ModifiedAt > object.ModifiedAt || !q.Changed && before.CreatedAt < object.CreatedAt {
				u.ordered = false
			}
		}
		if i == 0 || object.CreatedAt < u.oldest {
			u.oldest = object.CreatedAt
		}
		u.newest = max(u.newest, object.CreatedAt)
		u.changed = max(u.changed, object.ModifiedAt)
	}
	return m.take(u, p, now)
}

// limit cuts a page of the first walk to what the user's budget allows.
func (m *machine) limit(u *pageUnderWay, p *Page) {
	budget := m.state.Settings.Cases
	if budget <= 0 {
		return
	}
	m.state.Total = min(m.state.Total, budget)
	room := budget - m.state.Done
	for i, object := range p.Objects {
		if _, ok := m.on.known(object.ID); ok {
			continue
		}
		if room--; room < 0 {
			u.cut = p.Objects[max(i-1, 0)].CreatedAt
			p.Objects = p.Objects[:i]
			return
		}
	}
}

// take sorts out what of a page must be read: what the index does not have as it is
// now. The highest score comes first.
func (m *machine) take(u *pageUnderWay, p Page, now int64) []effect {
	var (
		effects []effect
		queue   []index.Object
		seen    = make(map[string]bool, len(p.Objects))
	)
	for i, object := range p.Objects {
		if seen[object.ID] {
			continue
		}
		seen[object.ID] = true
		known, ok := m.on.known(object.ID)
		switch {
		case ok && known.Version == object.Version && known.ModifiedAt == object.ModifiedAt:
		case p.Held != nil:
			effects = append(effects, m.put(object, p.Held[i]))
		default:
			queue = append(queue, object)
		}
	}
	for _, i := range sorting.Order(len(queue), func(i, j int) bool {
		return cmp.Compare(queue[i].Score, queue[j].Score) > 0
	}) {
		u.queue = append(u.queue, queue[i])
	}
	m.page = u
	m.settle(now)
	return effects
}

// put puts an object into the index and counts it.
func (m *machine) put(object index.Object, held []index.Sighting) effect {
	if _, ok := m.on.known(object.ID); !ok {
		m.state.Done++
		m.state.Total = max(m.state.Total, m.state.Done)
	}
	return effect{kind: effectPut, object: object, held: held}
}

// read notes what an object holds.
func (m *machine) read(done step, held []index.Sighting, now int64) []effect {
	m.flying--
	object := done.object
	m.succeeded()
	m.forget(object.ID)
	effects := []effect{m.put(object, held)}
	m.settle(now)
	return effects
}

// forget takes an object off the list of those that could not be read.
func (m *machine) forget(id string) {
	kept := m.state.Failed[:0]
	for _, failed := range m.state.Failed {
		if failed != id {
			kept = append(kept, failed)
		}
	}
	m.state.Failed = kept
	delete(m.attempts, id)
}

// settle goes on when all of a page is read.
func (m *machine) settle(now int64) {
	u := m.page
	if u == nil || len(u.queue) > 0 || m.flying > 0 {
		return
	}
	m.page = nil
	if u.cursor.Limit == 0 || m.phase == phaseAudit {
		return // it was no page of an order
	}
	if u.cursor.Changed {
		m.changesListed(u, now)
	} else {
		m.walked(u)
	}
}

// walked moves a walk past a page.
func (m *machine) walked(u *pageUnderWay) {
	s := &m.state
	if u.cursor.Skip == 0 {
		m.anchor = u.cursor.To
		if m.anchor == 0 {
			m.anchor = u.newest
		}
	}
	m.skip = u.cursor.Skip + u.count
	s.Walk.Newest = max(s.Walk.Newest, u.newest)
	if s.Mark == 0 {
		s.Mark = u.changed // of the first page: no later than the platform's clock then
	}
	if u.count > 0 && u.ordered {
		s.Walk.To = u.oldest
	}
	if !u.last && u.cut == 0 {
		return
	}
	if s.CoveredTo == 0 {
		s.CoveredFrom, s.Cut = s.Walk.From, u.cut > 0
		if s.Cut {
			s.CoveredFrom = u.cut + 1
		}
	}
	s.CoveredTo = max(s.CoveredTo, s.Walk.Newest, 1)
	s.Walk.Active = false
}

// changesListed moves the mark past a page of changes.
func (m *machine) changesListed(u *pageUnderWay, now int64) {
	s := &m.state
	m.latest = max(m.latest, u.changed)
	switch {
	case u.last:
		s.Mark = max(s.Mark, m.latest)
		m.phase, m.skip, m.total, m.anchor = phaseWalk, 0, 0, 0
	case u.ordered && u.changed > s.Mark:
		s.Mark, m.skip, m.total = u.changed, 0, 0
	default: // as many as a page holds have changed at the same moment
		m.skip = u.cursor.Skip + u.count
	}
}

// succeeded ends a row of failures.
func (m *machine) succeeded() {
	m.streak = 0
	m.state.Failures = 0
	if m.state.WaitUntil == 0 {
		m.state.Words = ""
	}
}

// failed notes that a call did not succeed. Words are the error's, for people.
func (m *machine) failed(done step, err error, now int64) []effect {
	m.flying--
	s := &m.state
	var (
		limit *api.RateLimitError
		auth  *api.AuthError
	)
	read := done.kind == stepRead
	switch {
	case m.stale(done):
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		m.again(done)
		return nil
	case !read && m.skip > 0 && errors.Is(err, ErrLostPlace):
		m.skip, m.total = 0, 0
		return nil
	case read && errors.Is(err, ErrVanished):
		m.succeeded()
		return m.gone(done.object, now)
	case errtype.As(err, &limit):
		m.again(done)
		m.pause(now+max(limit.Wait.Milliseconds(), 1), words(err))
		return nil
	case errtype.As(err, &auth):
		m.again(done)
		m.pause(now+longestPause, words(err))
		return nil
	}
	m.streak++
	if read && m.streak < maxFailures {
		if m.attempts[done.object.ID]++; m.attempts[done.object.ID] < maxAttempts {
			m.again(done)
			return nil
		}
		if len(s.Failed) < maxFailed || contains(s.Failed, done.object.ID) {
			return m.leave(done.object, now)
		}
	}
	m.again(done)
	wait := int64(firstPause)
	for range min(s.Failures, 10) {
		wait = min(2*wait, longestPause)
	}
	if s.WaitUntil <= now {
		s.Failures++
	}
	m.streak = 0
	m.pause(now+wait, words(err))
	return nil
}

// again puts what was to be read back into the queue. A list call is made again by
// itself.
func (m *machine) again(done step) {
	if done.kind == stepRead && m.page != nil {
		m.page.queue = append(m.page.queue, done.object)
	}
}

func (m *machine) pause(until int64, words string) {
	if until > m.state.WaitUntil {
		m.state.WaitUntil = until
	}
	m.state.Words = words
}

// gone is what becomes of an object that has vanished.
func (m *machine) gone(object index.Object, now int64) []effect {
	m.forget(object.ID)
	var effects []effect
	if _, ok := m.on.known(object.ID); ok {
		m.state.Done--
		effects = []effect{{kind: effectRemove, object: object}}
	} else {
		m.state.Total = max(m.state.Total-1, m.state.Done)
	}
	m.settle(now)
	return effects
}

// leave leaves an object that could not be read for the next pass. The index has it
// without anything that it holds, in a version that no platform has.
func (m *machine) leave(object index.Object, now int64) []effect {
	if !contains(m.state.Failed, object.ID) {
		m.state.Failed = append(m.state.Failed, object.ID)
	}
	var effects []effect
	if _, ok := m.on.known(object.ID); !ok {
		object.Version = unreadVersion(object.Version)
		effects = []effect{m.put(object, nil)}
	}
	m.settle(now)
	return effects
}

// unreadVersion is what the index has for the version of an object that could not be
// read, and back: one that no platform has.
func unreadVersion(version int64) int64 { return -1 - version }

// swept notes how many objects had vanished.
func (m *machine) swept(n int) {
	m.state.Done = max(m.state.Done-n, 0)
	m.state.Total = max(m.state.Total-n, m.state.Done)
}

func contains(list []string, word string) bool {
	for _, one := range list {
		if one == word {
			return true
		}
	}
	return false
}
