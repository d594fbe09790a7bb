package trustar

import "context"

// MaxSubmittedIndicators is how many indicators one submission may hold, by the
// vendor's page "Submit Indicators".
const MaxSubmittedIndicators = 10_000

// SubmittedIndicator is an indicator on its way in; the server finds its type.
//
//easyjson:json
type SubmittedIndicator struct {
	Value string `json:"value"`
	// FirstSeen and LastSeen are left out when 0.
	FirstSeen Timestamp `json:"firstSeen,omitempty"`
	LastSeen  Timestamp `json:"lastSeen,omitempty"`
	Sightings int       `json:"sightings,omitempty"`
	Source    string    `json:"source,omitempty"`
	Notes     string    `json:"notes,omitempty"`
	// Tags win over those of the whole submission.
	Tags []IndicatorTag `json:"tags,omitempty"`
}

// IndicatorTag is a tag for an indicator: a name in an enclave.
//
//easyjson:json
type IndicatorTag struct {
	Name      string `json:"name"`
	EnclaveID string `json:"enclaveId"`
}

//easyjson:json
type indicatorSubmission struct {
	EnclaveIDs []string             `json:"enclaveIds"`
	Content    []SubmittedIndicator `json:"content"`
	Tags       []IndicatorTag       `json:"tags,omitempty"`
}

func checkIndicatorTags(tags []IndicatorTag) error {
	for _, tag := range tags {
		if err := newTag(tag).check(); err != nil {
			return err
		}
	}
	return nil
}

// Submit files indicators without a report, at most MaxSubmittedIndicators; tags apply
// to all that have none of their own. The server deals with them later. It is not
// repeated by itself: sightings would be counted twice.
//
// Source: the vendor's page "Submit Indicators".
//
//api:operation POST /1.3/indicators
func (s Indicators) Submit(ctx context.Context, enclaveIDs []string, indicators []SubmittedIndicator, tags ...IndicatorTag) error {
	req, err := s.request(Version13, "POST", "submit indicators", nil, "indicators")
	if err != nil {
		return err
	}
	if err := nonEmpty("enclaveIds", enclaveIDs); err != nil {
		return err
	}
	switch {
	case len(indicators) == 0:
		return invalid("content", "is empty")
	case len(indicators) > MaxSubmittedIndicators:
		return invalid("content", "has more than 10,000 indicators: submit them in parts")
	}
	if err := checkIndicatorTags(tags); err != nil {
		return err
	}
	for i := range indicators {
		switch one := &indicators[i]; {
		case one.Value == "":
			return invalid("value", "is missing")
		case one.FirstSeen < 0 || one.LastSeen < 0:
			return invalid("firstSeen", "lies before 1970")
		case one.FirstSeen != 0 && one.LastSeen != 0 && one.LastSeen < one.FirstSeen:
			return invalid("lastSeen", "lies before firstSeen")
		case one.Sightings < 0:
			return invalid("sightings", "is below 0")
		}
		if err := checkIndicatorTags(indicators[i].Tags); err != nil {
			return err
		}
	}
	if err := carry(req, indicatorSubmission{enclaveIDs, indicators, tags}); err != nil {
		return err
	}
	return s.act(ctx, req)
}
