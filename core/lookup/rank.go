package lookup

import (
	"cmp"
	"math/bits"
	"strings"

	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/report"
)

const (
	// maxResults is how many results an answer has at most.
	maxResults = 200
	// fewObjects is how many objects are assumed at least: in an index of three, what
	// two of them hold is not common yet.
	fewObjects = 256
	// speaks is the weight from which on one indicator by itself speaks for a result,
	// convinces what all of them must weigh together.
	speaks    = 20
	convinces = 30
	// closedShare is what the weight of something closed is worth, in percent.
	closedShare = 90
)

// rank weighs the results and puts them into the order in which they should be read:
// first what shares the rarest indicators, for an address that stands in every case
// says little; then the platform's own score, severity, what is open before what is
// closed, and what changed last. The rest only makes the order total: the same input
// gives the same order.
func rank(results []Result, asked []report.Reference, c census) []Result {
	type way struct {
		indicator report.Reference
		kind      string
	}
	held := make(map[way]int) // in how many results
	for i := range results {
		for _, m := range results[i].Matches {
			held[way{m.Indicator, m.Kind}]++
		}
	}
	exact := make(map[report.Reference]int, len(asked))
	worth := make(map[report.Reference]commonness, len(asked))
	for i, reference := range asked {
		exact[reference] = c.counts[i]
		worth[reference] = common(reference)
	}
	total := max(c.total, fewObjects)
	for i := range results {
		r := &results[i]
		sum, best := 0, 0
		for j := range r.Matches {
			m := &r.Matches[j]
			m.Count = max(held[way{m.Indicator, m.Kind}], 1)
			if m.Kind == MatchExact {
				m.Count = max(m.Count, exact[m.Indicator])
			}
			m.Weight = weigh(*m, worth[m.Indicator], total)
			sum += m.Weight
			best = max(best, m.Weight)
		}
		r.Confident = best >= speaks && sum >= convinces
		if r.Closed {
			sum = sum * closedShare / 100
		}
		r.Weight = sum
	}
	results = ordered(results)
	for i := range results { // words are for those that are shown
		r := &results[i]
		orderMatches(r)
		for j := range r.Matches {
			m := &r.Matches[j]
			m.Words = matchWords(*m, worth[m.Indicator], total)
		}
		r.Reasons = reasons(r)
	}
	return results
}

// weigh is how much an indicator says about an object, 0 to 100: the square of its
// rarity, so that what stands in many objects does not add up; the share of its type;
// and that of the match.
func weigh(m Match, worth commonness, total int) int {
	rare := rarity(m.Count, total) // of 256
	points := 100 * rare * rare / (256 * 256)
	points = points * typeShare(m.Indicator.Type) / 100 * matchShare(m.Kind) / 100
	if worth != notCommon {
		points = points * commonShare / 100
	}
	return points
}

// rarity is log(total/count)/log(total) in 256ths.
func rarity(count, total int) int {
	whole := log2(total)
	return 256 * max(whole-log2(count), 0) / whole
}

// log2 is the binary logarithm of n, at least 1, in 256ths. The places behind the
// point are linear between powers of two; it is the same on every machine.
func log2(n int) int {
	n = max(n, 1)
	whole := bits.Len(uint(n)) - 1
	return whole<<8 | (n<<8>>whole)&0xff
}

// typeShares are what an indicator of a type says about a case, in percent: hashes and
// addresses of mail are somebody's, names of files and software are everybody's.
var typeShares = [...]struct {
	share int
	names string
}{
	{100, " md5 sha1 sha224 sha256 sha384 sha512 ssdeep tlsh authentihash telfhash bitcoin ethereum monero other_coin "},
	{90, " url email xmpp imphash iban "},
	{80, " domain mutex phone "},
	{70, " ipv4 ipv6 registry_key mac ga_tracking ga_publisher yara_rule "},
	{50, " file_path jarm ja3 ja3s "},
	{40, " cve cidr ghsa "},
	{25, " user_agent malware threat_actor attack_group attack_campaign "},
	{15, " file_name tool asn cpe attack_software "},
}

func typeShare(name string) int {
	for i := range typeShares {
		if strings.Contains(typeShares[i].names, " "+name+" ") {
			return typeShares[i].share
		}
	}
	return 5 // techniques, weaknesses, markings
}

// matchShare is what a match is worth beside an exact one, in percent.
func matchShare(kind string) int {
	switch kind {
	case MatchExact:
		return 100
	case MatchSameFile:
		return 95
	case MatchSameURL:
		return 80
	case MatchHost, MatchOnHost:
		return 50
	case MatchSameHost:
		return 35
	}
	return 20 // a range or a domain around it
}

func orderMatches(r *Result) {
	sorted := make([]Match, 0, len(r.Matches))
	for _, i := range sorting.Order(len(r.Matches), func(i, j int) bool {
		a, b := &r.Matches[i], &r.Matches[j]
		return cmp.Or(
			cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Indicator.Type, b.Indicator.Type),
			cmp.Compare(a.Indicator.Value, b.Indicator.Value), cmp.Compare(a.Kind, b.Kind),
		) < 0
	}) {
		sorted = append(sorted, r.Matches[i])
	}
	r.Matches = sorted
}

// ordered returns the results in their order, at most maxResults.
func ordered(results []Result) []Result {
	sorted := make([]Result, 0, min(len(results), maxResults))
	for _, i := range sorting.Order(len(results), func(i, j int) bool {
		a, b := &results[i], &results[j]
		return cmp.Or(
			cmp.Compare(b.Weight, a.Weight),
			compareScores(b, a),
			cmp.Compare(severityRank(b.Severity), severityRank(a.Severity)),
			openFirst(a, b),
			cmp.Compare(changedAt(b), changedAt(a)),
			cmp.Compare(a.Platform, b.Platform),
			cmp.Compare(a.ProfileID, b.ProfileID),
			cmp.Compare(a.ID, b.ID),
		) < 0
	}) {
		if len(sorted) == maxResults {
			break
		}
		sorted = append(sorted, results[i])
	}
	return sorted
}

func changedAt(r *Result) int64 { return max(r.ModifiedAt, r.CreatedAt) }

func openFirst(a, b *Result) int {
	switch {
	case a.Closed == b.Closed:
		return 0
	case b.Closed:
		return -1
	}
	return 1
}

// severityRank orders the words of both platforms: Threat Stack's are numbers, 1 the
// most severe.
func severityRank(word string) int {
	switch word {
	case "Critical":
		return 4
	case "High", "1":
		return 3
	case "Medium", "2":
		return 2
	case "Low", "3":
		return 1
	}
	return 0
}

// compareScores puts a result with a score before one without.
func compareScores(a, b *Result) int {
	score := func(r *Result) float64 {
		if !r.HasScore {
			return -1
		}
		return r.Score
	}
	return cmp.Compare(score(a), score(b))
}
