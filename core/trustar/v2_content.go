package trustar

import (
	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// Relation is an attribute of an indicator, or an observable that has to do with it,
// and for how long that is so.
//
//easyjson:json
type Relation struct {
	Entity Term `json:"entity"`
	// ValidFrom and ValidTo are left out when 0.
	ValidFrom Timestamp `json:"validFrom,omitempty"`
	ValidTo   Timestamp `json:"validTo,omitempty"`
	// Confidence is LOW, MEDIUM, HIGH, or "" for none.
	Confidence string `json:"confidenceScore,omitempty"`
}

// StructuredIndicator is one of a set.
//
//easyjson:json
type StructuredIndicator struct {
	Observable Term      `json:"observable"`
	ValidFrom  Timestamp `json:"validFrom,omitempty"`
	ValidTo    Timestamp `json:"validTo,omitempty"`
	// Malicious is BENIGN, LOW, MEDIUM, HIGH, or "" for none; Confidence has no BENIGN.
	Malicious  string `json:"maliciousScore,omitempty"`
	Confidence string `json:"confidenceScore,omitempty"`
	// Attributes and RelatedObservables are at most 50 each, Properties and Tags 20.
	Attributes         []Relation `json:"attributes,omitempty"`
	RelatedObservables []Relation `json:"relatedObservables,omitempty"`
	Properties         Properties `json:"properties,omitempty"`
	Tags               []string   `json:"tags,omitempty"`
}

const (
	scoreBenign = "BENIGN"
	scoreLow    = "LOW"
	scoreMedium = "MEDIUM"
	scoreHigh   = "HIGH"
)

func (i StructuredIndicator) sendable() error {
	if err := i.Observable.sendable("observable", isObservable); err != nil {
		return err
	}
	switch {
	case len(i.Attributes) > maxAttributes:
		return invalid("attributes", "are more than 50")
	case len(i.RelatedObservables) > maxAttributes:
		return invalid("relatedObservables", "are more than 50")
	case len(i.Properties) > maxProperties:
		return invalid("properties", "are more than 20")
	case i.ValidTo != 0 && i.ValidTo < i.ValidFrom:
		return invalid("validTo", "lies before validFrom")
	}
	for _, list := range [...]struct {
		field string
		of    []Relation
		known func(string) bool
	}{{"attributes", i.Attributes, isAttribute}, {"relatedObservables", i.RelatedObservables, isObservable}} {
		for _, relation := range list.of {
			if err := relation.Entity.sendable(list.field, list.known); err != nil {
				return err
			}
			if err := oneOf("confidenceScore", relation.Confidence, scoreLow, scoreMedium, scoreHigh); err != nil {
				return err
			}
		}
	}
	err := oneOf("maliciousScore", i.Malicious, scoreBenign, scoreLow, scoreMedium, scoreHigh)
	if err == nil {
		err = oneOf("confidenceScore", i.Confidence, scoreLow, scoreMedium, scoreHigh)
	}
	if err == nil {
		err = checkTags20(i.Tags)
	}
	return err
}

// Content is what a submission is about: a text for events and intelligence, a list for
// indicators. Nil Indicators mean that it is a text.
type Content struct {
	Text       string
	Indicators []StructuredIndicator
}

// indicatorContent is the content of a set of indicators.
//
//easyjson:json
type indicatorContent struct {
	Indicators []StructuredIndicator `json:"indicators"`
}

// UnmarshalEasyJSON reads either form.
func (c *Content) UnmarshalEasyJSON(in *jlexer.Lexer) {
	*c = Content{}
	if in.CurrentToken() == jlexer.TokenString {
		c.Text = in.String()
		return
	}
	var list indicatorContent
	list.UnmarshalEasyJSON(in)
	if list.Indicators == nil {
		list.Indicators = []StructuredIndicator{}
	}
	c.Indicators = list.Indicators
}

// MarshalEasyJSON writes the form that the content has.
func (c Content) MarshalEasyJSON(out *jwriter.Writer) {
	if c.Indicators == nil {
		out.String(c.Text)
		return
	}
	indicatorContent{c.Indicators}.MarshalEasyJSON(out)
}

// MarshalJSON is for encoding/json.
func (c Content) MarshalJSON() ([]byte, error) {
	var w jwriter.Writer
	c.MarshalEasyJSON(&w)
	return w.BuildBytes()
}
