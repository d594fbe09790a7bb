package stellartest

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

// sampleCase is the case of the vendor's page, which every sandbox has; it is made
// of 134 alerts.
const sampleCase = "655459dba3149258cd73014b"

// everyOperation makes each call once that reads.
func everyOperation(t *testing.T, s *subject) {
	p, ctx := s.platform(t), within(t)
	page, err := p.Cases(ctx, stellarcyber.CaseQuery{Limit: 250})
	require.NoError(t, err)
	assert.Len(t, page.Cases, 250)
	found, err := p.Case(ctx, sampleCase)
	require.NoError(t, err)
	assert.Equal(t, "Cynet: Data Encrypted for Impact and 133 others", found.Name)
	byTicket, ok, err := p.CaseByTicket(ctx, 1667)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, found, byTicket)
	_, ok, err = p.CaseByTicket(ctx, 1<<40)
	require.NoError(t, err)
	assert.False(t, ok)

	observables, err := p.Observables(ctx, sampleCase)
	require.NoError(t, err)
	assert.NotEmpty(t, observables.Values())
	summary, err := p.Summary(ctx, sampleCase)
	require.NoError(t, err)
	assert.Contains(t, summary, "XDR Kill Chain Stages\n")
	narrative, err := p.Narrative(ctx, sampleCase)
	require.NoError(t, err)
	assert.Contains(t, narrative.String(), "Cynet")
	scores, err := p.Scores(ctx, sampleCase)
	require.NoError(t, err)
	assert.InDelta(t, 100, scores[len(scores)-1].Score, 1e-9)
	activities, err := p.Activities(ctx, sampleCase)
	require.NoError(t, err)
	assert.Equal(t, "In Progress", activities[len(activities)-1].To.String())
	_, err = p.Comments(ctx, sampleCase)
	require.NoError(t, err)

	tenants, err := p.Tenants(ctx, "cust_id", "cust_name")
	require.NoError(t, err)
	assert.Equal(t, stellarcyber.Tenant{ID: "c7cc6762d8dd4dafa7384f4e0240fc8d", Name: "Rui"}, tenants[0])
	users, err := p.Users(ctx)
	require.NoError(t, err)
	user, err := p.User(ctx, users[0].ID)
	require.NoError(t, err)
	assert.Equal(t, users[0], user)

	incidents, err := p.Incidents(ctx, stellarcyber.CaseQuery{TicketID: 1667})
	require.NoError(t, err)
	assert.Len(t, stellarcyber.IncidentAlerts(incidents.Cases[0]), 134)
	week := time.Now().AddDate(0, 0, -5)
	for name, list := range map[string]func() ([]stellarcyber.Object, error){
		"connectors":  func() ([]stellarcyber.Object, error) { return p.Connectors(ctx, tenants[0].ID) },
		"sensors":     func() ([]stellarcyber.Object, error) { return p.Sensors(ctx) },
		"activities":  func() ([]stellarcyber.Object, error) { return p.UserActivities(ctx, week, time.Time{}) },
		"storage":     func() ([]stellarcyber.Object, error) { return p.StorageUsages(ctx) },
		"entities":    func() ([]stellarcyber.Object, error) { return p.EntityUsages(ctx, 31) },
		"by sensor":   func() ([]stellarcyber.Object, error) { return p.SensorIngestion(ctx, week, time.Time{}) },
		"by adapter":  func() ([]stellarcyber.Object, error) { return p.ConnectorIngestion(ctx, week, time.Now()) },
		"lookups":     func() ([]stellarcyber.Object, error) { return p.Lookups(ctx) },
		"log filters": func() ([]stellarcyber.Object, error) { return p.LogFilters(ctx) },
	} {
		rows, err := list()
		require.NoError(t, err, name)
		require.NotEmpty(t, rows, name)
		assert.NotEmpty(t, rows[0].Extra, name)
	}

	hits, err := p.Search(ctx, "aella-ser-*", api.Raw(`{"size":7}`), "1m")
	require.NoError(t, err)
	assert.Len(t, hits.Hits, 7)
	next, err := p.Scroll(ctx, hits.ScrollID, "1m")
	require.NoError(t, err)
	assert.Len(t, next.Hits, 7)
	assert.NotEqual(t, hits.Hits[0].ID, next.Hits[0].ID)

	var status *api.StatusError
	_, err = p.Case(ctx, "000000000000000000000000")
	require.ErrorAs(t, err, &status)
	assert.Equal(t, 404, status.Status)
}

