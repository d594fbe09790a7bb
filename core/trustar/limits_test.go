package trustar

import (
	"context"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest/clienttest"
)

func second[T any](_ T, err error) error { return err }

func drain[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// What the contract forbids costs no call.
func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	v12, v13, v20 := offlineClient(t, Version12), offlineClient(t, Version13), offlineClient(t, Version20)
	const year = 366 * day
	byID, noID := ByID("x"), ByID("")
	good := sample()
	large, long, many := good, good, good
	large.Body = strings.Repeat("x", MaxReportBody+1)
	long.ExternalURL = strings.Repeat("x", MaxExternalURL+1)
	many.EnclaveIDs = nil
	big := strings.Repeat("x", MaxReportBody+1)
	term := Term{ObservableIP4, "192.0.2.7"}
	indicators := func(n int) Content {
		return Content{Indicators: make([]StructuredIndicator, n)}
	}
	set := func(change func(*Structured)) Structured {
		s := Structured{Title: "t", EnclaveGUID: "e", Content: Content{Indicators: []StructuredIndicator{{Observable: term}}}}
		change(&s)
		return s
	}
	upsert := func(change func(*Structured)) error {
		return second(v20.Submissions().Upsert(ctx, KindIndicators, set(change)))
	}
	indicator := func(change func(*StructuredIndicator)) error {
		return upsert(func(s *Structured) { change(&s.Content.Indicators[0]) })
	}
	workflow := func(change func(*Workflow)) error {
		w := Workflow{Name: "name", Config: WorkflowConfig{
			Type: WorkflowPrioritization, Source: WorkflowSource{[]WeighedEnclave{{"e", 1}}}, Destination: WorkflowDestination{[]DestinationEnclave{{"e", "ENCLAVE"}}},
		}}
		change(&w)
		return second(v20.Workflows().Create(ctx, w))
	}
	tags21 := make([]string, 21)
	for i := range tags21 {
		tags21[i] = "t"
	}
	for field, problems := range map[string][]error{
		"id": {
			second(v13.Report(ctx, "")), second(v13.Reports().Get(ctx, noID, false)), second(v13.Reports().Update(ctx, noID, good)), v12.Reports().Delete(ctx, noID),
			second(v13.Reports().Status(ctx, "")), second(v13.Reports().Move(ctx, "", "e")), second(v13.Tags().OfReport(ctx, noID)), v13.Triage().SetStatus(ctx, "", Ignored),
			second(v20.Safelists().Get(ctx, "")), v20.Safelists().DeleteEntry(ctx, "x", ""), v20.Workflows().Delete(ctx, ""), second(v20.Submissions().Status(ctx, "")),
			v20.Submissions().Delete(ctx, KindEvents, SubmissionRef{}), second(v20.Submissions().Update(ctx, KindEvents, Structured{})),
			second(v20.Submissions().Get(ctx, KindEvents, SubmissionRef{ID: "a", ExternalID: "b"}, false)), v13.Tags().DeleteFromReport(ctx, byID, "", ""),
		},
		"title":              {second(v13.Reports().Update(ctx, byID, Submission{})), upsert(func(s *Structured) { s.Title = "" })},
		"reportBody":         {second(v13.Reports().Upsert(ctx, "", Override, large)), second(v12.Reports().Update(ctx, byID, large)), second3(v13.Reports().Redact(ctx, "", "")), second3(v13.Reports().Redact(ctx, "", big))},
		"externalUrl":        {second(v13.Reports().Update(ctx, byID, long))},
		"enclaveIds":         {second(v13.Reports().Upsert(ctx, "", Override, many)), v13.Indicators().Submit(ctx, nil, []SubmittedIndicator{{Value: "x"}}), v13.Indicators().Submit(ctx, []string{""}, []SubmittedIndicator{{Value: "x"}}), second(v13.Reports().CopyEdited(ctx, "x", good, []string{"a"}))},
		"mode":               {second(v13.Reports().Upsert(ctx, "", "", good))},
		"destEnclaveId":      {second(v13.Reports().Copy(ctx, "x", "")), second(v13.Reports().Move(ctx, "x", ""))},
		"to":                 {drain(v13.Reports().List(ctx, ReportQuery{Range: Range{From: 2, To: 1}})), drain(v20.Submissions().Search(ctx, SubmissionSearch{Range: Range{From: 2, To: 1}}))},
		"from":               {drain(v13.Reports().Search(ctx, ReportSearch{Range: Range{1, 2 + year}})), drain(v13.Indicators().Search(ctx, IndicatorSearch{Range: Range{1, 2 + year}})), drain(v20.Observables().Search(ctx, ObservableSearch{SubmissionSearch: SubmissionSearch{Range: Range{1, 2 + 364*day}}})), drain(v13.Triage().Submissions(ctx, TriageQuery{Range: Range{From: -1}}))},
		"pageSize":           {drain(v13.Reports().Search(ctx, ReportSearch{PageSize: 101})), drain(v13.Indicators().Search(ctx, IndicatorSearch{PageSize: 1001})), drain(v13.Triage().Indicators(ctx, TriageQuery{PageSize: -1})), drain(v20.Submissions().Search(ctx, SubmissionSearch{PageSize: 1000}))},
		"searchTerm":         {drain(v13.Reports().Search(ctx, ReportSearch{Term: "üü"})), drain(v13.Indicators().Search(ctx, IndicatorSearch{Term: "ab"}))},
		"entityTypes":        {drain(v13.Indicators().Search(ctx, IndicatorSearch{Types: []string{"IPv4"}}))},
		"indicators":         {drain(v13.Indicators().Related(ctx, nil)), drain(v13.Indicators().Related(ctx, []string{"a,b"})), drain(v13.Indicators().Related(ctx, []string{strings.Repeat("x", 5000)})), second(v13.Whitelist().Add(ctx)), second(v13.Whitelist().Add(ctx, "")), drain(v13.Indicators().Summaries(ctx, nil)), second(v13.Indicators().Metadata(ctx, nil)), second(v13.Reports().CorrelatedIDs(ctx)), second(v13.Indicators().Details(ctx, nil))},
		"content":            {v13.Indicators().Submit(ctx, []string{"e"}, nil), v13.Indicators().Submit(ctx, []string{"e"}, make([]SubmittedIndicator, MaxSubmittedIndicators+1)), upsert(func(s *Structured) { s.Content = indicators(MaxSubmissionIndicators + 1) }), upsert(func(s *Structured) { s.Content = Content{} }), upsert(func(s *Structured) { s.Content.Text = "x" }), second(v20.Submissions().Create(ctx, KindEvents, set(func(*Structured) {}))), second(v20.Submissions().Create(ctx, KindEvents, set(func(s *Structured) { s.Content = Content{Text: big} })))},
		"value":              {v13.Indicators().Submit(ctx, []string{"e"}, []SubmittedIndicator{{}}), second(v13.Indicators().Metadata(ctx, []Indicator{{}})), v13.Whitelist().Delete(ctx, Indicator{Type: TypeIP}), second(v13.Tags().AddToIndicator(ctx, "", "n", "e")), v13.Tags().DeleteFromIndicator(ctx, "", "g")},
		"lastSeen":           {v13.Indicators().Submit(ctx, []string{"e"}, []SubmittedIndicator{{Value: "x", FirstSeen: 2, LastSeen: 1}})},
		"firstSeen":          {v13.Indicators().Submit(ctx, []string{"e"}, []SubmittedIndicator{{Value: "x", FirstSeen: -2}})},
		"sightings":          {v13.Indicators().Submit(ctx, []string{"e"}, []SubmittedIndicator{{Value: "x", Sightings: -2}})},
		"enclaveId":          {v13.Indicators().Submit(ctx, []string{"e"}, []SubmittedIndicator{{Value: "x", Tags: []IndicatorTag{{Name: "n"}}}}), second(v12.Tags().AddToReport(ctx, byID, "n", ""))},
		"indicatorType":      {second(v13.Indicators().Metadata(ctx, []Indicator{{"IP", "a"}, {"", "b"}})), v13.Whitelist().Delete(ctx, Indicator{"DOMAIN", "x"})},
		"tag":                {v13.Tags().AlterReport(ctx, byID, nil, nil), v13.Tags().AlterReport(ctx, byID, []string{" "}, nil), v13.Tags().AlterReport(ctx, byID, nil, []string{strings.Repeat("ü", MaxTag+1)}), second(v13.Tags().AddToReport(ctx, byID, "a,b", "")), drain(v12.Reports().List(ctx, ReportQuery{Tags: []string{"a", "b"}})), drain(v13.Reports().List(ctx, ReportQuery{Tags: []string{""}}))},
		"excludedTags":       {drain(v12.Reports().List(ctx, ReportQuery{ExcludedTags: []string{"a"}}))},
		"submittedBy":        {drain(v13.Reports().List(ctx, ReportQuery{SubmittedBy: "ME"}))},
		"daysBack":           {second(v13.Indicators().Trending(ctx, "", 0)), second(v12.Indicators().Trending(ctx, "", 31))},
		"source":             {second(v12.Indicators().Latest(ctx, LatestQuery{Source: SourceFacebook}))},
		"limit":              {second(v12.Indicators().Latest(ctx, LatestQuery{Limit: 5001})), second(v12.Indicators().Find(ctx, "x", "", -1))},
		"intervalSize":       {second(v12.Indicators().Latest(ctx, LatestQuery{Hours: 25}))},
		"q":                  {second(v12.Indicators().Find(ctx, "", "", 0))},
		"status":             {v13.Triage().SetStatus(ctx, "x", Unresolved), drain(v13.Triage().Submissions(ctx, TriageQuery{Statuses: []string{"OPEN"}}))},
		"priorityEventScore": {drain(v13.Triage().Submissions(ctx, TriageQuery{PriorityScores: []int{4}}))},
		"normalizedIndicatorScore": {
			drain(v13.Triage().Indicators(ctx, TriageQuery{IndicatorScores: []int{-1}})), drain(v13.Triage().Submissions(ctx, TriageQuery{IndicatorScores: []int{3}})),
		},
		"kind":                      {second(v20.Submissions().Upsert(ctx, "reports", set(func(*Structured) {}))), v20.Submissions().Delete(ctx, "x", SubmissionRef{ID: "x"})},
		"enclaveGuid":               {upsert(func(s *Structured) { s.EnclaveGUID = "" }), second(v20.Submissions().Get(ctx, KindEvents, SubmissionRef{ExternalID: "x"}, true)), v20.Indicators().AlterTags(ctx, "x", "", []string{"a"}, nil), workflow(func(w *Workflow) { w.Config.Source.Enclaves[0].EnclaveGUID = "" })},
		"enclaveGuids":              {drain(v20.Indicators().SearchPrioritized(ctx, PrioritizedSearch{}))},
		"observable":                {indicator(func(i *StructuredIndicator) { i.Observable.Type = "IP" }), indicator(func(i *StructuredIndicator) { i.Observable.Value = "" })},
		"attributes":                {indicator(func(i *StructuredIndicator) { i.Attributes = make([]Relation, maxAttributes+1) }), indicator(func(i *StructuredIndicator) { i.Attributes = []Relation{{Entity: term}} })},
		"relatedObservables":        {indicator(func(i *StructuredIndicator) { i.RelatedObservables = make([]Relation, maxAttributes+1) })},
		"properties":                {indicator(func(i *StructuredIndicator) { i.Properties = make(Properties, maxProperties+1) })},
		"validTo":                   {indicator(func(i *StructuredIndicator) { i.ValidFrom, i.ValidTo = 2, 1 })},
		"maliciousScore":            {indicator(func(i *StructuredIndicator) { i.Malicious = "high" })},
		"confidenceScore":           {indicator(func(i *StructuredIndicator) { i.Confidence = "BENIGN" })},
		"tags":                      {upsert(func(s *Structured) { s.Tags = tags21 }), v20.Observables().AlterTags(ctx, "x", "e", tags21, nil), v20.Observables().AlterTags(ctx, "x", "e", nil, nil), drain(v20.Submissions().Search(ctx, SubmissionSearch{IncludedTags: []string{""}}))},
		"rawContent":                {upsert(func(s *Structured) { s.RawContent = big }), second(v20.Submissions().Create(ctx, KindEvents, set(func(s *Structured) { s.Content, s.RawContent = Content{Text: "x"}, "x" })))},
		"timestamp":                 {upsert(func(s *Structured) { s.Timestamp = -1 })},
		"sortColumn":                {drain(v20.Observables().Search(ctx, ObservableSearch{SubmissionSearch: SubmissionSearch{SortColumn: SortCreated}}))},
		"sortOrder":                 {drain(v20.Submissions().Search(ctx, SubmissionSearch{SortOrder: Ascending})), drain(v20.Observables().Search(ctx, ObservableSearch{SubmissionSearch: SubmissionSearch{SortOrder: "UP"}}))},
		"types":                     {drain(v20.Observables().Search(ctx, ObservableSearch{Types: []string{"IP"}})), workflow(func(w *Workflow) { w.Config.ObservableTypes = []string{"IP"} })},
		"observableValue":           {v20.Observables().AlterTags(ctx, "", "e", []string{"a"}, nil)},
		"text":                      {second(v20.Observables().Parse(ctx, "")), second(v20.Safelists().Extract(ctx, big))},
		"name":                      {second(v20.Safelists().Create(ctx, "")), workflow(func(w *Workflow) { w.Name = "ab" }), workflow(func(w *Workflow) { w.Name = strings.Repeat("x", 121) })},
		"entries":                   {second(v20.Safelists().Add(ctx, "x")), second(v20.Safelists().Add(ctx, "x", Entity{Entity: "", Type: "IP4"}))},
		"type":                      {workflow(func(w *Workflow) { w.Config.Type = "" }), second(v12.Indicators().Trending(ctx, TypeIP, 7)), second(v13.Indicators().Trending(ctx, TypeOther, 7))},
		"weight":                    {workflow(func(w *Workflow) { w.Config.Source.Enclaves[0].Weight = 6 })},
		"enclaveSourceConfig":       {workflow(func(w *Workflow) { w.Config.Source.Enclaves = nil })},
		"enclaveDestinationConfigs": {workflow(func(w *Workflow) { w.Config.Destination.Enclaves = nil })},
		"destinationType":           {workflow(func(w *Workflow) { w.Config.Destination.Enclaves[0].Type = "MAIL" })},
		"priorityScores":            {workflow(func(w *Workflow) { w.Config.PriorityScores = []string{"3"} }), drain(v20.Indicators().SearchPrioritized(ctx, PrioritizedSearch{SubmissionSearch: SubmissionSearch{EnclaveGUIDs: []string{"e"}}, PriorityScores: []int{4}}))},
	} {
		for i, err := range problems {
			clienttest.Refused(t, err, field, i)
		}
	}
}

