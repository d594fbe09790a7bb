package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// commentRow is a comment; User is a user's id. Times are milliseconds since 1970.
type commentRow struct {
	ID        string `json:"_id"`
	CaseID    CaseID `json:"case_id"`
	Comment   string `json:"comment"`
	User      string `json:"user"`
	CreatedAt int64  `json:"created_at"`
}

// activityRow is a change of one field. The name "from" is a GUESS.
type activityRow struct {
	Field     string `json:"field"`
	From      any    `json:"from"`
	To        any    `json:"to"`
	Timestamp int64  `json:"timestamp"`
}

// scoreRow is what a case's score was from a time on.
type scoreRow struct {
	Timestamp int64         `json:"timestamp"`
	Score     float64       `json:"score"`
	Reasons   []scoreReason `json:"reasons"`
}

type scoreReason struct {
	Reason string `json:"reason"`
}

// generatedDetails are a generated case's comments, activities and scores, oldest
// first, as they were before anything was changed over the API.
func (p *population) details(at int) (comments []commentRow, activities []activityRow, scores []scoreRow) {
	row := p.row(at)
	g := p.generator(at, streamDetails)
	first := g.r.IntN(3)
	for i := range first + 1 {
		one := scoreRow{
			row.CreatedAt + (row.ModifiedAt-row.CreatedAt)*int64(i)/int64(first+1),
			row.Score * float64(i+1) / float64(first+1),
			[]scoreReason{{"New alert joined"}},
		}
		scores = append(scores, one)
	}
	if row.Status == "New" {
		return nil, nil, scores
	}
	activities = append(
		activities, activityRow{"status", "New", row.Status, row.Acknowledged},
		activityRow{"assignee", "", row.Assignee, row.Acknowledged},
	)
	for range g.r.IntN(3) {
		comments = append(comments, commentRow{
			g.hex(24), row.ID, pick(g.r, []string{"Looking into it.", "Asked the host's owner.", "Seen before, see the earlier case.", "Waiting for the customer."}),
			row.Assignee, row.Acknowledged + int64(len(comments)+1)*1000,
		})
	}
	return comments, activities, scores
}

// detailsAt are those of a case as it is now, oldest first. The caller holds mu.
func (c *caseStore) detailsAt(at int) (comments []commentRow, activities []activityRow, scores []scoreRow) {
	if at < len(c.rows) {
		comments, activities, scores = c.details(at)
	}
	if change := c.changes[at]; change != nil {
		comments, activities, scores = append(comments, change.comments...), append(activities, change.activities...), append(scores, change.scores...)
	}
	return comments, activities, scores
}

// getComments answers GET cases/{id}/comments, oldest first (GUESS).
func (s *Sandbox) getComments(_ *http.Request, at int) answer {
	comments, _, _ := s.cases.detailsAt(at)
	return data(orEmpty(comments))
}

// getActivities answers GET cases/{id}/activities, newest first.
func (s *Sandbox) getActivities(_ *http.Request, at int) answer {
	_, activities, _ := s.cases.detailsAt(at)
	newest := make([]activityRow, 0, len(activities))
	for i := range activities {
		newest = append(newest, activities[len(activities)-1-i])
	}
	return data(newest)
}

// getScores answers GET cases/{id}/scores, oldest first (GUESS).
func (s *Sandbox) getScores(_ *http.Request, at int) answer {
	_, _, scores := s.cases.detailsAt(at)
	return data(orEmpty(scores))
}

// getSummary answers GET cases/{id}/summary; what it says without formatted=true is
// unknown, and so the same (GUESS).
func (s *Sandbox) getSummary(_ *http.Request, at int) answer {
	return data(s.cases.summary(at))
}

// summary counts as the vendor's text does. The caller holds mu.
func (c *caseStore) summary(at int) string {
	stages, seen, techniques := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range c.alertsOf(at) {
		a := c.alert(p)
		stages[a.Source.XDR.Stage] = true
		seen[a.Source.XDR.Tactic.Name] = true
		techniques[a.Source.XDR.Technique.Name] = true
	}
	o := c.observablesAt(at)
	var b strings.Builder
	line := func(verb string, n int, of string) { fmt.Fprintf(&b, "%s %s %s\n", verb, strconv.Itoa(n), of) }
	line("Observed", len(stages), "XDR Kill Chain Stages")
	line("Observed", len(seen), "Tactics")
	line("Observed", len(techniques), "Techniques")
	line("Involved", len(o.Hosts)+len(o.ExternalHosts), "hosts")
	line("Involved", len(o.Users), "users")
	line("Involved", len(o.Files), "files")
	return b.String()
}

// getNarrative answers GET ai/cases/detail?id=. Its shape is a GUESS.
func (s *Sandbox) getNarrative(r *http.Request) answer {
	s.cases.mu.RLock()
	defer s.cases.mu.RUnlock()
	at, ok := s.cases.place(CaseID(r.URL.Query().Get("id")))
	if !ok {
		return failure(http.StatusNotFound, "Case not found")
	}
	row := s.cases.rowAt(at)
	return data(struct {
		ID     CaseID `json:"_id"`
		Detail string `json:"detail"`
	}{row.ID, row.Name + ": " + s.cases.summary(at)})
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