// writesStick changes what can be changed and reads it back.
func writesStick(t *testing.T, s *subject) {
	p, ctx := s.platform(t), within(t)
	page, err := p.Cases(ctx, stellarcyber.CaseQuery{Statuses: []string{stellarcyber.StatusNew}, Limit: 2})
	require.NoError(t, err)
	id := page.Cases[0].ID
	users, err := p.Users(ctx)
	require.NoError(t, err)
	changed, err := p.UpdateCase(ctx, id, stellarcyber.CaseUpdate{
		Status: stellarcyber.StatusResolved, Severity: stellarcyber.SeverityLow, Assignee: users[1].Email,
		AddTags: []string{"synced"}, Resolution: stellarcyber.ResolutionBenign, CloseAlerts: true, Description: "Words",
	})
	require.NoError(t, err)
	assert.Equal(t, 1, changed.Closed)
	assert.NotZero(t, changed.Acknowledged)
	assert.Equal(t, users[1].ID, changed.Assignee)
	assert.Contains(t, changed.Tags, "synced")
	assert.Equal(t, "Benign", changed.Get("resolution").String())
	again, err := p.Case(ctx, id)
	require.NoError(t, err)
	assert.Equal(t, changed, again)
	activities, err := p.Activities(ctx, id)
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(activities, func(a stellarcyber.Activity) bool {
		return a.Field == "status" && a.From.String() == "New" && a.To.String() == "Resolved"
	}))
	changed, err = p.UpdateCase43(ctx, id, stellarcyber.CaseUpdate{Status: stellarcyber.StatusEscalated, Severity: stellarcyber.SeverityHigh})
	require.NoError(t, err)
	assert.Equal(t, stellarcyber.SeverityHigh, changed.Severity)
	assert.Zero(t, changed.Closed)
	changed, err = p.UpdateIncident(ctx, id, stellarcyber.CaseUpdate{DeleteTags: []string{"synced"}})
	require.NoError(t, err)
	assert.NotContains(t, changed.Tags, "synced")

	comment, err := p.AddComment(ctx, id, "Seen <b>twice</b> \U0001F600")
	require.NoError(t, err)
	comments, err := p.Comments(ctx, id)
	require.NoError(t, err)
	assert.Equal(t, comment, comments[len(comments)-1])

	alerts, err := p.Alerts(ctx, sampleCase, 3, 0)
	require.NoError(t, err)
	require.NoError(t, p.UpdateAlert(ctx, alerts.Alerts[0].AlertRef, stellarcyber.AlertUpdate{Status: stellarcyber.AlertClosed, Comment: "done", AddTags: []string{"a"}}))
	require.NoError(t, p.UpdateAlertOld(ctx, alerts.Alerts[1].AlertRef, stellarcyber.AlertUpdate{Status: stellarcyber.AlertIgnored}))
	alerts, err = p.Alerts(ctx, sampleCase, 3, 0)
	require.NoError(t, err)
	assert.Equal(t, stellarcyber.AlertClosed, alerts.Alerts[0].Event().Status)
	assert.Equal(t, stellarcyber.AlertIgnored, alerts.Alerts[1].Event().Status)

	made, err := p.CreateCase(ctx, stellarcyber.NewCase{Name: "Two of a kind", Alerts: []stellarcyber.AlertRef{alerts.Alerts[0].AlertRef}, Comment: "first"})
	require.NoError(t, err)
	read, err := p.Case(ctx, made.ID)
	require.NoError(t, err)
	assert.Equal(t, made, read)

	last := users[len(users)-1].ID
	require.NoError(t, p.SetProfile(ctx, last, "reader"))
	user, err := p.User(ctx, last)
	require.NoError(t, err)
	assert.Equal(t, "reader", user.Profile)
	require.NoError(t, p.DeleteUser(ctx, last))
	_, err = p.User(ctx, last)
	require.ErrorAs(t, err, new(*api.StatusError))
}

