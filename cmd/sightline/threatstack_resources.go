package main

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/threatstack"
)

type threatstackLogs struct {
	List threatstackLogsList `cmd:"" default:"withargs" help:"List the audit log (this is what logs does by itself)."`
}

type threatstackLogsList struct {
	threatstackList
	Text string `help:"Only entries whose user or description has this."`
}

func (c *threatstackLogsList) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, threatstack.Version1)
	if err != nil {
		return err
	}
	return list1(ctx, env, &c.threatstackList, r, true, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Log, error] {
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
	r, err := c.reach(env, threatstack.Version1)
	if err != nil {
		return err
	}
	return list1(ctx, env, &c.threatstackList, r, false, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Organization, error] {
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
	r, err := c.reach(env, threatstack.Version1)
	if err != nil {
		return err
	}
	client, err := r.v1()
	if err != nil {
		return err
	}
	users, err := client.Organizations.Users(ctx, c.ID)
	return show(ctx, env, outFlags{Out: c.Out}, 0, each(users, err), columns[threatstack.User]{
		[]string{"ID", "ROLE", "EMAIL", "NAME"},
		func(u threatstack.User) []string { return []string{u.ID, u.Role, u.Email, u.DisplayName} },
	})
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
	r, err := c.reach(env, threatstack.Version1)
	if err != nil {
		return err
	}
	return list1(ctx, env, &c.threatstackList, r, false, func(client *threatstack.Client, opts threatstack.ListOptions) iter.Seq2[threatstack.Policy, error] {
		return client.Policies.All(ctx, opts)
	}, policyColumns())
}

func (c *threatstackPoliciesGet) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, threatstack.Version1)
	if err != nil {
		return err
	}
	client, err := r.v1()
	if err != nil {
		return err
	}
	found, ok, err := client.Policies.Get(ctx, c.ID, c.Fields...)
	return got(env, c.threatstackGet, "policy", found, ok, err, policyColumns())
}
