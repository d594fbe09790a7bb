package station

import "context"

// version of the API that an operation belongs to.
type version string

// The versions. Unversioned operations need no token.
const (
	unversioned version = ""
	version12   version = "1.2"
	version13   version = "1.3"
	version20   version = "2.0"
)

// operation is one row of the API.
type operation struct {
	version version
	// section is where the contract describes it.
	section string
	// pattern is method and path, below /api where there is a version.
	pattern string
	handle  func(*Station, context.Context, *call) (answer, error)
	// free operations do not count against a company's daily quota.
	free bool
}

// operations is the API's table of contents. What is not in it answers 404. A test
// compares it with the contract and demands a conversation for every row.
func operations() []operation {
	return append(append(append([]operation{
		{unversioned, "2.1", "POST /oauth/token", (*Station).token, true},
	}, operations12()...), operations13()...), operations20()...)
}

func operations12() []operation {
	return []operation{
		{version12, "9", "GET /1.2/ping", (*Station).ping, false},
		{version12, "9", "GET /1.2/version", (*Station).apiVersion, false},
		{version12, "9", "POST /1.2/report", (*Station).submit12, true},
		{version12, "9", "PUT /1.2/report/{id}", (*Station).update12, true},
		{version12, "9", "GET /1.2/report/{id}", (*Station).report12, false},
		{version12, "9", "DELETE /1.2/report/{id}", (*Station).deleteReport, false},
		{version12, "9", "GET /1.2/reports", (*Station).reports12, false},
		{version12, "9", "GET /1.2/reports/correlate", (*Station).correlate12, false},
		{version12, "9", "GET /1.2/indicators/latest", (*Station).latest12, false},
		{version12, "9", "GET /1.2/indicators", (*Station).indicators12, false},
		{version12, "9", "GET /1.2/community-indicators/trending", (*Station).trending12, false},
		{version12, "9", "GET /1.2/reports/{id}/enclave-tags", (*Station).enclaveTags12, false},
		{version12, "9", "POST /1.2/reports/{id}/enclave-tags", (*Station).addEnclaveTag12, false},
		{version12, "9", "DELETE /1.2/reports/{id}/enclave-tags", (*Station).removeEnclaveTag12, false},
	}
}

func operations13() []operation {
	return []operation{
		{version13, "8.1", "GET /1.3/ping", (*Station).ping, false},
		{version13, "8.1", "GET /1.3/version", (*Station).apiVersion, false},
		{version13, "8.1", "GET /1.3/request-quotas", (*Station).quotas13, true},
		{version13, "8.1", "GET /1.3/enclaves", (*Station).enclaves, false},

		{version13, "8.2", "POST /1.3/reports", (*Station).submit13, true},
		{version13, "8.2", "POST /1.3/reports/upsert", (*Station).upsert13, true},
		{version13, "8.2", "GET /1.3/reports", (*Station).reports13, false},
		{version13, "8.2", "POST /1.3/reports/copy/{id}", (*Station).copy13, true},
		{version13, "8.2", "POST /1.3/reports/move/{id}", (*Station).move13, true},
		{version13, "8.2", "GET /1.3/reports/correlated", (*Station).correlated13, false},
		{version13, "8.2", "GET /1.3/reports/correlate", (*Station).correlate13, false},
		{version13, "8.2", "GET /1.3/reports/search", (*Station).searchReports13, false},
		{version13, "8.2", "POST /1.3/reports/search", (*Station).searchReports13, false},
		{version13, "8.4", "GET /1.3/reports/tags", (*Station).allReportTags13, false},
		{version13, "8.2", "GET /1.3/reports/{id}", (*Station).report13, false},
		{version13, "8.2", "PUT /1.3/reports/{id}", (*Station).update13, true},
		{version13, "8.2", "DELETE /1.3/reports/{id}", (*Station).deleteReport, false},
		{version13, "8.2", "GET /1.3/reports/{id}/status", (*Station).reportStatus13, false},
		{version13, "8.2", "POST /1.3/redaction/report", (*Station).redact13, false},

		{version13, "8.3", "GET /1.3/reports/{id}/indicators", (*Station).reportIndicators13, false},
		{version13, "8.3", "GET /1.3/indicators/related", (*Station).related13, false},
		{version13, "8.3", "GET /1.3/indicators/search", (*Station).searchIndicators13, false},
		{version13, "8.3", "POST /1.3/indicators/search", (*Station).searchIndicators13, false},
		{version13, "8.3", "GET /1.3/indicators", (*Station).listIndicators13, false},
		{version13, "8.3", "POST /1.3/indicators", (*Station).submitIndicators13, true},
		{version13, "8.3", "POST /1.3/indicators/metadata", (*Station).metadata13, false},
		{version13, "8.3", "POST /1.3/indicators/summaries", (*Station).summaries13, false},
		{version13, "8.3", "GET /1.3/indicators/details", (*Station).details13, false},
		{version13, "8.3", "GET /1.3/indicators/community-trending", (*Station).trending13, false},
		{version13, "8.3", "GET /1.3/whitelist", (*Station).whitelist13, false},
		{version13, "8.3", "POST /1.3/whitelist", (*Station).addToWhitelist13, false},
		{version13, "8.3", "DELETE /1.3/whitelist", (*Station).removeFromWhitelist13, false},
		{version13, "8.3", "POST /1.3/indicators/metadata/bulk-export", (*Station).startExport13, false},
		{version13, "8.3", "GET /1.3/indicators/metadata/bulk-export/{guid}/status", (*Station).exportStatus13, false},
		{version13, "8.3", "GET /1.3/indicators/metadata/bulk-export/{guid}/data.csv", (*Station).exportData13, false},

		{version13, "8.4", "GET /1.3/reports/{id}/tags", (*Station).reportTags13, false},
		{version13, "8.4", "POST /1.3/reports/{id}/alter-tags", (*Station).alterReportTags13, false},
		{version13, "8.4", "POST /1.3/reports/{id}/tags", (*Station).addReportTag13, false},
		{version13, "8.4", "DELETE /1.3/reports/{id}/tags/{tagName}", (*Station).removeReportTag13, false},
		{version13, "8.4", "GET /1.3/indicators/tags", (*Station).indicatorTags13, false},
		{version13, "8.4", "POST /1.3/indicators/tags", (*Station).addIndicatorTag13, false},
		{version13, "8.4", "DELETE /1.3/indicators/tags/{tagGuid}", (*Station).removeIndicatorTag13, false},

		{version13, "8.5", "POST /1.3/triage/submissions", (*Station).triageSubmissions13, false},
		{version13, "8.5", "POST /1.3/triage/indicators", (*Station).triageIndicators13, false},
		{version13, "8.5", "POST /1.3/triage/submissions/{submissionId}/status", (*Station).triageStatus13, false},
	}
}

