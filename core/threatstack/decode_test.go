package threatstack

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

type codec interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	MarshalEasyJSON(w *jwriter.Writer)
}

// models are those that a server's bytes are decoded into.
func models() []codec {
	return []codec{
		new(Agent), new(agentList), new(Alert), new(alertList), new(logList), new(organizationList), new(userList),
		new(Policy), new(policyList), new(failure), new(AgentV2), new(agentsAnswer), new(AlertV2), new(alertsAnswer),
		new(eventsAnswer), new(severityCountsAnswer), new(cvesAnswer), new(vulnerableServersAnswer), new(packagesAnswer),
		new(suppressionsAnswer), new(Ruleset), new(rulesetsAnswer), new(Rule), new(rulesAnswer), new(RuleTags), new(serversAnswer),
		new(membersAnswer), new(Invitation), new(auditAnswer), new(S3Export), new(api.Raw),
	}
}

// Every model that the code generates a decoder for is fuzzed, by itself or within
// another one; what is only sent is not.
func TestEveryDecoderIsFuzzed(t *testing.T) {
	t.Parallel()
	known := map[string]bool{ // what is only sent
		"Dismissal": true, "RulesetInput": true, "membership": true, "invitationInput": true, "bucketInput": true,
	}
	for _, model := range models() {
		known[reflect.TypeOf(model).Elem().Name()] = true
	}
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var sources strings.Builder
	for _, path := range paths {
		if !strings.HasSuffix(path, "_easyjson.go") && !strings.HasSuffix(path, "_test.go") {
			source, err := os.ReadFile(path)
			require.NoError(t, err)
			sources.Write(source)
		}
	}
	found := regexp.MustCompile(`//easyjson:json\ntype (\w+) `).FindAllStringSubmatch(sources.String(), -1)
	assert.Greater(t, len(found), 30)
	for _, match := range found {
		name := match[1]
		// A field of another model: "Agent LogAgent", "[]Tag", "*Name".
		within := regexp.MustCompile(`(?m)^\t\w+ +(\[\]|\*)?` + name + ` `).MatchString(sources.String())
		list := regexp.MustCompile(`(?m)^type \w+ \[\]` + name + `$`).MatchString(sources.String())
		assert.True(t, known[name] || within || list, "%s has a decoder that nobody fuzzes", name)
	}
}

func written(t *testing.T, model codec) string {
	t.Helper()
	var w jwriter.Writer
	model.MarshalEasyJSON(&w)
	text, err := w.BuildBytes()
	require.NoError(t, err)
	return string(text)
}

// Each object is written again as it was read: no field is lost.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]codec{
		"agents.json": new(agentList), "agent.json": new(Agent), "alerts.json": new(alertList), "alert.json": new(Alert),
		"logs.json": new(logList), "organizations.json": new(organizationList), "users.json": new(userList),
		"policies.json": new(policyList), "policy.json": new(Policy), "v2-events.json": new(eventsAnswer),
		"v2-severity-counts.json": new(severityCountsAnswer), "v2-vulnerabilities.json": new(cvesAnswer),
		"v2-ruleset.json": new(Ruleset), "v2-rule.json": new(Rule), "v2-tags.json": new(RuleTags), "v2-members.json": new(membersAnswer),
		"v2-invite.json": new(Invitation), "v2-s3export.json": new(S3Export), "v2-agent.json": new(AgentV2), "v2-alert.json": new(AlertV2),
	} {
		text := fixture(t, name)
		require.NoError(t, decode([]byte(text), model.UnmarshalEasyJSON), name)
		again := strings.ReplaceAll(written(t, model), `,"token":""`, `,"token":null`)
		// A text that is null is "" for us.
		for _, field := range []string{"description", "dismissedAt", "dismissReason", "dismissReasonText", "dismissedBy"} {
			text = strings.ReplaceAll(text, `"`+field+`":null`, `"`+field+`":""`)
		}
		if name == "v2-events.json" {
			again = strings.ReplaceAll(again, `,"token":null`, "")
		}
		assert.JSONEq(t, text, again, name)
		assert.NotContains(t, again, "Extra", name)
	}
}

func TestUnknownFieldsAreKept(t *testing.T) {
	t.Parallel()
	var agent Agent
	require.NoError(t, decode([]byte(`{"id":"a","zone":{"x":[1]},"paused_by":null}`), agent.UnmarshalEasyJSON))
	assert.Equal(t, []api.Extra{{Name: "zone", JSON: `{"x":[1]}`}, {Name: "paused_by", JSON: "null"}}, agent.Extra)
	assert.Contains(t, written(t, &agent), `"zone":{"x":[1]},"paused_by":null`)
}

