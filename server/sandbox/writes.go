package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// caseUpdate is the body of a change; what is missing stays as it is, unknown keys
// are ignored (GUESS).
type caseUpdate struct {
	Status       *string    `json:"status"`
	Severity     *string    `json:"severity"`
	Priority     *string    `json:"priority"` // severity's name in 4.3
	Assignee     *string    `json:"assignee"`
	Name         *string    `json:"name"`
	Description  *string    `json:"description"`
	Tags         *tagUpdate `json:"tags"`
	UpdateAlerts bool       `json:"update_alerts"`
	Resolution   *string    `json:"resolution"`
}

type tagUpdate struct {
	Add    []string `json:"add"`
	Delete []string `json:"delete"`
}

// putCase answers PUT cases/{id} and its older forms. A value that there is not, a
// body that says nothing and one that is no object are 400 (GUESS).
func (s *Sandbox) putCase(r *http.Request, at int) answer {
	var (
		raw    map[string]json.RawMessage
		update caseUpdate
	)
	body, err := readBody(r)
	if err != nil || json.Unmarshal(body, &raw) != nil || json.Unmarshal(body, &update) != nil {
		return failure(http.StatusBadRequest, "The body is no update")
	}
	if len(raw) == 0 {
		return failure(http.StatusBadRequest, "The body is empty")
	}
	if update.Severity == nil {
		update.Severity = update.Priority
	}
	if problem := s.cases.check(&update); problem != "" {
		return failure(http.StatusBadRequest, problem)
	}
	s.cases.apply(at, update, userOf(r))
	return data(s.cases.rowAt(at))
}

// check also replaces an assignee by the user's id. The caller holds mu.
func (c *caseStore) check(update *caseUpdate) (problem string) {
	oneOf := func(value *string, of ...string) bool { return value == nil || slices.Contains(of, *value) }
	switch {
	case !oneOf(update.Status, statuses()...):
		return "status: no such status"
	case !oneOf(update.Severity, severities()...):
		return "severity: no such severity"
	case !oneOf(update.Resolution, "False Positive", "Benign", "True Positive"):
		return "resolution: no such resolution"
	case update.Name != nil && *update.Name == "":
		return "name: is empty"
	}
	if update.Assignee != nil && *update.Assignee != "" { // "" takes the assignee away (GUESS)
		user, ok := c.findUser(*update.Assignee)
		if !ok {
			return "assignee: no such user"
		}
		update.Assignee = &user.id
	}
	return ""
}

// apply changes a case and notes an activity for every field. The caller holds mu.
func (c *caseStore) apply(at int, update caseUpdate, by person) {
	change := c.change(at)
	row, now := &change.row, c.later(change)
	note := func(field string, from, to any) {
		change.activities = append(change.activities, activityRow{field, from, to, now})
	}
	set := func(field string, into *string, value *string) {
		if value != nil && *into != *value {
			note(field, *into, *value)
			*into = *value
		}
	}
	left := row.Status == "New" && update.Status != nil && *update.Status != "New"
	set("status", &row.Status, update.Status)
	if left && row.Acknowledged == 0 {
		row.Acknowledged = now
	}
	row.Closed = 0
	if isClosed(row.Status) {
		row.Closed = 1
		change.alertsClosed = change.alertsClosed || update.UpdateAlerts
	}
	set("severity", &row.Severity, update.Severity)
	if update.Assignee != nil {
		user, _ := c.findUser(*update.Assignee)
		set("assignee", &row.Assignee, update.Assignee)
		row.AssigneeName = user.name
	}
	set("name", &row.Name, update.Name)
	set("description", &row.Description, update.Description)
	set("resolution", &row.Resolution, update.Resolution)
	if update.Tags != nil {
		before := slices.Clone(row.Tags)
		row.Tags = slices.DeleteFunc(row.Tags, func(tag string) bool { return slices.Contains(update.Tags.Delete, tag) })
		for _, tag := range update.Tags.Add {
			if !slices.Contains(row.Tags, tag) {
				row.Tags = append(row.Tags, tag)
			}
		}
		if !slices.Equal(before, row.Tags) {
			note("tags", before, slices.Clone(row.Tags))
		}
	}
	c.touch(change, now, by)
}

// later is now, but after the case's last change: two changes in a millisecond must
// not look like one.
func (c *caseStore) later(change *caseChange) int64 {
	return max(c.now().UnixMilli(), change.row.ModifiedAt+1)
}

func (c *caseStore) touch(change *caseChange, now int64, by person) {
	change.row.ModifiedAt, change.row.ModifiedBy, change.row.ModifiedByName = now, by.id, by.name
	change.row.Version++
}

