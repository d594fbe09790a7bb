package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/sightline-sec/sightline/core/trustar"
)

type trustarReports struct {
	List       trustarReportsList       `cmd:"" default:"withargs" help:"List reports, the latest update first (this is what reports does by itself)."`
	Search     trustarReportsSearch     `cmd:"" help:"Search reports; their bodies are left out."`
	Get        trustarReportsGet        `cmd:"" help:"Get a report."`
	Submit     trustarReportsSubmit     `cmd:"" help:"File a text as it stands."`
	Update     trustarReportsUpdate     `cmd:"" help:"Replace a report by a text; API 1.3 erases what is not said again."`
	Upsert     trustarReportsUpsert     `cmd:"" help:"Replace a report, or file it if there is none."`
	Delete     trustarReportsDelete     `cmd:"" help:"Remove a report."`
	Status     trustarReportsStatus     `cmd:"" help:"Show how far the server is with a report."`
	Copy       trustarReportsCopy       `cmd:"" help:"Copy a report to another enclave."`
	Move       trustarReportsMove       `cmd:"" help:"Move a report to another enclave."`
	Tags       trustarReportsTags       `cmd:"" help:"List a report's tags, or those of all reports."`
	Tag        trustarReportsTag        `cmd:"" help:"Add tags to a report, or take them away."`
	Correlated trustarReportsCorrelated `cmd:"" help:"List the reports that hold any of the values."`
	Redact     trustarReportsRedact     `cmd:"" help:"Show a text with the company's own terms taken out; nothing is stored."`
	Link       trustarReportsLink       `cmd:"" help:"Print the address of a report's page."`
}

// trustarWhere narrows a list.
type trustarWhere struct {
	Enclave    []string `placeholder:"ID" help:"Enclaves to look in; all that are readable by default."`
	Tag        []string `help:"Has all of these tags."`
	ExcludeTag []string `help:"Has none of these tags."`
}

type trustarReportsList struct {
	trustarSpan
	trustarWhere
}

func (c *trustarReportsList) Run(ctx context.Context, env environment) error {
	span, err := c.span()
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Reports().List(ctx, trustar.ReportQuery{
		Range: span, EnclaveIDs: c.Enclave, Tags: c.Tag, ExcludedTags: c.ExcludeTag,
	}), reportColumns())
}

type trustarReportsSearch struct {
	trustarSpan
	trustarWhere
	Term string `arg:"" optional:"" help:"Part of the text, at least three characters; any report without it."`
}

func (c *trustarReportsSearch) Run(ctx context.Context, env environment) error {
	span, err := c.span()
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	size := 0
	if c.Limit > 0 {
		size = min(c.Limit, 100)
	}
	return many(ctx, env, c.trustarMany, client.Reports().Search(ctx, trustar.ReportSearch{
		Range: span, Term: c.Term, EnclaveIDs: c.Enclave, Tags: c.Tag, ExcludedTags: c.ExcludeTag, PageSize: size,
	}), reportColumns())
}

// trustarReport names a report.
type trustarReport struct {
	trustarOut
	ID       string `arg:"" help:"The report's id."`
	External bool   `help:"The id is the submitter's own."`
}

func (c trustarReport) ref() trustar.Ref {
	if c.External {
		return trustar.ByExternalID(c.ID)
	}
	return trustar.ByID(c.ID)
}

type trustarReportsGet struct {
	trustarReport
	Notes bool `help:"With the notes that people made."`
}

func (c *trustarReportsGet) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.Reports().Get(ctx, c.ref(), c.Notes)
	return single(env, c.trustarOut, found, err)
}

// trustarContent is a report to be.
type trustarContent struct {
	File         string   `arg:"" optional:"" default:"-" help:"The text; - is standard input. It is sent as it stands."`
	Title        string   `required:"" help:"Title of the report."`
	Enclave      []string `placeholder:"ID" help:"Enclaves to file into, with ENCLAVE."`
	Distribution string   `enum:"ENCLAVE,COMMUNITY" default:"ENCLAVE" help:"Who may read it: ${enum}."`
	ExternalID   string   `placeholder:"ID" help:"Your own name for it, letters and digits. With it the same call files nothing twice."`
	URL          string   `name:"url" placeholder:"URL" help:"Where it comes from."`
	TimeBegan    string   `placeholder:"TIME" help:"When it began: 2017-05-01, \"2017-05-01 08:00:00\" (UTC), or how long ago."`
}

func (c trustarContent) submission(env environment) (trustar.Submission, error) {
	text, err := env.text(c.File)
	if err != nil {
		return trustar.Submission{}, err
	}
	began, err := parseMoment("time-began", c.TimeBegan, time.Now())
	if err != nil {
		return trustar.Submission{}, err
	}
	return trustar.Submission{
		ExternalID: c.ExternalID, Title: c.Title, Body: text, TimeBegan: began.Time(), Distribution: c.Distribution,
		EnclaveIDs: c.Enclave, ExternalURL: c.URL,
	}, nil
}

type trustarReportsSubmit struct {
	trustarOut
	trustarContent
}

