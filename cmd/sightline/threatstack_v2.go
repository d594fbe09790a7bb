package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/threatstack"
)

// threatstackPage is what lists without times take.
type threatstackPage struct {
	threatstackAccess
	outFlags
	Limit int `default:"25" help:"How many to show at most; 0 shows all."`
}

// writer returns a client of version 2.
func (a threatstackAccess) writer(env environment) (*threatstack.ClientV2, error) {
	r, err := a.reach(env, threatstack.Version2)
	if err != nil {
		return nil, err
	}
	client, err := r.v2()
	return client, invalidUsage(err)
}

// invalidUsage makes a wrong call of what the client refuses before the network.
func invalidUsage(err error) error {
	var invalid *api.InvalidError
	if errors.As(err, &invalid) {
		return usageError(invalid.Error())
	}
	return err
}

// rawColumns shows objects whose shape nobody has published: what of the names they
// have, and all of it in JSON.
func rawColumns(names ...string) columns[api.Raw] {
	head := make([]string, 0, len(names)+1)
	for _, name := range names {
		head = append(head, strings.ToUpper(name))
	}
	return columns[api.Raw]{append(head, "JSON"), func(raw api.Raw) []string {
		return append(cells(json.RawMessage(raw), names), string(raw))
	}}
}

// answered prints what a write answered.
func answered[T marshaler](ctx context.Context, env environment, out outFlags, made T, err error, shown columns[T]) error {
	if err != nil {
		return invalidUsage(err)
	}
	return show(ctx, env, out, 0, each([]T{made}, nil), shown)
}

// readObject reads the JSON of an object from a file; "-" is standard input.
func readObject(env environment, path string, read func(*jlexer.Lexer)) error {
	in, err := env.open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return err
	}
	lexer := jlexer.Lexer{Data: data}
	read(&lexer)
	lexer.Consumed()
	if lexer.Error() != nil {
		return usageError(path + " is not the JSON of such an object")
	}
	return nil
}

type threatstackVulnerabilities struct {
	List         threatstackVulnerabilitiesList `cmd:"" default:"withargs" help:"List vulnerabilities (this is what vulnerabilities does by itself)."`
	Servers      threatstackVulnerableServers   `cmd:"" help:"List the hosts that have a CVE."`
	Packages     threatstackPackages            `cmd:"" help:"List what is known of a package."`
	Suppressions threatstackSuppressions        `cmd:"" help:"List what is not to be told of."`
}

type threatstackVulnerabilitiesList struct {
	threatstackPage
	Status  string `placeholder:"STATUS" help:"active or suppressed; both by default."`
	Agent   string `placeholder:"ID" help:"The agent's id."`
	Notices bool   `help:"Only those with a security notice."`
}

func (c *threatstackVulnerabilitiesList) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	q := threatstack.VulnerabilityQuery{Status: c.Status, AgentID: c.Agent}
	if c.Notices {
		q.HasSecurityNotices = &c.Notices
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Vulnerabilities.All(ctx, q), columns[threatstack.Vulnerability]{
		[]string{"CVE", "SEVERITY", "VECTOR", "SUPPRESSED", "PACKAGE", "REPORTED"},
		func(v threatstack.Vulnerability) []string {
			return []string{v.CVE, v.Severity, v.VectorType, strconv.FormatBool(v.IsSuppressed), v.SystemPackage, v.ReportedPackage}
		},
	})
}

type threatstackVulnerableServers struct {
	threatstackPage
	CVE string `arg:"" name:"cve" help:"E.g. CVE-2018-0001."`
}

func (c *threatstackVulnerableServers) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Vulnerabilities.Servers(ctx, c.CVE), columns[threatstack.VulnerableServer]{
		[]string{"AGENT", "HOSTNAME"},
		func(s threatstack.VulnerableServer) []string { return []string{s.AgentID, s.Hostname} },
	})
}

type threatstackPackages struct {
	threatstackPage
	Name string `arg:"" help:"The package's name."`
}

func (c *threatstackPackages) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Vulnerabilities.Packages(ctx, c.Name), rawColumns("name", "cveNumber"))
}

type threatstackSuppressions struct{ threatstackPage }

func (c *threatstackSuppressions) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Vulnerabilities.Suppressions(ctx), rawColumns("cveNumber", "reason"))
}

type threatstackEC2 struct {
	threatstackPage
	Monitored string `enum:"both,yes,no" default:"both" help:"By whether they have an agent: ${enum}."`
	Verbose   bool   `help:"Ask for all that is known of each."`
}

func (c *threatstackEC2) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	var monitored *bool
	if c.Monitored != "both" {
		yes := c.Monitored == "yes"
		monitored = &yes
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Servers.EC2(ctx, monitored, c.Verbose), rawColumns("instanceId", "name", "monitored"))
}

type threatstackMembers struct {
	List   threatstackMembersList   `cmd:"" default:"withargs" help:"List members (this is what members does by itself)."`
	Add    threatstackMembersAdd    `cmd:"" help:"Take a user of the platform into the organization."`
	Remove threatstackMembersRemove `cmd:"" help:"Take a member out of the organization."`
	Invite threatstackMembersInvite `cmd:"" help:"Invite somebody by mail."`
}

type threatstackMembersList struct {
	threatstackPage
	Enabled bool `help:"Only those who are enabled."`
}

