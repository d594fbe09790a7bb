package trustar

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// The versions of the API that a Client can speak.
const (
	Version12 = "1.2"
	Version13 = "1.3"
)

// Config says which server to speak to, and as whom.
type Config struct {
	Transport api.Transport

	// BaseURL is the server's root, e.g. "https://api.trustar.co". The client
	// appends /oauth/token and /api/<version>.
	BaseURL string

	// Version is Version12 or Version13.
	Version string

	// Key and Secret are the API key and API secret of the account's settings page.
	Key    string
	Secret api.Secret

	// Metatag names the use in the Client-Metatag header; "" means "Sightline".
	Metatag string

	// WebURL is the root of the pages for people, e.g.
	// "https://station.trustar.co"; "" means that there are no links.
	WebURL string

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// MaxWait is the longest pause that a call makes by itself before it repeats;
	// zero means the default of api.Client.
	MaxWait time.Duration
}

// Client speaks one version of the API of one server. Make it with New.
type Client struct {
	config Config
}

// New returns a client, or *api.InvalidError when config cannot work.
func New(config Config) (*Client, error) { return &Client{config: config}, nil }

// Ping checks that the server answers and accepts the credentials.
func (c *Client) Ping(ctx context.Context) error { return errUnbuilt }

// Link returns the address of a report's page, "" without a WebURL.
func (c *Client) Link(reportID string) string { return "" }
