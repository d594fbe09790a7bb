package indicator

import (
	"math/bits"
	"strings"

	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// domain is what a dotted name was found to be.
type domain struct {
	is     domainIs
	labels int
	last   int // where the last label starts
}

type domainIs uint8

const (
	isName  domainIs = 1 << iota // labels as RFC 1035 and practice have them
	isKnown                      // the last label is a top-level domain
	isIDN                        // a label is not ASCII
)

func (d domain) ok() bool    { return d.is&isName != 0 }
func (d domain) known() bool { return d.is&isKnown != 0 }
func (d domain) idn() bool   { return d.is&isIDN != 0 }

// parseDomain reads b[i:e] as a domain; b is a view's.
func (s *scanner) parseDomain(b string, i, e int) (d domain) {
	if e-i > 253 {
		return d
	}
	from, second := i, i // where the present label and the one before start
	under := -1          // the last underscore
	high := uint64(0)
	for k := i; k < e; k += 8 {
		x := load8(b, k)
		if e-k < 8 {
			x &= 1<<(8*(e-k)&63) - 1
		}
		low := x & eachLow
		high |= x
		if u := between(low, '_', '_') &^ x & eachHigh; u != 0 {
			under = k + 7 - bits.LeadingZeros64(u)>>3
		}
		for dots := between(low, '.', '.') &^ x & eachHigh; dots != 0; dots &= dots - 1 {
			at := k + firstOf(dots)
			if !isLabel(b, from, at) {
				return d
			}
			d.labels++
			second, from = from, at+1
		}
	}
	if high&eachHigh != 0 {
		d.is |= isIDN
	}
	if !isLabel(b, from, e) {
		return d
	}
	d.labels++
	d.last = from
	// RFC 952's letters, digits and dashes in what is registered; more below it.
	if d.labels < 2 || under >= second {
		return d
	}
	d.is |= isName
	if s.ending(b, from, e)&endsDomain != 0 {
		d.is |= isKnown
	}
	return d
}

// isLabel reports whether a dotted name may have b[i:e] between two dots.
func isLabel(b string, i, e int) bool {
	return i < e && e-i <= 63 && b[i] != '-' && b[e-1] != '-'
}

// knownLongTLD reports whether label is a top-level domain.
func knownLongTLD(label string) bool {
	if isASCII(label) {
		var buf [64]byte
		return tld.Known(unsafeString(lowerInto(buf[:0], label)))
	}
	label, ok := toASCII(label)
	return ok && tld.Known(label)
}

// appendHost appends a host in lower case and in A-labels.
func appendHost(dst []byte, host string) ([]byte, bool) {
	if isASCII(host) {
		return lowerInto(dst, host), true
	}
	for {
		label, rest, more := strings.Cut(host, ".")
		if isASCII(label) {
			dst = lowerInto(dst, label)
		} else {
			a, ok := toASCII(label)
			if !ok {
				return dst, false
			}
			dst = append(dst, a...)
		}
		if !more {
			return dst, true
		}
		dst = append(dst, '.')
		host = rest
	}
}

// host reads the dotted name b[i:e]: a domain, a URL without scheme, a file name.
func (s *scanner) host(i, e, j int) int {
	b := s.view.b
	d := s.parseDomain(b, i, e)
	if !d.ok() || !d.known() {
		if e-i == 82 && b[i+40:i+42] == ".." { // a range of commits
			if end := s.hash(i, i+40); end > i && s.hash(i+42, e) > end {
				return e
			}
		}
		// a..example.com, www.-example.com: the name starts behind the fault.
		for k := e - 1; k > i; k-- {
			if b[k-1] == '.' && (b[k] == '.' || b[k] == '-') {
				for k < e && (b[k] == '.' || b[k] == '-') {
					k++
				}
				if strings.IndexByte(b[k:e], '.') > 0 {
					return s.host(k, e, j)
				}
				return 0
			}
		}
		if end := s.fileName(i, e); end > i {
			return end
		}
		if end := s.pieces(i, e); end > i {
			return end
		}
		if d.ok() && s.view.steps(i, e)&StepDot != 0 && alphabetic(b[d.last:e]) { // nobody disguises a name that is not meant
			s.emit(Domain, s.keepLower(b[i:e]), i, e, 0, HeldUnknownTLD)
			return e
		}
		return 0
	}
	if j == e && e < len(b) && b[e] == '/' && pathFollows(b, e+1) {
		if end := s.schemeless(i, e); end > 0 {
			return end
		}
	}
	end, port := e, 0
	if j == e {
		end, port = portAfter(b, e)
	}
	if port > 0 && end < len(b) && b[end] == '/' {
		if end := s.schemeless(i, end); end > 0 {
			return end
		}
	}
	steps := s.view.steps(i, end)
	held := NotHeld
	if steps&^StepInvisible == 0 {
		held = s.doubt(i, e, j, d)
	}
	if held == HeldFileName || held == HeldCode {
		if end := s.fileName(i, e); end > i {
			return end
		}
	}
	value, flags := "", Flags(0)
	if d.idn() {
		var ok bool
		if s.buf, ok = appendHost(s.buf[:0], b[i:e]); !ok {
			return 0
		}
		value, flags = s.keep(unsafeString(s.buf)), FlagIDN
	} else {
		value = s.keepLower(b[i:e])
	}
	if documentation(value) {
		flags |= FlagDocumentation
	}
	s.emitAt(Domain, value, s.view.from(i), s.view.upto(end), steps, flags, held, uint16(port))
	return end
}

func alphabetic(label string) bool {
	for i := 0; i < len(label); i++ {
		if classes[label[i]]&cLetter == 0 {
			return false
		}
	}
	return len(label) >= 2
}

// pieces reads the parts of a dotted name that is nothing as a whole: an id stands
// among them in Exploit.CVE-2017-11882.Gen.
func (s *scanner) pieces(i, e int) int {
	b := s.view.b
	for from := i; from < e; {
		to := from
		for to < e && b[to] != '.' {
			to++
		}
		if to-from >= 13 && foldAny(b[from:from+3], "cve") && classes[b[from+3]]&cJoin != 0 {
			return s.cve(from, from+4)
		}
		from = to + 1
	}
	return 0
}

// documentation reports whether a name is one of RFC 2606's.
func documentation(name string) bool {
	if n := len(name); n >= 11 && name[n-4] == '.' && name[n-11:n-4] == "example" && (n == 11 || name[n-12] == '.') {
		switch name[n-3:] {
		case "com", "net", "org":
			return true
		}
	}
	return strings.HasSuffix(name, ".example") || strings.HasSuffix(name, ".test") || strings.HasSuffix(name, ".invalid")
}
