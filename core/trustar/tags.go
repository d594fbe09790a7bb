package trustar

import (
	"strings"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/api"
)

// MaxTag is the longest name of a tag in characters, by the vendor's page "Alter
// Report Tags".
const MaxTag = 90

// Tag is a label on a report or on an indicator.
//
//easyjson:json
type Tag struct {
	// GUID is the name itself for a tag of a report in 1.3.
	GUID string `json:"guid"`
	Name string `json:"name"`
	// EnclaveID is the enclave that the tag belongs to; for a report's tag in 1.3 the
	// report's.
	EnclaveID string `json:"enclaveId"`
}

func (t *Tag) check() error {
	if t.Name == "" {
		return api.Missing("name for a tag")
	}
	return nil
}

//easyjson:json
type tagList []Tag

func (l *tagList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	return checkTags(*l)
}

func checkTags(tags []Tag) error {
	for i := range tags {
		if err := tags[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// named is a tag by its name alone.
//
//easyjson:json
type named struct {
	Name string `json:"name"`
}

// alteration is the body of a change of a report's tags in 1.3.
//
//easyjson:json
type alteration struct {
	Added   []named `json:"addedTags"`
	Removed []named `json:"removedTags"`
}

// checkTagNames refuses names that no tag has. Blanks are let through: the vendor's
// own tests use them, though its page does not allow them.
func checkTagNames(names ...string) error {
	for _, name := range names {
		switch {
		case strings.TrimSpace(name) == "":
			return invalid("tag", "has no name")
		case utf8.RuneCountInString(name) > MaxTag:
			return invalid("tag", "is longer than 90 characters")
		case strings.ContainsAny(name, ",\r\n\t"):
			return invalid("tag", "has a comma or a line break")
		}
	}
	return nil
}

func namedTags(names []string) []named {
	tags := make([]named, 0, len(names))
	for _, name := range names {
		tags = append(tags, named{name})
	}
	return tags
}