// arguments asks each form and holds every case of the answer against it; what is
// left out must not match.
func arguments(t *testing.T, s *subject) {
	p, ctx := s.platform(t), within(t)
	var all []stellarcyber.Case
	for found, err := range p.AllCases(ctx, stellarcyber.CaseQuery{Sort: "created_at"}, 0) {
		require.NoError(t, err)
		all = append(all, found)
	}
	middle := all[len(all)/2]
	owned := slices.IndexFunc(all, func(c stellarcyber.Case) bool { return c.Assignee != "" })
	require.NotEqual(t, -1, owned)
	owner := all[owned].Assignee
	score := func(f float64) *float64 { return &f }
	type query = stellarcyber.CaseQuery
	for name, test := range map[string]struct {
		query query
		want  func(stellarcyber.Case) bool
	}{
		"tenant_id": {query{TenantID: middle.TenantID}, func(c stellarcyber.Case) bool { return c.TenantID == middle.TenantID }},
		"cust_id":   {query{CustID: middle.TenantID}, func(c stellarcyber.Case) bool { return c.TenantID == middle.TenantID }},
		"tenantid": {query{Extra: []stellarcyber.Argument{{Name: "tenantid", Value: middle.TenantID}}}, func(c stellarcyber.Case) bool {
			return c.TenantID == middle.TenantID
		}},
		"tags are ORed": {query{Tags: []string{"vip", "phishing"}}, func(c stellarcyber.Case) bool {
			return slices.Contains(c.Tags, "vip") || slices.Contains(c.Tags, "phishing")
		}},
		"others are ANDed": {query{Severity: stellarcyber.SeverityHigh, Statuses: []string{"New"}, MinScore: 75}, func(c stellarcyber.Case) bool {
			return c.Severity == "High" && c.Status == "New" && c.Score >= 75
		}},
		"priority": {query{Priority: stellarcyber.SeverityLow}, func(c stellarcyber.Case) bool { return c.Severity == "Low" }},
		"status":   {query{Statuses: []string{"New", "In Progress", "Escalated"}}, func(c stellarcyber.Case) bool { return c.Closed == 0 }},
		"score range": {query{ScoreFrom: score(50), ScoreTo: score(74.99999)}, func(c stellarcyber.Case) bool {
			return c.Score >= 50 && c.Score <= 74.99999
		}},
		"created from": {query{CreatedFrom: middle.CreatedAt.Time()}, func(c stellarcyber.Case) bool { return c.CreatedAt >= middle.CreatedAt }},
		"created to":   {query{CreatedTo: middle.CreatedAt.Time()}, func(c stellarcyber.Case) bool { return c.CreatedAt <= middle.CreatedAt }},
		"modified": {query{ModifiedFrom: middle.CreatedAt.Time(), ModifiedTo: middle.ModifiedAt.Time()}, func(c stellarcyber.Case) bool {
			return c.ModifiedAt >= middle.CreatedAt && c.ModifiedAt <= middle.ModifiedAt
		}},
		"not a tag": {query{NotTag: "vip"}, func(c stellarcyber.Case) bool { return !slices.Contains(c.Tags, "vip") }},
		"not by":    {query{NotModifiedBy: middle.ModifiedBy}, func(c stellarcyber.Case) bool { return c.ModifiedBy != middle.ModifiedBy }},
		"size":      {query{MinSize: 7}, func(c stellarcyber.Case) bool { return c.Size >= 7 }},
		"ticket":    {query{TicketID: middle.TicketID}, func(c stellarcyber.Case) bool { return c.TicketID == middle.TicketID }},
		"the grammar": {query{Extra: []stellarcyber.Argument{
			stellarcyber.From("size", 2), stellarcyber.To("size", 5), stellarcyber.Not("severity", "Low"),
		}}, func(c stellarcyber.Case) bool { return c.Size >= 2 && c.Size <= 5 && c.Severity != "Low" }},
		"assignee": {query{Assignee: owner}, func(c stellarcyber.Case) bool { return c.Assignee == owner }},
	} {
		want := map[string]bool{}
		for _, one := range all {
			if test.want(one) {
				want[one.ID] = true
			}
		}
		test.query.Sort = "created_at"
		got := map[string]bool{}
		for found, err := range p.AllCases(ctx, test.query, 0) {
			require.NoError(t, err, name)
			got[found.ID] = true
		}
		assert.Equal(t, want, got, name)
		assert.NotEmpty(t, got, name)
	}
	best, err := p.Cases(ctx, query{Sort: "case_score", Order: stellarcyber.Descending, Limit: 10})
	require.NoError(t, err)
	assert.True(t, slices.IsSortedFunc(best.Cases, func(a, b stellarcyber.Case) int { return int(b.Score*10) - int(a.Score*10) }))
	summed, err := p.Cases(ctx, query{Limit: 1, Extra: []stellarcyber.Argument{{Name: "include_summary", Value: "true"}}})
	require.NoError(t, err)
	assert.Contains(t, summed.Cases[0].Get("summary").String(), "Observed")
}

