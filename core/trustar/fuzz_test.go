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
	f.Add([]byte("{\"access_token\":\"\xaf\"}")) // no UTF-8
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = refusesToken(response(data))
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
