//go:build !js

package lookup

import (
	"context"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

// maxSummarized is how many indicators are asked for at once.
const maxSummarized = 50

// Summaries finds what TruSTAR's sources say of indicators: their summaries, and what
// the platform notes of each. A server that has no such calls says nothing, and that
// says nothing about the indicators.
type Summaries struct {
	client   *trustar.Client
	identity SourceState
}

// NewSummaries returns the source behind a client of API 1.3.
func NewSummaries(client *trustar.Client, identity SourceState) Summaries {
	return Summaries{client, identity}
}

// Identity implements Source.
func (s Summaries) Identity() SourceState { return s.identity }

// Find implements Source.
func (s Summaries) Find(ctx context.Context, asked []report.Reference) Finding {
	f := Finding{Answered: make([]bool, len(asked)), State: StateAnswered}
	byValue := newWanted(asked).byValue
	var batch []string
	for i, reference := range asked {
		f.Answered[i] = true // what the platform has no type for it can say nothing of
		if t, ok := indicator.ParseType(reference.Type); ok && t.TruSTAR() != "" {
			batch = append(batch, reference.Value)
		}
		if len(batch) == maxSummarized || i == len(asked)-1 && len(batch) > 0 {
			err := s.ask(ctx, batch, func(value string, r Result) {
				for _, i := range byValue[strings.ToLower(value)] {
					r.Matched = append(r.Matched, asked[i])
				}
				if len(r.Matched) > 0 {
					f.Results = append(f.Results, r)
				}
			})
			if err != nil {
				for _, value := range batch {
					for _, i := range byValue[strings.ToLower(value)] {
						f.Answered[i] = false
					}
				}
				f.State, f.Words = StatePartial, words(err)
			}
			batch = nil
		}
	}
	return f
}

// ask asks for one batch: a call for the summaries, one for the notes.
func (s Summaries) ask(ctx context.Context, values []string, found func(string, Result)) error {
	for summary, err := range s.client.Indicators().Summaries(ctx, values) {
		if err != nil {
			return unlessMissing(err)
		}
		found(summary.Value, s.summary(&summary))
	}
	indicators := make([]trustar.Indicator, 0, len(values))
	for _, value := range values {
		indicators = append(indicators, trustar.Indicator{Value: value})
	}
	notes, err := s.client.Indicators().Metadata(ctx, indicators)
	if err != nil {
		return unlessMissing(err)
	}
	for i := range notes {
		if note := &notes[i]; note.Sightings > 0 || len(note.Notes) > 0 || len(note.Tags) > 0 {
			found(note.Value, s.note(note))
		}
	}
	return nil
}

// unlessMissing is nil for a server that has no such call.
func unlessMissing(err error) error {
	var status *api.StatusError
	var unsupported *api.UnsupportedError
	if errtype.As(err, &status) && (status.Status == 404 || status.Status == 405) || errtype.As(err, &unsupported) {
		return nil
	}
	return err
}

func (s Summaries) result(id, title string, created, updated trustar.Timestamp) Result {
	return Result{
		Kind: KindSummary, ProfileID: s.identity.ProfileID, Platform: s.identity.Platform, ID: id, Title: title,
		CreatedAt: int64(created), ModifiedAt: int64(updated),
	}
}

func (s Summaries) summary(found *trustar.IndicatorSummary) Result {
	title := "What a source says"
	if found.Source != nil && found.Source.Name != "" {
		title = found.Source.Name
	}
	if found.Score != nil {
		title += ": " + found.Score.Name + " " + found.Score.Value
	}
	r := s.result(found.ReportID+"|"+found.EnclaveID+"|"+found.Value, title, found.Created, found.Updated)
	r.Link = s.client.Link(found.ReportID)
	if found.SeverityLevel != nil {
		switch *found.SeverityLevel {
		case 1:
			r.Severity = "Low"
		case 2:
			r.Severity = "Medium"
		case 3:
			r.Severity = "High"
		}
	}
	return r
}

func (s Summaries) note(found *trustar.IndicatorDetails) Result {
	title := count(found.Sightings, "sighting")
	for _, note := range found.Notes {
		title += "; " + note
	}
	for _, tag := range found.Tags {
		title += "; " + tag.Name
	}
	if found.CorrelationCount > 0 {
		title += "; correlates with " + strconv.Itoa(found.CorrelationCount)
	}
	return s.result("note|"+found.Value, title, found.FirstSeen, found.LastSeen)
}

// Both asks two sources of one profile as one.
type Both struct{ First, Second Source }

// Identity implements Source.
func (b Both) Identity() SourceState { return b.First.Identity() }

// Find implements Source. The second is asked while the first is: what it finds stands
// beside, and an indicator is answered for when both have answered.
func (b Both) Find(ctx context.Context, asked []report.Reference) Finding {
	var second Finding
	done := make(chan struct{})
	go func() {
		second = b.Second.Find(ctx, asked)
		close(done)
	}()
	f := b.First.Find(ctx, asked)
	<-done
	f.Results = append(f.Results, second.Results...)
	for i := range f.Answered {
		f.Answered[i] = f.Answered[i] && second.Answered[i]
	}
	if second.State != StateAnswered {
		if f.State == StateAnswered {
			f.State = StatePartial
		}
		if f.Words != second.Words { // both met the same trouble
			f.Words = strings.TrimSpace(f.Words + " " + second.Words)
		}
	}
	return f
}
