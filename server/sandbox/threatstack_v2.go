package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// listV2 is a list of version 2.
type listV2 struct {
	op   operation
	kind string
	// plural is the name of the list in its answer.
	plural string
	size   int
	// equal are the arguments that must be a field's value: the field by argument.
	equal map[string]string
	// need is an argument that must be there, with its words.
	need  string
	words []string
	// uuid is an argument that must be one where it is given. It chooses nothing: every
	// agent here has every ruleset.
	uuid string
	// parent names the part of the path that is the parent's id.
	parent string
}

const pageV2 = 100 // the vendor's pages

func (s *Sandbox) routesV2() []route {
	signed := func(pattern, name string, h func(op operation) orgHandler) route {
		op := operation(opV2 + name)
		return route{pattern, op, s.signed(op, h(op))}
	}
	list := func(pattern, name string, l listV2) route {
		return signed("GET /v2/"+pattern, name, func(op operation) orgHandler {
			l.op = op
			return s.listV2(l)
		})
	}
	get := func(pattern, name, kind string) route {
		return signed("GET /v2/"+pattern, name, func(op operation) orgHandler { return s.getV2(op, kind) })
	}
	servers := listV2{kind: "ec2", plural: "servers", size: pageV2, equal: map[string]string{"monitored": "monitored"}}
	return append([]route{
		signed("GET /help/hawk/self-test", "self-test", func(operation) orgHandler {
			return func(*http.Request, string) answer { // its body is a GUESS
				return success(struct {
					Status string `json:"status"`
				}{"ok"})
			}
		}),
		list("agents", "agents", listV2{
			kind: "v2agent", plural: "agents", size: pageV2, need: "status", words: []string{"online", "offline"},
			equal: map[string]string{"status": "status", "type": "agentType", "hostname": "hostname", "instanceId": "instanceId"},
		}),
		get("agents/{id}", "agent", "v2agent"),
		list("alerts", "alerts", listV2{
			kind: "v2alert", plural: "alerts", size: pageV2, need: "status", words: []string{"active", "dismissed"},
			equal: map[string]string{
				"status": "isDismissed", "severity": "severity", "agentId": "agentId", "ruleId": "ruleId", "rulesetId": "rulesetId",
			},
		}),
		get("alerts/{id}", "alert", "v2alert"),
		signed("GET /v2/alerts/{id}/events", "events", s.eventsV2),
		signed("GET /v2/alerts/severity-counts", "severity-counts", s.severityCounts),
		signed("POST /v2/alerts/dismiss", "dismiss", s.dismissV2),
		list("vulnerabilities", "vulnerabilities", listV2{
			kind: "cve", plural: "cves", size: pageV2,
			equal: map[string]string{"status": "isSuppressed", "active": "isSuppressed", "agentId": "agents[0].agentId"},
		}),
		list("vulnerabilities/suppressions", "suppressions", listV2{kind: "suppression", plural: "suppressions", size: pageV2}),
		list("aws/ec2", "ec2", servers),
		list("aws/ec2/{$}", "ec2", servers), // the vendor's Python client asks so
		list("auditlogs", "auditlogs", listV2{
			kind: "audit", plural: "recs", size: 50, equal: map[string]string{"userEmail": "userEmail", "userId": "userId", "operation": "action"}, // the last is a GUESS
		}),
		list("rulesets", "rulesets", listV2{kind: "ruleset", plural: "rulesets", size: pageV2, uuid: "agentId"}),
		list("rulesets/{id}/rules", "rules", listV2{kind: "rule", plural: "rules", size: pageV2, parent: "id"}),
	}, s.writesV2(signed)...)
}

// routeVulnerabilities has the two calls that http.ServeMux cannot tell apart.
func (s *Sandbox) routeVulnerabilities(mux *http.ServeMux) {
	servers, packages := operation(opV2+"vulnerable-servers"), operation(opV2+"packages")
	s.operations[servers], s.operations[packages] = true, true
	ofCVE := s.serve(servers, s.signed(servers, s.listV2(listV2{op: servers, kind: "cve-server", plural: "servers", size: pageV2, parent: "a"})))
	ofName := s.serve(packages, s.signed(packages, s.listV2(listV2{op: packages, kind: "package", plural: "packages", size: pageV2, parent: "b"})))
	unknown := s.serve("", func(*http.Request) answer { return servers.failure(http.StatusNotFound, "Not found") })
	mux.HandleFunc("GET /v2/vulnerabilities/{a}/{b}", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.PathValue("a") == "package":
			ofName.ServeHTTP(w, r)
		case r.PathValue("b") == "servers":
			ofCVE.ServeHTTP(w, r)
		default:
			unknown.ServeHTTP(w, r)
		}
	})
}

func (s *Sandbox) listV2(l listV2) orgHandler {
	return func(r *http.Request, org string) answer {
		q := objectQuery{kind: l.kind, org: org, limit: l.size + 1, equal: map[string]string{}}
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return l.op.failure(http.StatusBadRequest, "query cannot be read")
		}
		if problem := l.narrow(values, &q); problem != "" {
			return l.op.failure(http.StatusBadRequest, problem)
		}
		if l.parent != "" {
			q.parent = r.PathValue(l.parent)
		}
		found, err := s.objects(r.Context(), q)
		if err != nil {
			return s.brokenAs(l.op, err)
		}
		var token *string // null on the last page
		if len(found) > l.size {
			found = found[:l.size]
			next := base64.RawURLEncoding.EncodeToString([]byte("at " + strconv.Itoa(q.skip+l.size)))
			token = &next
		}
		return success(map[string]any{l.plural: bodies(found), "token": token})
	}
}

