package indicator

import "strings"

// Defang writes a value so that no reader's program makes a link of it:
// 192.0.2[.]1, hxxps[://]evil[.]example/x, a[@]b[.]c. Hashes and other values
// that nothing follows are returned unchanged. What Defang writes, a scan reads.
func Defang(t Type, value string) string {
	switch t {
	case IPv4, Domain, XMPP:
		if t == XMPP {
			return defangEmail(value)
		}
		return strings.ReplaceAll(value, ".", "[.]")
	case CIDR:
		if !strings.Contains(value, ":") {
			return strings.ReplaceAll(value, ".", "[.]")
		}
		return strings.ReplaceAll(value, ":", "[:]")
	case IPv6:
		return strings.ReplaceAll(value, ":", "[:]")
	case Email:
		return defangEmail(value)
	case URL:
		return defangURL(value)
	}
	return value
}

func defangEmail(value string) string {
	at := strings.LastIndexByte(value, '@')
	if at < 0 {
		return value
	}
	return value[:at] + "[@]" + strings.ReplaceAll(value[at+1:], ".", "[.]")
}

func defangURL(value string) string {
	scheme, rest, ok := strings.Cut(value, "://")
	if !ok {
		scheme, rest = "", value
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	if !strings.HasPrefix(host, "[") { // the brackets of an IPv6 host are disguise enough
		host = strings.ReplaceAll(host, ".", "[.]")
	}
	if !ok {
		return host + path
	}
	if strings.HasPrefix(scheme, "http") {
		scheme = "hxxp" + scheme[len("http"):]
	}
	return scheme + "[://]" + host + path
}
