package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// perCase is how many indicators a case has on average.
const perCase = 10

// corpus is a made-up platform's cases. Each is made of its number alone, so that the
// same cases can be had in any program and any order.
//
// A bit more than half of what is seen comes from a pool that all cases draw from, by
// Zipf's law, as addresses of scanners and domains of mail providers do; the rest is a
// case's own. Types are mixed as observables of cases are.
type corpus struct{ cases int }

const zipfExponent = 1.07

func (c corpus) random(n uint64) (*rand.Rand, *rand.Zipf) {
	random := rand.New(rand.NewPCG(n, 139380))
	return random, rand.NewZipf(random, zipfExponent, 4, uint64(c.cases*perCase/5))
}

// object is case n with what was seen in it. round is how often it was changed since.
func (c corpus) object(n, round int) (index.Object, []index.Sighting) {
	random, zipf := c.random(uint64(n) + uint64(round)<<40)
	created := int64(1_690_000_000_000) + int64(n)*600_000 + random.Int64N(600_000)
	o := index.Object{
		Source: "profile-1", Kind: "case", ID: fmt.Sprintf("%024x", mixed(uint64(n))), Number: fmt.Sprint(n + 1),
		Title: title(random), Severity: []string{"Low", "Medium", "High", "Critical"}[random.IntN(4)],
		Status: []string{"New", "In Progress", "Resolved", "Canceled"}[random.IntN(4)], Owner: fmt.Sprint("analyst-", random.IntN(40)),
		Tenant: fmt.Sprint("Tenant ", random.IntN(25)), Score: float64(random.IntN(101)), HasScore: true,
		CreatedAt: created, ModifiedAt: created + random.Int64N(3*86_400_000) + int64(round)*86_400_000, Version: int64(1 + round),
	}
	o.Closed = o.Status == "Resolved" || o.Status == "Canceled"
	o.Link = "https://soc.example/cases/case-detail/" + o.ID
	var seen []index.Sighting
	file := 0
	for count := 4 + random.IntN(2*perCase-7); len(seen) < count; {
		id := uint64(n)<<8 | uint64(len(seen)) | 1<<48 | uint64(round)<<40
		if random.IntN(100) < 55 {
			id = zipf.Uint64()
		}
		s := index.Sighting{Key: indicatorOf(id), Place: index.Observable}
		if random.IntN(10) < 3 { // an alert's; observables of cases have no time
			s.Place, s.When = index.Alert, created+random.Int64N(86_400_000)
		}
		seen = append(seen, s)
		if s.Key.Type == "sha256" && len(seen)+1 < count && id%3 == 0 { // all hashes of the file are told
			file++
			for _, typ := range []string{"md5", "sha1"} {
				other := s
				other.Key = index.Key{Type: typ, Value: hexOf(id, map[string]int{"md5": 32, "sha1": 40}[typ])}
				other.File = file
				seen = append(seen, other)
			}
			seen[len(seen)-3].File = file
		}
	}
	return o, seen
}

// indicatorOf is the indicator with a number; the first ones occur the most often.
func indicatorOf(id uint64) index.Key {
	h := mixed(id)
	switch kind := h % 100; {
	case kind < 28:
		h >>= 8
		return index.Key{Type: "ipv4", Value: fmt.Sprintf("%d.%d.%d.%d", 1+byte(h)%223, byte(h>>8), byte(h>>16), byte(h>>24))}
	case kind < 47:
		return index.Key{Type: "domain", Value: domainOf(h >> 8)}
	case kind < 62:
		return index.Key{Type: "sha256", Value: hexOf(id, 64)}
	case kind < 70:
		return index.Key{Type: "md5", Value: hexOf(id, 32)}
	case kind < 74:
		return index.Key{Type: "sha1", Value: hexOf(id, 40)}
	case kind < 89:
		url := "https://" + domainOf(h>>8) + "/" + word(h>>20) + "/" + word(h>>30) + ".php"
		if h>>40%3 == 0 {
			url += fmt.Sprintf("?id=%d&t=%x", h>>44, h>>12)
		}
		return index.Key{Type: "url", Value: url}
	case kind < 93:
		return index.Key{Type: "email", Value: word(h>>8) + "." + word(h>>20) + "@" + domainOf(h>>30)}
	case kind < 97:
		return index.Key{Type: "file_name", Value: word(h>>8) + fmt.Sprint(h>>50) + ".exe"}
	case kind < 99:
		return index.Key{Type: "file_path", Value: `C:\Users\` + word(h>>8) + `\AppData\Local\Temp\` + word(h>>20) + word(h>>30) + `.dll`}
	}
	return index.Key{Type: "cidr", Value: fmt.Sprintf("%d.%d.%d.0/%d", 1+byte(h>>8)%223, byte(h>>16), byte(h>>24), 20+h>>40%5)}
}

func domainOf(h uint64) string {
	name := word(h) + word(h>>12) + []string{".com", ".net", ".org", ".info", ".xyz", ".co.uk", ".ru", ".top"}[h>>24%8]
	if h>>28%2 == 0 {
		name = []string{"www.", "mail.", "cdn.", "update."}[h>>30%4] + name
	}
	return name
}

// title is as a platform makes one: "Cynet: Data Encrypted for Impact and 133 others".
func title(random *rand.Rand) string {
	products := []string{"Cynet", "Defender", "Firewall", "Mail Gateway", "Sensor", "Okta", "CloudTrail"}
	kinds := []string{
		"External Account Login Failure Anomaly", "Malware on Disk", "Suspicious Process Creation", "Command and Control Beacon", "Internal Port Scan",
		"Phishing URL", "Data Encrypted for Impact", "Impossible Travel Anomaly", "Encoded PowerShell", "Data Exfiltration over DNS",
	}
	text := products[random.IntN(len(products))] + ": " + kinds[random.IntN(len(kinds))]
	switch random.IntN(3) {
	case 0:
		return text + " on " + word(random.Uint64()) + "-" + fmt.Sprint(random.IntN(1000))
	case 1:
		return text
	}
	return fmt.Sprintf("%s and %d others", text, 1+random.IntN(200))
}

// word is a pronounceable word of a number.
func word(h uint64) string {
	const consonants, vowels = "bcdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 2 + h%3 {
		b.WriteByte(consonants[h>>2%15])
		b.WriteByte(vowels[h>>6%5])
		h = mixed(h)
	}
	return b.String()
}

func hexOf(id uint64, digits int) string {
	var b strings.Builder
	for h := id ^ uint64(digits)<<56; b.Len() < digits; {
		h = mixed(h)
		fmt.Fprintf(&b, "%016x", h)
	}
	return b.String()[:digits]
}

// mixed is splitmix64.
func mixed(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// page is what an analyst may ask for at once: half of it known somewhere, drawn as
// often as it occurs, half never seen.
func (c corpus) page(n, indicators int) []index.Key {
	random, _ := c.random(uint64(n) | 1<<60)
	keys := make([]index.Key, 0, indicators)
	for len(keys) < indicators {
		if len(keys)%2 == 0 {
			_, seen := c.object(random.IntN(c.cases), 0)
			keys = append(keys, seen[random.IntN(len(seen))].Key)
		} else {
			keys = append(keys, indicatorOf(random.Uint64()|1<<63))
		}
	}
	return keys
}
