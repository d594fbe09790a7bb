package indicator

import "testing"

// TestCoinTable pins the checksums of currencies.
func TestCoinTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", ""},
		{"3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bitcoin 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"},
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoin bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
		{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bitcoin bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", ""},
		{"bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297", "bitcoin bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297"},
		{"0x52908400098527886E0F7030069857D2E4169EE7", "ethereum 0x52908400098527886E0F7030069857D2E4169EE7"},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "ethereum 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD !checksum"},
		{"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "ethereum 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
		{"0x0000000000000000000000000000000000000000", "ethereum 0x0000000000000000000000000000000000000000 !pattern"},
		{"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A", "monero 44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"},
		{"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B", ""},
	})
}
