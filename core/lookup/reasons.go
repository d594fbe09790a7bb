package lookup

import (
	"strconv"
	"strings"
)

// matchWords say how an indicator speaks for a result.
func matchWords(m Match, worth commonness, total int) string {
	var words string
	switch m.Kind {
	case MatchExact:
		words = "the indicator itself"
	case MatchSameFile:
		words = "another hash of the same file"
	case MatchSameURL:
		words = "the URL with another query"
	case MatchHost:
		words = "the URL's host"
	case MatchOnHost:
		words = "a URL on this host"
	case MatchSameHost:
		words = "another URL on its host"
	case MatchRange:
		words = "a range around the address"
	case MatchParent:
		words = "a domain above it"
	}
	words += ", in " + strconv.Itoa(m.Count) + " of " + strconv.Itoa(total)
	switch worth {
	case privateAddress:
		return words + "; a private or reserved address says next to nothing"
	case wellKnown:
		return words + "; well known, it says next to nothing"
	}
	if m.Weight < speaks && rarity(m.Count, total) < 128 {
		words += "; that is common"
	}
	return words
}

// reasons say in clauses why a result stands where it stands. Its matches are in
// order and weighed.
func reasons(r *Result) []string {
	exact, rare, near := 0, 0, 0
	for i := range r.Matches {
		switch m := &r.Matches[i]; {
		case m.Kind != MatchExact:
			near++
		case m.Count == 1:
			rare++
			fallthrough
		default:
			exact++
		}
	}
	var all []string
	if exact > 0 {
		words := "shares " + count(exact, "indicator")
		if rare > 0 {
			words += ", " + strconv.Itoa(rare) + " of them seen nowhere else"
		}
		all = append(all, words)
	}
	if near > 0 {
		all = append(all, "comes near "+count(near, "indicator"))
	}
	if !r.Confident {
		all = append(all, "nothing rare speaks for it")
	}
	if r.HasScore {
		all = append(all, "score "+strconv.Itoa(int(r.Score+0.5)))
	}
	if r.Severity != "" {
		all = append(all, "severity "+strings.ToLower(r.Severity))
	}
	if r.Closed {
		all = append(all, "closed, which weighs less")
	}
	return all
}
