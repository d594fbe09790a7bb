package station_test

import (
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/trustar"
)

// clientStep is one method of our client, called against the station over HTTP.
type clientStep struct {
	// method is the group and the name: "Reports.List", or a name of Client itself.
	method string
	call   func() (any, error)
	// want stands in the answer as %+v writes it; {name} is an id that was kept.
	want string
}

// all reads a list to its end.
func all[T any](seq iter.Seq2[T, error]) (any, error) {
	var list []T
	for one, err := range seq {
		if err != nil {
			return list, err
		}
		list = append(list, one)
	}
	return list, nil
}

// nothing is a call that answers nothing.
func nothing(err error) (any, error) { return nil, err }

// clientWorld is what the steps of a version have to do with.
type clientWorld struct {
	*fixture
	t      testing.TB
	client *trustar.Client
	now    time.Time
	ids    map[string]string
}

func newClientWorld(t *testing.T, version string) *clientWorld {
	t.Helper()
	f := newFixture(t)
	client, err := trustar.New(trustar.Config{
		Transport: httptransport.New(httptransport.Config{}), BaseURL: f.url, Version: version,
		Key: f.analyst.Key, Secret: f.analyst.Secret, Now: f.clock.Now,
	})
	require.NoError(t, err)
	return &clientWorld{f, t, client, start, map[string]string{}}
}

// keep remembers an id for later steps.
func (w *clientWorld) keep(name, id string, err error) (any, error) {
	w.ids[name] = id
	return id, err
}

func (w *clientWorld) report(externalID, body string) trustar.Submission {
	return trustar.Submission{
		ExternalID: externalID, Title: "Title of " + externalID, Body: body, Distribution: trustar.DistributionEnclave, EnclaveIDs: []string{w.intel.ID},
	}
}

// span is a day around the clock.
func (w *clientWorld) span() trustar.Range {
	return trustar.Range{From: trustar.At(w.now.Add(-12 * time.Hour)), To: trustar.At(w.now.Add(12 * time.Hour))}
}

// general are the calls that every version has.
func (w *clientWorld) general() []clientStep {
	c, ctx := w.client, w.t.Context()
	return []clientStep{
		{"Ping", func() (any, error) { return nothing(c.Ping(ctx)) }, ""},
		{"PrepareSubmission", func() (any, error) {
			_, err := c.PrepareSubmission(w.report("prepared", "x"))
			return nothing(err)
		}, ""},
	}
}

// reports are the calls about reports that 1.2 and 1.3 share.
func (w *clientWorld) reports() []clientStep {
	c, ctx := w.client, w.t.Context()
	return []clientStep{
		{"ServerVersion", func() (any, error) { return c.ServerVersion(ctx) }, "1."},
		{"Submit", func() (any, error) {
			got, err := c.Submit(ctx, w.report("one", "198.18.0.1 and one.example-client.com"))
			return w.keep("one", got.ReportID, err)
		}, "-"},
		{"SubmitBytes", func() (any, error) {
			req, err := c.PrepareSubmission(w.report("two", "198.18.0.1 and two.example-client.com"))
			if err != nil {
				return nil, err
			}
			got, err := c.SubmitBytes(ctx, req.Body)
			return w.keep("two", got.ReportID, err)
		}, "-"},
		{"Report", func() (any, error) { return c.Report(ctx, w.ids["one"]) }, "Title of one"},
		{"ReportByExternalID", func() (any, error) { return c.ReportByExternalID(ctx, "two") }, "Title of two"},
		{"ReportIndicators", func() (any, error) { return all(c.ReportIndicators(ctx, w.ids["one"])) }, "one.example-client.com"},
		{"Correlated", func() (any, error) { return all(c.Correlated(ctx, []string{"198.18.0.1"})) }, "Title of two"},
		{"Reports.Get", func() (any, error) { return c.Reports().Get(ctx, trustar.ByExternalID("one"), false) }, "Title of one"},
		{"Reports.List", func() (any, error) {
			return all(c.Reports().List(ctx, trustar.ReportQuery{Range: w.span(), EnclaveIDs: []string{w.intel.ID}}))
		}, "Title of two"},
		{"Reports.Update", func() (any, error) {
			return c.Reports().Update(ctx, trustar.ByID(w.ids["one"]), w.report("one", "198.18.0.1 changed.example-client.com"))
		}, ""},
		{"Indicators.Trending", func() (any, error) { return c.Indicators().Trending(ctx, "CVE", 1) }, "[]"},
		{"Tags.AddToReport", func() (any, error) {
			return c.Tags().AddToReport(ctx, trustar.ByID(w.ids["one"]), "phase", w.intel.ID)
		}, "phase"},
		{"Tags.OfReport", func() (any, error) { return c.Tags().OfReport(ctx, trustar.ByID(w.ids["one"])) }, "phase"},
		{"Tags.DeleteFromReport", func() (any, error) {
			return nothing(c.Tags().DeleteFromReport(ctx, trustar.ByID(w.ids["one"]), "phase", w.intel.ID))
		}, ""},
	}
}

