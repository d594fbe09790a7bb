package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/testdata"
)

// send sends a body with a valid token, or to the admin's door, and decodes the answer.
func (c *client) send(method, path, body string, into any) int {
	c.t.Helper()
	if !strings.HasPrefix(path, "/sandbox/") && !strings.HasPrefix(path, "/connect/") {
		path = "/connect/api/v1" + path
	}
	if c.token == "" {
		c.token = c.newToken()
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader([]byte(body)))
	require.NoError(c.t, err)
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set(AdminHeader, "yes")
	resp, err := c.http.Do(req)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	if into != nil {
		require.NoError(c.t, json.Unmarshal(answer, into), string(answer))
	}
	return resp.StatusCode
}

type one struct {
	Data caseRow `json:"data"`
}

func (c *client) case1(id CaseID) caseRow {
	c.t.Helper()
	var got one
	require.NoError(c.t, json.Unmarshal(c.get("/cases/"+string(id)), &got))
	return got.Data
}

// TestLifecycle walks a case through its statuses; every change sticks and leaves an
// activity.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := noon
	_, c := start(t, Options{Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}})
	before := c.cases("?status=New&severity=Medium&limit=1").Data.Cases[0]
	mu.Lock()
	now = noon.Add(time.Hour)
	mu.Unlock()
	c.token = ""
	path := "/cases/" + string(before.ID)
	var got one
	change := func(body string) caseRow {
		t.Helper()
		require.Equal(t, 200, c.send("PUT", path, body, &got))
		assert.Equal(t, got.Data, c.case1(before.ID))
		return got.Data
	}
	first := noon.Add(time.Hour).UnixMilli()
	after := change(`{"status":"In Progress"}`)
	assert.Equal(t, "In Progress", after.Status)
	assert.Equal(t, first, after.Acknowledged)
	assert.Equal(t, first, after.ModifiedAt)
	assert.Equal(t, analyst().name, after.ModifiedByName)
	assert.Equal(t, before.Version+1, after.Version)
	after = change(`{"status":"Resolved","resolution":"Benign","update_alerts":true,"tags":{"add":["synced","vip"]}}`)
	assert.Equal(t, 1, after.Closed)
	assert.Equal(t, "Benign", after.Resolution)
	assert.Equal(t, first, after.Acknowledged, "the first time")
	assert.Contains(t, after.Tags, "synced")
	assert.Contains(t, string(c.get(path+"/alerts")), `"event_status":"Closed"`)
	again := change(`{"tags":{"add":["synced"],"delete":["absent"]}}`)
	assert.Equal(t, after.Tags, again.Tags)
	after = change(`{"status":"Escalated","severity":"Low","assignee":"mercy.okafor@soc.example","name":"Renamed","description":"Words","tags":{"delete":["synced"]},"nonsense":1}`)
	assert.Equal(t, 0, after.Closed, "opened again")
	assert.Equal(t, people()[0].id, after.Assignee)
	assert.Equal(t, "mercy.okafor@soc.example", after.AssigneeName)
	assert.Equal(t, "Low", after.Severity)
	assert.NotContains(t, after.Tags, "synced")

	var log struct {
		Data []activityRow `json:"data"`
	}
	require.NoError(t, json.Unmarshal(c.get(path+"/activities"), &log))
	var fields []string
	for i, row := range log.Data {
		fields = append(fields, row.Field)
		if i > 0 {
			assert.LessOrEqual(t, row.Timestamp, log.Data[i-1].Timestamp, "newest first")
		}
	}
	assert.Equal(t, []string{"tags", "description", "name", "assignee", "severity", "status", "tags", "resolution", "status", "status"}, fields)
	assert.Equal(t, activityRow{"status", "New", "In Progress", first}, log.Data[9])

	found := c.cases("?sort=modified_at&order=desc&FROM~modified_at=" + itoa(int(first)))
	assert.Equal(t, []CaseID{before.ID}, idsOf(found.Data.Cases))
	assert.NotContains(t, idsOf(c.cases("?status=New").Data.Cases), before.ID)
	// The older forms do the same.
	require.Equal(t, 200, c.send("POST", "/cases?id="+string(before.ID), `{"priority":"High"}`, &got))
	assert.Equal(t, "High", c.case1(before.ID).Severity)
	require.Equal(t, 200, c.send("POST", "/incidents?id="+string(before.ID), `{"status":"Cancelled"}`, &got))
	assert.Equal(t, 1, c.case1(before.ID).Closed)
}

func idsOf(cases []caseRow) []CaseID {
	var ids []CaseID
	for _, one := range cases {
		ids = append(ids, one.ID)
	}
	return ids
}

