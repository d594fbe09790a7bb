package trustar

import (
	"strings"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// The limits of 2.0.
//
// Source: the vendor's second Python SDK, which cuts or refuses what is more.
const (
	MaxSubmissionIndicators = 2000
	maxTags20               = 20
	maxAttributes           = 50
	maxProperties           = 20
)

// The types of observables in 2.0. Files that do not know one take the word as it comes.
const (
	ObservableBitcoinAddress = "BITCOIN_ADDRESS"
	ObservableCIDRBlock      = "CIDR_BLOCK"
	ObservableDomain         = "DOMAIN"
	ObservableEmailAddress   = "EMAIL_ADDRESS"
	ObservableIP4            = "IP4"
	ObservableIP6            = "IP6"
	ObservableMD5            = "MD5"
	ObservablePhoneNumber    = "PHONE_NUMBER"
	ObservableRegistryKey    = "REGISTRY_KEY"
	ObservableSHA1           = "SHA1"
	ObservableSHA256         = "SHA256"
	ObservableSoftware       = "SOFTWARE"
	ObservableURL            = "URL"
	ObservableXID            = "X_ID"
)

func isObservable(kind string) bool {
	switch kind {
	case ObservableBitcoinAddress, ObservableCIDRBlock, ObservableDomain, ObservableEmailAddress, ObservableIP4, ObservableIP6,
		ObservableMD5, ObservablePhoneNumber, ObservableRegistryKey, ObservableSHA1, ObservableSHA256, ObservableSoftware,
		ObservableURL, ObservableXID:
		return true
	}
	return false
}

// The types of attributes in 2.0.
const (
	AttributeCAROMalware = "CARO_MALWARE"
	AttributeCVE         = "CVE"
	AttributeMalware     = "MALWARE"
	AttributeMitreTactic = "MITRE_TACTIC"
	AttributeThreatActor = "THREAT_ACTOR"
)

func isAttribute(kind string) bool {
	switch kind {
	case AttributeCAROMalware, AttributeCVE, AttributeMalware, AttributeMitreTactic, AttributeThreatActor:
		return true
	}
	return false
}

// Term is a type with a value: an observable or an attribute.
//
//easyjson:json
type Term struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

func (t *Term) check() error {
	switch {
	case t.Type == "":
		return api.Missing("type for one of its items")
	case t.Value == "":
		return api.Missing("value for one of its items")
	}
	return nil
}

// sendable refuses a term that the server cannot take; known tells its types.
func (t Term) sendable(field string, known func(string) bool) error {
	switch {
	case !known(t.Type):
		return invalid(field, "has a type that API 2.0 does not know")
	case t.Value == "":
		return invalid(field, "has an empty value")
	}
	return nil
}

// Entity is a value that the server recognised in a text, or one on a safelist.
//
//easyjson:json
type Entity struct {
	Entity string `json:"entity"`
	Type   string `json:"type"`
}

//easyjson:json
type entityList []Entity

func (l *entityList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for _, entity := range *l {
		if entity.Entity == "" {
			return api.Missing("entity for one of its items")
		}
	}
	return nil
}

// Property is a name with a text.
type Property struct{ Name, Value string }

// Properties are an object of texts, in the order in which they are written.
type Properties []Property

// UnmarshalEasyJSON reads an object. A name that stands twice is there twice.
func (p *Properties) UnmarshalEasyJSON(in *jlexer.Lexer) {
	*p = nil
	in.Delim('{')
	for in.Ok() && !in.IsDelim('}') {
		name := in.String()
		in.WantColon()
		*p = append(*p, Property{name, in.String()})
		in.WantComma()
	}
	in.Delim('}')
}

// MarshalEasyJSON writes an object.
func (p Properties) MarshalEasyJSON(out *jwriter.Writer) {
	out.RawByte('{')
	for i, property := range p {
		if i > 0 {
			out.RawByte(',')
		}
		out.String(property.Name)
		out.RawByte(':')
		out.String(property.Value)
	}
	out.RawByte('}')
}

// MarshalJSON is for encoding/json.
func (p Properties) MarshalJSON() ([]byte, error) {
	var w jwriter.Writer
	p.MarshalEasyJSON(&w)
	return w.BuildBytes()
}

// checkTags20 refuses tags that 2.0 would cut.
func checkTags20(lists ...[]string) error {
	for _, tags := range lists {
		if len(tags) > maxTags20 {
			return invalid("tags", "are more than 20")
		}
		for _, tag := range tags {
			if strings.TrimSpace(tag) == "" {
				return invalid("tags", "has an empty one")
			}
		}
	}
	return nil
}

func oneOf(field, word string, words ...string) error {
	if word == "" {
		return nil
	}
	for _, known := range words {
		if word == known {
			return nil
		}
	}
	return invalid(field, "is no word that API 2.0 knows")
}

// altered is the answer to a change of tags: an object whose inside is not published.
type altered struct{ api.Raw }

func (a *altered) check() error {
	switch {
	case len(a.Raw) == 0 || a.Raw[0] != '{':
		return words("it is no object")
	case saysNo(string(a.Raw)):
		return words("it says that it is an error")
	}
	return nil
}
