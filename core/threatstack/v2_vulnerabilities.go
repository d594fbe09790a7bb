package threatstack

import (
	"context"
	"iter"
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
)

// VulnerabilityService is the vulnerable packages on hosts.
type VulnerabilityService struct{ c *caller }

// VulnerabilityQuery narrows vulnerabilities.
type VulnerabilityQuery struct {
	// Status is "active" or "suppressed" (GUESS: only the first is published); "" is the server's default.
	Status  string
	AgentID string
	// Active is the same choice as the vendor's Python client makes it; nil is both.
	Active *bool
	// HasSecurityNotices chooses by whether the vendor of the package has said
	// anything; nil is both.
	HasSecurityNotices *bool
}

// Vulnerability is a CVE in a package that hosts have.
//
//easyjson:json
type Vulnerability struct {
	// CVE is e.g. "CVE-2018-0001".
	CVE             string `json:"cveNumber"`
	ReportedPackage string `json:"reportedPackage"`
	SystemPackage   string `json:"systemPackage"`
	VectorType      string `json:"vectorType"`
	// Severity is a word, e.g. "high".
	Severity     string `json:"severity"`
	IsSuppressed bool   `json:"isSuppressed"`
	// Agents are there in some answers only.
	Agents []AgentRef `json:"agents,omitempty"`

	api.Extras
}

// AgentRef names an agent.
//
//easyjson:json
type AgentRef struct {
	AgentID string `json:"agentId"`

	api.Extras
}

// VulnerableServer is a host that has a vulnerable package.
//
//easyjson:json
type VulnerableServer struct {
	AgentID  string `json:"agentId"`
	Hostname string `json:"hostname"`

	api.Extras
}

//easyjson:json
type cvesAnswer struct {
	CVEs []Vulnerability `json:"cves"`
	cursor
}

func (a *cvesAnswer) items() []Vulnerability { return a.CVEs }

//easyjson:json
type vulnerableServersAnswer struct {
	Servers []VulnerableServer `json:"servers"`
	cursor
}

func (a *vulnerableServersAnswer) items() []VulnerableServer { return a.Servers }

//easyjson:json
type packagesAnswer struct {
	Packages []api.Raw `json:"packages"`
	cursor
}

func (a *packagesAnswer) items() []api.Raw { return a.Packages }

//easyjson:json
type suppressionsAnswer struct {
	Suppressions []api.Raw `json:"suppressions"`
	cursor
}

func (a *suppressionsAnswer) items() []api.Raw { return a.Suppressions }

func (q VulnerabilityQuery) list() listV2[Vulnerability] {
	var query api.Query
	query.AddNonEmpty("status", q.Status)
	query.AddNonEmpty("agentId", q.AgentID)
	if q.Active != nil {
		query.Add("active", strconv.FormatBool(*q.Active))
	}
	if q.HasSecurityNotices != nil {
		query.Add("hasSecurityNotices", strconv.FormatBool(*q.HasSecurityNotices))
	}
	return listV2[Vulnerability]{
		listerV2: listerV2{operation: "list vulnerabilities", path: []string{"vulnerabilities"}, query: query},
		answer: func() reading[Vulnerability] {
			a := new(cvesAnswer)
			return reading[Vulnerability]{a.UnmarshalEasyJSON, a.items, a.next}
		},
		id: func(v *Vulnerability) string { return v.CVE },
	}
}

// List returns the page of a token; "" is the first.
//
// Source: the vendor's page on vulnerabilities, and a public client.
//
//api:operation GET /v2/vulnerabilities
func (s VulnerabilityService) List(ctx context.Context, q VulnerabilityQuery, token string) (Page[Vulnerability], error) {
	return q.list().page(ctx, s.c, token)
}

// All returns the vulnerabilities page by page.
func (s VulnerabilityService) All(ctx context.Context, q VulnerabilityQuery) iter.Seq2[Vulnerability, error] {
	return q.list().all(ctx, s.c)
}

// Servers returns the hosts that have a CVE, e.g. "CVE-2018-0001".
//
// Source: the vendor's page on vulnerabilities.
//
//api:operation GET /v2/vulnerabilities/{cve}/servers
func (s VulnerabilityService) Servers(ctx context.Context, cve string) iter.Seq2[VulnerableServer, error] {
	return listV2[VulnerableServer]{
		listerV2: listerV2{operation: "list vulnerable servers", path: []string{"vulnerabilities", cve, "servers"}, err: needID(cve)},
		answer: func() reading[VulnerableServer] {
			a := new(vulnerableServersAnswer)
			return reading[VulnerableServer]{a.UnmarshalEasyJSON, a.items, a.next}
		},
	}.all(ctx, s.c)
}

// Packages returns what is known of a package by its name, as objects without a
// published schema.
//
// Source: as Servers.
//
//api:operation GET /v2/vulnerabilities/package/{name}
func (s VulnerabilityService) Packages(ctx context.Context, name string) iter.Seq2[api.Raw, error] {
	return listV2[api.Raw]{
		listerV2: listerV2{operation: "list vulnerable packages", path: []string{"vulnerabilities", "package", name}, err: needID(name)},
		answer: func() reading[api.Raw] {
			a := new(packagesAnswer)
			return reading[api.Raw]{a.UnmarshalEasyJSON, a.items, a.next}
		},
	}.all(ctx, s.c)
}

// Suppressions returns what is not to be told of, as objects without a published
// schema.
//
// Source: as Servers.
//
//api:operation GET /v2/vulnerabilities/suppressions
func (s VulnerabilityService) Suppressions(ctx context.Context) iter.Seq2[api.Raw, error] {
	return listV2[api.Raw]{
		listerV2: listerV2{operation: "list suppressions", path: []string{"vulnerabilities", "suppressions"}},
		answer: func() reading[api.Raw] {
			a := new(suppressionsAnswer)
			return reading[api.Raw]{a.UnmarshalEasyJSON, a.items, a.next}
		},
	}.all(ctx, s.c)
}
