package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/indicator"
)

func TestRegistrable(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		kind        indicator.Type
		value, want string
	}{
		{indicator.Domain, "a.b.evil.co.uk", "evil.co.uk"},
		{indicator.Domain, "x.duckdns.org", "x.duckdns.org"},
		{indicator.Domain, "co.uk", ""},
		{indicator.URL, "https://user:pw@cdn.evil.com:8443/a?b", "evil.com"},
		{indicator.URL, "evil.com?x=1", "evil.com"},
		{indicator.URL, "http://203.0.113.7/a", ""},
		{indicator.URL, "http://[2001:db8::1]:80/a", ""},
		{indicator.Email, "ana@mail.evil.org", "evil.org"},
		{indicator.Email, "ana@[192.0.2.7]", ""},
		{indicator.IPv4, "203.0.113.7", ""},
		{indicator.MD5, "d41d8cd98f00b204e9800998ecf8427e", ""},
	} {
		assert.Equal(t, row.want, registrable(row.kind, row.value), row.value)
	}
}
