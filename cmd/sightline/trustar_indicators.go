package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/trustar"
)

type trustarIndicators struct {
	Of        trustarIndicatorsOf        `cmd:"" help:"List the indicators of a report."`
	Search    trustarIndicatorsSearch    `cmd:"" help:"Search indicators, the last seen first."`
	Related   trustarIndicatorsRelated   `cmd:"" help:"List what shares a report with any of the values."`
	Metadata  trustarIndicatorsMetadata  `cmd:"" help:"Show when and where values were seen."`
	Summaries trustarIndicatorsSummaries `cmd:"" help:"Show what sources say of values."`
	Trending  trustarIndicatorsTrending  `cmd:"" help:"Show what correlated most in the community."`
	Submit    trustarIndicatorsSubmit    `cmd:"" help:"Submit indicators without a report, one a line."`
	Export    trustarIndicatorsExport    `cmd:"" help:"Print the metadata of all that a search finds, as CSV."`
	Tags      trustarIndicatorsTags      `cmd:"" help:"List the tags of indicators."`
	Tag       trustarIndicatorsTag       `cmd:"" help:"Put a tag on an indicator, or take it away."`
}

type trustarIndicatorsOf struct {
	trustarMany
	ID string `arg:"" help:"The report's id, the server's own."`
}

func (c *trustarIndicatorsOf) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.ReportIndicators(ctx, c.ID), indicatorColumns())
}

type trustarIndicatorsSearch struct {
	trustarSpan
	trustarWhere
	Term string   `arg:"" optional:"" help:"Part of an indicator, at least three characters; any without it."`
	Type []string `placeholder:"TYPE" help:"IP, CIDR_BLOCK, URL, EMAIL_ADDRESS, MD5, SHA1, SHA256, MALWARE, SOFTWARE, REGISTRY_KEY, CVE, BITCOIN_ADDRESS; any of those given."`
}

func (c *trustarIndicatorsSearch) query() (trustar.IndicatorSearch, error) {
	span, err := c.span()
	return trustar.IndicatorSearch{Range: span, Term: c.Term, Types: c.Type, EnclaveIDs: c.Enclave, Tags: c.Tag, ExcludedTags: c.ExcludeTag}, err
}

func (c *trustarIndicatorsSearch) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	if c.Limit > 0 {
		q.PageSize = min(c.Limit, 1000)
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Indicators().Search(ctx, q), detailsColumns())
}

// trustarValues are values to ask about.
type trustarValues struct {
	trustarMany
	Value   []string `arg:"" help:"Indicators."`
	Enclave []string `placeholder:"ID" help:"Enclaves to look in; all that are readable by default."`
}

type trustarIndicatorsRelated struct{ trustarValues }

func (c *trustarIndicatorsRelated) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Indicators().Related(ctx, c.Value, c.Enclave...), indicatorColumns())
}

type trustarIndicatorsMetadata struct{ trustarValues }

func (c *trustarIndicatorsMetadata) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	var about []trustar.Indicator
	for _, value := range c.Value {
		about = append(about, trustar.Indicator{Value: value})
	}
	found, err := client.Indicators().Metadata(ctx, about, c.Enclave...)
	return listed(ctx, env, c.trustarOut, found, err, detailsColumns())
}

type trustarIndicatorsSummaries struct{ trustarValues }

func (c *trustarIndicatorsSummaries) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	now := time.Now()
	return many(ctx, env, c.trustarMany, client.Indicators().Summaries(ctx, c.Value, c.Enclave...), columns[trustar.IndicatorSummary]{
		[]string{"VALUE", "TYPE", "SEVERITY", "SOURCE", "SCORE", "UPDATED", "REPORT"},
		func(s trustar.IndicatorSummary) []string {
			severity, source, score := "-", "", ""
			if s.SeverityLevel != nil {
				severity = strconv.Itoa(*s.SeverityLevel)
			}
			if s.Source != nil {
				source = s.Source.Name
			}
			if s.Score != nil {
				score = s.Score.Name + " " + s.Score.Value
			}
			return []string{s.Value, s.Type, severity, source, score, age(int64(s.Updated), now), s.ReportID}
		},
	})
}

