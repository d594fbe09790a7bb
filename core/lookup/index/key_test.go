package index_test

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/publicsuffix"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

// Keys that differ are stored as bytes that differ, and those that differ in case alone
// as the same.
func TestKeysAreTold(t *testing.T) {
	t.Parallel()
	digits := "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	values := []string{
		"192.0.2.1", "192.0.2.10", "2001:db8::1", "192.0.2.0/24", "192.0.2.0/25", "10.0.0.0/8", "::/0", "0.0.0.0/0", "evil.example", digits[:32], digits[:40], digits[:56], digits,
		digits + digits[:32], digits + digits, digits[:32] + "0", "g" + digits[1:32], "a", "ab", strings.Repeat("long", 50), strings.Repeat("long", 51), "\x20\x20\x00\x00\x00", " ",
	}
	seen := map[string]index.Key{}
	types := []string{"made_up", "made_u", "", strings.Repeat("very_", 30), strings.Repeat("very_", 31)}
	for _, typ := range indicator.Types() {
		types = append(types, typ.String())
	}
	for _, typ := range types {
		for _, value := range values {
			k := index.Key{Type: typ, Value: value}
			stored := index.Stored(k)
			other, known := seen[stored]
			require.False(t, known, "%v and %v", k, other)
			seen[stored] = k
			assert.Equal(t, stored, index.Stored(index.Key{Type: typ, Value: strings.ToUpper(value)}), k)
			assert.LessOrEqual(t, len(stored), 40)
		}
	}
	assert.Empty(t, index.Stored(index.Key{Type: "domain"}))
}

// The names of types are the engine's.
func TestCodedTypesAreTheEngines(t *testing.T) {
	t.Parallel()
	for _, name := range index.CodedTypes {
		_, ok := indicator.ParseType(name)
		assert.True(t, ok, name)
	}
}

// Addresses and ranges are the same if their numbers are, and are read as the library reads them.
func FuzzAddress(f *testing.F) {
	for _, text := range []string{
		"192.0.2.1", "256.0.0.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "::", "::1", "1::", "1::2::3", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "::ffff:192.0.2.1",
		"1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7:192.0.2.1", ":1", "1:", "12345::", "192.0.2.0/24", "192.0.2.7/24", "192.0.2.0/33", "2001:db8::/32", "::/129", "1.2.3.4/", "1.2.3.4/08", "/8", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" || strings.ToLower(text) != text || strings.Contains(text, "%") {
			return
		}
		other := func(typ, same string) {
			assert.Equal(t, index.Stored(index.Key{Type: typ, Value: same}), index.Stored(index.Key{Type: typ, Value: text}), same)
		}
		ip, err := netip.ParseAddr(text)
		if err == nil && ip.Is4() {
			other("ipv4", ip.String())
		} else if err == nil {
			other("ipv6", ip.String())
			other("ipv6", ip.StringExpanded())
		}
		fixed := len(index.Stored(index.Key{Type: "ipv4", Value: text})) == 5 && index.Stored(index.Key{Type: "ipv4", Value: text})[0]>>6 == 1
		assert.Equal(t, err == nil && ip.Is4(), fixed)
		fixed = index.Stored(index.Key{Type: "ipv6", Value: text})[0]>>6 == 1
		assert.Equal(t, err == nil && ip.Is6(), fixed)
		prefix, err := netip.ParsePrefix(text)
		if err == nil {
			other("cidr", prefix.Masked().String())
		}
		assert.Equal(t, err == nil, index.Stored(index.Key{Type: "cidr", Value: text})[0]&0x3f == 63)
	})
}

