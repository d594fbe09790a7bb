package sandbox

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"time"
)

// population is all generated cases, oldest first. A case is made anew whenever it
// is asked for, from the seed and its place; only what filters and sorts look at is
// kept, 40 bytes a case. It does not change.
type population struct {
	seed    uint64
	now     time.Time
	tenants []tenant
	people  []person
	names   []string
	tagSets map[uint16][]string

	rows   []compact
	sample caseRow
	// sampleAt is the sample's place among the rows.
	sampleAt int
	plants   map[int]plant
	// campaigns are those of Options.Campaigns; see campaigns.go.
	campaigns []campaign
}

// compact is a case without what can be made of its place: id, name, ticket.
type compact struct {
	created, acknowledged, modified int64 // milliseconds since 1970
	score                           uint16
	size, version, tags             uint16 // score in tenths, tags as bits of tagNames
	tenant, owner, editor           uint8  // owner 0 is none
	status, severity, name          uint8
}

// What a case's random numbers are for: one use must not shift another's.
const (
	streamCreated = iota
	streamRow
	streamObservables
	streamAlerts
	streamDetails
	streams
)

func statuses() []string   { return []string{"New", "Escalated", "In Progress", "Resolved", "Cancelled"} }
func severities() []string { return []string{"Critical", "High", "Medium", "Low"} }

// populate makes n cases. The sample is the only one when n is 1.
func populate(seed uint64, n, campaigns int, now time.Time) (*population, error) {
	p := &population{
		seed: seed, now: now.Truncate(time.Millisecond), tenants: tenants(), people: people(), names: alertNames(),
		tagSets: map[uint16][]string{0: {}}, rows: make([]compact, n), plants: map[int]plant{},
	}
	var err error
	if p.sample, err = sample(p.now); err != nil {
		return nil, err
	}
	// The others' creation times rise with their place.
	p.sampleAt = sort.Search(n-1, func(i int) bool { return p.created(i, n-1) >= p.sample.CreatedAt })
	if err := p.plant(n, campaigns); err != nil {
		return nil, err
	}
	for i := range p.rows {
		if i != p.sampleAt {
			p.rows[i] = p.compact(i)
		}
	}
	return p, nil
}

func (p *population) rand(i, stream int) *rand.Rand {
	return rand.New(rand.NewPCG(mix(p.seed^0x5349_4748_544c_494e), mix(uint64(i*streams+stream))))
}

func (p *population) generator(i, stream int) *generator {
	return &generator{r: p.rand(i, stream), now: p.now, tenants: p.tenants, people: p.people}
}

// created is when the i-th of n cases was made: somewhere in its n-th of the window.
func (p *population) created(i, n int) int64 {
	at := (float64(i) + p.rand(i, streamCreated).Float64()) / float64(n) * float64(window.Milliseconds())
	return min(p.now.Add(-window).UnixMilli()+int64(at), p.now.Add(-time.Minute).UnixMilli())
}

func (p *population) compact(i int) compact {
	g, planted := p.generator(i, streamRow), p.plants[i]
	other := i
	if i > p.sampleAt {
		other--
	}
	c := compact{
		created: p.created(other, len(p.rows)-1), version: 1, name: uint8(g.r.IntN(len(p.names))),
		tenant: uint8(g.r.IntN(len(g.tenants))), size: uint16(1 + math.Abs(g.r.NormFloat64())*6),
	}
	age := p.now.Sub(time.UnixMilli(c.created))
	score := g.score(planted)
	c.score, c.severity = uint16(math.Round(score*10)), uint8(slices.Index(severities(), severity(score)))
	status := g.status(age)
	c.status = uint8(slices.Index(statuses(), status))
	for bit := range tagNames() {
		if g.r.Float64() < 0.07 {
			c.tags |= 1 << bit
		}
	}
	p.keepTags(c.tags)
	owner := uint8(1 + g.r.IntN(len(g.people)))
	c.editor = uint8(g.r.IntN(len(g.people)))
	c.modified = c.created + int64(g.r.Float64()*float64(age.Milliseconds()))
	if status != "New" {
		c.acknowledged = c.created + int64(g.r.Float64()*float64(min(age, 12*time.Hour).Milliseconds()))
		c.modified = max(c.modified, c.acknowledged)
		c.owner = owner
		c.version += uint16(g.r.IntN(20))
	}
	return c
}

func (p *population) keepTags(set uint16) {
	if _, ok := p.tagSets[set]; ok {
		return
	}
	tags := []string{}
	for bit, tag := range tagNames() {
		if set&(1<<bit) != 0 {
			tags = append(tags, tag)
		}
	}
	p.tagSets[set] = tags
}

