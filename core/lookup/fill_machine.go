package lookup

import "github.com/sightline-sec/sightline/core/lookup/index"

// Times and waits of a fill, in milliseconds.
const (
	minute = 60_000
	day    = 24 * 60 * minute

	// refreshEvery is how long after the last pass began the next one is due, and how
	// often a long walk stops to ask what has changed.
	refreshEvery = 5 * minute
	// auditEvery is how often the number of objects is compared, to notice those that
	// have vanished. rewalkEvery is how often everything is listed again where a
	// platform does not list by change.
	auditEvery  = 60 * minute
	rewalkEvery = day

	// firstPause is the wait after a platform failed, doubled up to longestPause
	// while it goes on failing.
	firstPause   = 2_000
	longestPause = 15 * minute
)

const (
	// maxAttempts is how often an object is tried in one pass, maxFailed how many may
	// be left for the next.
	maxAttempts = 3
	maxFailed   = 100
)

// The phases of a pass, in their order.
const (
	phaseIdle    = iota
	phaseRetry   // what could not be read before
	phaseChanges // what has changed since the mark
	phaseWalk    // what was created, newest first
	phaseAudit   // whether something has vanished
)

// The kinds of a step.
const (
	stepNone = iota // wait for what is under way
	stepList
	stepRead
	stepWait // until a time; nothing is under way
	stepOff  // the user has not switched it on
)

// step is what the driver is to do.
type step struct {
	kind   int
	cursor Cursor
	object index.Object
	until  int64
	era    int
}

// The kinds of an effect.
const (
	effectPut    = iota // object with held
	effectRemove        // the object with the id of object
	effectSweep         // those created between from and to that are not in ids
)

// effect is a change of the index.
type effect struct {
	kind     int
	object   index.Object
	held     []index.Sighting
	from, to int64
	ids      map[string]bool
}

// shelf is what a machine may know of the index: of one profile's objects.
type shelf interface {
	// known returns the object with an id, if the index has it.
	known(id string) (index.Object, bool)
	// times are the times of creation of all objects, ascending.
	times() []int64
}

// machine decides how an index is filled. It makes no calls, has no clock and no
// chance: a driver tells it what happened and does what it says. Times are
// milliseconds since 1970.
//
// The state alone has to last. What else the machine knows spares calls as long as
// it lives: places within an order are counted in memory, and after a cut the order
// is entered again at the time in the state.
type machine struct {
	state  FillState
	limits Limits
	on     shelf

	phase  int
	flying int
	// page is the one whose objects are being read, nil when the next may be listed.
	page *pageUnderWay
	// skip is the place in the order that was entered at anchor, total what the last
	// page told.
	skip, total int
	anchor      int64
	// latest is the latest time of change that this list of changes has shown.
	latest int64

	audit   []span
	audited int
	sorted  []int64

	era         int // counts walks that were begun anew
	streak      int // failures in a row
	minuteAt    int64
	minuteCalls int
	attempts    map[string]int
}

// pageUnderWay is a page with what is left to read of it.
type pageUnderWay struct {
	cursor         Cursor
	queue          []index.Object
	oldest, newest int64 // times of creation
	changed        int64 // latest time of change
	count          int
	ordered        bool
	last           bool
	// cut is the time of creation of the last object that the budget allows, 0 when
	// it allows all.
	cut int64
}

// next says what to do now.
func (m *machine) next(now int64) step {
	s := &m.state
	if !s.Settings.On {
		return step{kind: stepOff}
	}
	m.turn(now)
	if s.WaitUntil > 0 {
		return m.rest(s.WaitUntil)
	}
	if m.flying >= maxInFlight || m.page != nil && len(m.page.queue) == 0 || m.page == nil && m.flying > 0 {
		return step{}
	}
	if m.phase == phaseIdle {
		if due := m.due(now); due > now {
			return m.rest(due)
		}
		m.begin(now)
	}
	if until, words := m.spent(); until > 0 {
		s.Words = words
		return m.rest(until)
	}
	if m.page == nil {
		cursor, more := m.cursor(now)
		if !more {
			return m.rest(m.due(now))
		}
		if m.page == nil {
			m.count()
			return step{kind: stepList, cursor: cursor, era: m.era}
		}
	}
	object := m.page.queue[0]
	m.page.queue = m.page.queue[1:]
	m.count()
	return step{kind: stepRead, object: object, era: m.era}
}

func (m *machine) rest(until int64) step {
	if m.flying > 0 {
		return step{}
	}
	return step{kind: stepWait, until: until}
}

// turn begins a new day and a new minute, and lets no wait stand that a clock which
// was set back would make endless.
func (m *machine) turn(now int64) {
	s := &m.state
	if s.WaitUntil <= now || s.WaitUntil > now+day {
		s.WaitUntil = 0
	}
	if passed(s.DayAt, day, now) {
		s.DayAt, s.Calls, s.Bytes = now, 0, 0
	}
	if passed(m.minuteAt, minute, now) {
		m.minuteAt, m.minuteCalls = now, 0
	}
}

// passed reports whether a span of time that began at a moment is over. One that
// begins in the future is: the clock was set back.
func passed(at, length, now int64) bool { return now < at || now >= at+length }

func (m *machine) count() {
	m.flying++
	m.state.Calls++
	m.minuteCalls++
}

