package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// The oracles: slow, plain expressions for what stands between blanks undisguised.
var (
	oracleIPv4   = regexp.MustCompile(`^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$`)
	oracleSHA256 = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
	oracleCVE    = regexp.MustCompile(`^(?i)CVE-(19[89]\d|20\d\d)-\d{4,7}$`)
)

// FuzzOracle compares, token by token, what a scan takes for an IPv4 address, a SHA-256
// or a CVE with what the oracles take for one.
func FuzzOracle(f *testing.F) {
	f.Add("198.51.100.7")
	f.Add("CVE-2021-44228")
	f.Add(strings.Repeat("0123456789abcdeF", 4))
	f.Add(strings.Repeat("abcdefab", 8))
	f.Fuzz(func(t *testing.T, token string) {
		for i := 0; i < len(token); i++ {
			if k := classes[token[i]]; k&(cWordChar|cDot) == 0 && token[i] != '-' {
				return
			}
		}
		found := Scan(token, Options{})
		if oracleIPv4.MatchString(token) {
			require.Len(t, found, 1)
			require.Equal(t, IPv4, found[0].Type)
			require.Equal(t, netip.MustParseAddr(token).String(), found[0].Value)
		}
		if oracleSHA256.MatchString(token) {
			require.Len(t, found, 1)
			require.Equal(t, SHA256, found[0].Type)
		}
		if oracleCVE.MatchString(token) {
			require.Len(t, found, 1)
			require.Equal(t, strings.ToUpper(token), found[0].Value)
		}
		for _, x := range found {
			whole := x.Span == Span{0, len(token)}
			switch x.Type {
			case IPv4:
				require.True(t, !whole || oracleIPv4.MatchString(token))
			case SHA256:
				require.True(t, !whole || oracleSHA256.MatchString(token))
			case CVE:
				require.True(t, !whole || oracleCVE.MatchString(token))
			}
		}
	})
}

// FuzzAddress compares the reading and writing of IPv6 addresses with net/netip.
func FuzzAddress(f *testing.F) {
	f.Add([]byte{0x20, 0x01, 0x0d, 0xb8, 15: 1})
	f.Add(make([]byte, 16))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) != 16 {
			return
		}
		addr := netip.AddrFrom16([16]byte(raw))
		require.Equal(t, addr.String(), formatIPv6([16]byte(raw)))
		for _, text := range []string{addr.String(), addr.StringExpanded()} {
			ip, end, _, _ := groups(text, 0)
			require.Equal(t, len(text), end)
			require.Equal(t, [16]byte(raw), ip)
		}
	})
}

// FuzzURL says that net/url takes for a host what a scan takes for one.
func FuzzURL(f *testing.F) {
	f.Add("http://user@a.example.org:80/x?y#z")
	f.Add("https://[2001:db8::1]/x")
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range Scan(text, Options{Types: SetOf(URL)}) {
			if x.Flags&FlagSchemeless != 0 || x.Held != NotHeld || strings.ContainsAny(x.Value, "%") {
				continue
			}
			u, err := url.Parse(x.Value)
			if err != nil {
				continue // net/url refuses control characters and some userinfo
			}
			require.NotEmpty(t, u.Hostname(), "%q", x.Value)
			require.Equal(t, strings.ToLower(u.Hostname()), u.Hostname())
		}
	})
}

func TestSum256(t *testing.T) {
	t.Parallel()
	for n := range 56 {
		message := []byte(strings.Repeat("x", n))
		assert.Equal(t, sha256.Sum256(message), sum256(message), n)
	}
}

func TestKeccak256(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{ // from the Keccak team's known answers
		"":    "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
		"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
	} {
		sum := keccak256([]byte(message))
		assert.Equal(t, want, hex.EncodeToString(sum[:]))
	}
}

func TestClassesAreWhatTheyAreCalled(t *testing.T) {
	t.Parallel()
	for i := range 256 {
		c, k := byte(i), classes[i]
		is := func(set string) bool { return strings.IndexByte(set, c) >= 0 }
		digit, lowerCase, upperCase := c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z'
		assert.Equal(t, c <= ' ' || c == 0x7f, k&cSpace != 0, i)
		assert.Equal(t, digit, k&cDigit != 0, i)
		assert.Equal(t, lowerCase || upperCase, k&cLetter != 0, i)
		assert.Equal(t, upperCase, k&cUpper != 0, i)
		assert.Equal(t, is("abcdefABCDEF"), k&cHex != 0, i)
		assert.Equal(t, digit || lowerCase || upperCase, k&cWordChar != 0, i)
		assert.Equal(t, c >= 0x80, k&cHigh != 0, i)
		assert.Equal(t, is("_-"), k&cJoin != 0, i)
		assert.Equal(t, is("."), k&cDot != 0, i)
		assert.Equal(t, is(`:@\`), k&cAnchor != 0, i)
		assert.Equal(t, is("[({<"), k&cOpen != 0, i)
		assert.Equal(t, is("])}>"), k&cClose != 0, i)
		assert.Equal(t, is("/"), k&cSlash != 0, i)
		assert.Equal(t, is("&%*~$|=+#^"), k&cOdd != 0, i)
		assert.Equal(t, is(".:])}>,;!?\"'`"), k&cTrail != 0, i)
	}
}

// TestPackedListsAreInOrder proves what the binary search of packed needs.
func TestPackedListsAreInOrder(t *testing.T) {
	t.Parallel()
	for _, lists := range [][]string{
		extensions[:], malwareWords[:], fileTLDs[:], wordTLDs[:], plainTLDs[:], codeOwners[:], fileStems[:],
		callTLDs[:], callOwners[:], reversed[:], versionWords[:], outlineWords[:], networkWords[:],
		upgradeWords[:], releaseWords[:], behindWords[:], fileWords[:], hostWords[:], commitWords[:], commitLabels[:], shaWords[:], idWords[:],
	} {
		for n, names := range lists {
			if n == 0 {
				continue
			}
			require.Zero(t, len(names)%n, "%q", names)
			for i := n; i < len(names); i += n {
				assert.Less(t, names[i-n:i], names[i:i+n])
			}
		}
	}
	for _, ids := range []string{techniqueIDs, tacticIDs, groupIDs, softwareIDs, mitigationIDs, campaignIDs} {
		for i := 4; i < len(ids); i += 4 {
			assert.Less(t, ids[i-4:i], ids[i:i+4])
		}
	}
}

// TestEveryNameIsFound proves the filter and the buckets against every entry.
func TestEveryNameIsFound(t *testing.T) {
	t.Parallel()
	for i := range nameCount {
		name := nameAt(i)
		h := nameHash(name)
		require.True(t, nameFilter[h>>3]>>(h&7)&1 == 1, name)
		n, ok := longestName(name)
		require.True(t, ok, name)
		require.Equal(t, name, nameAt(n))
		if nameKinds[i] >= 'a' && nameKinds[i] != 'd' && !strings.ContainsAny(name, "./@") {
			found := Scan("see "+name+" here", Options{Types: SetOf(Malware, Tool, ThreatActor)})
			if assert.NotEmpty(t, found, name) {
				assert.Equal(t, name, found[0].Value)
			}
		}
	}
}

func TestEveryTLDMakesADomain(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"com", "de", "museum", "xn--p1ai", "onion", "zip", "vermögensberatung"} {
		a, _ := appendHost(nil, name)
		assert.True(t, tld.Known(string(a)), name)
		assert.Len(t, Scan("x1[.]"+name, Options{Types: SetOf(Domain)}), 1, name)
	}
	assert.False(t, tld.Known("nosuchtld"))
	assert.False(t, tld.Known(""))
}
