package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/trustar"
)

type trustarCommand struct {
	Reports     trustarReports     `cmd:"" help:"List, search, read, file, change and remove reports; their tags and status."`
	Indicators  trustarIndicators  `cmd:"" help:"Indicators of reports: search, relations, metadata, summaries, trends; submit them."`
	Whitelist   trustarWhitelist   `cmd:"" help:"The company's allow list: list, add, remove."`
	Enclaves    trustarEnclaves    `cmd:"" help:"List the enclaves and what may be done there."`
	Triage      trustarTriage      `cmd:"" help:"Mails reported as phishing: list them, their indicators, say what became of one."`
	Submissions trustarSubmissions `cmd:"" help:"API 2.0: search, read and remove submissions."`
	Observables trustarObservables `cmd:"" help:"API 2.0: search observables, or find entities in a text."`
	Safelists   trustarSafelists   `cmd:"" help:"API 2.0: list safelist libraries, or get one with its entries."`
	Workflows   trustarWorkflows   `cmd:"" help:"API 2.0: list workflows."`
	Quotas      trustarQuotas      `cmd:"" help:"Show what is left of the company's daily calls."`
	Ping        trustarPing        `cmd:"" help:"Check that the server answers and accepts the credentials."`
}

func (c *trustarCommand) Help() string {
	return `Speaks the TruSTAR API: of TruSTAR itself, or of a station of your own.

` + trustarHelp + `

Examples:
  sightline trustar reports --since 7d --trustar station.json
  sightline trustar reports search "cobalt strike" --limit 0 --fields id,title,updated --out jsonl
  sightline trustar indicators metadata 192.0.2.7 evil.example
  sightline trustar reports submit report.txt --title "Copper Lantern" --enclave ID
  sightline trustar whitelist add 192.0.2.53
  sightline trustar submissions search --api 2.0 --since 30d

To look a text's indicators up or to file what you read, see sightline cases and sightline report.
All flags: sightline trustar reports list --help

Exit codes: 0 done, 1 error, 2 called wrongly (or nothing that this version of the API has), 3 nothing
found, or there is no such object.`
}

const trustarHelp = `Without a file or a profile the environment says how to reach it: SIGHTLINE_TRUSTAR_URL, _KEY, _SECRET, _VERSION.`

type trustarAccess struct {
	profileFlags
	TruSTAR string `name:"trustar" type:"existingfile" placeholder:"FILE" help:"File that says how to reach TruSTAR: the line that sightline station --demo prints will do."`
	API     string `name:"api" enum:",1.2,1.3,2.0" default:"" placeholder:"VERSION" help:"Version of the API: 1.2, 1.3 or 2.0; what the file or the environment says by default, else 1.3."`
	Rate    int    `default:"60" help:"Calls a minute at most; 60 is what TruSTAR allows, 0 is without a limit of our own."`
}

// client of the profile. It waits by itself where it must, up to a minute.
func (a trustarAccess) client(env environment, usual string) (*trustar.Client, error) {
	if err := a.only(env, profile.TruSTAR); err != nil {
		return nil, err
	}
	server, ok, err := access{profileFlags: a.profileFlags, TruSTAR: a.TruSTAR}.trustar(env)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, usageError("say how to reach TruSTAR: --trustar FILE, --profile NAME or SIGHTLINE_TRUSTAR_URL")
	case a.Rate < 0:
		return nil, usageError("--rate: must not be below 0")
	}
	way, err := a.transport(env)
	if err != nil {
		return nil, err
	}
	version := a.API
	if version == "" {
		version = usual
	}
	if version == "" {
		version = server.APIVersion
	}
	if version == "" {
		version = trustar.Version13
	}
	return trustar.New(trustar.Config{
		Transport: &api.Throttle{Transport: way, Requests: a.Rate, Per: time.Minute, MaxWait: waitOnLimit},
		BaseURL:   server.BaseURL, Version: version, Key: server.Identity, Secret: api.Secret(server.Secret),
		WebURL: server.WebURL, MaxWait: waitOnLimit, Metatag: "Sightline command line",
	})
}

// trustarOut is what every command has that answers objects.
type trustarOut struct {
	trustarAccess
	outFlags
}

// trustarMany is what every command has that answers a list.
type trustarMany struct {
	trustarOut
	Limit int `default:"25" help:"How many to show at most; 0 shows all."`
}

// trustarSpan is what every command has that answers a list of a time.
type trustarSpan struct {
	trustarMany
	Since string `placeholder:"TIME" help:"Updated since: 2017-05-01, \"2017-05-01 08:00:00\" (UTC), or how long ago, e.g. 24h or 7d. A day ago by default."`
	Until string `placeholder:"TIME" help:"Until when, written in the same way; now by default."`
}

func (c trustarSpan) span() (trustar.Range, error) {
	var (
		r   trustar.Range
		now = time.Now()
	)
	for _, end := range []struct {
		flag, text string
		at         *trustar.Timestamp
	}{{"since", c.Since, &r.From}, {"until", c.Until, &r.To}} {
		moment, err := parseMoment(end.flag, end.text, now)
		if err != nil {
			return r, err
		}
		*end.at = trustar.At(moment.Time())
	}
	return r, nil
}

// asked makes a wrong call of what the client refuses before the network, and an
// expected miss of what is not there.
func asked(env environment, err error) error {
	var (
		refused *api.InvalidError
		lacking *api.UnsupportedError
	)
	switch {
	case errors.As(err, &refused):
		return usageError(refused.Error())
	case errors.As(err, &lacking):
		return usageError(lacking.Error() + ": see --api")
	case errors.Is(err, trustar.ErrNotFound):
		fmt.Fprintln(env.stderr, "There is no such object, or none yet.")
		return errNothing
	}
	return err
}

// many prints what seq brings, as it comes where that can be done.
func many[T any](ctx context.Context, env environment, c trustarMany, seq iter.Seq2[T, error], shown columns[T]) error {
	return asked(env, show(ctx, env, c.outFlags, c.Limit, objects(seq), asObjects(shown)))
}

// listed prints a list that came whole.
func listed[T any](ctx context.Context, env environment, c trustarOut, found []T, err error, shown columns[T]) error {
	return many(ctx, env, trustarMany{trustarOut: c}, each(found, err), shown)
}

// single prints one object, indented unless told otherwise.
func single(env environment, c trustarOut, found any, err error) error {
	if err != nil {
		return asked(env, err)
	}
	body, err := encodeObject(object{found}, c.Fields)
	if err != nil {
		return err
	}
	if c.Out == "jsonl" {
		_, err := fmt.Fprintf(env.stdout, "%s\n", body)
		return err
	}
	return printIndented(env, body)
}

// done says that something was changed.
func done(env environment, what string, err error) error {
	if err != nil {
		return asked(env, err)
	}
	_, err = fmt.Fprintln(env.stderr, printable(what))
	return err
}

// text reads a file of at most MaxReportBody bytes as it stands.
func (env environment) text(name string) (string, error) {
	f, err := env.open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, trustar.MaxReportBody+1))
	return string(data), err
}

// lines reads the values of a file, one a line.
func (env environment) lines(name string) ([]string, error) {
	text, err := env.text(name)
	if err != nil {
		return nil, err
	}
	if len(text) > trustar.MaxReportBody {
		return nil, usageError("the file is larger than 2 MB: submit it in parts")
	}
	var values []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			values = append(values, line)
		}
	}
	return values, nil
}
