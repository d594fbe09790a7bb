package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/document"
	"github.com/sightline-sec/sightline/core/indicator"
)

type extractCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to read; - or none is standard input."`
	In    string   `enum:"auto,text,html,markdown,jsonl" default:"auto" help:"How the input is written: ${enum}."`
	Out   string   `enum:"auto,table,json,jsonl,csv" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON lines elsewhere."`
	JSONL bool     `name:"jsonl" help:"Short for --in jsonl --out jsonl."`
	Only  []string `placeholder:"TYPE" help:"Find these types alone, e.g. --only ipv4,domain."`
	Held  bool     `help:"Show also what only looks like an indicator (version numbers, file names), with the reason."`
	Plain bool     `help:"Write values in the table as they are, not defanged."`
	Types bool     `help:"Print the names of all types as a JSON list and end."`
}

func (c *extractCommand) Help() string {
	return `Each indicator is shown once for each document, refanged and in its canonical form. JSON lines in
are {"id","text"}, one document a line; JSON lines out are {"id","iocs":[{"type","value"}]}. What matters
little (private addresses) has a "held" beside the value; --held shows what only looks like an indicator too,
with the reason. JSON and CSV say also how often and where first,
in bytes of the text. A cell of CSV that a spreadsheet would take for a formula begins with an apostrophe.

Text may have any length: memory goes with the number of different indicators.

Examples:
  sightline extract report.html
  sightline extract --only ipv4,domain --out csv *.txt
  sightline extract --in markdown --out json - < notes
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
	if c.JSONL {
		c.In, c.Out = "jsonl", "jsonl"
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
	e := extractor{command: c, env: env, options: options, output: c.output(), out: bufio.NewWriterSize(env.stdout, 1<<16)}
	if _, err := e.out.WriteString(e.output.head); err != nil {
		return err
	}
	for _, name := range c.Files {
		if err := e.file(ctx, name); err != nil {
			return errors.Join(err, e.out.Flush())
		}
	}
	_, _ = e.out.WriteString(e.output.tail) // Flush tells
	if err := e.out.Flush(); err != nil {
		return err
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
	output  output
	out     *bufio.Writer
	begun   bool
	found   bool
}

func (e *extractor) file(ctx context.Context, name string) error {
	f, err := e.env.open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	bar := e.env.follow(f)
	defer bar.end()
	in := bufio.NewReaderSize(document.NewReader(ctxReader{ctx, bar}), 1<<16)
	format := document.Format(e.command.In)
	if format == "auto" {
		head, err := in.Peek(1024)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", name, err)
		}
		format = document.Detect(name, head)
	}
	var entries []entry
	switch format {
	case document.Lines:
		e.found = true // each answer says for itself whether there is something
		return e.lines(ctx, name, in)
	case document.Text:
		entries, err = e.stream(name, in)
	default:
		var doc document.Document
		if doc, err = readDocument(name, in, string(format)); err == nil {
			entries = scan(doc.Text, e.options)
		}
	}
	bar.end()
	if err != nil {
		return err
	}
	kept, _ := parted(entries)
	e.found = e.found || len(kept) > 0
	if err := e.answer(e.output.encode(name, entries)); err != nil {
		return err
	}
	if e.command.Out == "table" {
		if err := e.out.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(e.env.stderr, tally(entries, e.command.Held))
	}
	return nil
}

// stream returns the entries of a text of any length.
func (e *extractor) stream(name string, in io.Reader) ([]entry, error) {
	var l ledger
	s := indicator.NewStream(e.options, l.add)
	if _, err := io.CopyBuffer(struct{ io.Writer }{s}, in, make([]byte, 1<<16)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return l.entries, s.Close()
}

// answer writes one document's answer.
func (e *extractor) answer(encoded []byte) error {
	if e.begun {
		if _, err := e.out.WriteString(e.output.between); err != nil {
			return err
		}
	}
	e.begun = true
	_, err := e.out.Write(encoded)
	return err
}

// ctxReader ends reading when ctx ends.
type ctxReader struct {
	ctx context.Context
	io.Reader
}

func (r ctxReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

func printTypes(w io.Writer) error {
	var names []string
	for _, t := range indicator.Types() {
		names = append(names, t.String())
	}
	_, err := fmt.Fprintf(w, "[\"%s\"]\n", strings.Join(names, `", "`))
	return err
}
