package trustar

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamesHost(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"http://192.0.2.7/":                true,
		"evil.example":                     true,
		"evil.example/a?b":                 true,
		"bücher.example":                   true,
		"例え.テスト":                           true,
		"evil.exe":                         true, // may be a domain as well
		"192.0.2.7":                        false,
		"192.0.2.0/24":                     false,
		"2001:db8::1":                      false,
		"a@evil.example":                   false,
		"d2dd1bcdd6d6cfac59ba9638d2cd886c": false,
		"CVE-2021-44228":                   false,
		`HKLM\Software\a.b`:                false,
		"ends.":                            false,
		"":                                 false,
	} {
		assert.Equal(t, want, namesHost(value), value)
	}
}

// Every distinct value is asked for once or named as not asked for.
func FuzzBatch(f *testing.F) {
	f.Add("192.0.2.7 evil.example a,b 192.0.2.7")
	f.Add(strings.Repeat("http://evil.example/%20\" ", 200))
	f.Fuzz(func(t *testing.T, text string) {
		values := strings.Split(text, " ")
		batches, unasked := batch(values)
		want, got := map[string]int{}, map[string]int{}
		for _, value := range values {
			if value != "" {
				want[value] = 1
			}
		}
		for _, values := range batches {
			size := 0
			for _, value := range values {
				got[value]++
				size += encodedSize(value)
			}
			if len(values) == 0 || len(values) > maxCorrelated || size > maxCorrelatedQuery {
				t.Fatalf("a batch of %d values, %d bytes", len(values), size)
			}
		}
		for _, value := range unasked {
			got[value]++
		}
		assert.Equal(t, want, got)
	})
}
