package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

type relatedCommand struct {
	everyAccess
	relatedFlags
}

func (c *relatedCommand) Help() string {
	return `Finds the indicators of a text and shows the cases, alerts and reports that know them, those that share the
rarest first, with the reason. Where an index was filled (sightline index fill) it answers without a call;
elsewhere Stellar Cyber is asked for cases of the last thirty days and Threat Stack for alerts of the last
seven. Only indicators leave this machine, and only to TruSTAR.

` + everyHelp + `

Examples:
  sightline related report.html --stellarcyber sandbox.json --trustar station.json
  curl -s https://vendor.example/blog | sightline related - --in html --out json

Exit codes: 0 something is related, 1 a platform failed (what the others said is printed), 2 called
wrongly, 3 every platform answered and none knows anything.`
}

func (c *relatedCommand) Run(ctx context.Context, env environment) error {
	profiles, err := c.profiles(env)
	if err != nil {
		return err
	}
	return c.relate(ctx, env, c.profileFlags, profiles)
}

// relatedFlags are those of related, whichever platforms it asks.
type relatedFlags struct {
	indexPlace
	Live bool   `help:"Ask the platforms even where the index could answer."`
	File string `arg:"" optional:"" default:"-" help:"Text or HTML; - is standard input."`
	In   string `enum:"auto,text,html" default:"auto" help:"How the input is written: ${enum}."`
	Out  string `enum:"auto,table,json" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON elsewhere."`
}

func (c relatedFlags) relate(ctx context.Context, env environment, flags profileFlags, profiles []app.Profile) error {
	doc, err := env.read(c.File, c.In)
	if err != nil {
		return err
	}
	way, err := flags.transport(env)
	if err != nil {
		return err
	}
	uses := newAppOver(way, profiles...)
	if !c.Live {
		if err := c.indexPlace.read(env, uses); err != nil {
			return err
		}
	}
	finds, err := uses.Preview(ctx, []string{doc.Text})
	if err != nil {
		return err
	}
	kept, _ := split(finds)
	if len(kept) == 0 {
		return errNothing
	}
	asked := make([]report.Reference, 0, len(kept))
	for _, f := range kept {
		asked = append(asked, report.Reference{Type: f.Indicator.Type.String(), Value: f.Indicator.Value})
	}
	answer, err := uses.Related(ctx, asked, nil)
	if err != nil {
		return err
	}
	if err := c.print(env, answer, len(asked)); err != nil {
		return err
	}
	return verdict(answer)
}

// verdict is the exit code: nothing found may be said only when all have answered.
func verdict(answer lookup.Answer) error {
	for _, source := range answer.Sources {
		if source.State == lookup.StateFailed {
			return fmt.Errorf("%s did not answer: what it knows is not known", source.Name)
		}
	}
	if len(answer.Results) == 0 {
		return errNothing
	}
	return nil
}

func (c relatedFlags) print(env environment, answer lookup.Answer, asked int) error {
	if c.Out == "json" || c.Out == "auto" && !env.terminal {
		var w jwriter.Writer
		answer.MarshalEasyJSON(&w)
		w.RawByte('\n')
		_, err := w.DumpTo(env.stdout)
		return err
	}
	if err := relatedTable(env.stdout, answer.Results, time.Now()); err != nil {
		return err
	}
	for _, source := range answer.Sources {
		words := source.Words
		if source.Total > 0 {
			how := "looked into"
			if source.Indexed {
				how = "in the index"
			}
			words = strings.TrimSpace(fmt.Sprintf("%d of %d cases %s. %s", source.Checked, source.Total, how, words))
		}
		fmt.Fprintf(env.stderr, "%s: %s. %s\n", printable(source.Name), source.State, printable(words))
	}
	_, err := fmt.Fprintf(env.stderr, "%d of %d known, %d new\n", len(answer.Known), asked, len(answer.New))
	return err
}

func relatedTable(w io.Writer, results []lookup.Result, now time.Time) error {
	if len(results) == 0 {
		return nil
	}
	rows := [][]string{{"KIND", "WEIGHT", "SCORE", "SEVERITY", "STATUS", "AGE", "SHARES", "NUMBER", "TITLE", "WHY"}}
	for _, r := range results {
		score, number := "-", r.Number
		if r.HasScore {
			score = strconv.FormatFloat(r.Score, 'f', -1, 64)
		}
		if number == "" {
			number = r.ID
		}
		rows = append(rows, []string{r.Kind, strconv.Itoa(r.Weight), score, r.Severity, r.Status, age(r.CreatedAt, now), strconv.Itoa(len(r.Matched)), number, r.Title, why(r)})
	}
	return table(w, rows)
}

// why a result is there: what speaks for it most.
func why(r lookup.Result) string {
	if !r.Confident {
		return "nothing rare speaks for it"
	}
	best := r.Matches[0]
	return indicator.Defang(typeOf(best.Indicator.Type), best.Indicator.Value) + ": " + best.Words
}

func typeOf(name string) indicator.Type {
	t, _ := indicator.ParseType(name) // Unknown defangs as text
	return t
}

// age of something made at a time in milliseconds since 1970.
func age(at int64, now time.Time) string {
	if at == 0 {
		return "-"
	}
	switch d := now.Sub(time.UnixMilli(at)); {
	case d < time.Hour:
		return strconv.Itoa(max(int(d.Minutes()), 0)) + "m"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + "h"
	default:
		return strconv.Itoa(int(d.Hours())/24) + "d"
	}
}
