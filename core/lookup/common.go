package lookup

import (
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/report"
)

//go:generate go run ./commongen

// commonShare is what a value that everybody meets is worth, in percent.
const commonShare = 3

// commonness says why a value says next to nothing about any case.
type commonness uint8

const (
	notCommon commonness = iota
	privateAddress
	wellKnown
)

// common looks an indicator up among the private addresses and the well-known values.
// A URL is never well known: what lies on a famous host may well be somebody's.
func common(asked report.Reference) commonness {
	value := strings.ToLower(asked.Value)
	switch asked.Type {
	case "ipv4", "ipv6", "cidr":
		for _, found := range indicator.Scan(value, indicator.Options{}) {
			if found.Flags&(indicator.FlagPrivate|indicator.FlagReserved) != 0 {
				return privateAddress
			}
		}
		if listed(commonAddresses, value) {
			return wellKnown
		}
	case "domain":
		for name := value; name != ""; {
			if listed(commonDomains, name) {
				return wellKnown
			}
			_, name, _ = strings.Cut(name, ".")
		}
	case "email":
		if _, host, ok := strings.Cut(value, "@"); ok && strings.Contains(roleNames, "\n"+value[:len(value)-len(host)-1]+"\n") && listed(commonDomains, host) {
			return wellKnown
		}
	case "md5", "sha1", "sha224", "sha256", "sha384", "sha512":
		if len(value) >= hashPrefix && listed(commonHashes, value[:hashPrefix]) {
			return wellKnown
		}
	}
	return notCommon
}

// roleNames are the names of mailboxes that hosts of the list have for the public.
const roleNames = "\nabuse\nadmin\ncontact\ninfo\nnoreply\nno-reply\nsecurity\nsupport\n"

// listed looks a word up in a sorted list of lines.
func listed(lines, word string) bool {
	low, high := 0, len(lines)
	for low < high {
		middle := (low + high) / 2
		start := strings.LastIndexByte(lines[:middle], '\n') + 1
		end := len(lines)
		if i := strings.IndexByte(lines[middle:], '\n'); i >= 0 {
			end = middle + i
		}
		switch line := lines[start:end]; {
		case line == word:
			return true
		case line < word:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}
