package indicator

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// TestToASCIIAsIDNA holds A-labels against IDNA's (UTS 46, not transitional), for each
// letter of the table and composed and taken apart.
func TestToASCIIAsIDNA(t *testing.T) {
	t.Parallel()
	truth := idna.New(idna.MapForLookup(), idna.Transitional(false))
	check := func(label string) {
		want, err := truth.ToASCII(label)
		require.NoError(t, err, "%q", label)
		got, ok := toASCII(label)
		require.True(t, ok, "%q", label)
		require.Equal(t, want, got, "%q", label)
	}
	for _, r := range compositions {
		if parts := norm.NFD.String(string(r)); utf8.RuneCountInString(parts) > 1 {
			for _, label := range []string{"bad" + string(r) + "host", string(r) + "-1"} {
				check(label)
				check(norm.NFD.String(label))
			}
		}
	}
	for _, label := range []string{
		"b\u00fccher", "B\u00dcCHER", "bu\u0308cher", "\u043f\u0440\u0438\u043c\u0435\u0440", "\u0438\u0306\u0435\u0308", "\u30ab\u3099\u30cf\u309a", "vie\u0323\u0302t",
		"fa\u00df", "\u03b2\u03cc\u03bb\u03bf\u03c2", "\u4f8b\u3048", "caf\u00e9", "CAFE\u0301", "x\u0332y",
	} {
		check(label)
	}
}
