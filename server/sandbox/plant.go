package sandbox

import (
	"strings"

	"github.com/sightline-sec/sightline/testdata"
)

// plant is what a case has of a campaign. The zero value is nothing.
type plant struct {
	indicators []testdata.Indicator
	// strong plants share three or more indicators and score high.
	strong bool
	// old plants are older than thirty days.
	old bool
	// common are values that many cases hold; see campaigns.go.
	common []testdata.Indicator
	// near is a value that is almost one of the campaign's, "" for none.
	near testdata.Indicator
}

// plants of all campaigns: strong ones first, then cases with one indicator, then
// near misses.
func (g *generator) plants() ([]plant, error) {
	campaigns, err := testdata.Campaigns()
	if err != nil {
		return nil, err
	}
	var strong, weak, near []plant
	for _, c := range campaigns {
		for i := range 7 {
			k := min(3+g.r.IntN(4), len(c.Indicators))
			strong = append(strong, plant{indicators: g.some(c.Indicators, k), strong: true, old: i == 6})
		}
		for i := range 4 {
			weak = append(weak, plant{indicators: g.some(c.Indicators, 1), old: i == 3})
		}
		for range 2 {
			near = append(near, plant{near: miss(pick(g.r, c.Indicators))})
		}
	}
	return append(append(strong, weak...), near...), nil
}

// samplePlant is what the sample case has: the campaign that encrypts.
func (g *generator) samplePlant(plants []plant) plant {
	for _, p := range plants {
		for _, i := range p.indicators {
			if strings.HasSuffix(i.Value, `\GranaryFlt`) {
				return plant{indicators: p.indicators, strong: true}
			}
		}
	}
	return plant{}
}

func (g *generator) some(from []testdata.Indicator, n int) []testdata.Indicator {
	var out []testdata.Indicator
	for _, i := range g.r.Perm(len(from))[:n] {
		out = append(out, from[i])
	}
	return out
}

// miss changes a value so that it contains, or is contained in, the real one and
// is none: what a substring match would take for known.
func miss(i testdata.Indicator) testdata.Indicator {
	switch i.Type {
	case "domain":
		i.Value = "not-" + i.Value
	case "email":
		i.Value = "x" + i.Value
	case "url", "registry_key":
		i.Value += "x"
	case "cve":
		i.Value += "9"
	case "ipv4":
		i.Value = i.Value[:len(i.Value)-1] // 203.0.113.47 to 203.0.113.4
		i.Value = strings.TrimSuffix(i.Value, ".")
		if strings.Count(i.Value, ".") < 3 {
			i.Value += ".250"
		}
	default:
		last := byte('0')
		if i.Value[len(i.Value)-1] == '0' {
			last = '1'
		}
		i.Value = i.Value[:len(i.Value)-1] + string(last)
	}
	return i
}