func TestHost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"http://evil.example", "https://evil.example/a:b@c", "http://user:pass@evil.example:8080/x?y#z", "ftp://192.0.2.1/", "http://[2001:db8::1]:80/", "http://evil.example?x=//other.example", "http://evil.example#a/b",
		"http://a@b@evil.example/", "http://", "http:///path",
	} {
		want := ""
		if u, err := url.Parse(text); err == nil {
			want = u.Hostname()
		}
		assert.Equal(t, want, index.HostOf(text), text)
	}
	assert.Equal(t, "evil.example", index.HostOf("http://evil.example./x"))
	assert.Empty(t, index.HostOf("evil.example/x"))
	assert.Empty(t, index.HostOf("http://[2001:db8::1"))
}

// The short rule agrees with the public suffix list on what a look-up should not go up
// to, and on names under it. What only the long list knows is the price of its absence.
func TestSuffix(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"com", "co.uk", "ac.jp", "com.br", "gov.au", "github.io", "duckdns.org", "workers.dev", "cloudfront.net", "web.core.windows.net", "nom.co", "edu.pl"} {
		assert.True(t, index.IsSuffix(name), name)
		suffix, _ := publicsuffix.PublicSuffix("x." + name)
		assert.Equal(t, name, suffix)
	}
	for _, name := range []string{"evil.example", "example.com", "bbc.co.uk", "someone.github.io", "amazon.de", "evil.duckdns.org", "windows.net", "spiegel.de", "yandex.ru", "xn--e1afmkfd.xn--p1ai"} {
		assert.False(t, index.IsSuffix(name), name)
		suffix, _ := publicsuffix.PublicSuffix(name)
		assert.NotEqual(t, name, suffix)
	}
	for _, list := range [][]string{index.Second[:], index.Hosters[:]} {
		for n, packed := range list {
			for i := n; n > 0 && i < len(packed); i += n {
				assert.Less(t, packed[i-n:i], packed[i:i+n])
			}
			if n > 0 {
				assert.Zero(t, len(packed)%n)
			}
		}
	}
	known, all := 0, 0
	for n, packed := range index.Hosters {
		for i := 0; n > 0 && i < len(packed); i += n {
			name := packed[i : i+n]
			suffix, _ := publicsuffix.PublicSuffix("x." + name)
			all++
			if suffix == name {
				known++
			}
		}
	}
	t.Logf("of %d hosters the public suffix list has %d", all, known)
	assert.Greater(t, known, all/2, "a list of something else")
}

// The newest objects are named where there are more than MostHits, and Count tells how
// many there are.
func TestCommonIndicators(t *testing.T) {
	t.Parallel()
	x := index.New()
	common := index.Key{Type: "ipv4", Value: "192.0.2.1"}
	const all = 7000
	for i := range all {
		o := caseOf(fmt.Sprint(i))
		o.ModifiedAt = int64(1_700_000_000_000 + i*7919%all)
		seen := []index.Sighting{{Key: common, Place: index.Alert}}
		if i%4 == 0 {
			seen = append(seen, index.Sighting{Key: index.Key{Type: "url", Value: "http://evil.example/"}})
		}
		x.Put(o, seen)
	}
	check := func() {
		t.Helper()
		assert.Equal(t, all, x.Count(common))
		hits := x.Find(nil, []index.Key{common, {Type: "domain", Value: "evil.example"}})
		require.Len(t, hits, index.MostHits+index.MostPartial)
		last := int64(0)
		for i, hit := range hits {
			o, ok := x.At(hit.Object)
			require.True(t, ok)
			if hit.Match == index.Exact {
				assert.Equal(t, int64(1_700_000_000_000+all-1-i), o.ModifiedAt, "the newest first, wherever they are")
			} else if last > 0 {
				assert.Less(t, o.ModifiedAt, last)
			}
			if last = 0; hit.Match != index.Exact {
				last = o.ModifiedAt
			}
		}
		var handles []index.Handle
		for h := range x.Objects("p1") {
			handles = append(handles, h)
		}
		assert.Len(t, x.Among(nil, []index.Key{common}, handles), all)
	}
	check()
	for x.Merge(1000) {
	}
	check()
	assert.Zero(t, x.Count(index.Key{Type: "domain", Value: "evil.example"}), "only URLs on it occur")
}
