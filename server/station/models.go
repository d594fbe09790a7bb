package station

// What goes over the wire. Long because easyjson's generator needs the types of a
// package that use each other together. Lists are never null, absent texts are; times
// are milliseconds.

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
	// Template names what the enclave is for; see TemplatePhishing.
	Template string `json:"templateName"`
	// Workflows says whether workflows run there: they are stored and never run.
	Workflows bool `json:"workflowSupported"`
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

// storedIndicator is an indicator in a report's row. ObservableType is there where it
// does not follow from the others, Detail where a submission of indicators has any.
//
//easyjson:json
type storedIndicator struct {
	Type           string           `json:"indicatorType"`
	Value          string           `json:"value"`
	ObservableType string           `json:"observableType,omitempty"`
	Detail         *indicatorDetail `json:"detail,omitempty"`
}

//easyjson:json
type storedIndicators []storedIndicator

// indicatorDetail is what version 2.0 submits beside an observable.
//
//easyjson:json
type indicatorDetail struct {
	ValidFrom          int64      `json:"validFrom,omitempty"`
	ValidTo            int64      `json:"validTo,omitempty"`
	MaliciousScore     string     `json:"maliciousScore,omitempty"`
	ConfidenceScore    string     `json:"confidenceScore,omitempty"`
	Attributes         []entity20 `json:"attributes,omitempty"`
	RelatedObservables []entity20 `json:"relatedObservables,omitempty"`
	Properties         properties `json:"properties,omitempty"`
	Tags               []string   `json:"tags,omitempty"`
}

// typedValue is an observable or an attribute.
//
//easyjson:json
type typedValue struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

//easyjson:json
type entity20 struct {
	Entity          typedValue `json:"entity"`
	ValidFrom       int64      `json:"validFrom,omitempty"`
	ValidTo         int64      `json:"validTo,omitempty"`
	ConfidenceScore string     `json:"confidenceScore,omitempty"`
}

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
	SubmitSource       string          `json:"submitSource"`
}

// update12Request is submit12Request; what is absent stays as it is.
//
//easyjson:json
type update12Request struct {
	IncidentReport *reportChange `json:"incidentReport"`
	EnclaveIDs     *[]string     `json:"enclaveIds"`
}

// reportChange is a report of which parts may be absent.
//
//easyjson:json
type reportChange struct {
	Title              *string    `json:"title"`
	ReportBody         *string    `json:"reportBody"`
	DistributionType   *string    `json:"distributionType"`
	ExternalTrackingID *looseText `json:"externalTrackingId"`
	ExternalURL        *string    `json:"externalUrl"`
	TimeBegan          *looseTime `json:"timeBegan"`
}

//easyjson:json
type update13Request struct {
	reportChange
	EnclaveIDs *[]string `json:"enclaveIds"`
	// GUID is the id of the report that an upsert changes.
	GUID string `json:"guid"`
	// Tags of a copy.
	Tags []string `json:"tags"`
}

//easyjson:json
type reportList12 struct {
	Status        string       `json:"status"`
	PageSize      int          `json:"pageSize"`
	TotalPages    int          `json:"totalPages"`
	PageNumber    int          `json:"pageNumber"`
	MoreResults   bool         `json:"moreResults"`
	TotalElements int          `json:"totalElements"`
	Data          reportData12 `json:"data"`
}

//easyjson:json
type reportData12 struct {
	Reports []report12Answer `json:"reports"`
}

//easyjson:json
type latest12Answer struct {
	Status     string           `json:"status"`
	Indicators reportIndicators `json:"indicators"`
	// QueryDate in milliseconds, IntervalSize in hours.
	QueryDate    int64  `json:"queryDate"`
	IntervalSize int    `json:"intervalSize"`
	Limit        int    `json:"limit"`
	Source       string `json:"source"`
}

//easyjson:json
type find12Answer struct {
	Indicators reportIndicators `json:"indicators"`
	// ExternalIntelligence and OpenSourceCorrelations come from sources that this
	// station does not have.
	ExternalIntelligence   []string `json:"externalIntelligence"`
	OpenSourceCorrelations []string `json:"openSourceCorrelations"`
}

//easyjson:json
type trending12Answer struct {
	MoreResults   bool           `json:"moreResults"`
	PageNumber    int            `json:"pageNumber"`
	TotalPages    int            `json:"totalPages"`
	Data          trendingData12 `json:"data"`
	PageSize      int            `json:"pageSize"`
	TotalElements int            `json:"totalElements"`
	ElementCount  int            `json:"elementCount"`
}

