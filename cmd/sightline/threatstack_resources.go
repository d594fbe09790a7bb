package main

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/threatstack"
)

type threatstackAgents struct {
	List threatstackAgentsList `cmd:"" default:"withargs" help:"List agents (this is what agents does by itself)."`
	Get  threatstackAgentsGet  `cmd:"" help:"Get an agent by its id."`
}

type (
	threatstackAgentsList struct{ threatstackList }
	threatstackAgentsGet  struct{ threatstackGet }
)

func agentColumns() columns[threatstack.Agent] {
	return columns[threatstack.Agent]{
		[]string{"ID", "HOSTNAME", "ADDRESS", "ONLINE", "VERSION", "REPORTED"},
		func(a threatstack.Agent) []string {
			return []string{a.ID, a.Hostname, a.IPAddress, strconv.FormatBool(a.Online), a.Version, string(a.LastReportedAt)}
		},
	}
}

func (c *threatstackAgentsList) Run(ctx context.Context, env environment) error {
	return list(ctx, env, &c.threatstackList, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Agent, error] {
		return client.Agents.All(ctx, opts)
	}, agentColumns())
}

func (c *threatstackAgentsGet) Run(ctx context.Context, env environment) error {
	return get(env, &c.threatstackGet, "agent", agentColumns(), func(client *threatstack.Client, id string, fields ...string) (threatstack.Agent, bool, error) {
		return client.Agents.Get(ctx, id, fields...)
	})
}

type threatstackAlerts struct {
	List threatstackAlertsList `cmd:"" default:"withargs" help:"List alerts (this is what alerts does by itself)."`
	Get  threatstackAlertsGet  `cmd:"" help:"Get an alert by its id, with its latest events and its rule."`
}

type (
	threatstackAlertsList struct{ threatstackList }
	threatstackAlertsGet  struct{ threatstackGet }
)

func alertColumns() columns[threatstack.Alert] {
	now := time.Now()
	return columns[threatstack.Alert]{
		[]string{"ID", "SEVERITY", "AGE", "EVENTS", "ACTIVE", "AGENT", "TITLE"},
		func(a threatstack.Alert) []string {
			return []string{a.ID, strconv.Itoa(a.Severity), age(int64(a.CreatedAt), now), strconv.Itoa(a.Count), strconv.FormatBool(a.Active), a.AgentID, a.Title}
		},
	}
}

func (c *threatstackAlertsList) Run(ctx context.Context, env environment) error {
	return list(ctx, env, &c.threatstackList, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Alert, error] {
		return client.Alerts.All(ctx, opts)
	}, alertColumns())
}

func (c *threatstackAlertsGet) Run(ctx context.Context, env environment) error {
	return get(env, &c.threatstackGet, "alert", alertColumns(), func(client *threatstack.Client, id string, fields ...string) (threatstack.Alert, bool, error) {
		return client.Alerts.Get(ctx, id, fields...)
	})
}

type threatstackLogs struct {
	List threatstackLogsList `cmd:"" default:"withargs" help:"List the audit log (this is what logs does by itself)."`
}

type threatstackLogsList struct {
	threatstackList
	Text string `help:"Only entries whose user or description has this."`
}

func (c *threatstackLogsList) Run(ctx context.Context, env environment) error {
	return list(ctx, env, &c.threatstackList, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Log, error] {
		opts.Text = c.Text
		return client.Logs.All(ctx, opts)
	}, columns[threatstack.Log]{
		[]string{"TIME", "USER", "SOURCE", "DESCRIPTION"},
		func(l threatstack.Log) []string {
			return []string{l.Timestamp.Time().Format(time.DateTime), l.User, l.Source, l.Description}
		},
	})
}

type threatstackOrganizations struct {
	List  threatstackOrganizationsList  `cmd:"" default:"withargs" help:"List organizations (this is what organizations does by itself)."`
	Users threatstackOrganizationsUsers `cmd:"" help:"List the members of an organization."`
}

type threatstackOrganizationsList struct{ threatstackList }

func (c *threatstackOrganizationsList) Run(ctx context.Context, env environment) error {
	return list(ctx, env, &c.threatstackList, false, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Organization, error] {
		return client.Organizations.All(ctx, opts)
	}, columns[threatstack.Organization]{
		[]string{"ID", "ROLE", "NAME"},
		func(o threatstack.Organization) []string { return []string{o.ID, o.Role, o.Name} },
	})
}

type threatstackOrganizationsUsers struct {
	threatstackAccess
	Out string `enum:"auto,table,json,jsonl" default:"auto" help:"How to answer: ${enum}."`
	ID  string `arg:"" help:"The organization's id."`
}

func (c *threatstackOrganizationsUsers) Run(ctx context.Context, env environment) error {
	client, err := c.client(env)
	if err != nil {
		return err
	}
	users, err := client.Organizations.Users(ctx, c.ID)
	if err != nil {
		return err
	}
	p := printer[threatstack.User]{env: env, out: threatstackOut{Out: c.Out}, shown: columns[threatstack.User]{
		[]string{"ID", "ROLE", "EMAIL", "NAME"},
		func(u threatstack.User) []string { return []string{u.ID, u.Role, u.Email, u.DisplayName} },
	}}
	for _, user := range users {
		if err := p.print(user); err != nil {
			return err
		}
	}
	if p.n == 0 {
		return errNothing
	}
	return p.end()
}

type threatstackPolicies struct {
	List threatstackPoliciesList `cmd:"" default:"withargs" help:"List policies (this is what policies does by itself)."`
	Get  threatstackPoliciesGet  `cmd:"" help:"Get a policy by its id."`
}

type (
	threatstackPoliciesList struct{ threatstackList }
	threatstackPoliciesGet  struct{ threatstackGet }
)

func policyColumns() columns[threatstack.Policy] {
	return columns[threatstack.Policy]{
		[]string{"ID", "ENABLED", "AGENTS", "RULES", "NAME"},
		func(p threatstack.Policy) []string {
			return []string{p.ID, strconv.FormatBool(p.Enabled), strconv.Itoa(p.AgentCount), strconv.Itoa(p.AlertRuleCount), p.Name}
		},
	}
}

func (c *threatstackPoliciesList) Run(ctx context.Context, env environment) error {
	return list(ctx, env, &c.threatstackList, false, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Policy, error] {
		return client.Policies.All(ctx, opts)
	}, policyColumns())
}

func (c *threatstackPoliciesGet) Run(ctx context.Context, env environment) error {
	return get(env, &c.threatstackGet, "policy", policyColumns(), func(client *threatstack.Client, id string, fields ...string) (threatstack.Policy, bool, error) {
		return client.Policies.Get(ctx, id, fields...)
	})
}
