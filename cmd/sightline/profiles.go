package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/url"
	"os"
	"slices"
	"sync"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/profile"
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/app"
)

// profileFlags choose among the named profiles.
type profileFlags struct {
	configFlag
	Profile []string `placeholder:"NAME" help:"Profile to use: sightline profile list shows them."`
}

type configFlag struct {
	Config string `type:"path" placeholder:"FILE" help:"File of profiles, instead of sightline/config.json in the user's folder for settings."`
}

func (c configFlag) open(env environment) (profile.File, error) {
	path := c.Config
	if path == "" {
		path = profile.DefaultPath(env.getenv)
	}
	return profile.Open(path)
}

// named returns the profiles of a platform that are named by flag; else, unless
// something else was said, its default. file is the platform's access file.
func (f profileFlags) named(env environment, platform string, otherwise bool, file string) ([]profile.Profile, error) {
	if len(f.Profile) == 0 && otherwise {
		return nil, nil
	}
	config, err := f.open(env)
	if err != nil {
		return nil, err
	}
	var found []profile.Profile
	for _, name := range f.Profile {
		p, err := config.Find(name)
		switch {
		case err != nil:
			return nil, usageError(err.Error())
		case p.Platform == platform && file != "":
			return nil, usageError("both a file and profile " + p.Name + " say how to reach " + profile.Title(platform))
		case p.Platform == platform && !slices.Contains(found, p):
			found = append(found, p)
		}
	}
	if len(f.Profile) > 0 || otherwise {
		return found, nil
	}
	p, ok, err := config.Default(platform)
	if err != nil {
		return nil, usageError(err.Error())
	}
	if ok {
		found = append(found, p)
	}
	return found, nil
}

// only refuses named profiles that a command cannot use.
func (f profileFlags) only(env environment, platforms ...string) error {
	config, err := f.open(env)
	if err != nil || len(f.Profile) == 0 {
		return err
	}
	for _, name := range f.Profile {
		p, err := config.Find(name)
		if err != nil {
			return usageError(err.Error())
		}
		if !slices.Contains(platforms, p.Platform) {
			return usageError("profile " + p.Name + " is for " + profile.Title(p.Platform) + ", which this command does not ask")
		}
	}
	return nil
}

// oneOf is what a command gets that asks one server of a platform.
func oneOf(env environment, named []profile.Profile, err error) (app.Profile, bool, error) {
	switch {
	case err != nil:
		return app.Profile{}, false, err
	case len(named) > 1:
		return app.Profile{}, false, usageError("give one --profile for " + profile.Title(named[0].Platform))
	}
	p, err := env.unlock(named[0])
	return p, err == nil, err
}

// namedID is what the ids of named profiles begin with: no other profile has such an id.
const namedID = "profile/"

// unlock is a profile with its secrets, for the use cases. Its id has its name: it is
// in stored items, which are sent by the profile that they were made for.
func (env environment) unlock(p profile.Profile) (app.Profile, error) {
	keys, err := env.secrets().Resolve(p)
	if err != nil {
		return app.Profile{}, err
	}
	out := app.Profile{ID: namedID + p.Name, Platform: p.Platform, Name: p.Name, BaseURL: p.URL, APIVersion: p.APIVersion, OrgID: p.Organization, WebURL: p.WebURL}
	if p.Platform == profile.TruSTAR {
		out.Identity, out.Secret = keys.Key, keys.Secret
	} else {
		out.Identity, out.Secret = p.User, keys.Key
	}
	return out, nil
}

func (env environment) secrets() profile.Secrets {
	return profile.Secrets{Getenv: env.getenv, Ring: env.ring}
}

// transport is the way to the servers of the profiles that may be used: each profile's
// authorities are believed for its own server alone.
func (f profileFlags) transport(env environment) (api.Transport, error) {
	config, err := f.open(env)
	if err != nil {
		return nil, err
	}
	ways := byHost{otherwise: httptransport.New(httptransport.Config{}), hosts: map[string]func() (api.Transport, error){}}
	for _, p := range config.Profiles {
		if at, err := url.Parse(p.URL); err == nil && p.CA != "" && (len(f.Profile) == 0 || slices.Contains(f.Profile, p.Name)) {
			ways.hosts[at.Host] = sync.OnceValues(func() (api.Transport, error) { return transportOf(p) })
		}
	}
	return ways, nil
}

// transportOf believes a profile's authorities besides the system's.
func transportOf(p profile.Profile) (api.Transport, error) {
	if p.CA == "" {
		return httptransport.New(httptransport.Config{}), nil
	}
	pem, err := os.ReadFile(p.CA)
	if err != nil {
		return nil, fmt.Errorf("profile %s: ca: %w", p.Name, err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("profile %s: ca: %s has no certificate in PEM", p.Name, p.CA)
	}
	return httptransport.New(httptransport.Config{Roots: roots}), nil
}

// byHost sends each request the way of its host, which is made when it is first needed.
type byHost struct {
	hosts     map[string]func() (api.Transport, error)
	otherwise api.Transport
}

// RoundTrip implements api.Transport.
func (b byHost) RoundTrip(ctx context.Context, req *api.Request) (*api.Response, error) {
	if at, err := url.Parse(req.URL); err == nil && b.hosts[at.Host] != nil {
		way, err := b.hosts[at.Host]()
		if err != nil {
			return nil, err
		}
		return way.RoundTrip(ctx, req)
	}
	return b.otherwise.RoundTrip(ctx, req)
}
