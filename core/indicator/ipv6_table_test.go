package indicator

import "testing"

// TestIpv6Table pins the text forms of RFC 4291 and their canonical form.
func TestIpv6Table(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"2001:db8::1", "ipv6 2001:db8::1"},
		{"2001:0DB8:0000:0000:0000:ff00:0042:8329", "ipv6 2001:db8::ff00:42:8329"},
		{"2001:db8::/32", "cidr 2001:db8::/32"},
		{"[2001:db8::7]:443", "ipv6 2001:db8::7"},
		{"fe80::1%eth0", "ipv6 fe80::1 !reserved"},
		{"::1", "ipv6 ::1 !reserved"},
		{"::ffff:198.51.100.7", "ipv6 ::ffff:198.51.100.7"},
		{"2001[:]db8[::]7", "ipv6 2001:db8::7"},
		{"std::io::Read", ""},
		{"dead::beef", ""},
		{"a::b", ""},
		{"12:34:56", ""},
		{"ab:cd:ef:01:23:45:67:89:ab:cd", ""},
		{"1:2:3:4:5:6:7:8:9", ""},
		{"fd00::1234", "ipv6 fd00::1234 !private"},
		{"2001:db8:1:2:3:4:5:6", "ipv6 2001:db8:1:2:3:4:5:6"},
	})
}
