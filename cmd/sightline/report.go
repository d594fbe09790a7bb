package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/report"
)

type reportCommand struct {
	Send   sendCommand   `cmd:"" default:"withargs" help:"File a passage (this is what report does by itself)."`
	Resume resumeCommand `cmd:"" help:"Send what earlier calls could not, and list the outbox."`
}

// outboxFlags are what every command needs that sends.
type outboxFlags struct {
	access
	Outbox string        `type:"path" placeholder:"DIR" help:"Where submissions are kept until they are filed; the user's state folder by default."`
	Wait   time.Duration `default:"1m" help:"How long to go on trying before the submission is left in the outbox."`
	Out    string        `enum:"auto,text,json" default:"auto" help:"How to answer: ${enum}. auto is text on a terminal and JSON elsewhere."`
}

type sendCommand struct {
	outboxFlags
	File         string   `arg:"" optional:"" default:"-" help:"Text or HTML to file; - is standard input."`
	In           string   `enum:"auto,text,html" default:"auto" help:"How the input is written: ${enum}."`
	Title        string   `help:"Title of the report; the page's own by default."`
	Distribution string   `enum:"ENCLAVE,COMMUNITY" default:"ENCLAVE" help:"Who may read it: ${enum}."`
	Enclave      []string `placeholder:"ID" help:"Enclaves to file into, with ENCLAVE."`
	TimeBegan    string   `placeholder:"TIME" help:"When it began, ISO-8601 with zone; the time of filing by default."`
	URL          string   `name:"url" placeholder:"URL" help:"Where the passage was read."`
	DryRun       bool     `help:"Print exactly what would be sent, and send nothing."`
}

func (c *reportCommand) Help() string {
	return `The report is the passage, followed by a list of its indicators. What is held back is taken out where
it is an address of your own network. It is kept on disk before it is sent and until it is filed: what
was not sent is sent by sightline report resume, under the same id, so that it is never filed twice.

` + accessHelp + `

Examples:
  sightline report report.html --enclave ID --trustar station.json --dry-run
  sightline report report.html --enclave ID --trustar station.json
  sightline report resume --trustar station.json

All flags: sightline report send --help

Exit codes: 0 filed (or printed, with --dry-run), 1 not filed, 2 called wrongly, 3 no indicators in it.`
}

func (c *sendCommand) Run(ctx context.Context, env environment) error {
	if err := c.only(env, profile.TruSTAR); err != nil {
		return err
	}
	reached, ok, err := c.trustar(env)
	if err != nil {
		return err
	}
	if !ok {
		return usageError("say how to reach TruSTAR: --trustar FILE, --profile NAME or SIGHTLINE_TRUSTAR_URL")
	}
	doc, err := env.read(c.File, c.In)
	if err != nil {
		return err
	}
	way, err := c.transport(env)
	if err != nil {
		return err
	}
	uses := newAppOver(way, reached)
	draft, err := c.draft(ctx, env, uses, reached.ID, report.Page{Passages: []string{doc.Text}, Title: doc.Title, URL: c.URL})
	if err != nil {
		return err
	}
	verdict := uses.Check(draft)
	if len(verdict.Problems) > 0 {
		return &app.DraftError{Problems: verdict.Problems}
	}
	if c.DryRun {
		return c.show(env, verdict.Prepared)
	}
	item, err := uses.Freeze(draft, verdict.Prepared.Hash)
	if err != nil {
		return err
	}
	box, err := openOutbox(c.Outbox, env)
	if err != nil {
		return err
	}
	sender := sender{uses: uses, box: box, wait: c.Wait}
	item, err = sender.send(ctx, item)
	if err != nil {
		return err
	}
	return tell(env, c.Out, item)
}

// draft composes the draft of a page, every indicator kept that is not held back.
func (c *sendCommand) draft(ctx context.Context, env environment, uses *app.App, profileID string, page report.Page) (report.Draft, error) {
	finds, err := uses.Preview(ctx, page.Passages)
	if err != nil {
		return report.Draft{}, err
	}
	kept, _ := split(finds)
	if len(kept) == 0 {
		return report.Draft{}, errNothing
	}
	for _, f := range kept {
		page.Kept = append(page.Kept, f.Key())
	}
	draft, notices, err := uses.Draft(page, profileID)
	if err != nil {
		return report.Draft{}, err
	}
	for _, notice := range notices {
		fmt.Fprintln(env.stderr, "sightline:", printable(notice))
	}
	if c.Title != "" {
		draft.Title = c.Title
	}
	draft.TimeBegan, draft.Distribution, draft.EnclaveIDs = c.TimeBegan, c.Distribution, c.Enclave
	return draft, nil
}

// show prints what would be sent. The body is on stdout alone and to the byte, so
// that it can be kept and compared.
func (c *sendCommand) show(env environment, p report.Prepared) error {
	fmt.Fprintf(env.stderr, "Would send to %s:\n%s %s\n%d bytes, SHA-256 %s\n", printable(p.Host), p.Method, printable(p.URL), p.Bytes, p.Hash)
	return write(env.stdout, []byte(p.Body))
}

type resumeCommand struct{ outboxFlags }

func (c *resumeCommand) Run(ctx context.Context, env environment) error {
	box, err := openOutbox(c.Outbox, env)
	if err != nil {
		return err
	}
	items, err := box.all()
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return errNothing
	}
	profiles, err := c.profilesOf(env, items)
	if err != nil {
		return err
	}
	way, err := c.transport(env)
	if err != nil {
		return err
	}
	sender := sender{uses: newAppOver(way, profiles...), box: box, wait: c.Wait}
	var last error
	for _, item := range items {
		if item, err = sender.resume(ctx, item); err != nil {
			return err
		}
		if err := tell(env, c.Out, item); err != nil {
			last = err
		}
	}
	return last
}

// profilesOf are the profiles by which items are sent: each by the one that it was made
// for. Without its profile an item stays, and says so.
func (c *resumeCommand) profilesOf(env environment, items []report.Item) ([]app.Profile, error) {
	if err := c.only(env, profile.TruSTAR); err != nil {
		return nil, err
	}
	config, err := c.open(env)
	if err != nil {
		return nil, err
	}
	var profiles []app.Profile
	seen := map[string]bool{}
	reached, ok, err := c.trustar(env)
	var undecided usageError
	switch {
	case errors.As(err, &undecided) && c.TruSTAR == "" && len(c.Profile) == 0:
		// Several profiles and none named: items that have their own can be sent all the same.
	case err != nil:
		return nil, err
	case ok:
		profiles, seen[reached.ID] = append(profiles, reached), true
	}
	for _, item := range items {
		name, named := strings.CutPrefix(item.ProfileID, namedID)
		p, err := config.Find(name)
		if !named || err != nil || seen[item.ProfileID] || item.State == report.StateFiled {
			continue
		}
		seen[item.ProfileID] = true
		unlocked, err := env.unlock(p)
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, unlocked)
	}
	if len(profiles) == 0 {
		return nil, usageError("say how to reach TruSTAR: --trustar FILE, --profile NAME or SIGHTLINE_TRUSTAR_URL")
	}
	return profiles, nil
}
