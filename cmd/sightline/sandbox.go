package main

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/server/sandbox"
)

type sandboxCommand struct {
	serveFlags
	Cases         int           `default:"${cases}" help:"How many cases to make."`
	Alerts        int           `help:"How many alerts of Threat Stack to make; by default half as many as cases, 1,000 at most."`
	Seed          uint64        `help:"Seed of the data: the same gives the same."`
	Campaigns     int           `help:"How many campaigns to make, each with a page and the cases that belong to it; by default one for 20 cases, 100 at most."`
	DB            string        `name:"db" placeholder:"PATH" help:"SQLite file for Threat Stack's data, which must be new; in memory by default."`
	TokenLifetime time.Duration `default:"10m" help:"How long an access token is good."`
	DayWindow     bool          `help:"Answer the last day's cases alone where a query has no bound of created_at, as recent releases are said to."`
	BasicOnData   bool          `help:"Accept user and refresh token on data calls, as older releases do."`
}

func (c *sandboxCommand) Help() string {
	return serveHelp + `

Faults on demand: POST /sandbox/faults {"kind":"rate-limit","operation":"cases","times":3,"retryAfter":"1"}
with the header Sandbox-Admin: yes. Kinds: unauthorized, expired-token, rate-limit, server-error,
empty-error, html, cut-before, cut, half, slow, wrong-types, oversized, clock-skew; DELETE takes them back. Operations of Threat Stack begin with
threatstack. or threatstack.v2., e.g. threatstack.alerts. POST /sandbox/expire-tokens makes all tokens worthless.
GET /sandbox/calls counts requests. POST /sandbox/truth {"values":[...]} says which cases hold them.
POST /sandbox/cases/modify {"percent":1,"newObservableEvery":3} changes cases, .../close and .../delete {"count":20} too.
GET /sandbox/campaigns/0 answers a page's text with its cases in the order of truth.

Example: sightline sandbox --cases 500 > sandbox.json`
}

func (c *sandboxCommand) Run(ctx context.Context, env environment) error {
	s, err := sandbox.New(ctx, sandbox.Options{
		Cases: c.Cases, Alerts: c.Alerts, Campaigns: c.Campaigns, Seed: c.Seed, Path: c.DB, TokenLifetime: c.TokenLifetime, BasicOnData: c.BasicOnData, DayWindow: c.DayWindow, Log: c.log(env),
	})
	if err != nil {
		return err
	}
	defer s.Close()
	ln, err := c.listen(ctx, true)
	if err != nil {
		return err
	}
	k := s.Credentials()
	if err := ready(env, struct {
		Service      string `json:"service"`
		URL          string `json:"url"`
		User         string `json:"user"`
		RefreshToken string `json:"refreshToken"`
		ScopedKey    string `json:"scopedKey"`
		ThreatStack  any    `json:"threatstack"`
	}{"sandbox", baseURL(ln), k.User, k.RefreshToken, k.ScopedKey, struct {
		URL            string `json:"url"`
		APIKey         string `json:"apiKey"`
		UserID         string `json:"userId"`
		OrganizationID string `json:"organizationId"`
	}{baseURL(ln), k.ThreatStack.APIKey, k.ThreatStack.UserID, k.ThreatStack.OrganizationID}}); err != nil {
		return err
	}
	ctx, cancel := c.until(ctx, env)
	defer cancel()
	return sandbox.Serve(ctx, ln, s)
}