func (w *clientWorld) steps12() []clientStep {
	c, ctx := w.client, w.t.Context()
	return append(append(w.general(), w.reports()...), []clientStep{
		{"Indicators.Latest", func() (any, error) { return c.Indicators().Latest(ctx, trustar.LatestQuery{}) }, "198.18.0.1"},
		{"Indicators.Find", func() (any, error) { return c.Indicators().Find(ctx, "example-client", "", 10) }, "two.example-client.com"},
		{"Reports.Delete", func() (any, error) { return nothing(c.Reports().Delete(ctx, trustar.ByExternalID("two"))) }, ""},
	}...)
}

func (w *clientWorld) steps13() []clientStep {
	c, ctx := w.client, w.t.Context()
	tag := func() trustar.IndicatorTag { return trustar.IndicatorTag{Name: "c2", EnclaveID: w.intel.ID} }
	return append(append(w.general(), w.reports()...), []clientStep{
		{"Enclaves", func() (any, error) { return c.Enclaves(ctx) }, "Shared"},
		{"Reports.CorrelatedIDs", func() (any, error) { return c.Reports().CorrelatedIDs(ctx, "198.18.0.1") }, "{one}"},
		{"EnclaveDetails", func() (any, error) { return c.EnclaveDetails(ctx) }, "Phishing Enclave"},
		{"RequestQuotas", func() (any, error) { return c.RequestQuotas(ctx) }, "[]"},
		{"Reports.Search", func() (any, error) {
			return all(c.Reports().Search(ctx, trustar.ReportSearch{Range: w.span(), Term: "title of two"}))
		}, "Title of two"},
		{"Reports.Status", func() (any, error) { return c.Reports().Status(ctx, w.ids["one"]) }, "SUBMISSION_SUCCESS"},
		{"Reports.Upsert", func() (any, error) {
			return c.Reports().Upsert(ctx, w.ids["one"], "APPEND", w.report("one", "198.18.0.9"))
		}, "{one}"},
		{"Reports.Copy", func() (any, error) { return c.Reports().Copy(ctx, w.ids["one"], w.shared.ID) }, "Version:1"},
		{"Reports.CopyEdited", func() (any, error) {
			as := w.report("three", "198.18.0.3")
			as.EnclaveIDs = []string{w.shared.ID}
			got, err := c.Reports().CopyEdited(ctx, w.ids["one"], as, []string{"edited"})
			return w.keep("three", got.ID, err)
		}, "-"},
		{"Reports.Move", func() (any, error) { return c.Reports().Move(ctx, w.ids["three"], w.intel.ID) }, "{three}"},
		{"Reports.Redact", func() (any, error) {
			title, body, err := c.Reports().Redact(ctx, "To Northwind", "and nobody")
			return title + body, err
		}, "To <company>and nobody"},
		{"Tags.AlterReport", func() (any, error) {
			return nothing(c.Tags().AlterReport(ctx, trustar.ByID(w.ids["two"]), []string{"a", "b"}, []string{"c"}))
		}, ""},
		{"Tags.OfReports", func() (any, error) { return c.Tags().OfReports(ctx, w.intel.ID) }, "edited"},
		{"Indicators.Submit", func() (any, error) {
			return nothing(c.Indicators().Submit(ctx, []string{w.intel.ID}, []trustar.SubmittedIndicator{{
				Value: "198.18.1.1", FirstSeen: trustar.At(w.now), LastSeen: trustar.At(w.now), Sightings: 3, Source: "sensor", Notes: "note",
			}}, tag()))
		}, ""},
		{"Indicators.Search", func() (any, error) {
			return all(c.Indicators().Search(ctx, trustar.IndicatorSearch{Range: w.span(), Term: "198.18", Types: []string{"IP"}}))
		}, "198.18.1.1"},
		{"Indicators.List", func() (any, error) { return all(c.Indicators().List(ctx, w.span(), []string{w.intel.ID}, nil, nil)) }, "198.18.1.1"},
		{"Indicators.Metadata", func() (any, error) {
			return c.Indicators().Metadata(ctx, []trustar.Indicator{{Value: "198.18.1.1"}}, w.intel.ID)
		}, "note"},
		{"Indicators.Details", func() (any, error) { return c.Indicators().Details(ctx, []string{"198.18.1.1"}) }, "198.18.1.1"},
		{"Indicators.Related", func() (any, error) { return all(c.Indicators().Related(ctx, []string{"198.18.0.1"})) }, "two.example-client.com"},
		{"Indicators.Summaries", func() (any, error) { return all(c.Indicators().Summaries(ctx, []string{"198.18.0.1"})) }, "{two}"},
		{"Indicators.StartExport", func() (any, error) {
			id, err := c.Indicators().StartExport(ctx, trustar.IndicatorSearch{Range: w.span(), Term: "198.18"})
			return w.keep("export", id, err)
		}, "-"},
		{"Indicators.ExportStatus", func() (any, error) { return c.Indicators().ExportStatus(ctx, w.ids["export"]) }, "COMPLETE"},
		{"Indicators.ExportData", func() (any, error) {
			data, err := c.Indicators().ExportData(ctx, w.ids["export"])
			return string(data), err
		}, "IP|198.18.1.1,IP,198.18.1.1"},
		{"Tags.AddToIndicator", func() (any, error) {
			got, err := c.Tags().AddToIndicator(ctx, "198.18.1.1", "seen", w.intel.ID)
			return w.keep("tag", got.GUID, err)
		}, "-"},
		{"Tags.OfIndicators", func() (any, error) { return c.Tags().OfIndicators(ctx, w.intel.ID) }, "seen"},
		{"Tags.DeleteFromIndicator", func() (any, error) { return nothing(c.Tags().DeleteFromIndicator(ctx, "198.18.1.1", w.ids["tag"])) }, ""},
		{"Whitelist.Add", func() (any, error) { return c.Whitelist().Add(ctx, "198.18.1.1", "no indicator") }, "198.18.1.1"},
		{"Whitelist.All", func() (any, error) { return all(c.Whitelist().All(ctx)) }, "198.18.1.1"},
		{"Whitelist.Delete", func() (any, error) {
			return nothing(c.Whitelist().Delete(ctx, trustar.Indicator{Type: "IP", Value: "198.18.1.1"}))
		}, ""},
		{"Triage.Submissions", func() (any, error) {
			mail := w.report("mail", "198.18.2.2")
			mail.EnclaveIDs = []string{w.mail.ID}
			got, err := c.Submit(ctx, mail)
			if err != nil {
				return nil, err
			}
			w.ids["mail"] = got.ReportID
			return all(c.Triage().Submissions(ctx, trustar.TriageQuery{PriorityScores: []int{-1, 3}}))
		}, "{mail}"},
		{"Triage.SetStatus", func() (any, error) { return nothing(c.Triage().SetStatus(ctx, w.ids["mail"], "CONFIRMED")) }, ""},
		{"Triage.Indicators", func() (any, error) {
			return all(c.Triage().Indicators(ctx, trustar.TriageQuery{Statuses: []string{"CONFIRMED"}}))
		}, "[]"},
		{"Reports.Delete", func() (any, error) { return nothing(c.Reports().Delete(ctx, trustar.ByID(w.ids["two"]))) }, ""},
	}...)
}

