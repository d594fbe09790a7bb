package indicator

import "strings"

// coin reads an address of a currency that fills b[i:e]. Only addresses whose
// checksum holds are finds; a mixed-case Ethereum address with a wrong one is held back.
func (s *scanner) coin(i, e int) int {
	b := s.view.b
	word := b[i:e]
	if len(word) == 42 && word[0] == '0' && word[1]|0x20 == 'x' {
		return s.ethereum(i, e)
	}
	t := Unknown
	switch n := len(word); {
	case n >= 26 && n <= 35:
		t = base58Address(word)
	case n == 95 || n == 106:
		t = moneroAddress(word)
	}
	if t == Unknown && len(word) >= 14 && len(word) <= 90 {
		t = bech32Address(word)
	}
	if t == Unknown {
		return 0
	}
	value := s.keep(word)
	if word[0] == 'B' || word[0] == 'L' && word[3] == '1' && len(word) > 36 { // BC1..., LTC1...: capitals mean the same
		value = s.keepLower(word)
	}
	s.emit(t, value, i, e, FlagChecksum, NotHeld)
	return e
}

// ethereum reads 0x and 40 hex digits; capitals among them are a checksum (EIP-55).
func (s *scanner) ethereum(i, e int) int {
	b := s.view.b
	var flags Flags
	var low [40]byte
	mixed := false
	for k := range low {
		c := b[i+2+k]
		if unhex(c) < 0 {
			return 0
		}
		low[k] = c
		if classes[c]&cUpper != 0 {
			low[k] |= 0x20
		}
		mixed = mixed || low[k] != c
	}
	held := NotHeld
	if load8(b, i+2) == load8(b, i+10) {
		held = HeldPattern
	}
	if mixed && !upperCase(b[i+2:e]) {
		flags = FlagChecksum
		sum := keccak256(low[:])
		for k, c := range low {
			if c >= 'a' {
				up := sum[k/2]>>(4*(1-k%2))&8 != 0
				if up != (classes[b[i+2+k]]&cUpper != 0) {
					flags, held = 0, HeldChecksum
				}
			}
		}
	}
	s.emit(Ethereum, s.keep(b[i:e]), i, e, flags, held)
	return e
}

const base58Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// base58 decodes word into out, right-aligned, and reports whether it fits.
func base58(word string, out []byte) bool {
	clear(out)
	for k := 0; k < len(word); k++ {
		d := strings.IndexByte(base58Digits, word[k])
		if d < 0 {
			return false
		}
		for j := len(out) - 1; j >= 0; j-- {
			d += int(out[j]) * 58
			out[j] = byte(d)
			d >>= 8
		}
		if d != 0 {
			return false
		}
	}
	return true
}

// base58Address tells whose Base58Check address word is, Unknown when nobody's.
func base58Address(word string) Type {
	switch word[0] {
	case '1', '3', 'L', 'M', 'D', 'X', 'T':
	default:
		return Unknown
	}
	var raw [25]byte
	if !base58(word, raw[:]) {
		return Unknown
	}
	once := sum256(raw[:21])
	if sum := sum256(once[:]); [4]byte(sum[:4]) != [4]byte(raw[21:]) {
		return Unknown
	}
	switch raw[0] {
	case 0x00, 0x05: // pay to public key hash, to script hash
		return Bitcoin
	case 0x30, 0x32, // Litecoin
		0x1e, 0x16, // Dogecoin
		0x4c, 0x10, // Dash
		0x41: // Tron
		return OtherCoin
	}
	return Unknown
}

const bech32Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32Address tells whose Bech32 (BIP 173) or Bech32m (BIP 350) address word is.
func bech32Address(word string) Type {
	one := 0
	switch {
	case len(word) > 3 && foldAny(word[:3], "bc1"):
		one = 2
	case len(word) > 4 && foldAny(word[:4], "ltc1"):
		one = 3
	default:
		return Unknown
	}
	if !upperCase(word) && lower(word) != word {
		return Unknown
	}
	sum := uint32(1)
	step := func(d uint32) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ d
		for k, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>k&1 == 1 {
				sum ^= g
			}
		}
	}
	for k := range one {
		step(uint32(word[k]|0x20) >> 5)
	}
	step(0)
	for k := range one {
		step(uint32(word[k]|0x20) & 31)
	}
	version := -1
	for k := one + 1; k < len(word); k++ {
		c := word[k]
		if classes[c]&cUpper != 0 {
			c |= 0x20
		}
		d := strings.IndexByte(bech32Digits, c)
		if d < 0 {
			return Unknown
		}
		if version < 0 {
			version = d
		}
		step(uint32(d))
	}
	if version == 0 && sum == 1 || version > 0 && version <= 16 && sum == 0x2bc830a3 {
		if one == 2 {
			return Bitcoin
		}
		return OtherCoin
	}
	return Unknown
}

// moneroAddress tells whether word is a standard, sub- or integrated address: blocks of
// eight bytes in eleven digits, a Keccak checksum at the end.
func moneroAddress(word string) Type {
	if word[0] != '4' && word[0] != '8' {
		return Unknown
	}
	var raw [77]byte
	n := 0
	for len(word) > 0 {
		digits := min(len(word), 11)
		size := [12]int{2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}[digits]
		if size == 0 || !base58(word[:digits], raw[n:n+size]) {
			return Unknown
		}
		n += size
		word = word[digits:]
	}
	if n < 5 {
		return Unknown
	}
	if sum := keccak256(raw[:n-4]); [4]byte(sum[:4]) != [4]byte(raw[n-4:n]) {
		return Unknown
	}
	return Monero
}
