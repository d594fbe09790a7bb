package app

import (
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/report"
)

// DraftError means that a draft cannot be filed as it stands.
type DraftError struct{ Problems []report.Problem }

func (e *DraftError) Error() string {
	words := make([]string, 0, len(e.Problems))
	for _, problem := range e.Problems {
		words = append(words, problem.Words)
	}
	return strings.Join(words, " ")
}

// Trouble implements report.Troubled.
func (e *DraftError) Trouble() report.Trouble {
	return report.Trouble{Kind: report.TroubleInvalid, What: "The report cannot be filed as it stands.", Todo: e.Error()}
}

// problemOf puts an error of preparing a draft beside the field that it is about.
func problemOf(err error) report.Problem {
	var invalid *api.InvalidError
	if errtype.As(err, &invalid) {
		return report.Problem{Field: draftField(invalid.Field), Words: report.Explain(invalid).What}
	}
	trouble := report.Explain(err)
	return report.Problem{Field: "profileId", Words: strings.TrimSpace(trouble.What + " " + trouble.Todo)}
}

// draftField is the draft's name of a field that the platform's contract names.
func draftField(field string) string {
	switch field {
	case "externalTrackingId":
		return "id"
	case "reportBody":
		return "body"
	case "distributionType":
		return "distribution"
	case "title", "timeBegan", "enclaveIds", "externalUrl":
		return field
	}
	return ""
}
