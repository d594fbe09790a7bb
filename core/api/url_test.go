package api_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"https://api.example.test/1.3/reports?q=canary#canary": "https://api.example.test/1.3/reports",
		"https://user:canary@api.example.test/a":               "https://api.example.test/a",
		"https://canary@api.example.test:8443/a":               "https://api.example.test:8443/a",
		"https://a@canary@api.example.test/a":                  "https://api.example.test/a",
		"https://user:can/ary@api.example.test/":               "https://[hidden]",
		"https://user:can?ary@api.example.test/":               "https://[hidden]",
		"https://user:can#ary@api.example.test/":               "https://[hidden]",
		"https://[::1]:8443/a":                                 "https://[::1]:8443/a",
		"https://[::1]/a":                                      "https://[::1]/a",
		"http://127.0.0.1:80/users/x@example.test":             "http://127.0.0.1:80/users/x@example.test",
		"user:canary@api.example.test":                         "[hidden]",
		"":                                                     "",
	}
	for in, want := range tests {
		assert.Equal(t, want, api.Redact(in), "of %q", in)
	}
}

func TestJoinURL(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "https://h/api/1.3/reports", api.JoinURL("https://h/", "api", "1.3", "reports"))
	assert.Equal(t, "https://h", api.JoinURL("https://h"))
	assert.Equal(t, "https://h/p/a%2Fb%3Fc%23d%20e%25", api.JoinURL("https://h/p", "a/b?c#d e%"))
	assert.Equal(t, "https://h/reports/%252E%252E", api.JoinURL("https://h", "reports", ".."))
	assert.Equal(t, "https://h/%252E/...", api.JoinURL("https://h", ".", "..."))
}

func TestQuery(t *testing.T) {
	t.Parallel()
	var q api.Query
	assert.Equal(t, "https://h/", q.AppendTo("https://h/"))
	q.Add("tag", "b c")
	q.Add("tag", "a&b=ü")
	q.AddNonEmpty("from", "")
	q.AddNonEmpty("to", "1")
	assert.Equal(t, "https://h/?tag=b+c&tag=a%26b%3D%C3%BC&to=1", q.AppendTo("https://h/"))
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := func() *api.Request { return &api.Request{Method: "POST", URL: "https://h/", Body: []byte("x")} }
	require.NoError(t, good().Check())
	tests := map[string]func(*api.Request){
		"method":           func(r *api.Request) { r.Method = "get" },
		"no method":        func(r *api.Request) { r.Method = "" },
		"body with GET":    func(r *api.Request) { r.Method = "GET" },
		"userinfo":         func(r *api.Request) { r.URL = "https://u:canary@h/" },
		"broken URL":       func(r *api.Request) { r.URL = "https://canary h/%zz" },
		"relative":         func(r *api.Request) { r.URL = "/a" },
		"scheme":           func(r *api.Request) { r.URL = "file:///etc/canary" },
		"no host":          func(r *api.Request) { r.URL = "https:///a" },
		"port":             func(r *api.Request) { r.URL = "https://h:canary/a" },
		"backslash":        func(r *api.Request) { r.URL = `https://h\\canary` },
		"open bracket":     func(r *api.Request) { r.URL = "https://[::1/canary" },
		"half an escape":   func(r *api.Request) { r.URL = "https://h/canary%4" },
		"international":    func(r *api.Request) { r.URL = "https://canary.exämple/" },
		"header name":      func(r *api.Request) { r.Header.Add("a b", "canary") },
		"empty name":       func(r *api.Request) { r.Header.Add("", "canary") },
		"line break":       func(r *api.Request) { r.Header.Add("Authorization", "Bearer canary\r\nHost: x") },
		"beyond ASCII":     func(r *api.Request) { r.Header.Add("Authorization", "Bearer canarÿ") },
		"space at the end": func(r *api.Request) { r.Header.Add("Authorization", "Bearer canary ") },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := good()
			spoil(req)
			var invalid *api.InvalidError
			require.ErrorAs(t, req.Check(), &invalid)
			assert.NotContains(t, invalid.Error(), "canar")
		})
	}
}

func TestCheckTakesEveryKindOfHost(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"https://api.example.test", "http://127.0.0.1:8080/a?b=%20c#d", "https://[::1]:443/", "https://[2001:db8::1]",
		"https://h:/", "https://xn--exmple-cua.test/a@b:c", "http://under_score.test?x=/@",
	} {
		require.NoError(t, (&api.Request{Method: "GET", URL: address}).Check(), address)
	}
}

func FuzzEscapesAreThoseOfNetURL(f *testing.F) {
	f.Add("a/b?c#d e%", "ü&=+ ~-_.")
	f.Fuzz(func(t *testing.T, element, value string) {
		if element != "." && element != ".." {
			assert.Equal(t, "https://h/"+url.PathEscape(element), api.JoinURL("https://h", element))
		}
		query := api.Query{{Name: value, Value: element}}
		assert.Equal(t, url.QueryEscape(value)+"="+url.QueryEscape(element), query.Encode())
	})
}

// Whatever passes, net/url reads with the host that a reader of ours sees.
func FuzzCheckedURLsAreReadAlike(f *testing.F) {
	for _, seed := range []string{"https://h:1/a", "http://[::1]/", "https://h@x/", "https://a:b:1/?q#f", "https://h/%zz"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if (&api.Request{Method: "GET", URL: address}).Check() != nil {
			return
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Skip() // an address in brackets that is none, which no transport takes either
		}
		assert.NotEmpty(t, u.Hostname())
		assert.Nil(t, u.User)
		assert.Contains(t, api.Redact(address), u.Host)
	})
}
