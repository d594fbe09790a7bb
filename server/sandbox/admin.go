package sandbox

import (
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"
)

// AdminHeader must be present, with any value, on every call under /sandbox/. A
// page cannot send it without a preflight, which is never granted.
const AdminHeader = "Sandbox-Admin"

// calls counts requests by operation.
type calls struct {
	mu          sync.Mutex
	byOperation map[operation]int
}

func (c *calls) count(op operation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byOperation == nil {
		c.byOperation = make(map[operation]int)
	}
	if op != "" {
		c.byOperation[op]++
	}
}

// Calls returns how many requests came in since the start, by operation: Stellar
// Cyber's as in routes.go, e.g. "token", "cases", "observables", and Threat Stack's,
// e.g. "threatstack.alerts".
func (s *Sandbox) Calls() map[string]int {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	out := make(map[string]int, len(s.calls.byOperation))
	for op, n := range maps.All(s.calls.byOperation) {
		out[string(op)] = n
	}
	return out
}

// truthRequest asks TruthWithin from outside.
type truthRequest struct {
	Values []string `json:"values"`
	// CreatedFrom is milliseconds since 1970; 0 means no bound.
	CreatedFrom int64 `json:"createdFrom"`
	Top         int   `json:"top"`
}

func (s *Sandbox) routeAdmin(mux *http.ServeMux) {
	mux.Handle("GET /sandbox/faults", admin(func(r *http.Request) answer { return success(s.Faults()) }))
	mux.Handle("POST /sandbox/faults", admin(func(r *http.Request) answer {
		var f Fault
		if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
			return failure(http.StatusBadRequest, "a fault is a JSON object")
		}
		if err := s.Inject(f); err != nil {
			return failure(http.StatusBadRequest, err.Error())
		}
		return success(s.Faults())
	}))
	mux.Handle("DELETE /sandbox/faults", admin(func(r *http.Request) answer {
		s.ClearFaults()
		return success(s.Faults())
	}))
	mux.Handle("POST /sandbox/expire-tokens", admin(func(r *http.Request) answer {
		s.ExpireTokens()
		return success(struct{}{})
	}))
	mux.Handle("GET /sandbox/calls", admin(func(r *http.Request) answer { return success(s.Calls()) }))
	mux.Handle("POST /sandbox/truth", admin(s.truth))
	s.routeAdminCases(mux)
}

func (s *Sandbox) truth(r *http.Request) answer {
	var asked truthRequest
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return failure(http.StatusBadRequest, "values are a list of strings")
	}
	within := Within{Top: asked.Top}
	if asked.CreatedFrom > 0 {
		within.CreatedFrom = time.UnixMilli(asked.CreatedFrom)
	}
	ids, err := s.TruthWithin(r.Context(), asked.Values, within)
	if err != nil {
		return s.broken(err) // the caller has gone
	}
	return success(struct {
		Cases []CaseID `json:"cases"`
	}{ids})
}

// admin lets calls through from this machine and with the header.
func admin(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !fromHere(r) || r.Header.Get(AdminHeader) == "" {
			failure(http.StatusForbidden, "Forbidden").send(w)
			return
		}
		h(r).send(w)
	})
}

func fromHere(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