//easyjson:json
type trendingData12 struct {
	Items []trend12 `json:"items"`
}

//easyjson:json
type trend12 struct {
	Type             string `json:"indicatorType"`
	CorrelationCount int64  `json:"correlationCount"`
	Value            string `json:"value"`
}

// enclaveTag12 is a report's tag in one enclave.
//
//easyjson:json
type enclaveTag12 struct {
	GUID string `json:"guid"`
	Name string `json:"name"`
	// Count is how many reports of the enclave have the tag.
	Count     int64  `json:"count"`
	EnclaveID string `json:"enclaveId"`
}

//easyjson:json
type enclaveTagList []enclaveTag12

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

// indicator13 is the Indicator object; each operation fills its part of it.
//
//easyjson:json
type indicator13 struct {
	GUID             string   `json:"guid"`
	Type             string   `json:"indicatorType"`
	Value            string   `json:"value"`
	Weight           *int     `json:"weight,omitempty"`
	PriorityLevel    string   `json:"priorityLevel,omitempty"`
	CorrelationCount *int64   `json:"correlationCount,omitempty"`
	Whitelisted      *bool    `json:"whitelisted,omitempty"`
	NoteCount        *int     `json:"noteCount,omitempty"`
	Sightings        *int64   `json:"sightings,omitempty"`
	FirstSeen        *int64   `json:"firstSeen,omitempty"`
	LastSeen         *int64   `json:"lastSeen,omitempty"`
	EnclaveIDs       *idList  `json:"enclaveIds,omitempty"`
	Tags             *tagList `json:"tags,omitempty"`
	Source           *string  `json:"source,omitempty"`
	Notes            *idList  `json:"notes,omitempty"`
}

//easyjson:json
type indicatorList13 []indicator13

//easyjson:json
type indicatorPage struct {
	Items         []indicator13 `json:"items"`
	PageNumber    int           `json:"pageNumber"`
	PageSize      int           `json:"pageSize"`
	HasNext       bool          `json:"hasNext"`
	Empty         bool          `json:"empty"`
	TotalElements int           `json:"totalElements"`
	TotalPages    int           `json:"totalPages"`
}

// tag13 is a Tag: of a report, whose GUID is its name, or of an indicator.
//
//easyjson:json
type tag13 struct {
	GUID      string `json:"guid"`
	Name      string `json:"name"`
	EnclaveID string `json:"enclaveId"`
}

//easyjson:json
type tagList []tag13

//easyjson:json
type alterTags13 struct {
	AddedTags   []tag13 `json:"addedTags"`
	RemovedTags []tag13 `json:"removedTags"`
}

//easyjson:json
type indicatorTagRequest struct {
	Value string `json:"value"`
	Tag   *tag13 `json:"tag"`
}

//easyjson:json
type submitIndicatorsRequest struct {
	EnclaveIDs []string         `json:"enclaveIds"`
	Content    []givenIndicator `json:"content"`
	Tags       []tag13          `json:"tags"`
}

// givenIndicator is an indicator that is submitted by itself.
//
//easyjson:json
type givenIndicator struct {
	Value     string   `json:"value"`
	FirstSeen *int64   `json:"firstSeen"`
	LastSeen  *int64   `json:"lastSeen"`
	Sightings *int64   `json:"sightings"`
	Source    string   `json:"source"`
	Notes     string   `json:"notes"`
	Tags      *tagList `json:"tags"`
}

// submittedRow is a givenIndicator on its way into the table of that name.
//
//easyjson:json
type submittedRow struct {
	Folded     string `json:"f"`
	Type       string `json:"t"`
	Observable string `json:"o"`
	Value      string `json:"v"`
	FirstSeen  int64  `json:"a"`
	LastSeen   int64  `json:"z"`
	Sightings  int64  `json:"s"`
	Source     string `json:"c"`
	Notes      string `json:"n"`
}

//easyjson:json
type submittedRows []submittedRow

// tagRow is an indicator's tag on its way into the table indicator_tags.
//
//easyjson:json
type tagRow struct {
	Enclave string `json:"e"`
	Name    string `json:"n"`
	GUID    string `json:"g"`
	Folded  string `json:"f"`
}

//easyjson:json
type tagRows []tagRow

//easyjson:json
type metadataRequest []foundIndicator

//easyjson:json
type searchTermRequest struct {
	SearchTerm string `json:"searchTerm"`
}

