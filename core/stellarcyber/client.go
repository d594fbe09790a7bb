package stellarcyber

import (
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// lookupTimeout is for calls that a person waits for.
const lookupTimeout = 10 * time.Second

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
	// see api.Client.
	MaxWait time.Duration
}

// Client speaks to one server. Make it with New.
type Client struct {
	calls *api.Client
	base  string // with the version
	web   string
}

// New returns a client, or *api.InvalidError when config cannot work. It makes no
// call.
func New(config Config) (*Client, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	base := api.JoinURL(config.BaseURL, "connect", "api", "v1")
	return &Client{
		calls: &api.Client{
			Transport: config.Transport,
			Auth:      &api.Bearer{Fetch: tokenFetcher(config, base), Early: renewEarly, Now: config.Now},
			MaxWait:   config.MaxWait,
			Now:       config.Now,
		},
		base: base,
		web:  config.WebURL,
	}, nil
}

func (config Config) check() error {
	if err := api.CheckServer(config.Transport, config.BaseURL, config.WebURL); err != nil {
		return err
	}
	switch {
	case config.Key == "":
		return &api.InvalidError{Field: "key", Problem: "is missing"}
	case strings.Contains(config.User, ":"):
		// RFC 7617: a colon would end the user name there.
		return &api.InvalidError{Field: "user", Problem: "must not hold a colon"}
	case config.User == "" && !isHeaderWord(config.Key.Reveal()):
		return &api.InvalidError{Field: "key", Problem: "has characters that no key has: copy it again"}
	}
	return nil
}

// isHeaderWord allows visible ASCII alone. A line break at the end of a copied key
// is what it is there to find.
func isHeaderWord(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Link returns the address of a case's page, "" without a WebURL or an id.
//
// Source: the address that a public client finds case ids in.
func (c *Client) Link(caseID string) string {
	if c.web == "" || caseID == "" {
		return ""
	}
	return api.JoinURL(c.web, "cases", "case-detail", caseID)
}

// get builds a request that a person waits for.
func (c *Client) get(operation string, query api.Query, path ...string) *api.Request {
	return &api.Request{
		Operation: "stellarcyber: " + operation,
		Method:    "GET",
		URL:       query.AppendTo(api.JoinURL(c.base, path...)),
		Timeout:   lookupTimeout,
	}
}
