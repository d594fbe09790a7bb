package main

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/threatstack"
)

type threatstackAgents struct {
	List threatstackAgentsList `cmd:"" default:"withargs" help:"List agents (this is what agents does by itself)."`
	Get  threatstackAgentsGet  `cmd:"" help:"Get an agent by its id."`
}

type threatstackAgentsList struct {
	threatstackList
	Status   string `placeholder:"STATUS" help:"Version 2: online, which is the default, or offline."`
	Type     string `placeholder:"TYPE" help:"Version 2: monitor or investigate."`
	Hostname string `placeholder:"NAME" help:"Version 2: the host's name."`
}

type threatstackAgentsGet struct{ threatstackGet }

func agentColumns() columns[threatstack.Agent] {
	return columns[threatstack.Agent]{
		[]string{"ID", "HOSTNAME", "ADDRESS", "ONLINE", "VERSION", "REPORTED"},
		func(a threatstack.Agent) []string {
			return []string{a.ID, a.Hostname, a.IPAddress, strconv.FormatBool(a.Online), a.Version, string(a.LastReportedAt)}
		},
	}
}

func agentColumns2() columns[threatstack.AgentV2] {
	return columns[threatstack.AgentV2]{
		[]string{"ID", "HOSTNAME", "ADDRESS", "STATUS", "TYPE", "VERSION", "REPORTED"},
		func(a threatstack.AgentV2) []string {
			addresses := append(append([]string{}, a.IPAddresses.Public...), a.IPAddresses.Private...)
			return []string{a.ID, a.Hostname, strings.Join(addresses, " "), a.Status, a.AgentType, a.Version, string(a.LastReportedAt)}
		},
	}
}

func (c *threatstackAgentsList) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, "")
	if err != nil {
		return err
	}
	if r.two {
		return list2(ctx, env, &c.threatstackList, r, func(client *threatstack.ClientV2, from, until threatstack.Time) iter.Seq2[threatstack.AgentV2, error] {
			return client.Agents.All(ctx, threatstack.AgentQuery{Status: c.Status, Type: c.Type, Hostname: c.Hostname, From: from, Until: until})
		}, agentColumns2())
	}
	if c.Status+c.Type+c.Hostname != "" {
		return usageError("--status, --type and --hostname are version 2's: --api 2")
	}
	return list1(ctx, env, &c.threatstackList, r, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Agent, error] {
		return client.Agents.All(ctx, opts)
	}, agentColumns())
}

func (c *threatstackAgentsGet) Run(ctx context.Context, env environment) error {
	return c.either(env, func(client *threatstack.Client) error {
		found, ok, err := client.Agents.Get(ctx, c.ID, c.Fields...)
		return got(env, c.threatstackGet, "agent", found, ok, err, agentColumns())
	}, func(client *threatstack.ClientV2) error {
		found, ok, err := client.Agents.Get(ctx, c.ID)
		return got(env, c.threatstackGet, "agent", found, ok, err, agentColumns2())
	})
}

type threatstackAlerts struct {
	List           threatstackAlertsList     `cmd:"" default:"withargs" help:"List alerts (this is what alerts does by itself)."`
	Get            threatstackAlertsGet      `cmd:"" help:"Get an alert by its id, in version 1 with its latest events and its rule."`
	Events         threatstackAlertsEvents   `cmd:"" help:"List the events that made an alert (version 2)."`
	SeverityCounts threatstackSeverityCounts `cmd:"" help:"Count alerts by their severity (version 2)."`
	Dismiss        threatstackAlertsDismiss  `cmd:"" help:"Dismiss alerts: by their ids, or those of a time range (version 2)."`
}

type threatstackAlertsList struct {
	threatstackList
	Status   string `placeholder:"STATUS" help:"Version 2: active, which is the default, or dismissed."`
	Severity int    `help:"Version 2: 1, the most severe, to 3."`
	Agent    string `placeholder:"ID" help:"Version 2: the agent's id."`
	Rule     string `placeholder:"ID" help:"Version 2: the rule's id."`
	Ruleset  string `placeholder:"ID" help:"Version 2: the ruleset's id."`
}

type threatstackAlertsGet struct{ threatstackGet }

func alertColumns() columns[threatstack.Alert] {
	now := time.Now()
	return columns[threatstack.Alert]{
		[]string{"ID", "SEVERITY", "AGE", "EVENTS", "ACTIVE", "AGENT", "TITLE"},
		func(a threatstack.Alert) []string {
			return []string{a.ID, strconv.Itoa(a.Severity), age(int64(a.CreatedAt), now), strconv.Itoa(a.Count), strconv.FormatBool(a.Active), a.AgentID, a.Title}
		},
	}
}

func alertColumns2() columns[threatstack.AlertV2] {
	now := time.Now()
	return columns[threatstack.AlertV2]{
		[]string{"ID", "SEVERITY", "AGE", "DISMISSED", "AGENT", "RULE", "TITLE"},
		func(a threatstack.AlertV2) []string {
			dismissed := "no"
			if a.IsDismissed {
				dismissed = a.DismissReason
			}
			return []string{a.ID, strconv.Itoa(a.Severity), ageOf(a.CreatedAt, now), dismissed, a.AgentID, a.RuleID, a.Title}
		},
	}
}

