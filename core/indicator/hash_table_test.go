package indicator

import "testing"

// TestHashTable pins hashes, by their length and by the words before them.
func TestHashTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"5d41402abc4b2a76b9719d911017c592", "md5 5d41402abc4b2a76b9719d911017c592"},
		{"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
		{"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"5D41402ABC4B2A76B9719D911017C592.", "md5 5d41402abc4b2a76b9719d911017c592"},
		{"sha1:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
		{"md5=5d41402abc4b2a76b9719d911017c592", "md5 5d41402abc4b2a76b9719d911017c592"},
		{"0x5d41402abc4b2a76b9719d911017c592", "md5 5d41402abc4b2a76b9719d911017c592"},
		{"5d41402abc4b2a76b9719d911017c5920", ""},
		{"x5d41402abc4b2a76b9719d911017c592", ""},
		{"imphash: 5d41402abc4b2a76b9719d911017c592", "imphash 5d41402abc4b2a76b9719d911017c592"},
		{"import hash 5d41402abc4b2a76b9719d911017c592", "imphash 5d41402abc4b2a76b9719d911017c592"},
		{"JA3: 5d41402abc4b2a76b9719d911017c592", "ja3 5d41402abc4b2a76b9719d911017c592"},
		{"JA3S hash: 5d41402abc4b2a76b9719d911017c592", "ja3s 5d41402abc4b2a76b9719d911017c592"},
		{"authentihash 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "authentihash 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
		{"imphash\n5d41402abc4b2a76b9719d911017c592", "imphash 5d41402abc4b2a76b9719d911017c592"},
		{"commit aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d !commit"},
		{"Merge: aaf4c61 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d !commit"},
		{"index aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d..aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d !commit | sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d !commit"},
		{"https://git.example.org/x/commit/aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "url https://git.example.org/x/commit/aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
		{"uuid 5d41402abc4b2a76b9719d911017c592", "md5 5d41402abc4b2a76b9719d911017c592 !uuid"},
		{"5d41402a-bc4b-2a76-b971-9d911017c592", ""},
		{"00000000000000000000000000000000", "md5 00000000000000000000000000000000 !pattern"},
		{"0123456789abcdef0123456789abcdef", "md5 0123456789abcdef0123456789abcdef !pattern"},
		{"12345678901234567890123456789012", "md5 12345678901234567890123456789012 !pattern"},
		{"5d41402abc4b2a76b9719d911017c592.exe", "md5 5d41402abc4b2a76b9719d911017c592"},
		{"T1A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5", "tlsh T1A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5"},
		{"tlsh A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5", "tlsh A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5A1B2C3D4E5"},
		{"jarm 2ad2ad0002ad2ad00042d42d0000002ad2ad0002ad2ad00042d42d00000ab1", "jarm 2ad2ad0002ad2ad00042d42d0000002ad2ad0002ad2ad00042d42d00000ab1"},
		{"3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C", "ssdeep 3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C"},
		{"12:30:45", ""},
		{"sha512-5d41402abc4b2a76b9719d911017c592", ""},
	})
}
