package sandbox

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/testdata"
)

// observables are a generated case's noise and its plant.
func (p *population) observables(at int) observables {
	g := p.generator(at, streamObservables)
	o := noObservables()
	planted := p.plants[at]
	g.noise(&o)
	for _, i := range commonValues() {
		if g.r.IntN(8) == 0 && !slices.Contains(planted.common, i) {
			o.addCommon(i)
		}
	}
	for _, i := range planted.common {
		o.addCommon(i)
	}
	for _, i := range planted.indicators {
		o.add(i, g.r.IntN(4) == 0)
	}
	if planted.near.Value != "" {
		o.add(planted.near, g.r.IntN(4) == 0)
	}
	return o
}

// noObservables has every kind, empty.
func noObservables() observables {
	return observables{
		Hosts: []hostRow{}, Users: []userRow{}, Processes: []nameRow{}, Files: []fileRow{}, RegistryKeys: []registryRow{},
		Sensors: []nameRow{}, Services: []serviceRow{}, ExternalHosts: []hostRow{}, URLs: []urlRow{},
	}
}

// observablesAt are those of a case as it is now. The caller holds mu.
func (c *caseStore) observablesAt(at int) observables {
	o := noObservables()
	if at < len(c.rows) {
		o = c.population.observables(at)
	}
	if change := c.changes[at]; change != nil {
		for _, i := range change.planted {
			o.add(i, false)
		}
	}
	return o
}

// noise is what stands in every case. Its addresses are of the benchmark range
// (RFC 2544) and its names under noise.example, so that it never meets a plant by
// chance; some of it recurs in many cases, as a proxy or an update host does.
func (g *generator) noise(o *observables) {
	for range 1 + g.r.IntN(3) {
		n := g.r.IntN(400)
		o.Hosts = append(o.Hosts, hostRow{IP: fmt.Sprintf("10.%d.%d.%d", 10+n%20, n%7, 10+n%230), Hostname: "ws-" + strconv.Itoa(1000+n)})
	}
	for range g.r.IntN(3) {
		o.Users = append(o.Users, userRow{Name: "user" + strconv.Itoa(g.r.IntN(300))})
	}
	for range g.r.IntN(3) {
		o.Processes = append(o.Processes, nameRow{pick(g.r, processNames())})
	}
	for range g.r.IntN(4) {
		n := g.r.IntN(3000)
		if g.r.IntN(3) == 0 {
			n %= 12
		}
		o.ExternalHosts = append(o.ExternalHosts, hostRow{IP: fmt.Sprintf("198.18.%d.%d", n/250, 1+n%250)})
	}
	for range g.r.IntN(2) {
		n := g.r.IntN(900)
		o.ExternalHosts = append(o.ExternalHosts, hostRow{Hostname: fmt.Sprintf("h%d.noise.example", n)})
		o.URLs = append(o.URLs, urlRow{fmt.Sprintf("https://h%d.noise.example/p/%d", n, g.r.IntN(50))})
	}
	if g.r.IntN(3) == 0 {
		o.Files = append(o.Files, fileRow{Name: fmt.Sprintf("doc%d.pdf", g.r.IntN(500)), SHA256: g.hex(64)})
	}
	o.Sensors = append(o.Sensors, nameRow{"sensor-" + strconv.Itoa(1+g.r.IntN(12))})
	if g.r.IntN(2) == 0 {
		o.Services = append(o.Services, serviceRow{Name: pick(g.r, serviceNames())})
	}
}

// addCommon puts a value where add does, but private addresses among the hosts.
func (o *observables) addCommon(i testdata.Indicator) {
	if address, err := netip.ParseAddr(i.Value); err == nil && address.IsPrivate() {
		o.Hosts = append(o.Hosts, hostRow{IP: i.Value})
		return
	}
	o.add(i, false)
}

// add puts an indicator into the group where an analyst would look for it; loud
// writes it in upper case where case has no meaning, as some sensors do.
func (o *observables) add(i testdata.Indicator, loud bool) {
	value := i.Value
	if loud && (len(value) >= 32 && !strings.ContainsAny(value, `:\/@`) || i.Type == "domain") {
		value = strings.ToUpper(value)
	}
	switch i.Type {
	case "ipv4", "ipv6":
		o.ExternalHosts = append(o.ExternalHosts, hostRow{IP: value})
	case "domain":
		o.ExternalHosts = append(o.ExternalHosts, hostRow{Hostname: value})
	case "url":
		o.URLs = append(o.URLs, urlRow{value})
	case "email":
		o.Users = append(o.Users, userRow{Email: value})
	case "md5":
		o.Files = append(o.Files, fileRow{MD5: value})
	case "sha1":
		o.Files = append(o.Files, fileRow{SHA1: value})
	case "sha256":
		o.Files = append(o.Files, fileRow{SHA256: value})
	case "registry_key":
		o.RegistryKeys = append(o.RegistryKeys, registryRow{value})
	case "cve":
		o.Services = append(o.Services, serviceRow{Vulnerability: value})
	}
}

// indicators returns every value that could be looked up, in lower case, sorted, once.
func (o *observables) indicators() []string {
	var all []string
	add := func(values ...string) {
		for _, v := range values {
			if v != "" {
				all = append(all, strings.ToLower(v))
			}
		}
	}
	for _, h := range slices.Concat(o.Hosts, o.ExternalHosts) {
		add(h.IP, h.Hostname)
	}
	for _, u := range o.Users {
		add(u.Email)
	}
	for _, f := range o.Files {
		add(f.MD5, f.SHA1, f.SHA256)
	}
	for _, r := range o.RegistryKeys {
		add(r.Key)
	}
	for _, s := range o.Services {
		add(s.Vulnerability)
	}
	for _, u := range o.URLs {
		add(u.URL)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