func TestChangesThatAreNone(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{})
	before := c.cases("?limit=1").Data.Cases[0]
	path := "/cases/" + string(before.ID)
	for _, body := range []string{
		``, `{}`, `[]`, `{"status":"Canceled"}`, `{"status":"new"}`, `{"severity":"P1"}`, `{"resolution":"Done"}`, `{"assignee":"nobody"}`, `{"tags":["a"]}`, `{"name":""}`,
	} {
		assert.Equal(t, 400, c.send("PUT", path, body, nil), body)
	}
	assert.Equal(t, before, c.case1(before.ID))
	assert.Equal(t, 404, c.send("PUT", "/cases/000000000000000000000000", `{"status":"New"}`, nil))
	for _, body := range []string{``, `{}`, `{"comment":" "}`, `{"comment":7}`} {
		assert.Equal(t, 400, c.send("POST", path+"/comments", body, nil), body)
	}
	for _, body := range []string{``, `{}`, `{"name":"x","status":"x"}`, `{"name":"x","alerts":[{"_id":"1","_index":"2"}]}`, `{"name":"x","cust_id":"none"}`} {
		assert.Equal(t, 400, c.send("POST", "/cases", body, nil), body)
	}
}

func TestCommentsAndAlerts(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{})
	const path = "/cases/655459dba3149258cd73014b" // 134 alerts
	var added struct {
		Data commentRow `json:"data"`
	}
	var listed struct {
		Data []commentRow `json:"data"`
	}
	require.Equal(t, 200, c.send("POST", path+"/comments", `{"comment":"Seen <b>twice</b>."}`, &added))
	assert.Equal(t, analyst().id, added.Data.User)
	require.NoError(t, json.Unmarshal(c.get(path+"/comments"), &listed))
	assert.Equal(t, added.Data, listed.Data[len(listed.Data)-1], "oldest first")

	type alerts struct {
		Data struct {
			Total int        `json:"total"`
			Docs  []alertRow `json:"docs"`
		} `json:"data"`
	}
	seen := map[string]bool{}
	var last alerts
	for skip := 0; skip < 134; skip += 50 {
		require.NoError(t, json.Unmarshal(c.get(path+"/alerts?limit=100&skip="+itoa(skip)), &last))
		assert.Equal(t, 134, last.Data.Total)
		assert.LessOrEqual(t, len(last.Data.Docs), 50)
		for _, a := range last.Data.Docs {
			seen[a.ID] = true
		}
	}
	assert.Len(t, seen, 134)
	require.NoError(t, json.Unmarshal(c.get(path+"/alerts"), &last))
	assert.Len(t, last.Data.Docs, 10)
	alert := last.Data.Docs[3]
	require.Equal(t, 200, c.send("POST", "/security_events/"+alert.Index+"/"+alert.ID, `{"status":"Closed","comments":"done","event_tags":[{"op":"add","tag":"a"}]}`, nil))
	require.Equal(t, 200, c.send("POST", "/connect/api/update_ser", `{"index":"`+alert.Index+`","_id":"`+last.Data.Docs[4].ID+`","status":"Ignored"}`, nil))
	require.NoError(t, json.Unmarshal(c.get(path+"/alerts"), &last))
	assert.Equal(t, "Closed", last.Data.Docs[3].Source.Status)
	assert.Equal(t, []string{"a"}, last.Data.Docs[3].Source.Tags)
	assert.Equal(t, "Ignored", last.Data.Docs[4].Source.Status)
	assert.Equal(t, 404, c.send("POST", "/security_events/"+alert.Index+"/1_00", `{"status":"New"}`, nil))
	assert.Equal(t, 400, c.send("POST", "/security_events/"+alert.Index+"/"+alert.ID, `{"status":"Resolved"}`, nil))

	// A case of two of them.
	var made one
	require.Equal(t, 200, c.send("POST", "/cases", `{"name":"Two of a kind","severity":"High","tags":["vip"],"comment":"first","alerts":[{"_id":"`+
		alert.ID+`","_index":"`+alert.Index+`"},{"_id":"`+last.Data.Docs[4].ID+`","_index":"`+last.Data.Docs[4].Index+`"}]}`, &made))
	assert.Equal(t, made.Data, c.case1(made.Data.ID))
	assert.Equal(t, []CaseID{made.Data.ID}, idsOf(c.cases("?ticket_id="+itoa(int(made.Data.TicketID))).Data.Cases))
	require.NoError(t, json.Unmarshal(c.get("/cases/"+string(made.Data.ID)+"/alerts"), &last))
	assert.Len(t, last.Data.Docs, 2)
	assert.Contains(t, string(c.get("/cases/"+string(made.Data.ID)+"/comments")), `"comment":"first"`)
	assert.Equal(t, 301, c.cases("").Data.Total)
}

