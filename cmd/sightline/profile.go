package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/threatstack"
)

type profileCommand struct {
	List   profileList   `cmd:"" help:"List profiles: where their servers are, and where their secrets."`
	Add    profileAdd    `cmd:"" help:"Make a profile, or replace one."`
	Remove profileRemove `cmd:"" help:"Remove a profile, and its secrets from the keyring."`
	Test   profileTest   `cmd:"" help:"Try profiles with a call that changes nothing."`
}

func (c *profileCommand) Help() string {
	return `A profile says how to reach a platform and as whom; there may be several for each. The file has no
secrets in it, it says where they are:
  keyring    in the system's keyring (Secret Service, Keychain, Credential Manager); add asks for them
  env:NAME   in an environment variable
  file:PATH  alone in a file that only you can read; one that others can read is refused

Where nothing is said, a command uses the only profile of the platform, or the one that is marked as default.

Examples:
  sightline profile add soc --platform stellarcyber --url https://stellar.example --user ana@soc.example
  sightline profile add station --platform trustar --url https://station.example --key env:TS_KEY --secret file:~/.station-secret
  sightline profile add ts2 --platform threatstack --api-version 2 --user ID --organization ID --key env:TS_API_KEY
  sightline profile test
  sightline cases report.html --profile soc --profile station

Exit codes: 0 done, 1 error, or a profile that does not work, 2 called wrongly, 3 there are no profiles.`
}

type profileList struct {
	configFlag
	Out string `enum:"auto,table,json" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON elsewhere."`
}

func (c *profileList) Run(env environment) error {
	file, err := c.open(env)
	if err != nil {
		return err
	}
	if len(file.Profiles) == 0 {
		return errNothing
	}
	if c.Out == "json" || c.Out == "auto" && !env.terminal {
		body, err := json.Marshal(file.Profiles)
		if err != nil {
			return err
		}
		return printIndented(env, body)
	}
	rows := [][]string{{"NAME", "PLATFORM", "API", "DEFAULT", "SERVER", "USER", "KEY", "SECRET"}}
	for _, p := range file.Profiles {
		mark := ""
		if p.Default {
			mark = "yes"
		}
		secret := ""
		if p.Secret != "" {
			secret = p.Secret.String()
		}
		rows = append(rows, []string{p.Name, p.Platform, p.APIVersion, mark, p.URL, p.User, p.Key.String(), secret})
	}
	return table(env.stdout, rows)
}

type profileAdd struct {
	configFlag
	Name         string `arg:"" help:"Name of the profile."`
	Platform     string `required:"" enum:"trustar,stellarcyber,threatstack" help:"Which platform: ${enum}."`
	URL          string `name:"url" help:"Root of the server; Threat Stack's is the vendor's by default."`
	APIVersion   string `placeholder:"VERSION" help:"Version of the API: 1.2 or 1.3 of TruSTAR, 1 or 2 of Threat Stack."`
	User         string `help:"Stellar Cyber's user (none: the key is user-scoped), or the id of Threat Stack's."`
	Organization string `placeholder:"ID" help:"Threat Stack's organization."`
	WebURL       string `name:"web-url" placeholder:"URL" help:"Root of the platform's pages, for links."`
	CA           string `name:"ca" type:"existingfile" placeholder:"FILE" help:"Certificate authorities in PEM to believe besides the system's, for an appliance with its own."`
	Default      bool   `help:"Use it where none is named."`
	Key          string `default:"keyring" placeholder:"WHERE" help:"Where the API key is, or Stellar Cyber's refresh token or user-scoped key: keyring, env:NAME or file:PATH."`
	Secret       string `placeholder:"WHERE" help:"Where TruSTAR's API secret is; the keyring by default."`
	Replace      bool   `help:"Replace the profile of this name."`
}

func (c *profileAdd) Run(env environment) error {
	file, err := c.open(env)
	if err != nil {
		return err
	}
	p := profile.Profile{
		Name: c.Name, Platform: c.Platform, URL: strings.TrimRight(c.URL, "/"), APIVersion: c.APIVersion, User: c.User, Organization: c.Organization,
		WebURL: c.WebURL, CA: c.CA, Default: c.Default, Key: whole(c.Key), Secret: whole(c.Secret),
	}
	if p.Platform == profile.TruSTAR && p.Secret == "" {
		p.Secret = profile.Keyring
	}
	if err := p.Check(); err != nil {
		return usageError(err.Error())
	}
	if p.URL != "" {
		if origin := app.ParseOrigin(p.URL); origin.Problem != "" {
			return usageError("--url: " + origin.Problem)
		}
	}
	old, err := file.Find(p.Name)
	replaces := err == nil
	if replaces && !c.Replace {
		return usageError("there is a profile " + p.Name + " already: --replace replaces it")
	}
	var keys profile.Keys
	ask := env.asker()
	for _, one := range []struct {
		source profile.Source
		what   string
		into   *string
	}{{p.Key, keyName(p), &keys.Key}, {p.Secret, "API secret", &keys.Secret}} {
		if one.source == profile.Keyring {
			if *one.into, err = ask(one.what); err != nil {
				return err
			}
		}
	}
	// First the secrets: a profile without them would only look as if it worked.
	if err := env.secrets().Keep(p, keys); err != nil {
		return err
	}
	if err := file.Add(p, c.Replace); err != nil {
		return err
	}
	if replaces {
		// What the new profile does not look for there must not stay there.
		if err := env.secrets().Forget(old.Without(p)); err != nil {
			return fmt.Errorf("the profile is replaced, its old secrets may still be there: %w", err)
		}
	}
	if _, err := env.secrets().Resolve(p); err != nil {
		fmt.Fprintln(env.stderr, "sightline: kept, but it cannot be used yet:", printable(err.Error()))
	}
	return nil
}

