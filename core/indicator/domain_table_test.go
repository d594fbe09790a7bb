package indicator

import "testing"

// TestDomainTable pins what a domain is.
func TestDomainTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"evil-site.example.com", "domain evil-site.example.com"},
		{"Evil.Example.COM", "domain evil.example.com"},
		{"_dmarc.example.com", "domain _dmarc.example.com"},
		{"a_b.example.com", "domain a_b.example.com"},
		{"example_x.com", "file_name example_x.com"},
		{"evil.example.com.", "domain evil.example.com"},
		{"*.example.com", "domain example.com"},
		{"www.example.com:8080", "domain www.example.com :8080"},
		{"evil[.]example[.]com", "domain evil.example.com"},
		{"evil(dot)example{.}com", "domain evil.example.com"},
		{"evil [.] example [.] com", "domain evil.example.com"},
		{"evil<.>example<.>com", "domain evil.example.com"},
		{"evil[[.]]example.com", "domain evil.example.com"},
		{"evil[.example.com", "domain evil.example.com"},
		{"evil.]example.com", "domain evil.example.com"},
		{"www[.[example[.[com", "domain www.example.com"},
		{"evil\\.example\\.com", "domain evil.example.com"},
		{"evil dot example dot com", "domain evil.example.com"},
		{"evil&#46;example&period;com", "domain evil.example.com"},
		{"evil\u200b.exam\u00adple.com", "domain evil.example.com"},
		{"evil\u3002example\uff0ecom", "domain evil.example.com"},
		{"\uff45\uff56\uff49\uff4c\uff0eexample\uff0e\uff43\uff4f\uff4d", "domain evil.example.com"},
		{"evil\u2024example\u2024com", "domain evil.example.com"},
		{"xn--bcher-kva.example", "domain xn--bcher-kva.example"},
		{"b\u00fccher.de", "domain xn--bcher-kva.de"},
		{"\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "domain xn--e1afmkfd.xn--p1ai"},
		{"www.-banana.com", "domain banana.com"},
		{"a..example.com", "domain example.com"},
		{"-evil.example.com", "domain evil.example.com"},
		{"evil.nosuchtld", ""},
		{"evil[.]nosuchtld", "domain evil.nosuchtld !unknown_tld"},
		{"the dot com bubble", ""},
		{"facebook.onion", "domain facebook.onion"},
		{"visit site bad.top now", "domain bad.top"},
		{"evil-dot-example.com", "domain evil-dot-example.com"},
		{"www.evil-dot-com", "domain www.evil.com"},
		{"www].]example].]com", "domain www.example.com"},
		{"see [www].example.com", "domain www.example.com"},
		{"(see [www].bad-host.com)", "domain www.bad-host.com"},
		{"fpw.[com].my", "domain fpw.com.my"},
		{"\u901a\u4fe1\u5148\u306fbad-host.com\u3068198.51.100.7\u3067\u3059", "domain bad-host.com | ipv4 198.51.100.7"},
		{"\uc545\uc131 bad-host.com\uacfc", "domain bad-host.com"},
		{"\u65e5\u672c\u8a9e.jp", "domain xn--wgv71a119e.jp"},
		{"list[com].x", ""},
	})
}