// facts fills in what filters and sorts look at. It allocates nothing.
func (p *population) facts(i int, into *caseRow) {
	if i == p.sampleAt {
		*into = p.sample
		return
	}
	c := &p.rows[i]
	tenant, editor := p.tenants[c.tenant], p.people[c.editor]
	*into = caseRow{
		Acknowledged: c.acknowledged, CreatedAt: c.created, CreatedBy: "System", CreatedByName: "System", CustID: tenant.id, TenantName: tenant.name,
		ModifiedAt: c.modified, ModifiedBy: editor.id, ModifiedByName: editor.name, Score: float64(c.score) / 10, Size: int(c.size),
		Status: statusNames[c.status], Severity: severityNames[c.severity], Tags: p.tagSets[c.tags], TicketID: p.ticket(i), Version: int64(c.version),
	}
	if c.owner > 0 {
		into.Assignee, into.AssigneeName = p.people[c.owner-1].id, p.people[c.owner-1].name
	}
	if isClosed(into.Status) {
		into.Closed = 1
	}
}

var statusNames, severityNames = statuses(), severities()

func isClosed(status string) bool { return status == "Resolved" || status == "Cancelled" }

// row is the whole case.
func (p *population) row(i int) caseRow {
	var c caseRow
	p.facts(i, &c)
	if i == p.sampleAt {
		return c
	}
	c.ID = p.id(i, c.CreatedAt)
	c.Name = caseName(p.names[p.rows[i].name], c.Size)
	return c
}

func caseName(alert string, size int) string {
	switch {
	case size == 2:
		return alert + " and 1 other"
	case size > 2:
		return alert + " and " + strconv.Itoa(size-1) + " others"
	}
	return alert
}

// ticket gives numbers that rise with the time of creation, so that the sample
// keeps its own. Where more than its number were created before it, the others
// are numbered above it.
func (p *population) ticket(i int) int64 {
	fixed := p.sample.TicketID
	switch {
	case i == p.sampleAt:
		return fixed
	case fixed > int64(p.sampleAt):
		return fixed + int64(i-p.sampleAt)
	case i < p.sampleAt:
		return fixed + 1 + int64(i)
	}
	return fixed + int64(i)
}

// id is 24 hexadecimal digits, as MongoDB makes them: the seconds since 1970, then
// the place, shuffled so that it can be found again.
func (p *population) id(i int, created int64) CaseID {
	if i == p.sampleAt {
		return p.sample.ID
	}
	b := p.idBytes(i, created)
	return CaseID(hex.EncodeToString(b[:]))
}

func (p *population) idBytes(i int, created int64) [12]byte {
	var b [12]byte
	if i == p.sampleAt {
		_, _ = hex.Decode(b[:], []byte(p.sample.ID))
		return b
	}
	binary.BigEndian.PutUint32(b[:4], uint32(created/1000))
	binary.BigEndian.PutUint64(b[4:], mix(uint64(i)^p.key()))
	return b
}

// placeOf is the inverse of id; what it answers must be compared with the id.
func (p *population) placeOf(id CaseID) (int, bool) {
	if id == p.sample.ID {
		return p.sampleAt, true
	}
	b, err := hex.DecodeString(string(id))
	if err != nil || len(b) != 12 {
		return 0, false
	}
	i := unmix(binary.BigEndian.Uint64(b[4:])) ^ p.key()
	return int(i), i < math.MaxInt32
}

func (p *population) key() uint64 { return mix(p.seed + 0x6964) }

// mix is the finalizer of SplitMix64, which loses nothing; unmix takes it back.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func unmix(x uint64) uint64 {
	x = (x ^ x>>31 ^ x>>62) * 0x319642b2d24d8ec3
	x = (x ^ x>>27 ^ x>>54) * 0x96de1b173f119089
	return x ^ x>>30 ^ x>>60
}

// plant decides which cases hold what of the campaigns.
func (p *population) plant(n, campaigns int) error {
	g := p.generator(-1, streamRow)
	plants, err := g.plants()
	if err != nil {
		return err
	}
	// The sample is about files encrypted, and so it is Quiet Granary's.
	p.plants[p.sampleAt] = g.samplePlant(plants)
	// At most a third of a small sandbox is planted, so that there is always noise.
	plants = plants[:min(len(plants), (n-1)/3)]
	if 1+len(plants)+campaigns*casesOfCampaign > n {
		return fmt.Errorf("sandbox: %d cases are too few for %d campaigns", n, campaigns)
	}
	for _, planted := range plants {
		// Four of five planted cases are younger than thirty days.
		from, to := 0, n
		switch {
		case planted.old:
			to = n * 29 / 60
		case len(planted.indicators) > 0:
			from = n * 31 / 60
		}
		p.plants[p.free(g, from, to)] = planted
	}
	for number := range campaigns {
		made, cases := p.campaign(number)
		for _, one := range cases {
			at := p.free(g, 0, n)
			p.plants[at] = one
			if len(one.indicators) > 0 {
				made.related = append(made.related, at)
			} else {
				made.decoys = append(made.decoys, at)
			}
		}
		p.campaigns = append(p.campaigns, made)
	}
	return nil
}

// free is a place that holds nothing yet, from the range if there is one in it.
func (p *population) free(g *generator, from, to int) int {
	if from >= to {
		from, to = 0, len(p.rows)
	}
	first := g.r.IntN(to - from)
	for i := range to - from {
		at := from + (first+i)%(to-from)
		if _, taken := p.plants[at]; !taken {
			return at
		}
	}
	return p.free(g, 0, len(p.rows)) // plant has counted: there is one
}
