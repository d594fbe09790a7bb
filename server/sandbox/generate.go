package sandbox

import (
	"encoding/hex"
	"math"
	"math/rand/v2"
	"time"
)

// window is how far back cases go.
const window = 60 * 24 * time.Hour

// generator makes values from a seed. Its calls to r must not depend on a map's
// order or on the clock, or the same seed would give other bytes.
type generator struct {
	r       *rand.Rand
	now     time.Time
	tenants []tenant
	people  []person
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

func (g *generator) hex(digits int) string {
	b := make([]byte, digits/2)
	for i := range b {
		b[i] = byte(g.r.Uint32())
	}
	return hex.EncodeToString(b)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// age of something planted. Four of five are younger than thirty days.
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
