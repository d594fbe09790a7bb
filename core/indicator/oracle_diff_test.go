//go:build !js

package indicator

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/indicator/tld"
	"github.com/sightline-sec/sightline/testdata/bench"
)

// oracleReasons are the ways in which the engine may differ from the slow oracle, and
// why each is right. A difference that fits none fails the test.
var oracleReasons = map[string]string{
	"part of a larger find":     "a URL swallows its host, an address its domain, a path its file name: one span has one type",
	"named by its context":      "an import hash has an MD5's shape: the word before it says what it is",
	"a file by its name":        "secretsdump.py and Grand_Dictionary.zip end in top-level domains and are files",
	"held back":                 "found as the oracle finds it, with a reason to doubt: version numbers, code, commits, private ranges",
	"with its port":             "the port beside a host belongs to the find",
	"disguised":                 "the oracle reads plain text; half of the value, or all of it, is in disguise",
	"canonical form":            "a URL's host in lower case, no slash for an empty path; addresses as RFC 5952 writes them",
	"the URL ends before":       "AsciiDoc's label in brackets, a quote, a list's comma, a bracket that nothing opened, a blank beyond ASCII",
	"the URL goes on":           "closing brackets that a bracket inside opened, and full stops within a path",
	"longer number":             "an OID, an outline number or tcpdump's address.port has more parts than an address",
	"colon run":                 "times, fingerprints, C++ scopes and AsciiDoc's :: are no addresses",
	"code":                      "a call, an assignment or an attribute with a top-level domain's name",
	"commit":                    "a range of git commits, or a patch named by its commit",
	"tied by a hyphen":          "a hash that a hyphen ties to a word or a number is part of a name",
	"no such year":              "CVE numbers begin in 1999",
	"the oracle takes too much": "a label that begins or ends with a hyphen, a word glued to a name, an address as a mail's host",
	"without scheme":            "host/path is a URL to an analyst",
	"other scheme":              "the oracle knows http, https and ftp",
	"beyond the oracle's table": "onion, bit and the other roots that reports name, suffixes of the list's private part, names of one's own network",
	"letters beyond ASCII":      "the oracle's expressions are of ASCII",
	"glued":                     "a value with a word's character beside it: the oracle wants free-standing ones",
	"shape beyond the oracle":   "addresses in brackets, ranges with a zone, masks with leading zeros, CVE numbers with other hyphens",
}

func TestOracleOnOwnTexts(t *testing.T) {
	t.Parallel()
	docs := []string{
		"see https://www.example.com/at/x, https://www.example.com/dot/com and http://192.0.2.1:8080/at/1\n",
		"<a href='https://example.com/a(b)c'>x</a>; https://user:pw@example.org/ http://[2001:db8::1]:80/x (http://example.net/y).\n",
		"192.0.2.1/24, 2001:db8::/32 and 2001:DB8:0:0:0:0:0:1; 192.0.2.1. 192.0.2.2-192.0.2.9 10.0.0.1:443\n",
	}
	for _, shape := range bench.Shapes() {
		docs = append(docs, shape.Text(100_000))
	}
	oracleCompare(t, docs)
}

func TestOracleOnCorpora(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../../../shared/corpora"); err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	oracleCompare(t, mixedText(t, 2_600_000))
}

// oracleCompare holds the engine against the slow oracle in both directions and
// prints how often they differ in each way.
func oracleCompare(t *testing.T, docs []string) {
	t.Helper()
	agreed := 0
	counts, examples := map[string]int{}, map[string]string{}
	note := func(doc, reason string, kind Type, at Span) {
		around := fmt.Sprintf("%q", doc[max(0, at.Start-24):min(len(doc), at.End+24)])
		if oracleReasons[reason] == "" {
			assert.Fail(t, reason, "%s in %s", kind, around)
			return
		}
		counts[reason]++
		examples[reason] = kind.String() + " in " + around
	}
	for _, doc := range docs {
		found, slow := Scan(doc, Options{}), oracleScan(doc)
		for _, o := range slow {
			if reason := oracleMissed(doc, o, found); reason != "" {
				note(doc, reason, o.kind, o.span)
			} else {
				agreed++
			}
		}
		slices.SortFunc(slow, func(a, b oracleFind) int { return a.span.Start - b.span.Start })
		for _, x := range found {
			if oracleTypes.Has(x.Type) && x.Held == NotHeld && !oracleOverlaps(x.Span, slow) {
				note(doc, oracleSurplus(doc, x), x.Type, x.Span)
			}
		}
	}
	t.Logf("%6d agreed", agreed)
	for _, reason := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%6d %s: %s\n       e.g. %s", counts[reason], reason, oracleReasons[reason], examples[reason])
	}
}

