package main

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/stellarcyber"
)

type stellarCases struct {
	List     stellarCasesList    `cmd:"" default:"withargs" help:"List cases (this is what cases does by itself)."`
	Get      stellarCasesGet     `cmd:"" help:"Get a case by its id or number."`
	Update   stellarCasesUpdate  `cmd:"" help:"Change a case: status, severity, assignee, tags, resolution."`
	Comments stellarCaseComments `cmd:"" help:"List a case's comments."`
	Comment  stellarCaseComment  `cmd:"" help:"Add a comment to a case."`
}

type stellarCasesList struct {
	stellarAccess
	stellarOut
	Limit         int      `default:"25" help:"How many to show at most; 0 shows all."`
	Since         string   `default:"30d" placeholder:"TIME" help:"Made from when on: 2026-05-01, \"2026-05-01 08:00:00\" (UTC), or how long ago, e.g. 24h; 30d by default, all is without end."`
	Until         string   `placeholder:"TIME" help:"Made until when, written in the same way."`
	ModifiedSince string   `placeholder:"TIME" help:"Changed from when on."`
	MinScore      float64  `help:"Lowest score, 0 to 100."`
	MaxScore      float64  `default:"100" help:"Highest score, 0 to 100."`
	Tenant        string   `placeholder:"ID" help:"Tenant's id, not its name."`
	Assignee      string   `placeholder:"ID" help:"Assigned to this user's id."`
	Status        []string `placeholder:"STATUS" help:"New, Escalated, In Progress, Resolved, Cancelled; any of those given."`
	Severity      string   `help:"Critical, High, Medium or Low."`
	Tag           []string `help:"Has any of these tags."`
	NotTag        string   `help:"Has not this tag."`
	NotModifiedBy string   `placeholder:"ID" help:"Was not changed last by this user's id."`
	MinSize       int      `help:"Fewest alerts."`
	Where         []string `sep:"none" placeholder:"ARGUMENT" help:"Further arguments of the API as they are sent, e.g. FROM~size=2."`
	Sort          string   `default:"score" help:"By what: score, created_at, modified_at or another field."`
	Order         string   `enum:"asc,desc" default:"desc" help:"Which way: ${enum}."`
	Offset        int      `help:"How many to leave out at the front: goes on where a long list was broken off."`
}

func caseColumns(now time.Time) columns[stellarcyber.Case] {
	return columns[stellarcyber.Case]{
		[]string{"NUMBER", "SCORE", "SEVERITY", "STATUS", "AGE", "TENANT", "OWNER", "NAME"},
		func(c stellarcyber.Case) []string {
			return []string{
				strconv.FormatInt(c.TicketID, 10), strconv.FormatFloat(c.Score, 'f', -1, 64), c.Severity, c.Status, age(int64(c.CreatedAt), now),
				c.TenantName, c.AssigneeName, c.Name,
			}
		},
	}
}

func (c *stellarCasesList) Run(ctx context.Context, env environment) error {
	now := time.Now()
	query, err := c.query(now)
	if err != nil {
		return err
	}
	platform, err := c.platform(env)
	if err != nil {
		return err
	}
	return printWalk(ctx, env, stellarWalk{c.stellarOut, "cases", c.Limit, c.Offset}, platform.WalkCases(query), caseColumns(now))
}

