package lookup

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/report"
)

func TestLog2(t *testing.T) {
	t.Parallel()
	for n := 1; n < 1<<20; n = n*9/8 + 1 {
		assert.InDelta(t, math.Log2(float64(n))*256, log2(n), 23, n)
		assert.LessOrEqual(t, log2(n), log2(n+1))
	}
}

func TestRarity(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 256, rarity(1, 1000))
	assert.Zero(t, rarity(1000, 1000))
	assert.Zero(t, rarity(2000, 1000), "more often than there are objects")
	for n := 1; n < 1000; n++ {
		assert.GreaterOrEqual(t, rarity(n, 1000), rarity(n+1, 1000))
	}
}

func TestCommon(t *testing.T) {
	t.Parallel()
	for value, want := range map[report.Reference]commonness{
		{Type: "ipv4", Value: "10.0.0.5"}:                                 privateAddress,
		{Type: "ipv4", Value: "169.254.1.1"}:                              privateAddress,
		{Type: "ipv4", Value: "127.0.0.1"}:                                privateAddress,
		{Type: "ipv6", Value: "fe80::1"}:                                  privateAddress,
		{Type: "cidr", Value: "192.168.0.0/16"}:                           privateAddress,
		{Type: "ipv4", Value: "8.8.8.8"}:                                  wellKnown,
		{Type: "ipv6", Value: "2001:4860:4860::8888"}:                     wellKnown,
		{Type: "ipv4", Value: "8.8.8.9"}:                                  notCommon,
		{Type: "domain", Value: "www.Google.com"}:                         wellKnown,
		{Type: "domain", Value: "microsoft.com"}:                          wellKnown,
		{Type: "domain", Value: "notmicrosoft.com"}:                       notCommon,
		{Type: "domain", Value: "com"}:                                    notCommon,
		{Type: "domain", Value: "evil.github.io"}:                         notCommon,
		{Type: "url", Value: "https://www.google.com/x"}:                  notCommon,
		{Type: "email", Value: "support@microsoft.com"}:                   wellKnown,
		{Type: "email", Value: "jdoe@gmail.com"}:                          notCommon,
		{Type: "md5", Value: "d41d8cd98f00b204e9800998ecf8427e"}:          wellKnown,
		{Type: "sha1", Value: "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"}: wellKnown,
		{Type: "md5", Value: "d41d8cd98f00b204e9800998ecf8427f"}:          wellKnown, // the table has the first half alone
		{Type: "md5", Value: "00000d8cd98f00b204e9800998ecf842"}:          notCommon,
		{Type: "file_name", Value: "d41d8cd98f00b204e9800998ecf8427e"}:    notCommon,
		{Type: "domain", Value: ""}:                                       notCommon,
		{Type: "domain", Value: "zzz.zzz"}:                                notCommon,
		{Type: "domain", Value: "0.0"}:                                    notCommon,
	} {
		assert.Equal(t, want, common(value), value)
	}
}

// TestListedFindsEveryLine holds the search against the list itself.
func TestListedFindsEveryLine(t *testing.T) {
	t.Parallel()
	for _, list := range []string{commonDomains, commonAddresses, commonHashes, "", "a", "a\nb", "a\nbb\nc"} {
		start := 0
		for i := 0; i <= len(list); i++ {
			if i < len(list) && list[i] != '\n' {
				continue
			}
			if line := list[start:i]; line != "" {
				assert.True(t, listed(list, line), line)
				assert.False(t, listed(list, line+"x"), line)
			}
			start = i + 1
		}
	}
}

func TestRareBeatsMany(t *testing.T) {
	t.Parallel()
	hash := report.Reference{Type: "sha256", Value: "aa"}
	asked := []report.Reference{hash}
	counts := []int{1}
	many := Result{ID: "many", Score: 99, HasScore: true}
	for _, value := range []string{"198.18.0.1", "198.18.0.2", "198.18.0.3", "198.18.0.4"} {
		reference := report.Reference{Type: "ipv4", Value: value}
		asked, counts = append(asked, reference), append(counts, 300)
		many.Matches = append(many.Matches, Match{Indicator: reference, Kind: MatchExact})
	}
	one := Result{ID: "one", Score: 10, HasScore: true, Matches: []Match{{Indicator: hash, Kind: MatchExact}}}
	got := rank([]Result{many, one}, asked, census{counts: counts, total: 2000})
	assert.Equal(t, "one", got[0].ID)
	assert.True(t, got[0].Confident)
	assert.Equal(t, 100, got[0].Weight)
	assert.Equal(t, []string{"shares 1 indicator, 1 of them seen nowhere else", "score 10"}, got[0].Reasons)
	assert.False(t, got[1].Confident)
	assert.Contains(t, got[1].Reasons, "nothing rare speaks for it")
	assert.Contains(t, got[1].Matches[0].Words, "in 300 of 2000; that is common")
}

func TestWhatDecidesBetweenEqualWeights(t *testing.T) {
	t.Parallel()
	reference := report.Reference{Type: "sha256", Value: "aa"}
	with := func(id string, change func(*Result)) Result {
		r := Result{ID: id, Score: 50, HasScore: true, Severity: "Medium", ModifiedAt: 5, Matches: []Match{{Indicator: reference, Kind: MatchExact}}}
		change(&r)
		return r
	}
	results := []Result{
		with("closed", func(r *Result) { r.Closed, r.Score = true, 99 }),
		with("plain", func(*Result) {}),
		with("near", func(r *Result) { r.Matches[0].Kind, r.Score = MatchParent, 99 }),
		with("old", func(r *Result) { r.ModifiedAt = 1 }),
		with("high", func(r *Result) { r.Severity = "High" }),
		with("score", func(r *Result) { r.Score = 51 }),
	}
	var got []string
	for _, r := range rank(results, []report.Reference{reference}, census{counts: []int{6}, total: 5000}) {
		got = append(got, r.ID)
	}
	assert.Equal(t, []string{"score", "high", "plain", "old", "closed", "near"}, got)
}