// summary13 is an IndicatorSummary: what one report says about one value.
//
//easyjson:json
type summary13 struct {
	Value         string        `json:"value"`
	Type          string        `json:"type"`
	ReportID      string        `json:"reportId"`
	EnclaveID     string        `json:"enclaveId"`
	Source        *keyName      `json:"source"`
	Score         *nameValue    `json:"score"`
	Created       int64         `json:"created"`
	Updated       int64         `json:"updated"`
	Description   *string       `json:"description"`
	Attributes    []attribute13 `json:"attributes"`
	SeverityLevel *int          `json:"severityLevel"`
}

//easyjson:json
type keyName struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

//easyjson:json
type nameValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

//easyjson:json
type attribute13 struct {
	Name        string `json:"name"`
	Value       string `json:"value"`
	LogicalType string `json:"logicalType"`
	Description string `json:"description"`
}

//easyjson:json
type summaryPage struct {
	Items         []summary13 `json:"items"`
	PageNumber    int         `json:"pageNumber"`
	PageSize      int         `json:"pageSize"`
	HasNext       bool        `json:"hasNext"`
	Empty         bool        `json:"empty"`
	TotalElements int         `json:"totalElements"`
}

// requestQuota is a RequestQuota. Times are in milliseconds.
//
//easyjson:json
type requestQuota struct {
	GUID          string `json:"guid"`
	MaxRequests   int64  `json:"maxRequests"`
	UsedRequests  int64  `json:"usedRequests"`
	TimeWindow    int64  `json:"timeWindow"`
	LastResetTime int64  `json:"lastResetTime"`
	NextResetTime int64  `json:"nextResetTime"`
}

//easyjson:json
type quotaList []requestQuota

//easyjson:json
type redaction struct {
	Title      string `json:"title"`
	ReportBody string `json:"reportBody"`
}

// submissionRef answers copies, moves and the submissions of 2.0.
//
//easyjson:json
type submissionRef struct {
	ID      string `json:"id"`
	Version int64  `json:"submissionVersion"`
}

//easyjson:json
type idAnswer struct {
	ID string `json:"id"`
}

//easyjson:json
type guidAnswer struct {
	GUID string `json:"guid"`
}

//easyjson:json
type statusAnswer struct {
	Status string `json:"status"`
}

// exportQuery is a search of indicators that is carried out later.
//
//easyjson:json
type exportQuery struct {
	Term     string   `json:"term"`
	Enclaves []string `json:"enclaves"`
	Types    []string `json:"types"`
	From     int64    `json:"from"`
	To       int64    `json:"to"`
	Tags     []string `json:"tags"`
	Excluded []string `json:"excluded"`
}

//easyjson:json
type triageRequest struct {
	From            *int64    `json:"from"`
	To              *int64    `json:"to"`
	PriorityScores  *[]int64  `json:"priorityEventScore"`
	IndicatorScores *[]int64  `json:"normalizedIndicatorScore"`
	Status          *[]string `json:"status"`
	EnclaveIDs      []string  `json:"enclaveIds"`
	Cursor          string    `json:"cursor"`
}

// phishingSubmission is a PhishingSubmission.
//
//easyjson:json
type phishingSubmission struct {
	ID       string            `json:"submissionId"`
	Title    string            `json:"title"`
	Priority int64             `json:"priorityEventScore"`
	Status   string            `json:"status"`
	Context  []phishingContext `json:"context"`
}

//easyjson:json
type phishingContext struct {
	Type       string    `json:"indicatorType"`
	Value      string    `json:"indicatorValue"`
	Source     string    `json:"sourceKey"`
	Normalized int64     `json:"normalizedIndicatorScore"`
	Original   nameValue `json:"originalIndicatorScore"`
}

// phishingIndicator is a PhishingIndicator: a context under other names.
//
//easyjson:json
type phishingIndicator struct {
	Type       string    `json:"indicatorType"`
	Value      string    `json:"value"`
	Source     string    `json:"sourceKey"`
	Normalized int64     `json:"normalizedIndicatorScore"`
	Original   nameValue `json:"originalIndicatorScore"`
}

//easyjson:json
type phishingSubmissionPage struct {
	Items    []phishingSubmission `json:"items"`
	Metadata cursorMetadata       `json:"responseMetadata"`
}

//easyjson:json
type phishingIndicatorPage struct {
	Items    []phishingIndicator `json:"items"`
	Metadata cursorMetadata      `json:"responseMetadata"`
}

//easyjson:json
type cursorMetadata struct {
	// NextCursor is empty on the last page.
	NextCursor string `json:"nextCursor"`
	TotalItems int64  `json:"totalItems"`
}