func (c *stellarCasesList) query(now time.Time) (stellarcyber.CaseQuery, error) {
	q := stellarcyber.CaseQuery{
		Skip: c.Offset, Sort: c.Sort, Order: c.Order, MinScore: c.MinScore, TenantID: c.Tenant, Assignee: c.Assignee, Statuses: c.Status,
		Severity: c.Severity, Tags: c.Tag, NotTag: c.NotTag, NotModifiedBy: c.NotModifiedBy, MinSize: c.MinSize,
	}
	if c.Limit > 0 {
		q.Limit = min(c.Limit, stellarcyber.MaxLimit)
	}
	if c.Sort == "score" {
		q.Sort = "case_score"
	}
	if c.MaxScore < 100 {
		q.ScoreTo = &c.MaxScore
	}
	since := c.Since
	if since == "all" {
		since = ""
	}
	for _, bound := range []struct {
		flag, text string
		into       *time.Time
	}{{"since", since, &q.CreatedFrom}, {"until", c.Until, &q.CreatedTo}, {"modified-since", c.ModifiedSince, &q.ModifiedFrom}} {
		at, err := parseMoment(bound.flag, bound.text, now)
		if err != nil {
			return q, err
		}
		if bound.text != "" {
			*bound.into = at.Time()
		}
	}
	for _, argument := range c.Where {
		name, value, ok := strings.Cut(argument, "=")
		if !ok {
			return q, usageError("--where: write NAME=VALUE")
		}
		q.Extra = append(q.Extra, stellarcyber.Argument{Name: name, Value: value})
	}
	return q, nil
}

type stellarCasesGet struct {
	stellarCase
	stellarOut
}

func (c *stellarCasesGet) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	found, err := platform.Case(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	return c.print(env, found)
}

// print prints one case, as indented JSON unless told otherwise.
func (c stellarOut) print(env environment, found stellarcyber.Case) error {
	return showOne(env, outFlags(c), found, caseColumns(time.Now()))
}

type stellarCasesUpdate struct {
	stellarCase
	stellarOut
	Status      string   `help:"New, Escalated, In Progress, Resolved or Cancelled."`
	Severity    string   `help:"Critical, High, Medium or Low."`
	Assignee    string   `placeholder:"USER" help:"A user's id or e-mail address."`
	Name        string   `help:"Another name."`
	Description string   `help:"Another description."`
	AddTag      []string `help:"Tags to add."`
	DeleteTag   []string `help:"Tags to take away."`
	Resolution  string   `help:"False Positive, Benign or True Positive; goes with --status Resolved."`
	CloseAlerts bool     `help:"Close the case's alerts too; needs --status Resolved or Cancelled."`
}

func (c *stellarCasesUpdate) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	changed, err := platform.UpdateCase(ctx, id, stellarcyber.CaseUpdate{
		Status: c.Status, Severity: c.Severity, Assignee: c.Assignee, Name: c.Name, Description: c.Description,
		AddTags: c.AddTag, DeleteTags: c.DeleteTag, Resolution: c.Resolution, CloseAlerts: c.CloseAlerts,
	})
	if err != nil {
		return c.missing(env, err)
	}
	return c.print(env, changed)
}

type stellarCaseComments struct {
	stellarCase
	stellarOut
}

func commentColumns() columns[stellarcyber.Comment] {
	return columns[stellarcyber.Comment]{
		[]string{"TIME", "USER", "COMMENT"},
		func(c stellarcyber.Comment) []string {
			return []string{c.CreatedAt.Time().Format(time.DateTime), c.User, c.Comment}
		},
	}
}

func (c *stellarCaseComments) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	comments, err := platform.Comments(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	return printAll(ctx, env, c.stellarOut, 0, comments, commentColumns())
}

type stellarCaseComment struct {
	stellarCase
	stellarOut
	Text string `arg:"" help:"The comment; - is standard input."`
}

// maxComment is the most that is read of standard input, in bytes.
const maxComment = 1 << 20

func (c *stellarCaseComment) Run(ctx context.Context, env environment) error {
	if c.Text == "-" {
		text, err := io.ReadAll(io.LimitReader(env.stdin, maxComment+1))
		if err != nil {
			return err
		}
		if len(text) > maxComment {
			return usageError("the comment is longer than 1 MB")
		}
		c.Text = strings.TrimSpace(string(text))
	}
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	comment, err := platform.AddComment(ctx, id, c.Text)
	if err != nil {
		return c.missing(env, err)
	}
	return printAll(ctx, env, c.stellarOut, 0, []stellarcyber.Comment{comment}, commentColumns())
}
