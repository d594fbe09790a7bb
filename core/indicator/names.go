package indicator

// typeName is what the outside world calls a type.
type typeName struct {
	code     string // canonical, lower case; stable, used in files and messages
	label    string // for people
	trustar  string // TruSTAR 1.2 and 1.3; "" where it has none
	trustar2 string // TruSTAR 2.0 observable type; "" where it has none
}

var typeNames = [typeCount]typeName{
	Unknown:      {"unknown", "Unknown", "", ""},
	IPv4:         {"ipv4", "IPv4 address", "IP", "IP4"},
	IPv6:         {"ipv6", "IPv6 address", "IP", "IP6"},
	CIDR:         {"cidr", "Address range", "CIDR_BLOCK", "CIDR_BLOCK"},
	URL:          {"url", "URL", "URL", "URL"},
	Domain:       {"domain", "Domain", "URL", "DOMAIN"},
	Email:        {"email", "E-mail address", "EMAIL_ADDRESS", "EMAIL_ADDRESS"},
	MD5:          {"md5", "MD5", "MD5", "MD5"},
	SHA1:         {"sha1", "SHA-1", "SHA1", "SHA1"},
	SHA224:       {"sha224", "SHA-224", "", ""},
	SHA256:       {"sha256", "SHA-256", "SHA256", "SHA256"},
	SHA384:       {"sha384", "SHA-384", "", ""},
	SHA512:       {"sha512", "SHA-512", "", ""},
	SSDEEP:       {"ssdeep", "ssdeep", "", ""},
	TLSH:         {"tlsh", "TLSH", "", ""},
	Imphash:      {"imphash", "Import hash", "", ""},
	Authentihash: {"authentihash", "Authentihash", "", ""},
	JA3:          {"ja3", "JA3", "", ""},
	JA3S:         {"ja3s", "JA3S", "", ""},
	JARM:         {"jarm", "JARM", "", ""},
	Telfhash:     {"telfhash", "Telfhash", "", ""},
	CVE:          {"cve", "Vulnerability", "CVE", ""},
	GHSA:         {"ghsa", "GitHub advisory", "", ""},
	CWE:          {"cwe", "Weakness", "", ""},
	CAPEC:        {"capec", "Attack pattern", "", ""},
	CPE:          {"cpe", "Product (CPE)", "", ""},
	Technique:    {"attack_technique", "ATT&CK technique", "", ""},
	Tactic:       {"attack_tactic", "ATT&CK tactic", "", ""},
	Software:     {"attack_software", "ATT&CK software", "", ""},
	Group:        {"attack_group", "ATT&CK group", "", ""},
	Mitigation:   {"attack_mitigation", "ATT&CK mitigation", "", ""},
	Campaign:     {"attack_campaign", "ATT&CK campaign", "", ""},
	RegistryKey:  {"registry_key", "Registry key", "REGISTRY_KEY", "REGISTRY_KEY"},
	FilePath:     {"file_path", "File path", "", ""},
	FileName:     {"file_name", "File name", "SOFTWARE", "SOFTWARE"},
	Mutex:        {"mutex", "Mutex", "", ""},
	Bitcoin:      {"bitcoin", "Bitcoin address", "BITCOIN_ADDRESS", "BITCOIN_ADDRESS"},
	Ethereum:     {"ethereum", "Ethereum address", "", ""},
	Monero:       {"monero", "Monero address", "", ""},
	OtherCoin:    {"other_coin", "Coin address", "", ""},
	ASN:          {"asn", "Autonomous system", "", ""},
	MAC:          {"mac", "MAC address", "", ""},
	UserAgent:    {"user_agent", "User agent", "", ""},
	YARA:         {"yara_rule", "YARA rule", "", ""},
	XMPP:         {"xmpp", "XMPP address", "", ""},
	Phone:        {"phone", "Phone number", "", "PHONE_NUMBER"},
	IBAN:         {"iban", "IBAN", "", ""},
	GATracking:   {"ga_tracking", "Analytics id", "", ""},
	GAPublisher:  {"ga_publisher", "AdSense id", "", ""},
	TLP:          {"tlp", "TLP marking", "", ""},
	Malware:      {"malware", "Malware", "MALWARE", ""},
	Tool:         {"tool", "Tool", "", ""},
	ThreatActor:  {"threat_actor", "Threat actor", "", ""},
}

func (t Type) name() typeName {
	if t >= typeCount {
		t = Unknown
	}
	return typeNames[t]
}

// String is the canonical name, lower case and stable: "ipv4", "attack_technique".
func (t Type) String() string { return t.name().code }

// Label is the name for people: "IPv4 address".
func (t Type) Label() string { return t.name().label }

// TruSTAR is the type's name in TruSTAR's API 1.2 and 1.3, where URL stands for
// domains too and SOFTWARE carries file names. "" means that the platform has none.
func (t Type) TruSTAR() string { return t.name().trustar }

// TruSTAR2 is the type's name in TruSTAR's API 2.0; "" means that it has none.
func (t Type) TruSTAR2() string { return t.name().trustar2 }

// ParseType is the inverse of [Type.String].
func ParseType(name string) (Type, bool) {
	for t := Unknown + 1; t < typeCount; t++ {
		if typeNames[t].code == name {
			return t, true
		}
	}
	return Unknown, false
}

// Types are all types that a scan may find, in the order of their declaration.
func Types() []Type {
	types := make([]Type, 0, typeCount-1)
	for t := Unknown + 1; t < typeCount; t++ {
		types = append(types, t)
	}
	return types
}
