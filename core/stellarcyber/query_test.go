package stellarcyber

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

func offlineConfig() Config {
	return Config{
		Transport: clienttest.Offline{}, BaseURL: "https://siem.example", User: "ana", Key: "a-secret",
		WebURL: "https://siem.example",
	}
}

func score(f float64) *float64 { return &f }

func TestQueryEncode(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1700026843539)
	for name, test := range map[string]struct {
		query CaseQuery
		want  string
	}{
		"all":               {CaseQuery{}, ""},
		"first 250":         {CaseQuery{Limit: 250}, "limit=250"},
		"above a score":     {CaseQuery{MinScore: 90, Limit: 25, Sort: "case_score", Order: Descending}, "limit=25&sort=case_score&order=desc&min_score=90"},
		"one tenant":        {CaseQuery{TenantID: "c7cc6762d8dd4dafa7384f4e0240fc8d", Limit: 5}, "limit=5&tenant_id=c7cc6762d8dd4dafa7384f4e0240fc8d"},
		"one tenant's best": {CaseQuery{CustID: "c7cc", Sort: "case_score", Order: Descending, Limit: 10}, "limit=10&sort=case_score&order=desc&cust_id=c7cc"},
		"everything": {CaseQuery{
			Limit: 500, Skip: 1000, Sort: "created_at", Order: Ascending, MinScore: 0.5, ScoreFrom: score(0), ScoreTo: score(74.99999),
			TenantID: "a", CustID: "b", Assignee: "c", Tags: []string{"x y", "z&"}, Severity: SeverityHigh, Priority: SeverityLow,
			Statuses: []string{StatusNew, StatusInProgress}, TicketID: 412, MinSize: 2,
			CreatedFrom: at, CreatedTo: at, ModifiedFrom: at, ModifiedTo: at, NotTag: "t", NotModifiedBy: "u",
			Extra: []Argument{{"FROM~size", "2"}, {"a&b", "c=d"}},
		}, "limit=500&skip=1000&sort=created_at&order=asc&min_score=0.5&FROM~score=0&TO~score=74.99999" +
			"&tenant_id=a&cust_id=b&assignee=c&tags=x+y%2Cz%26&severity=High&priority=Low&status=New%2CIn+Progress" +
			"&ticket_id=412&min_size_auto=2&FROM~created_at=1700026843539&TO~created_at=1700026843539" +
			"&FROM~modified_at=1700026843539&TO~modified_at=1700026843539&NOT~tags=t&NOT~modified_by=u" +
			"&FROM~size=2&a%26b=c%3Dd"},
		"a question mark inside": {CaseQuery{CustID: "c7cc?sort=case_score"}, "cust_id=c7cc%3Fsort%3Dcase_score"},
	} {
		require.NoError(t, test.query.check(), name)
		assert.Equal(t, test.want, test.query.encode().Encode(), name)
	}
}

func TestQueryRefuses(t *testing.T) {
	t.Parallel()
	client, err := New(offlineConfig())
	require.NoError(t, err)
	for name, test := range map[string]struct {
		query CaseQuery
		field string
	}{
		"limit above 500":     {CaseQuery{Limit: 501}, "limit"},
		"limit below 0":       {CaseQuery{Limit: -1}, "limit"},
		"skip below 0":        {CaseQuery{Skip: -1}, "skip"},
		"unknown order":       {CaseQuery{Sort: "score", Order: "DESC"}, "order"},
		"order of nothing":    {CaseQuery{Order: Ascending}, "order"},
		"score above 100":     {CaseQuery{MinScore: 100.1}, "min_score"},
		"score not a number":  {CaseQuery{MinScore: math.NaN()}, "min_score"},
		"range below 0":       {CaseQuery{ScoreFrom: score(-1)}, "score"},
		"range not a number":  {CaseQuery{ScoreTo: score(math.NaN())}, "score"},
		"severity's spelling": {CaseQuery{Severity: "high"}, "severity"},
		"priority's spelling": {CaseQuery{Priority: "P1"}, "priority"},
		"status's spelling":   {CaseQuery{Statuses: []string{"New", "Canceled"}}, "status"},
		"comma in a tag":      {CaseQuery{Tags: []string{"a,b"}}, "tags"},
		"empty tag":           {CaseQuery{Tags: []string{""}}, "tags"},
		"size below 0":        {CaseQuery{MinSize: -2}, "min_size_auto"},
		"ticket below 0":      {CaseQuery{TicketID: -2}, "ticket_id"},
		"nameless argument":   {CaseQuery{Extra: []Argument{{"", "x"}}}, "argument"},
	} {
		var invalid *api.InvalidError
		_, err := client.Cases(t.Context(), test.query)
		require.ErrorAs(t, err, &invalid, name)
		assert.Equal(t, test.field, invalid.Field, name)
		for _, err := range client.AllCases(t.Context(), test.query, 0) {
			require.ErrorAs(t, err, &invalid, name)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Config)
		field  string
	}{
		"no transport":   {func(c *Config) { c.Transport = nil }, "transport"},
		"no address":     {func(c *Config) { c.BaseURL = "" }, "address"},
		"other scheme":   {func(c *Config) { c.BaseURL = "file:///etc" }, "address"},
		"fragment":       {func(c *Config) { c.BaseURL = "https://siem.example/#cases" }, "address"},
		"web address":    {func(c *Config) { c.WebURL = "javascript:alert(1)" }, "web address"},
		"no key":         {func(c *Config) { c.Key = "" }, "key"},
		"colon in user":  {func(c *Config) { c.User = "a:b" }, "user"},
		"key with break": {func(c *Config) { c.User, c.Key = "", "abc\n" }, "key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := offlineConfig()
			test.change(&config)
			_, err := New(config)
			clienttest.Refused(t, err, test.field)
			assert.NotContains(t, err.Error(), "abc")
		})
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	client, err := New(offlineConfig())
	require.NoError(t, err)
	assert.Equal(t, "https://siem.example/cases/case-detail/655459dba3149258cd73014b", client.Link("655459dba3149258cd73014b"))
	assert.Empty(t, client.Link(""))
	config := offlineConfig()
	config.WebURL = ""
	client, err = New(config)
	require.NoError(t, err)
	assert.Empty(t, client.Link("655459dba3149258cd73014b"))
}
