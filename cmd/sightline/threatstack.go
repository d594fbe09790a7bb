package main

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/threatstack"
)

type threatstackCommand struct {
	Agents          threatstackAgents          `cmd:"" help:"List Threat Stack agents, or get one."`
	Alerts          threatstackAlerts          `cmd:"" help:"List Threat Stack alerts, get one with its events, count or dismiss them."`
	Logs            threatstackLogs            `cmd:"" help:"List the audit log (version 1)."`
	Organizations   threatstackOrganizations   `cmd:"" help:"List organizations (version 1)."`
	Policies        threatstackPolicies        `cmd:"" help:"List policies, or get one (version 1)."`
	Vulnerabilities threatstackVulnerabilities `cmd:"" help:"List vulnerabilities, the hosts and packages that have them, and suppressions (version 2)."`
	Rulesets        threatstackRulesets        `cmd:"" help:"List, get, make, change or delete rulesets (version 2)."`
	Rules           threatstackRules           `cmd:"" help:"List, get, make, change or delete the rules of a ruleset (version 2)."`
	Tags            threatstackTags            `cmd:"" help:"Show or set which hosts a rule is for, by their tags (version 2)."`
	EC2             threatstackEC2             `cmd:"" name:"ec2" help:"List the hosts at Amazon (version 2)."`
	Members         threatstackMembers         `cmd:"" help:"List, add, remove or invite members of the organization (version 2)."`
	Audit           threatstackAudit           `cmd:"" help:"List the audit log (version 2)."`
	S3Export        threatstackS3Export        `cmd:"" name:"s3export" help:"Show, set or end the export of events to a bucket (version 2)."`
	Test            threatstackTest            `cmd:"" help:"Try the credentials."`
}

func (c *threatstackCommand) Help() string {
	return `Speaks both versions of the API. Version 1 takes a key; version 2 signs requests with it, and needs the
ids of the user and of the organization. Where both have a call, --api or the profile says which.

` + threatstackHelp + `

Examples:
  sightline threatstack alerts --since 24h --threatstack sandbox.json
  sightline threatstack alerts list --since "2017-05-01 08:00:00" --until "2017-05-01 09:00:00" --fields id,title
  sightline threatstack agents --fields hostname,ip_address --out jsonl --limit 0
  sightline threatstack alerts get 5a1b2c3d4e5f607182931001
  sightline threatstack alerts --api 2 --severity 1 --profile hosts
  sightline threatstack alerts dismiss ID ID --reason MAINTENANCE --profile hosts
  sightline threatstack vulnerabilities servers CVE-2018-0001 --out table

All flags: sightline threatstack alerts list --help

Exit codes: 0 done, 1 error, 2 called wrongly, 3 nothing found, or there is no such object.`
}

const threatstackHelp = `Without a file or a profile the environment says how to reach it: SIGHTLINE_THREATSTACK_KEY, _ORG (in
version 1 needed only to choose among organizations), _USER (version 2), _URL (the vendor's by default).`

// waitOnLimit is how long a command waits by itself when it has asked too often.
const waitOnLimit = time.Minute

type threatstackAccess struct {
	profileFlags
	API         string `name:"api" enum:"auto,1,2" default:"auto" help:"Version of the API: ${enum}. auto is the profile's, or the one that has the call."`
	ThreatStack string `name:"threatstack" type:"existingfile" placeholder:"FILE" help:"File that says how to reach Threat Stack: the line that sightline sandbox prints will do."`
}

// config says how to reach Threat Stack, and which version of its API to speak.
func (a threatstackAccess) config(env environment) (threatstack.Config, string, error) {
	if err := a.only(env, profile.ThreatStack); err != nil {
		return threatstack.Config{}, "", err
	}
	named, err := a.named(env, profile.ThreatStack, a.ThreatStack != "" || env.getenv("SIGHTLINE_THREATSTACK_KEY") != "", a.ThreatStack)
	switch {
	case err != nil:
		return threatstack.Config{}, "", err
	case len(named) > 1:
		return threatstack.Config{}, "", usageError("give one --profile")
	case len(named) == 1:
		return threatstackConfig(env, named[0])
	}
	file := accessFile{
		URL: env.getenv("SIGHTLINE_THREATSTACK_URL"), APIKey: env.getenv("SIGHTLINE_THREATSTACK_KEY"), Version: env.getenv("SIGHTLINE_THREATSTACK_VERSION"),
		OrganizationID: env.getenv("SIGHTLINE_THREATSTACK_ORG"), UserID: env.getenv("SIGHTLINE_THREATSTACK_USER"),
	}
	if err := overlay(&file, a.ThreatStack); err != nil {
		return threatstack.Config{}, "", err
	}
	if file.ThreatStack != nil {
		file = *file.ThreatStack
	}
	if file.APIKey == "" {
		return threatstack.Config{}, "", usageError("say how to reach Threat Stack: --threatstack FILE, --profile NAME or SIGHTLINE_THREATSTACK_KEY")
	}
	return threatstack.Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: file.URL, APIKey: api.Secret(file.APIKey),
		OrgID: file.OrganizationID, UserID: file.UserID, MaxWait: waitOnLimit,
	}, file.Version, nil
}