// spend notes what a step has cost beside the one call that it was counted for.
func (m *machine) spend(calls int, bytes int64) {
	m.state.Calls += max(calls, 0)
	m.minuteCalls += max(calls, 0)
	m.state.Bytes += bytes
}

// spent says until when the platform's limits or the user's budget allow no call.
func (m *machine) spent() (until int64, words string) {
	s := &m.state
	switch {
	case s.Settings.Calls > 0 && s.Calls >= s.Settings.Calls:
		return s.DayAt + day, "The calls of this day are used up. It goes on by itself."
	case s.Settings.Bytes > 0 && s.Bytes >= s.Settings.Bytes:
		return s.DayAt + day, "The bytes of this day are used up. It goes on by itself."
	case m.limits.PerMinute > 0 && m.minuteCalls >= m.limits.PerMinute:
		return m.minuteAt + minute, s.Words
	}
	return 0, ""
}

// due is when the next pass begins; 0 is now.
func (m *machine) due(now int64) int64 {
	s := &m.state
	if s.PassAt > 0 || s.AsOf == 0 || passed(s.AsOf, refreshEvery, now) {
		return 0
	}
	return s.AsOf + refreshEvery
}

// begin begins a pass, or goes on with the one that was cut.
func (m *machine) begin(now int64) {
	s := &m.state
	if s.PassAt == 0 || s.PassAt > now {
		s.PassAt = now
	}
	switch {
	case s.Walk.Active:
	case s.CoveredTo == 0: // nothing is known yet
		s.Walk = FillWalk{Active: true, From: m.windowFrom(now)}
	case m.limits.ByChange:
	case passed(s.AuditAt, rewalkEvery, now):
		s.Walk = FillWalk{Active: true, From: max(s.CoveredFrom, 1), Again: true}
		s.AuditAt = now
	default:
		s.Walk = FillWalk{Active: true, From: s.CoveredTo, Again: true}
	}
	m.enter(phaseRetry, now)
}

// windowFrom is the time of creation where a first walk ends. Zero would leave the
// bound out, and a platform may have one of its own then.
func (m *machine) windowFrom(now int64) int64 {
	if m.state.Settings.Days <= 0 {
		return 1
	}
	return max(now-int64(m.state.Settings.Days)*day, 1)
}

// enter begins a phase.
func (m *machine) enter(phase int, now int64) {
	m.phase, m.skip, m.total, m.anchor, m.latest = phase, 0, 0, 0, 0
	switch phase {
	case phaseRetry:
		m.attempts = make(map[string]int)
	case phaseChanges:
		m.state.ChangesAt = now
	case phaseAudit:
		m.beginAudit(now)
	}
}

// cursor is the list call that comes next, or a page of things to read is set; false
// when the pass is over.
func (m *machine) cursor(now int64) (Cursor, bool) {
	s := &m.state
	for {
		switch m.phase {
		case phaseRetry:
			m.enter(phaseWalk, now)
			if m.wantsChanges(now) {
				m.enter(phaseChanges, now)
			}
			if m.page = m.unread(); m.page != nil {
				return Cursor{}, true
			}
		case phaseChanges:
			return Cursor{
				Changed: true, From: s.Mark, CreatedFrom: max(s.coveredFrom(), 1), Skip: m.skip, Limit: m.limits.Page,
			}, true
		case phaseWalk:
			switch {
			case !s.Walk.Active:
				m.covered()
				m.enter(phaseAudit, now)
				continue
			case m.wantsChanges(now):
				m.enter(phaseChanges, now)
				continue
			case s.Walk.StartedAt == 0:
				s.Walk.StartedAt = now
				if s.CoveredTo == 0 {
					s.ChangesAt = now // nothing is there that could have changed
				}
			}
			q := Cursor{From: s.Walk.From, To: s.Walk.To, Skip: m.skip, Limit: m.limits.Page}
			if m.skip > 0 {
				q.To = m.anchor
			}
			return q, true
		case phaseAudit:
			if q, more := m.auditCursor(); more {
				return q, true
			}
			m.phase = phaseIdle
			s.PassAt = 0
			s.Total = s.Done
			return Cursor{}, false
		default:
			return Cursor{}, false
		}
	}
}

func (m *machine) wantsChanges(now int64) bool {
	s := &m.state
	return m.limits.ByChange && s.Mark > 0 && (s.CoveredTo > 0 || s.Walk.To > 0) && passed(s.ChangesAt, refreshEvery, now)
}

// covered ends the part of a pass after which the index is true of a moment: that
// at which its changes were asked for, or its walk began.
func (m *machine) covered() {
	s := &m.state
	s.AsOf = max(s.AsOf, s.ChangesAt, s.Walk.StartedAt)
	s.Walk = FillWalk{}
}

// unread is a page of what could not be read before, nil when there is none.
func (m *machine) unread() *pageUnderWay {
	var queue []index.Object
	kept := m.state.Failed[:0]
	for _, id := range m.state.Failed {
		if object, ok := m.on.known(id); ok {
			if object.Version < 0 {
				object.Version = unreadVersion(object.Version)
			}
			queue = append(queue, object)
			kept = append(kept, id)
		}
	}
	m.state.Failed = kept
	if len(queue) == 0 {
		return nil
	}
	return &pageUnderWay{queue: queue}
}