func oracleOverlaps(at Span, slow []oracleFind) bool {
	return slices.ContainsFunc(slow, func(o oracleFind) bool { return o.span.Start < at.End && at.Start < o.span.End })
}

// oracleMissed says why the engine does not find what the oracle finds, "" when it does.
func oracleMissed(doc string, o oracleFind, found []Indicator) string {
	i, _ := slices.BinarySearchFunc(found, o.span.Start, func(x Indicator, at int) int {
		if x.Span.End <= at {
			return -1
		}
		return 1
	})
	if i == len(found) || found[i].Span.Start >= o.span.End {
		return oracleRefused(doc, o)
	}
	x := found[i]
	same, inside := x.Span == o.span, x.Span.Start <= o.span.Start && x.Span.End >= o.span.End
	switch {
	case x.Type == o.kind && same && x.Value == o.value && x.Held == NotHeld:
		return ""
	case x.Type == o.kind && same && x.Value == o.value:
		return "held back"
	case x.Type == o.kind && same && strings.EqualFold(strings.TrimRight(o.value, "/"), x.Value):
		return "canonical form"
	case x.Type == o.kind && x.Steps != 0:
		return "disguised"
	case x.Type == o.kind && inside && x.Port != 0:
		return "with its port"
	case x.Type == URL && o.kind == URL && x.Span.Start == o.span.Start && x.Span.End < o.span.End:
		next := doc[x.Span.End]
		return oracleIf(strings.IndexByte("[](){}',*+;&!=.", next) >= 0 || next >= 0x80, "the URL ends before")
	case x.Type == URL && o.kind == URL && inside:
		return "the URL goes on"
	case o.kind == Domain && x.Type == FileName:
		return "a file by its name"
	case same && SetOf(Imphash, Authentihash, JA3, JA3S, Telfhash).Has(x.Type):
		return "named by its context"
	case inside && !same || x.Type == XMPP && o.kind == Email:
		return "part of a larger find"
	case o.kind == Domain || o.kind == Email:
		return "the oracle takes too much"
	}
	return fmt.Sprintf("unexplained: %s against %s %q", o.kind, x.Type, doc[x.Span.Start:x.Span.End])
}

// oracleRefused says why the engine finds nothing at all where the oracle does.
func oracleRefused(doc string, o oracleFind) string {
	before, after := byte(' '), byte(' ')
	if o.span.Start > 0 {
		before = doc[o.span.Start-1]
	}
	if o.span.End < len(doc) {
		after = doc[o.span.End]
	}
	match := doc[o.span.Start:o.span.End]
	switch o.kind {
	case IPv4:
		return oracleIf(before == '.' || after == '.' || after == '-', "longer number")
	case IPv6:
		short := !strings.Contains(match, "::") || len(match) <= 5
		return oracleIf(before == ':' || after == ':' || before == ']' || before == '-' || short, "colon run")
	case Domain:
		return oracleIf(strings.IndexByte("(=[", after) >= 0 || before >= 0x80 || strings.Contains(match, "_"), "code")
	case SHA1, MD5, SHA256:
		if before == '-' {
			return "tied by a hyphen"
		}
		return oracleIf(before == '.' || after == '.', "commit")
	case CVE:
		return oracleIf(match[4:8] < "1999", "no such year")
	}
	return "unexplained: nothing for a " + o.kind.String()
}

// oracleSurplus says why the oracle finds nothing where the engine does.
func oracleSurplus(doc string, x Indicator) string {
	_, scheme, _ := strings.Cut(x.Value, "://")
	switch host := x.Value[strings.LastIndexByte(x.Value, '.')+1:]; {
	case x.Steps != 0:
		return "disguised"
	case x.Flags&FlagIDN != 0 || strings.Contains(doc[x.Span.Start:x.Span.End], "\xc3"):
		return "letters beyond ASCII"
	case x.Type == URL && x.Flags&FlagSchemeless != 0:
		return "without scheme"
	case x.Type == URL && scheme != "" && !strings.HasPrefix(x.Value, "http") && !strings.HasPrefix(x.Value, "ftp:"):
		return "other scheme"
	case x.Type == Domain && tld.Known(host):
		return "beyond the oracle's table"
	case joined(doc, x.Span.Start, x.Span.End):
		return "glued"
	case SetOf(IPv4, IPv6, CIDR, Email, CVE, URL).Has(x.Type):
		return "shape beyond the oracle"
	}
	return "unexplained: " + x.Type.String() + " alone"
}

func oracleIf(ok bool, reason string) string {
	if ok {
		return reason
	}
	return "unexplained, and not " + reason
}
