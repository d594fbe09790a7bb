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
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Rulesets.All(ctx, c.Agent), rulesetColumns())
}

type threatstackRulesetsGet struct{ threatstackGet }

func (c *threatstackRulesetsGet) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	found, ok, err := client.Rulesets.Get(ctx, c.ID)
	return got(env, c.threatstackGet, "ruleset", found, ok, err, rulesetColumns())
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
	outFlags
	rulesetInput
}

func (c *threatstackRulesetsCreate) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.Create(ctx, c.input())
	return answered(ctx, env, c.outFlags, made, err, rulesetColumns())
}

type threatstackRulesetsUpdate struct {
	threatstackAccess
	outFlags
	ID string `arg:"" help:"The ruleset's id."`
	rulesetInput
}

func (c *threatstackRulesetsUpdate) Run(ctx context.Context, env environment) error {
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.Update(ctx, c.ID, c.input())
	return answered(ctx, env, c.outFlags, made, err, rulesetColumns())
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
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	return show(ctx, env, c.outFlags, c.Limit, client.Rulesets.AllRules(ctx, c.Ruleset), ruleColumns())
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
	found, ok, err := client.Rulesets.Rule(ctx, c.Ruleset, c.ID)
	return got(env, c.threatstackGet, "rule", found, ok, err, ruleColumns())
}

// ruleInput is what a rule is made of.
type ruleInput struct {
	File string `arg:"" optional:"" default:"-" help:"JSON of the rule, as rules get prints one; - is standard input."`
}

func (i ruleInput) rule(env environment) (threatstack.Rule, error) {
	var rule threatstack.Rule
	err := readObject(env, i.File, rule.UnmarshalEasyJSON)
	return rule, err
}

type threatstackRulesCreate struct {
	threatstackAccess
	outFlags
	Ruleset string `arg:"" help:"The ruleset's id."`
	ruleInput
}

func (c *threatstackRulesCreate) Run(ctx context.Context, env environment) error {
	rule, err := c.rule(env)
	if err != nil {
		return err
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.CreateRule(ctx, c.Ruleset, rule)
	return answered(ctx, env, c.outFlags, made, err, ruleColumns())
}

type threatstackRulesUpdate struct {
	threatstackAccess
	outFlags
	Ruleset string `arg:"" help:"The ruleset's id."`
	ID      string `arg:"" help:"The rule's id."`
	ruleInput
}

func (c *threatstackRulesUpdate) Run(ctx context.Context, env environment) error {
	rule, err := c.rule(env)
	if err != nil {
		return err
	}
	client, err := c.writer(env)
	if err != nil {
		return err
	}
	made, err := client.Rulesets.UpdateRule(ctx, c.Ruleset, c.ID, rule)
	return answered(ctx, env, c.outFlags, made, err, ruleColumns())
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
	outFlags
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
	return answered(ctx, env, c.outFlags, tags, nil, columns[threatstack.RuleTags]{
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
