package trustar

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// The versions of the API that a Client can speak.
const (
	Version12 = "1.2"
	Version13 = "1.3"
	Version20 = "2.0"
)

// CallsPerMinute is how many calls the vendor allows an account, by its page "API
// Usage Policy". An api.Throttle around Config.Transport keeps to it.
const CallsPerMinute = 60

const (
	// lookupTimeout is for calls that a person waits for.
	lookupTimeout = 10 * time.Second

	defaultMetatag = "Sightline"
)

// Config says which server to speak to, and as whom.
type Config struct {
	Transport api.Transport

	// BaseURL is the server's root, e.g. "https://api.trustar.co". The client
	// appends /oauth/token and /api/<version>.
	BaseURL string

	// Version is Version12, Version13 or Version20.
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

	// Sleep waits for d or for the context; nil means api.Sleep.
	Sleep func(ctx context.Context, d time.Duration) error

	// MaxWait is the longest pause that a call makes by itself before it repeats;
	// see api.Client.
	MaxWait time.Duration
}

// Client speaks one version of the API of one server. Make it with New.
type Client struct {
	calls   *api.Client
	reports *api.Client // calls, where the version has reports
	base    string      // with the version
	version string
	web     string
	header  api.Header
	now     func() time.Time
}

// New returns a client, or *api.InvalidError when config cannot work. It makes no
// call: see Ping.
func New(config Config) (*Client, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Sleep == nil {
		config.Sleep = api.Sleep
	}
	if config.Metatag == "" {
		config.Metatag = defaultMetatag
	}
	calls := &api.Client{
		Transport: config.Transport,
		Auth: &api.Bearer{
			Fetch:     tokenFetcher(config),
			IsRefusal: refusesToken,
			Early:     renewEarly,
			Least:     time.Second, // the server counts in whole ones
			Now:       config.Now,
		},
		MaxWait: config.MaxWait,
		Now:     config.Now,
		Sleep:   config.Sleep,
	}
	reports := calls
	if config.Version == Version20 {
		reports = &api.Client{Auth: &api.Bearer{Fetch: refuseReports}}
	}
	return &Client{
		calls:   calls,
		reports: reports,
		base:    api.JoinURL(config.BaseURL, "api", config.Version),
		version: config.Version,
		web:     config.WebURL,
		// The vendor's page on the current version: the kind of client, the API
		// version, and free text that names the integration.
		header: api.Header{
			{Name: "Client-Type", Value: "API"},
			{Name: "Client-Version", Value: config.Version},
			{Name: "Client-Metatag", Value: config.Metatag},
		},
		now: config.Now,
	}, nil
}

func (config Config) check() error {
	if err := api.CheckServer(config.Transport, config.BaseURL, config.WebURL); err != nil {
		return err
	}
	switch {
	case config.Version != Version12 && config.Version != Version13 && config.Version != Version20:
		return &api.InvalidError{Field: "API version", Problem: "must be 1.2, 1.3 or 2.0"}
	case config.Key == "":
		return &api.InvalidError{Field: "API key", Problem: "is missing"}
	case strings.Contains(config.Key, ":"):
		// RFC 7617: a colon would end the user name there.
		return &api.InvalidError{Field: "API key", Problem: "must not hold a colon"}
	case config.Secret == "":
		return &api.InvalidError{Field: "API secret", Problem: "is missing"}
	}
	header := api.Request{Method: "GET", URL: config.BaseURL, Header: api.Header{{Name: "Client-Metatag", Value: config.Metatag}}}
	return header.Check()
}

// Ping checks that the server answers and accepts the credentials.
//
// Source: the vendor's Python SDK; the answer is the text "pong" and a newline.
//
//api:operation GET /1.2/ping
//api:operation GET /1.3/ping
//api:operation GET /2.0/ping
func (c *Client) Ping(ctx context.Context) error {
	req := c.get("ping", nil, "ping")
	resp, err := c.calls.Do(ctx, req)
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(resp.Body)) != "pong" {
		return api.DecodeFailure(req, resp, errors.New("it is not \"pong\""))
	}
	return nil
}

// Link returns the address of a report's page, "" without a WebURL or an id.
//
// Source: the vendor's Python SDK and two public integrations; one page of version
// 1.2 shows /reports/<id> instead.
func (c *Client) Link(reportID string) string {
	if c.web == "" || reportID == "" {
		return ""
	}
	return api.JoinURL(c.web, "constellation", "reports", reportID)
}

// get builds a request of the versioned API that a person waits for.
func (c *Client) get(operation string, query api.Query, path ...string) *api.Request {
	return &api.Request{
		Operation: "trustar: " + operation,
		Method:    "GET",
		URL:       query.AppendTo(api.JoinURL(c.base, path...)),
		Header:    c.header.Clone(),
		Timeout:   lookupTimeout,
	}
}
