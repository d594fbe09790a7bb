package indicator

import "testing"

// TestEmailTable pins what an e-mail address is.
func TestEmailTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"write to First.Last+tag@Mail.Example.org.", "email first.last+tag@mail.example.org"},
		{"user[@]mail[.]example[.]org", "email user@mail.example.org"},
		{"user(at)mail(dot)example(dot)org", "email user@mail.example.org"},
		{"user [at] mail [dot] example [dot] org", "email user@mail.example.org"},
		{"user at mail dot example dot org", "email user@mail.example.org"},
		{"user AT mail DOT example DOT org", "email user@mail.example.org"},
		{"user @ mail[.]example[.]org", "email user@mail.example.org"},
		{"user{@}mail.example.org", "email user@mail.example.org"},
		{"failed at 0day[dot]rocks", "domain 0day.rocks"},
		{"more info at evil[.]example[.]org/x", "url evil.example.org/x"},
		{"lodash@4.17.21", ""},
		{"@scope/pkg@1.2.3", ""},
		{"user@localhost", ""},
		{"user@[198.51.100.7]", "email user@[198.51.100.7]"},
		{"user@[IPv6:2001:db8::7]", "email user@[ipv6:2001:db8::7]"},
		{"mailfrom=user@mail.example.org", "email user@mail.example.org"},
		{"[email-addr:value='user@mail.example.org']", "email user@mail.example.org"},
		{"joe@jabber.example.org", "xmpp joe@jabber.example.org"},
		{"a..b@mail.example.org", "domain mail.example.org"},
		{"user/AT/mail/DOT/example/DOT/org", "email user@mail.example.org"},
		{"mailto:user@mail.example.org", "email user@mail.example.org"},
		{"user[@mail.example.org", "email user@mail.example.org"},
		{"user@]mail.example.org", "email user@mail.example.org"},
		{"user<at>mail<dot>example<dot>org", "email user@mail.example.org"},
		{"email=user%40mail.example.org&x", "email user@mail.example.org"},
		{"user\ufe6bmail.example.org", "email user@mail.example.org"},
		{"foo @ bar.com", "email foo@bar.com"},
		{"to:\nfoo  @  bar.com\n", "email foo@bar.com"},
		{"John @ bar.com is out", "file_name bar.com"},
	})
}
