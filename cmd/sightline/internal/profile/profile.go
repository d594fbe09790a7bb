// Package profile keeps the command line's profiles: named ways to reach a platform,
// several for each if need be. [Open] reads them from a file, [File.Add] and
// [File.Remove] change it, [Secrets.Resolve] fetches what a profile's keys are.
//
// The file says where secrets are and never holds one: see [Source]. It is JSON, so
// that the program can rewrite it and lose nothing:
//
//	{"profiles": [{
//	  "name": "soc", "platform": "stellarcyber", "url": "https://stellar.example",
//	  "user": "ana@soc.example", "key": "keyring"
//	}]}
//
// No error of this package has a secret in it.
package profile

import (
	"errors"
	"fmt"
	"strings"
)

// The platforms, by the names that they have in the file and in flags.
const (
	TruSTAR      = "trustar"
	StellarCyber = "stellarcyber"
	ThreatStack  = "threatstack"
)

// Title is what people call a platform.
func Title(platform string) string {
	switch platform {
	case TruSTAR:
		return "TruSTAR"
	case StellarCyber:
		return "Stellar Cyber"
	case ThreatStack:
		return "Threat Stack"
	}
	return platform
}

// Profile says how to reach a platform, and as whom.
type Profile struct {
	// Name is what --profile takes: letters, digits, and . _ - within.
	Name string `json:"name"`
	// Platform is one of the constants.
	Platform string `json:"platform"`
	// URL is the server's root; "" is the vendor's own where there is one: Threat Stack's.
	URL string `json:"url,omitempty"`
	// APIVersion is what the server speaks; "" is the client's default.
	APIVersion string `json:"apiVersion,omitempty"`
	// User is Stellar Cyber's user, or the id of Threat Stack's.
	User string `json:"user,omitempty"`
	// Organization is the id of one of Threat Stack's.
	Organization string `json:"organization,omitempty"`
	// WebURL is the root of the platform's pages for people; "" leaves links out.
	WebURL string `json:"webUrl,omitempty"`
	// CA is a PEM file of certificate authorities to believe besides the system's.
	CA string `json:"ca,omitempty"`
	// Default makes it the one of its platform that is used when none is named.
	Default bool `json:"default,omitempty"`

	// Key is where to find the API key, or Stellar Cyber's refresh token or user-scoped key.
	Key Source `json:"key"`
	// Secret is where to find TruSTAR's API secret. The other platforms have none.
	Secret Source `json:"secret,omitempty"`
}

// Check finds what cannot work.
func (p Profile) Check() error {
	if !isName(p.Name) {
		return errors.New("a profile's name is 1 to 64 letters, digits and . _ - within")
	}
	problem := func() string {
		switch {
		case Title(p.Platform) == p.Platform:
			return "platform is trustar, stellarcyber or threatstack"
		case p.URL == "" && p.Platform != ThreatStack:
			return "url is missing"
		case strings.Contains(p.URL+p.WebURL, "@"):
			return "an address must not hold a user name or password"
		case p.Platform == TruSTAR && p.Secret == "":
			return "secret is missing: say where it is"
		case p.Platform != TruSTAR && p.Secret != "":
			return "secret is TruSTAR's alone"
		case p.Platform != ThreatStack && p.Organization != "":
			return "organization is Threat Stack's alone"
		case p.Platform == TruSTAR && p.User != "":
			return "user is not TruSTAR's: it has a key and a secret"
		case p.Platform == ThreatStack && p.APIVersion == "2" && (p.User == "" || p.Organization == ""):
			return "version 2 needs user and organization"
		case p.Platform == ThreatStack && p.APIVersion != "" && p.APIVersion != "1" && p.APIVersion != "2":
			return "apiVersion is 1 or 2"
		}
		return ""
	}()
	if problem != "" {
		return fmt.Errorf("profile %s: %s", p.Name, problem)
	}
	for field, source := range p.sources() {
		if err := source.check(); err != nil {
			return fmt.Errorf("profile %s: %s: %w", p.Name, field, err)
		}
	}
	return nil
}

// sources are the profile's secrets by their field.
func (p Profile) sources() map[string]Source {
	sources := map[string]Source{"key": p.Key}
	if p.Platform == TruSTAR {
		sources["secret"] = p.Secret
	}
	return sources
}

// Without is the profile as far as it keeps secrets in the keyring that other does not
// keep there; see Secrets.Forget.
func (p Profile) Without(other Profile) Profile {
	if other.Key == Keyring {
		p.Key = ""
	}
	if other.Secret == Keyring {
		p.Secret = ""
	}
	return p
}

func isName(s string) bool {
	const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	return s != "" && len(s) <= 64 && strings.Trim(s, alphanumeric+"._-") == "" &&
		strings.Contains(alphanumeric, s[:1]) && strings.Contains(alphanumeric, s[len(s)-1:])
}