func (c *trustarReportsSubmit) Run(ctx context.Context, env environment) error {
	submission, err := c.submission(env)
	if err != nil {
		return err
	}
	if submission.ExternalID == "" {
		// With an id of its own a call whose answer is lost can be made again.
		id := make([]byte, 16)
		_, _ = rand.Read(id) // never fails
		submission.ExternalID = hex.EncodeToString(id)
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	filed, err := client.Submit(ctx, submission)
	return single(env, c.trustarOut, filed, err)
}

type trustarReportsUpdate struct {
	trustarOut
	ID       string `arg:"" help:"The report's id."`
	External bool   `help:"The id is the submitter's own."`
	trustarContent
}

func (c *trustarReportsUpdate) Run(ctx context.Context, env environment) error {
	submission, err := c.submission(env)
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	changed, err := client.Reports().Update(ctx, trustarReport{ID: c.ID, External: c.External}.ref(), submission)
	return single(env, c.trustarOut, changed, err)
}

type trustarReportsUpsert struct {
	trustarOut
	trustarContent
	GUID string `placeholder:"ID" help:"The server's id of the report, in place of your own."`
	Mode string `enum:"OVERRIDE,APPEND" default:"OVERRIDE" help:"Replace the text, or add to its end: ${enum}."`
}

func (c *trustarReportsUpsert) Run(ctx context.Context, env environment) error {
	submission, err := c.submission(env)
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	changed, err := client.Reports().Upsert(ctx, c.GUID, c.Mode, submission)
	return single(env, c.trustarOut, changed, err)
}

type trustarReportsDelete struct{ trustarReport }

func (c *trustarReportsDelete) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return done(env, "Removed report "+c.ID+".", client.Reports().Delete(ctx, c.ref()))
}

type trustarReportsStatus struct {
	trustarOut
	ID string `arg:"" help:"The report's id, the server's own."`
}

func (c *trustarReportsStatus) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.Reports().Status(ctx, c.ID)
	return single(env, c.trustarOut, found, err)
}

type trustarReportsCopy struct {
	trustarOut
	ID string `arg:"" help:"The report's id, the server's own."`
	To string `required:"" placeholder:"ID" help:"The enclave that it goes to."`
}

func (c *trustarReportsCopy) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	made, err := client.Reports().Copy(ctx, c.ID, c.To)
	return single(env, c.trustarOut, made, err)
}

type trustarReportsMove struct{ trustarReportsCopy }

func (c *trustarReportsMove) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	moved, err := client.Reports().Move(ctx, c.ID, c.To)
	return single(env, c.trustarOut, moved, err)
}

type trustarReportsTags struct {
	trustarOut
	ID       string   `arg:"" optional:"" help:"The report's id; without it the tags of all reports."`
	External bool     `help:"The id is the submitter's own."`
	Enclave  []string `placeholder:"ID" help:"Without an id: enclaves to look in."`
}

func (c *trustarReportsTags) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	var found []trustar.Tag
	if c.ID == "" {
		found, err = client.Tags().OfReports(ctx, c.Enclave...)
	} else {
		found, err = client.Tags().OfReport(ctx, trustarReport{ID: c.ID, External: c.External}.ref())
	}
	return listed(ctx, env, c.trustarOut, found, err, tagColumns())
}

type trustarReportsTag struct {
	trustarReport
	Add     []string `placeholder:"NAME" help:"Tags to add."`
	Remove  []string `placeholder:"NAME" help:"Tags to take away."`
	Enclave string   `placeholder:"ID" help:"The tags' enclave, for API 1.2."`
}

func (c *trustarReportsTag) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	if c.Enclave == "" {
		return done(env, "Changed the tags of report "+c.ID+".", client.Tags().AlterReport(ctx, c.ref(), c.Add, c.Remove))
	}
	for _, name := range c.Add {
		if _, err := client.Tags().AddToReport(ctx, c.ref(), name, c.Enclave); err != nil {
			return asked(env, err)
		}
	}
	for _, name := range c.Remove {
		if err := client.Tags().DeleteFromReport(ctx, c.ref(), name, c.Enclave); err != nil {
			return asked(env, err)
		}
	}
	return done(env, "Changed the tags of report "+c.ID+".", nil)
}

type trustarReportsCorrelated struct {
	trustarMany
	Value []string `arg:"" help:"Indicators."`
}

func (c *trustarReportsCorrelated) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Correlated(ctx, c.Value), reportColumns())
}

type trustarReportsRedact struct {
	trustarAccess
	File  string `arg:"" optional:"" default:"-" help:"The text; - is standard input."`
	Title string `help:"A title, which is redacted too and printed first."`
}

func (c *trustarReportsRedact) Run(ctx context.Context, env environment) error {
	text, err := env.text(c.File)
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	title, text, err := client.Reports().Redact(ctx, c.Title, text)
	if err != nil {
		return asked(env, err)
	}
	if title != "" {
		text = title + "\n\n" + text
	}
	return write(env.stdout, []byte(text))
}

type trustarReportsLink struct {
	trustarAccess
	ID string `arg:"" help:"The report's id, the server's own."`
}

func (c *trustarReportsLink) Run(env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	link := client.Link(c.ID)
	if link == "" {
		return usageError("there are no pages for people: the file says no webUrl")
	}
	return write(env.stdout, []byte(link+"\n"))
}
