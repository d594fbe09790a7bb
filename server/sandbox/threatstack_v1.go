package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	defaultCount = 20  // the vendor's page
	maxCount     = 100 // GUESS: clients ask for no more
	// defaultWindow of agents and alerts is a week, by a public client.
	defaultWindow = 7 * 24 * time.Hour
)

// listV1 is a list of version 1.
type listV1 struct {
	op     operation
	kind   string
	paged  bool
	dated  bool // start and end count
	recent bool // without start and end, those of the last week
	text   bool // q counts
}

func (s *Sandbox) routesV1() []route {
	const base = "GET /api/v1/"
	list := func(l listV1) handler { return s.keyed(l.op, s.listV1(l)) }
	get := func(op operation, kind string) handler { return s.keyed(op, s.getV1(op, kind)) }
	return []route{
		{base + "agents", opAgents, list(listV1{opAgents, "agent", true, true, true, false})},
		{base + "agents/{id}", opAgent, get(opAgent, "agent")},
		{base + "alerts", opAlerts, list(listV1{opAlerts, "alert", true, true, true, false})},
		{base + "alerts/{id}", opAlert, get(opAlert, "alert")},
		{base + "logs", opLogs, list(listV1{opLogs, "log", true, true, false, true})},
		{base + "organizations", opOrganizations, list(listV1{op: opOrganizations, kind: "organization"})},
		{base + "organizations/{id}/users", opUsers, s.keyed(opUsers, s.usersV1)},
		{base + "policies", opPolicies, list(listV1{op: opPolicies, kind: "policy"})},
		{base + "policies/{id}", opPolicy, get(opPolicy, "policy")},
	}
}

// orgHandler answers for an organization.
type orgHandler func(r *http.Request, org string) answer

// keyed asks for the key, alone in its header, and for an organization of its
// owner: by header, or by argument as two public clients do. The header wins (GUESS).
func (s *Sandbox) keyed(op operation, h orgHandler) handler {
	return func(r *http.Request) answer {
		if !equal(r.Header.Get("Authorization"), s.credentials.ThreatStack.APIKey) {
			return op.failure(http.StatusUnauthorized, "Invalid API key")
		}
		org := orElse(orElse(r.Header.Get("Organization"), r.URL.Query().Get("organization")), s.credentials.ThreatStack.OrganizationID)
		if !s.ownOrganization(org) {
			return op.failure(http.StatusForbidden, "Organization is not allowed")
		}
		return h(r, org)
	}
}

func (s *Sandbox) listV1(l listV1) orgHandler {
	return func(r *http.Request, org string) answer {
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return l.op.failure(http.StatusBadRequest, "query cannot be read")
		}
		q := objectQuery{kind: l.kind, org: org, limit: -1}
		if l.kind == "organization" {
			q.org = ""
		}
		if l.paged {
			count, problem := countOf(values, "count", countOr(values, "limit", defaultCount), 1)
			page, problem2 := countOf(values, "page", 0, 0)
			if text := problem + problem2; text != "" {
				return l.op.failure(http.StatusBadRequest, text)
			}
			q.limit = min(count, maxCount)
			q.skip = page * q.limit
		}
		if l.dated {
			if l.recent && values.Get("start") == "" && values.Get("end") == "" {
				q.from = s.options.Now().Add(-defaultWindow).UnixMilli()
			}
			if problem := window1(values, "start", "end", &q); problem != "" {
				return l.op.failure(http.StatusBadRequest, problem)
			}
		}
		if l.text {
			q.text = values.Get("q")
		}
		found, err := s.objects(r.Context(), q)
		if err != nil {
			return s.brokenAs(l.op, err)
		}
		items := []json.RawMessage{}
		for _, o := range found {
			items = append(items, only(o.body, values["fields"]))
		}
		return success(items)
	}
}

