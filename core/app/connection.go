package app

import (
	"slices"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/core/trustar"
)

// maxWait is the longest pause that a call makes by itself: a person is waiting.
const maxWait = 5 * time.Second

// ProfileError means that a profile is missing or cannot do what was asked.
type ProfileError struct {
	// What is wrong and what to do, a sentence each.
	What, Todo string
}

func (e *ProfileError) Error() string { return e.What }

// Trouble implements report.Troubled.
func (e *ProfileError) Trouble() report.Trouble {
	return report.Trouble{Kind: report.TroubleProfile, What: e.What, Todo: e.Todo}
}

// connection is a profile with its client. It is never changed once it is made, so
// that calls under way keep theirs when profiles are replaced.
type connection struct {
	profile Profile
	// One of the clients is set, or err says why none could be made.
	trustar *trustar.Client
	stellar *stellarcyber.Client
	// alerts walks Threat Stack's.
	alerts lookup.Feed
	err    error
	// seen is what the look-ups of a Stellar Cyber profile have read, glance answers for
	// a platform that is walked and has no index.
	seen   *lookup.Observations
	glance lookup.Source
	// memory has what a TruSTAR profile has answered in the last minutes.
	memory *lookup.Memory
}

// Configure replaces all profiles. A profile that has not changed keeps its client
// and with it its token.
func (a *App) Configure(profiles []Profile) {
	a.mu.Lock()
	defer a.mu.Unlock()
	next := make([]*connection, 0, len(profiles))
	for _, profile := range profiles {
		i := slices.IndexFunc(a.profiles, func(old *connection) bool { return sameAccess(old.profile, profile) })
		c := a.connect(profile, i)
		next = append(next, c)
	}
	a.profiles = next
}

// connect makes a profile's connection, with the client of the one at index old
// unless that is negative.
func (a *App) connect(profile Profile, old int) *connection {
	profile.EnclaveIDs = slices.Clone(profile.EnclaveIDs)
	if old >= 0 {
		kept := a.profiles[old]
		return &connection{profile: profile, trustar: kept.trustar, stellar: kept.stellar, alerts: kept.alerts, err: kept.err, seen: kept.seen, glance: kept.glance, memory: kept.memory}
	}
	c := &connection{profile: profile}
	c.err = a.dial(c)
	return c
}

// sameAccess reports whether two profiles reach the same server as the same user.
func sameAccess(a, b Profile) bool {
	return a.ID == b.ID && a.Platform == b.Platform && a.BaseURL == b.BaseURL && a.APIVersion == b.APIVersion &&
		a.Identity == b.Identity && a.Secret == b.Secret && a.OrgID == b.OrgID && a.WebURL == b.WebURL
}

// dial makes the client of a connection.
func (a *App) dial(c *connection) error {
	p := c.profile
	origin := ParseOrigin(p.BaseURL)
	if origin.Problem != "" {
		return &ProfileError{"The address in the profile cannot be used: " + origin.Problem, "Correct it in the options."}
	}
	if a.transport == nil {
		return &ProfileError{"There is no way to the network here.", ""}
	}
	web := ""
	if p.WebURL != "" {
		if pages := ParseOrigin(p.WebURL); pages.Problem == "" {
			web = pages.BaseURL // a wrong one costs the links alone
		}
	}
	if !c.secrets() {
		// What needs no key must go on without one: a report can be prepared and kept
		// while its key is entered again. usable keeps such a client off the network.
		p.Identity, p.Secret = absent, absent
	}
	var err error
	switch p.Platform {
	case PlatformTruSTAR:
		version := p.APIVersion
		if version == "" {
			version = trustar.Version13
		}
		c.memory = lookup.NewMemory(a.now)
		c.trustar, err = trustar.New(trustar.Config{
			Transport: a.transport, BaseURL: origin.BaseURL, Version: version,
			Key: p.Identity, Secret: api.Secret(p.Secret),
			WebURL: web, Now: a.now, MaxWait: maxWait,
		})
	case PlatformStellarCyber:
		c.seen = lookup.NewObservations(a.now)
		c.stellar, err = stellarcyber.New(stellarcyber.Config{
			Transport: a.transport, BaseURL: origin.BaseURL,
			User: p.Identity, Key: api.Secret(p.Secret),
			WebURL: web, Now: a.now, MaxWait: maxWait,
		})
	case PlatformThreatStack:
		err = a.dialThreatStack(c, origin.BaseURL)
	default:
		return &ProfileError{"The profile is for a platform that Sightline does not know.", "Make a new profile in the options."}
	}
	return err
}

// find returns the connection of a profile.
func (a *App) find(profileID string) (*connection, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range a.profiles {
		if c.profile.ID == profileID {
			return c, nil
		}
	}
	return nil, &ProfileError{"There is no such profile any more.", "Choose another one."}
}

// all returns the connections of the given profiles; of all when none is given.
func (a *App) all(profileIDs []string) []*connection {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(profileIDs) == 0 {
		return slices.Clone(a.profiles)
	}
	var found []*connection
	for _, c := range a.profiles {
		if slices.Contains(profileIDs, c.profile.ID) {
			found = append(found, c)
		}
	}
	return found
}

// destination returns where a profile's reports go.
func (c *connection) destination() (report.Destination, error) {
	switch {
	case c.err != nil:
		return nil, c.err
	case c.trustar == nil:
		return nil, &ProfileError{"This profile's platform takes no reports.", "Choose a TruSTAR profile."}
	}
	return report.NewTruSTAR(c.trustar), nil
}

// absent stands for a key that is missing.
const absent = "absent"

// usable returns why a connection cannot be used over the network, nil if it can.
func (c *connection) usable() error {
	if c.err == nil && !c.secrets() {
		return &ProfileError{"The profile has no key or secret.", "Enter them in the options."}
	}
	return c.err
}

// secrets reports whether the profile has what it takes to log in.
func (c *connection) secrets() bool {
	return c.profile.Secret != "" && (c.profile.Identity != "" || c.profile.Platform == PlatformStellarCyber || c.profile.Platform == PlatformThreatStack)
}
