package indicator

import "strings"

// STIXPattern writes a value as a STIX 2.1 pattern, "" for the types that STIX has no
// observable for: names, ids of ATT&CK, markings.
func (t Type) STIXPattern(value string) string {
	compare := func(path string) string { return "[" + path + " = '" + stixEscape(value) + "']" }
	switch t {
	case IPv4:
		return compare("ipv4-addr:value")
	case IPv6:
		return compare("ipv6-addr:value")
	case CIDR:
		if strings.Contains(value, ":") {
			return compare("ipv6-addr:value")
		}
		return compare("ipv4-addr:value")
	case URL:
		return compare("url:value")
	case Domain:
		return compare("domain-name:value")
	case Email, XMPP:
		return compare("email-addr:value")
	case MD5, SHA1, SHA224, SHA256, SHA384, SHA512, SSDEEP, TLSH:
		return compare("file:hashes." + stixHash(t))
	case Imphash:
		return compare("file:extensions.'windows-pebinary-ext'.imphash")
	case RegistryKey:
		return compare("windows-registry-key:key")
	case FilePath:
		if dir, name, ok := cutPath(value); ok {
			return "[file:name = '" + stixEscape(name) + "' AND file:parent_directory_ref.path = '" + stixEscape(dir) + "']"
		}
		return compare("file:name")
	case FileName:
		return compare("file:name")
	case Mutex:
		return compare("mutex:name")
	case ASN:
		return "[autonomous-system:number = " + strings.TrimPrefix(value, "AS") + "]"
	case MAC:
		return compare("mac-addr:value")
	case UserAgent:
		return compare("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'")
	case CPE:
		return compare("software:cpe")
	}
	return ""
}

// stixHash is the name of a hash in STIX's vocabulary; names with a dash are quoted.
func stixHash(t Type) string {
	switch t {
	case MD5, SSDEEP, TLSH:
		return upper(t.String())
	}
	return "'" + t.Label() + "'"
}

// stixEscape escapes what ends a string in the STIX patterning grammar.
func stixEscape(value string) string {
	return strings.ReplaceAll(strings.ReplaceAll(value, `\`, `\\`), `'`, `\'`)
}

// cutPath splits a path at its last separator.
func cutPath(path string) (dir, name string, ok bool) {
	i := strings.LastIndexAny(path, `\/`)
	if i <= 0 || i == len(path)-1 {
		return "", "", false
	}
	return path[:i], path[i+1:], true
}

// MISP is the type of a MISP attribute for values of t, "" where it has none.
func (t Type) MISP() string {
	switch t {
	case IPv4, IPv6, CIDR:
		return "ip-dst"
	case URL:
		return "url"
	case Domain:
		return "domain"
	case Email:
		return "email"
	case MD5, SHA1, SHA224, SHA256, SHA384, SHA512, SSDEEP, TLSH, Imphash, Authentihash, Telfhash:
		return t.String()
	case JA3, JA3S:
		return "ja3-fingerprint-md5"
	case JARM:
		return "jarm-fingerprint"
	case CVE, GHSA:
		return "vulnerability"
	case CWE:
		return "weakness"
	case CPE:
		return "cpe"
	case RegistryKey:
		return "regkey"
	case FilePath, FileName:
		return "filename"
	case Mutex:
		return "mutex"
	case Bitcoin:
		return "btc"
	case Monero:
		return "xmr"
	case ASN:
		return "AS"
	case MAC:
		return "mac-address"
	case UserAgent:
		return "user-agent"
	case YARA:
		return "yara"
	case XMPP:
		return "jabber-id"
	case Phone:
		return "phone-number"
	case IBAN:
		return "iban"
	case ThreatActor:
		return "threat-actor"
	case Campaign:
		return "campaign-id"
	case Malware, Tool, Ethereum, OtherCoin, Technique, Tactic, Software, Group, Mitigation, CAPEC, GATracking, GAPublisher, TLP:
		return "text"
	}
	return ""
}
