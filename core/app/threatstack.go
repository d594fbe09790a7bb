package app

import (
	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/threatstack"
)

// dialThreatStack makes the walk through a profile's alerts.
func (a *App) dialThreatStack(c *connection, root string) error {
	p := c.profile
	identity := lookup.SourceState{ProfileID: p.ID, Platform: p.Platform, Name: p.Name}
	config := threatstack.Config{
		Transport: a.transport, BaseURL: root, APIKey: api.Secret(p.Secret), UserID: p.Identity, OrgID: p.OrgID,
		MaxWait: maxWait, Now: a.now,
	}
	if p.APIVersion == threatstack.Version2 {
		client, err := threatstack.NewV2(config)
		if err != nil {
			return err
		}
		c.alerts = lookup.NewAlertFeedV2(client, identity, a.now)
	} else {
		client, err := threatstack.New(config)
		if err != nil {
			return err
		}
		c.alerts = lookup.NewAlertFeed(client, identity, a.now)
	}
	c.glance = lookup.NewGlance(c.alerts, a.now)
	return nil
}
