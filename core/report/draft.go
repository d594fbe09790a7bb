package report

// Reference names an indicator without saying where it stood.
//
//easyjson:json
type Reference struct {
	// Type is the engine's name of the type, e.g. "ipv4".
	Type string `json:"type"`
	// Value is refanged and canonical.
	Value string `json:"value"`
}

// Distribution says who may read a report.
const (
	DistributionEnclave   = "ENCLAVE"
	DistributionCommunity = "COMMUNITY"
)

// Draft is a report that is still being written. Hosts store it at every pause,
// so that nothing typed is ever lost.
//
//easyjson:json
type Draft struct {
	// ID is minted with the draft and never changes: 32 lower-case hexadecimal
	// digits. It is the external tracking id under which the report is filed, so
	// that filing twice has the effect of filing once.
	ID string `json:"id"`

	// ProfileID names the TruSTAR profile that it will be filed with; "" until chosen.
	ProfileID string `json:"profileId"`

	Title string `json:"title"`
	Body  string `json:"body"`

	// TimeBegan is ISO-8601 with a zone; "" means the time of filing.
	TimeBegan string `json:"timeBegan"`

	// Distribution is DistributionEnclave or DistributionCommunity.
	Distribution string `json:"distribution"`

	// EnclaveIDs are TruSTAR's ids; they go with DistributionEnclave alone.
	EnclaveIDs []string `json:"enclaveIds"`

	// ExternalURL is where the passage was read; "" to leave it out.
	ExternalURL string `json:"externalUrl"`

	// Indicators are those that the analyst kept when the draft was made.
	Indicators []Reference `json:"indicators"`

	// CreatedAt and UpdatedAt are milliseconds since 1970.
	CreatedAt int64 `json:"createdAt"`
	UpdatedAt int64 `json:"updatedAt"`
}

// Problem is one reason why a draft cannot be filed as it stands.
//
//easyjson:json
type Problem struct {
	// Field is the draft's JSON name of the field, "" for the whole.
	Field string `json:"field"`
	// Words say what is wrong and what to do.
	Words string `json:"words"`
}

// Prepared is what will be sent, to the byte.
//
//easyjson:json
type Prepared struct {
	Method string `json:"method"`
	// URL has no secrets; its host is where the report goes.
	URL  string `json:"url"`
	Host string `json:"host"`
	// Body is the request's body.
	Body string `json:"body"`
	// Bytes is the length of Body in UTF-8.
	Bytes int `json:"bytes"`
	// Hash is the SHA-256 of Body in lower-case hexadecimal digits.
	Hash string `json:"hash"`
}
