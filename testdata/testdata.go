// Package testdata carries the samples that servers, tests and the sample pages
// share. It is imported by our own stand-ins and tests alone.
package testdata

import (
	"embed"
	"encoding/json"
	"io/fs"
)

//go:embed planted.json
var planted []byte

//go:embed pages
var pages embed.FS

// Indicator is a value with the engine's name of its type.
type Indicator struct {
	Type string `json:"type"`
	// Value is canonical, as the engine writes it.
	Value string `json:"value"`
}

// Campaign is an invented campaign whose indicators stand in sample pages, in the
// sandbox's cases and in the station's demo reports.
type Campaign struct {
	Name string `json:"name"`
	// Slug is the name in lower case with hyphens.
	Slug       string      `json:"slug"`
	Indicators []Indicator `json:"indicators"`
}

// Campaigns returns the planted campaigns, in the file's order. The slices are
// the caller's own.
func Campaigns() ([]Campaign, error) {
	var file struct {
		Campaigns []Campaign `json:"campaigns"`
	}
	if err := json.Unmarshal(planted, &file); err != nil {
		return nil, err
	}
	return file.Campaigns, nil
}

// Pages is the folder of sample pages.
func Pages() fs.FS {
	sub, err := fs.Sub(pages, "pages")
	if err != nil { // the folder is part of the program
		panic(err)
	}
	return sub
}
