package hawk

import (
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/internal/base64"
	"github.com/sightline-sec/sightline/core/internal/sha256"
)

// Artifacts are what a signature covers. Those of an answer are its request's, but
// for Hash and Ext, which are the answer's own.
type Artifacts struct {
	// Time is seconds since 1970 by the signer's clock.
	Time   int64
	Nonce  string
	Method string
	// Resource is the request's target as it is sent: path, and query with its "?".
	Resource string
	// Host is without port; its case does not matter.
	Host string
	Port string
	// Hash is the PayloadHash of the body, "" when the body is not covered.
	Hash string
	// Ext is what the application adds: Threat Stack's organization id.
	Ext string
	// App and Dlg are those of a delegation; Dlg counts only with an App.
	App, Dlg string
}

// RequestMAC signs a request.
func (a Artifacts) RequestMAC(key string) string { return mac(key, a.text("header")) }

// ResponseMAC signs an answer.
func (a Artifacts) ResponseMAC(key string) string { return mac(key, a.text("response")) }

func (a Artifacts) text(kind string) string {
	var b strings.Builder
	for _, item := range [...]string{
		"hawk.1." + kind, strconv.FormatInt(a.Time, 10), a.Nonce, strings.ToUpper(a.Method), a.Resource,
		strings.ToLower(a.Host), a.Port, a.Hash, escape(a.Ext),
	} {
		b.WriteString(item)
		b.WriteByte('\n')
	}
	if a.App != "" {
		b.WriteString(a.App + "\n" + a.Dlg + "\n")
	}
	return b.String()
}

func escape(ext string) string {
	return strings.ReplaceAll(strings.ReplaceAll(ext, `\`, `\\`), "\n", `\n`)
}

// PayloadHash is the hash of a body. Of its content type only the media type
// counts, in lower case and without parameters.
func PayloadHash(contentType string, body []byte) string {
	media, _, _ := strings.Cut(contentType, ";")
	text := append([]byte("hawk.1.payload\n"+strings.ToLower(strings.TrimSpace(media))+"\n"), body...)
	sum := sha256.Sum(append(text, '\n'))
	return base64.Encode(string(sum[:]))
}

// TimestampMAC proves to a client whose clock is wrong that the server, which alone
// knows the key, says what time it is.
func TimestampMAC(key string, seconds int64) string {
	return mac(key, "hawk.1.ts\n"+strconv.FormatInt(seconds, 10)+"\n")
}

// Equal compares two signatures in a time that does not tell where they differ.
func Equal(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	var differ byte
	for i := range len(a) {
		differ |= a[i] ^ b[i]
	}
	return differ == 0
}

// mac is HMAC (RFC 2104) with SHA-256. crypto/hmac brings the FIPS 140 module along; the
// tests hold this one against it.
func mac(key, text string) string {
	const block = 64
	if len(key) > block {
		sum := sha256.Sum([]byte(key))
		key = string(sum[:])
	}
	pad := func(with byte) []byte {
		padded := make([]byte, block, block+max(len(text), 32))
		copy(padded, key)
		for i := range padded {
			padded[i] ^= with
		}
		return padded
	}
	inner := sha256.Sum(append(pad(0x36), text...))
	outer := sha256.Sum(append(pad(0x5c), inner[:]...))
	return base64.Encode(string(outer[:]))
}

// Target takes an absolute URL of http or https apart as a signature wants it. A
// port that is not there is the scheme's. ok is false for anything else.
func Target(rawURL string) (host, port, resource string, ok bool) {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return "", "", "", false
	}
	switch strings.ToLower(scheme) {
	case "http":
		port = "80"
	case "https":
		port = "443"
	default:
		return "", "", "", false
	}
	rest, _, _ = strings.Cut(rest, "#") // a fragment is not sent
	authority, resource := rest, "/"
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		authority, resource = rest[:end], rest[end:]
		if resource[0] == '?' {
			resource = "/" + resource
		}
	}
	host, given := SplitHost(authority)
	if given != "" {
		port = given
	}
	return host, port, resource, host != ""
}

// SplitHost takes a Host header apart; port is "" when there is none. An IPv6
// address keeps its brackets.
func SplitHost(authority string) (host, port string) {
	colon := strings.LastIndexByte(authority, ':')
	if colon < 0 || strings.HasSuffix(authority, "]") {
		return authority, ""
	}
	return authority[:colon], authority[colon+1:]
}
