package main

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/trustar"
)

// object is anything, printed as JSON with the vendor's names.
type object struct{ of any }

// MarshalEasyJSON writes the object.
func (o object) MarshalEasyJSON(w *jwriter.Writer) {
	of := o.of
	switch one := of.(type) {
	case trustar.Report:
		of = reportObject{one}
	case trustar.ReportDetails:
		of = detailsObject{reportObject{one.Report}, one}
	case trustar.Submitted:
		of = submittedObject{one}
	}
	w.Raw(json.Marshal(of))
}

// objects makes a list of any type one of objects.
func objects[T any](seq iter.Seq2[T, error]) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		for one, err := range seq {
			if !yield(object{one}, err) {
				return
			}
		}
	}
}

// asObjects makes columns of a type those of objects.
func asObjects[T any](c columns[T]) columns[object] {
	return columns[object]{c.head, func(o object) []string { return c.row(o.of.(T)) }}
}

type reportObject struct{ of trustar.Report }

// MarshalJSON writes the report as API 1.3 would.
func (r reportObject) MarshalJSON() ([]byte, error) { return json.Marshal(r.fields()) }

type reportFields struct {
	ID           string              `json:"id"`
	ExternalID   string              `json:"externalTrackingId"`
	Title        string              `json:"title"`
	Body         string              `json:"reportBody"`
	Created      trustar.Timestamp   `json:"created"`
	Updated      trustar.Timestamp   `json:"updated"`
	TimeBegan    trustar.Timestamp   `json:"timeBegan"`
	Distribution string              `json:"distributionType"`
	EnclaveIDs   []string            `json:"enclaveIds"`
	ExternalURL  string              `json:"externalUrl"`
	Indicators   []trustar.Indicator `json:"indicators,omitempty"`
}

func (r reportObject) fields() reportFields {
	one := r.of
	return reportFields{
		one.ID, one.ExternalID, one.Title, one.Body, one.Created, one.Updated, one.TimeBegan, one.Distribution,
		one.EnclaveIDs, one.ExternalURL, one.Indicators,
	}
}

type detailsObject struct {
	report reportObject
	of     trustar.ReportDetails
}

// MarshalJSON writes the report with what else is said of it.
func (d detailsObject) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		reportFields
		Sector           trustar.Sector `json:"sector"`
		Notes            []trustar.Note `json:"notes,omitempty"`
		CorrelationCount int            `json:"correlationCount,omitempty"`
		SubmissionStatus string         `json:"submissionStatus,omitempty"`
		SubmitSource     string         `json:"submitSource,omitempty"`
	}{d.report.fields(), d.of.Sector, d.of.Notes, d.of.CorrelationCount, d.of.SubmissionStatus, d.of.SubmitSource})
}

type submittedObject struct{ of trustar.Submitted }

// MarshalJSON writes what the server says of a report that it has taken.
func (s submittedObject) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID         string              `json:"id"`
		ExternalID string              `json:"externalTrackingId"`
		Indicators []trustar.Indicator `json:"indicators,omitempty"`
	}{s.of.ReportID, s.of.ExternalID, s.of.Indicators})
}

func reportColumns() columns[trustar.Report] {
	now := time.Now()
	return columns[trustar.Report]{[]string{"ID", "UPDATED", "EXTERNAL", "TITLE"}, func(r trustar.Report) []string {
		return []string{r.ID, age(int64(r.Updated), now), r.ExternalID, r.Title}
	}}
}

func indicatorColumns() columns[trustar.Indicator] {
	return columns[trustar.Indicator]{[]string{"TYPE", "VALUE"}, func(i trustar.Indicator) []string { return []string{i.Type, i.Value} }}
}

func detailsColumns() columns[trustar.IndicatorDetails] {
	now := time.Now()
	return columns[trustar.IndicatorDetails]{
		[]string{"TYPE", "VALUE", "SIGHTINGS", "CORRELATED", "FIRST SEEN", "LAST SEEN", "TAGS"},
		func(d trustar.IndicatorDetails) []string {
			var tags []string
			for _, tag := range d.Tags {
				tags = append(tags, tag.Name)
			}
			return []string{
				d.Type, d.Value, strconv.Itoa(d.Sightings), strconv.Itoa(d.CorrelationCount), age(int64(d.FirstSeen), now), age(int64(d.LastSeen), now), strings.Join(tags, " "),
			}
		},
	}
}

func tagColumns() columns[trustar.Tag] {
	return columns[trustar.Tag]{[]string{"NAME", "ENCLAVE", "GUID"}, func(t trustar.Tag) []string { return []string{t.Name, t.EnclaveID, t.GUID} }}
}
