package trustartest

import (
	"context"

	"github.com/sightline-sec/sightline/core/trustar"
)

func submissions20() []Operation {
	const v = trustar.Version20
	set := trustar.Structured{
		Title: "Beacons", EnclaveGUID: labID, ExternalID: "case9", Timestamp: year2023, Tags: []string{"c2"}, RawContent: "seen 192.0.2.7",
		Content: trustar.Content{Indicators: []trustar.StructuredIndicator{{
			Observable: trustar.Term{Type: trustar.ObservableIP4, Value: "192.0.2.7"}, ValidFrom: year2023, ValidTo: aBitLater, Malicious: "HIGH", Confidence: "LOW",
			Attributes:         []trustar.Relation{{Entity: trustar.Term{Type: trustar.AttributeMalware, Value: "LOCKY"}, Confidence: "MEDIUM"}},
			RelatedObservables: []trustar.Relation{{Entity: trustar.Term{Type: trustar.ObservableDomain, Value: "evil.example"}}},
			Properties:         trustar.Properties{{Name: "feed", Value: "daily"}}, Tags: []string{"c2"},
		}}},
	}
	event := trustar.Structured{
		Title: "Odd login", EnclaveGUID: labID, ID: reportID, ExternalURL: "https://blog.example/a",
		Content: trustar.Content{Text: "seen 192.0.2.7"},
	}
	created := event
	created.ID = ""
	const content = `"content":{"indicators":[{"observable":{"type":"IP4","value":"192.0.2.7"},"validFrom":1700000000000,"validTo":1700000050000,"maliciousScore":"HIGH","confidenceScore":"LOW",` +
		`"attributes":[{"entity":{"type":"MALWARE","value":"LOCKY"},"confidenceScore":"MEDIUM"}],"relatedObservables":[{"entity":{"type":"DOMAIN","value":"evil.example"}}],"properties":{"feed":"daily"},"tags":["c2"]}]}`
	byID := trustar.SubmissionRef{ID: reportID, EnclaveGUID: labID}
	return []Operation{
		sent("POST /2.0/submissions/{kind}/upsert", v, "/2.0/submissions/indicators/upsert", `{"title":"Beacons",`+content+`,"enclaveGuid":"`+labID+`","externalId":"case9","timestamp":1700000000000,"tags":["c2"],"rawContent":"seen 192.0.2.7"}`, "v2-upserted.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submissions().Upsert(ctx, trustar.KindIndicators, set)
		}),
		sent("POST /2.0/submissions/{kind}", v, "/2.0/submissions/intelligence", `{"title":"Odd login","content":"seen 192.0.2.7","enclaveGuid":"`+labID+`","externalUrl":"https://blog.example/a"}`, "v2-upserted.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submissions().Create(ctx, trustar.KindIntelligence, created)
		}),
		sent("PUT /2.0/submissions/{kind}", v, "/2.0/submissions/events", `{"title":"Odd login","content":"seen 192.0.2.7","enclaveGuid":"`+labID+`","id":"`+reportID+`","externalUrl":"https://blog.example/a"}`, "v2-updated.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submissions().Update(ctx, trustar.KindEvents, event)
		}),
		{
			Name: "GET /2.0/submissions/{kind}", Version: v,
			Exchanges: []Exchange{
				{Line: "GET /2.0/submissions/indicators?id=" + reportID + "&idType=INTERNAL&enclaveGuid=" + labID + "&includeContent=true", Answer: "v2-submission-indicators.json"},
				{Line: "GET /2.0/submissions/events?id=case9&idType=EXTERNAL&enclaveGuid=" + labID, Answer: "v2-submission-event.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				first, err := c.Submissions().Get(ctx, trustar.KindIndicators, byID, true)
				if err != nil {
					return nil, err
				}
				second, err := c.Submissions().Get(ctx, trustar.KindEvents, trustar.SubmissionRef{ExternalID: "case9", EnclaveGUID: labID}, false)
				return []any{first, second}, err
			},
		},
		one("DELETE /2.0/submissions/{kind}", v, "/2.0/submissions/events?id="+reportID+"&idType=INTERNAL&enclaveGuid="+labID, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Submissions().Delete(ctx, trustar.KindEvents, byID))
		}),
		one("GET /2.0/submissions/{id}/status", v, "/2.0/submissions/"+reportID+"/status", "v2-status.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Submissions().Status(ctx, reportID)
		}),
		sent("POST /2.0/submissions/search", v, "/2.0/submissions/search?pageSize=100", `{"queryTerm":"login","from":1700000000000,"to":1700000050000,"enclaveGuids":["`+labID+`"],"sortColumn":"UPDATED","includedTags":["c2"]}`, "v2-search-submissions.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Submissions().Search(ctx, trustar.SubmissionSearch{Range: span(), Term: "login", EnclaveGUIDs: []string{labID}, SortColumn: trustar.SortUpdated, IncludedTags: []string{"c2"}}))
		}),
		sent("POST /2.0/submissions/{id}/alter-tags", v, "/2.0/submissions/"+reportID+"/alter-tags", `{"addedTags":["a"],"removedTags":[],"enclaveId":"`+labID+`","idType":"INTERNAL"}`, "v2-altered.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Submissions().AlterTags(ctx, byID, []string{"a"}, nil))
		}),
	}
}

