package indicator

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestCorporaKeepTheLaws holds the finds of real reports against the laws that the fuzz
// targets state.
func TestCorporaKeepTheLaws(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../../../shared/corpora"); err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	for _, doc := range mixedText(t, 2_600_000) {
		for _, x := range checkLaws(t, doc) {
			if x.Held != NotHeld {
				continue
			}
			if standsAlone.Has(x.Type) || x.Type == Domain {
				under := doc[x.Span.Start:x.Span.End]
				if again := Scan(under, Options{}); assert.Len(t, again, 1, "%q", under) {
					assert.Equal(t, x.Value, again[0].Value)
				}
			}
			switch x.Type {
			case IPv4, Domain, URL, Email, CIDR:
				defanged := Defang(x.Type, x.Value)
				if again := Scan("see "+defanged+" there", Options{}); assert.Len(t, again, 1, "%q", defanged) {
					assert.Equal(t, x.Value, again[0].Value)
					assert.Equal(t, x.Type, again[0].Type)
				}
			}
		}
	}
}
