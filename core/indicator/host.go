package indicator

import (
	"strings"

	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// domain is what a dotted name was found to be.
type domain struct {
	ok     bool // labels as RFC 1035 and practice have them
	known  bool // the last label is a top-level domain
	idn    bool // a label is not ASCII
	labels int
	last   int // where the last label starts
}

// parseDomain reads b[i:e] as a domain.
func parseDomain(b string, i, e int) (d domain) {
	if e-i > 253 {
		return d
	}
	from := i
	for k := i; ; k++ {
		if k < e && b[k] != '.' {
			if b[k] >= 0x80 {
				d.idn = true
			}
			continue
		}
		if k == from || k-from > 63 || b[from] == '-' || b[k-1] == '-' {
			return d
		}
		d.labels++
		d.last = from
		if k == e {
			break
		}
		from = k + 1
	}
	if d.labels < 2 {
		return d
	}
	// RFC 952's letters, digits and dashes in what is registered; more below it.
	second := d.last - 2
	for second > i && b[second-1] != '.' {
		second--
	}
	for k := second; k < e; k++ {
		if b[k] == '_' {
			return d
		}
	}
	d.ok = true
	if e-d.last <= 63 {
		var buf [64]byte
		label := lowerInto(buf[:0], b[d.last:e])
		if isASCII(b[d.last:e]) {
			d.known = tld.Known(unsafeString(label))
		} else if a, ok := toASCII(b[d.last:e]); ok {
			d.known = tld.Known(a)
		}
	}
	return d
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
	d := parseDomain(b, i, e)
	if !d.ok || !d.known {
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
		if d.ok && s.view.steps(i, e)&StepDot != 0 && alphabetic(b[d.last:e]) { // nobody disguises a name that is not meant
			s.emit(Domain, s.keepLower(b[i:e]), i, e, 0, HeldUnknownTLD)
			return e
		}
		return 0
	}
	if j == e && e < len(b) && b[e] == '/' {
		if end := s.schemeless(i, e); end > 0 {
			return end
		}
	}
	end, port := e, 0
	if j == e && e < len(b) && b[e] == ':' {
		if p, to := number(b, e+1, 5); to > 0 && p > 0 && p <= 65535 && !(to < len(b) && classes[b[to]]&cAlnum != 0) {
			if to < len(b) && b[to] == '/' {
				if end := s.schemeless(i, to); end > 0 {
					return end
				}
			}
			end, port = to, p
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
	var ok bool
	if s.buf, ok = appendHost(s.buf[:0], b[i:e]); !ok {
		return 0
	}
	var flags Flags
	if d.idn {
		flags |= FlagIDN
	}
	if documentation(unsafeString(s.buf)) {
		flags |= FlagDocumentation
	}
	s.emitAt(Domain, s.keep(unsafeString(s.buf)), s.view.from(i), s.view.upto(end), steps, flags, held, uint16(port))
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
		if to-from >= 13 && foldAny(b[from:from+4], "cve-") {
			return s.cve(from, from+4)
		}
		from = to + 1
	}
	return 0
}

var documentationTLDs = [...]string{3: "comnetorg", 4: "test", 7: "exampleinvalid"}

// documentation reports whether a name is one of RFC 2606's.
func documentation(name string) bool {
	if i := strings.LastIndexByte(name, '.'); i < 0 || !foldPacked(documentationTLDs[:], name[i+1:]) {
		return false
	}
	for _, reserved := range [...]string{"example.com", "example.net", "example.org", ".example", ".test", ".invalid"} {
		if rest, ok := strings.CutSuffix(name, reserved); ok && (rest == "" || reserved[0] == '.' || rest[len(rest)-1] == '.') {
			return true
		}
	}
	return false
}
