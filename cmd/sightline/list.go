package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

type listCommand struct {
	access
	Limit    int      `default:"25" help:"How many to show at most; 0 shows all."`
	Days     int      `default:"30" help:"How far back they were made; 0 is without end."`
	MinScore float64  `help:"Lowest score, 0 to 100."`
	Tenant   string   `placeholder:"ID" help:"Tenant's id."`
	Status   []string `placeholder:"STATUS" help:"New, Escalated, In Progress, Resolved, Cancelled; any of those given."`
	Severity string   `help:"Critical, High, Medium or Low."`
	Tag      []string `help:"Has any of these tags."`
	Sort     string   `enum:"score,created_at,modified_at" default:"score" help:"By what, highest first: ${enum}."`
	Out      string   `enum:"auto,table,jsonl" default:"auto" help:"How to answer: ${enum}."`
}

func (c *listCommand) Run(ctx context.Context, env environment) error {
	if err := c.only(env, profile.StellarCyber); err != nil {
		return err
	}
	reached, ok, err := c.stellar(env)
	if err != nil {
		return err
	}
	if !ok {
		return usageError("say how to reach Stellar Cyber: --stellarcyber FILE, --profile NAME or SIGHTLINE_STELLARCYBER_URL")
	}
	way, err := c.transport(env)
	if err != nil {
		return err
	}
	client, err := stellarcyber.New(stellarcyber.Config{
		Transport: way, BaseURL: reached.BaseURL, User: reached.Identity, Key: api.Secret(reached.Secret),
	})
	if err != nil {
		return err
	}
	var cases []stellarcyber.Case
	for one, err := range client.AllCases(ctx, c.query(time.Now()), c.Limit) {
		if err != nil {
			return err
		}
		cases = append(cases, one)
	}
	if len(cases) == 0 {
		return errNothing
	}
	if c.Out == "jsonl" || c.Out == "auto" && !env.terminal {
		return printCases(env, cases)
	}
	rows := [][]string{{"SCORE", "SEVERITY", "STATUS", "AGE", "TENANT", "OWNER", "NUMBER", "NAME"}}
	for _, one := range cases {
		rows = append(rows, []string{
			strconv.FormatFloat(one.Score, 'f', -1, 64), one.Severity, one.Status, age(int64(one.CreatedAt), time.Now()),
			one.TenantName, one.AssigneeName, strconv.FormatInt(one.TicketID, 10), one.Name,
		})
	}
	return table(env.stdout, rows)
}

func (c *listCommand) query(now time.Time) stellarcyber.CaseQuery {
	q := stellarcyber.CaseQuery{
		Sort: c.Sort, Order: stellarcyber.Descending, MinScore: c.MinScore, TenantID: c.Tenant,
		Statuses: c.Status, Severity: c.Severity, Tags: c.Tag,
	}
	if c.Sort == "score" {
		q.Sort = "case_score"
	}
	if c.Limit > 0 {
		q.Limit = min(c.Limit, stellarcyber.MaxLimit)
	}
	if c.Days > 0 {
		q.CreatedFrom = now.AddDate(0, 0, -c.Days)
	}
	return q
}

func printCases(env environment, cases []stellarcyber.Case) error {
	for _, one := range cases {
		line, err := json.Marshal(struct {
			ID        string  `json:"id"`
			Number    int64   `json:"number"`
			Name      string  `json:"name"`
			Score     float64 `json:"score"`
			Severity  string  `json:"severity"`
			Status    string  `json:"status"`
			Owner     string  `json:"owner"`
			Tenant    string  `json:"tenant"`
			CreatedAt int64   `json:"createdAt"`
		}{one.ID, one.TicketID, one.Name, one.Score, one.Severity, one.Status, one.AssigneeName, one.TenantName, int64(one.CreatedAt)})
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(env.stdout, "%s\n", line); err != nil {
			return err
		}
	}
	return nil
}
