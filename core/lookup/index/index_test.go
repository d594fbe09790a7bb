package index_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

func caseOf(id string) index.Object {
	return index.Object{
		Source: "p1", Kind: "case", ID: id, Number: "17", Title: "Beacon to " + id, Severity: "High", Status: "New", Owner: "ana", Tenant: "t",
		Link: "https://sc.example/cases/" + id + "/view", Score: 81.5, HasScore: true, CreatedAt: 1700000000000, ModifiedAt: 1700000100000, Version: 3,
	}
}

func seen(typ, value string) index.Sighting {
	return index.Sighting{Key: index.Key{Type: typ, Value: value}, Place: index.Observable, When: 1700000000123}
}

func TestFind(t *testing.T) {
	t.Parallel()
	md5, sha256 := "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	file := func(s index.Sighting, n int) index.Sighting { s.File = n; return s }
	x := index.New()
	x.Put(caseOf("a"), []index.Sighting{seen("domain", "evil.example"), seen("ipv4", "192.0.2.7"), seen("cidr", "198.51.100.0/24"), seen("cidr", "2001:db8::/32")})
	x.Put(caseOf("b"), []index.Sighting{seen("url", "https://www.evil.example/x?id=1"), file(seen("md5", md5), 1), file(seen("sha256", sha256), 1)})
	x.Put(caseOf("c"), []index.Sighting{seen("sha256", sha256), seen("registry_key", `HKLM\Software\Run`), seen("url", "http://[2001:DB8::1]:8080/")})

	for _, tt := range []struct {
		typ, value string
		want       map[string]index.Match
	}{
		{"domain", "EVIL.example", map[string]index.Match{"a": index.Exact}},
		{"domain", "a.b.evil.example", map[string]index.Match{"a": index.Parent}},
		{"domain", "www.evil.example", map[string]index.Match{"a": index.Parent, "b": index.OnHost}},
		{"domain", "example", nil},
		{"url", "https://www.evil.example/x?id=1", map[string]index.Match{"a": index.Parent, "b": index.Exact}},
		{"url", "https://www.evil.example/x?id=2", map[string]index.Match{"a": index.Parent, "b": index.SameURL}},
		{"url", "https://www.evil.example/x", map[string]index.Match{"a": index.Parent, "b": index.SameURL}},
		{"url", "https://www.evil.example/y", map[string]index.Match{"a": index.Parent, "b": index.SameHost}},
		{"url", "https://evil.example:8443/", map[string]index.Match{"a": index.Host}},
		{"url", "http://198.51.100.9/", map[string]index.Match{"a": index.Range}},
		{"ipv4", "192.0.2.7", map[string]index.Match{"a": index.Exact}},
		{"ipv4", "198.51.100.77", map[string]index.Match{"a": index.Range}},
		{"ipv6", "2001:db8:1::9", map[string]index.Match{"a": index.Range}},
		{"ipv6", "2001:db8::1", map[string]index.Match{"a": index.Range, "c": index.OnHost}},
		{"cidr", "198.51.100.128/25", map[string]index.Match{"a": index.Range}},
		{"cidr", "198.51.100.0/24", map[string]index.Match{"a": index.Exact}},
		{"cidr", "198.51.0.0/16", nil},
		{"md5", md5, map[string]index.Match{"b": index.Exact, "c": index.SameFile}},
		{"sha256", sha256, map[string]index.Match{"b": index.Exact, "c": index.Exact}},
		{"registry_key", `hklm\software\run`, map[string]index.Match{"c": index.Exact}},
		{"file_path", `hklm\software\run`, nil},
		{"domain", "", nil},
	} {
		var got map[string]index.Match
		for _, hit := range x.Find(nil, []index.Key{{Type: tt.typ, Value: tt.value}}) {
			o, ok := x.At(hit.Object)
			require.True(t, ok)
			if got == nil {
				got = map[string]index.Match{}
			}
			assert.NotContains(t, got, o.ID)
			got[o.ID] = hit.Match
			assert.Equal(t, index.Observable, hit.Place)
			assert.Equal(t, int64(1700000000123), hit.When)
			assert.Equal(t, caseOf(o.ID), o)
		}
		assert.Equal(t, tt.want, got, "%s %s", tt.typ, tt.value)
	}
	require.NoError(t, x.Verify())
}
