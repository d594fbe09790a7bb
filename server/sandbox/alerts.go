package sandbox

import (
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAlerts is the most alerts of a case that one call gives; defaultAlerts is what
// it gives without a limit (GUESS).
const (
	maxAlerts     = 50
	defaultAlerts = 10
)

// alertPlace is the n-th alert of a generated case, from 0, oldest first.
type alertPlace struct{ at, n int }

// alertChange is what was done to an alert.
type alertChange struct {
	status, comments string
	tags             []string
}

// alertRef names an alert, which lies in an index.
type alertRef struct {
	ID    string `json:"_id"`
	Index string `json:"_index"`
}

// alertRow is an alert as Elasticsearch keeps it.
type alertRow struct {
	alertRef
	Source alertSource `json:"_source"`
}

type alertSource struct {
	XDR       xdrEvent `json:"xdr_event"`
	Score     int      `json:"event_score"`
	Status    string   `json:"event_status"`
	Name      string   `json:"event_name"`
	Category  string   `json:"event_category"`
	SourceIP  string   `json:"srcip"`
	DestIP    string   `json:"dstip"`
	TenantID  string   `json:"tenantid"`
	Tenant    string   `json:"tenant_name"`
	Timestamp int64    `json:"timestamp"`
	WriteTime int64    `json:"write_time"`
	Comments  string   `json:"comments,omitempty"`
	Tags      []string `json:"event_tags,omitempty"`
}

type xdrEvent struct {
	Name        string   `json:"name"`
	DisplayName string   `json:"display_name"`
	Description string   `json:"description"`
	Scope       string   `json:"scope"`
	Tactic      idName   `json:"tactic"`
	Technique   idName   `json:"technique"`
	Tags        []string `json:"tags"`
	Stage       string   `json:"xdr_killchain_stage"`
}

type idName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// tactic is one of MITRE's (TA) or of the vendor's (XTA), with a technique of it.
type tactic struct {
	tactic, technique idName
	stage             string
}

func tactics() []tactic {
	return []tactic{
		{idName{"TA0001", "Initial Access"}, idName{"T1078", "Valid Accounts"}, "Initial Attempts"},
		{idName{"TA0001", "Initial Access"}, idName{"T1566", "Phishing"}, "Initial Attempts"},
		{idName{"TA0002", "Execution"}, idName{"T1059", "Command and Scripting Interpreter"}, "Persistent Foothold"},
		{idName{"TA0003", "Persistence"}, idName{"T1053", "Scheduled Task/Job"}, "Persistent Foothold"},
		{idName{"TA0006", "Credential Access"}, idName{"T1003", "OS Credential Dumping"}, "Propagation"},
		{idName{"TA0007", "Discovery"}, idName{"T1046", "Network Service Discovery"}, "Exploration"},
		{idName{"TA0011", "Command and Control"}, idName{"T1071", "Application Layer Protocol"}, "Persistent Foothold"},
		{idName{"XTA0002", "XDR NBA"}, idName{"XT2010", "XDR Bytes Anomaly"}, "Exfiltration & Impact"},
		{idName{"TA0040", "Impact"}, idName{"T1486", "Data Encrypted for Impact"}, "Exfiltration & Impact"},
	}
}

// alertIndex is where the alerts of a day lie.
func alertIndex(at int64) string {
	day := time.UnixMilli(at).UTC().Truncate(24 * time.Hour)
	return "aella-ser-" + strconv.FormatInt(day.UnixMilli(), 10) + "-"
}

// alert makes an alert. The caller holds mu.
func (c *caseStore) alert(p alertPlace) alertRow {
	row := c.rowAt(p.at)
	g := c.generator(p.at*(1<<16)+p.n, streamAlerts)
	o := c.population.observables(p.at)
	kind, name := pick(g.r, tactics()), pick(g.r, c.names)
	if p.n == 0 && p.at != c.sampleAt {
		name = c.names[c.rows[p.at].name]
	}
	at := row.CreatedAt + int64(p.n)*60_000 // a minute apart, from the case's beginning
	at = min(at, max(row.CreatedAt, c.population.now.UnixMilli()-1000))
	key := strings.ReplaceAll(strings.ToLower(name), " ", "_")
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], mix(uint64(p.at)<<16|uint64(p.n))^c.key())
	a := alertRow{
		alertRef{strconv.FormatInt(row.CreatedAt/1000, 10) + "_" + hex.EncodeToString(b[:]), alertIndex(at)},
		alertSource{
			XDR: xdrEvent{
				Name: key, DisplayName: name, Description: "Generated: " + name + ".", Scope: pick(g.r, []string{"external", "internal"}),
				Tactic: kind.tactic, Technique: kind.technique, Tags: []string{}, Stage: kind.stage,
			},
			Score: int(row.Score) * (60 + g.r.IntN(41)) / 100, Status: "New", Name: key, Category: "xdr",
			TenantID: row.CustID, Tenant: row.TenantName, Timestamp: at, WriteTime: at + int64(g.r.IntN(60_000)),
		},
	}
	for _, host := range o.Hosts {
		a.Source.SourceIP = orElse(a.Source.SourceIP, host.IP)
	}
	for _, host := range o.ExternalHosts {
		a.Source.DestIP = orElse(a.Source.DestIP, host.IP)
	}
	if change := c.changes[p.at]; change != nil && change.alertsClosed {
		a.Source.Status = "Closed"
	}
	if change, ok := c.alerts[p]; ok {
		a.Source.Status, a.Source.Comments, a.Source.Tags = orElse(change.status, a.Source.Status), change.comments, change.tags
	}
	return a
}

// alertPlaceOf is the inverse of an alert's id. The caller holds mu.
func (c *caseStore) alertPlaceOf(ref alertRef) (alertPlace, bool) {
	_, digits, _ := strings.Cut(ref.ID, "_")
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) != 8 {
		return alertPlace{}, false
	}
	n := unmix(binary.BigEndian.Uint64(b) ^ c.key())
	p := alertPlace{int(n >> 16), int(n & 0xffff)}
	if n>>16 >= uint64(len(c.rows)) || p.n >= c.rowAt(p.at).Size || c.alert(p).alertRef != ref {
		return alertPlace{}, false
	}
	return p, true
}

// alertsOf are the places of a case's alerts, newest first (GUESS). The caller
// holds mu.
func (c *caseStore) alertsOf(at int) []alertPlace {
	var places []alertPlace
	if at < len(c.rows) {
		for n := c.rowAt(at).Size - 1; n >= 0; n-- {
			places = append(places, alertPlace{at, n})
		}
		return places
	}
	for _, ref := range c.changes[at].refs {
		if p, ok := c.alertPlaceOf(ref); ok {
			places = append(places, p)
		}
	}
	return places
}

// getAlerts answers GET cases/{id}/alerts.
func (s *Sandbox) getAlerts(r *http.Request, at int) answer {
	limit, skip, bad := alertPage(r)
	if bad != nil {
		return failure(http.StatusBadRequest, bad.Error())
	}
	places := s.cases.alertsOf(at)
	docs := []alertRow{}
	from := min(skip, len(places))
	for _, p := range places[from:min(from+limit, len(places))] {
		docs = append(docs, s.cases.alert(p))
	}
	return data(struct {
		Total int        `json:"total"`
		Docs  []alertRow `json:"docs"`
	}{len(places), docs})
}

func alertPage(r *http.Request) (limit, skip int, bad error) {
	q := query{limit: defaultAlerts}
	if err := q.paging(r.URL.Query()); err != nil {
		return 0, 0, err
	}
	return min(q.limit, maxAlerts), q.skip, nil
}
