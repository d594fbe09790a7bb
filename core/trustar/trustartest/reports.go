package trustartest

import (
	"context"
	"slices"

	"github.com/sightline-sec/sightline/core/trustar"
)

func reports13() []Operation {
	const v = trustar.Version13
	byID, external := trustar.ByID(reportID), trustar.ByExternalID("case9")
	return []Operation{
		sent("POST /1.3/reports", v, "/1.3/reports", submissionJSON+"}", "submitted-1.3.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submit(ctx, submission())
		}),
		sent("PUT /1.3/reports/{id}", v, "/1.3/reports/case9?idType=external", submissionJSON+"}", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Update(ctx, external, submission())
		}),
		sent("POST /1.3/reports/upsert", v, "/1.3/reports/upsert?idType=external&mode=OVERRIDE", submissionJSON+"}", "submitted-1.3.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Upsert(ctx, "", trustar.Override, submission())
		}),
		{
			Name: "GET /1.3/reports/{id}", Version: v,
			Exchanges: []Exchange{
				{Line: "GET /1.3/reports/" + reportID + "?includeNotes=true", Answer: "report-notes-1.3.json"},
				{Line: "GET /1.3/reports/case9?idType=external", Answer: "report-1.3.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				details, err := c.Reports().Get(ctx, byID, true)
				if err != nil {
					return nil, err
				}
				report, err := c.ReportByExternalID(ctx, "case9")
				return []any{details, report}, err
			},
		},
		one("DELETE /1.3/reports/{id}", v, "/1.3/reports/"+reportID, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Reports().Delete(ctx, byID))
		}),
		{
			Name: "GET /1.3/reports", Version: v,
			Exchanges: []Exchange{
				{Line: "GET /1.3/reports?enclaveIds=" + labID + "&tags=apt&excludedTags=old&from=1700000000000&to=1700000050000", Answer: "reports-1.3.json"},
				{Line: "GET /1.3/reports?enclaveIds=" + labID + "&tags=apt&excludedTags=old&from=1700000000000&to=1700000010000", Answer: "reports-1.3-older.json"},
				{Line: "GET /1.3/reports?enclaveIds=" + labID + "&tags=apt&excludedTags=old&from=1700000000000&to=1700000009999", Answer: "page-empty.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Reports().List(ctx, trustar.ReportQuery{Range: span(), EnclaveIDs: []string{labID}, Tags: []string{"apt"}, ExcludedTags: []string{"old"}}))
			},
		},
		sent("POST /1.3/reports/copy/{id}", v, "/1.3/reports/copy/"+reportID+"?destEnclaveId="+labID+"&copyFromProvidedSubmission=true", `{"tags":["apt"],`+submissionJSON[1:]+"}", "copied-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().CopyEdited(ctx, reportID, submission(), []string{"apt"})
		}),
		one("POST /1.3/reports/move/{id}", v, "/1.3/reports/move/"+reportID+"?destEnclaveId="+otherID, "moved-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Move(ctx, reportID, otherID)
		}),
		one("GET /1.3/reports/{id}/status", v, "/1.3/reports/"+reportID+"/status", "status-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Status(ctx, reportID)
		}),
		one("GET /1.3/reports/correlated", v, "/1.3/reports/correlated?pageNumber=0&pageSize=25&indicators=192.0.2.7", "correlated-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Correlated(ctx, []string{"192.0.2.7"}))
		}),
		one("GET /1.3/reports/correlate", v, "/1.3/reports/correlate?indicators=192.0.2.7&indicators=evil.example", "correlate-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().CorrelatedIDs(ctx, "192.0.2.7", "evil.example")
		}),
		sent("POST /1.3/reports/search", v, "/1.3/reports/search?from=1700000000000&to=1700000050000&enclaveIds="+labID+"&tags=a+b&pageNumber=0&pageSize=100", `{"searchTerm":"login"}`, "search-reports-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Reports().Search(ctx, trustar.ReportSearch{Range: span(), Term: "login", EnclaveIDs: []string{labID}, Tags: []string{"a b"}}))
		}),
		{
			Name: "GET /1.3/reports/search", Version: v,
			Exchanges: []Exchange{
				{Line: "POST /1.3/reports/search?pageNumber=0&pageSize=25", Sent: `{"searchTerm":"login"}`, Answer: "not-found.json", Status: 405},
				{Line: "GET /1.3/reports/search?pageNumber=0&pageSize=25&searchTerm=login", Answer: "search-reports-1.3.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Reports().Search(ctx, trustar.ReportSearch{Term: "login", PageSize: 25}))
			},
		},
		sent("POST /1.3/redaction/report", v, "/1.3/redaction/report", `{"title":"Mail to ExampleCorp","reportBody":"bob@example.com wrote"}`, "redacted-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			title, body, err := c.Reports().Redact(ctx, "Mail to ExampleCorp", "bob@example.com wrote")
			return []string{title, body}, err
		}),
		one("GET /1.3/reports/{id}/indicators", v, "/1.3/reports/"+reportID+"/indicators?pageNumber=0&pageSize=1000&applyWhitelist=false", "indicators-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.ReportIndicators(ctx, reportID))
		}),
	}
}