func (w *clientWorld) steps20() []clientStep {
	c, ctx := w.client, w.t.Context()
	event := func(title string) trustar.Structured {
		return trustar.Structured{
			Title: title, Content: trustar.Content{Text: "from 198.18.3.1"}, EnclaveGUID: w.intel.ID, ExternalID: "event", Tags: []string{"vpn"},
			Timestamp: trustar.At(w.now),
		}
	}
	search := func() trustar.SubmissionSearch {
		return trustar.SubmissionSearch{Range: w.span(), Term: "198.18.3", EnclaveGUIDs: []string{w.intel.ID}, PageSize: 1}
	}
	workflow := func(name string) trustar.Workflow {
		return trustar.Workflow{Name: name, Config: trustar.WorkflowConfig{
			Type:           "INDICATOR_PRIORITIZATION",
			Source:         trustar.WorkflowSource{Enclaves: []trustar.WeighedEnclave{{EnclaveGUID: w.intel.ID, Weight: 3}}},
			Destination:    trustar.WorkflowDestination{Enclaves: []trustar.DestinationEnclave{{EnclaveGUID: w.shared.ID, Type: "ENCLAVE"}}},
			PriorityScores: []string{"HIGH"}, ObservableTypes: []string{"IP4"},
		}}
	}
	// Submissions of 2.0 have their own calls.
	steps := []clientStep{{"Ping", func() (any, error) { return nothing(c.Ping(ctx)) }, ""}}
	return append(steps, []clientStep{
		{"Enclaves", func() (any, error) { return c.Enclaves(ctx) }, "Shared"},
		{"Submissions.Upsert", func() (any, error) {
			got, err := c.Submissions().Upsert(ctx, "events", event("Event"))
			return w.keep("event", got.ID, err)
		}, "-"},
		{"Submissions.Create", func() (any, error) {
			set := trustar.Structured{
				Title: "Set", EnclaveGUID: w.intel.ID, ExternalID: "set",
				Content: trustar.Content{Indicators: []trustar.StructuredIndicator{{
					Observable: trustar.Term{Type: "IP4", Value: "198.18.3.1"}, Malicious: "HIGH", Tags: []string{"c2"},
					Attributes: []trustar.Relation{{Entity: trustar.Term{Type: "MALWARE", Value: "EMOTET"}}},
					Properties: trustar.Properties{{Name: "asn", Value: "64500"}},
				}}},
			}
			got, err := c.Submissions().Create(ctx, "indicators", set)
			return w.keep("set", got.ID, err)
		}, "-"},
		{"Submissions.Update", func() (any, error) { return c.Submissions().Update(ctx, "events", event("Event, second edition")) }, "Version:2"},
		{"Submissions.Get", func() (any, error) {
			return c.Submissions().Get(ctx, "indicators", trustar.SubmissionRef{ExternalID: "set", EnclaveGUID: w.intel.ID}, true)
		}, "EMOTET"},
		{"Submissions.Status", func() (any, error) { return c.Submissions().Status(ctx, w.ids["event"]) }, "SUBMISSION_SUCCESS"},
		{"Submissions.AlterTags", func() (any, error) {
			return nothing(c.Submissions().AlterTags(ctx, trustar.SubmissionRef{ID: w.ids["event"], EnclaveGUID: w.intel.ID}, []string{"x"}, []string{"vpn"}))
		}, ""},
		{"Submissions.Search", func() (any, error) {
			q := search()
			q.Term = "edition"
			return all(c.Submissions().Search(ctx, q))
		}, "{event}"},
		{"Indicators.SearchPrioritized", func() (any, error) {
			for one, err := range c.Indicators().SearchPrioritized(ctx, trustar.PrioritizedSearch{SubmissionSearch: search(), PriorityScores: []int{3}}) {
				w.ids["indicator"] = one.GUID
				return one, err
			}
			return nil, nil
		}, "HIGH"},
		{"Indicators.AlterTags", func() (any, error) {
			return nothing(c.Indicators().AlterTags(ctx, w.ids["indicator"], w.intel.ID, []string{"weighed"}, nil))
		}, ""},
		{"Observables.Search", func() (any, error) {
			return all(c.Observables().Search(ctx, trustar.ObservableSearch{SubmissionSearch: search()}))
		}, "weighed"},
		{"Observables.AlterTags", func() (any, error) {
			return nothing(c.Observables().AlterTags(ctx, "198.18.3.1", w.intel.ID, nil, []string{"weighed"}))
		}, ""},
		{"Observables.OfSubmission", func() (any, error) {
			return all(c.Observables().OfSubmission(ctx, trustar.SubmissionRef{ID: w.ids["event"]}))
		}, "198.18.3.1"},
		{"Observables.Parse", func() (any, error) { return c.Observables().Parse(ctx, "hxxp://evil.example-client[.]com/a") }, "http://evil.example-client.com/a"},
		{"Safelists.Create", func() (any, error) {
			got, err := c.Safelists().Create(ctx, "Ours")
			return w.keep("library", got.GUID, err)
		}, "-"},
		{"Safelists.List", func() (any, error) { return c.Safelists().List(ctx) }, "Ours"},
		{"Safelists.Add", func() (any, error) {
			return c.Safelists().Add(ctx, w.ids["library"], trustar.Entity{Entity: "198.18.3.1", Type: "IP4"})
		}, "198.18.3.1"},
		{"Safelists.Get", func() (any, error) {
			got, err := c.Safelists().Get(ctx, w.ids["library"])
			if err == nil {
				w.ids["entry"] = got.Entries[0].GUID
			}
			return got, err
		}, "198.18.3.1"},
		{"Safelists.Extract", func() (any, error) { return c.Safelists().Extract(ctx, "198.18.3.1 and words") }, "198.18.3.1"},
		{"Safelists.DeleteEntry", func() (any, error) { return nothing(c.Safelists().DeleteEntry(ctx, w.ids["library"], w.ids["entry"])) }, ""},
		{"Safelists.Delete", func() (any, error) { return nothing(c.Safelists().Delete(ctx, w.ids["library"])) }, ""},
		{"Workflows.Create", func() (any, error) {
			got, err := c.Workflows().Create(ctx, workflow("Weigh"))
			return w.keep("workflow", got.GUID, err)
		}, "-"},
		{"Workflows.List", func() (any, error) { return c.Workflows().List(ctx, trustar.WorkflowQuery{Name: "Weigh"}) }, "Weigh"},
		{"Workflows.Update", func() (any, error) { return c.Workflows().Update(ctx, w.ids["workflow"], workflow("Weigh more")) }, "Weigh more"},
		{"Workflows.Get", func() (any, error) { return c.Workflows().Get(ctx, w.ids["workflow"]) }, "Weigh more"},
		{"Workflows.Delete", func() (any, error) { return nothing(c.Workflows().Delete(ctx, w.ids["workflow"])) }, ""},
		{"Submissions.Delete", func() (any, error) {
			return nothing(c.Submissions().Delete(ctx, "events", trustar.SubmissionRef{ExternalID: "event", EnclaveGUID: w.intel.ID}))
		}, ""},
	}...)
}

