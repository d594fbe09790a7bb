package main

import (
	"cmp"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/threatstack"
)

// everyAccess says how to reach each platform that may know something.
type everyAccess struct {
	access
	ThreatStack string `name:"threatstack" type:"existingfile" placeholder:"FILE" help:"File that says how to reach Threat Stack: the line that sightline sandbox prints will do."`
}

const everyHelp = `How to reach a platform is said by a file, a profile (sightline profile --help), or the environment:
  TruSTAR        SIGHTLINE_TRUSTAR_URL, _KEY, _SECRET, _VERSION (1.2 or 1.3)
  Stellar Cyber  SIGHTLINE_STELLARCYBER_URL, _USER, _KEY (no user: a user-scoped key)
  Threat Stack   SIGHTLINE_THREATSTACK_KEY, _ORG, _USER (version 2), _VERSION (1 or 2), _URL
What is named by a flag wins over the environment, and that over the default profile.`

// threatStackProfile is the id of the profile that has no name of its own.
const threatStackProfile = "threatstack"

// way is how one platform is reached: by its file, or as the environment says.
type way struct {
	platform, file string
	read           func(environment) (app.Profile, bool, error)
}

func (a everyAccess) profiles(env environment) ([]app.Profile, error) {
	return a.reach(env, "--stellarcyber FILE, --threatstack FILE, --trustar FILE",
		way{profile.StellarCyber, a.StellarCyber, a.stellar},
		way{profile.ThreatStack, a.ThreatStack, a.threatStack},
		way{profile.TruSTAR, a.TruSTAR, a.trustar},
	)
}

func (a access) profiles(env environment) ([]app.Profile, error) {
	return a.reach(env, "--stellarcyber FILE, --trustar FILE",
		way{profile.StellarCyber, a.StellarCyber, a.stellar},
		way{profile.TruSTAR, a.TruSTAR, a.trustar},
	)
}

// reach returns the profiles that something is said about; at least one. Where
// profiles are named, several of a platform may be.
func (f profileFlags) reach(env environment, files string, ways ...way) ([]app.Profile, error) {
	platforms := make([]string, 0, len(ways))
	for _, way := range ways {
		platforms = append(platforms, way.platform)
	}
	if err := f.only(env, platforms...); err != nil {
		return nil, err
	}
	var profiles []app.Profile
	for _, way := range ways {
		if len(f.Profile) > 0 && way.file == "" {
			named, err := f.named(env, way.platform, true, "")
			if err != nil {
				return nil, err
			}
			for _, p := range named {
				unlocked, err := env.unlock(p)
				if err != nil {
					return nil, err
				}
				profiles = append(profiles, unlocked)
			}
			continue
		}
		one, ok, err := way.read(env)
		if err != nil {
			return nil, err
		}
		if ok {
			profiles = append(profiles, one)
		}
	}
	if len(profiles) == 0 {
		return nil, usageError("say how to reach a platform: --profile NAME, " + files + " or the environment")
	}
	return profiles, nil
}

// threatStack returns the profile for Threat Stack; false when nothing is said about it.
func (a everyAccess) threatStack(env environment) (app.Profile, bool, error) {
	named, err := a.named(env, profile.ThreatStack, a.ThreatStack != "" || env.getenv("SIGHTLINE_THREATSTACK_KEY") != "", a.ThreatStack)
	if len(named) > 0 || err != nil {
		return oneOf(env, named, err)
	}
	file := accessFile{
		URL: env.getenv("SIGHTLINE_THREATSTACK_URL"), APIKey: env.getenv("SIGHTLINE_THREATSTACK_KEY"), Version: env.getenv("SIGHTLINE_THREATSTACK_VERSION"),
		OrganizationID: env.getenv("SIGHTLINE_THREATSTACK_ORG"), UserID: env.getenv("SIGHTLINE_THREATSTACK_USER"),
	}
	if err := overlay(&file, a.ThreatStack); err != nil {
		return app.Profile{}, false, err
	}
	if file.ThreatStack != nil {
		file = *file.ThreatStack
	}
	root := threatstack.DefaultURL
	if file.Version == threatstack.Version2 {
		root = threatstack.DefaultURLV2
	}
	return app.Profile{
		ID: threatStackProfile, Platform: app.PlatformThreatStack, Name: "Threat Stack", BaseURL: cmp.Or(file.URL, root), APIVersion: file.Version,
		Identity: file.UserID, Secret: file.APIKey, OrgID: file.OrganizationID,
	}, file.APIKey != "", nil
}
