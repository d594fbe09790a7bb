package app

import (
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
)

// Origin is a server's address, read so strictly that what is shown is what is reached.
type Origin struct {
	// BaseURL in lower case, without default port, trailing slash, query and fragment.
	BaseURL string
	// Host in ASCII, with its port unless that is the scheme's own.
	Host string
	// Pattern is the match pattern of exactly this host. It has no port: Firefox
	// allows none, and so a grant is for all ports of the host.
	Pattern string
	// Problem says in a sentence why the address cannot be used; the other fields
	// are "" then.
	Problem string
}

// ParseOrigin reads the address that a user typed into a profile.
//
// Whatever a browser might read another way than a person does is refused rather
// than repaired: user names, escapes, backslashes, numbers that stand for
// addresses, names outside ASCII. Names in punycode stay as they are, so that a
// look-alike is seen. http is for loopback addresses alone.
func ParseOrigin(address string) Origin {
	address = strings.Trim(address, " \t\r\n")
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c == 0x7f {
			return problem("The address must not hold spaces or control characters.")
		} else if c >= 0x80 {
			return problem("Write the address in ASCII: a name in other letters begins with xn-- there.")
		}
	}
	scheme, rest, ok := strings.Cut(address, "://")
	scheme = strings.ToLower(scheme)
	if !ok || (scheme != "https" && scheme != "http") {
		return problem("The address must begin with https://.")
	}
	if end := strings.IndexAny(rest, "?#"); end >= 0 {
		rest = rest[:end]
	}
	authority, path := rest, ""
	if end := strings.IndexByte(rest, '/'); end >= 0 {
		authority, path = rest[:end], rest[end:]
	}
	host, port, words := splitHost(authority, scheme)
	if words == "" {
		words = checkPath(path)
	}
	if words == "" && scheme == "http" && !isLoopback(host) {
		words = "The address must begin with https://: without encryption the key would be readable on the way."
	}
	if words != "" {
		return problem(words)
	}
	shown := host
	if port != "" {
		shown += ":" + port
	}
	return Origin{
		BaseURL: scheme + "://" + shown + strings.TrimRight(path, "/"),
		Host:    shown,
		Pattern: scheme + "://" + host + "/*",
	}
}

func problem(words string) Origin { return Origin{Problem: words} }

// splitHost reads an authority; words are "" when it can be used.
func splitHost(authority, scheme string) (host, port, words string) {
	switch {
	case authority == "":
		return "", "", "The address has no host."
	case strings.Contains(authority, "@"):
		return "", "", "The address must not hold a user name or password: what stands before @ is not the host."
	case strings.Contains(authority, `\`):
		return "", "", "The address must not hold a backslash."
	case strings.Contains(authority, "*"):
		return "", "", "The address must name one host, without *."
	case strings.Contains(authority, "%"):
		return "", "", "The host must be written without escapes (%)."
	}
	host = strings.ToLower(authority)
	if strings.HasPrefix(host, "[") {
		end := strings.IndexByte(host, ']')
		if end < 0 {
			return "", "", "The bracket around the address is not closed."
		}
		ip := canonicalIPv6(host[1:end])
		if ip == "" {
			return "", "", "What stands in brackets is not an IPv6 address."
		}
		host, port, words = "["+ip+"]", host[end+1:], ""
		if port != "" && port[0] != ':' {
			return "", "", "After the bracket comes a port or nothing."
		}
		port, words = checkPort(port, scheme)
		return host, port, words
	}
	if i := strings.IndexByte(host, ':'); i >= 0 {
		host, port = host[:i], host[i:]
	}
	if words = checkHost(host); words != "" {
		return "", "", words
	}
	port, words = checkPort(port, scheme)
	return host, port, words
}

// checkPort reads ":443"; the port that goes without saying becomes "".
func checkPort(text, scheme string) (port, words string) {
	if text == "" {
		return "", ""
	}
	port = text[1:]
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || strings.HasPrefix(port, "0") {
		return "", "The port must be a number from 1 to 65535."
	}
	if scheme == "https" && n == 443 || scheme == "http" && n == 80 {
		return "", ""
	}
	return port, ""
}

func checkHost(host string) string {
	if strings.HasSuffix(host, ".") {
		return "The host must not end in a dot."
	}
	if len(host) == 0 || len(host) > 253 {
		return "The address has no host that could exist."
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return "The host must consist of letters, digits and hyphens between single dots."
		}
	}
	// A browser reads a name whose last label is a number as an IPv4 address in any
	// of its old forms (WHATWG URL, "ends in a number"): only the usual form is let through.
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == "" {
		if !isIPv4(labels) {
			return "Write an IPv4 address as four decimal numbers."
		}
	}
	return ""
}

func checkPath(path string) string {
	if strings.Contains(path, "//") || strings.Trim(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/") != "" {
		return "The path may hold letters, digits, - _ . ~ between single slashes."
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return "The path must not climb with dots."
		}
	}
	return ""
}

func isLoopback(host string) bool {
	if host == "localhost" || host == "[::1]" {
		return true
	}
	labels := strings.Split(host, ".")
	return isIPv4(labels) && labels[0] == "127"
}

// isIPv4 reports whether the labels are four decimal numbers without leading zeros.
func isIPv4(labels []string) bool {
	for _, label := range labels {
		n, err := strconv.ParseUint(label, 10, 8)
		if err != nil || strconv.FormatUint(n, 10) != label {
			return false
		}
	}
	return len(labels) == 4
}

// canonicalIPv6 writes an address as RFC 5952 does, the way the engine reads it; ""
// for anything else, and for an IPv4 address in disguise.
func canonicalIPv6(text string) string {
	if text == "::1" {
		return text
	}
	if strings.Trim(text, "0123456789abcdef:") != "" {
		return ""
	}
	found := indicator.Scan(text, indicator.Options{Types: indicator.SetOf(indicator.IPv6)})
	if len(found) != 1 || found[0].Span.Len() != len(text) || strings.HasPrefix(found[0].Value, "::ffff:") || strings.Contains(found[0].Value, ".") {
		return ""
	}
	return found[0].Value
}
