package sandbox

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/testdata"
)

// organization is one of Threat Stack's. All of its ids are 24 hexadecimal digits,
// where version 1's page has 32 for organizations: one id must do for both versions.
type organization struct{ id, name string }

// threatStack makes Threat Stack's objects. It has a source of chance of its own, so
// that the cases do not depend on how many alerts there are.
type threatStack struct {
	*generator
	made []object
	err  error

	org      organization
	agents   []madeAgent
	policies []string
	rulesets []string
	rules    []string
	users    []string
}

type madeAgent struct{ id, uuid, name string }

// generateThreatStack returns two organizations, the first with nine of ten alerts,
// and the user's id.
func generateThreatStack(seed uint64, alerts int, now time.Time) ([]object, []organization, string, error) {
	t := &threatStack{generator: &generator{
		r: rand.New(rand.NewPCG(seed, 0x5448_5245_4154_5354)), now: now.Truncate(time.Millisecond), people: people(),
	}}
	plants, err := t.plants()
	if err != nil {
		return nil, nil, "", err
	}
	orgs := []organization{{t.hex(24), "Harbour North"}, {t.hex(24), "Kestrel Freight"}}
	var user string
	for i, org := range orgs {
		share := alerts - alerts/10
		if i == 1 {
			share = alerts / 10
		}
		t.organization(org, share, plants[:min(len(plants), share/3)])
		if i == 0 {
			user = t.users[0]
		}
		plants = nil
	}
	slices.SortStableFunc(t.made, func(a, b object) int {
		switch {
		case a.kind != b.kind:
			return strings.Compare(a.kind, b.kind)
		case newestFirst(a.kind) && a.at != b.at:
			return int(b.at - a.at)
		}
		return strings.Compare(a.id, b.id)
	})
	return t.made, orgs, user, t.err
}

// newestFirst tells the order of a list (GUESS but for the audit log; it is not
// published).
func newestFirst(kind string) bool {
	return kind == "alert" || kind == "v2alert" || kind == "log" || kind == "audit"
}

func (t *threatStack) add(kind, id, parent string, at time.Time, body any) {
	text, err := json.Marshal(body)
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("sandbox: encode %s: %w", kind, err)
	}
	t.made = append(t.made, object{kind, t.org.id, id, parent, at.UnixMilli(), text})
}

func (t *threatStack) uuid() string {
	b, _ := hex.DecodeString(t.hex(32))
	return uuidOf(b)
}

func (t *threatStack) ago(most time.Duration) time.Time {
	return t.now.Add(-time.Duration(t.r.Float64() * float64(most))).Truncate(time.Millisecond)
}

func (t *threatStack) organization(org organization, alerts int, plants []plant) {
	t.org, t.agents, t.policies, t.rulesets, t.rules, t.users = org, nil, nil, nil, nil, nil
	t.add("organization", org.id, "", t.now, map[string]any{"id": org.id, "name": org.name, "role": "user"})
	t.persons()
	t.rulesAndPolicies()
	for i := range max(5, alerts/20) {
		t.agent(i)
	}
	for i := range alerts {
		var p plant
		if i < len(plants) {
			p = plants[i]
		}
		t.alert(p)
	}
	for range max(5, alerts/2) {
		t.log()
	}
	t.vulnerabilities()
}

func (t *threatStack) persons() {
	for i, p := range t.people {
		id := t.hex(24)
		t.users = append(t.users, id)
		first, rest, _ := strings.Cut(strings.TrimSuffix(p.name, "@soc.example"), ".")
		first, last := title(first), title(rest)
		role := "user"
		if i == 1 {
			role = "owner"
		}
		t.add("user", id, "", t.now, map[string]any{
			"id": id, "email": p.name, "display_name": first + " " + last, "name": map[string]string{"first": first, "last": last},
			"organization_id": t.org.id, "role": role, "updated_at": iso(t.ago(window)),
		})
		t.add("member", id, "", t.now, memberRow{
			ID: id, DisplayName: first + " " + last, Email: p.name, LastAuthenticatedAt: t.ago(window).UnixMilli(), Role: role,
			MFAEnabled: i%2 == 0, UserEnabled: i != 4,
		})
	}
}

