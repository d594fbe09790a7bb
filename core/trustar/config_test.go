package trustar

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

func offlineConfig(version string) Config {
	return Config{
		Transport: clienttest.Offline{}, BaseURL: "https://api.example/", Version: version,
		Key: "key", Secret: "a-secret", WebURL: "https://station.example",
	}
}

func offlineClient(t testing.TB, version string) *Client {
	t.Helper()
	client, err := New(offlineConfig(version))
	require.NoError(t, err)
	return client
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Config)
		field  string
	}{
		"no transport":      {func(c *Config) { c.Transport = nil }, "transport"},
		"no address":        {func(c *Config) { c.BaseURL = "" }, "address"},
		"relative address":  {func(c *Config) { c.BaseURL = "api.example" }, "address"},
		"other scheme":      {func(c *Config) { c.BaseURL = "ftp://api.example" }, "address"},
		"user in address":   {func(c *Config) { c.BaseURL = "https://u:p@api.example" }, "address"},
		"query in address":  {func(c *Config) { c.BaseURL = "https://api.example/?a=b" }, "address"},
		"web address":       {func(c *Config) { c.WebURL = "javascript:alert(1)" }, "web address"},
		"no version":        {func(c *Config) { c.Version = "" }, "API version"},
		"version 2.1":       {func(c *Config) { c.Version = "2.1" }, "API version"},
		"no key":            {func(c *Config) { c.Key = "" }, "API key"},
		"colon in key":      {func(c *Config) { c.Key = "a:b" }, "API key"},
		"no secret":         {func(c *Config) { c.Secret = "" }, "API secret"},
		"line in a metatag": {func(c *Config) { c.Metatag = "a\r\nX: y" }, "Client-Metatag"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := offlineConfig(Version13)
			test.change(&config)
			_, err := New(config)
			clienttest.Refused(t, err, test.field)
		})
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	client := offlineClient(t, Version13)
	assert.Equal(t, "https://station.example/constellation/reports/6c1b", client.Link("6c1b"))
	assert.Equal(t, "https://station.example/constellation/reports/a%2F..%3Fb", client.Link("a/..?b"))
	assert.Empty(t, client.Link(""))

	config := offlineConfig(Version13)
	config.WebURL = ""
	client, err := New(config)
	require.NoError(t, err)
	assert.Empty(t, client.Link("6c1b"))
}

func TestClientHidesItsSecret(t *testing.T) {
	t.Parallel()
	config := offlineConfig(Version13)
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		assert.NotContains(t, fmt.Sprintf(format, config), "a-secret")
	}
}
