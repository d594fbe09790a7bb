package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jwriter"

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

func (r reached) v1() (*threatstack.Client, error)   { return threatstack.New(r.Config) }
func (r reached) v2() (*threatstack.ClientV2, error) { return threatstack.NewV2(r.Config) }

// threatstackOut is how objects are printed.
type threatstackOut struct {
	Fields []string `placeholder:"NAME" help:"Ask for these fields alone, e.g. id,hostname; they are the table's columns too."`
	Out    string   `enum:"auto,table,json,jsonl" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON lines elsewhere."`
}

type threatstackList struct {
	threatstackAccess
	threatstackOut
	Limit int    `default:"25" help:"How many to show at most; 0 shows all."`
	Since string `placeholder:"TIME" help:"From when on: 2017-05-01, \"2017-05-01 08:00:00\" (UTC), or how long ago, e.g. 24h or 7d. By default the server says, a week for agents and alerts."`
	Until string `placeholder:"TIME" help:"Until when, written in the same way."`
}

type threatstackGet struct {
	threatstackAccess
	threatstackOut
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

type marshaler interface {
	MarshalEasyJSON(w *jwriter.Writer)
}

// columns are what a table shows of an object when no fields are named.
type columns[T any] struct {
	head []string
	row  func(T) []string
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
	return show(ctx, env, c, seq(client, opts), shown)
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
	return show(ctx, env, c, seq(client, opts.Start, opts.End), shown)
}

// show prints what seq brings. Objects are printed as they come where that can be done.
func show[T marshaler](ctx context.Context, env environment, c *threatstackList, seq iter.Seq2[T, error], shown columns[T]) error {
	p := printer[T]{env: env, out: c.threatstackOut, shown: shown}
	walk := env.walk(c.Limit, p.way() != "jsonl")
	for one, err := range seq {
		if err != nil {
			walk.end()
			return errors.Join(p.end(), err)
		}
		if err := p.print(one); err != nil {
			walk.end()
			return err
		}
		walk.step()
		if c.Limit > 0 && p.n == c.Limit || ctx.Err() != nil {
			break
		}
	}
	walk.end()
	if err := errors.Join(p.end(), ctx.Err()); err != nil {
		return err
	}
	if p.n == 0 {
		return errNothing
	}
	return nil
}

// get prints one object, as indented JSON on a terminal.
func get[T marshaler](env environment, c *threatstackGet, what string, shown columns[T], ask func(id string, fields ...string) (T, bool, error)) error {
	found, ok, err := ask(c.ID, c.Fields...)
	if err != nil {
		return err
	}
	if !ok {
		fmt.Fprintf(env.stderr, "There is no %s %s.\n", what, printable(c.ID))
		return errNothing
	}
	if c.Out == "auto" || c.Out == "json" {
		body, err := encodeObject(found, c.Fields)
		if err != nil {
			return err
		}
		return printIndented(env, body)
	}
	p := printer[T]{env: env, out: c.threatstackOut, shown: shown}
	return errors.Join(p.print(found), p.end())
}

// printer prints objects in one of three ways.
type printer[T marshaler] struct {
	env   environment
	out   threatstackOut
	shown columns[T]
	n     int
	rows  [][]string
	whole []json.RawMessage
}

func (p *printer[T]) way() string {
	switch {
	case p.out.Out != "auto":
		return p.out.Out
	case p.env.terminal:
		return "table"
	}
	return "jsonl"
}

func (p *printer[T]) print(one T) error {
	p.n++
	if p.way() == "table" && len(p.out.Fields) == 0 {
		p.rows = append(p.rows, p.shown.row(one))
		return nil
	}
	body, err := encodeObject(one, p.out.Fields)
	if err != nil {
		return err
	}
	switch p.way() {
	case "table":
		p.rows = append(p.rows, cells(body, p.out.Fields))
	case "json":
		p.whole = append(p.whole, body)
	default:
		_, err = fmt.Fprintf(p.env.stdout, "%s\n", body)
	}
	return err
}

// end prints what had to wait for the last object.
func (p *printer[T]) end() error {
	switch {
	case p.n == 0:
		return nil
	case p.way() == "json":
		body, err := json.Marshal(p.whole)
		if err != nil {
			return err
		}
		return printIndented(p.env, body)
	case p.way() == "table":
		head := p.shown.head
		if len(p.out.Fields) > 0 {
			head = nil
			for _, field := range p.out.Fields {
				head = append(head, strings.ToUpper(field))
			}
		}
		return table(p.env.stdout, append([][]string{head}, p.rows...))
	}
	return nil
}

func printIndented(env environment, body []byte) error {
	var whole any
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	if err := decoder.Decode(&whole); err != nil {
		return err
	}
	encoder := json.NewEncoder(env.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(whole)
}

// encodeObject writes an object as JSON, the named fields alone if any are named:
// what was not asked for is zero, and looks like an answer.
func encodeObject(one marshaler, fields []string) (json.RawMessage, error) {
	var w jwriter.Writer
	one.MarshalEasyJSON(&w)
	body, err := w.BuildBytes()
	if err != nil || len(fields) == 0 {
		return body, err
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteByte('{')
	for _, field := range fields {
		if value, ok := whole[field]; ok {
			if b.Len() > 1 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(field) + ":")
			b.Write(value)
			delete(whole, field) // a name that is given twice
		}
	}
	return json.RawMessage(b.String() + "}"), nil
}

// cells are the values of an object's fields as text.
func cells(body json.RawMessage, fields []string) []string {
	var whole map[string]json.RawMessage
	_ = json.Unmarshal(body, &whole) // it was written a moment ago
	var row []string
	for _, field := range fields {
		var text string
		if json.Unmarshal(whole[field], &text) != nil {
			text = string(whole[field])
		}
		row = append(row, text)
	}
	return row
}