// whole makes a file's path whole: the profile is used from other folders too.
func whole(source string) profile.Source {
	if path, ok := strings.CutPrefix(source, "file:"); ok && path != "" && !strings.HasPrefix(path, "~/") {
		if full, err := filepath.Abs(path); err == nil {
			return profile.Source("file:" + full)
		}
	}
	return profile.Source(source)
}

func keyName(p profile.Profile) string {
	if p.Platform != profile.StellarCyber {
		return "API key"
	}
	if p.User == "" {
		return "user-scoped key"
	}
	return "refresh token"
}

// asker returns what reads secrets: from a terminal unseen, else a line of standard
// input each.
func (env environment) asker() func(what string) (string, error) {
	lines := bufio.NewReader(io.LimitReader(env.stdin, 1<<20))
	return func(what string) (string, error) {
		var text string
		if f, ok := env.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
			fmt.Fprintf(env.stderr, "%s (it is not shown): ", what)
			typed, err := term.ReadPassword(int(f.Fd()))
			fmt.Fprintln(env.stderr)
			if err != nil {
				return "", err
			}
			text = string(typed)
		} else {
			line, err := lines.ReadString('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				return "", err
			}
			text = line
		}
		if text = strings.TrimSpace(text); text == "" {
			return "", usageError("the " + what + " goes into the keyring: give it on standard input, or say where it is with --key and --secret, env:NAME or file:PATH")
		}
		return text, nil
	}
}

type profileRemove struct {
	configFlag
	Name string `arg:"" help:"Name of the profile."`
}

func (c *profileRemove) Run(env environment) error {
	file, err := c.open(env)
	if err != nil {
		return err
	}
	p, err := file.Find(c.Name)
	if err != nil {
		return usageError(err.Error())
	}
	if _, err := file.Remove(c.Name); err != nil {
		return err
	}
	if err := env.secrets().Forget(p); err != nil {
		return fmt.Errorf("the profile is removed, its secrets may still be there: %w", err)
	}
	return nil
}

type profileTest struct {
	configFlag
	Name []string `arg:"" optional:"" help:"Names of profiles; all by default."`
}

func (c *profileTest) Run(ctx context.Context, env environment) error {
	file, err := c.open(env)
	if err != nil {
		return err
	}
	profiles := file.Profiles
	if len(c.Name) > 0 {
		profiles = nil
		for _, name := range c.Name {
			p, err := file.Find(name)
			if err != nil {
				return usageError(err.Error())
			}
			profiles = append(profiles, p)
		}
	}
	if len(profiles) == 0 {
		return errNothing
	}
	failed := 0
	for _, p := range profiles {
		said, err := try(ctx, env, p)
		if err != nil {
			failed++
			said = "does not work: " + words(err)
		}
		fmt.Fprintf(env.stdout, "%s: %s\n", p.Name, printable(said))
	}
	if failed > 0 {
		return fmt.Errorf("%s of %d", count(failed, "profile")+" not working", len(profiles))
	}
	return nil
}

// try makes a call or two that change nothing.
func try(ctx context.Context, env environment, p profile.Profile) (string, error) {
	if p.Platform == profile.ThreatStack {
		config, version, err := threatstackConfig(env, p)
		if err != nil {
			return "", err
		}
		return tryThreatStack(ctx, config, version)
	}
	unlocked, err := env.unlock(p)
	if err != nil {
		return "", err
	}
	way, err := transportOf(p)
	if err != nil {
		return "", err
	}
	reached, err := newAppOver(way).TestConnection(ctx, unlocked)
	return reached.Words, err
}

func tryThreatStack(ctx context.Context, config threatstack.Config, version string) (string, error) {
	if version == threatstack.Version2 {
		client, err := threatstack.NewV2(config)
		if err != nil {
			return "", err
		}
		return "Threat Stack answers and accepts the signature.", client.SelfTest(ctx)
	}
	client, err := threatstack.New(config)
	if err != nil {
		return "", err
	}
	organizations, err := client.Organizations.List(ctx, threatstack.ListOptions{})
	return "Threat Stack answers and accepts the key. It belongs to " + count(len(organizations), "organization") + ".", err
}
