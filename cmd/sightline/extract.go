package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/document"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
)

type extractCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to read; - or none is standard input."`
	In    string   `enum:"auto,text,html,jsonl" default:"auto" help:"How the input is written: ${enum}."`
	Out   string   `enum:"auto,table,jsonl" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON lines elsewhere."`
	Only  []string `placeholder:"TYPE" help:"Find these types alone, e.g. --only ipv4,domain."`
	Held  bool     `help:"Show also what is held back (private addresses, version numbers), with the reason."`
	Plain bool     `help:"Write values in the table as they are, not defanged."`
	Types bool     `help:"Print the names of all types as a JSON list and end."`
}

func (c *extractCommand) Help() string {
	return `Each indicator is shown once for each document, refanged and in its canonical form. JSON lines in
are {"id","text"}, one document a line; JSON lines out are {"id","iocs":[{"type","value"}]}. With --held
those that are held back have a "held" beside the value.

Examples:
  sightline extract report.html
  sightline extract --only ipv4,domain --out jsonl *.txt
  pbpaste | sightline extract

Exit codes: 0 found something, 3 found nothing. With JSON lines in, 0 in both cases: each answer says so.`
}

func (c *extractCommand) Run(ctx context.Context, env environment) error {
	if c.Types {
		return printTypes(env.stdout)
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	if c.Out == "auto" {
		c.Out = "jsonl"
		if env.terminal {
			c.Out = "table"
		}
	}
	if len(c.Files) == 0 {
		c.Files = []string{"-"}
	}
	e := extractor{command: c, env: env, options: options, app: app.New(app.Config{})}
	for _, name := range c.Files {
		if err := e.file(ctx, name); err != nil {
			return err
		}
	}
	if !e.found {
		return errNothing
	}
	return nil
}

// options of the scan that the command line asks for.
func (c *extractCommand) options() (indicator.Options, error) {
	var options indicator.Options
	for _, name := range c.Only {
		t, ok := indicator.ParseType(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return options, usageError("--only: there is no type " + name + "; sightline extract --types lists them")
		}
		options.Types |= indicator.SetOf(t)
	}
	return options, nil
}

// extractor carries out one call of the command.
type extractor struct {
	command *extractCommand
	env     environment
	options indicator.Options
	app     *app.App
	found   bool
}

func (e *extractor) file(ctx context.Context, name string) error {
	f, err := e.env.open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	format := e.command.In
	if format == "auto" {
		head, err := in.Peek(1024)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if document.Detect(name, document.Decode(head)) == document.Lines {
			format = string(document.Lines)
		}
	}
	if format == string(document.Lines) {
		e.found = true // each answer says for itself whether there is something
		return e.lines(ctx, name, in)
	}
	doc, err := readDocument(name, in, format)
	if err != nil {
		return err
	}
	finds, err := e.preview(ctx, doc.Text)
	if err != nil {
		return err
	}
	kept, held := split(finds)
	e.found = e.found || len(kept) > 0
	if e.command.Out == "jsonl" {
		return write(e.env.stdout, encode(name, finds, e.command.Held))
	}
	if len(e.command.Files) > 1 {
		fmt.Fprintf(e.env.stdout, "%s:\n", printable(name))
	}
	if e.command.Held {
		kept = append(kept, held...)
	}
	if err := findsTable(e.env.stdout, kept, e.command.Plain); err != nil {
		return err
	}
	fmt.Fprintln(e.env.stderr, tally(finds, e.command.Held))
	return nil
}

// preview is the use case, less the types that were not asked for.
func (e *extractor) preview(ctx context.Context, text string) ([]app.Find, error) {
	finds, err := e.app.Preview(ctx, []string{text})
	if err != nil || e.options.Types == 0 {
		return finds, err
	}
	wanted := finds[:0]
	for _, f := range finds {
		if e.options.Types.Has(f.Indicator.Type) {
			wanted = append(wanted, f)
		}
	}
	return wanted, nil
}

func printTypes(w io.Writer) error {
	var names []string
	for _, t := range indicator.Types() {
		names = append(names, t.String())
	}
	_, err := fmt.Fprintf(w, "[\"%s\"]\n", strings.Join(names, `", "`))
	return err
}

// split parts what may be acted on from what is held back.
func split(finds []app.Find) (kept, held []app.Find) {
	for _, f := range finds {
		if f.Indicator.Held == indicator.NotHeld {
			kept = append(kept, f)
		} else {
			held = append(held, f)
		}
	}
	return kept, held
}

func write(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
