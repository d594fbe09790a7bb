package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestGrammar asks each form and compares with the same choice made over all cases.
func TestGrammar(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 480})
	all := c.cases("").Data.Cases
	require.Len(t, all, 480)
	tenant, other := tenants()[0].id, tenants()[1].id
	editor := people()[0].id
	when := itoa(int(all[200].CreatedAt))
	everything := func(caseRow) bool { return true }
	nothing := func(caseRow) bool { return false }
	hasAny := func(c caseRow, tags ...string) bool {
		return slices.ContainsFunc(c.Tags, func(tag string) bool { return slices.Contains(tags, tag) })
	}
	tests := []struct {
		query string
		want  func(caseRow) bool
	}{
		{"", everything},
		{"?tenant_id=" + tenant, func(c caseRow) bool { return c.CustID == tenant }},
		{"?cust_id=" + tenant, func(c caseRow) bool { return c.CustID == tenant }},
		{"?tenantid=" + tenant, func(c caseRow) bool { return c.CustID == tenant }},
		{"?tenantid=" + tenant + "&cust_id=" + other, nothing},
		{"?tenant_id=Rui", nothing},
		{"?cust_id=" + tenant + "?sort=case_score&order=desc", nothing},
		{"?Tenant_id=" + tenant, everything},
		{"?tags=vip", func(c caseRow) bool { return hasAny(c, "vip") }},
		{"?tags=vip,phishing", func(c caseRow) bool { return hasAny(c, "vip", "phishing") }},
		{"?&tags=vip", func(c caseRow) bool { return hasAny(c, "vip") }},
		{"?tags=VIP", nothing},
		{"?NOT~tags=vip", func(c caseRow) bool { return !hasAny(c, "vip") }},
		{"?severity=High", func(c caseRow) bool { return c.Severity == "High" }},
		{"?priority=High", func(c caseRow) bool { return c.Severity == "High" }},
		{"?severity=high", nothing},
		{"?status=New,In%20Progress,Escalated", func(c caseRow) bool { return c.Closed == 0 }},
		{"?status=In+Progress%2CNew", func(c caseRow) bool { return c.Status == "In Progress" || c.Status == "New" }},
		{"?status=New&status=Resolved", func(c caseRow) bool { return c.Status == "New" || c.Status == "Resolved" }},
		{"?NOT~status=New", func(c caseRow) bool { return c.Status != "New" }},
		{"?NOT~modified_by=" + editor, func(c caseRow) bool { return c.ModifiedBy != editor }},
		{"?assignee=" + editor, func(c caseRow) bool { return c.Assignee == editor }},
		{"?ticket_id=1667", func(c caseRow) bool { return c.TicketID == 1667 }},
		{"?min_score=90", func(c caseRow) bool { return c.Score >= 90 }},
		{"?FROM~score=50&TO~score=74.99999", func(c caseRow) bool { return c.Score >= 50 && c.Score <= 74.99999 }},
		{"?FROM~created_at=" + when, func(c caseRow) bool { return c.CreatedAt >= all[200].CreatedAt }},
		{"?FROM%7Ecreated_at=" + when, func(c caseRow) bool { return c.CreatedAt >= all[200].CreatedAt }},
		{"?TO~modified_at=" + when, func(c caseRow) bool { return c.ModifiedAt <= all[200].CreatedAt }},
		{"?min_size_auto", func(c caseRow) bool { return c.Size >= 2 }},
		{"?min_size_auto=7", func(c caseRow) bool { return c.Size >= 7 }},
		{"?severity=High&status=New&min_score=75", func(c caseRow) bool { return c.Severity == "High" && c.Status == "New" && c.Score >= 75 }},
		{"?start_time=1&end_time=2&_=3&nonsense", everything},
		{"?FROM~name=a&FROM~nothing=1&NOT~nothing=1", everything},
		{"?tags=&status=&cust_id=", everything},
		{"?tags=x'%20OR%201=1--", nothing},
	}
	for _, test := range tests {
		var want []caseRow
		for _, one := range all {
			if test.want(one) {
				want = append(want, one)
			}
		}
		got := c.cases(test.query)
		assert.Equal(t, len(want), got.Data.Total, test.query)
		assert.ElementsMatch(t, want, got.Data.Cases, test.query)
		if !strings.Contains(test.query, "sort") && len(want) > 3 {
			limited := c.cases(orElse(test.query, "?") + "&limit=2&skip=1")
			assert.Equal(t, got.Data.Cases[1:3], limited.Data.Cases, test.query)
			assert.Equal(t, len(want), limited.Data.Total, test.query)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{})
	for query, less := range map[string]func(a, b caseRow) bool{
		"":                            func(a, b caseRow) bool { return a.CreatedAt > b.CreatedAt },
		"?sort=created_at":            func(a, b caseRow) bool { return a.CreatedAt < b.CreatedAt },
		"?sort=case_score&order=desc": func(a, b caseRow) bool { return a.Score > b.Score },
		"?sort=score&order=asc":       func(a, b caseRow) bool { return a.Score < b.Score },
		"?sort=modified_at&order=desc": func(a, b caseRow) bool {
			return a.ModifiedAt > b.ModifiedAt
		},
	} {
		cases := c.cases(query).Data.Cases
		for i := 1; i < len(cases); i++ {
			a, b := cases[i-1], cases[i]
			require.True(t, less(a, b) || !less(b, a) && a.ID < b.ID, "%s at %d", query, i)
		}
	}
}

func TestCapAt500(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 620})
	for _, query := range []string{"", "?limit=500", "?limit=501", "?limit=100000"} {
		got := c.cases(query)
		assert.Len(t, got.Data.Cases, 500, query)
		assert.Equal(t, 620, got.Data.Total, query)
	}
	assert.Len(t, c.cases("?skip=500").Data.Cases, 120)
	assert.Empty(t, c.cases("?skip=620").Data.Cases)
}

func TestBadArguments(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 5})
	for _, query := range []string{
		"?limit=0", "?limit=-1", "?limit=ten", "?limit=", "?skip=-1", "?skip=x", "?order=up", "?sort=nothing", "?sort=tags",
		"?min_score=high", "?FROM~created_at=yesterday", "?TO~score=", "?ticket_id=abc", "?min_size_auto=x", "?tags=%zz",
	} {
		resp, body := c.try("/cases" + query)
		assert.Equal(t, http.StatusBadRequest, resp.StatusCode, query)
		assert.Contains(t, string(body), `"error"`, query)
	}
	for _, path := range []string{"/cases/000000000000000000000000", "/cases/x/observables", "/nothing"} {
		resp, _ := c.try(path)
		assert.Equal(t, http.StatusNotFound, resp.StatusCode, path)
	}
}

func TestDayWindow(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 600, DayWindow: true})
	day := noon.Add(-24 * time.Hour).UnixMilli()
	recent := c.cases("?sort=created_at")
	assert.Equal(t, 10, recent.Data.Total)
	for _, one := range recent.Data.Cases {
		assert.GreaterOrEqual(t, one.CreatedAt, day)
	}
	assert.Equal(t, 600, c.cases("?FROM~created_at=0").Data.Total)
	assert.Equal(t, 600, c.cases("?TO~created_at="+itoa(int(noon.UnixMilli()))).Data.Total)
}

func TestSummaryOnDemand(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 3})
	assert.NotContains(t, string(c.get("/cases")), "summary")
	assert.Contains(t, string(c.get("/cases?include_summary=true&format_summary=true")), `"summary":"Observed`)
}
