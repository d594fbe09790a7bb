package main

import "context"

type casesCommand struct {
	Related casesRelatedCommand `cmd:"" default:"withargs" help:"Show what knows the indicators of a text (this is what cases does by itself)."`
	List    listCommand         `cmd:"" help:"List Stellar Cyber cases."`
}

func (c *casesCommand) Help() string {
	return `Asks as sightline related does, but not Threat Stack: Stellar Cyber for cases of the last thirty days, or the
index, and TruSTAR for reports. Only indicators leave this machine, and only to TruSTAR; Stellar Cyber's
cases are compared here.

` + accessHelp + `

Examples:
  sightline cases report.html --stellarcyber sandbox.json --trustar station.json
  sightline cases list --min-score 80 --status New --stellarcyber sandbox.json

All flags: sightline cases related --help, sightline cases list --help

Exit codes: 0 something is related, 1 a platform failed (what the others said is printed), 2 called
wrongly, 3 every platform answered and none knows anything.`
}

// casesRelatedCommand is related without Threat Stack.
type casesRelatedCommand struct {
	access
	relatedFlags
}

func (c *casesRelatedCommand) Run(ctx context.Context, env environment) error {
	profiles, err := c.profiles(env)
	if err != nil {
		return err
	}
	return c.relate(ctx, env, c.profileFlags, profiles)
}
