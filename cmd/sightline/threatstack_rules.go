package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/sightline-sec/sightline/core/threatstack"
)

type threatstackRulesets struct {
	List   threatstackRulesetsList   `cmd:"" default:"withargs" help:"List rulesets (this is what rulesets does by itself)."`
	Get    threatstackRulesetsGet    `cmd:"" help:"Get a ruleset by its id."`
	Create threatstackRulesetsCreate `cmd:"" help:"Make a ruleset."`
	Update threatstackRulesetsUpdate `cmd:"" help:"Replace a ruleset."`
	Delete threatstackRulesetsDelete `cmd:"" help:"Delete a ruleset."`
}

func rulesetColumns() columns[threatstack.Ruleset] {
	return columns[threatstack.Ruleset]{
		[]string{"ID", "RULES", "UPDATED", "NAME", "DESCRIPTION"},
		func(r threatstack.Ruleset) []string {
			return []string{r.ID, strconv.Itoa(len(r.Rules)), string(r.UpdatedAt), r.Name, r.Description}
		},
	}
}

type threatstackRulesetsList struct {
	threatstackPage
	Agent string `placeholder:"UUID" help:"Those that an agent's host has."`
}

func (c *threatstackRulesetsList) Run(ctx context.Context, env environment) error {
	l, client, err := c.second(env)
	if err != nil {
		return err
	}
	return show(ctx, env, l, client.Rulesets.All(ctx, c.Agent), rulesetColumns())
}

type threatstackRulesetsGet struct{ threatstackGet }

func (c *threatstackRulesetsGet) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return get(env, &c.threatstackGet, "ruleset", rulesetColumns(), func(id string, _ ...string) (threatstack.Ruleset, bool, error) {
		return client.Rulesets.Get(ctx, id)
	})
}

// rulesetInput is what a ruleset is made of.
type rulesetInput struct {
	Name        string   `required:"" help:"1 to 200 characters."`
	Description string   `help:"What it is for."`
	Rule        []string `placeholder:"ID" help:"Ids of its rules."`
}

func (i rulesetInput) input() threatstack.RulesetInput {
	return threatstack.RulesetInput{Name: i.Name, Description: i.Description, RuleIDs: i.Rule}
}

type threatstackRulesetsCreate struct {
	threatstackAccess
	threatstackOut
	rulesetInput
}

func (c *threatstackRulesetsCreate) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.Create(ctx, c.input())
	if err != nil {
		return invalidUsage(err)
	}
	return answered(ctx, env, c.threatstackOut, made, rulesetColumns())
}

type threatstackRulesetsUpdate struct {
	threatstackAccess
	threatstackOut
	ID string `arg:"" help:"The ruleset's id."`
	rulesetInput
}

func (c *threatstackRulesetsUpdate) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.Update(ctx, c.ID, c.input())
	if err != nil {
		return invalidUsage(err)
	}
	return answered(ctx, env, c.threatstackOut, made, rulesetColumns())
}

type threatstackRulesetsDelete struct {
	threatstackAccess
	ID string `arg:"" help:"The ruleset's id."`
}

func (c *threatstackRulesetsDelete) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return client.Rulesets.Delete(ctx, c.ID)
}

type threatstackRules struct {
	List   threatstackRulesList   `cmd:"" help:"List the rules of a ruleset."`
	Get    threatstackRulesGet    `cmd:"" help:"Get a rule."`
	Create threatstackRulesCreate `cmd:"" help:"Make a rule of the JSON of one."`
	Update threatstackRulesUpdate `cmd:"" help:"Replace a rule by the JSON of one."`
	Delete threatstackRulesDelete `cmd:"" help:"Delete a rule."`
}

func ruleColumns() columns[threatstack.Rule] {
	return columns[threatstack.Rule]{
		[]string{"ID", "TYPE", "SEVERITY", "ENABLED", "NAME", "FILTER"},
		func(r threatstack.Rule) []string {
			return []string{r.ID, r.Type, strconv.Itoa(r.Severity), strconv.FormatBool(r.Enabled), r.Name, r.Filter}
		},
	}
}

type threatstackRulesList struct {
	threatstackPage
	Ruleset string `arg:"" help:"The ruleset's id."`
}

