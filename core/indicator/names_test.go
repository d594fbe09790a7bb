package indicator

import (
	"math/bits"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryTypeHasItsNames(t *testing.T) {
	t.Parallel()
	trustar := " IP CIDR_BLOCK URL EMAIL_ADDRESS MD5 SHA1 SHA256 MALWARE SOFTWARE REGISTRY_KEY CVE BITCOIN_ADDRESS "
	trustar2 := " BITCOIN_ADDRESS CIDR_BLOCK DOMAIN EMAIL_ADDRESS IP4 IP6 MD5 PHONE_NUMBER REGISTRY_KEY SHA1 SHA256 SOFTWARE URL "
	seen := map[string]Type{}
	for _, kind := range Types() {
		code := kind.String()
		require.NotEmpty(t, code)
		require.NotContains(t, seen, code)
		seen[code] = kind
		assert.NotEmpty(t, kind.Label())
		back, ok := ParseType(code)
		assert.True(t, ok)
		assert.Equal(t, kind, back)
		assert.Contains(t, trustar, " "+kind.TruSTAR()+strings.Repeat(" ", min(1, len(kind.TruSTAR()))))
		assert.Contains(t, trustar2, " "+kind.TruSTAR2()+strings.Repeat(" ", min(1, len(kind.TruSTAR2()))))
		assert.NotEmpty(t, kind.MISP(), code)
		if pattern := kind.STIXPattern(`x'\`); pattern != "" && kind != ASN {
			assert.Contains(t, pattern, `x\'\\`, code)
		}
	}
	_, ok := ParseType("unknown")
	assert.False(t, ok)
	assert.Equal(t, "unknown", Type(250).String())
	assert.LessOrEqual(t, int(typeCount), 64, "a Set has 64 bits")
}

func TestEveryReasonHasItsWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for r := NotHeld + 1; r < reasonCount; r++ {
		require.NotEmpty(t, r.String())
		require.False(t, seen[r.String()])
		seen[r.String()] = true
		assert.True(t, strings.HasSuffix(r.Words(), "."), r.String())
	}
	assert.Empty(t, NotHeld.String())
	assert.Empty(t, NotHeld.Words())
	assert.Empty(t, Reason(200).String())
	assert.False(t, HeldPrivate.Misread())
	assert.True(t, HeldVersion.Misread())
}

func TestStepsAndFlagsHaveTheirWords(t *testing.T) {
	t.Parallel()
	assert.Len(t, stepWords, bits.Len32(uint32(StepComma)))
	assert.Len(t, flagWords, bits.Len32(uint32(FlagHostBits)))
	assert.Equal(t, []string{"disguised scheme to http", "comma to ."}, (StepScheme | StepComma).Words())
	assert.Equal(t, []string{"defanged"}, FlagDefanged.Words())
	assert.Nil(t, Steps(0).Words())
}

func TestOptions(t *testing.T) {
	t.Parallel()
	text := "10.0.0.1 and evil.example.org"
	assert.Equal(t, []string{"ipv4 10.0.0.1 !private", "domain evil.example.org"}, show(Scan(text, Options{})))
	assert.Equal(t, []string{"domain evil.example.org"}, show(Scan(text, Options{DropHeld: true})))
	assert.Equal(t, []string{"ipv4 10.0.0.1 !private"}, show(Scan(text, Options{Types: SetOf(IPv4)})))
	// A type that is left out still takes its text: its host is no find either.
	assert.Empty(t, Scan("http://evil.example.org/x", Options{Types: SetOf(Domain)}))
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	text := "a.exe 5d41402abc4b2a76b9719d911017c592 first seen"
	marks := []Mark{{MarkRow, Span{0, 49}}, {MarkCell, Span{0, 5}}, {MarkCell, Span{6, 38}}, {MarkCell, Span{39, 49}}}
	assert.Equal(t, []Span{{0, 5}, {39, 49}}, Neighbours(marks, Scan(text, Options{Types: SetOf(MD5)})[0].Span))
	assert.Nil(t, Neighbours(nil, Span{0, 1}))
	assert.Equal(t, []Span{{0, 9}}, Neighbours([]Mark{{MarkItem, Span{0, 9}}}, Span{2, 3}))
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Flags{
		"192.0.2.1":                          FlagDocumentation,
		"192[.]0.2.1":                        FlagDocumentation | FlagDefanged,
		"10.0.0.1":                           FlagPrivate,
		"127.0.0.1":                          FlagReserved,
		"198.51.100.7/24":                    FlagDocumentation | FlagHostBits,
		"evil.example.com":                   FlagDocumentation,
		"b\u00fccher.de":                     FlagIDN,
		"evil.net/x":                         FlagSchemeless,
		"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": FlagChecksum,
	} {
		found := Scan(text, Options{})
		if assert.Len(t, found, 1, text) {
			assert.Equal(t, want, found[0].Flags, text)
		}
	}
}

func TestScanIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(defangedText+logText, 20)
	want := Scan(text, Options{})
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, want, Scan(text, Options{}))
		})
	}
}