// TestFromOutside is what relating cases is tested with.
func TestFromOutside(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{Cases: 1000})
	var done Modified
	require.Equal(t, 200, c.send("POST", "/sandbox/cases/modify", `{"percent":1,"newObservableEvery":3,"observables":[{"type":"ipv4","value":"198.19.250.9"}]}`, &done))
	require.Len(t, done.Cases, 10)
	assert.Len(t, done.Added, 10)
	fresh := 0
	for id, added := range done.Added {
		for _, i := range added[1:] {
			fresh++
			assert.Equal(t, []CaseID{id}, s.TruthFor([]string{i.Value}))
			assert.Contains(t, string(c.get("/cases/"+string(id)+"/observables")), i.Value)
		}
	}
	assert.Equal(t, 4, fresh)
	slices.Sort(done.Cases)
	assert.Equal(t, done.Cases, s.TruthFor([]string{"198.19.250.9"}))
	found := c.cases("?sort=modified_at&order=desc&FROM~modified_at=" + itoa(int(done.At)))
	assert.ElementsMatch(t, done.Cases, idsOf(found.Data.Cases))

	closed, err := s.CloseCases(Pick{IDs: done.Cases[:3]})
	require.NoError(t, err)
	assert.Equal(t, done.Cases[:3], closed.Cases)
	assert.Equal(t, "Resolved", c.case1(done.Cases[0]).Status)
	require.Equal(t, 200, c.send("POST", "/sandbox/cases/delete", `{"ids":["`+string(done.Cases[1])+`"]}`, &closed))
	assert.Equal(t, 404, c.send("GET", "/cases/"+string(done.Cases[1]), "", nil))
	assert.Equal(t, 999, c.cases("").Data.Total)
	assert.NotContains(t, s.TruthFor([]string{"198.19.250.9"}), done.Cases[1])
	for _, body := range []string{``, `{}`, `{"count":5000}`, `{"ids":["x"]}`, `{"ids":["` + string(done.Cases[1]) + `"]}`} {
		assert.Equal(t, 400, c.send("POST", "/sandbox/cases/close", body, nil), body)
	}

	truth, _ := s.Campaign(3)
	_, err = s.DeleteCases(Pick{IDs: truth.Cases[:1]})
	require.NoError(t, err)
	var got CampaignTruth
	require.Equal(t, 200, c.send("GET", "/sandbox/campaigns/3", "", &got))
	assert.Equal(t, truth.Cases[1:], got.Cases)
	assert.Equal(t, truth.Text, got.Text)
	assert.Equal(t, 404, c.send("GET", "/sandbox/campaigns/50", "", nil))
	_, err = s.ModifyCases(Modification{Pick: Pick{Count: 3, Offset: 2}, Status: "Done", Observables: []testdata.Indicator{}})
	assert.Error(t, err)
}

func TestScopedKey(t *testing.T) {
	t.Parallel()
	mine, other := tenants()[1].id, tenants()[2].id
	_, c := start(t, Options{ScopedTenant: mine})
	others := c.cases("?limit=1&tenant_id=" + other).Data.Cases[0]
	resp, body, err := c.do("POST", "/connect/api/v1/access_token", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.credentials.ScopedKey) })
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	var token struct {
		AccessToken string `json:"access_token"`
	}
	require.NoError(t, json.Unmarshal(body, &token))
	c.token = token.AccessToken
	for _, one := range c.cases("").Data.Cases {
		require.Equal(t, mine, one.CustID)
	}
	for _, path := range []string{"/cases?cust_id=" + other, "/cases/" + string(others.ID), "/cases/" + string(others.ID) + "/alerts", "/incidents?tenantid=" + other} {
		resp, body := c.try(path)
		assert.Equal(t, 403, resp.StatusCode, path)
		assert.Contains(t, string(body), "Tenant mismatch")
	}
	assert.Equal(t, 1, strings.Count(string(c.get("/tenants")), "cust_id"))
}

func TestUsersStick(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{})
	id := people()[4].id
	require.Equal(t, 200, c.send("PATCH", "/users/"+id, `{"priv_profile_id":"reader"}`, nil))
	assert.Contains(t, string(c.get("/users/"+id)), `"reader"`)
	assert.Equal(t, 400, c.send("PATCH", "/users/"+id, `{}`, nil))
	require.Equal(t, 200, c.send("DELETE", "/users/"+id, "", nil))
	assert.NotContains(t, string(c.get("/users")), id)
	assert.Equal(t, 404, c.send("GET", "/users/"+id, "", nil))
	assert.Equal(t, 400, c.send("DELETE", "/users/"+analyst().id, "", nil))
}

func TestClock(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{})
	c.token = c.newToken()
	require.Equal(t, 200, c.send("POST", "/sandbox/clock", `{"skewSeconds":700}`, nil))
	resp, _ := c.try("/cases")
	assert.Equal(t, 401, resp.StatusCode, "the token has ended by that clock")
	c.token = ""
	id := c.cases("?limit=1").Data.Cases[0].ID
	require.Equal(t, 200, c.send("PUT", "/cases/"+string(id), `{"severity":"Low"}`, nil))
	assert.Equal(t, noon.Add(700*time.Second).UnixMilli(), c.case1(id).ModifiedAt)
	s.SetSkew(0)
}