func rest20() []Operation {
	const v = trustar.Version20
	workflow := trustar.Workflow{
		GUID: "mine", Created: 5, Name: "Mail gateway", SafelistGUIDs: []string{tagID},
		Config: trustar.WorkflowConfig{
			Type: trustar.WorkflowPrioritization, Source: trustar.WorkflowSource{Enclaves: []trustar.WeighedEnclave{{EnclaveGUID: labID, Weight: 5}}},
			Destination:    trustar.WorkflowDestination{Enclaves: []trustar.DestinationEnclave{{EnclaveGUID: otherID, Type: "ENCLAVE"}}},
			PriorityScores: []string{"MEDIUM", "HIGH"}, ObservableTypes: []string{trustar.ObservableIP4, trustar.ObservableDomain},
		},
	}
	const workflowJSON = `{"name":"Mail gateway","workflowConfig":{"type":"INDICATOR_PRIORITIZATION","workflowSource":{"enclaveSourceConfig":[{"enclaveGuid":"` + labID + `","weight":5}]},` +
		`"workflowDestination":{"enclaveDestinationConfigs":[{"enclaveGuid":"` + otherID + `","destinationType":"ENCLAVE"}]},"priorityScores":["MEDIUM","HIGH"],"observableTypes":["IP4","DOMAIN"]},"safelistGuids":["` + tagID + `"]}`
	parse := sent("POST /2.0/entities/parse", v, "/2.0/entities/parse", "evil.example, 192.0.2.7", "v2-entities.json", func(ctx context.Context, c *trustar.Client) (any, error) {
		return c.Observables().Parse(ctx, "evil.example, 192.0.2.7")
	})
	parse.Plain = true
	return []Operation{
		sent("POST /2.0/indicators/search", v, "/2.0/indicators/search?pageSize=100", `{"enclaveGuids":["`+labID+`"],"sortColumn":"PROCESSED_AT","sortOrder":"DESC","priorityScores":[3],"types":["IP4"],"attributes":[{"type":"MALWARE","value":"LOCKY"}],"includeSafelisted":true}`, "v2-search-indicators.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Indicators().SearchPrioritized(ctx, trustar.PrioritizedSearch{
				SubmissionSearch: trustar.SubmissionSearch{EnclaveGUIDs: []string{labID}, SortColumn: trustar.SortProcessedAt, SortOrder: trustar.Descending},
				PriorityScores:   []int{3}, Types: []string{trustar.ObservableIP4}, Attributes: []trustar.Term{{Type: trustar.AttributeMalware, Value: "LOCKY"}}, IncludeSafelisted: true,
			}))
		}),
		sent("POST /2.0/indicators/{guid}/alter-tags", v, "/2.0/indicators/"+guid+"/alter-tags", `{"addedTags":[],"removedTags":["b"],"enclaveGuid":"`+labID+`"}`, "v2-altered.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Indicators().AlterTags(ctx, guid, labID, nil, []string{"b"}))
		}),
		sent("POST /2.0/observables/search", v, "/2.0/observables/search?pageSize=25", `{"queryTerm":"192","sortColumn":"LAST_SEEN","types":["IP4"]}`, "v2-search-observables.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Observables().Search(ctx, trustar.ObservableSearch{SubmissionSearch: trustar.SubmissionSearch{Term: "192", SortColumn: trustar.SortLastSeen, PageSize: 25}, Types: []string{trustar.ObservableIP4}}))
		}),
		one("GET /2.0/observables", v, "/2.0/observables?submissionId="+reportID+"&idType=INTERNAL&pageNumber=0&pageSize=100", "v2-observables.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Observables().OfSubmission(ctx, trustar.SubmissionRef{ID: reportID}))
		}),
		sent("POST /2.0/observables/alter-tags", v, "/2.0/observables/alter-tags", `{"observableValue":"192.0.2.7","addedTags":["a"],"removedTags":["b"],"enclaveGuid":"`+labID+`"}`, "v2-altered.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Observables().AlterTags(ctx, "192.0.2.7", labID, []string{"a"}, []string{"b"}))
		}),
		one("GET /2.0/safelist-libraries", v, "/2.0/safelist-libraries", "v2-safelists.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Safelists().List(ctx)
		}),
		sent("POST /2.0/safelist-libraries", v, "/2.0/safelist-libraries", `{"name":"Ours"}`, "v2-safelist-made.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Safelists().Create(ctx, "Ours")
		}),
		one("GET /2.0/safelist-libraries/{guid}", v, "/2.0/safelist-libraries/"+tagID, "v2-safelist.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Safelists().Get(ctx, tagID)
		}),
		sent("PATCH /2.0/safelist-libraries/{guid}", v, "/2.0/safelist-libraries/"+tagID, `{"entries":[{"entity":"192.0.2.53","type":"IP4"}]}`, "v2-safelist.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Safelists().Add(ctx, tagID, trustar.Entity{Entity: "192.0.2.53", Type: trustar.ObservableIP4})
		}),
		one("DELETE /2.0/safelist-libraries/{guid}/{entryGuid}", v, "/2.0/safelist-libraries/"+tagID+"/"+guid, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Safelists().DeleteEntry(ctx, tagID, guid))
		}),
		one("DELETE /2.0/safelist-libraries/{guid}", v, "/2.0/safelist-libraries/"+tagID, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Safelists().Delete(ctx, tagID))
		}),
		sent("POST /2.0/safelist-libraries/extract", v, "/2.0/safelist-libraries/extract", `{"text":"evil.example, 192.0.2.7"}`, "v2-entities.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Safelists().Extract(ctx, "evil.example, 192.0.2.7")
		}),
		parse,
		one("GET /2.0/workflows", v, "/2.0/workflows?type=INDICATOR_PRIORITIZATION&name=Mail+gateway&createdFrom=1700000000000&createdTo=1700000050000", "v2-workflows.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Workflows().List(ctx, trustar.WorkflowQuery{Type: trustar.WorkflowPrioritization, Name: "Mail gateway", Created: span()})
		}),
		sent("POST /2.0/workflows", v, "/2.0/workflows", workflowJSON, "v2-workflow.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Workflows().Create(ctx, workflow)
		}),
		one("GET /2.0/workflows/{guid}", v, "/2.0/workflows/"+guid, "v2-workflow.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Workflows().Get(ctx, guid)
		}),
		sent("PUT /2.0/workflows/{guid}", v, "/2.0/workflows/"+guid, workflowJSON, "v2-workflow.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Workflows().Update(ctx, guid, workflow)
		}),
		one("DELETE /2.0/workflows/{guid}", v, "/2.0/workflows/"+guid, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Workflows().Delete(ctx, guid))
		}),
	}
}