// TestEveryClientMethod calls every method of our client, in every version that has it,
// against the station over HTTP.
func TestEveryClientMethod(t *testing.T) {
	t.Parallel()
	called := map[string]bool{"Link": true} // it asks nobody
	total := 0
	for version, steps := range map[string]func(*clientWorld) []clientStep{
		trustar.Version12: (*clientWorld).steps12, trustar.Version13: (*clientWorld).steps13, trustar.Version20: (*clientWorld).steps20,
	} {
		w := newClientWorld(t, version)
		for _, s := range steps(w) {
			w.clock.advance(1500 * time.Millisecond) // forty calls a minute
			got, err := s.call()
			if !assert.NoError(t, err, "%s %s", version, s.method) {
				continue
			}
			want := s.want
			for name, id := range w.ids {
				want = strings.ReplaceAll(want, "{"+name+"}", id)
			}
			assert.Contains(t, fmt.Sprintf("%+v", got), want, "%s %s", version, s.method)
			called[s.method] = true
			total++
		}
	}
	client := reflect.TypeFor[*trustar.Client]()
	for i := range client.NumMethod() {
		method := client.Method(i)
		if method.Type.NumIn() > 1 || method.Type.NumOut() != 1 {
			assert.True(t, called[method.Name], "no step calls %s", method.Name)
			continue
		}
		group := method.Type.Out(0) // Reports, Indicators, …
		for k := range group.NumMethod() {
			name := method.Name + "." + group.Method(k).Name
			assert.True(t, called[name], "no step calls %s", name)
		}
	}
	t.Logf("%d methods in %d calls", len(called)-1, total)
}