func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (t *threatStack) rulesAndPolicies() {
	for _, name := range []string{"Base", "Web servers", "Databases", "Build machines"} {
		id, made := t.hex(24), t.ago(4*window)
		t.policies = append(t.policies, id)
		t.add("policy", id, "", made, map[string]any{
			"id": id, "name": name, "description": "", "organization_id": t.org.id, "alert_policy_id": t.hex(24), "enabled": true, "read_only": name == "Base",
			"firewall_enabled": false, "agent_count": t.r.IntN(20), "alert_rule_count": 3, "firewall_rule_count": 0,
			"file_integrity_rules": []string{}, "created_at": iso(made), "updated_at": iso(t.ago(window)),
		})
		set := rulesetRow{ID: t.uuid(), Name: name, Description: name + ", for all hosts", CreatedAt: iso(made), UpdatedAt: iso(made)}
		for _, kind := range []string{"Host", "File", "ThreatIntel"} {
			rule := map[string]any{
				"id": t.uuid(), "rulesetId": set.ID, "name": name + ": " + kind, "type": kind, "createdAt": iso(made), "updatedAt": iso(made),
				"title": pick(t.r, alertNames()), "severityOfAlerts": 1 + t.r.IntN(3), "alertDescription": "", "aggregateFields": []string{"user"},
				"filter": `event_type = "` + strings.ToLower(kind) + `"`, "window": 3600, "threshold": 1, "suppressions": []string{}, "enabled": true,
			}
			if kind == "File" {
				rule["fileIntegrityPaths"] = []map[string]any{{"path": "/etc", "recursive": true}}
				rule["ignoreFiles"], rule["eventsToMonitor"] = []string{}, []string{"modify", "delete"}
			}
			id := rule["id"].(string)
			set.Rules, t.rules = append(set.Rules, id), append(t.rules, id)
			t.add("rule", id, set.ID, made, rule)
		}
		t.rulesets = append(t.rulesets, set.ID)
		t.add("ruleset", set.ID, "", made, set)
	}
	t.add("tags", t.rules[0], "", t.now, map[string]any{"inclusion": []map[string]string{{"source": "ec2", "key": "env", "value": "prod"}}, "exclusion": []string{}})
}

// agent adds a sensor in both versions. Three of four are online; those that are
// reported within the last minutes.
func (t *threatStack) agent(i int) {
	a := madeAgent{t.hex(24), t.uuid(), "edge-" + strconv.Itoa(i)}
	t.agents = append(t.agents, a)
	online, made := t.r.IntN(4) > 0, t.ago(3*window)
	last, status := t.ago(5*time.Minute), "online"
	if !online {
		last, status = t.ago(24*time.Hour), "offline"
	}
	public, instance := fmt.Sprintf("198.18.200.%d", 1+i%250), "i-"+t.hex(16)
	t.add("agent", a.id, "", last, map[string]any{
		"id": a.id, "agent_id": t.hex(24) + "-" + a.uuid, "organization_id": t.org.id, "policy_id": pick(t.r, t.policies), "name": a.name, "description": "",
		"hostname": a.name + ".hosts.example", "ip_address": public, "version": "1.8." + strconv.Itoa(t.r.IntN(4)), "status": "active", "online": online,
		"enabled": true, "pause": false, "created_at": iso(made), "updated_at": iso(last), "activated_at": iso(made), "last_reported_at": iso(last),
	})
	t.add("v2agent", a.uuid, "", last, map[string]any{
		"id": a.uuid, "instanceId": instance, "status": status, "createdAt": iso(made), "lastReportedAt": iso(last), "version": "2.1.0", "name": a.name,
		"description": nil, "hostname": a.name + ".hosts.example",
		"ipAddresses": map[string][]string{"private": {fmt.Sprintf("10.9.%d.%d/24", i/250, 1+i%250)}, "link_local": {"fe80::1/64"}, "public": {public}},
		"tags":        []map[string]string{{"source": "ec2", "key": "env", "value": "prod"}}, "agentType": []string{"monitor", "investigate"}[i%2],
		"osVersion": "Ubuntu 22.04", "kernel": "5.15.0", "agentModuleHealth": nil, "isContainerAgent": false,
	})
	t.add("ec2", instance, "", last, map[string]any{"instanceId": instance, "name": a.name, "monitored": i%3 > 0, "region": "us-east-1"})
}

// alert adds an alert in both versions, with the events that made it.
func (t *threatStack) alert(p plant) {
	agent, rule := pick(t.r, t.agents), t.r.IntN(len(t.rules))
	made := t.now.Add(-t.age(p)).Truncate(time.Millisecond)
	severity := 1 + t.r.IntN(3)
	if p.strong {
		severity = 1
	}
	planted := p.indicators
	if p.near.Value != "" {
		planted = append(slices.Clone(planted), p.near)
	}
	parent := t.hex(24)
	events := []map[string]any{{"event_type": "connect", "dst_ip": fmt.Sprintf("198.18.%d.%d", t.r.IntN(10), 1+t.r.IntN(250)), "dst_port": 443}}
	for _, i := range planted {
		events = append(events, eventOf(i))
	}
	for i, event := range events {
		at := made.Add(-time.Duration(len(events)-i) * time.Second)
		event["id"], event["timestamp"], event["hostname"] = parent+"-"+strconv.Itoa(i), at.UnixMilli(), agent.name
		event["user"], event["exe"] = "svc-"+strconv.Itoa(t.r.IntN(40)), "/usr/bin/"+pick(t.r, processNames())
		t.add("event", event["id"].(string), parent, at, event)
	}
	name, dismissed := pick(t.r, alertNames()), t.r.IntN(4) == 0
	id, ruleID := t.hex(24), t.hex(24)
	updated := made.Add(10 * time.Minute)
	t.add("alert", id, parent, made, map[string]any{
		"id": id, "agent_id": agent.id, "alert_policy_id": t.hex(24), "rule_id": ruleID, "key": ruleID + "-" + agent.id + "-" + t.hex(32), "title": name, "type": "rule",
		"severity": severity, "count": len(events), "active": !dismissed, "dismissed": dismissed, "unread": t.r.IntN(2) == 0,
		"created_at": made.UnixMilli(), "expires_at": made.Add(time.Hour).UnixMilli(), "last_notified_at": iso(made), "last_updated_at": iso(updated),
		"rule": map[string]any{"id": ruleID, "title": name, "severity": severity},
	})
	second := map[string]any{
		"id": t.uuid(), "title": name, "dataSource": "host", "createdAt": iso(made), "isDismissed": dismissed, "dismissedAt": nil, "dismissReason": nil,
		"dismissReasonText": nil, "dismissedBy": nil, "severity": severity, "agentId": agent.uuid, "ruleId": t.rules[rule], "rulesetId": t.rulesets[rule/3],
		"aggregates": []map[string]string{{"fieldName": "user"}},
	}
	if dismissed {
		second["dismissedAt"], second["dismissReason"], second["dismissedBy"] = iso(updated), "MAINTENANCE", t.users[0]
	}
	t.add("v2alert", second["id"].(string), parent, made, second)
}

