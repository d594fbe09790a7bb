package trustar

import (
	"os"
	"testing"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

type codec interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	check() error
	MarshalEasyJSON(w *jwriter.Writer)
}

// models are those that a server's bytes are decoded into.
func models() []codec {
	return []codec{
		new(token), new(report), new(reportPage), new(indicatorPage), new(enclaveList),
		new(idList), new(submitted12), new(incident), new(submission12),
		new(detailsPage), new(detailsList), new(summaryPage), new(phishingSubmissions), new(phishingIndicators), new(quotaList), new(enclaveDetailsList),
		new(latest), new(findAnswer), new(reportList12), new(reportDetails), new(tagList), new(ReportStatus), new(receipt), new(redacted), new(trendingPage), new(export), new(exportStatus),
		new(SubmissionDetails), new(submissionPage), new(prioritizedPage), new(observablePage), new(observableCursorPage),
		new(Safelist), new(safelistList), new(entityList), new(workflowList),
	}
}

// The law: no input panics, and what was understood is understood in the same way
// after it is written again.
func FuzzDecode(f *testing.F) {
	entries, err := os.ReadDir(fixtures)
	require.NoError(f, err)
	for _, entry := range entries {
		f.Add([]byte(fixture(f, entry.Name())))
	}
	f.Add([]byte(`{"items":[{"id":"a","timeBegan":"2016-09-22T11:38:35+00:00","externalId":12e3}],"totalElements":9}`))
	f.Add([]byte(`{"reportIndicators":{"IP":null,"URL":["\ud800"]},"reportId":"\u0000"}`))
	f.Add([]byte(`{"items":[{"value":"a","attributes":[{"value":{"b":[1]}}],"severityLevel":-1}],"responseMetadata":{"nextCursor":null}}`))
	f.Add([]byte(`{"id":"a","content":{"indicators":[{"observable":{"type":"a","value":"b"},"properties":{"a":"b","a":""}}]}}`))
	f.Add([]byte("{\"access_token\":\"\xaf\"}")) // no UTF-8
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = refusesToken(response(data))
		_ = saysNo(string(data))
		second := models()
		for i, first := range models() {
			if api.Decode(data, first.UnmarshalEasyJSON, first.check) != nil {
				continue
			}
			var w jwriter.Writer
			first.MarshalEasyJSON(&w)
			written, err := w.BuildBytes()
			require.NoError(t, err)
			require.NoError(t, api.Decode(written, second[i].UnmarshalEasyJSON, second[i].check), "%T: %s", first, written)
			require.Equal(t, first, second[i])
		}
	})
}