func (c *threatstackMembersList) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	members, err := client.Members.List(ctx, c.Enabled)
	now := time.Now()
	return show(ctx, env, c.outFlags, c.Limit, each(members, err), columns[threatstack.Member]{
		[]string{"ID", "ROLE", "ENABLED", "MFA", "SEEN", "EMAIL", "NAME"},
		func(m threatstack.Member) []string {
			return []string{
				m.ID, m.Role, strconv.FormatBool(m.UserEnabled), strconv.FormatBool(m.MFAEnabled), age(int64(m.LastAuthenticatedAt), now), m.Email, m.DisplayName,
			}
		},
	})
}

type threatstackMembersAdd struct {
	threatstackAccess
	ID   string `arg:"" help:"The user's id."`
	Role string `required:"" help:"E.g. user or reader."`
}

func (c *threatstackMembersAdd) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return invalidUsage(client.Members.Add(ctx, c.ID, c.Role))
}

type threatstackMembersRemove struct {
	threatstackAccess
	ID string `arg:"" help:"The member's id."`
}

func (c *threatstackMembersRemove) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return client.Members.Remove(ctx, c.ID)
}

type threatstackMembersInvite struct {
	threatstackAccess
	outFlags
	Email string `arg:"" help:"Whom to invite."`
	Role  string `enum:"user,reader" default:"reader" help:"As what: ${enum}."`
}

func (c *threatstackMembersInvite) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	invitation, err := client.Members.Invite(ctx, c.Email, c.Role)
	return answered(ctx, env, c.outFlags, invitation, err, columns[threatstack.Invitation]{
		[]string{"SENT TO", "ROLE", "STATUS"},
		func(i threatstack.Invitation) []string { return []string{i.SentToEmail, i.Role, i.Status} },
	})
}

type threatstackAudit struct {
	threatstackList
	Email     string `placeholder:"MAIL" help:"Whose doing, by mail address."`
	User      string `placeholder:"ID" help:"Whose doing, by id."`
	Operation string `help:"What was done, in the platform's own words."`
}

func (c *threatstackAudit) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, threatstack.Version2)
	if err != nil {
		return err
	}
	return list2(ctx, env, &c.threatstackList, r, func(client *threatstack.ClientV2, from, until threatstack.Time) iter.Seq2[threatstack.AuditRecord, error] {
		return client.AuditLogs.All(ctx, threatstack.AuditQuery{From: from, Until: until, UserEmail: c.Email, UserID: c.User, Operation: c.Operation})
	}, columns[threatstack.AuditRecord]{
		[]string{"TIME", "USER", "RESULT", "ACTION", "DESCRIPTION"},
		func(a threatstack.AuditRecord) []string {
			return []string{string(a.EventTime), a.UserEmail, a.Result, a.Action, a.Description}
		},
	})
}

type threatstackS3Export struct {
	Get    threatstackS3Get    `cmd:"" default:"withargs" help:"Show where events go (this is what s3export does by itself)."`
	Set    threatstackS3Set    `cmd:"" help:"Send events to a bucket."`
	Delete threatstackS3Delete `cmd:"" help:"Send events to a bucket no more."`
}

type threatstackS3Get struct {
	threatstackAccess
	outFlags
}

func (c *threatstackS3Get) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	export, ok, err := client.S3Export.Get(ctx)
	if err != nil {
		return err
	}
	if !ok {
		return errNothing
	}
	return answered(ctx, env, c.outFlags, export, nil, columns[threatstack.S3Export]{
		[]string{"BUCKET", "REGION", "PREFIX", "ENABLED", "ROLE"},
		func(e threatstack.S3Export) []string {
			return []string{e.Bucket, e.Region, e.Prefix, strconv.FormatBool(e.Enabled), e.RoleARN}
		},
	})
}

type threatstackS3Set struct {
	threatstackAccess
	Bucket     string `arg:"" help:"The bucket's name."`
	Role       string `required:"" placeholder:"ARN" help:"The role that may write there."`
	ExternalID string `required:"" placeholder:"ID" help:"The role's external id."`
	Region     string `required:"" help:"The bucket's region."`
	Prefix     string `help:"What names begin with."`
	Disabled   bool   `help:"Keep it and send nothing."`
}

func (c *threatstackS3Set) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return invalidUsage(client.S3Export.Set(ctx, threatstack.S3Export{
		Bucket: c.Bucket, RoleARN: c.Role, RoleARNExternalID: c.ExternalID, Region: c.Region, Prefix: c.Prefix, Enabled: !c.Disabled,
	}))
}

type threatstackS3Delete struct {
	threatstackAccess
	Bucket string `arg:"" help:"The bucket's name."`
}

func (c *threatstackS3Delete) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return client.S3Export.Delete(ctx, c.Bucket)
}

type threatstackTest struct{ threatstackAccess }

func (c *threatstackTest) Run(ctx context.Context, env environment) error {
	r, err := c.reach(env, "")
	if err != nil {
		return err
	}
	version := threatstack.Version1
	if r.two {
		version = threatstack.Version2
	}
	said, err := tryThreatStack(ctx, r.Config, version)
	if err != nil {
		return invalidUsage(err)
	}
	fmt.Fprintln(env.stdout, printable(said))
	return nil
}

// sourceTag reads "ec2:env=prod".
func sourceTag(text string) (threatstack.Tag, error) {
	source, rest, ok := strings.Cut(text, ":")
	key, value, ok2 := strings.Cut(rest, "=")
	if !ok || !ok2 || slices.Contains([]string{source, key}, "") {
		return threatstack.Tag{}, usageError("write a tag as ec2:name=value")
	}
	return threatstack.Tag{Source: source, Key: key, Value: value}, nil
}
