package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"

	"github.com/alecthomas/kong"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/server/sandbox"
)

// The exit codes.
const (
	exitOK      = 0
	exitError   = 1
	exitUsage   = 2
	exitNothing = 3
)

// errNothing ends a command that worked and found nothing.
var errNothing = errors.New("nothing found")

// usageError is a command line that parses and makes no sense.
type usageError string

func (e usageError) Error() string { return string(e) }

// environment is what a command has of the world.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	// terminal is true when stdout is one, errTerminal when stderr is.
	terminal, errTerminal bool
	// ring is where secrets of profiles may be; nil means the system's keyring.
	ring profile.Ring
}

type cli struct {
	Extract     extractCommand     `cmd:"" help:"Find the indicators in text, HTML, Markdown or JSON lines."`
	Report      reportCommand      `cmd:"" help:"File a passage as a TruSTAR report."`
	Related     relatedCommand     `cmd:"" help:"Show the cases, alerts and reports that know a text's indicators, and why."`
	Index       indexCommand       `cmd:"" help:"Fill, show, verify or clear the index behind related."`
	Cases       casesCommand       `cmd:"" help:"Show the cases and reports that know a text's indicators, or list cases."`
	Stellar     stellarCommand     `cmd:"" help:"Read and change Stellar Cyber: cases, observables, alerts, tenants, users."`
	Trustar     trustarCommand     `cmd:"" name:"trustar" help:"Speak the TruSTAR API: reports, indicators, tags, phishing triage, API 2.0."`
	Threatstack threatstackCommand `cmd:"" help:"Read Threat Stack: agents, alerts, logs, organizations, policies."`
	Profile     profileCommand     `cmd:"" help:"Keep named ways to reach the platforms."`
	Station     stationCommand     `cmd:"" help:"Run a report store that speaks the TruSTAR API."`
	Sandbox     sandboxCommand     `cmd:"" help:"Run a stand-in for Stellar Cyber and Threat Stack with generated data."`
	Pages       pagesCommand       `cmd:"" help:"Serve the sample pages."`
	Version     kong.VersionFlag   `help:"Print the version and end."`
}

const description = `Sightline finds the indicators in what you read, shows who already knows them, and files them.

Examples:
  sightline extract report.html
  curl -s https://vendor.example/blog | sightline extract --in html --out jsonl
  sightline related report.html --stellarcyber sandbox.json
  sightline report report.html --title "Copper Lantern" --trustar station.json --dry-run

Exit codes: 0 done, 1 error, 2 called wrongly, 3 nothing found.`

// run is the program. It returns the exit code.
func run(ctx context.Context, env environment, args []string) int {
	var (
		c      cli
		exited bool // --help and --version end parsing by this
	)
	parser, err := kong.New(&c,
		kong.Name("sightline"), kong.Description(description), kong.Vars{"version": version(), "cases": strconv.Itoa(sandbox.DefaultCases)},
		kong.Writers(env.stdout, env.stderr), kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(env),
	)
	if err != nil {
		fmt.Fprintln(env.stderr, "sightline:", err)
		return exitError
	}
	parsed, err := parser.Parse(args)
	if exited {
		return exitOK
	}
	if err != nil {
		fmt.Fprintln(env.stderr, "sightline:", printable(err.Error()))
		fmt.Fprintln(env.stderr, "Try: sightline --help")
		return exitUsage
	}
	return exitCode(env, parsed.Run())
}

func exitCode(env environment, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.As(err, &usage):
		fmt.Fprintln(env.stderr, "sightline:", printable(usage.Error()))
		return exitUsage
	}
	fmt.Fprintln(env.stderr, "sightline:", printable(words(err)))
	return exitError
}

// words of an error for people: those of the use cases where they have some.
func words(err error) string {
	if trouble := report.Explain(err); trouble.Kind != report.TroubleInternal {
		if trouble.Todo == "" {
			return trouble.What
		}
		return trouble.What + " " + trouble.Todo
	}
	return err.Error()
}

// version is the module's, with the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			v += " " + setting.Value[:12]
		}
	}
	return v
}