func (l listV2) narrow(values url.Values, q *objectQuery) (problem string) {
	if l.need != "" {
		known := false
		for _, word := range l.words {
			known = known || values.Get(l.need) == word
		}
		if !known {
			return l.need + " must be one of " + strings.Join(l.words, ", ")
		}
	}
	if given := values.Get(l.uuid); l.uuid != "" && given != "" && len(given) != 36 {
		return l.uuid + " must be a UUID"
	}
	for name, field := range l.equal {
		value := values.Get(name)
		switch {
		case value == "":
			continue
		case field == "isSuppressed":
			value = map[string]string{"active": "0", "suppressed": "1", "true": "0", "false": "1"}[value]
		case field == "isDismissed":
			value = map[string]string{"active": "0", "dismissed": "1"}[value]
		case field == "monitored":
			value = map[string]string{"true": "1", "false": "0"}[value]
		}
		q.equal[field] = value
	}
	if problem := window1(values, "from", "until", q); problem != "" {
		return problem
	}
	if q.to != 0 && q.to < q.from {
		return "until is before from"
	}
	if token := values.Get("token"); token != "" {
		text, err := base64.RawURLEncoding.DecodeString(token)
		at, ok := strings.CutPrefix(string(text), "at ")
		skip, err2 := strconv.Atoi(at)
		if err != nil || !ok || err2 != nil || skip < 0 {
			return "token is unknown"
		}
		q.skip = skip
	}
	return ""
}

func (s *Sandbox) getV2(op operation, kind string) orgHandler {
	return func(r *http.Request, org string) answer {
		o, ok, err := s.object(r.Context(), kind, org, r.PathValue("id"))
		switch {
		case err != nil:
			return s.brokenAs(op, err)
		case !ok:
			return op.failure(http.StatusNotFound, "Not found")
		}
		return answer{http.StatusOK, jsonHeader(), o.body}
	}
}

func (s *Sandbox) eventsV2(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		alert, ok, err := s.object(r.Context(), "v2alert", org, r.PathValue("id"))
		if err != nil {
			return s.brokenAs(op, err)
		}
		if !ok {
			return op.failure(http.StatusNotFound, "Not found")
		}
		events, err := s.objects(r.Context(), objectQuery{kind: "event", org: org, parent: alert.parent, limit: -1})
		if err != nil {
			return s.brokenAs(op, err)
		}
		return success(map[string]any{"events": bodies(events)})
	}
}

// severityCounts counts alerts that are not dismissed (GUESS).
func (s *Sandbox) severityCounts(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		q := objectQuery{kind: "v2alert", org: org, limit: -1, equal: map[string]string{"isDismissed": "0"}}
		if problem := (listV2{}).narrow(r.URL.Query(), &q); problem != "" {
			return op.failure(http.StatusBadRequest, problem)
		}
		found, err := s.objects(r.Context(), q)
		if err != nil {
			return s.brokenAs(op, err)
		}
		type row struct {
			Severity int `json:"severity"`
			Count    int `json:"count"`
		}
		rows := []row{{Severity: 1}, {Severity: 2}, {Severity: 3}}
		for _, o := range found {
			var a struct{ Severity int }
			if json.Unmarshal(o.body, &a) == nil && a.Severity >= 1 && a.Severity <= 3 {
				rows[a.Severity-1].Count++
			}
		}
		return success(map[string]any{"severityCounts": rows})
	}
}

// dismissV2 takes ids, or a time range with one of three choices.
func (s *Sandbox) dismissV2(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in struct {
			IDs               []string `json:"ids"`
			From, Until       string
			Severity          int
			RuleID            string `json:"ruleID"`
			AgentID           string `json:"agentID"`
			DismissReason     string `json:"dismissReason"`
			DismissReasonText string `json:"dismissReasonText"`
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			return op.failure(http.StatusBadRequest, "body cannot be read")
		}
		switch in.DismissReason {
		case "BUSINESS_OP", "COMPANY_POLICY", "MAINTENANCE", "OTHER":
		default:
			return op.failure(http.StatusBadRequest, "dismissReason is unknown")
		}
		if in.DismissReasonText != "" && in.DismissReason != "OTHER" {
			return op.failure(http.StatusBadRequest, "dismissReasonText goes with OTHER")
		}
		var where string
		var args []any
		switch {
		case len(in.IDs) > 512:
			return op.failure(http.StatusBadRequest, "at most 512 ids")
		case len(in.IDs) > 0:
			ids, _ := json.Marshal(in.IDs) // strings always encode
			where, args = "id IN (SELECT value FROM json_each(?))", []any{string(ids)}
		default:
			from, ok := parseWhen(in.From)
			until, ok2 := parseWhen(in.Until)
			if !ok || !ok2 || until.Before(from) {
				return op.failure(http.StatusBadRequest, "ids or a time range are required")
			}
			where, args = "at BETWEEN ? AND ?", []any{from.UnixMilli(), until.UnixMilli()}
			for field, value := range map[string]string{"severity": strconv.Itoa(in.Severity), "ruleId": in.RuleID, "agentId": in.AgentID} {
				if value != "" && value != "0" {
					where += " AND CAST(json_extract(body, '$.' || ?) AS TEXT) = ?"
					args = append(args, field, value)
				}
			}
			if len(args) != 4 {
				return op.failure(http.StatusBadRequest, "one of severity, ruleID and agentID is required")
			}
		}
		if err := s.dismiss(r.Context(), org, where, args, iso(s.options.Now()), in.DismissReason, in.DismissReasonText); err != nil {
			return s.brokenAs(op, err)
		}
		return success(struct{}{})
	}
}

// iso is how Threat Stack writes a time.
func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
