package sandbox

import (
	"encoding/hex"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// window is how far back cases go.
const window = 60 * 24 * time.Hour

// generator makes cases from a seed. Its calls to r must not depend on a map's
// order or on the clock, or the same seed would give other bytes.
type generator struct {
	r       *rand.Rand
	now     time.Time
	tenants []tenant
	people  []person
}

// generate returns n cases, oldest first. The sample is the only case when n is 1.
func generate(seed uint64, n int, now time.Time) ([]generated, error) {
	g := &generator{
		r:   rand.New(rand.NewPCG(seed, 0x5349_4748_544c_494e)),
		now: now.Truncate(time.Millisecond), tenants: tenants(), people: people(),
	}
	plants, err := g.plants()
	if err != nil {
		return nil, err
	}
	first, err := sample(g.now)
	if err != nil {
		return nil, err
	}
	// The sample is about files encrypted, and so it is Quiet Granary's.
	all := []generated{g.withObservables(first, g.samplePlant(plants))}
	// At most a third of a small sandbox is planted, so that there is always noise.
	plants = plants[:min(len(plants), (n-1)/3)]
	for i := range n - 1 {
		var p plant
		if i < len(plants) {
			p = plants[i]
		}
		all = append(all, g.withObservables(g.caseRow(p), p))
	}
	slices.SortFunc(all, func(a, b generated) int {
		if a.row.CreatedAt != b.row.CreatedAt {
			return int(a.row.CreatedAt - b.row.CreatedAt)
		}
		return strings.Compare(string(a.row.ID), string(b.row.ID))
	})
	number(all, first.TicketID)
	return all, nil
}

// number gives ticket ids that rise with the time of creation, so that the sample
// keeps its own. Where more than its number were created before it, the others
// are numbered above it.
func number(all []generated, fixed int64) {
	at := slices.IndexFunc(all, func(c generated) bool { return c.row.TicketID == fixed })
	next := fixed - int64(at)
	if next < 1 {
		next = fixed + 1
	}
	for i := range all {
		if i == at {
			next = max(next, fixed+1)
			continue
		}
		all[i].row.TicketID = next
		next++
	}
}

func (g *generator) caseRow(p plant) caseRow {
	tenant, owner, editor := pick(g.r, g.tenants), pick(g.r, g.people), pick(g.r, g.people)
	age := g.age(p)
	created := g.now.Add(-age)
	score := g.score(p)
	c := caseRow{
		ID: CaseID(g.hex(24)), CreatedAt: created.UnixMilli(), CreatedBy: "System", CreatedByName: "System",
		CustID: tenant.id, TenantName: tenant.name, Score: score, Severity: severity(score),
		Size: 1 + int(math.Abs(g.r.NormFloat64())*6), Status: g.status(age), Tags: g.tags(), Version: 1,
	}
	c.Name = pick(g.r, alertNames())
	switch {
	case c.Size == 2:
		c.Name += " and 1 other"
	case c.Size > 2:
		c.Name += " and " + strconv.Itoa(c.Size-1) + " others"
	}
	c.ModifiedAt = created.Add(time.Duration(g.r.Float64() * float64(age))).UnixMilli()
	c.ModifiedBy, c.ModifiedByName = editor.id, editor.name
	if c.Status != "New" {
		c.Acknowledged = created.Add(time.Duration(g.r.Float64() * float64(min(age, 12*time.Hour)))).UnixMilli()
		c.ModifiedAt = max(c.ModifiedAt, c.Acknowledged)
		c.Assignee, c.AssigneeName = owner.id, owner.name
		c.Version += int64(g.r.IntN(20))
	}
	if c.Status == "Resolved" || c.Status == "Cancelled" {
		c.Closed = 1
	}
	return c
}

// age of a case. Four of five planted cases are younger than thirty days.
func (g *generator) age(p plant) time.Duration {
	span := window
	if len(p.indicators) > 0 && !p.old {
		span = 29 * 24 * time.Hour
	}
	age := time.Duration(g.r.Float64() * float64(span))
	if p.old {
		age = 31*24*time.Hour + age/3
	}
	return max(age, time.Minute)
}

// score has the many low and few high values of a real queue; strong plants score high.
func (g *generator) score(p plant) float64 {
	v := 18 + 26*math.Abs(g.r.NormFloat64())
	if p.strong {
		v = 68 + 31*g.r.Float64()
	}
	return math.Round(min(v, 99.9)*10) / 10
}

func severity(score float64) string {
	switch {
	case score >= 90:
		return "Critical"
	case score >= 70:
		return "High"
	case score >= 40:
		return "Medium"
	}
	return "Low"
}

// status of a case: old ones are mostly done.
func (g *generator) status(age time.Duration) string {
	done := 0.2
	if age > 7*24*time.Hour {
		done = 0.7
	}
	switch x := g.r.Float64(); {
	case x < done*0.85:
		return "Resolved"
	case x < done:
		return "Cancelled"
	case x < done+(1-done)*0.5:
		return "New"
	case x < done+(1-done)*0.9:
		return "In Progress"
	}
	return "Escalated"
}

func (g *generator) tags() []string {
	tags := []string{}
	for _, tag := range tagNames() {
		if g.r.Float64() < 0.07 {
			tags = append(tags, tag)
		}
	}
	return tags
}

func (g *generator) hex(digits int) string {
	b := make([]byte, digits/2)
	for i := range b {
		b[i] = byte(g.r.Uint32())
	}
	return hex.EncodeToString(b)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
