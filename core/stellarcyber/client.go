package stellarcyber

import (
	"errors"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

var errUnbuilt = errors.New("stellarcyber: not built yet")

// Config says which server to speak to, and as whom.
type Config struct {
	Transport api.Transport

	// BaseURL is the server's root, e.g. "https://myserver.stellarcyber.cloud".
	// The client appends /connect/api/v1.
	BaseURL string

	// User is the account's name, "" for a user-scoped key.
	User string

	// Key is the refresh token of User, or a user-scoped key when User is "".
	Key api.Secret

	// WebURL is the root of the pages for people; "" means that there are no links.
	WebURL string

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// MaxWait is the longest pause that a call makes by itself before it repeats;
	// zero means the default of api.Client.
	MaxWait time.Duration
}

// Client speaks to one server. Make it with New.
type Client struct {
	config Config
}

// New returns a client, or *api.InvalidError when config cannot work.
func New(config Config) (*Client, error) { return &Client{config: config}, nil }

// Link returns the address of a case's page, "" without a WebURL.
func (c *Client) Link(caseID string) string { return "" }
