package app_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/app"
)

func TestParseOrigin(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]app.Origin{
		"https://api.trustar.co":               {BaseURL: "https://api.trustar.co", Host: "api.trustar.co", Pattern: "https://api.trustar.co/*"},
		" HTTPS://API.TruSTAR.co/ \n":          {BaseURL: "https://api.trustar.co", Host: "api.trustar.co", Pattern: "https://api.trustar.co/*"},
		"https://api.trustar.co:443/":          {BaseURL: "https://api.trustar.co", Host: "api.trustar.co", Pattern: "https://api.trustar.co/*"},
		"https://soc.example:8443/stellar/":    {BaseURL: "https://soc.example:8443/stellar", Host: "soc.example:8443", Pattern: "https://soc.example/*"},
		"https://soc.example/A/b?x=1#y":        {BaseURL: "https://soc.example/A/b", Host: "soc.example", Pattern: "https://soc.example/*"},
		"https://soc.example?x=1":              {BaseURL: "https://soc.example", Host: "soc.example", Pattern: "https://soc.example/*"},
		"https://xn--bcher-kva.example":        {BaseURL: "https://xn--bcher-kva.example", Host: "xn--bcher-kva.example", Pattern: "https://xn--bcher-kva.example/*"},
		"https://stellar":                      {BaseURL: "https://stellar", Host: "stellar", Pattern: "https://stellar/*"},
		"https://my_host.internal":             {BaseURL: "https://my_host.internal", Host: "my_host.internal", Pattern: "https://my_host.internal/*"},
		"https://192.0.2.7:9443":               {BaseURL: "https://192.0.2.7:9443", Host: "192.0.2.7:9443", Pattern: "https://192.0.2.7/*"},
		"https://[2001:DB8::0:1]:8443":         {BaseURL: "https://[2001:db8::1]:8443", Host: "[2001:db8::1]:8443", Pattern: "https://[2001:db8::1]/*"},
		"http://127.0.0.1:8080":                {BaseURL: "http://127.0.0.1:8080", Host: "127.0.0.1:8080", Pattern: "http://127.0.0.1/*"},
		"http://127.9.8.7":                     {BaseURL: "http://127.9.8.7", Host: "127.9.8.7", Pattern: "http://127.9.8.7/*"},
		"http://localhost:80":                  {BaseURL: "http://localhost", Host: "localhost", Pattern: "http://localhost/*"},
		"http://[::1]:8080/":                   {BaseURL: "http://[::1]:8080", Host: "[::1]:8080", Pattern: "http://[::1]/*"},
		"http://localhost:443":                 {BaseURL: "http://localhost:443", Host: "localhost:443", Pattern: "http://localhost/*"},
		"https://api.trustar.co.evil.example/": {BaseURL: "https://api.trustar.co.evil.example", Host: "api.trustar.co.evil.example", Pattern: "https://api.trustar.co.evil.example/*"},
	} {
		assert.Equal(t, want, app.ParseOrigin(address), "%q", address)
	}
}

func TestParseOriginRefuses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"",
		"api.trustar.co",
		"//api.trustar.co",
		"https:",
		"https:/api.trustar.co",
		"https:///api.trustar.co",
		"https:\\\\api.trustar.co",
		"ftp://api.trustar.co",
		"file:///etc/passwd",
		"javascript://api.trustar.co/%0aalert(1)",
		"http://api.trustar.co",
		"http://192.0.2.7",
		"http://localhost.evil.example",
		"http://127.0.0.1.evil.example",
		"http://127.1",
		"http://2130706433",
		"http://0x7f.1",
		"http://0177.0.0.1",
		"https://0x7f000001",
		"https://1.2.3",
		"https://1.2.3.4.5",
		"https://256.1.1.1",
		"https://evil.123",
		"https://api.trustar.co@evil.example",
		"https://user:pass@api.trustar.co",
		"https://@api.trustar.co",
		"https://api.trustar.co%40evil.example",
		"https://api.trustar.co\\@evil.example",
		"https://api.trustar.co\\.evil.example",
		"https://*.trustar.co",
		"https://*",
		"https://api.trustar.co.",
		"https://.trustar.co",
		"https://api..trustar.co",
		"https://-api.trustar.co",
		"https://api-.trustar.co",
		"https://api,trustar.co",
		"https://api.trustar.co;evil.example",
		"https://api.trustar.co evil.example",
		"https://api.trus\ttar.co",
		"https://api.trus\ntar.co",
		"https://api.trustar.co\x00.evil.example",
		"https://bücher.example",
		"https://аpi.trustar.co", // Cyrillic а
		"https://api。trustar.co",
		"https://api.trustar.co:",
		"https://api.trustar.co:0",
		"https://api.trustar.co:65536",
		"https://api.trustar.co:0443",
		"https://api.trustar.co:+443",
		"https://api.trustar.co:443:443",
		"https://api.trustar.co:https",
		"https://api.trustar.co/a//b",
		"https://api.trustar.co/../b",
		"https://api.trustar.co/a/./b",
		"https://api.trustar.co/%2e%2e/",
		"https://api.trustar.co/*",
		"https://api.trustar.co/a\\b",
		"https://[::1",
		"https://[::1]x",
		"https://[::1%25eth0]",
		"https://[::ffff:127.0.0.1]",
		"https://[::ffff:7f00:1]",
		"https://[1:2:3]",
		"https://[::1::2]",
		"https://[]",
		"https://[127.0.0.1]",
		"https://" + strings.Repeat("a", 64) + ".example",
		"https://" + strings.Repeat("a.", 127) + "example",
		"blob:https://api.trustar.co",
		"view-source:https://api.trustar.co",
	} {
		got := app.ParseOrigin(address)
		assert.NotEmpty(t, got.Problem, "%q was read as %q", address, got.BaseURL)
		assert.Empty(t, got.BaseURL+got.Host+got.Pattern, "%q", address)
		assert.True(t, strings.HasSuffix(got.Problem, "."), "a sentence: %s", got.Problem)
	}
}

func FuzzParseOrigin(f *testing.F) {
	f.Add("https://api.trustar.co:8443/x?y#z")
	f.Add("http://[::1]:80/")
	f.Fuzz(func(t *testing.T, address string) {
		origin := app.ParseOrigin(address)
		if origin.Problem != "" {
			return
		}
		assert.Equal(t, origin, app.ParseOrigin(origin.BaseURL), "what was read is read the same again")
		assert.NotContains(t, origin.Host, "@")
		assert.NotContains(t, strings.TrimSuffix(origin.Pattern, "/*"), "*")
	})
}
