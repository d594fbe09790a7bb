package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/trustar"
)

type trustarWhitelist struct {
	List   trustarWhitelistList   `cmd:"" default:"withargs" help:"List it (this is what whitelist does by itself)."`
	Add    trustarWhitelistAdd    `cmd:"" help:"Add values; what the server does not recognise is not in the answer."`
	Remove trustarWhitelistRemove `cmd:"" help:"Remove a value."`
}

type trustarWhitelistList struct{ trustarMany }

func (c *trustarWhitelistList) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Whitelist().All(ctx), detailsColumns())
}

type trustarWhitelistAdd struct {
	trustarOut
	Value []string `arg:"" help:"Indicators."`
}

func (c *trustarWhitelistAdd) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	added, err := client.Whitelist().Add(ctx, c.Value...)
	return listed(ctx, env, c.trustarOut, added, err, detailsColumns())
}

type trustarWhitelistRemove struct {
	trustarAccess
	Type  string `arg:"" help:"Its type, e.g. IP."`
	Value string `arg:"" help:"The indicator."`
}

func (c *trustarWhitelistRemove) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return done(env, "Removed "+c.Value+".", client.Whitelist().Delete(ctx, trustar.Indicator{Type: c.Type, Value: c.Value}))
}

type trustarEnclaves struct{ trustarOut }

func (c *trustarEnclaves) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.EnclaveDetails(ctx)
	return listed(ctx, env, c.trustarOut, found, err, columns[trustar.EnclaveDetails]{
		[]string{"ID", "TYPE", "MAY", "NAME"}, func(e trustar.EnclaveDetails) []string {
			var may []string
			for _, right := range []struct {
				ok   bool
				word string
			}{{e.Read, "read"}, {e.Create, "create"}, {e.Update, "update"}} {
				if right.ok {
					may = append(may, right.word)
				}
			}
			return []string{e.ID, e.Type, strings.Join(may, ","), e.Name}
		},
	})
}

type trustarTriage struct {
	Submissions trustarTriageSubmissions `cmd:"" default:"withargs" help:"List the mails (this is what triage does by itself)."`
	Indicators  trustarTriageIndicators  `cmd:"" help:"List the indicators in them."`
	Set         trustarTriageSet         `cmd:"" help:"Say what became of one."`
}

// trustarTriageList narrows both lists.
type trustarTriageList struct {
	trustarSpan
	Enclave  []string `placeholder:"ID" help:"Enclaves to look in; all that are readable by default."`
	Status   []string `enum:"UNRESOLVED,CONFIRMED,IGNORED" help:"Any of these; UNRESOLVED by default."`
	Priority []int    `placeholder:"SCORE" help:"Priority scores, -1 to 3; any by default."`
}

func (c trustarTriageList) query() (trustar.TriageQuery, error) {
	span, err := c.span()
	q := trustar.TriageQuery{Range: span, PriorityScores: c.Priority, Statuses: c.Status, EnclaveIDs: c.Enclave}
	if c.Limit > 0 {
		q.PageSize = min(c.Limit, 1000)
	}
	return q, err
}

type trustarTriageSubmissions struct{ trustarTriageList }

func (c *trustarTriageSubmissions) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Triage().Submissions(ctx, q), columns[trustar.PhishingSubmission]{
		[]string{"ID", "PRIORITY", "STATUS", "INDICATORS", "TITLE"}, func(s trustar.PhishingSubmission) []string {
			return []string{s.ID, strconv.Itoa(int(s.PriorityScore)), string(s.Status), strconv.Itoa(len(s.Context)), s.Title}
		},
	})
}

type trustarTriageIndicators struct {
	trustarTriageList
	Score []int `placeholder:"SCORE" help:"Indicator scores, 0 to 3; 3 by default."`
}

func (c *trustarTriageIndicators) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	q.IndicatorScores = c.Score
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Triage().Indicators(ctx, q), columns[trustar.PhishingIndicator]{
		[]string{"TYPE", "VALUE", "SCORE", "SOURCE"}, func(i trustar.PhishingIndicator) []string {
			return []string{i.Type, i.Value, strconv.Itoa(int(i.Score)), i.SourceKey}
		},
	})
}

type trustarTriageSet struct {
	trustarAccess
	ID     string `arg:"" help:"The submission's id."`
	Status string `arg:"" enum:"CONFIRMED,IGNORED" help:"${enum}."`
}

func (c *trustarTriageSet) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return done(env, c.ID+" is "+c.Status+".", client.Triage().SetStatus(ctx, c.ID, c.Status))
}

type trustarQuotas struct{ trustarOut }

func (c *trustarQuotas) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.RequestQuotas(ctx)
	return listed(ctx, env, c.trustarOut, found, err, columns[trustar.RequestQuota]{
		[]string{"USED", "OF", "WITHIN", "NEXT RESET"}, func(q trustar.RequestQuota) []string {
			return []string{
				strconv.FormatInt(q.UsedRequests, 10), strconv.FormatInt(q.MaxRequests, 10), (time.Duration(q.TimeWindow) * time.Millisecond).String(),
				q.NextResetTime.Time().Format(time.DateTime),
			}
		},
	})
}

type trustarPing struct{ trustarAccess }

func (c *trustarPing) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	if err := client.Ping(ctx); err != nil {
		return err
	}
	version, err := client.ServerVersion(ctx)
	if err != nil {
		return err
	}
	return write(env.stdout, []byte("The server answers and accepts the credentials. It speaks version "+version+".\n"))
}