func (s *Sandbox) getV1(op operation, kind string) orgHandler {
	return func(r *http.Request, org string) answer {
		o, ok, err := s.object(r.Context(), kind, org, r.PathValue("id"))
		switch {
		case err != nil:
			return s.brokenAs(op, err)
		case !ok:
			return op.failure(http.StatusNotFound, "Not found")
		}
		if kind == "alert" {
			events, err := s.objects(r.Context(), objectQuery{kind: "event", org: org, parent: o.parent, limit: 10})
			if err != nil {
				return s.brokenAs(op, err)
			}
			o.body = with(o.body, "latest_events", bodies(events))
		}
		return answer{http.StatusOK, jsonHeader(), only(o.body, r.URL.Query()["fields"])}
	}
}

func (s *Sandbox) usersV1(r *http.Request, _ string) answer {
	org := r.PathValue("id")
	if !s.ownOrganization(org) {
		return opUsers.failure(http.StatusNotFound, "Not found")
	}
	users, err := s.objects(r.Context(), objectQuery{kind: "user", org: org, limit: -1})
	if err != nil {
		return s.brokenAs(opUsers, err)
	}
	return success(bodies(users))
}

func (s *Sandbox) ownOrganization(id string) bool {
	for _, org := range s.organizations {
		if org.id == id {
			return true
		}
	}
	return false
}

func (s *Sandbox) brokenAs(op operation, err error) answer {
	s.options.Log.Error("answering failed", "error", err)
	return op.failure(http.StatusInternalServerError, "Internal error")
}

// countOf reads a number; the problem is "" when it can be read.
func countOf(values url.Values, name string, otherwise, least int) (n int, problem string) {
	if !values.Has(name) {
		return otherwise, ""
	}
	n, err := strconv.Atoi(values.Get(name))
	if err != nil || n < least || n > 1<<30 {
		return 0, name + " must be a number, " + strconv.Itoa(least) + " or more"
	}
	return n, ""
}

// countOr is countOf where what cannot be read counts as not given.
func countOr(values url.Values, name string, otherwise int) int {
	if n, problem := countOf(values, name, otherwise, 1); problem == "" {
		return n
	}
	return otherwise
}

// window1 reads the two ends of a time range, both inclusive (GUESS).
func window1(values url.Values, from, to string, q *objectQuery) (problem string) {
	for name, into := range map[string]*int64{from: &q.from, to: &q.to} {
		if text := values.Get(name); text != "" {
			at, ok := parseWhen(text)
			if !ok {
				return name + " cannot be read"
			}
			*into = at.UnixMilli()
		}
	}
	return ""
}

// parseWhen reads a date or a time; without an offset it is UTC. A plus that
// nobody escaped has become a blank, and is taken for what it was.
func parseWhen(s string) (time.Time, bool) {
	if n := len(s); n > 16 && s[n-6] == ' ' && s[n-3] == ':' {
		s = s[:n-6] + "+" + s[n-5:]
	}
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + s[11:]
	}
	for _, layout := range []string{
		"2006-01-02", "2006-01-02T15", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "20060102T150405Z07:00",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// only leaves the named fields of an object, all if none are named. Names come
// separated by commas, in several arguments, or both. Unknown ones are ignored (GUESS).
func only(body json.RawMessage, given []string) json.RawMessage {
	var whole, left map[string]json.RawMessage
	for _, names := range given {
		for name := range strings.SplitSeq(names, ",") {
			if name == "" {
				continue
			}
			if whole == nil {
				left = map[string]json.RawMessage{}
				if json.Unmarshal(body, &whole) != nil {
					return body
				}
			}
			if value, ok := whole[name]; ok {
				left[name] = value
			}
		}
	}
	if left == nil {
		return body
	}
	out, _ := json.Marshal(left) // raw messages that were read always encode
	return out
}

// with adds a field to an object.
func with(body json.RawMessage, name string, value any) json.RawMessage {
	var whole map[string]json.RawMessage
	text, err := json.Marshal(value)
	if err != nil || json.Unmarshal(body, &whole) != nil {
		return body
	}
	whole[name] = text
	out, _ := json.Marshal(whole)
	return out
}

func bodies(of []object) []json.RawMessage {
	out := []json.RawMessage{}
	for _, o := range of {
		out = append(out, o.body)
	}
	return out
}
