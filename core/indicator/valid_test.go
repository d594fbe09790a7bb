package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// valid makes values of many types out of bytes, each with its checksum, by other means
// than the engine's: 32 bytes are enough for any.
var valid = map[Type]func([]byte) string{
	IPv4: func(b []byte) string { return netip.AddrFrom4([4]byte(b)).String() },
	IPv6: func(b []byte) string {
		address := [16]byte(b)
		address[0], address[1], address[2] = 0x20, 0x01, address[2]|0x10
		address[14] |= 0x10
		return netip.AddrFrom16(address).String()
	},
	CIDR: func(b []byte) string {
		return netip.PrefixFrom(netip.AddrFrom4([4]byte(b)), int(b[4])%33).Masked().String()
	},
	MD5:    func(b []byte) string { return digest(b[:16]) },
	SHA1:   func(b []byte) string { return digest(b[:20]) },
	SHA224: func(b []byte) string { return digest(b[:28]) },
	SHA256: func(b []byte) string { return digest(b[:32]) },
	SHA512: func(b []byte) string {
		rest := sha256.Sum256(b)
		return hex.EncodeToString(b[:32]) + hex.EncodeToString(rest[:])
	},
	CVE: func(b []byte) string { return fmt.Sprintf("CVE-%d-%04d", 1999+int(b[0])%27, 1+int(b[1])*256+int(b[2])) },
	ASN: func(b []byte) string { return fmt.Sprintf("AS%d", 1+int(b[0])*80+int(b[1])%80) },
	MAC: func(b []byte) string {
		return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5])
	},
	Bitcoin: func(b []byte) string { return base58Check(append([]byte{0x05 * (b[0] & 1)}, b[1:21]...)) },
	IBAN:    func(b []byte) string { return germanIBAN(b) },
	Domain:  func(b []byte) string { return hostName(b) },
	Email:   func(b []byte) string { return "a." + hostName(b[4:]) + "@" + hostName(b) },
	URL:     func(b []byte) string { return "https://" + hostName(b) + "/" + hex.EncodeToString(b[:7]) },
}

// digest writes a hash that has a letter: one of digits alone is held as too regular.
func digest(b []byte) string { return "d" + hex.EncodeToString(b)[1:] }

// base58Check writes Bitcoin's older addresses.
func base58Check(payload []byte) string {
	const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	first := sha256.Sum256(payload)
	second := sha256.Sum256(first[:])
	whole := append(payload, second[:4]...)
	n, base, rest := new(big.Int).SetBytes(whole), big.NewInt(58), new(big.Int)
	var out []byte
	for n.Sign() > 0 {
		n.DivMod(n, base, rest)
		out = append(out, digits[rest.Int64()])
	}
	for _, c := range whole {
		if c != 0 {
			break
		}
		out = append(out, '1')
	}
	slices.Reverse(out)
	return string(out)
}

// germanIBAN writes an account of 18 digits with ISO 13616's check digits.
func germanIBAN(b []byte) string {
	account := fmt.Sprintf("%018d", (uint64(b[0])<<48|uint64(b[1])<<32|uint64(b[2])<<16|uint64(b[3]))%1e18)
	n, _ := new(big.Int).SetString(account+"131400", 10)
	check := 98 - new(big.Int).Mod(n, big.NewInt(97)).Int64()
	return fmt.Sprintf("DE%02d%s", check, account)
}

// hostName writes a name that no rule of restraint doubts.
func hostName(b []byte) string {
	const letters = "abcdefghijklmnopqrstuvw8yz234567" // without x: no name speaks of xmpp
	var name strings.Builder
	name.WriteString("q")
	for _, c := range b[:9] {
		name.WriteByte(letters[c&31])
	}
	return name.String() + [...]string{".com", ".net", ".ru", ".co.uk", ".xyz", ".info"}[int(b[9])%6]
}

// FuzzValid says that a value which a validator accepts is found when it is put into
// prose, as it stands and disguised.
func FuzzValid(f *testing.F) {
	f.Add([]byte("0123456789abcdefghijklmnopqrstuv"))
	f.Add([]byte("\x2d\x9b\xcd\xe9\x00\xff\x10\x80The quick brown fox jumps"))
	f.Fuzz(func(t *testing.T, b []byte) {
		sum := sha256.Sum256(b) // as many bytes as wanted, none of them regular
		for kind, write := range valid {
			value := write(sum[:])
			for _, carrier := range []string{"We saw % in the traffic.", "%", "host (%) and more", "\"%\"\n", "| % | seen |"} {
				text := strings.Replace(carrier, "%", value, 1)
				found := Scan(text, Options{})
				require.True(t, slices.ContainsFunc(found, func(x Indicator) bool {
					return x.Type == kind && !x.Held.Misread() && text[x.Span.Start:x.Span.End] == value
				}), "%s in %q: %v", kind, text, found)
			}
		}
	})
}