// threatstackConfig is how to reach Threat Stack by a profile.
func threatstackConfig(env environment, p profile.Profile) (threatstack.Config, string, error) {
	keys, err := env.secrets().Resolve(p)
	if err != nil {
		return threatstack.Config{}, "", err
	}
	way, err := transportOf(p)
	if err != nil {
		return threatstack.Config{}, "", err
	}
	return threatstack.Config{
		Transport: way, BaseURL: p.URL, APIKey: api.Secret(keys.Key), OrgID: p.Organization, UserID: p.User, MaxWait: waitOnLimit,
	}, p.APIVersion, nil
}

// reached is how to reach Threat Stack in the version that was settled on.
type reached struct {
	threatstack.Config
	two bool
}

// reach settles on a version: the one that is asked for, else the only one that has
// the call ("" where both have it), else the profile's, else the first.
func (a threatstackAccess) reach(env environment, only string) (reached, error) {
	if only != "" && a.API != "auto" && a.API != only {
		return reached{}, usageError("version " + a.API + " of the API has no such call; version " + only + " has")
	}
	config, version, err := a.config(env)
	switch {
	case err != nil:
		return reached{}, err
	case only != "":
		version = only
	case a.API != "auto":
		version = a.API
	}
	return reached{config, version == threatstack.Version2}, nil
}

// either calls the function of the version that was settled on.
func (a threatstackAccess) either(env environment, one func(*threatstack.Client) error, two func(*threatstack.ClientV2) error) error {
	r, err := a.reach(env, "")
	if err != nil {
		return err
	}
	if r.two {
		client, err := r.v2()
		if err != nil {
			return err
		}
		return two(client)
	}
	client, err := r.v1()
	if err != nil {
		return err
	}
	return one(client)
}

func (r reached) v1() (*threatstack.Client, error)   { return threatstack.New(r.Config) }
func (r reached) v2() (*threatstack.ClientV2, error) { return threatstack.NewV2(r.Config) }

type threatstackList struct {
	threatstackAccess
	outFlags
	Limit int    `default:"25" help:"How many to show at most; 0 shows all."`
	Since string `placeholder:"TIME" help:"From when on: 2017-05-01, \"2017-05-01 08:00:00\" (UTC), or how long ago, e.g. 24h or 7d. By default the server says, a week for agents and alerts."`
	Until string `placeholder:"TIME" help:"Until when, written in the same way."`
}

type threatstackGet struct {
	threatstackAccess
	outFlags
	ID string `arg:"" help:"The object's id."`
}

// options are those of the platform, now being when the command was called.
func (c *threatstackList) options(now time.Time) (threatstack.ListOptions, error) {
	opts := threatstack.ListOptions{Fields: c.Fields}
	var err error
	if opts.Start, err = parseMoment("since", c.Since, now); err != nil {
		return opts, err
	}
	opts.End, err = parseMoment("until", c.Until, now)
	return opts, err
}

// parseMoment reads a time, or a duration before now: hours and less as Go writes
// them, and days.
func parseMoment(flag, text string, now time.Time) (threatstack.Time, error) {
	if text == "" {
		return threatstack.Time{}, nil
	}
	if at, err := threatstack.ParseTime(text); err == nil {
		return at, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.ParseUint(days, 10, 16); err == nil {
			return threatstack.At(now.AddDate(0, 0, -int(n))), nil
		}
	}
	if ago, err := time.ParseDuration(text); err == nil && ago >= 0 {
		return threatstack.At(now.Add(-ago).Truncate(time.Second)), nil
	}
	return threatstack.Time{}, usageError("--" + flag + `: write 2017-05-01, "2017-05-01 08:00:00", 24h or 7d`)
}

// list1 prints a list of version 1.
func list1[T marshaler](ctx context.Context, env environment, c *threatstackList, r reached, paged bool,
	seq func(*threatstack.Client, threatstack.ListOptions) iter.Seq2[T, error], shown columns[T],
) error {
	opts, err := c.options(time.Now())
	if err != nil {
		return err
	}
	if paged && c.Limit > 0 {
		opts.Count = min(c.Limit, 100)
	}
	client, err := r.v1()
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, seq(client, opts), shown)
}

// list2 prints a list of version 2.
func list2[T marshaler](ctx context.Context, env environment, c *threatstackList, r reached,
	seq func(client *threatstack.ClientV2, from, until threatstack.Time) iter.Seq2[T, error], shown columns[T],
) error {
	opts, err := c.options(time.Now())
	if err != nil {
		return err
	}
	client, err := r.v2()
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, seq(client, opts.Start, opts.End), shown)
}

// got prints an object that was asked for, if there is one.
func got[T marshaler](env environment, c threatstackGet, what string, found T, ok bool, err error, shown columns[T]) error {
	if err != nil {
		return err
	}
	if !ok {
		fmt.Fprintf(env.stderr, "There is no %s %s.\n", what, printable(c.ID))
		return errNothing
	}
	return showOne(env, c.outFlags, found, shown)
}