type trustarIndicatorsTrending struct {
	trustarOut
	Type string `placeholder:"TYPE" help:"One type; all but MALWARE and CVE by default."`
	Days int    `default:"7" help:"How far back, 1 to 30 days."`
}

func (c *trustarIndicatorsTrending) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.Indicators().Trending(ctx, c.Type, c.Days)
	return listed(ctx, env, c.trustarOut, found, err, detailsColumns())
}

type trustarIndicatorsSubmit struct {
	trustarAccess
	File    string   `arg:"" optional:"" default:"-" help:"Indicators, one a line; - is standard input."`
	Enclave []string `required:"" placeholder:"ID" help:"Enclaves to submit to."`
	Tag     []string `help:"Tags for all of them, in the first enclave."`
	Source  string   `help:"Where they come from."`
	Notes   string   `help:"A remark for all of them."`
}

func (c *trustarIndicatorsSubmit) Run(ctx context.Context, env environment) error {
	values, err := env.lines(c.File)
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	var tags []trustar.IndicatorTag
	for _, name := range c.Tag {
		tags = append(tags, trustar.IndicatorTag{Name: name, EnclaveID: c.Enclave[0]})
	}
	content := make([]trustar.SubmittedIndicator, 0, len(values))
	for _, value := range values {
		content = append(content, trustar.SubmittedIndicator{Value: value, Source: c.Source, Notes: c.Notes})
	}
	return done(env, "Submitted "+count(len(content), "indicator")+".", client.Indicators().Submit(ctx, c.Enclave, content, tags...))
}

type trustarIndicatorsExport struct {
	trustarIndicatorsSearch
	Wait time.Duration `default:"10m" help:"How long to wait for the server to have gathered it."`
}

// exportPoll is how long to wait before asking again whether an export is there.
const exportPoll = 5 * time.Second

func (c *trustarIndicatorsExport) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	guid, err := client.Indicators().StartExport(ctx, q)
	if err != nil {
		return asked(env, err)
	}
	waiting, cancel := context.WithTimeout(ctx, c.Wait)
	defer cancel()
	for {
		status, err := client.Indicators().ExportStatus(waiting, guid)
		switch {
		case err != nil && waiting.Err() != nil && ctx.Err() == nil:
			return fmt.Errorf("export %s is not there yet: give it more time with --wait", guid)
		case err != nil:
			return err
		case status == trustar.ExportComplete:
			data, err := client.Indicators().ExportData(ctx, guid)
			if err != nil {
				return err
			}
			return write(env.stdout, data)
		case status != trustar.ExportRunning:
			return fmt.Errorf("export %s ended with %s", guid, status)
		}
		_ = api.Sleep(waiting, exportPoll) // its end is seen at the next question
	}
}

type trustarIndicatorsTags struct {
	trustarOut
	Enclave []string `placeholder:"ID" help:"Enclaves to look in; all that are readable by default."`
}

func (c *trustarIndicatorsTags) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	found, err := client.Tags().OfIndicators(ctx, c.Enclave...)
	return listed(ctx, env, c.trustarOut, found, err, tagColumns())
}

type trustarIndicatorsTag struct {
	trustarOut
	Value   string `arg:"" help:"The indicator."`
	Name    string `arg:"" help:"The tag's name; with --remove its GUID."`
	Enclave string `placeholder:"ID" help:"The tag's enclave."`
	Remove  bool   `help:"Take the tag away."`
}

func (c *trustarIndicatorsTag) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, "")
	if err != nil {
		return err
	}
	if c.Remove {
		return done(env, "Took the tag away.", client.Tags().DeleteFromIndicator(ctx, c.Value, c.Name))
	}
	made, err := client.Tags().AddToIndicator(ctx, c.Value, c.Name, c.Enclave)
	return single(env, c.trustarOut, made, err)
}