func reports12() []Operation {
	const v = trustar.Version12
	const body = `{"incidentReport":{"title":"Odd login","reportBody":"seen 192.0.2.7","externalTrackingId":"case9","distributionType":"ENCLAVE"},"enclaveIds":["` + labID + `"]}`
	byID := trustar.ByID(reportID)
	return []Operation{
		sent("POST /1.2/report", v, "/1.2/report", body, "submitted-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submit(ctx, submission())
		}),
		sent("PUT /1.2/report/{id}", v, "/1.2/report/"+reportID, body, "submitted-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Update(ctx, byID, submission())
		}),
		one("GET /1.2/report/{id}", v, "/1.2/report/"+reportID, "report-details-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Reports().Get(ctx, byID, true)
		}),
		one("DELETE /1.2/report/{id}", v, "/1.2/report/case9?idType=external", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Reports().Delete(ctx, trustar.ByExternalID("case9")))
		}),
		{
			Name: "GET /1.2/reports", Version: v,
			Exchanges: []Exchange{
				{Line: "GET /1.2/reports?distributionType=ENCLAVE&submittedBy=ME&enclaveIds=" + labID + "&tag=apt&from=1699999990&to=1700000051", Answer: "reports-1.2.json"},
				{Line: "GET /1.2/reports?distributionType=ENCLAVE&submittedBy=ME&enclaveIds=" + labID + "&tag=apt&from=1699999990&to=1700000050", Answer: "reports-1.2.json"},
				{Line: "GET /1.2/reports?distributionType=ENCLAVE&submittedBy=ME&enclaveIds=" + labID + "&tag=apt&from=1699999990&to=1700000049", Answer: "reports-1.2-none.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Reports().List(ctx, trustar.ReportQuery{
					Range: trustar.Range{From: 1699999990999, To: 1700000050001}, EnclaveIDs: []string{labID}, Tags: []string{"apt"},
					Distribution: trustar.DistributionEnclave, SubmittedBy: "ME",
				}))
			},
		},
		{
			Name: "GET /1.2/reports/correlate", Version: v,
			Exchanges: []Exchange{
				{Line: "GET /1.2/reports/correlate?q=192.0.2.7", Answer: "correlated-1.2.json"},
				{Line: "GET /1.2/report/" + reportID, Answer: "report-1.2.json"},
				{Line: "GET /1.2/report/0f0e0d0c-0b0a-4908-8706-050403020100", Answer: "not-found.json", Status: 404},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Correlated(ctx, []string{"192.0.2.7"}))
			},
		},
		one("GET /1.2/indicators/latest", v, "/1.2/indicators/latest?source=OSINT&types=IPv4%2CMD5&limit=10&intervalSize=24", "latest-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Latest(ctx, trustar.LatestQuery{Source: trustar.SourceOSINT, Types: []string{"IPv4", "MD5"}, Limit: 10, Hours: 24})
		}),
		one("GET /1.2/indicators/", v, "/1.2/indicators/?q=192.0.2.7&source=VIRUSTOTAL&limit=5", "find-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Find(ctx, "192.0.2.7", trustar.SourceVirusTotal, 5)
		}),
		one("GET /1.2/community-indicators/trending", v, "/1.2/community-indicators/trending?type=MALWARE&from=1699395200&to=1700000000", "trending-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Trending(ctx, trustar.TypeMalware, 7)
		}),
		one("GET /1.2/reports/{id}/enclave-tags", v, "/1.2/reports/"+reportID+"/enclave-tags", "tags-report-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().OfReport(ctx, byID)
		}),
		one("POST /1.2/reports/{id}/enclave-tags", v, "/1.2/reports/"+reportID+"/enclave-tags?name=apt&enclaveId="+labID, "tag-added-1.2.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().AddToReport(ctx, byID, "apt", labID)
		}),
		one("DELETE /1.2/reports/{id}/enclave-tags", v, "/1.2/reports/"+reportID+"/enclave-tags?name=apt&enclaveId="+labID, "tag-deleted-1.2.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Tags().DeleteFromReport(ctx, byID, "apt", labID))
		}),
	}
}

