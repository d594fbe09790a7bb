package trustar

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// Indicators are the calls about indicators of all reports; those of one are
// Client.ReportIndicators. In 2.0 only SearchPrioritized and AlterTags are there.
type Indicators struct{ service }

// Indicators returns the calls about indicators.
func (c *Client) Indicators() Indicators { return Indicators{service{c}} }

// The types of indicators in 1.2 and 1.3. Domains are URL there.
const (
	TypeIP             = "IP"
	TypeCIDRBlock      = "CIDR_BLOCK"
	TypeURL            = "URL"
	TypeEmailAddress   = "EMAIL_ADDRESS"
	TypeMD5            = "MD5"
	TypeSHA1           = "SHA1"
	TypeSHA256         = "SHA256"
	TypeMalware        = "MALWARE"
	TypeSoftware       = "SOFTWARE"
	TypeRegistryKey    = "REGISTRY_KEY"
	TypeCVE            = "CVE"
	TypeBitcoinAddress = "BITCOIN_ADDRESS"
)

func isType(kind string) bool {
	switch kind {
	case TypeIP, TypeCIDRBlock, TypeURL, TypeEmailAddress, TypeMD5, TypeSHA1, TypeSHA256,
		TypeMalware, TypeSoftware, TypeRegistryKey, TypeCVE, TypeBitcoinAddress:
		return true
	}
	return false
}

// IndicatorDetails is an indicator with what the server says of it. Each call fills in
// what its page of the vendor's promises, and leaves the rest at zero.
//
//easyjson:json
type IndicatorDetails struct {
	// GUID is the type, a vertical bar and the value.
	GUID  string `json:"guid"`
	Type  string `json:"indicatorType"`
	Value string `json:"value"`
	// PriorityLevel is NOT_FOUND, LOW, MEDIUM or HIGH; late servers say NOT_FOUND of all.
	PriorityLevel    string `json:"priorityLevel"`
	CorrelationCount int    `json:"correlationCount"`
	Whitelisted      bool   `json:"whitelisted"`
	// FirstSeen and LastSeen are 0 when unknown.
	FirstSeen Timestamp `json:"firstSeen"`
	LastSeen  Timestamp `json:"lastSeen"`
	Sightings int       `json:"sightings"`
	NoteCount int       `json:"noteCount"`
	Notes     []string  `json:"notes"`
	// Source is "" unless the indicator was submitted by itself.
	Source     string   `json:"source"`
	Tags       []Tag    `json:"tags"`
	EnclaveIDs []string `json:"enclaveIds"`
}

func (d *IndicatorDetails) check() error {
	switch {
	case d.Type == "":
		return api.Missing("indicatorType for one of its indicators")
	case d.Value == "":
		return api.Missing("value for one of its indicators")
	}
	return checkTags(d.Tags)
}

//easyjson:json
type detailsList []IndicatorDetails

func (l *detailsList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	return checkDetails(*l)
}