func operations20() []operation {
	return []operation{
		{version20, "10.1", "GET /2.0/ping", (*Station).ping, false},
		{version20, "10.1", "GET /2.0/enclaves", (*Station).enclaves, false},

		{version20, "10.2", "POST /2.0/submissions/search", (*Station).searchSubmissions20, false},
		{version20, "10.2", "POST /2.0/submissions/{kind}/upsert", (*Station).upsert20, true},
		{version20, "10.2", "POST /2.0/submissions/{kind}", (*Station).create20, true},
		{version20, "10.2", "PUT /2.0/submissions/{kind}", (*Station).update20, true},
		{version20, "10.2", "GET /2.0/submissions/{kind}", (*Station).submission20, false},
		{version20, "10.2", "DELETE /2.0/submissions/{kind}", (*Station).delete20, false},
		{version20, "10.2", "GET /2.0/submissions/{id}/status", (*Station).submissionStatus20, false},
		{version20, "10.2", "POST /2.0/submissions/{id}/alter-tags", (*Station).alterSubmissionTags20, false},

		{version20, "10.3", "POST /2.0/indicators/search", (*Station).searchIndicators20, false},
		{version20, "10.3", "POST /2.0/indicators/{guid}/alter-tags", (*Station).alterIndicatorTags20, false},

		{version20, "10.5", "POST /2.0/observables/search", (*Station).searchObservables20, false},
		{version20, "10.5", "GET /2.0/observables", (*Station).observables20, false},
		{version20, "10.5", "POST /2.0/observables/alter-tags", (*Station).alterObservableTags20, false},

		{version20, "10.6", "GET /2.0/safelist-libraries", (*Station).safelists20, false},
		{version20, "10.6", "POST /2.0/safelist-libraries", (*Station).createSafelist20, false},
		{version20, "10.6", "POST /2.0/safelist-libraries/extract", (*Station).extractSafelist20, false},
		{version20, "10.6", "GET /2.0/safelist-libraries/{guid}", (*Station).safelist20, false},
		{version20, "10.6", "PATCH /2.0/safelist-libraries/{guid}", (*Station).addToSafelist20, false},
		{version20, "10.6", "DELETE /2.0/safelist-libraries/{guid}", (*Station).deleteSafelist20, false},
		{version20, "10.6", "DELETE /2.0/safelist-libraries/{guid}/{entryGuid}", (*Station).removeFromSafelist20, false},

		{version20, "10.7", "POST /2.0/entities/parse", (*Station).parseEntities20, false},

		{version20, "10.8", "GET /2.0/workflows", (*Station).workflows20, false},
		{version20, "10.8", "POST /2.0/workflows", (*Station).createWorkflow20, false},
		{version20, "10.8", "GET /2.0/workflows/{guid}", (*Station).workflow20, false},
		{version20, "10.8", "PUT /2.0/workflows/{guid}", (*Station).updateWorkflow20, false},
		{version20, "10.8", "DELETE /2.0/workflows/{guid}", (*Station).deleteWorkflow20, false},
	}
}
