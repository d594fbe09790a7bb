package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

type stellarCommand struct {
	Cases       stellarCases       `cmd:"" help:"List, get, change and comment Stellar Cyber cases."`
	Observables stellarObservables `cmd:"" help:"List what the platform found in a case's alerts."`
	Alerts      stellarAlerts      `cmd:"" help:"List the alerts that a case is made of."`
	Summary     stellarSummary     `cmd:"" help:"Print the platform's text about a case."`
	Activities  stellarActivities  `cmd:"" help:"List what was changed of a case."`
	Scores      stellarScores      `cmd:"" help:"List how a case's score changed."`
	Tenants     stellarTenants     `cmd:"" help:"List tenants."`
	Users       stellarUsers       `cmd:"" help:"List users."`
}

func (c *stellarCommand) Help() string {
	return `Reads and changes Stellar Cyber. A case is named by its id or by its number.

` + stellarHelp + `

Examples:
  sightline stellar cases --min-score 80 --status New --stellarcyber sandbox.json
  sightline stellar cases list --limit 0 --since all --fields _id,name,score --out jsonl > cases.jsonl
  sightline stellar cases get 1667
  sightline stellar cases update 1667 --status Resolved --resolution Benign --add-tag synced
  sightline stellar cases comment 1667 "Seen before, see 1604."
  sightline stellar alerts 1667 --limit 0 --out jsonl

All flags: sightline stellar cases list --help

Exit codes: 0 done, 1 error, 2 called wrongly, 3 nothing found, or there is no such case.`
}

const stellarHelp = `Without a file or a profile the environment says how to reach it: SIGHTLINE_STELLARCYBER_URL, _USER, _KEY
(no user: a user-scoped key), _CA (a PEM file with the certificate of an appliance that made its own).`

type stellarAccess struct {
	profileFlags
	StellarCyber string `name:"stellarcyber" type:"existingfile" placeholder:"FILE" help:"File that says how to reach Stellar Cyber: the line that sightline sandbox prints will do."`
	CA           string `name:"ca" type:"existingfile" placeholder:"PEM" help:"Certificate to believe besides the system's authorities, for an appliance that made its own."`
	Unverified   bool   `name:"unverified-certificate" help:"Believe the server whatever certificate it has. Whoever stands between can then read and change everything, the key included: prefer --ca."`
}

func (a stellarAccess) platform(env environment) (*stellarcyber.Platform, error) {
	if err := a.only(env, profile.StellarCyber); err != nil {
		return nil, err
	}
	server, ok, err := access{profileFlags: a.profileFlags, StellarCyber: a.StellarCyber}.stellar(env)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, usageError("say how to reach Stellar Cyber: --stellarcyber FILE, --profile NAME or SIGHTLINE_STELLARCYBER_URL")
	}
	way, err := a.way(env, server.BaseURL)
	if err != nil {
		return nil, err
	}
	return stellarcyber.NewPlatform(stellarcyber.Config{
		Transport: way, BaseURL: server.BaseURL, User: server.Identity, Key: api.Secret(server.Secret), WebURL: server.WebURL, MaxWait: waitOnLimit,
	})
}

// way is a transport that believes what the flags or the environment say, else what
// the profiles do.
func (a stellarAccess) way(env environment, address string) (api.Transport, error) {
	path := a.CA
	if path == "" && len(a.Profile) == 0 {
		path = env.getenv("SIGHTLINE_STELLARCYBER_CA")
	}
	if path == "" && !a.Unverified {
		return a.transport(env)
	}
	var config httptransport.Config
	if path != "" {
		pem, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if config.Roots, err = httptransport.RootsWith(pem); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if a.Unverified {
		at, err := url.Parse(address)
		if err != nil {
			return nil, usageError("the address of Stellar Cyber cannot be read")
		}
		config.Unverified = httptransport.Unverified{Hosts: []string{at.Host}, Warn: func(host string) {
			fmt.Fprintf(env.stderr, "sightline: warning: the certificate of %s is not verified; whoever stands between can read the key\n", printable(host))
		}}
	}
	return httptransport.New(config), nil
}

// stellarCase is a command about one case.
type stellarCase struct {
	stellarAccess
	Case string `arg:"" help:"The case's id, or its number."`
}

// find returns the client and the case's id.
func (c stellarCase) find(ctx context.Context, env environment) (*stellarcyber.Platform, string, error) {
	platform, err := c.platform(env)
	if err != nil {
		return nil, "", err
	}
	ticket, err := strconv.ParseInt(strings.TrimPrefix(c.Case, "#"), 10, 64)
	if err != nil || len(c.Case) >= 24 { // an id of digits alone
		return platform, c.Case, nil
	}
	found, ok, err := platform.CaseByTicket(ctx, ticket)
	if err != nil {
		return nil, "", err
	}
	if !ok {
		return nil, "", c.none(env)
	}
	return platform, found.ID, nil
}

// none says that there is no such case.
func (c stellarCase) none(env environment) error {
	fmt.Fprintf(env.stderr, "There is no case %s.\n", printable(c.Case))
	return errNothing
}

// missing is none for the platform's 404.
func (c stellarCase) missing(env environment, err error) error {
	var status *api.StatusError
	if errors.As(err, &status) && status.Status == 404 {
		return c.none(env)
	}
	return err
}

// stellarOut is how objects are printed.
type stellarOut struct {
	Fields []string `placeholder:"NAME" help:"Print these fields alone, named as the platform does, e.g. _id,name,score; they are the table's columns too."`
	Out    string   `enum:"auto,table,json,jsonl" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON lines elsewhere."`
}

// stellarWalk is how a list is printed that goes on where it was broken off.
type stellarWalk struct {
	stellarOut
	what          string // the objects
	limit, offset int
}

// printWalk prints what a walk brings. What came before a failure is printed, and how to
// go on.
func printWalk[T marshaler](ctx context.Context, env environment, list stellarWalk, walk *stellarcyber.Walk[T], shown columns[T]) error {
	p := printer[T]{env: env, out: outFlags(list.stellarOut), shown: shown}
	bar := env.count(list.what, list.stellarOut)
	for one, err := range walk.All(ctx) {
		if err != nil {
			bar.end()
			err = errors.Join(p.end(), err)
			if at := walk.Offset(); at > list.offset {
				fmt.Fprintf(env.stderr, "Broken off. --offset %d goes on.\n", at)
			}
			return err
		}
		if err := p.print(one); err != nil {
			bar.end()
			return err
		}
		if bar.step(p.n, list.total(walk.Total())); list.limit > 0 && p.n == list.limit {
			break
		}
	}
	bar.end()
	if p.n == 0 {
		return errNothing
	}
	return p.end()
}

// total is how many will be shown of those that match.
func (w stellarWalk) total(matches int) int {
	left := max(matches-w.offset, 0)
	if w.limit == 0 {
		return left
	}
	return min(left, w.limit)
}

// printAll prints a list that is there as a whole.
func printAll[T marshaler](ctx context.Context, env environment, out stellarOut, limit int, all []T, shown columns[T]) error {
	return show(ctx, env, outFlags(out), limit, each(all, nil), shown)
}
