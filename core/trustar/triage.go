package trustar

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// Triage are the calls about mails that were reported as phishing. 1.3 alone has them.
type Triage struct{ service }

// Triage returns the calls about phishing triage.
func (c *Client) Triage() Triage { return Triage{service{c}} }

// The states of a phishing submission. The last two can be set.
const (
	Unresolved = "UNRESOLVED"
	Confirmed  = "CONFIRMED"
	Ignored    = "IGNORED"
)

// maxTriagePage is by the vendor's page "Get Phishing Submissions".
const maxTriagePage = 1000

// TriageQuery says which submissions or indicators to list. What is left out is left
// to the server: From a day before now, To now, all scores, Unresolved. From may lie a
// month back.
type TriageQuery struct {
	Range
	// PriorityScores are -1 (no score) to 3, of submissions.
	PriorityScores []int
	// IndicatorScores are 0 (benign) to 3 (high), for Indicators alone.
	IndicatorScores []int
	Statuses        []string
	EnclaveIDs      []string
	// PageSize is how many to ask for at once, at most 1000; 0 is 100.
	PageSize int
}

// triageBody is the body of both lists.
//
//easyjson:json
type triageBody struct {
	From            Timestamp `json:"from,omitempty"`
	To              Timestamp `json:"to,omitempty"`
	PriorityScores  []int     `json:"priorityEventScore,omitempty"`
	IndicatorScores []int     `json:"normalizedIndicatorScore,omitempty"`
	Statuses        []string  `json:"status,omitempty"`
	EnclaveIDs      []string  `json:"enclaveIds,omitempty"`
	Cursor          string    `json:"cursor,omitempty"`
}

func (q TriageQuery) body() (triageBody, error) {
	var sent triageBody
	if err := q.check(0); err != nil {
		return sent, err
	}
	for _, score := range q.PriorityScores {
		if score < -1 || score > 3 {
			return sent, invalid("priorityEventScore", "must be between -1 and 3")
		}
	}
	for _, score := range q.IndicatorScores {
		if score < 0 || score > 3 {
			return sent, invalid("normalizedIndicatorScore", "must be between 0 and 3")
		}
	}
	for _, status := range q.Statuses {
		if status != Unresolved && status != Confirmed && status != Ignored {
			return sent, invalid("status", "must be UNRESOLVED, CONFIRMED or IGNORED")
		}
	}
	return triageBody{q.From, q.To, q.PriorityScores, q.IndicatorScores, q.Statuses, q.EnclaveIDs, ""}, nil
}

// PhishingSubmission is a mail that somebody reported.
//
//easyjson:json
type PhishingSubmission struct {
	ID    string `json:"submissionId"`
	Title string `json:"title"`
	// PriorityScore is -1 (no score) to 3.
	PriorityScore Score          `json:"priorityEventScore"`
	Status        PhishingStatus `json:"status"`
	// Context is what sources said of the indicators in it.
	Context []PhishingContext `json:"context"`
}

// PhishingContext is what a source said of an indicator of a mail.
//
//easyjson:json
type PhishingContext struct {
	Type      string `json:"indicatorType"`
	Value     string `json:"indicatorValue"`
	SourceKey string `json:"sourceKey"`
	// Score is 0 benign to 3 high; OriginalScore is the source's own.
	Score         Score        `json:"normalizedIndicatorScore"`
	OriginalScore SummaryScore `json:"originalIndicatorScore"`
}

// PhishingIndicator is an indicator of phishing with what a source said of it.
//
//easyjson:json
type PhishingIndicator struct {
	Type          string       `json:"indicatorType"`
	Value         string       `json:"value"`
	SourceKey     string       `json:"sourceKey"`
	Score         Score        `json:"normalizedIndicatorScore"`
	OriginalScore SummaryScore `json:"originalIndicatorScore"`
}

//easyjson:json
type phishingSubmissions struct {
	cursorHead
	Items []PhishingSubmission `json:"items"`
}

func (p *phishingSubmissions) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if p.Items[i].ID == "" {
			return api.Missing("submissionId for one of its items")
		}
	}
	return p.cursorHead.check()
}

func (p *phishingSubmissions) items() []PhishingSubmission { return p.Items }

//easyjson:json
type phishingIndicators struct {
	cursorHead
	Items []PhishingIndicator `json:"items"`
}

func (p *phishingIndicators) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if p.Items[i].Value == "" {
			return api.Missing("value for one of its items")
		}
	}
	return p.cursorHead.check()
}

func (p *phishingIndicators) items() []PhishingIndicator { return p.Items }

// Submissions iterates over the mails that were reported.
//
// Source: the vendor's page "Get Phishing Submissions".
//
//api:operation POST /1.3/triage/submissions
func (s Triage) Submissions(ctx context.Context, q TriageQuery) iter.Seq2[PhishingSubmission, error] {
	if q.IndicatorScores != nil {
		return none[PhishingSubmission](invalid("normalizedIndicatorScore", "is for indicators alone"))
	}
	return triage(ctx, s, q, "submissions", func() cursorAnswer[PhishingSubmission] { return new(phishingSubmissions) })
}

// Indicators iterates over the indicators in the mails that were reported.
//
// Source: the vendor's page "Get Phishing Indicators".
//
//api:operation POST /1.3/triage/indicators
func (s Triage) Indicators(ctx context.Context, q TriageQuery) iter.Seq2[PhishingIndicator, error] {
	return triage(ctx, s, q, "indicators", func() cursorAnswer[PhishingIndicator] { return new(phishingIndicators) })
}

func triage[T any](ctx context.Context, s Triage, q TriageQuery, what string, read func() cursorAnswer[T]) iter.Seq2[T, error] {
	sent, err := q.body()
	if err != nil {
		return none[T](err)
	}
	size, err := pageSize(q.PageSize, 100, maxTriagePage)
	if err != nil {
		return none[T](err)
	}
	return follow(ctx, s.service, func(cursor string) (*api.Request, error) {
		query := api.Query{{Name: "pageSize", Value: strconv.Itoa(size)}}
		req, err := s.request(Version13, "POST", "list phishing "+what, query, "triage", what)
		if err != nil {
			return nil, err
		}
		sent.Cursor = cursor
		req.Repeatable, req.Timeout = true, lookupTimeout
		return req, carry(req, sent)
	}, read)
}

// SetStatus says what became of a mail: Confirmed or Ignored.
//
// Source: the vendor's page "Set Triage Status".
//
//api:operation POST /1.3/triage/submissions/{submissionId}/status
func (s Triage) SetStatus(ctx context.Context, submissionID, status string) error {
	if status != Confirmed && status != Ignored {
		return invalid("status", "must be CONFIRMED or IGNORED")
	}
	req, err := s.request(Version13, "POST", "set phishing status", api.Query{{Name: "status", Value: status}}, "triage", "submissions", submissionID, "status")
	if err != nil {
		return err
	}
	req.Repeatable = true
	return s.act(ctx, req)
}

// PhishingStatus is the state of a phishing submission. One public sample shows a
// stored form, "phishing/confirmed", which is read as "CONFIRMED".
type PhishingStatus string

// UnmarshalEasyJSON reads both forms.
func (s *PhishingStatus) UnmarshalEasyJSON(in *jlexer.Lexer) {
	text := in.String()
	if stored, ok := strings.CutPrefix(text, "phishing/"); ok {
		text = strings.ToUpper(stored)
	}
	*s = PhishingStatus(text)
}

// MarshalEasyJSON writes the documented form.
func (s PhishingStatus) MarshalEasyJSON(out *jwriter.Writer) { out.String(string(s)) }
