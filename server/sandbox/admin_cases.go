package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/testdata"
)

// Pick chooses cases for a change from outside the API. IDs, where there are any,
// else Percent of all cases, else Count; those are spread evenly over the cases by
// age, and another Offset gives others.
type Pick struct {
	IDs     []CaseID `json:"ids,omitempty"`
	Percent float64  `json:"percent,omitempty"`
	Count   int      `json:"count,omitempty"`
	Offset  int      `json:"offset,omitempty"`
}

// Modification is what ModifyCases does.
type Modification struct {
	Pick
	// Observables are added to every case.
	Observables []testdata.Indicator `json:"observables,omitempty"`
	// NewObservableEvery adds a value that no other case holds to every n-th of the
	// cases; 0 to none.
	NewObservableEvery int `json:"newObservableEvery,omitempty"`
	// Status, if not "", is the cases' new status.
	Status string `json:"status,omitempty"`
}

// Modified is what was done.
type Modified struct {
	// At is the least modified_at of the cases, in milliseconds since 1970.
	At    int64    `json:"at"`
	Cases []CaseID `json:"cases"`
	// Added are the observables that the cases have now and had not, where any.
	Added map[CaseID][]testdata.Indicator `json:"added,omitempty"`
}

// ModifyCases changes cases as somebody else's work would: modified_at, modified_by
// and version change, and observables come in.
func (s *Sandbox) ModifyCases(m Modification) (Modified, error) {
	c := s.cases
	c.mu.Lock()
	defer c.mu.Unlock()
	places, err := c.pick(m.Pick)
	if err != nil {
		return Modified{}, err
	}
	update := caseUpdate{}
	if m.Status != "" {
		update.Status = &m.Status
		if problem := c.check(&update); problem != "" {
			return Modified{}, fmt.Errorf("sandbox: %s", problem)
		}
	}
	done := Modified{Cases: []CaseID{}, Added: map[CaseID][]testdata.Indicator{}}
	for i, at := range places {
		c.apply(at, update, people()[i%len(people())])
		change := c.changes[at]
		added := append([]testdata.Indicator(nil), m.Observables...)
		if m.NewObservableEvery > 0 && i%m.NewObservableEvery == 0 {
			added = append(added, testdata.Indicator{Type: "domain", Value: fmt.Sprintf("late-%d-%d.sightline-campaign-new.top", at, c.revision)})
		}
		change.planted = append(change.planted, added...)
		done.Cases = append(done.Cases, change.row.ID)
		if len(added) > 0 {
			done.Added[change.row.ID] = added
		}
		if done.At == 0 || change.row.ModifiedAt < done.At {
			done.At = change.row.ModifiedAt
		}
	}
	return done, nil
}

// CloseCases sets the cases' status to Resolved.
func (s *Sandbox) CloseCases(p Pick) (Modified, error) {
	return s.ModifyCases(Modification{Pick: p, Status: "Resolved"})
}

// DeleteCases takes cases away: no call of the API does. They are in no list any
// more, and 404.
func (s *Sandbox) DeleteCases(p Pick) (Modified, error) {
	c := s.cases
	c.mu.Lock()
	defer c.mu.Unlock()
	places, err := c.pick(p)
	if err != nil {
		return Modified{}, err
	}
	done := Modified{At: c.now().UnixMilli(), Cases: []CaseID{}}
	for _, at := range places {
		change := c.change(at)
		change.deleted = true
		done.Cases = append(done.Cases, change.row.ID)
	}
	return done, nil
}

// pick returns the places chosen. The caller holds mu.
func (c *caseStore) pick(p Pick) ([]int, error) {
	var places []int
	for _, id := range p.IDs {
		at, ok := c.place(id)
		if !ok {
			return nil, fmt.Errorf("sandbox: no case %q", id)
		}
		places = append(places, at)
	}
	if len(p.IDs) > 0 {
		return places, nil
	}
	var there []int
	for at := range c.count() {
		if !c.gone(at) {
			there = append(there, at)
		}
	}
	count := p.Count
	if p.Percent > 0 {
		count = int(float64(len(there))*p.Percent/100 + 0.5)
	}
	if count < 1 || count > len(there) || p.Offset < 0 {
		return nil, fmt.Errorf("sandbox: cannot choose %d of %d cases", count, len(there))
	}
	for i := range count {
		places = append(places, there[(i*len(there)/count+p.Offset)%len(there)])
	}
	return places, nil
}

func (s *Sandbox) routeAdminCases(mux *http.ServeMux) {
	change := func(do func(*json.Decoder) (Modified, error)) http.Handler {
		return admin(func(r *http.Request) answer {
			done, err := do(json.NewDecoder(r.Body))
			if err != nil {
				return failure(http.StatusBadRequest, err.Error())
			}
			return success(done)
		})
	}
	mux.Handle("POST /sandbox/cases/modify", change(func(body *json.Decoder) (Modified, error) {
		var m Modification
		if err := body.Decode(&m); err != nil {
			return Modified{}, fmt.Errorf("a modification is a JSON object")
		}
		return s.ModifyCases(m)
	}))
	for path, do := range map[string]func(Pick) (Modified, error){"close": s.CloseCases, "delete": s.DeleteCases} {
		mux.Handle("POST /sandbox/cases/"+path, change(func(body *json.Decoder) (Modified, error) {
			var p Pick
			if err := body.Decode(&p); err != nil {
				return Modified{}, fmt.Errorf("a choice of cases is a JSON object")
			}
			return do(p)
		}))
	}
	mux.Handle("GET /sandbox/campaigns", admin(func(*http.Request) answer {
		return success(struct {
			Campaigns int `json:"campaigns"`
		}{s.Campaigns()})
	}))
	mux.Handle("GET /sandbox/campaigns/{page}", admin(func(r *http.Request) answer {
		page, err := strconv.Atoi(r.PathValue("page"))
		truth, ok := s.Campaign(page)
		if err != nil || !ok {
			return failure(http.StatusNotFound, "no such campaign")
		}
		return success(truth)
	}))
	mux.Handle("POST /sandbox/clock", admin(func(r *http.Request) answer {
		var asked struct {
			SkewSeconds int `json:"skewSeconds"`
		}
		if json.NewDecoder(r.Body).Decode(&asked) != nil {
			return failure(http.StatusBadRequest, "a clock is a JSON object")
		}
		s.SetSkew(time.Duration(asked.SkewSeconds) * time.Second)
		return success(asked)
	}))
}

// SetSkew makes the clock of Stellar Cyber's side wrong from now on: the ends of
// tokens and modified_at are by that much ahead.
func (s *Sandbox) SetSkew(by time.Duration) { s.skew.Store(int64(by)) }
