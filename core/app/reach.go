package app

import (
	"context"
	"strconv"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/core/trustar"
)

// Enclaves lists the enclaves that a profile's account can see.
func (a *App) Enclaves(ctx context.Context, profileID string) ([]trustar.Enclave, error) {
	c, err := a.find(profileID)
	if err == nil {
		err = c.usable()
	}
	if err != nil {
		return nil, err
	}
	if c.trustar == nil {
		return nil, &ProfileError{"Only TruSTAR has enclaves.", "Choose a TruSTAR profile."}
	}
	return c.trustar.Enclaves(ctx)
}

// Reached is what a test of a profile found.
type Reached struct {
	// Words say what was reached and as whom.
	Words string
	// Enclaves of a TruSTAR account, where its version lists them.
	Enclaves []trustar.Enclave
}

// TestConnection tries a profile, saved or not, with one or two calls that change nothing.
func (a *App) TestConnection(ctx context.Context, profile Profile) (Reached, error) {
	a.mu.Lock()
	c := a.connect(profile, -1) // its own client: an old token must not vouch for a new secret
	a.mu.Unlock()
	if err := c.usable(); err != nil {
		return Reached{}, err
	}
	if c.trustar != nil {
		return reachTruSTAR(ctx, c)
	}
	if c.alerts != nil {
		return reachAlerts(ctx, c)
	}
	return reachStellarCyber(ctx, c)
}

func reachAlerts(ctx context.Context, c *connection) (Reached, error) {
	if _, err := c.alerts.List(ctx, lookup.Cursor{From: 1, Limit: 1}); err != nil {
		return Reached{}, err
	}
	return Reached{Words: ParseOrigin(c.profile.BaseURL).Host + " answers and accepts the key."}, nil
}

func reachTruSTAR(ctx context.Context, c *connection) (Reached, error) {
	host := ParseOrigin(c.profile.BaseURL).Host
	if err := c.trustar.Ping(ctx); err != nil {
		return Reached{}, err
	}
	enclaves, err := c.trustar.Enclaves(ctx)
	var unsupported *api.UnsupportedError
	if errtype.As(err, &unsupported) {
		return Reached{Words: host + " answers and accepts the key. API " + unsupported.Version + " does not list enclaves."}, nil
	}
	if err != nil {
		return Reached{}, err
	}
	writable := 0
	for _, enclave := range enclaves {
		if enclave.Create {
			writable++
		}
	}
	return Reached{
		Words:    host + " answers and accepts the key. It may file into " + strconv.Itoa(writable) + " of " + strconv.Itoa(len(enclaves)) + " enclaves.",
		Enclaves: enclaves,
	}, nil
}

func reachStellarCyber(ctx context.Context, c *connection) (Reached, error) {
	page, err := c.stellar.Cases(ctx, stellarcyber.CaseQuery{Limit: 1})
	if err != nil {
		return Reached{}, err
	}
	who := "the key"
	if c.profile.Identity != "" {
		who = c.profile.Identity
	}
	return Reached{Words: ParseOrigin(c.profile.BaseURL).Host + " answers and accepts " + who + ". It has " + strconv.Itoa(page.Total) + " cases."}, nil
}
