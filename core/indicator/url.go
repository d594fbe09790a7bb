package indicator

import (
	"strings"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

// schemes by length, in order, side by side.
var schemes = [...]string{
	2: "ws",
	3: "ftpgitircrdprmismbsshssltcpudpvncwss",
	4: "ftpsircsldaprtmprtspsftptftp",
	5: "ldapsmysqlredissocks",
	6: "gophersocks4socks5telnet",
	7: "mongodbstratum",
}

// schemeOf gives the scheme that a word before :// stands for.
func schemeOf(word string) (scheme string, ok bool) {
	n := len(word)
	if n < 2 || n >= len(schemes) {
		return "", false
	}
	w := lower8(packed.Number(word))
	if tail := w >> 32; w&0xff == 'h' && w>>24&0xff == 'p' && (tail == 0 || tail == 's') {
		switch w >> 8 & 0xffff {
		case 't' | 't'<<8, 'x' | 'x'<<8, '_' | '_'<<8, 'x' | 't'<<8, 't' | 'x'<<8, 'z' | 'z'<<8:
			if tail != 0 {
				return "https", true
			}
			return "http", true
		}
	}
	switch w {
	case 'm' | 'e'<<8 | 'o'<<16 | 'w'<<24, 't' | 't'<<8 | 'p'<<16:
		return "http", true
	case 'm' | 'e'<<8 | 'o'<<16 | 'w'<<24 | 's'<<32, 't' | 't'<<8 | 'p'<<16 | 's'<<24:
		return "https", true
	case 'f' | 'x'<<8 | 'p'<<16, 'f' | 't'<<8 | 'x'<<16:
		return "ftp", true
	case 'f' | 'x'<<8 | 'p'<<16 | 's'<<24, 'f' | 't'<<8 | 'x'<<16 | 's'<<24:
		return "ftps", true
	case 's' | 'f'<<8 | 'x'<<16 | 'p'<<24, 's' | 'f'<<8 | 't'<<16 | 'x'<<24:
		return "sftp", true
	}
	scheme = packed.FindNumber(schemes[n], w, n)
	return scheme, scheme != ""
}

// url reads a URL whose scheme ends at b[j], where :// stands.
func (s *scanner) url(i, j int) int {
	b := s.view.b
	// The scheme may have letters glued before it: take the longest that is one.
	var scheme string
	from := max(i, j-12)
	for ; from < j; from++ {
		if sc, ok := schemeOf(b[from:j]); ok && (from == i || classes[b[from-1]]&cAlnum == 0 || len(sc) >= 4) {
			scheme = sc
			break
		}
	}
	if scheme == "" {
		return 0
	}
	if (scheme == "tcp" || scheme == "ssl") && from > 1 && b[from-1] == '+' { // stratum+tcp://, but git+https:// is how a tool gets https://
		k := from - 1
		for k > 0 && from-k < 12 && classes[b[k-1]]&cLetter != 0 {
			k--
		}
		if k < from-1 && s.view.from(k) >= s.last {
			from, scheme = k, lower(b[k:from])+scheme
		}
	}
	end, ok := s.urlRest(scheme, "://", j+3, s.before(from))
	if !ok {
		return 0
	}
	value, steps := s.urlValue(end)
	if j-from != len(scheme) || !hasPrefixFold(b[from:], scheme) {
		steps |= StepScheme
	}
	steps |= s.view.steps(from, end.url)
	if end.url == len(b) && end.url > end.host {
		if rest, stop := s.brokenURL(s.view.from(from), s.view.upto(end.url)); stop > 0 {
			s.emitAt(URL, value+rest, s.view.from(from), stop, steps|StepLineBreak, end.flags, end.held, 0)
			return end.url
		}
	}
	s.emitAt(URL, value, s.view.from(from), s.view.upto(end.url), steps, end.flags, end.held, 0)
	return end.url
}

// relative reports whether b[i] follows two slashes, and these a quote, a bracket or an
// equals sign: the URL has the scheme of the page that it is on.
func (s *scanner) relative(i int) bool {
	b := s.view.b
	return i >= 3 && b[i-1] == '/' && b[i-2] == '/' && (isQuote(b[i-3]) || b[i-3] == '=')
}

// schemeless reads a URL without scheme: the host b[i:e] and what follows.
func (s *scanner) schemeless(i, e int) int {
	switch s.before(i) {
	case '/':
		if !s.relative(i) {
			return 0
		}
	case '\\', '@', '.', '-':
		return 0
	}
	end, ok := s.urlRest("", "", i, s.before(i))
	if !ok || end.url <= e+1 {
		return 0
	}
	if s.view.steps(i, end.url) == 0 {
		if d := s.parseDomain(s.view.b, i, e); d.ok() && d.known() {
			switch r := s.doubt(i, e, e, d); r {
			case NotHeld:
			case HeldFileName:
				return 0
			default:
				end.held = r
			}
		}
	}
	value, steps := s.urlValue(end)
	steps |= s.view.steps(i, end.url)
	s.emitAt(URL, value, s.view.from(i), s.view.upto(end.url), steps, end.flags|FlagSchemeless, end.held, 0)
	return end.url
}

// urlEnds are the places where the parts of a URL end, and what its host is.
type urlEnds struct {
	host, url int
	flags     Flags
	held      Reason
}

// urlValue is what urlRest put into s.buf and the rest of the URL, without a lone slash,
// and with the disguise of the URLs in it undone.
func (s *scanner) urlValue(end urlEnds) (value string, steps Steps) {
	if tail := s.view.b[end.host:end.url]; tail != "/" {
		n := len(s.buf)
		s.buf = textInto(s.buf, tail)
		for at := 0; ; {
			k := strings.Index(tail[at:], "://")
			if k < 0 {
				break
			}
			scheme := at + k
			at = scheme + len("://")
			if scheme > 0 && tail[scheme-1]|0x20 == 's' {
				scheme--
			}
			if scheme -= len("hxxp"); scheme >= 0 && foldAny(tail[scheme:scheme+4], "hxxp") {
				copy(s.buf[n+scheme:], "http")
				steps = StepScheme
			}
		}
	}
	return s.keep(unsafeString(s.buf)), steps
}

// urlRest reads [userinfo@]host[:port][path] at b[i] and puts it, the path left out,
// behind the scheme, "" or with its separator, into s.buf.
func (s *scanner) urlRest(scheme, separator string, i int, prev byte) (end urlEnds, ok bool) {
	b := s.view.b
	user := i
	for k := i; k < len(b) && k < i+256; k++ {
		if c := b[k]; c == '@' {
			i = k + 1
		} else if c == '/' || c == '?' || c == '#' || c == '[' || c == '<' || c == '"' || classes[c]&cSpace != 0 {
			break
		}
	}
	before := func() { s.buf = textInto(textInto(textInto(s.buf[:0], scheme), separator), b[user:i]) }
	e := i
	switch {
	case e < len(b) && b[e] == '[':
		ip, to, _, _ := groups(b, e+1)
		if to == 0 || to >= len(b) || b[to] != ']' {
			return end, false
		}
		before()
		s.buf = textInto(textInto(textInto(s.buf, "["), formatIPv6(ip)), "]")
		end.flags, _ = addressFlags6(ip)
		e = to + 1
	default:
		for e < len(b) && classes[b[e]]&cRun != 0 && e-i < 256 {
			e++
		}
		for e > i && (b[e-1] == '.' || b[e-1] == '-') {
			e--
		}
		if ip, to := octets(b, i); to == e {
			before()
			s.buf = appendIPv4(s.buf, ip)
			end.flags, _ = addressFlags(ip)
			break
		}
		d := s.parseDomain(b, i, e)
		if !d.ok() {
			return end, false
		}
		before()
		from := len(s.buf)
		if s.buf, ok = appendHost(s.buf, b[i:e]); !ok {
			return end, false
		}
		if !d.known() {
			end.held = HeldUnknownTLD
		}
		if d.idn() {
			end.flags |= FlagIDN
		}
		if documentation(unsafeString(s.buf[from:])) {
			end.flags |= FlagDocumentation
		}
	}
	if e+1 < len(b) && b[e] == '.' && b[e+1] == '/' { // the dot of the root
		e++
	}
	if e < len(b) && b[e] == ':' {
		if p, to := number(b, e+1, 5); to > 0 && p <= 65535 {
			s.buf = textInto(s.buf, b[e:to])
			e = to
		}
	}
	end.host = e
	end.url = e
	if e < len(b) && (b[e] == '/' || b[e] == '?' || b[e] == '#') {
		end.url = urlEnd(b, e, prev)
	}
	return end, true
}
