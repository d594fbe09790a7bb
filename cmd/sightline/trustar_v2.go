package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/trustar"
)

// Everything here is API 2.0 unless --api says otherwise, which then says what has it.

type trustarSubmissions struct {
	Search trustarSubmissionsSearch `cmd:"" default:"withargs" help:"Search submissions (this is what submissions does by itself)."`
	Get    trustarSubmissionsGet    `cmd:"" help:"Get a submission with its content."`
	Delete trustarSubmissionsDelete `cmd:"" help:"Remove a submission."`
	Status trustarSubmissionsStatus `cmd:"" help:"Show how far the server is with a submission."`
}

// trustarSearch20 narrows the searches of 2.0.
type trustarSearch20 struct {
	trustarSpan
	Term       string   `arg:"" optional:"" help:"What to search for; any without it."`
	Enclave    []string `placeholder:"GUID" help:"Enclaves to look in; all that are readable by default."`
	Tag        []string `help:"Tags to look for."`
	ExcludeTag []string `help:"Tags to leave out."`
}

func (c trustarSearch20) query() (trustar.SubmissionSearch, error) {
	span, err := c.span()
	q := trustar.SubmissionSearch{Range: span, Term: c.Term, EnclaveGUIDs: c.Enclave, IncludedTags: c.Tag, ExcludedTags: c.ExcludeTag}
	if c.Limit > 0 {
		q.PageSize = min(c.Limit, 100)
	}
	return q, err
}

type trustarSubmissionsSearch struct{ trustarSearch20 }

func (c *trustarSubmissionsSearch) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	now := time.Now()
	return many(ctx, env, c.trustarMany, client.Submissions().Search(ctx, q), columns[trustar.SubmissionSummary]{
		[]string{"GUID", "UPDATED", "TAGS", "TITLE"}, func(s trustar.SubmissionSummary) []string {
			return []string{s.GUID, age(int64(s.Updated), now), strings.Join(s.Tags, " "), s.Title}
		},
	})
}

// trustarSubmission names a submission.
type trustarSubmission struct {
	trustarOut
	Kind     string `arg:"" enum:"indicators,events,intelligence" help:"${enum}."`
	ID       string `arg:"" help:"The submission's id."`
	External bool   `help:"The id is the submitter's own; needs --enclave."`
	Enclave  string `placeholder:"GUID" help:"The submission's enclave."`
}

func (c trustarSubmission) ref() trustar.SubmissionRef {
	if c.External {
		return trustar.SubmissionRef{ExternalID: c.ID, EnclaveGUID: c.Enclave}
	}
	return trustar.SubmissionRef{ID: c.ID, EnclaveGUID: c.Enclave}
}

type trustarSubmissionsGet struct{ trustarSubmission }

func (c *trustarSubmissionsGet) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	found, err := client.Submissions().Get(ctx, trustar.Kind(c.Kind), c.ref(), true)
	return single(env, c.trustarOut, found, err)
}

type trustarSubmissionsDelete struct{ trustarSubmission }

func (c *trustarSubmissionsDelete) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	return done(env, "Removed submission "+c.ID+".", client.Submissions().Delete(ctx, trustar.Kind(c.Kind), c.ref()))
}

type trustarSubmissionsStatus struct {
	trustarOut
	ID string `arg:"" help:"The submission's id, the server's own."`
}

func (c *trustarSubmissionsStatus) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	found, err := client.Submissions().Status(ctx, c.ID)
	return single(env, c.trustarOut, found, err)
}

type trustarObservables struct {
	Search trustarObservablesSearch `cmd:"" default:"withargs" help:"Search observables (this is what observables does by itself)."`
	Of     trustarObservablesOf     `cmd:"" help:"List the observables of a submission."`
	Parse  trustarObservablesParse  `cmd:"" help:"Show what the server recognises in a text; nothing is stored."`
}

type trustarObservablesSearch struct {
	trustarSearch20
	Type []string `placeholder:"TYPE" help:"IP4, IP6, DOMAIN, URL, MD5, SHA1, SHA256, EMAIL_ADDRESS and others; any of those given."`
}

func observableColumns() columns[trustar.Observable] {
	now := time.Now()
	return columns[trustar.Observable]{[]string{"TYPE", "VALUE", "FIRST SEEN", "LAST SEEN", "TAGS"}, func(o trustar.Observable) []string {
		return []string{o.Type, o.Value, age(int64(o.FirstSeen), now), age(int64(o.LastSeen), now), strings.Join(o.Tags, " ")}
	}}
}

func (c *trustarObservablesSearch) Run(ctx context.Context, env environment) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Observables().Search(ctx, trustar.ObservableSearch{SubmissionSearch: q, Types: c.Type}), observableColumns())
}

type trustarObservablesOf struct {
	trustarMany
	ID string `arg:"" help:"The submission's id, the server's own."`
}

func (c *trustarObservablesOf) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	return many(ctx, env, c.trustarMany, client.Observables().OfSubmission(ctx, trustar.SubmissionRef{ID: c.ID}), observableColumns())
}

type trustarObservablesParse struct {
	trustarOut
	File string `arg:"" optional:"" default:"-" help:"The text; - is standard input."`
}

func (c *trustarObservablesParse) Run(ctx context.Context, env environment) error {
	text, err := env.text(c.File)
	if err != nil {
		return err
	}
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	found, err := client.Observables().Parse(ctx, text)
	return listed(ctx, env, c.trustarOut, found, err, columns[trustar.Entity]{
		[]string{"TYPE", "ENTITY"}, func(e trustar.Entity) []string { return []string{e.Type, e.Entity} },
	})
}

type trustarSafelists struct {
	List trustarSafelistsList `cmd:"" default:"withargs" help:"List the libraries (this is what safelists does by itself)."`
	Get  trustarSafelistsGet  `cmd:"" help:"Get a library with its entries."`
}

type trustarSafelistsList struct{ trustarOut }

func (c *trustarSafelistsList) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	now := time.Now()
	found, err := client.Safelists().List(ctx)
	return listed(ctx, env, c.trustarOut, found, err, columns[trustar.Safelist]{
		[]string{"GUID", "UPDATED", "NAME", "EXCERPT"}, func(l trustar.Safelist) []string {
			return []string{l.GUID, age(int64(l.UpdatedAt), now), l.Name, l.Excerpt}
		},
	})
}

type trustarSafelistsGet struct {
	trustarOut
	GUID string `arg:"" help:"The library's GUID."`
}

func (c *trustarSafelistsGet) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	found, err := client.Safelists().Get(ctx, c.GUID)
	return single(env, c.trustarOut, found, err)
}

type trustarWorkflows struct {
	trustarOut
	Name string `help:"Only those of this name."`
}

func (c *trustarWorkflows) Run(ctx context.Context, env environment) error {
	client, err := c.client(env, trustar.Version20)
	if err != nil {
		return err
	}
	now := time.Now()
	found, err := client.Workflows().List(ctx, trustar.WorkflowQuery{Name: c.Name})
	return listed(ctx, env, c.trustarOut, found, err, columns[trustar.Workflow]{
		[]string{"GUID", "UPDATED", "SOURCES", "NAME"}, func(w trustar.Workflow) []string {
			return []string{w.GUID, age(int64(w.Updated), now), strconv.Itoa(len(w.Config.Source.Enclaves)), w.Name}
		},
	})
}
