package hawk_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/threatstack/hawk"
)

const key = "sandbox-api-key-0001"

// base is what the vectors below have in common.
func base() hawk.Artifacts {
	return hawk.Artifacts{Time: 1700000000, Nonce: "Ab3dE9", Ext: "0123456789abcdef01234567"}
}

// The vectors are made-up requests that mohawk, hawk of npm and hawk-go sign alike.
func TestVectors(t *testing.T) {
	t.Parallel()
	var ok bool

	get := base()
	get.Method = "GET"
	get.Host, get.Port, get.Resource, ok = hawk.Target("http://127.0.0.1:8080/v2/agents?status=online")
	require.True(t, ok)
	assert.Equal(t, "Sn2tLUlOlC5R9S391VnfPXb7LtacQZ3AcC7BhT8WwKk=", get.RequestMAC(key), "A")

	post := base()
	post.Method = "post"
	post.Host, post.Port, post.Resource, ok = hawk.Target("https://API.threatstack.com/v2/alerts/dismiss")
	require.True(t, ok)
	body := `{"ids":["5a1b2c3d-0000-11e8-8000-0242ac110002"],"dismissReason":"OTHER","dismissReasonText":"test"}`
	post.Hash = hawk.PayloadHash("Application/JSON; charset=utf-8", []byte(body))
	assert.Equal(t, "3y0mp0WrYRSpvfVkWfqad6Y4tfA5oK3pf/eLjAdiFLc=", post.Hash, "B")
	assert.Equal(t, "A9JKEi944WOaCwoOo+0sLcOYxf2QqKLhct2Zrbh84/Q=", post.RequestMAC(key), "B")

	answer := get
	answer.Ext = ""
	answer.Hash = hawk.PayloadHash("application/json", []byte(`{"agents":[],"token":null}`))
	assert.Equal(t, "TEPeuUHdCJjl9fOm+YQ3bmkI/ArOwTG/CWhRATNdJRI=", answer.Hash, "C")
	assert.Equal(t, "868k4QH0uXd09HITRIDqJlLGW+aiy3yd8PkwTyC9EkU=", answer.ResponseMAC(key), "C")

	assert.Equal(t, "NuUvBuOwGnJaSlC3VvSmF5sSEKhKatOnUNMbxiKAPy0=", hawk.TimestampMAC(key, 1700000000), "D")
}

// The law: signatures and hashes are those of the library.
func FuzzMAC(f *testing.F) {
	f.Add(key, "Ab3dE9", []byte(`{"ids":[]}`))
	f.Add(strings.Repeat("k", 64), strings.Repeat("n", 1000), []byte{})
	f.Add(strings.Repeat("k", 65), "", []byte(strings.Repeat("x", 64)))
	f.Fuzz(func(t *testing.T, key, nonce string, body []byte) {
		a := hawk.Artifacts{Time: 1, Nonce: nonce, Method: "GET", Resource: "/", Host: "h", Port: "80"}
		h := hmac.New(sha256.New, []byte(key))
		h.Write([]byte("hawk.1.header\n1\n" + nonce + "\nGET\n/\nh\n80\n\n\n"))
		require.Equal(t, base64.StdEncoding.EncodeToString(h.Sum(nil)), a.RequestMAC(key))
		sum := sha256.Sum256([]byte("hawk.1.payload\ntext/plain\n" + string(body) + "\n"))
		require.Equal(t, base64.StdEncoding.EncodeToString(sum[:]), hawk.PayloadHash("text/plain", body))
	})
}

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"", ""}, {"abc", "abc"}} {
		assert.True(t, hawk.Equal(pair[0], pair[1]))
	}
	for _, pair := range [][2]string{{"", "a"}, {"abc", "abd"}, {"abc", "abcd"}, {"xbc", "abc"}} {
		assert.False(t, hawk.Equal(pair[0], pair[1]))
	}
}

// Everything that a signature covers changes it.
func TestSignatureCovers(t *testing.T) {
	t.Parallel()
	whole := hawk.Artifacts{Time: 1, Nonce: "n", Method: "GET", Resource: "/a?b", Host: "h", Port: "80", Hash: "x", Ext: "e", App: "a", Dlg: "d"}
	seen := map[string]string{}
	for name, change := range map[string]func(*hawk.Artifacts){
		"nothing":  func(*hawk.Artifacts) {},
		"time":     func(a *hawk.Artifacts) { a.Time++ },
		"nonce":    func(a *hawk.Artifacts) { a.Nonce = "m" },
		"method":   func(a *hawk.Artifacts) { a.Method = "PUT" },
		"resource": func(a *hawk.Artifacts) { a.Resource = "/a?c" },
		"host":     func(a *hawk.Artifacts) { a.Host = "i" },
		"port":     func(a *hawk.Artifacts) { a.Port = "81" },
		"hash":     func(a *hawk.Artifacts) { a.Hash = "" },
		"ext":      func(a *hawk.Artifacts) { a.Ext = "e\n" },
		"ext text": func(a *hawk.Artifacts) { a.Ext = `e\n` },
		"app":      func(a *hawk.Artifacts) { a.App = "" },
		"dlg":      func(a *hawk.Artifacts) { a.Dlg = "" },
	} {
		changed := whole
		change(&changed)
		for kind, mac := range map[string]string{"request": changed.RequestMAC(key), "response": changed.ResponseMAC(key)} {
			other, again := seen[mac]
			assert.False(t, again, "%s of %s is that of %s", kind, name, other)
			seen[mac] = kind + " of " + name
		}
		assert.NotEqual(t, changed.RequestMAC(key), changed.RequestMAC(key+"x"))
	}
}

