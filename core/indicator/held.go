package indicator

// Steps is a set of the disguises that were undone, one bit each.
type Steps uint32

// The disguises.
const (
	StepScheme    Steps = 1 << iota // hxxp, h**p, meow for http
	StepSeparator                   // [:]//, [://], :\\ for ://
	StepDot                         // [.], (.), {.}, [dot], \. for a dot
	StepAt                          // [@], [at], (at) for @
	StepSlash                       // [/], \/ for /
	StepColon                       // [:] for : in an address or port
	StepWord                        // the bare words dot and at
	StepEntity                      // &#46; and other character references
	StepPercent                     // %3A%2F%2F
	StepBase64                      // aHR0cDovL…
	StepHex                         // 687474703a2f2f…
	StepInvisible                   // zero-width characters and soft hyphens taken out
	StepWidth                       // full-width and other compatibility forms
	StepLineBreak                   // a line broken in the middle of a value
	StepBackslash                   // doubled backslashes in a path or key
	StepComma                       // a comma that stood for a dot
)

// Flags is a set of facts about a value, one bit each.
type Flags uint32

// The facts.
const (
	FlagDefanged      Flags = 1 << iota // at least one disguise was undone
	FlagSchemeless                      // a URL that the text wrote without scheme
	FlagPrivate                         // RFC 1918, RFC 4193
	FlagReserved                        // loopback, link-local, multicast, unspecified, CGNAT, future use
	FlagDocumentation                   // RFC 5737, RFC 3849, RFC 2606 names
	FlagIDN                             // a name that the text wrote in Unicode; Value has the A-labels
	FlagChecksum                        // a checksum inside the value was verified
	FlagHostBits                        // a CIDR with bits set behind its prefix
)

// Reason says why a find is held back.
type Reason uint8

// The reasons. NotHeld is the zero value.
const (
	NotHeld        Reason = iota
	HeldPrivate           // an address of a private range
	HeldReserved          // loopback, multicast and the like
	HeldVersion           // looks like an address, reads like a version or section number
	HeldFileName          // looks like a domain, reads like a file or package name
	HeldCode              // looks like a domain, reads like source code
	HeldCommit            // looks like a hash, reads like a git commit
	HeldUUID              // looks like a hash, reads like an identifier
	HeldPattern           // all one digit, ascending and other made-up values
	HeldSentence          // two sentences without a space between them
	HeldChecksum          // the checksum inside the value is wrong
	HeldUnknownTLD        // a name under no known top-level domain
	HeldKnownGood         // on a list of well-known benign values
	reasonCount
)
