package indicator

// Type says what an indicator is.
type Type uint8

// The types. Unknown is the zero value and never the type of a find.
const (
	Unknown Type = iota
	IPv4
	IPv6
	CIDR
	URL
	Domain
	Email
	MD5
	SHA1
	SHA224
	SHA256
	SHA384
	SHA512
	SSDEEP
	TLSH
	Imphash
	Authentihash
	JA3
	JA3S
	JARM
	Telfhash
	CVE
	GHSA
	CWE
	CAPEC
	CPE
	Technique
	Tactic
	Software
	Group
	Mitigation
	Campaign
	RegistryKey
	FilePath
	FileName
	Mutex
	Bitcoin
	Ethereum
	Monero
	OtherCoin
	ASN
	MAC
	UserAgent
	YARA
	XMPP
	Phone
	IBAN
	GATracking
	GAPublisher
	TLP
	Malware
	Tool
	ThreatActor
	typeCount
)

// Set is a set of types, one bit each.
type Set uint64

// SetOf returns the set of the given types.
func SetOf(types ...Type) Set {
	var s Set
	for _, t := range types {
		s |= 1 << t
	}
	return s
}

// Has reports whether t is in the set.
func (s Set) Has(t Type) bool { return s>>t&1 == 1 }
