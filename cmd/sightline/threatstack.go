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
	Agents        threatstackAgents        `cmd:"" help:"List Threat Stack agents, or get one."`
	Alerts        threatstackAlerts        `cmd:"" help:"List Threat Stack alerts, or get one with its events."`
	Logs          threatstackLogs          `cmd:"" help:"List Threat Stack's audit log."`
	Organizations threatstackOrganizations `cmd:"" help:"List Threat Stack organizations."`
	Policies      threatstackPolicies      `cmd:"" help:"List Threat Stack policies, or get one."`
}

func (c *threatstackCommand) Help() string {
	return `Reads Threat Stack by version 1 of its API. Nothing is changed there.

` + threatstackHelp + `

Examples:
  sightline threatstack alerts --since 24h --threatstack sandbox.json
  sightline threatstack alerts list --since "2017-05-01 08:00:00" --until "2017-05-01 09:00:00" --fields id,title
  sightline threatstack agents --fields hostname,ip_address --out jsonl --limit 0
  sightline threatstack alerts get 5a1b2c3d4e5f607182931001

All flags: sightline threatstack alerts list --help

Exit codes: 0 done, 1 error, 2 called wrongly, 3 nothing found, or there is no such object.`
}

const threatstackHelp = `Without a file or a profile the environment says how to reach it: SIGHTLINE_THREATSTACK_KEY, _ORG (in
version 1 needed only to choose among organizations), _USER (version 2), _URL (the vendor's by default).`

// waitOnLimit is how long a command waits by itself when it has asked too often.
const waitOnLimit = time.Minute

type threatstackAccess struct {
	profileFlags
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

func (a threatstackAccess) client(env environment) (*threatstack.Client, error) {
	config, _, err := a.config(env)
	if err != nil {
		return nil, err
	}
	return threatstack.New(config)
}

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

// list prints what seq brings. Objects are printed as they come where that can be done.
func list[T marshaler](ctx context.Context, env environment, c *threatstackList, paged bool,
	seq func(*threatstack.Client, threatstack.ListOptions) iter.Seq2[T, error], shown columns[T],
) error {
	opts, err := c.options(time.Now())
	if err != nil {
		return err
	}
	if paged && c.Limit > 0 {
		opts.Count = min(c.Limit, 100)
	}
	client, err := c.client(env)
	if err != nil {
		return err
	}
	p := printer[T]{env: env, out: c.threatstackOut, shown: shown}
	for one, err := range seq(client, opts) {
		if err != nil {
			return errors.Join(p.end(), err)
		}
		if err := p.print(one); err != nil {
			return err
		}
		if c.Limit > 0 && p.n == c.Limit || ctx.Err() != nil {
			break
		}
	}
	if err := errors.Join(p.end(), ctx.Err()); err != nil {
		return err
	}
	if p.n == 0 {
		return errNothing
	}
	return nil
}

// get prints one object, as indented JSON on a terminal.
func get[T marshaler](env environment, c *threatstackGet, what string, shown columns[T], ask func(*threatstack.Client, string, ...string) (T, bool, error)) error {
	client, err := c.client(env)
	if err != nil {
		return err
	}
	found, ok, err := ask(client, c.ID, c.Fields...)
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