func tags() []Operation {
	const v = trustar.Version13
	byID := trustar.ByID(reportID)
	return []Operation{
		one("GET /1.3/reports/{id}/tags", v, "/1.3/reports/case9/tags?idType=external", "tags-report-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().OfReport(ctx, trustar.ByExternalID("case9"))
		}),
		sent("POST /1.3/reports/{id}/alter-tags", v, "/1.3/reports/"+reportID+"/alter-tags", `{"addedTags":[{"name":"a"}],"removedTags":[{"name":"b"}]}`, "tags-altered-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Tags().AlterReport(ctx, byID, []string{"a"}, []string{"b"}))
		}),
		one("GET /1.3/reports/tags", v, "/1.3/reports/tags?enclaveIds="+labID+"&enclaveIds="+otherID, "tags-report-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().OfReports(ctx, labID, otherID)
		}),
		one("POST /1.3/reports/{id}/tags", v, "/1.3/reports/"+reportID+"/tags?name=apt&enclaveId="+labID, "tag-added-1.3.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().AddToReport(ctx, byID, "apt", labID)
		}),
		one("DELETE /1.3/reports/{id}/tags/{tagName}", v, "/1.3/reports/"+reportID+"/tags/a%20b", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Tags().DeleteFromReport(ctx, byID, "a b", ""))
		}),
		one("GET /1.3/indicators/tags", v, "/1.3/indicators/tags", "tags-indicator-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().OfIndicators(ctx)
		}),
		sent("POST /1.3/indicators/tags", v, "/1.3/indicators/tags", `{"value":"evil.example","tag":{"name":"c2","enclaveId":"`+labID+`"}}`, "tag-indicator-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Tags().AddToIndicator(ctx, "evil.example", "c2", labID)
		}),
		one("DELETE /1.3/indicators/tags/{tagGuid}", v, "/1.3/indicators/tags/"+tagID+"?value=evil.example", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Tags().DeleteFromIndicator(ctx, "evil.example", tagID))
		}),
	}
}

func triage() []Operation {
	const v = trustar.Version13
	return []Operation{
		{
			Name: "POST /1.3/triage/submissions", Version: v,
			Exchanges: []Exchange{
				{Line: "POST /1.3/triage/submissions?pageSize=2", Sent: `{"from":1700000000000,"to":1700000050000,"priorityEventScore":[-1,3],"status":["UNRESOLVED","CONFIRMED"],"enclaveIds":["` + labID + `"]}`, Answer: "triage-submissions-1.3.json"},
				{Line: "POST /1.3/triage/submissions?pageSize=2", Sent: `{"from":1700000000000,"to":1700000050000,"priorityEventScore":[-1,3],"status":["UNRESOLVED","CONFIRMED"],"enclaveIds":["` + labID + `"],"cursor":"` + cursor + `"}`, Answer: "cursor-end.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Triage().Submissions(ctx, trustar.TriageQuery{
					Range: span(), PriorityScores: []int{-1, 3}, Statuses: []string{trustar.Unresolved, trustar.Confirmed}, EnclaveIDs: []string{labID}, PageSize: 2,
				}))
			},
		},
		sent("POST /1.3/triage/indicators", v, "/1.3/triage/indicators?pageSize=100", `{"normalizedIndicatorScore":[3]}`, "triage-indicators-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Triage().Indicators(ctx, trustar.TriageQuery{IndicatorScores: []int{3}}))
		}),
		one("POST /1.3/triage/submissions/{submissionId}/status", v, "/1.3/triage/submissions/"+reportID+"/status?status=CONFIRMED", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Triage().SetStatus(ctx, reportID, trustar.Confirmed))
		}),
	}
}

// Names are those of the table, in order.
func Names() []string {
	var names []string
	for _, op := range Operations() {
		names = append(names, op.Name)
	}
	slices.Sort(names)
	return names
}
