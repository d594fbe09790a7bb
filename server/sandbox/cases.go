package sandbox

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// listCases answers GET cases. Total counts all matches, before limit and skip.
func (s *Sandbox) listCases(r *http.Request) answer {
	q, total, page, refusal := s.query(r)
	if refusal != nil {
		return *refusal
	}
	if q.summary {
		s.cases.mu.RLock()
		for i := range page {
			if at, ok := s.cases.place(page[i].ID); ok {
				page[i].Summary = s.cases.summary(at)
			}
		}
		s.cases.mu.RUnlock()
	}
	return data(struct {
		Total int       `json:"total"`
		Cases []caseRow `json:"cases"`
	}{total, page})
}

// query answers what a list of cases or incidents asks for, or why not.
func (s *Sandbox) query(r *http.Request) (q query, total int, page []caseRow, refusal *answer) {
	refuse := func(status int, text string) (query, int, []caseRow, *answer) {
		a := failure(status, text)
		return query{}, 0, nil, &a
	}
	q, err := parseQuery(r.URL.RawQuery)
	if bad := (*badArgument)(nil); errors.As(err, &bad) {
		return refuse(http.StatusBadRequest, bad.Error())
	}
	if scope := scopeOf(r); scope != "" {
		if slices.ContainsFunc(q.tenants, func(tenant string) bool { return tenant != "" && tenant != scope }) {
			return refuse(http.StatusForbidden, "Tenant mismatch")
		}
		q.key += " of " + scope
		q.conditions = append(q.conditions, func(c *caseRow) bool { return c.CustID == scope })
	}
	if s.options.DayWindow && !q.dated {
		since := s.stellarClock(r).Add(-24 * time.Hour).UnixMilli()
		q.key += " since " + strconv.FormatInt(since, 10)
		q.conditions = append(q.conditions, func(c *caseRow) bool { return c.CreatedAt >= since })
	}
	total, page = s.cases.find(q)
	return q, total, page, nil
}

// caseHandler answers a call about the case at a place, while nothing changes.
type caseHandler func(r *http.Request, at int) answer

// reading finds the case that a path names.
func (s *Sandbox) reading(h caseHandler) handler {
	return func(r *http.Request) answer {
		s.cases.mu.RLock()
		defer s.cases.mu.RUnlock()
		return s.about(r, h)
	}
}

// changing is reading for calls that change the case.
func (s *Sandbox) changing(h caseHandler) handler {
	return func(r *http.Request) answer {
		s.cases.mu.Lock()
		defer s.cases.mu.Unlock()
		return s.about(r, h)
	}
}

// about answers 404 for an unknown case (GUESS) and 403 for one of a tenant that
// the key is not for.
func (s *Sandbox) about(r *http.Request, h caseHandler) answer {
	at, ok := s.cases.place(CaseID(strings.ToLower(r.PathValue("id"))))
	if !ok {
		return failure(http.StatusNotFound, "Case not found")
	}
	if scope := scopeOf(r); scope != "" && s.cases.rowAt(at).CustID != scope {
		return failure(http.StatusForbidden, "Tenant mismatch")
	}
	return h(r, at)
}

// getCase answers GET cases/{id}.
func (s *Sandbox) getCase(_ *http.Request, at int) answer { return data(s.cases.rowAt(at)) }

// getObservables answers GET cases/{id}/observables: not under "data", unlike the others.
func (s *Sandbox) getObservables(_ *http.Request, at int) answer {
	return success(struct {
		Observables observables `json:"observables"`
	}{s.cases.observablesAt(at)})
}

// listIncidents answers GET incidents, the older view of the same.
func (s *Sandbox) listIncidents(r *http.Request) answer {
	_, total, page, refusal := s.query(r)
	if refusal != nil {
		return *refusal
	}
	type incident struct {
		caseRow
		Priority string     `json:"priority"`
		Score    float64    `json:"incident_score"`
		Events   []alertRef `json:"event_ids"`
		Metadata struct{}   `json:"metadata"`
	}
	incidents := []incident{}
	s.cases.mu.RLock()
	defer s.cases.mu.RUnlock()
	for _, row := range page {
		one := incident{caseRow: row, Priority: row.Severity, Score: row.Score, Events: []alertRef{}}
		if at, ok := s.cases.place(row.ID); ok {
			for _, p := range s.cases.alertsOf(at) {
				one.Events = append(one.Events, s.cases.alert(p).alertRef)
			}
		}
		incidents = append(incidents, one)
	}
	return data(struct {
		Total     int        `json:"total"`
		Incidents []incident `json:"incidents"`
	}{total, incidents})
}

func (s *Sandbox) broken(err error) answer {
	s.options.Log.Error("answering failed", "error", err)
	return failure(http.StatusInternalServerError, "Internal error")
}
