package station

// What goes over the wire, in one file because easyjson's generator needs the types
// of a package that use each other together. Lists are never null, absent texts are;
// times are milliseconds.

//easyjson:json
type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	// ExpiresIn is what is left in seconds; a fresh token has 599.
	ExpiresIn int64  `json:"expires_in"`
	Scope     string `json:"scope"`
}

// errorBody is the vendor's general error.
//
//easyjson:json
type errorBody struct {
	// Timestamp in milliseconds.
	Timestamp int64  `json:"timestamp"`
	Status    int    `json:"status"`
	Error     string `json:"error"`
	Message   string `json:"message"`
	Path      string `json:"path"`
}

//easyjson:json
type tokenErrorBody struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

//easyjson:json
type limitErrorBody struct {
	Message string `json:"message"`
	// WaitTime in milliseconds.
	WaitTime int64 `json:"waitTime"`
}

// Enclave is a place for reports, with what the caller may do there.
//
//easyjson:json
type Enclave struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Read   bool   `json:"read"`
	Create bool   `json:"create"`
	Update bool   `json:"update"`
}

//easyjson:json
type enclaveList []Enclave

// foundIndicator is an indicator as the API writes it.
//
//easyjson:json
type foundIndicator struct {
	Type  string `json:"indicatorType"`
	Value string `json:"value"`
}

//easyjson:json
type foundIndicators []foundIndicator

//easyjson:json
type idList []string

// enclaveRef names an enclave in a report.
//
//easyjson:json
type enclaveRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

//easyjson:json
type enclaveRefs []enclaveRef

// incidentReport is the report in a submission of either version; version 1.2 wraps
// it in an object of that name.
//
//easyjson:json
type incidentReport struct {
	Title              string    `json:"title"`
	ReportBody         string    `json:"reportBody"`
	DistributionType   string    `json:"distributionType"`
	ExternalTrackingID looseText `json:"externalTrackingId"`
	ExternalURL        string    `json:"externalUrl"`
	TimeBegan          looseTime `json:"timeBegan"`
}

//easyjson:json
type submit12Request struct {
	IncidentReport *incidentReport `json:"incidentReport"`
	EnclaveIDs     []string        `json:"enclaveIds"`
}

//easyjson:json
type submit12Answer struct {
	ReportID           string           `json:"reportId"`
	ExternalTrackingID *string          `json:"externalTrackingId"`
	ReportIndicators   reportIndicators `json:"reportIndicators"`
}

// reportIndicators are a report's indicators by type. The ten lists of the vendor's
// page are always there; the two others, which one of the vendor's clients knows,
// only when they hold something.
//
//easyjson:json
type reportIndicators struct {
	IP             []string `json:"IP"`
	URL            []string `json:"URL"`
	MD5            []string `json:"MD5"`
	SHA1           []string `json:"SHA1"`
	SHA256         []string `json:"SHA256"`
	Software       []string `json:"SOFTWARE"`
	CVE            []string `json:"CVE"`
	EmailAddress   []string `json:"EMAIL_ADDRESS"`
	Malware        []string `json:"MALWARE"`
	RegistryKey    []string `json:"REGISTRY_KEY"`
	CIDRBlock      []string `json:"CIDR_BLOCK,omitempty"`
	BitcoinAddress []string `json:"BITCOIN_ADDRESS,omitempty"`
}

// report12Answer has the fields of the vendor's page and those that a client of
// version 1.2 lists. Times are in milliseconds.
//
//easyjson:json
type report12Answer struct {
	ID                 string          `json:"id"`
	ExternalID         *string         `json:"externalId"`
	ExternalTrackingID *string         `json:"externalTrackingId"`
	ExternalURL        *string         `json:"externalUrl"`
	Title              string          `json:"title"`
	ReportBody         string          `json:"reportBody"`
	DistributionType   string          `json:"distributionType"`
	Enclaves           enclaveRefs     `json:"enclaves"`
	TimeBegan          int64           `json:"timeBegan"`
	Created            int64           `json:"created"`
	Updated            int64           `json:"updated"`
	CorrelationCount   int64           `json:"correlationCount"`
	Indicators         foundIndicators `json:"indicators"`
	IndicatorsCount    int             `json:"indicatorsCount"`
	SubmissionStatus   string          `json:"submissionStatus"`
}

// submit13Request is a report as the vendor's SDK writes it: all of its model's
// fields, nulls included. Those that the server makes are passed over.
//
//easyjson:json
type submit13Request struct {
	incidentReport
	EnclaveIDs []string `json:"enclaveIds"`
}

// report13Answer is the Report object of version 1.3. Times are in milliseconds.
//
//easyjson:json
type report13Answer struct {
	ID string `json:"id"`
	// ExternalTrackingID and ExternalID are the same: the vendor's schema has one
	// name, its samples the other.
	ExternalTrackingID *string  `json:"externalTrackingId"`
	ExternalID         *string  `json:"externalId"`
	Title              string   `json:"title"`
	ReportBody         *string  `json:"reportBody"`
	Created            int64    `json:"created"`
	Updated            int64    `json:"updated"`
	TimeBegan          int64    `json:"timeBegan"`
	DistributionType   string   `json:"distributionType"`
	EnclaveIDs         []string `json:"enclaveIds"`
	ExternalURL        *string  `json:"externalUrl"`
}

// reportPage is a numbered page of reports.
//
//easyjson:json
type reportPage struct {
	Items      []report13Answer `json:"items"`
	PageNumber int              `json:"pageNumber"`
	// PageSize is what was asked for, not the number of items.
	PageSize int  `json:"pageSize"`
	HasNext  bool `json:"hasNext"`
	Empty    bool `json:"empty"`
}

// reportStatus says how far the processing of a report is.
//
//easyjson:json
type reportStatus struct {
	ID           string `json:"id"`
	Status       string `json:"status"`
	ErrorMessage string `json:"errorMessage"`
}

// reportIndicator is an Indicator object as far as reports have it.
//
//easyjson:json
type reportIndicator struct {
	GUID  string `json:"guid"`
	Type  string `json:"indicatorType"`
	Value string `json:"value"`
	// Weight is 1: nothing was taken out.
	Weight      int   `json:"weight"`
	Whitelisted *bool `json:"whitelisted,omitempty"`
}

//easyjson:json
type indicatorPage struct {
	Items         []reportIndicator `json:"items"`
	PageNumber    int               `json:"pageNumber"`
	PageSize      int               `json:"pageSize"`
	HasNext       bool              `json:"hasNext"`
	Empty         bool              `json:"empty"`
	TotalElements int               `json:"totalElements"`
}
