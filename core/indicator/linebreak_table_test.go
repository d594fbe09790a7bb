package indicator

import "testing"

// TestLinebreakTable pins which broken lines are joined.
func TestLinebreakTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5\nc1fa7425e73043362938b9824", "sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"2cf24dba5fb0a30e26e8\r\n  3b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.", "sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"5d41402abc4b2a76b9719d911017c592\n5d41402abc4b2a76b9719d911017c592", "md5 5d41402abc4b2a76b9719d911017c592 | md5 5d41402abc4b2a76b9719d911017c592"},
		{"2cf24dba5fb0a30e26e8\n3b2ac5b9e29e1b161e5c1fa7425e73043362938b", "sha1 3b2ac5b9e29e1b161e5c1fa7425e73043362938b"},
		{"SHA-256: 2cf24dba5fb0a30e26e83b2ac5b9e29e\n1b161e5c1fa7425e73043362938b9824", "sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"sha256\t2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c\n1fa7425e73043362938b9824", "sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"MD5: 2cf24dba5fb0a30e26e83b2ac5b9e29e\n1b161e5c1fa7425e73043362938b9824", "md5 2cf24dba5fb0a30e26e83b2ac5b9e29e | md5 1b161e5c1fa7425e73043362938b9824"},
		{"<http://a.example.net/x/\n  y/z>", "url http://a.example.net/x/y/z"},
		{"http://a.example.net/x/\ny/z", "url http://a.example.net/x/"},
		{"aaf4c61ddcc5e8a2dabede0f3b482c\nd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
		{"abcdefabcdefabcdef\nabcdefabcdefab", ""},
	})
}