// cursor is what NextCursor holds, in base64.
//
//easyjson:json
type cursor struct {
	PageNumber int64 `json:"pageNumber"`
	PageSize   int64 `json:"pageSize"`
	Offset     int64 `json:"offset"`
}

// The rest is version 2.0 alone.

// submission20Request is the body of every write of a submission. Content is an object
// for indicators and a text for the other kinds.
//
//easyjson:json
type submission20Request struct {
	Title       *string    `json:"title"`
	Content     content20  `json:"content"`
	EnclaveGUID string     `json:"enclaveGuid"`
	ExternalID  looseText  `json:"externalId"`
	ID          string     `json:"id"`
	ExternalURL *string    `json:"externalUrl"`
	Timestamp   *looseTime `json:"timestamp"`
	Tags        *[]string  `json:"tags"`
	RawContent  *string    `json:"rawContent"`
}

//easyjson:json
type indicatorContent struct {
	Indicators []indicator20 `json:"indicators"`
}

// indicator20 is an indicator in a submission's content.
//
//easyjson:json
type indicator20 struct {
	Observable *typedValue `json:"observable"`
	indicatorDetail
}

// submission20Answer is a submission in detail. Content is null unless it was asked for.
//
//easyjson:json
type submission20Answer struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Content     content20 `json:"content"`
	EnclaveGUID string    `json:"enclaveGuid"`
	ExternalID  *string   `json:"externalId"`
	ExternalURL *string   `json:"externalUrl"`
	Timestamp   int64     `json:"timestamp"`
	Created     int64     `json:"created"`
	Updated     int64     `json:"updated"`
	Tags        idList    `json:"tags"`
	Version     int64     `json:"submissionVersion"`
	RawContent  *string   `json:"rawContent,omitempty"`
}

//easyjson:json
type submissionSummary20 struct {
	GUID        string `json:"guid"`
	EnclaveGUID string `json:"enclaveGuid"`
	Title       string `json:"title"`
	Created     int64  `json:"created"`
	Updated     int64  `json:"updated"`
	Tags        idList `json:"tags"`
}

//easyjson:json
type submissionPage20 struct {
	Items    []submissionSummary20 `json:"items"`
	Metadata cursorMetadata        `json:"responseMetadata"`
}

//easyjson:json
type alterTags20 struct {
	AddedTags       []string `json:"addedTags"`
	RemovedTags     []string `json:"removedTags"`
	EnclaveID       string   `json:"enclaveId"`
	EnclaveGUID     string   `json:"enclaveGuid"`
	IDType          string   `json:"idType"`
	ObservableValue string   `json:"observableValue"`
}

// search20Request is the body of all searches; each reads its part.
//
//easyjson:json
type search20Request struct {
	QueryTerm          string       `json:"queryTerm"`
	From               *int64       `json:"from"`
	To                 *int64       `json:"to"`
	EnclaveGUIDs       []string     `json:"enclaveGuids"`
	SortColumn         string       `json:"sortColumn"`
	SortOrder          string       `json:"sortOrder"`
	IncludedTags       []string     `json:"includedTags"`
	ExcludedTags       []string     `json:"excludedTags"`
	Cursor             string       `json:"cursor"`
	PriorityScores     []int64      `json:"priorityScores"`
	Types              []string     `json:"types"`
	Attributes         []typedValue `json:"attributes"`
	RelatedObservables []typedValue `json:"relatedObservables"`
	IncludeSafelisted  bool         `json:"includeSafelisted"`
}

// prioritized20 is an indicator of an enclave with what is known about it.
//
//easyjson:json
type prioritized20 struct {
	GUID           string           `json:"guid"`
	EnclaveGUID    string           `json:"enclaveGuid"`
	WorkflowGUID   *string          `json:"workflowGuid"`
	Observable     typedValue       `json:"observable"`
	PriorityScore  *string          `json:"priorityScore"`
	Attributes     []typedValue     `json:"attributes"`
	UserTags       []string         `json:"userTags"`
	SubmissionTags []string         `json:"submissionTags"`
	ScoreContexts  []scoreContext20 `json:"scoreContexts"`
	ValidFrom      *int64           `json:"validFrom"`
	ValidUntil     *int64           `json:"validUntil"`
	Created        int64            `json:"created"`
	Updated        int64            `json:"updated"`
	ProcessedAt    int64            `json:"processedAt"`
	Safelisted     bool             `json:"safelisted"`
}