func TestTarget(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][3]string{
		"https://a.example":               {"a.example", "443", "/"},
		"http://a.example/":               {"a.example", "80", "/"},
		"http://a.example?q=%2f":          {"a.example", "80", "/?q=%2f"},
		"http://[::1]:8080/v2/x?y=a b#z":  {"[::1]", "8080", "/v2/x?y=a b"},
		"HTTPS://[2001:db8::1]/v2/aws/e/": {"[2001:db8::1]", "443", "/v2/aws/e/"},
	} {
		host, port, resource, ok := hawk.Target(raw)
		assert.True(t, ok, raw)
		assert.Equal(t, want, [3]string{host, port, resource}, raw)
	}
	for _, raw := range []string{"", "a.example/x", "ftp://a.example/", "http://", "https:///x"} {
		_, _, _, ok := hawk.Target(raw)
		assert.False(t, ok, raw)
	}
}

// The order of attributes is that of mohawk, hawk-go and hawk of npm.
func TestParseAnyOrder(t *testing.T) {
	t.Parallel()
	want := hawk.Header{ID: "u", Time: 1700000000, Nonce: "n", Ext: "o", MAC: "m=", Hash: "h="}
	for _, value := range []string{
		`Hawk mac="m=", hash="h=", id="u", ts="1700000000", nonce="n", ext="o"`,
		`Hawk id="u", mac="m=", ts="1700000000", nonce="n", hash="h=", ext="o"`,
		`Hawk id="u", ts="1700000000", nonce="n", hash="h=", ext="o", mac="m="`,
		`hawk  id="u",ts="1700000000" ,nonce="n",	hash="h=", ext="o", mac="m=" `,
	} {
		got, err := hawk.Parse(value)
		require.NoError(t, err, value)
		assert.Equal(t, want, got, value)
	}
	got, err := hawk.Parse(`Hawk ts="5", tsm="t", error="Stale timestamp"`)
	require.NoError(t, err)
	assert.Equal(t, hawk.Header{Time: 5, TimeMAC: "t", Error: "Stale timestamp"}, got)
	got, err = hawk.Parse("Hawk")
	require.NoError(t, err)
	assert.Zero(t, got)
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]error{
		"":                                  hawk.ErrScheme,
		"Bearer x":                          hawk.ErrScheme,
		`HawkX id="u"`:                      hawk.ErrScheme,
		`Hawk id="u`:                        hawk.ErrMalformed,
		`Hawk id=u`:                         hawk.ErrMalformed,
		`Hawk id`:                           hawk.ErrMalformed,
		`Hawk id="u",`:                      hawk.ErrMalformed,
		`Hawk id="u" mac="m"`:               hawk.ErrMalformed,
		`Hawk , id="u"`:                     hawk.ErrUnknown,
		`Hawk id="a\b"`:                     hawk.ErrMalformed,
		"Hawk id=\"a\x7f\"":                 hawk.ErrMalformed,
		`Hawk ID="u"`:                       hawk.ErrUnknown,
		`Hawk id="u", password="p"`:         hawk.ErrUnknown,
		`Hawk id="u", id="u"`:               hawk.ErrTwice,
		`Hawk ts="1", ts="1"`:               hawk.ErrTwice,
		`Hawk ts=""`:                        hawk.ErrMalformed,
		`Hawk ts="0"`:                       hawk.ErrMalformed,
		`Hawk ts="-1"`:                      hawk.ErrMalformed,
		`Hawk ts="+1"`:                      hawk.ErrMalformed,
		`Hawk ts="01"`:                      hawk.ErrMalformed,
		`Hawk ts="1.5"`:                     hawk.ErrMalformed,
		`Hawk ts="99999999999999999999"`:    hawk.ErrMalformed,
		"Hawk " + strings.Repeat(" ", 5000): hawk.ErrTooLong,
	} {
		_, err := hawk.Parse(value)
		require.ErrorIs(t, err, want, value)
	}
}

// The law: no input panics, and what was read is read in the same way after it is
// written again.
func FuzzParse(f *testing.F) {
	for _, value := range []string{
		`Hawk mac="m=", hash="h=", id="u", ts="1700000000", nonce="n", ext="o"`,
		`Hawk ts="1700000000", tsm="t=", error="Stale timestamp"`,
		`hawk app="a", dlg="d"`, `Hawk id="`, `Hawk ,`, "Bearer x", "",
	} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		header, err := hawk.Parse(value)
		if err != nil {
			require.Zero(t, header)
			return
		}
		if len(value) > hawk.MaxHeader-20 {
			return // String puts a space after every comma
		}
		again, err := hawk.Parse(header.String())
		require.NoError(t, err)
		require.Equal(t, header, again)
	})
}
