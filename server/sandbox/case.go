package sandbox

import (
	_ "embed"
	"encoding/json"
	"time"
)

// caseRow is a case as the wire has it: the 21 fields of the vendor's page, in its
// order. Times are milliseconds since 1970.
type caseRow struct {
	ID             CaseID   `json:"_id"`
	Acknowledged   int64    `json:"acknowledged"` // 0 while the status is New (GUESS)
	Assignee       string   `json:"assignee"`     // user id; "" when unassigned (GUESS)
	Closed         int      `json:"closed"`       // 1 when Resolved or Cancelled
	CreatedAt      int64    `json:"created_at"`
	CreatedBy      string   `json:"created_by"`
	CustID         string   `json:"cust_id"`
	ModifiedAt     int64    `json:"modified_at"`
	ModifiedBy     string   `json:"modified_by"`
	Name           string   `json:"name"`
	Score          float64  `json:"score"` // 0 to 100
	Size           int      `json:"size"`  // alerts in the case
	Status         string   `json:"status"`
	Severity       string   `json:"severity"`
	Tags           []string `json:"tags"`
	TicketID       int64    `json:"ticket_id"`
	Version        int64    `json:"version"`
	CreatedByName  string   `json:"created_by_name"`
	ModifiedByName string   `json:"modified_by_name"`
	AssigneeName   string   `json:"assignee_name"`
	TenantName     string   `json:"tenant_name"`

	// What a change may add.
	Description string `json:"description,omitempty"`
	Resolution  string `json:"resolution,omitempty"`

	// Summary is answered with include_summary=true alone (its name is a GUESS).
	Summary string `json:"summary,omitempty"`
}

// observables are grouped by the kinds that the vendor's page lists. What a group
// holds is a GUESS: no source prints one.
type observables struct {
	Hosts         []hostRow     `json:"hosts"`
	Users         []userRow     `json:"users"`
	Processes     []nameRow     `json:"processes"`
	Files         []fileRow     `json:"files"`
	RegistryKeys  []registryRow `json:"registry_keys"`
	Sensors       []nameRow     `json:"sensors"`
	Services      []serviceRow  `json:"services"`
	ExternalHosts []hostRow     `json:"external_hosts"`
	URLs          []urlRow      `json:"urls"`
}

type hostRow struct {
	IP       string `json:"ip,omitempty"`
	Hostname string `json:"hostname,omitempty"`
}

type userRow struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

type nameRow struct {
	Name string `json:"name"`
}

type fileRow struct {
	Name   string `json:"name,omitempty"`
	MD5    string `json:"md5,omitempty"`
	SHA1   string `json:"sha1,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

type registryRow struct {
	Key string `json:"key"`
}

type serviceRow struct {
	Name string `json:"name,omitempty"`
	// Vulnerability is the CVE that was used against the service.
	Vulnerability string `json:"vulnerability,omitempty"`
}

type urlRow struct {
	URL string `json:"url"`
}

//go:embed sample.json
var sampleJSON []byte

// sampleAge is how long before now the sample case was created.
const sampleAge = 14 * 24 * time.Hour

// sample returns the case of the vendor's page, word for word but for its dates:
// they are moved together, by whole days, so that it is sampleAge old.
func sample(now time.Time) (caseRow, error) {
	var c caseRow
	if err := json.Unmarshal(sampleJSON, &c); err != nil {
		return caseRow{}, err
	}
	const day = int64(24 * time.Hour / time.Millisecond)
	shift := (now.Add(-sampleAge).UnixMilli() - c.CreatedAt) / day * day
	c.CreatedAt += shift
	c.Acknowledged += shift
	c.ModifiedAt += shift
	return c, nil
}
