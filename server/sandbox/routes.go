package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
)

// operation names a call in fault rules and in counts.
type operation string

// The operations.
const (
	opToken       operation = "token"
	opCases       operation = "cases"
	opCase        operation = "case"
	opObservables operation = "observables"
)

// answer is a complete response. Handlers return it whole, so that a fault can
// spoil it before it goes out.
type answer struct {
	status int
	header http.Header
	body   []byte
}

type handler func(r *http.Request) answer

func (s *Sandbox) routes() *http.ServeMux {
	const base = "/connect/api/v1"
	mux := http.NewServeMux()
	mux.Handle("POST "+base+"/access_token", s.serve(opToken, s.token))
	mux.Handle("GET "+base+"/cases", s.serve(opCases, s.authorized(s.listCases)))
	mux.Handle("GET "+base+"/cases/{id}", s.serve(opCase, s.authorized(s.getCase)))
	mux.Handle("GET "+base+"/cases/{id}/observables", s.serve(opObservables, s.authorized(s.getObservables)))
	mux.Handle(base+"/", s.serve("", func(*http.Request) answer { return failure(http.StatusNotFound, "Not found") }))
	s.routeThreatStack(mux)
	s.routeAdmin(mux)
	return mux
}

// ServeHTTP implements http.Handler. It answers no web page: those reach loopback
// too. Extensions have an origin of another scheme, or none.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if origin := strings.ToLower(r.Header.Get("Origin")); strings.HasPrefix(origin, "http://") || strings.HasPrefix(origin, "https://") {
		failure(http.StatusForbidden, "This server does not answer web pages").send(w)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	s.mux.ServeHTTP(w, r)
}

func (s *Sandbox) serve(op operation, h handler) http.Handler {
	answers := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h(r).send(w) })
	struck := s.faults.Wrap(answers, func(*http.Request) string { return string(op) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.calls.count(op)
		struck.ServeHTTP(w, r)
	})
}

func (a answer) send(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client is gone; nothing to tell it
}

// success is a 200 with v as JSON.
func success(v any) answer {
	body, err := json.Marshal(v)
	if err != nil {
		return failure(http.StatusInternalServerError, "Internal error")
	}
	return answer{http.StatusOK, jsonHeader(), body}
}

// failure has a body whose shape no source prints: {"error": text} is a GUESS.
func failure(status int, text string) answer {
	body, _ := json.Marshal(struct {
		Error string `json:"error"`
	}{text}) // a struct of one string always encodes
	return answer{status, jsonHeader(), body}
}

func jsonHeader() http.Header {
	return http.Header{"Content-Type": {"application/json"}, "Cache-Control": {"no-store"}}
}