func (c *threatstackRulesList) Run(ctx context.Context, env environment) error {
	l, client, err := c.second(env)
	if err != nil {
		return err
	}
	return show(ctx, env, l, client.Rulesets.AllRules(ctx, c.Ruleset), ruleColumns())
}

type threatstackRulesGet struct {
	Ruleset string `arg:"" help:"The ruleset's id."`
	threatstackGet
}

func (c *threatstackRulesGet) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return get(env, &c.threatstackGet, "rule", ruleColumns(), func(id string, _ ...string) (threatstack.Rule, bool, error) {
		return client.Rulesets.Rule(ctx, c.Ruleset, id)
	})
}

type threatstackRulesCreate struct {
	threatstackAccess
	threatstackOut
	Ruleset string `arg:"" help:"The ruleset's id."`
	File    string `arg:"" optional:"" default:"-" help:"JSON of the rule, as rules get prints one; - is standard input."`
}

func (c *threatstackRulesCreate) Run(ctx context.Context, env environment) error {
	var rule threatstack.Rule
	if err := readObject(env, c.File, rule.UnmarshalEasyJSON); err != nil {
		return err
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.CreateRule(ctx, c.Ruleset, rule)
	if err != nil {
		return invalidUsage(err)
	}
	return answered(ctx, env, c.threatstackOut, made, ruleColumns())
}

type threatstackRulesUpdate struct {
	threatstackAccess
	threatstackOut
	Ruleset string `arg:"" help:"The ruleset's id."`
	ID      string `arg:"" help:"The rule's id."`
	File    string `arg:"" optional:"" default:"-" help:"JSON of the rule, as rules get prints one; - is standard input."`
}

func (c *threatstackRulesUpdate) Run(ctx context.Context, env environment) error {
	var rule threatstack.Rule
	if err := readObject(env, c.File, rule.UnmarshalEasyJSON); err != nil {
		return err
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.UpdateRule(ctx, c.Ruleset, c.ID, rule)
	if err != nil {
		return invalidUsage(err)
	}
	return answered(ctx, env, c.threatstackOut, made, ruleColumns())
}

type threatstackRulesDelete struct {
	threatstackAccess
	Ruleset string `arg:"" help:"The ruleset's id."`
	ID      string `arg:"" help:"The rule's id."`
}

func (c *threatstackRulesDelete) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return client.Rulesets.DeleteRule(ctx, c.Ruleset, c.ID)
}

type threatstackTags struct {
	Get threatstackTagsGet `cmd:"" help:"Show the tags of the hosts that a rule is for."`
	Set threatstackTagsSet `cmd:"" help:"Say by tags which hosts a rule is for, in place of what was said before."`
}

type threatstackTagsGet struct {
	threatstackAccess
	threatstackOut
	Rule string `arg:"" help:"The rule's id."`
}

func (c *threatstackTagsGet) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	tags, ok, err := client.Rulesets.Tags(ctx, c.Rule)
	if err != nil {
		return err
	}
	if !ok {
		fmt.Fprintf(env.stderr, "There are no tags for rule %s.\n", printable(c.Rule))
		return errNothing
	}
	return answered(ctx, env, c.threatstackOut, tags, columns[threatstack.RuleTags]{
		[]string{"FOR", "BUT NOT FOR"},
		func(t threatstack.RuleTags) []string { return []string{tagText(t.Inclusion), tagText(t.Exclusion)} },
	})
}

func tagText(tags []threatstack.Tag) string {
	text := ""
	for _, tag := range tags {
		text += tag.Source + ":" + tag.Key + "=" + tag.Value + " "
	}
	return text
}

type threatstackTagsSet struct {
	threatstackAccess
	Rule    string   `arg:"" help:"The rule's id."`
	Include []string `sep:"none" placeholder:"TAG" help:"Hosts with this tag, e.g. ec2:env=prod."`
	Exclude []string `sep:"none" placeholder:"TAG" help:"But not those with this one."`
}

func (c *threatstackTagsSet) Run(ctx context.Context, env environment) error {
	var tags threatstack.RuleTags
	for _, list := range []struct {
		given []string
		into  *[]threatstack.Tag
	}{{c.Include, &tags.Inclusion}, {c.Exclude, &tags.Exclusion}} {
		for _, text := range list.given {
			tag, err := sourceTag(text)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, tag)
		}
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return client.Rulesets.SetTags(ctx, c.Rule, tags)
}