func second3[T, U any](_ T, _ U, err error) error { return err }

// At the limit is not over it.
func TestLimitsAreInclusive(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	v13, v20 := offlineClient(t, Version13), offlineClient(t, Version20)
	made := make([]SubmittedIndicator, MaxSubmittedIndicators)
	for i := range made {
		made[i].Value = "192.0.2.7"
	}
	structured := make([]StructuredIndicator, MaxSubmissionIndicators)
	for i := range structured {
		structured[i].Observable = Term{ObservableIP4, "192.0.2.7"}
	}
	full := sample()
	full.Body = strings.Repeat("x", MaxReportBody)
	for i, err := range []error{
		v13.Indicators().Submit(ctx, []string{"e"}, made),
		second(v20.Submissions().Upsert(ctx, KindIndicators, Structured{Title: "t", EnclaveGUID: "e", Content: Content{Indicators: structured}})),
		second(v13.Reports().Update(ctx, ByID("x"), full)),
		drain(v13.Reports().Search(ctx, ReportSearch{Range: Range{1, 1 + 366*day}, PageSize: 100})),
		drain(v20.Submissions().Search(ctx, SubmissionSearch{Range: Range{1, 1 + 364*day}, PageSize: 999})),
		v13.Tags().AlterReport(ctx, ByID("x"), []string{strings.Repeat("ü", MaxTag)}, nil),
	} {
		require.ErrorContains(t, err, "a call was made", i)
	}
}

