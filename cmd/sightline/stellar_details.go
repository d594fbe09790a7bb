package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/stellarcyber"
)

type stellarObservables struct {
	stellarCase
	stellarOut
	Kind []string `help:"Only these kinds, e.g. external_hosts."`
}

// observableLine is an observable as JSON.
type observableLine stellarcyber.Observable

func (o observableLine) MarshalEasyJSON(w *jwriter.Writer) {
	w.RawString(`{"kind":`)
	w.String(o.Kind)
	w.RawString(`,"field":`)
	w.String(o.Field)
	w.RawString(`,"value":`)
	w.String(o.Value)
	w.RawByte('}')
}

func (c *stellarObservables) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	observables, err := platform.Observables(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	var lines []observableLine
	for _, one := range observables.Values() {
		if len(c.Kind) == 0 || strings.Contains(","+strings.Join(c.Kind, ",")+",", ","+one.Kind+",") {
			lines = append(lines, observableLine(one))
		}
	}
	return printAll(ctx, env, c.stellarOut, 0, lines, columns[observableLine]{
		[]string{"KIND", "FIELD", "VALUE"}, func(o observableLine) []string { return []string{o.Kind, o.Field, o.Value} },
	})
}

type stellarAlerts struct {
	stellarCase
	stellarOut
	Limit  int `default:"50" help:"How many to show at most; 0 shows all."`
	Offset int `help:"How many to leave out at the front."`
}

func (c *stellarAlerts) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	now := time.Now()
	list := stellarWalk{c.stellarOut, "alerts", c.Limit, c.Offset}
	return c.missing(env, printWalk(ctx, env, list, platform.WalkAlerts(id, c.Offset), columns[stellarcyber.Alert]{
		[]string{"SCORE", "STATUS", "AGE", "SOURCE", "DESTINATION", "TACTIC", "NAME"},
		func(a stellarcyber.Alert) []string {
			e := a.Event()
			name := e.DisplayName
			if name == "" {
				name = e.Name
			}
			return []string{strconv.FormatFloat(e.Score, 'f', -1, 64), e.Status, age(int64(e.Time), now), e.SourceIP, e.DestinationIP, e.Tactic, name}
		},
	}))
}

type stellarSummary struct{ stellarCase }

func (c *stellarSummary) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	summary, err := platform.Summary(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	for line := range strings.Lines(summary) {
		if _, err := fmt.Fprintln(env.stdout, printable(strings.TrimRight(line, "\r\n"))); err != nil {
			return err
		}
	}
	return nil
}

type stellarActivities struct {
	stellarCase
	stellarOut
}

func (c *stellarActivities) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	activities, err := platform.Activities(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	return printAll(ctx, env, c.stellarOut, 0, activities, columns[stellarcyber.Activity]{
		[]string{"TIME", "FIELD", "FROM", "TO"},
		func(a stellarcyber.Activity) []string {
			return []string{a.At.Time().Format(time.DateTime), a.Field, a.From.String(), a.To.String()}
		},
	})
}

type stellarScores struct {
	stellarCase
	stellarOut
}

func (c *stellarScores) Run(ctx context.Context, env environment) error {
	platform, id, err := c.find(ctx, env)
	if err != nil {
		return err
	}
	scores, err := platform.Scores(ctx, id)
	if err != nil {
		return c.missing(env, err)
	}
	return printAll(ctx, env, c.stellarOut, 0, scores, columns[stellarcyber.Score]{
		[]string{"TIME", "SCORE", "REASONS"},
		func(s stellarcyber.Score) []string {
			var reasons []string
			for _, reason := range s.Reasons {
				reasons = append(reasons, reason.Reason)
			}
			return []string{s.At.Time().Format(time.DateTime), strconv.FormatFloat(s.Score, 'f', 1, 64), strings.Join(reasons, "; ")}
		},
	})
}

type stellarTenants struct {
	stellarAccess
	stellarOut
}

func (c *stellarTenants) Run(ctx context.Context, env environment) error {
	platform, err := c.platform(env)
	if err != nil {
		return err
	}
	tenants, err := platform.Tenants(ctx, c.Fields...)
	if err != nil {
		return err
	}
	return printAll(ctx, env, c.stellarOut, 0, tenants, columns[stellarcyber.Tenant]{
		[]string{"ID", "SENSORS", "USERS", "GROUP", "NAME"},
		func(t stellarcyber.Tenant) []string {
			return []string{t.ID, strconv.Itoa(t.Sensors), strconv.Itoa(t.Users), t.Group, t.Name}
		},
	})
}

type stellarUsers struct {
	stellarAccess
	stellarOut
}

func (c *stellarUsers) Run(ctx context.Context, env environment) error {
	platform, err := c.platform(env)
	if err != nil {
		return err
	}
	users, err := platform.Users(ctx)
	if err != nil {
		return err
	}
	return printAll(ctx, env, c.stellarOut, 0, users, columns[stellarcyber.User]{
		[]string{"ID", "PROFILE", "EMAIL"}, func(u stellarcyber.User) []string { return []string{u.ID, u.Profile, u.Email} },
	})
}
