package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// operation names a call in fault rules and in counts.
type operation string

// The operations of Stellar Cyber.
const (
	opToken          operation = "token"
	opCases          operation = "cases"
	opCase           operation = "case"
	opCaseUpdate     operation = "case.update"
	opCaseCreate     operation = "case.create" // and the older form of an update
	opObservables    operation = "observables"
	opCaseAlerts     operation = "alerts"
	opEventUpdate    operation = "alert.update"
	opSummary        operation = "summary"
	opNarrative      operation = "narrative"
	opComments       operation = "comments"
	opComment        operation = "comment.add"
	opActivities     operation = "activities"
	opScores         operation = "scores"
	opIncidents      operation = "incidents"
	opIncidentUpdate operation = "incident.update"
	opTenants        operation = "tenants"
	opAccounts       operation = "users"
	opAccount        operation = "user"
	opAccountUpdate  operation = "user.update"
	opAccountDelete  operation = "user.delete"
	opSearch         operation = "search"
	opScroll         operation = "scroll"
	opConnectors     operation = "connectors"
	opSensors        operation = "sensors"
	opUserActivities operation = "user.activities"
	opStorage        operation = "storage"
	opEntities       operation = "entities"
	opIngestion      operation = "ingestion"
	opLookups        operation = "lookups"
	opLogFilters     operation = "log.filters"
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
	mux := http.NewServeMux()
	s.operations[opToken] = true
	mux.Handle("POST "+stellarBase+"/access_token", s.serve(opToken, s.token))
	for _, r := range s.routesStellarCyber() {
		s.operations[r.op] = true
		mux.Handle(r.pattern, s.serve(r.op, s.authorized(r.handler)))
	}
	mux.Handle("/connect/api/", s.serve("", func(*http.Request) answer { return failure(http.StatusNotFound, "Not found") }))
	s.routeThreatStack(mux)
	s.routeAdmin(mux)
	return mux
}

const stellarBase = "/connect/api/v1"

// routesStellarCyber are all calls that need a token.
func (s *Sandbox) routesStellarCyber() []route {
	const one, data = stellarBase + "/cases/{id}", "/connect/api/data"
	return []route{
		{"GET " + stellarBase + "/cases", opCases, s.listCases},
		{"POST " + stellarBase + "/cases", opCaseCreate, s.postCase},
		{"GET " + one, opCase, s.reading(s.getCase)},
		{"PUT " + one, opCaseUpdate, s.changing(s.putCase)},
		{"GET " + one + "/alerts", opCaseAlerts, s.reading(s.getAlerts)},
		{"GET " + one + "/observables", opObservables, s.reading(s.getObservables)},
		{"GET " + one + "/summary", opSummary, s.reading(s.getSummary)},
		{"GET " + one + "/comments", opComments, s.reading(s.getComments)},
		{"POST " + one + "/comments", opComment, s.changing(s.postComment)},
		{"GET " + one + "/activities", opActivities, s.reading(s.getActivities)},
		{"GET " + one + "/scores", opScores, s.reading(s.getScores)},
		{"GET " + stellarBase + "/ai/cases/detail", opNarrative, s.getNarrative},
		{"GET " + stellarBase + "/incidents", opIncidents, s.listIncidents},
		{"POST " + stellarBase + "/incidents", opIncidentUpdate, s.postIncident},
		{"POST " + stellarBase + "/security_events/{index}/{alert}", opEventUpdate, s.postSecurityEvent},
		{"POST /connect/api/update_ser", opEventUpdate, s.postSecurityEvent},
		{"GET " + stellarBase + "/tenants", opTenants, s.listTenants},
		{"GET " + stellarBase + "/users", opAccounts, s.listUsers},
		{"GET " + stellarBase + "/users/{id}", opAccount, s.user},
		{"PATCH " + stellarBase + "/users/{id}", opAccountUpdate, s.user},
		{"DELETE " + stellarBase + "/users/{id}", opAccountDelete, s.user},
		{"GET " + data + "/{index}/_search", opSearch, s.search},
		{"POST " + data + "/{index}/_search", opSearch, s.search},
		{"GET " + data + "/_search/scroll", opScroll, s.scroll},
		{"POST " + data + "/_search/scroll", opScroll, s.scroll},
		{"GET " + stellarBase + "/connectors", opConnectors, s.listConnectors},
		{"GET " + stellarBase + "/data_sensors", opSensors, s.listSensors},
		{"GET " + stellarBase + "/user_activities", opUserActivities, s.listUserActivities},
		{"GET " + stellarBase + "/storage-usages", opStorage, s.listStorageUsages},
		{"GET " + stellarBase + "/entity_usages/daily_count/all", opEntities, s.listEntityUsages},
		{"GET " + stellarBase + "/ingestion-stats/{kind}", opIngestion, s.listIngestion},
		{"GET " + stellarBase + "/lookups", opLookups, s.listLookups},
		{"GET " + stellarBase + "/log_filters", opLogFilters, s.listLogFilters},
	}
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

// data is success with v under "data", as most calls have it.
func data(v any) answer {
	return success(struct {
		Data any `json:"data"`
	}{v})
}

func readBody(r *http.Request) ([]byte, error) { return io.ReadAll(r.Body) }

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
