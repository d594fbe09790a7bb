package app

// The platforms that a profile can be for.
const (
	PlatformTruSTAR      = "trustar"
	PlatformStellarCyber = "stellarcyber"
	PlatformThreatStack  = "threatstack"
)

// Profile says how to reach one platform, and as whom.
//
//easyjson:json
type Profile struct {
	// ID is the host's own name for the profile; never shown.
	ID string `json:"id"`
	// Platform is one of the Platform constants.
	Platform string `json:"platform"`
	// Name is what the user calls it.
	Name string `json:"name"`
	// BaseURL is the root of the server, e.g. https://api.trustar.co: scheme,
	// host and port, and a path only where the server sits below one.
	BaseURL string `json:"baseUrl"`
	// APIVersion of TruSTAR: "1.2" or "1.3"; of Threat Stack: "1" or "2"; "" for other platforms.
	APIVersion string `json:"apiVersion"`
	// Identity is TruSTAR's API key, Stellar Cyber's user or the id of Threat Stack's user; "" for a Stellar Cyber user-scoped key and for version 1 of Threat Stack.
	Identity string `json:"identity"`
	// Secret is TruSTAR's API secret, Stellar Cyber's refresh token or user-scoped key, or Threat Stack's API key.
	Secret string `json:"secret"`
	// OrgID chooses among the organizations of a Threat Stack key's owner; version 2 needs it.
	OrgID string `json:"orgId,omitempty"`
	// EnclaveIDs are the enclaves that a new draft starts with.
	EnclaveIDs []string `json:"enclaveIds"`
	// WebURL is the root of the platform's pages for people, for links; "" leaves links out.
	WebURL string `json:"webUrl"`
}