// walks hands out each case once, and goes on where it was left.
func walks(t *testing.T, s *subject) {
	p, ctx := s.platform(t), within(t)
	query := stellarcyber.CaseQuery{Sort: "created_at", Limit: 100}
	walk := p.WalkCases(query)
	assert.Equal(t, -1, walk.Total())
	var ids []string
	collect := func(walk *stellarcyber.Walk[stellarcyber.Case], most int) {
		for found, err := range walk.All(ctx) {
			require.NoError(t, err)
			ids = append(ids, found.ID)
			if len(ids) == most {
				return
			}
		}
	}
	collect(walk, 150)
	assert.Equal(t, 150, walk.Offset())
	collect(walk, 250) // the same walk
	query.Skip = walk.Offset()
	other := p.WalkCases(query) // another, elsewhere
	collect(other, 0)
	assert.Equal(t, other.Total(), len(ids))
	slices.Sort(ids)
	assert.Len(t, slices.Compact(ids), other.Total())

	n := 0
	for _, err := range p.WalkAlerts(sampleCase, 0).All(ctx) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 134, n)
	n = 0
	for _, err := range p.WalkIncidents(stellarcyber.CaseQuery{TenantID: "c7cc6762d8dd4dafa7384f4e0240fc8d", Limit: 50}).All(ctx) {
		require.NoError(t, err)
		n++
	}
	assert.Positive(t, n)
}

// tokens are had in both ways, and renewed once when the server has forgotten them.
func tokens(t *testing.T, s *subject) {
	ctx := within(t)
	config := s.config()
	config.User, config.Key = "", api.Secret(s.ScopedKey)
	scoped, err := stellarcyber.NewPlatform(config)
	require.NoError(t, err)
	for _, p := range []*stellarcyber.Platform{s.platform(t), scoped} {
		before := s.calls(t)
		for range 3 {
			_, err := p.Case(ctx, sampleCase)
			require.NoError(t, err)
		}
		assert.Equal(t, before["token"]+1, s.calls(t)["token"])
		s.admin(t, "POST", "expire-tokens", nil, nil)
		_, err := p.Case(ctx, sampleCase)
		require.NoError(t, err)
		after := s.calls(t)
		assert.Equal(t, before["token"]+2, after["token"])
		assert.Equal(t, before["case"]+5, after["case"])
	}
	config.Key += "x"
	wrong, err := stellarcyber.NewPlatform(config)
	require.NoError(t, err)
	_, err = wrong.Case(ctx, sampleCase)
	require.ErrorAs(t, err, new(*api.AuthError))
	assert.NotContains(t, err.Error(), s.ScopedKey)
}