func TestTimesOfAnAlert(t *testing.T) {
	t.Parallel()
	var alert Alert
	require.NoError(t, decode([]byte(fixture(t, "alert.json")), alert.UnmarshalEasyJSON))
	assert.Equal(t, time.Date(2017, 5, 1, 8, 0, 0, 0, time.UTC), alert.CreatedAt.Time())
	assert.Equal(t, time.Hour, alert.ExpiresAt.Time().Sub(alert.CreatedAt.Time()))
	assert.Equal(t, time.Date(2017, 5, 1, 8, 0, 5, 100e6, time.UTC), alert.LastNotifiedAt.Time())
	assert.True(t, Timestamp(0).Time().IsZero())
	assert.True(t, DateTime("yesterday").Time().IsZero())
}

func TestParseTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2017-05-01":                     "2017-05-01",
		"2017-05-01 08:00:00":            "2017-05-01 08:00:00",
		"2017-05-01T08:00:00":            "2017-05-01 08:00:00",
		"2017-05-01 08:00:00.123456":     "2017-05-01 08:00:00.123456",
		"2017-05-01 08:00:00+00:00":      "2017-05-01 08:00:00",
		"2017-05-01 08:00:00.5+02:00":    "2017-05-01 06:00:00.5",
		"2016-07-13T16:43:18Z":           "2016-07-13 16:43:18",
		"20160713T164318Z":               "2016-07-13 16:43:18",
		"2017-05-01T08:30":               "2017-05-01 08:30:00",
		"2017-05-01T08":                  "2017-05-01 08:00:00",
		"2017-05-01T08:00:00.999999999Z": "2017-05-01 08:00:00.999999",
		"2017-05-01T00:00:00.000-12:00":  "2017-05-01 12:00:00",
	} {
		got, err := ParseTime(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"", "today", "2017-5-1", "2017-02-30", "2017-05-01 25:00:00", "08:00", "1493625600000", "2017-05-01  08:00:00", "0001-01-01", "1969-12-31"} {
		_, err := ParseTime(text)
		require.Error(t, err, text)
	}
	eight, err := ParseTime("2017-05-01 08:00:00.7")
	require.NoError(t, err)
	assert.Equal(t, "2017-05-01T08:00:00", eight.v2())
	assert.Equal(t, "2017-05-01", Day(2017, 5, 1).v2())
	assert.Empty(t, Time{}.String())
	berlin := time.FixedZone("", 2*3600)
	assert.Equal(t, "2017-05-01 06:00:00", At(time.Date(2017, 5, 1, 8, 0, 0, 0, berlin)).String())
}

// allocated is what the program has allocated so far, in bytes.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// The law: no input panics, or takes more memory than its length accounts for ("{}," is
// three bytes and an object of half a kilobyte), and what was understood is understood
// in the same way after it is written again.
func FuzzDecode(f *testing.F) {
	entries, err := os.ReadDir(fixtures)
	require.NoError(f, err)
	for _, entry := range entries {
		f.Add([]byte(fixture(f, entry.Name())))
	}
	f.Add([]byte(`[{"id":"a","id":"b","\u0000":{"a":[]},"x":"\ud800","latest_events":null,"rule":""}]`))
	f.Add([]byte(`{"errors":["a",{},7,null,["b"]],"token":"x","agents":[null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = listed(data)
		_ = isObject(data)
		second := models()
		for i, first := range models() {
			before := allocated()
			err := decode(data, first.UnmarshalEasyJSON)
			require.LessOrEqual(t, allocated()-before, uint64(2000*len(data)+4<<20), "%T", first)
			if err != nil {
				continue
			}
			text := written(t, first)
			require.NoError(t, decode([]byte(text), second[i].UnmarshalEasyJSON), "%T: %s", first, text)
			require.Equal(t, first, second[i])
		}
	})
}

func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2017-05-01", "2017-05-01 08:00:00", "20160713T164318Z", "2017-05-01 08:00:00.123456+02:00", "0001-01-01", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := ParseTime(text)
		if err != nil || checkRange(first, Time{}) != nil {
			return
		}
		again, err := ParseTime(first.String())
		require.NoError(t, err)
		require.Equal(t, first.String(), again.String())
	})
}