// postCase answers POST cases: with ?id= the older form of a change, without it a
// new case, of which one public client tells (low confidence).
func (s *Sandbox) postCase(r *http.Request) answer {
	if r.URL.Query().Has("id") {
		r.SetPathValue("id", r.URL.Query().Get("id"))
		return s.changing(s.putCase)(r)
	}
	var asked struct {
		Name     string     `json:"name"`
		Alerts   []alertRef `json:"alerts"`
		CustID   string     `json:"cust_id"`
		Severity *string    `json:"severity"`
		Status   *string    `json:"status"`
		Assignee *string    `json:"assignee"`
		Tags     []string   `json:"tags"`
		Comment  string     `json:"comment"`
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || asked.Name == "" {
		return failure(http.StatusBadRequest, "A case is an object with a name")
	}
	if scope := scopeOf(r); scope != "" && asked.CustID != scope {
		return failure(http.StatusForbidden, "Tenant mismatch")
	}
	c := s.cases
	c.mu.Lock()
	defer c.mu.Unlock()
	update := caseUpdate{Severity: asked.Severity, Status: asked.Status, Assignee: asked.Assignee}
	if problem := c.check(&update); problem != "" {
		return failure(http.StatusBadRequest, problem)
	}
	by, now := userOf(r), s.stellarClock(r).UnixMilli()
	row := caseRow{
		CreatedAt: now, CreatedBy: by.id, CreatedByName: by.name, ModifiedAt: now, ModifiedBy: by.id, ModifiedByName: by.name,
		Name: asked.Name, Size: len(asked.Alerts), Status: "New", Severity: "Medium", Tags: orEmpty(asked.Tags), Version: 1,
	}
	for _, ref := range asked.Alerts {
		p, ok := c.alertPlaceOf(ref)
		if !ok {
			return failure(http.StatusBadRequest, "alerts: no such alert")
		}
		row.Score = max(row.Score, float64(c.alert(p).Source.Score))
	}
	if asked.CustID != "" {
		for _, t := range c.tenants {
			if t.id == asked.CustID {
				row.CustID, row.TenantName = t.id, t.name
			}
		}
		if row.CustID == "" {
			return failure(http.StatusBadRequest, "cust_id: no such tenant")
		}
	}
	at := c.count()
	row.ID, row.TicketID = c.id(at, now), c.nextTicket()
	c.made++
	c.changes[at] = &caseChange{row: row, refs: asked.Alerts}
	c.revision++
	if update != (caseUpdate{}) {
		c.apply(at, update, by)
	}
	if asked.Comment != "" {
		c.comment(at, asked.Comment, by)
	}
	return data(c.rowAt(at))
}

func (c *caseStore) nextTicket() int64 {
	last := c.sample.TicketID
	if n := len(c.rows); n > 0 {
		last = max(last, c.ticket(n-1))
	}
	return last + int64(c.made) + 1
}

// postIncident answers POST incidents?id=, which changes a case in older releases.
func (s *Sandbox) postIncident(r *http.Request) answer {
	r.SetPathValue("id", r.URL.Query().Get("id"))
	return s.changing(s.putCase)(r)
}

// postComment answers POST cases/{id}/comments. An empty text is 400 (GUESS).
func (s *Sandbox) postComment(r *http.Request, at int) answer {
	var asked struct {
		Comment string `json:"comment"`
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || strings.TrimSpace(asked.Comment) == "" {
		return failure(http.StatusBadRequest, "comment: is empty")
	}
	return data(s.cases.comment(at, asked.Comment, userOf(r)))
}

// comment adds one. The caller holds mu.
func (c *caseStore) comment(at int, text string, by person) commentRow {
	change := c.change(at)
	now := c.later(change)
	one := commentRow{
		(&generator{r: c.rand(c.revision, streamDetails)}).hex(24), change.row.ID, text, by.id, now,
	}
	change.comments = append(change.comments, one)
	return one
}

// postSecurityEvent answers POST security_events/{index}/{id}, and the older
// update_ser, whose body names the alert.
func (s *Sandbox) postSecurityEvent(r *http.Request) answer {
	var asked struct {
		alertRef
		Status   string `json:"status"`
		Comments string `json:"comments"`
		Tags     []struct {
			Op  string `json:"op"`
			Tag string `json:"tag"`
		} `json:"event_tags"`
		Index string `json:"index"`
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil {
		return failure(http.StatusBadRequest, "The body is no change of an alert")
	}
	if asked.Status != "" && !slices.Contains([]string{"New", "In Progress", "Ignored", "Cancelled", "Closed"}, asked.Status) {
		return failure(http.StatusBadRequest, "status: no such status")
	}
	ref := alertRef{orElse(r.PathValue("alert"), asked.ID), orElse(r.PathValue("index"), asked.Index)}
	c := s.cases
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.alertPlaceOf(ref)
	if !ok {
		return failure(http.StatusNotFound, "Alert not found")
	}
	change := c.alerts[p]
	change.status, change.comments = orElse(asked.Status, change.status), orElse(asked.Comments, change.comments)
	for _, tag := range asked.Tags {
		change.tags = slices.DeleteFunc(slices.Clone(change.tags), func(had string) bool { return had == tag.Tag })
		if tag.Op == "add" {
			change.tags = append(change.tags, tag.Tag)
		}
	}
	c.alerts[p] = change
	return data(c.alert(p))
}
