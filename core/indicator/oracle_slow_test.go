//go:build !js

package indicator

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// oracleTypes are the types that the slow oracle knows. It reads plain text alone and
// has no doubts: what is disguised or doubtful is where the engine must differ.
var oracleTypes = SetOf(IPv4, IPv6, CIDR, URL, Domain, Email, MD5, SHA1, SHA224, SHA256, SHA384, SHA512, CVE)

// oracleRules are one plain expression for each kind of thing, and what makes of a
// match a value, "" for none.
var oracleRules = []struct {
	kind  Type
	shape *regexp.Regexp
	value func(match string) (Type, string)
}{
	{CIDR, regexp.MustCompile(`[0-9A-Fa-f.:]{3,}/\d{1,3}`), func(m string) (Type, string) {
		p, err := netip.ParsePrefix(m)
		return CIDR, valueIf(err == nil, p.String())
	}},
	{IPv4, regexp.MustCompile(`\d{1,3}(?:\.\d{1,3}){3}`), func(m string) (Type, string) {
		a, err := netip.ParseAddr(m)
		return IPv4, valueIf(err == nil, a.String())
	}},
	{IPv6, regexp.MustCompile(`[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}`), func(m string) (Type, string) {
		a, err := netip.ParseAddr(m)
		return IPv6, valueIf(err == nil && a.Is6(), a.String())
	}},
	{URL, regexp.MustCompile("(?i)(?:https?|ftp)://[^\\s<>\"`|{}^\\\\]+"), func(m string) (Type, string) {
		m = strings.TrimRight(m, ".,;:!?')]*+_")
		u, err := url.Parse(m)
		return URL, valueIf(err == nil && oracleHost(u.Hostname()), m)
	}},
	{Email, regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`), func(m string) (Type, string) {
		_, host, _ := strings.Cut(m, "@")
		return Email, valueIf(oracleHost(host), strings.ToLower(m))
	}},
	{Domain, regexp.MustCompile(`[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+`), func(m string) (Type, string) {
		_, err := netip.ParseAddr(m)
		return Domain, valueIf(err != nil && oracleHost(m), strings.ToLower(m))
	}},
	{MD5, regexp.MustCompile(`[0-9A-Fa-f]{32,128}`), func(m string) (Type, string) {
		kind := map[int]Type{32: MD5, 40: SHA1, 56: SHA224, 64: SHA256, 96: SHA384, 128: SHA512}[len(m)]
		return kind, valueIf(kind != Unknown, strings.ToLower(m))
	}},
	{CVE, regexp.MustCompile(`(?i)CVE-\d{4}-\d{4,7}`), func(m string) (Type, string) { return CVE, strings.ToUpper(m) }},
}

func valueIf(ok bool, value string) string {
	if !ok {
		return ""
	}
	return value
}

// oracleHost reports whether net/netip or the public suffix list know the host. A
// suffix alone is no host.
func oracleHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	host = strings.ToLower(host)
	suffix, managed := publicsuffix.PublicSuffix(host)
	if !managed && !strings.Contains(suffix, ".") {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil
}

type oracleFind struct {
	kind  Type
	value string
	span  Span
}

// oracleScan runs every rule over the whole text. Matches that go on as a word do on
// either side are none.
func oracleScan(text string) []oracleFind {
	var found []oracleFind
	for _, rule := range oracleRules {
		for _, at := range rule.shape.FindAllStringIndex(text, -1) {
			kind, value := rule.value(text[at[0]:at[1]])
			end := at[1]
			if kind == URL {
				end = at[0] + len(value)
			}
			if value == "" || joined(text, at[0], end) {
				continue
			}
			found = append(found, oracleFind{kind, value, Span{at[0], end}})
		}
	}
	return found
}

// joined reports whether a letter, a digit or an underscore stands beside text[i:j].
func joined(text string, i, j int) bool {
	word := func(c byte) bool { return classes[c]&cWordChar != 0 || c == '_' }
	return i > 0 && word(text[i-1]) || j < len(text) && word(text[j])
}
