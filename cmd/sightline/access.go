package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/app"
)

// access says how to reach a platform. Secrets come from the environment, from a
// file or from the keyring, never from the command line, where every process of the
// machine reads them.
type access struct {
	profileFlags
	TruSTAR      string `name:"trustar" type:"existingfile" placeholder:"FILE" help:"File that says how to reach TruSTAR: the line that sightline station --demo prints will do."`
	StellarCyber string `name:"stellarcyber" type:"existingfile" placeholder:"FILE" help:"File that says how to reach Stellar Cyber: the line that sightline sandbox prints will do."`
}

const accessHelp = `How to reach a platform is said by a file, a profile (sightline profile --help), or the environment:
  TruSTAR        SIGHTLINE_TRUSTAR_URL, _KEY, _SECRET, _VERSION (1.2 or 1.3)
  Stellar Cyber  SIGHTLINE_STELLARCYBER_URL, _USER, _KEY (no user: a user-scoped key)
What is named by a flag wins over the environment, and that over the default profile.`

// accessFile is what either file holds; the servers' ready lines are such files.
type accessFile struct {
	URL       string `json:"url"`
	WebURL    string `json:"webUrl"`
	Version   string `json:"apiVersion"`
	APIKey    string `json:"apiKey"`
	APISecret string `json:"apiSecret"`
	Enclaves  []struct {
		ID string `json:"id"`
	} `json:"enclaves"`
	User         string `json:"user"`
	RefreshToken string `json:"refreshToken"`
	// OrganizationID is Threat Stack's; ThreatStack is what the sandbox says of it.
	OrganizationID string      `json:"organizationId"`
	UserID         string      `json:"userId"`
	ThreatStack    *accessFile `json:"threatstack"`
}

// The names of the two profiles that have no name of their own. They are in stored
// items, so they stay.
const (
	trustarProfile = "trustar"
	stellarProfile = "stellarcyber"
)

// trustar returns the profile for TruSTAR; false when nothing is said about it.
func (a access) trustar(env environment) (app.Profile, bool, error) {
	named, err := a.named(env, profile.TruSTAR, a.TruSTAR != "" || env.getenv("SIGHTLINE_TRUSTAR_URL") != "", a.TruSTAR)
	if len(named) > 0 || err != nil {
		return oneOf(env, named, err)
	}
	file := accessFile{
		URL: env.getenv("SIGHTLINE_TRUSTAR_URL"), APIKey: env.getenv("SIGHTLINE_TRUSTAR_KEY"),
		APISecret: env.getenv("SIGHTLINE_TRUSTAR_SECRET"), Version: env.getenv("SIGHTLINE_TRUSTAR_VERSION"),
	}
	if err := overlay(&file, a.TruSTAR); err != nil {
		return app.Profile{}, false, err
	}
	return app.Profile{
		ID: trustarProfile, Platform: app.PlatformTruSTAR, Name: "TruSTAR", BaseURL: file.URL, APIVersion: file.Version,
		Identity: file.APIKey, Secret: file.APISecret, WebURL: file.WebURL,
	}, file.URL != "", nil
}

// stellar returns the profile for Stellar Cyber; false when nothing is said about it.
func (a access) stellar(env environment) (app.Profile, bool, error) {
	named, err := a.named(env, profile.StellarCyber, a.StellarCyber != "" || env.getenv("SIGHTLINE_STELLARCYBER_URL") != "", a.StellarCyber)
	if len(named) > 0 || err != nil {
		return oneOf(env, named, err)
	}
	file := accessFile{
		URL: env.getenv("SIGHTLINE_STELLARCYBER_URL"), User: env.getenv("SIGHTLINE_STELLARCYBER_USER"),
		RefreshToken: env.getenv("SIGHTLINE_STELLARCYBER_KEY"),
	}
	if err := overlay(&file, a.StellarCyber); err != nil {
		return app.Profile{}, false, err
	}
	return app.Profile{
		ID: stellarProfile, Platform: app.PlatformStellarCyber, Name: "Stellar Cyber", BaseURL: file.URL,
		Identity: file.User, Secret: file.RefreshToken, WebURL: file.WebURL,
	}, file.URL != "", nil
}

// overlay reads the first JSON object of a file over what the environment said.
func overlay(into *accessFile, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	*into = accessFile{}
	if err := json.NewDecoder(f).Decode(into); err != nil {
		// The decoder's own words may quote the file, and with it a secret.
		return fmt.Errorf("%s is not a JSON object with url and keys", path)
	}
	return nil
}

// newApp returns the use cases over real connections.
func newApp(profiles ...app.Profile) *app.App {
	return newAppOver(httptransport.New(httptransport.Config{}), profiles...)
}

func newAppOver(transport api.Transport, profiles ...app.Profile) *app.App {
	a := app.New(app.Config{Transport: transport})
	a.Configure(profiles)
	return a
}