// eventOf is what a host does that meets an indicator. The names of an event's
// fields are a GUESS: no schema is published.
func eventOf(i testdata.Indicator) map[string]any {
	switch i.Type {
	case "ipv4", "ipv6":
		return map[string]any{"event_type": "connect", "dst_ip": i.Value, "dst_port": 443}
	case "domain":
		return map[string]any{"event_type": "dns", "query": i.Value}
	case "url":
		return map[string]any{"event_type": "http", "url": i.Value}
	case "email":
		return map[string]any{"event_type": "login", "user_email": i.Value}
	case "registry_key":
		return map[string]any{"event_type": "winsec", "registry_key": i.Value}
	case "cve":
		return map[string]any{"event_type": "exploit", "vulnerability": i.Value}
	}
	return map[string]any{"event_type": "file", i.Type: i.Value, "path": "/tmp/" + i.Value[:8]} // a hash
}

// log adds an entry to the audit logs of both versions.
func (t *threatStack) log() {
	who, at := t.r.IntN(len(t.people)), t.ago(window/2)
	agent := pick(t.r, t.agents)
	kind, action := pick(t.r, []string{"policy", "agent", "alert", "queue"}), pick(t.r, []string{"add", "update", "remove"})
	text := title(kind) + " " + strings.TrimSuffix(action, "e") + "ed"
	id := t.uuid()
	t.add("log", id, "", at, map[string]any{
		"timestamp": at.UnixMilli(), "user": t.people[who].name, "user_id": t.users[who], "organization_id": t.org.id, "type": kind, "action": action,
		"source": kind + ":" + action, "description": text, "context": []map[string]any{{
			"id": id, "type": "audit", "name": agent.name, "agent": map[string]string{"id": agent.id, "name": agent.name, "policy_id": t.policies[0]},
		}},
	})
	t.add("audit", id, "", at, map[string]any{
		"id": id, "userEmail": t.people[who].name, "userId": t.users[who], "organizationId": t.org.id, "result": "success",
		"crud": map[string]string{"add": "create", "update": "update", "remove": "delete"}[action], "action": kind + "-" + action, "source": "ui",
		"description": text, "eventTime": iso(at), "context": []string{},
	})
}

// vulnerabilities adds the planted CVEs and some that never were.
func (t *threatStack) vulnerabilities() {
	campaigns, err := testdata.Campaigns()
	if err != nil && t.err == nil {
		t.err = err
	}
	var cves []string
	for _, c := range campaigns {
		for _, i := range c.Indicators {
			if i.Type == "cve" {
				cves = append(cves, i.Value)
			}
		}
	}
	for n := range 10 {
		cves = append(cves, "CVE-2018-9"+strconv.Itoa(9100+n))
	}
	for i, cve := range cves {
		name, agent := []string{"openssl", "sudo", "curl"}[i%3], t.agents[i%len(t.agents)]
		t.add("cve", cve, "", t.now, map[string]any{
			"cveNumber": cve, "reportedPackage": name + " 1.0.2", "systemPackage": name, "vectorType": "network",
			"severity": []string{"high", "medium", "low"}[i%3], "isSuppressed": i%5 == 4, "agents": []map[string]string{{"agentId": agent.uuid}},
		})
		t.add("cve-server", cve, cve, t.now, map[string]any{"agentId": agent.uuid, "hostname": agent.name + ".hosts.example"})
		t.add("package", name+" "+cve, name, t.now, map[string]any{"name": name, "cveNumber": cve})
		if i%5 == 4 {
			t.add("suppression", cve, "", t.now, map[string]any{"cveNumber": cve, "reason": "accepted"})
		}
	}
}
