package threatstack

import (
	"context"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/threatstack/hawk"
)

const (
	// DefaultTimeout is how long a call may take: that of the vendor's Python client.
	DefaultTimeout = 120 * time.Second

	// DefaultURL is where the vendor served version 1.
	DefaultURL = "https://app.threatstack.com"

	// DefaultURLV2 is where the vendor serves version 2.
	DefaultURLV2 = "https://api.threatstack.com"
)

// The versions of the API.
const (
	Version1 = "1"
	Version2 = "2"
)

// Config says which server to speak to, and as whom.
type Config struct {
	Transport api.Transport

	// APIKey is sent with each call in version 1, and signs each call in version 2.
	APIKey api.Secret

	// OrgID chooses among the organizations of the key's owner. In version 1 it may
	// be "" for the key's own; version 2 needs it.
	OrgID string

	// UserID is the key's owner; version 2 alone needs it.
	UserID string

	// Version is what the caller expects to speak; "" is that of the function it
	// calls: Version1 for New, Version2 for NewV2. The other one is refused.
	Version string

	// BaseURL is the server's root, without /api/v1 and /v2; "" means DefaultURL or
	// DefaultURLV2.
	BaseURL string

	// Timeout of one exchange; zero means DefaultTimeout.
	Timeout time.Duration

	// MaxWait is the longest pause that a call makes by itself before it repeats,
	// after a rate limit for one; see api.Client.
	MaxWait time.Duration

	// RequireSigned refuses answers of version 2 that are not signed. A signature
	// that is there is checked in any case; whether the service signs every answer
	// is not published.
	RequireSigned bool

	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Client speaks version 1. Make it with New.
type Client struct {
	Agents        AgentService
	Alerts        AlertService
	Logs          LogService
	Organizations OrganizationService
	Policies      PolicyService
}

// New returns a client of version 1, or *api.InvalidError when config cannot work.
// It makes no call.
func New(config Config) (*Client, error) {
	if err := config.check(Version1, DefaultURL); err != nil {
		return nil, err
	}
	calls := &api.Client{
		Transport: config.Transport,
		Auth:      apiKey(config.APIKey),
		Classify:  func(req *api.Request, resp *api.Response) error { return classify(config.APIKey, req, resp) },
		MaxWait:   config.MaxWait,
		Now:       config.Now,
	}
	if config.OrgID != "" {
		calls.Header = api.Header{{Name: "Organization", Value: config.OrgID}}
	}
	c := &caller{do: calls.Do, base: api.JoinURL(config.BaseURL, "api", "v1"), timeout: config.Timeout}
	return &Client{AgentService{c}, AlertService{c}, LogService{c}, OrganizationService{c}, PolicyService{c}}, nil
}

// check fills in what config leaves open, and finds what cannot work.
func (config *Config) check(version, root string) error {
	if config.BaseURL == "" {
		config.BaseURL = root
	}
	if config.Timeout == 0 {
		config.Timeout = DefaultTimeout
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	switch {
	case config.Transport == nil:
		return invalid("transport", "is missing")
	case config.Version != "" && config.Version != Version1 && config.Version != Version2:
		return invalid("api_version", "must be 1 or 2")
	case config.Version != "" && config.Version != version:
		return invalid("api_version", "is not "+version+": New speaks 1, NewV2 speaks 2")
	case config.APIKey == "":
		return invalid("api_key", "is missing")
	case !isWord(config.APIKey.Reveal()):
		return invalid("api_key", "has characters that no key has: copy it again")
	case !isWord(config.OrgID):
		return invalid("org_id", "has characters that no id has: copy it again")
	case !isWord(config.UserID):
		return invalid("user_id", "has characters that no id has: copy it again")
	}
	return api.CheckRoot("address", config.BaseURL)
}

func invalid(field, problem string) error { return &api.InvalidError{Field: field, Problem: problem} }

// isWord allows visible ASCII that may stand in a header of either version.
func isWord(s string) bool { return hawk.IsAttribute(s) && !strings.Contains(s, " ") }

// apiKey is the whole of version 1's authentication: the key alone, with no word
// for a scheme.
//
// Source: the vendor's Python client and its API page.
type apiKey api.Secret

// Authorize sets the Authorization header.
func (k apiKey) Authorize(_ context.Context, req *api.Request) error {
	req.Header.Set("Authorization", api.Secret(k).Reveal())
	return nil
}

// Refused is always false: there is no other key to try.
func (k apiKey) Refused(*api.Response) bool { return false }