func checkDetails(found []IndicatorDetails) error {
	for i := range found {
		if err := found[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// detailsPage is a page of indicators with details.
//
//easyjson:json
type detailsPage struct {
	pageHead
	Items []IndicatorDetails `json:"items"`
}

func (p *detailsPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	return checkDetails(p.Items)
}

func (p *detailsPage) items() []IndicatorDetails { return p.Items }

func newDetailsPage() numberedAnswer[IndicatorDetails] { return new(detailsPage) }

// IndicatorSearch says what to search indicators for. Times are about when they were
// last seen; they may lie a year apart. A public integration says that From is a day
// before now and To is now where they are 0.
type IndicatorSearch struct {
	Range
	// Term is part of an indicator, at least three characters; "" is any.
	Term string
	// Types are Type constants; nil is all.
	Types []string
	// EnclaveIDs, Tags and ExcludedTags are as in ReportQuery.
	EnclaveIDs   []string
	Tags         []string
	ExcludedTags []string
	// PageSize is how many to ask for at once, at most 1000; 0 is 1000.
	PageSize int
}

func (q IndicatorSearch) encode() (api.Query, error) {
	var query api.Query
	if len([]rune(q.Term)) < minSearchTerm && q.Term != "" {
		// The server would leave the term out, and answer with everything.
		return nil, invalid("searchTerm", "must have at least 3 characters")
	}
	for _, kind := range q.Types {
		if !isType(kind) {
			return nil, invalid("entityTypes", "has a type that API 1.3 does not know")
		}
		query.Add("entityTypes", kind)
	}
	if err := q.check(maxSpan); err != nil {
		return nil, err
	}
	q.addTo(&query, Version13)
	return query, filter{q.EnclaveIDs, q.Tags, q.ExcludedTags}.addTo(&query)
}

// Search iterates over the indicators that a search finds, the last seen first.
// ErrTooMany ends it after 10,000. A public integration takes status 400 for "nothing
// found", which an unknown tag causes; here it is an error.
//
// Source: the vendor's page "Search Indicators". As for Reports.Search the term goes
// by POST, and by GET where a server does not know that.
//
//api:operation GET /1.3/indicators/search
//api:operation POST /1.3/indicators/search
func (s Indicators) Search(ctx context.Context, q IndicatorSearch) iter.Seq2[IndicatorDetails, error] {
	filters, err := q.encode()
	if err != nil {
		return none[IndicatorDetails](err)
	}
	size, err := pageSize(q.PageSize, maxIndicatorPage, maxIndicatorPage)
	if err != nil {
		return none[IndicatorDetails](err)
	}
	search := termSearch{service: s.service, operation: "search indicators", section: "indicators", term: q.Term, filters: filters}
	return numbered[IndicatorDetails]{
		size: size, most: searchWindow, request: search.request, send: search.send, answer: newDetailsPage,
	}.all(ctx, s.service)
}

func (p *indicatorPage) items() []Indicator { return p.Items }

// Related iterates over the indicators that share a report with any of the values.
// Reports of the last 90 days count.
//
// Source: the vendor's page "Find Related Indicators".
//
//api:operation GET /1.3/indicators/related
func (s Indicators) Related(ctx context.Context, values []string, enclaveIDs ...string) iter.Seq2[Indicator, error] {
	if err := askable(values); err != nil {
		return none[Indicator](err)
	}
	return s.list(ctx, "find related indicators", func(query *api.Query) error {
		if err := addAll(query, "indicators", values); err != nil {
			return err
		}
		return addAll(query, "enclaveIds", enclaveIDs)
	}, "indicators", "related")
}

// askable refuses values that no list in an address can carry: servers divide it at
// commas, and refuse what is too long (414).
func askable(values []string) error {
	size := 0
	for _, value := range values {
		for _, c := range []byte(value) {
			if c == ',' {
				return invalid("indicators", "has a value with a comma, which would be asked for in two halves")
			}
		}
		size += encodedSize(value)
	}
	switch {
	case len(values) == 0:
		return invalid("indicators", "is empty")
	case size > maxCorrelatedQuery:
		return invalid("indicators", "is too long for one address: ask for fewer at once")
	}
	return nil
}

// list walks pages of plain indicators.
func (s Indicators) list(ctx context.Context, operation string, filters func(*api.Query) error, path ...string) iter.Seq2[Indicator, error] {
	return numbered[Indicator]{
		size: maxIndicatorPage,
		request: func(page api.Query) (*api.Request, error) {
			query := append(api.Query(nil), page...)
			if err := filters(&query); err != nil {
				return nil, err
			}
			return s.request(Version13, "GET", operation, query, path...)
		},
		answer: func() numberedAnswer[Indicator] { return new(indicatorPage) },
	}.all(ctx, s.service)
}

// List iterates over the indicators of a time; From is 7 days before now and To is now
// where they are 0. The tags are GUIDs. The vendor has replaced it by Search.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/indicators
func (s Indicators) List(ctx context.Context, span Range, enclaveIDs, tagGUIDs, excludedTagGUIDs []string) iter.Seq2[Indicator, error] {
	if err := span.check(0); err != nil {
		return none[Indicator](err)
	}
	return s.list(ctx, "list indicators", func(query *api.Query) error {
		span.addTo(query, Version13)
		err := addAll(query, "enclaveIds", enclaveIDs)
		if err == nil {
			err = addAll(query, "tagIds", tagGUIDs)
		}
		if err == nil {
			err = addAll(query, "excludedTagIds", excludedTagGUIDs)
		}
		return err
	}, "indicators")
}
