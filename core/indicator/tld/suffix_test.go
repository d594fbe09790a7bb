package tld

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/publicsuffix"
)

// slow is the public suffix list's own reader; top-level names that only we know are left to its default.
func slow(host string) string {
	suffix, _ := publicsuffix.PublicSuffix(host)
	return suffix
}

// TestSuffixIsTheList compares with the slow truth for every rule, and around it.
func TestSuffixIsTheList(t *testing.T) {
	t.Parallel()
	count := 0
	for _, table := range [][]string{suffixes[:], wildcards[:], exceptions[:]} {
		for n, names := range table {
			for i := 0; n > 0 && i < len(names); i += n {
				count++
				for _, front := range []string{"", "a.", "b.a.", "c.b.a.", "www.", "city."} {
					host := front + names[i:i+n]
					assert.Equal(t, slow(host), Suffix(host), host)
					registrable, err := publicsuffix.EffectiveTLDPlusOne(host)
					if err != nil {
						registrable = ""
					}
					assert.Equal(t, registrable, Registrable(host), host)
				}
			}
		}
	}
	assert.Equal(t, SuffixCount, count)
}

func TestSuffix(t *testing.T) {
	t.Parallel()
	for host, want := range map[string][2]string{
		"":                   {"", ""},
		"com":                {"com", ""},
		"co.uk":              {"co.uk", ""},
		"evil.co.uk":         {"co.uk", "evil.co.uk"},
		"a.b.evil.co.uk":     {"co.uk", "evil.co.uk"},
		"evil.com":           {"com", "evil.com"},
		"x.duckdns.org":      {"duckdns.org", "x.duckdns.org"},
		"a.kobe.jp":          {"a.kobe.jp", ""},
		"city.kobe.jp":       {"kobe.jp", "city.kobe.jp"},
		"b.a.kobe.jp":        {"a.kobe.jp", "b.a.kobe.jp"},
		"no.such-rule":       {"such-rule", "no.such-rule"},
		".com":               {"com", ""},
		"evil.xn--55qx5d.cn": {"xn--55qx5d.cn", "evil.xn--55qx5d.cn"},
	} {
		assert.Equal(t, want, [2]string{Suffix(host), Registrable(host)}, host)
	}
}

func FuzzSuffix(f *testing.F) {
	f.Add("a.b.kobe.jp")
	f.Fuzz(func(t *testing.T, host string) {
		if _, err := netip.ParseAddr(host); err == nil {
			return // an address has no suffix, and is no name
		}
		for _, label := range strings.Split(host, ".") {
			if label == "" {
				return // the list's reader takes names with empty labels otherwise
			}
		}
		if got := Suffix(host); got != slow(host) {
			t.Errorf("%q: %q, not %q", host, got, slow(host))
		}
	})
}
