package sandbox

import (
	"fmt"
	"strings"

	"github.com/sightline-sec/sightline/testdata"
)

// casesOfCampaign is how many cases hold something of one generated campaign.
const casesOfCampaign = 6

// campaign is a generated one, its cases by their place.
type campaign struct {
	number          int
	rare, common    []testdata.Indicator
	related, decoys []int
}

// CampaignTruth is a page about a generated campaign, and what a ranking of cases
// for it should say.
type CampaignTruth struct {
	// Page is the campaign's number, from 0.
	Page int `json:"page"`
	// Text is what an analyst would read. It names all of Rare, disguised as blogs
	// do it, and all of Common.
	Text string `json:"text"`
	// Rare are the campaign's own indicators: no other case holds them.
	Rare []testdata.Indicator `json:"rare"`
	// Common are values that many cases hold: private addresses, well-known domains.
	Common []testdata.Indicator `json:"common"`
	// Cases are those that share rare indicators, the most first: five, two, one. The
	// first is the right one.
	Cases []CaseID `json:"cases"`
	// Decoys share all of Common and nothing rare: more values than the second of
	// Cases does, and a higher score.
	Decoys []CaseID `json:"decoys"`
}

// Campaigns is how many generated campaigns there are.
func (s *Sandbox) Campaigns() int { return len(s.cases.campaigns) }

// Campaign returns the page and the truth of a generated campaign, from 0. Deleted
// cases are left out. It is false where there is no such campaign.
func (s *Sandbox) Campaign(page int) (CampaignTruth, bool) {
	if page < 0 || page >= len(s.cases.campaigns) {
		return CampaignTruth{}, false
	}
	c := s.cases.campaigns[page]
	return CampaignTruth{
		Page: page, Text: c.text(), Rare: c.rare, Common: c.common,
		Cases: s.cases.idsOf(c.related), Decoys: s.cases.idsOf(c.decoys),
	}, true
}

// commonValues are what cases of every kind hold, about one in eight each: a name
// server, a gateway, what every browser and every update talks to.
func commonValues() []testdata.Indicator {
	var all []testdata.Indicator
	for _, address := range []string{"10.0.0.53", "10.1.1.1", "192.168.1.1", "172.16.0.10", "192.168.0.254", "8.8.8.8", "1.1.1.1"} {
		all = append(all, testdata.Indicator{Type: "ipv4", Value: address})
	}
	for _, name := range []string{
		"www.google.com", "github.com", "login.microsoftonline.com", "outlook.office365.com", "windowsupdate.com", "www.youtube.com", "fonts.gstatic.com",
	} {
		all = append(all, testdata.Indicator{Type: "domain", Value: name})
	}
	return all
}

// campaign makes a campaign and what its cases hold: the right one first, then two
// that share less, then decoys. Its addresses are of the benchmark range (RFC 2544),
// but of another part than the noise's.
func (p *population) campaign(number int) (campaign, []plant) {
	g := p.generator(-2-number, streamRow)
	c := campaign{number: number}
	name := fmt.Sprintf("sightline-campaign-%03d.top", number)
	address := func(last int) testdata.Indicator {
		return testdata.Indicator{Type: "ipv4", Value: fmt.Sprintf("198.19.%d.%d", number%250, (number/250*40+last)%250+1)}
	}
	c.rare = []testdata.Indicator{
		address(10), address(11),
		{Type: "domain", Value: "gate." + name},
		{Type: "domain", Value: "cdn." + name},
		{Type: "url", Value: "https://cdn." + name + "/dl/" + g.hex(8) + ".bin"},
		{Type: "email", Value: "billing@" + name},
		{Type: "sha256", Value: g.hex(64)},
	}
	pool := commonValues()
	for _, i := range g.r.Perm(len(pool))[:5] {
		c.common = append(c.common, pool[i])
	}
	order := g.some(c.rare, len(c.rare))
	cases := []plant{
		{indicators: order[:5], common: c.common[:1]},
		{indicators: order[5:7], common: c.common[1:2]},
		{indicators: order[:1]},
	}
	for len(cases) < casesOfCampaign {
		cases = append(cases, plant{common: c.common, strong: true})
	}
	return c, cases
}

// text reads like the write-up of an intrusion.
func (c campaign) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Intrusion notes, set %03d\n\nThe first workstation asked its resolver, as every host here does, for ", c.number)
	b.WriteString(list(c.common, false))
	b.WriteString(". None of that is out of the ordinary. What was: sessions to ")
	b.WriteString(list(c.rare[:4], true))
	b.WriteString(", a download from ")
	b.WriteString(list(c.rare[4:5], true))
	b.WriteString(", and a message from ")
	b.WriteString(list(c.rare[5:6], true))
	b.WriteString(". The file's SHA-256 is ")
	b.WriteString(list(c.rare[6:], false))
	b.WriteString(".\n")
	return b.String()
}

func list(values []testdata.Indicator, disguised bool) string {
	disguise := strings.NewReplacer("https://", "hxxps://", ".", "[.]", "@", "[@]")
	var words []string
	for _, v := range values {
		if disguised {
			v.Value = disguise.Replace(v.Value)
		}
		words = append(words, v.Value)
	}
	return strings.Join(words, ", ")
}

// idsOf are the ids of cases that are still there.
func (c *caseStore) idsOf(places []int) []CaseID {
	c.mu.RLock()
	defer c.mu.RUnlock()
	ids := []CaseID{}
	for _, at := range places {
		if !c.gone(at) {
			ids = append(ids, c.idAt(at))
		}
	}
	return ids
}