func TestRange(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{Version12: "from=1700000000&to=1700000001", Version13: "from=1700000000999&to=1700000000001"} {
		var query api.Query
		Range{From: 1700000000999, To: 1700000000001}.addTo(&query, version)
		assert.Equal(t, want, query.Encode(), "seconds are rounded outwards")
	}
	var query api.Query
	Range{}.addTo(&query, Version13)
	assert.Empty(t, query)
	assert.Zero(t, At(Timestamp(0).Time()))
	assert.EqualValues(t, 1700000000999, At(Timestamp(1700000000999).Time()))
}

// 2.0 has no reports: neither bytes nor a call are made for one.
func TestNoReportsIn20(t *testing.T) {
	t.Parallel()
	client := offlineClient(t, Version20)
	late, err := offlineClient(t, Version13).PrepareSubmission(sample())
	require.NoError(t, err)
	for i, err := range []error{
		second(client.PrepareSubmission(sample())), second(client.Submit(t.Context(), sample())), second(client.SubmitBytes(t.Context(), late.Body)),
		second(client.Report(t.Context(), "x")), second(client.ReportByExternalID(t.Context(), "x")),
		drain(client.ReportIndicators(t.Context(), "x")), drain(client.Correlated(t.Context(), []string{"192.0.2.7"})),
	} {
		var unsupported *api.UnsupportedError
		require.ErrorAs(t, err, &unsupported, i)
		assert.Equal(t, "1.2 and 1.3", unsupported.Has)
		assert.Equal(t, Version20, unsupported.Version)
	}
}
