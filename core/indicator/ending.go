package indicator

import (
	"strings"

	"github.com/sightline-sec/sightline/core/indicator/tld"
	"github.com/sightline-sec/sightline/core/internal/packed"
)

// ending is what a dotted name may be by its last label.
type ending uint8

const (
	endsDomain ending = 1 << iota // a top-level domain
	endsFile                      // an extension of files
)

// endings remembers labels of at most eight bytes that were looked up, in lower case. The
// highest bits of the first two bytes are free for what they were found to be.
type endings [64]uint64

// endingMarks are those bits.
const endingMarks = 1<<7 | 1<<15

// ending looks up the last label b[i:e] of a name; b is a view's. Texts end their names in
// few labels: most are remembered, and a search costs more than all that is asked else.
func (s *scanner) ending(b string, i, e int) (is ending) {
	n := e - i
	if n == 1 { // as in code
		if strings.IndexByte(extensions[1], b[i]|0x20) >= 0 {
			is = endsFile
		}
		return is
	}
	label := lower8(load8(b, i)) & firstBytes[n&31]
	if n < 1 || n > 8 || label&eachHigh != 0 {
		return longEnding(b[i:e])
	}
	at := &s.endings[label*nameFactor>>58]
	if *at&^endingMarks == label {
		return ending(*at>>7&1 | *at>>14&2)
	}
	var buf [8]byte
	store8(buf[:], 0, label)
	if tld.Known(unsafeString(buf[:n])) {
		is, label = endsDomain, label|1<<7
	}
	if packed.FindNumber(extensions[n], label&^endingMarks, n) != "" {
		is, label = is|endsFile, label|1<<15
	}
	*at = label
	return is
}

// longEnding is ending for every label.
//
//go:noinline
func longEnding(label string) (is ending) {
	if knownLongTLD(label) {
		is = endsDomain
	}
	if foldPacked(extensions[:], label) {
		is |= endsFile
	}
	return is
}
