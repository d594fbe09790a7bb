package tld

import (
	"strings"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

//go:generate go run gen_suffix.go

// Suffix returns the public suffix of a host name: the part under which anybody may
// register a name, by publicsuffix.org's rules, those of private registries such as
// github.io and duckdns.org included. Of a name under no rule it is the last label.
// The host is a name, no address, in lower case without a dot at its end, names outside ASCII in A-labels.
func Suffix(host string) string {
	for rest := host; ; {
		dot := strings.IndexByte(rest, '.')
		if dot < 0 {
			return rest
		}
		parent := rest[dot+1:]
		switch {
		case in(exceptions[:], rest):
			return parent
		case in(suffixes[:], rest), in(wildcards[:], parent):
			return rest
		}
		rest = parent
	}
}

// Registrable returns the name that somebody has registered: the public suffix and one
// label more. It is "" where the host is a public suffix itself.
func Registrable(host string) string {
	before := len(host) - len(Suffix(host)) - 1
	if before <= 0 {
		return ""
	}
	return host[strings.LastIndexByte(host[:before], '.')+1:]
}

func in(table []string, name string) bool {
	return name != "" && len(name) < len(table) && packed.Has(table[len(name)], name)
}
