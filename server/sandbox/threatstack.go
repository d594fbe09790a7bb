package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
)

// ThreatStackCredentials are those of the one user that the sandbox knows there.
type ThreatStackCredentials struct {
	// APIKey goes alone in version 1 and signs requests in version 2.
	APIKey string
	UserID string
	// OrganizationID is the user's own organization. The user belongs to one more.
	OrganizationID string
}

// The calls of Threat Stack, as fault rules and counts name them.
const (
	opAgents        operation = "threatstack.agents"
	opAgent         operation = "threatstack.agent"
	opAlerts        operation = "threatstack.alerts"
	opAlert         operation = "threatstack.alert"
	opLogs          operation = "threatstack.logs"
	opOrganizations operation = "threatstack.organizations"
	opUsers         operation = "threatstack.users"
	opPolicies      operation = "threatstack.policies"
	opPolicy        operation = "threatstack.policy"

	opV2 = "threatstack.v2." // what all calls of version 2 begin with
)

// route is a call with its name.
type route struct {
	pattern string
	op      operation
	handler handler
}

func (s *Sandbox) routeThreatStack(mux *http.ServeMux) {
	routes := append(s.routesV1(), s.routesV2()...)
	for _, r := range routes {
		s.operations[r.op] = true
		mux.Handle(r.pattern, s.serve(r.op, r.handler))
	}
	s.routeVulnerabilities(mux)
	mux.Handle("/api/v1/", s.serve("", func(*http.Request) answer { return opAgents.failure(http.StatusNotFound, "Not found") }))
	mux.Handle("/v2/", s.serve("", func(*http.Request) answer {
		return operation(opV2).failure(http.StatusNotFound, "Not found")
	}))
}

func (op operation) isV2() bool { return strings.HasPrefix(string(op), opV2) }

// failure is a refusal in the words of the operation's platform. Threat Stack's two
// bodies are those that its clients read; which statuses version 1 uses is a GUESS.
func (op operation) failure(status int, text string) answer {
	var body []byte
	switch {
	case op.isV2():
		body, _ = json.Marshal(struct {
			Errors []string `json:"errors"`
		}{[]string{text}}) // strings always encode
	case strings.HasPrefix(string(op), "threatstack."):
		body, _ = json.Marshal(struct {
			Status  string `json:"status"`
			Message string `json:"message"`
		}{"error", text})
	default:
		return failure(status, text)
	}
	return answer{status, jsonHeader(), body}
}

// wrongTypes is an answer of Threat Stack whose types are wrong.
func (op operation) wrongTypes() string {
	if op.isV2() {
		return `{"agents":{"0":7},"alerts":"some","events":1,"severityCounts":"9","cves":{},"servers":0,"packages":true,"suppressions":"no",` +
			`"rulesets":"all","rules":7,"members":{},"recs":"none","token":12,"id":12,"s3Bucket":7,"sentToEmail":[],"inclusion":"all"}`
	}
	return `{"0":{"id":7,"severity":"high","created_at":"yesterday"},"id":7}`
}