func ageOf(at threatstack.DateTime, now time.Time) string {
	if at.Time().IsZero() {
		return "-"
	}
	return age(at.Time().UnixMilli(), now)
}

func (c *threatstackAlertsList) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, "")
	if err != nil {
		return err
	}
	if r.two {
		return list2(ctx, env, &c.threatstackList, r, func(client *threatstack.ClientV2, from, until threatstack.Time) iter.Seq2[threatstack.AlertV2, error] {
			return client.Alerts.All(ctx, threatstack.AlertQuery{
				Status: c.Status, Severity: c.Severity, AgentID: c.Agent, RuleID: c.Rule, RulesetID: c.Ruleset, From: from, Until: until,
			})
		}, alertColumns2())
	}
	if c.Status+c.Agent+c.Rule+c.Ruleset != "" || c.Severity != 0 {
		return usageError("--status, --severity, --agent, --rule and --ruleset are version 2's: --api 2")
	}
	return list1(ctx, env, &c.threatstackList, r, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Alert, error] {
		return client.Alerts.All(ctx, opts)
	}, alertColumns())
}

func (c *threatstackAlertsGet) Run(ctx context.Context, env environment) error {
	return c.either(env, func(client *threatstack.Client) error {
		found, ok, err := client.Alerts.Get(ctx, c.ID, c.Fields...)
		return got(env, c.threatstackGet, "alert", found, ok, err, alertColumns())
	}, func(client *threatstack.ClientV2) error {
		found, ok, err := client.Alerts.Get(ctx, c.ID)
		return got(env, c.threatstackGet, "alert", found, ok, err, alertColumns2())
	})
}

type threatstackAlertsEvents struct {
	threatstackPage
	ID string `arg:"" help:"The alert's id."`
}

func (c *threatstackAlertsEvents) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	events, err := client.Alerts.Events(ctx, c.ID)
	return show(ctx, env, c.outFlags, c.Limit, each(events, err), rawColumns("user", "event_type"))
}

type threatstackSeverityCounts struct {
	threatstackAccess
	Since string `placeholder:"TIME" help:"From when on, as alerts list takes it."`
	Until string `placeholder:"TIME" help:"Until when."`
	Out   string `enum:"auto,table,json,jsonl" default:"auto" help:"How to answer: ${enum}."`
}

func (c *threatstackSeverityCounts) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	opts, err := (&threatstackList{Since: c.Since, Until: c.Until}).options(time.Now())
	if err != nil {
		return err
	}
	counts, err := client.Alerts.SeverityCounts(ctx, opts.Start, opts.End)
	return show(ctx, env, outFlags{Out: c.Out}, 0, each(counts, err), columns[threatstack.SeverityCount]{
		[]string{"SEVERITY", "COUNT"},
		func(n threatstack.SeverityCount) []string {
			return []string{strconv.Itoa(n.Severity), strconv.Itoa(n.Count)}
		},
	})
}

type threatstackAlertsDismiss struct {
	threatstackAccess
	ID       []string `arg:"" optional:"" help:"Ids of alerts, 512 at most."`
	Reason   string   `required:"" enum:"BUSINESS_OP,COMPANY_POLICY,MAINTENANCE,OTHER" help:"Why: ${enum}."`
	Text     string   `help:"The reason in words; with OTHER alone."`
	Since    string   `placeholder:"TIME" help:"Without ids: those from then on that have one of --severity, --rule and --agent."`
	Until    string   `placeholder:"TIME" help:"Until when."`
	Severity int      `help:"1, the most severe, to 3."`
	Rule     string   `placeholder:"ID" help:"The rule's id."`
	Agent    string   `placeholder:"ID" help:"The agent's id."`
}

func (c *threatstackAlertsDismiss) Run(ctx context.Context, env environment) error {
	opts, err := (&threatstackList{Since: c.Since, Until: c.Until}).options(time.Now())
	if err != nil {
		return err
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	if err := client.Alerts.Dismiss(ctx, threatstack.Dismissal{
		IDs: c.ID, From: dateTime(opts.Start), Until: dateTime(opts.End), Severity: c.Severity, RuleID: c.Rule, AgentID: c.Agent,
		Reason: c.Reason, ReasonText: c.Text,
	}); err != nil {
		return invalidUsage(err)
	}
	what := "Alerts of the time range"
	if len(c.ID) > 0 {
		what = count(len(c.ID), "alert")
	}
	fmt.Fprintln(env.stderr, what+" dismissed.")
	return nil
}

// dateTime is how version 2 writes a time in a body.
func dateTime(t threatstack.Time) threatstack.DateTime {
	if t.IsZero() {
		return ""
	}
	return threatstack.DateTime(t.Time().UTC().Format("2006-01-02T15:04:05.000Z"))
}
