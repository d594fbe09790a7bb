package lookup

// maxAudited is how many calls one audit makes; what it has not compared then it
// compares the next time.
const maxAudited = 64

// span is a range of times of creation, both ends included.
type span struct {
	from, to int64
	whole    bool // to be listed, not counted
}

// beginAudit sets out to compare the number of objects with the platform's, where it
// is time to. What has vanished shows in no list of changes: only the number tells.
func (m *machine) beginAudit(now int64) {
	s := &m.state
	m.audit, m.audited, m.sorted = nil, 0, nil
	if !m.limits.ByChange || !passed(s.AuditAt, auditEvery, now) {
		return
	}
	first := s.AuditAt == 0
	s.AuditAt = now
	if first {
		return // a first walk has seen all that there is
	}
	m.sorted = m.on.times()
	// A state that was stored before the index was counts less than there is.
	s.Done = len(m.sorted)
	if s.Total = s.Done; s.Done == 0 {
		return
	}
	m.audit = []span{{from: max(s.CoveredFrom, 1), to: m.sorted[len(m.sorted)-1]}}
}

// auditCursor is the next call of an audit.
func (m *machine) auditCursor() (Cursor, bool) {
	if len(m.audit) == 0 || m.audited == maxAudited {
		m.audit, m.sorted = nil, nil
		return Cursor{}, false
	}
	m.audited++
	next := m.audit[len(m.audit)-1]
	q := Cursor{From: next.from, To: next.to, Limit: 1}
	if next.whole {
		q.Limit = m.limits.Page
	}
	return q, true
}

// auditListed compares one span. Where the numbers differ, the span is divided until
// a page holds it.
func (m *machine) auditListed(_ Cursor, p Page, now int64) []effect {
	if len(m.audit) == 0 {
		return nil
	}
	at := m.audit[len(m.audit)-1]
	m.audit = m.audit[:len(m.audit)-1]
	low, high := m.place(at.from), m.place(at.to+1)
	switch {
	case at.whole && p.Last:
		ids := make(map[string]bool, len(p.Objects))
		for _, object := range p.Objects {
			ids[object.ID] = true
		}
		effects := []effect{{kind: effectSweep, from: at.from, to: at.to, ids: ids}}
		return append(effects, m.take(&pageUnderWay{}, p, now)...)
	case at.whole || p.Total == high-low:
	case high-low <= m.limits.Page && p.Total <= m.limits.Page:
		at.whole = true
		m.audit = append(m.audit, at)
	case at.from < at.to:
		middle := (at.from + at.to) / 2
		if high > low {
			middle = min(max(m.sorted[(low+high)/2], at.from), at.to-1)
		}
		m.audit = append(m.audit, span{from: at.from, to: middle}, span{from: middle + 1, to: at.to})
	}
	return nil
}

// place is how many objects were created before a time.
func (m *machine) place(time int64) int {
	low, high := 0, len(m.sorted)
	for low < high {
		if middle := (low + high) / 2; m.sorted[middle] < time {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