//easyjson:json
type scoreContext20 struct {
	EnclaveGUID     string     `json:"enclaveGuid"`
	EnclaveName     string     `json:"enclaveName"`
	SourceName      string     `json:"sourceName"`
	NormalizedScore int64      `json:"normalizedScore"`
	Weight          int64      `json:"weight"`
	Properties      properties `json:"properties"`
}

//easyjson:json
type prioritizedPage20 struct {
	Items    []prioritized20 `json:"items"`
	Metadata cursorMetadata  `json:"responseMetadata"`
}

//easyjson:json
type observable20 struct {
	Type         string `json:"type"`
	Value        string `json:"value"`
	FirstSeen    int64  `json:"firstSeen"`
	LastSeen     int64  `json:"lastSeen"`
	EnclaveGUIDs idList `json:"enclaveGuids"`
	Tags         idList `json:"tags"`
}

//easyjson:json
type observablePage20 struct {
	Items    []observable20 `json:"items"`
	Metadata cursorMetadata `json:"responseMetadata"`
}

//easyjson:json
type observableNumberedPage20 struct {
	Items      []typedValue `json:"items"`
	PageNumber int          `json:"pageNumber"`
	PageSize   int          `json:"pageSize"`
	HasNext    bool         `json:"hasNext"`
}

//easyjson:json
type observableIDs []observableID

// observableID is a row of the table observable_ids.
//
//easyjson:json
type observableID struct {
	GUID   string `json:"g"`
	Folded string `json:"f"`
}

// safelist20 is a library of known-good values; Entries in detail alone.
//
//easyjson:json
type safelistAnswer struct {
	GUID        string             `json:"guid"`
	Name        string             `json:"name"`
	CompanyGUID string             `json:"companyGuid"`
	Excerpt     string             `json:"excerpt"`
	CreatedAt   int64              `json:"createdAt"`
	UpdatedAt   int64              `json:"updatedAt"`
	CreatedBy   string             `json:"createdBy"`
	UpdatedBy   string             `json:"updatedBy"`
	Entries     *safelistEntryList `json:"entries,omitempty"`
}

//easyjson:json
type safelistList []safelistAnswer

//easyjson:json
type safelistEntry struct {
	GUID      string `json:"guid"`
	Entity    string `json:"entity"`
	Type      string `json:"type"`
	CreatedBy string `json:"createdBy"`
	CreatedAt int64  `json:"createdAt"`
}

//easyjson:json
type safelistEntryList []safelistEntry

//easyjson:json
type safelistRequest struct {
	Name    string         `json:"name"`
	Entries []parsedEntity `json:"entries"`
	Text    string         `json:"text"`
}

//easyjson:json
type parsedEntity struct {
	Entity string `json:"entity"`
	Type   string `json:"type"`
}

//easyjson:json
type parsedEntities []parsedEntity

// safelistedRow is an entry on its way into the table safelisted.
//
//easyjson:json
type safelistedRow struct {
	GUID   string `json:"g"`
	Folded string `json:"f"`
	Type   string `json:"t"`
	Entity string `json:"e"`
}

//easyjson:json
type safelistedRows []safelistedRow

//easyjson:json
type workflowRequest struct {
	Name      string          `json:"name"`
	Config    *workflowConfig `json:"workflowConfig"`
	Safelists []string        `json:"safelistGuids"`
}

//easyjson:json
type workflowConfig struct {
	Type            string              `json:"type"`
	Source          workflowSource      `json:"workflowSource"`
	Destination     workflowDestination `json:"workflowDestination"`
	PriorityScores  []looseText         `json:"priorityScores"`
	ObservableTypes []string            `json:"observableTypes"`
}

//easyjson:json
type workflowSource struct {
	// Enclaves: the name is singular on the wire.
	Enclaves []enclaveWeight `json:"enclaveSourceConfig"`
}

//easyjson:json
type enclaveWeight struct {
	EnclaveGUID string `json:"enclaveGuid"`
	Weight      int64  `json:"weight"`
}

//easyjson:json
type workflowDestination struct {
	Enclaves []enclaveDestination `json:"enclaveDestinationConfigs"`
}

//easyjson:json
type enclaveDestination struct {
	EnclaveGUID string `json:"enclaveGuid"`
	Type        string `json:"destinationType"`
}

//easyjson:json
type workflowAnswer struct {
	GUID      string         `json:"guid"`
	Name      string         `json:"name"`
	Created   int64          `json:"created"`
	Updated   int64          `json:"updated"`
	Config    workflowConfig `json:"workflowConfig"`
	Safelists idList         `json:"safelistGuids"`
}

//easyjson:json
type workflowList struct {
	Items []workflowAnswer `json:"items"`
}
