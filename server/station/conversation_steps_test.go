package station_test

import (
	"fmt"
	"strings"
)

// vendorSample is the vendor's own example of a 1.2 submission, its enclaves ours
// and its quotes mended.
const vendorSample = `{"incidentReport":{"title":"curl api-report", "externalTrackingId": 1234, "timeBegan":"2016-09-22T11:38:35+00:00", "reportBody":"This is a test report body with some indicators: 203.0.113.1, evil.exe, c2.sightline-sample-9[.]top, hash d2dd1bcdd6d6cfac59ba9638d2cd886c ","distributionType":"ENCLAVE"}, "enclaveIds":["{intel}", "{shared}"]}`

// manyTypes is a body with what the engine finds for TruSTAR.
const manyTypes = `hxxp://203.0.113[.]47/gate/check.php and c2.sightline-sample-9[.]top, mail x@c2.sightline-sample-9.top; 2001:db8::7; ` +
	`d41d8cd98f00b204e9800998ecf8427f da39a3ee5e6b4b0d3255bfef95601890afd80709 ` +
	`4f0b01ed63889999f582d1594a95c8e8da1d53f9cc2144e1a36a6166b29f9db3 CVE-2026-99017 ` +
	`HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Sync 203.0.113.47 203.0.113.47 10.0.0.1`

func submission12(fields string) string {
	return `{"incidentReport":{` + fields + `}}`
}

// conversationSteps is the table of operations: each with its successes and refusals.
func conversationSteps() []step {
	var steps []step
	for _, section := range [][]step{
		tokenSteps(), generalSteps(), submit12Steps(), read12Steps(), submit13Steps(), read13Steps(), correlateSteps(), deleteSteps(),
	} {
		steps = append(steps, section...)
	}
	return steps
}

func tokenSteps() []step {
	return []step{
		{name: "a token is handed out again while it is valid", as: "analyst's credentials", call: "POST /oauth/token", body: "grant_type=client_credentials"},
		{name: "grant_type in the query, no body", as: "analyst's credentials", call: "POST /oauth/token?grant_type=client_credentials"},
		{name: "no grant_type", as: "analyst's credentials", call: "POST /oauth/token"},
		{name: "another grant_type", as: "analyst's credentials", call: "POST /oauth/token", body: "grant_type=password"},
		{name: "unknown key", as: "Basic dW5rbm93bjpzZWNyZXQ=", call: "POST /oauth/token", body: "grant_type=client_credentials"},
		{name: "no credentials", as: "nobody", call: "POST /oauth/token", body: "grant_type=client_credentials"},
		{name: "no token", as: "nobody", call: "GET /api/1.3/ping"},
		{name: "credentials in place of a token", as: "analyst's credentials", call: "GET /api/1.3/ping"},
		{name: "unknown token", as: "Bearer 041c1918-dbe4-47a5-94bf-f13bacf1b0f2", call: "GET /api/1.3/ping"},
		{name: "garbled token", as: "Bearer ' OR 1=1 --", call: "GET /api/1.3/ping"},
	}
}

func generalSteps() []step {
	return []step{
		{name: "ping 1.2", as: "analyst", call: "GET /api/1.2/ping"},
		{name: "ping 1.3", as: "analyst", call: "GET /api/1.3/ping"},
		{name: "the unversioned base is 1.2", as: "analyst", call: "GET /api/ping"},
		{name: "version 1.2", as: "analyst", call: "GET /api/1.2/version"},
		{name: "version 1.3", as: "analyst", call: "GET /api/1.3/version"},
		{name: "version without a version", as: "analyst", call: "GET /api/version"},
		{name: "unknown path", as: "analyst", call: "GET /api/1.3/nothing"},
		{name: "unknown version", as: "analyst", call: "GET /api/9.9/ping"},
		{name: "known path, other method", as: "analyst", call: "PATCH /api/1.3/ping"},
		{name: "the analyst's enclaves", as: "analyst", call: "GET /api/1.3/enclaves"},
		{name: "the reader's enclaves", as: "reader", call: "GET /api/1.3/enclaves"},
		{name: "the stranger's enclaves", as: "stranger", call: "GET /api/1.3/enclaves"},
	}
}

func submit12Steps() []step {
	submit := func(name, body string) step {
		return step{name: name, as: "analyst", call: "POST /api/1.2/report", body: body}
	}
	whole := `"title":"T","reportBody":"seen 203.0.113.7","distributionType":"COMMUNITY"`
	sample := submit("the vendor's sample, in two enclaves", vendorSample)
	sample.keep = "sample"
	community := submit("for the community, below the unversioned base", submission12(`"title":"Shared","reportBody":"`+manyTypes+`","distributionType":"COMMUNITY","externalTrackingId":"community1","externalUrl":"https://blog.example/1"`))
	community.call, community.keep = "POST /api/report", "community report"
	return []step{
		sample,
		community,
		submit("the same external id again", vendorSample),
		submit("no incidentReport", `{}`),
		submit("null", `null`),
		submit("a list", `[]`),
		submit("no body", ``),
		submit("blank body", "  \n"),
		submit("not JSON", `{"incidentReport":`),
		submit("more than JSON", vendorSample+`{}`),
		submit("not UTF-8", "{\"incidentReport\":{\"title\":\"\xff\"}}"),
		submit("no title", submission12(`"reportBody":"x","distributionType":"COMMUNITY"`)),
		submit("blank title", submission12(`"title":" \u00a0","reportBody":"x","distributionType":"COMMUNITY"`)),
		submit("title is null", submission12(`"title":null,"reportBody":"x","distributionType":"COMMUNITY"`)),
		submit("title is a number", submission12(`"title":7,"reportBody":"x","distributionType":"COMMUNITY"`)),
		submit("no reportBody", submission12(`"title":"T","distributionType":"COMMUNITY"`)),
		submit("no distributionType", submission12(`"title":"T","reportBody":"x"`)),
		submit("another distributionType", submission12(`"title":"T","reportBody":"x","distributionType":"PUBLIC"`)),
		submit("ENCLAVE without enclaves", submission12(`"title":"T","reportBody":"x","distributionType":"ENCLAVE"`)),
		submit("COMMUNITY with enclaves", `{"incidentReport":{`+whole+`},"enclaveIds":["{intel}"]}`),
		submit("COMMUNITY with an empty list, in lower case", `{"incidentReport":{"title":"T","reportBody":"x","distributionType":"community"},"enclaveIds":[]}`),
		submit("external id with a hyphen", submission12(whole+`,"externalTrackingId":"a-b"`)),
		submit("external id of 500", submission12(whole+`,"externalTrackingId":"`+strings.Repeat("a", 500)+`"`)),
		submit("external id of 501", submission12(whole+`,"externalTrackingId":"`+strings.Repeat("b", 501)+`"`)),
		submit("external id is an object", submission12(whole+`,"externalTrackingId":{}`)),
		submit("external id is null", submission12(whole+`,"externalTrackingId":null`)),
		submit("timeBegan without a zone", submission12(whole+`,"timeBegan":"2016-09-22T11:38:35"`)),
		submit("timeBegan is no time", submission12(whole+`,"timeBegan":"yesterday"`)),
		{name: "timeBegan in seconds", as: "analyst", call: "POST /api/1.2/report", body: submission12(whole + `,"externalTrackingId":"seconds","timeBegan":1474544315`)},
		{name: "seconds became milliseconds", as: "analyst", call: "GET /api/1.2/report/seconds?idType=external"},
		submit("an enclave of another company", `{"incidentReport":{"title":"T","reportBody":"x","distributionType":"ENCLAVE"},"enclaveIds":["{strangers}"]}`),
		submit("one enclave of two is not allowed", `{"incidentReport":{"title":"T","reportBody":"x","distributionType":"ENCLAVE"},"enclaveIds":["{intel}","Intel"]}`),
		{name: "a reader may not submit", as: "reader", call: "POST /api/1.2/report", body: `{"incidentReport":{"title":"T","reportBody":"x","distributionType":"ENCLAVE"},"enclaveIds":["{intel}"]}`},
		{name: "the same external id in another company", as: "stranger", call: "POST /api/1.2/report", body: strings.ReplaceAll(strings.ReplaceAll(vendorSample, `, "{shared}"`, ""), "{intel}", "{strangers}"), keep: "strangers report"},
	}
}

func read12Steps() []step {
	read := func(name, as, path string) step {
		return step{name: name, as: as, call: "GET /api/1.2/report/" + path}
	}
	return []step{
		read("by id", "analyst", "{sample}"),
		read("by id, said", "analyst", "{sample}?idType=internal"),
		read("by external id", "analyst", "1234?idType=external"),
		read("an external id is no id", "analyst", "1234"),
		read("another idType", "analyst", "1234?idType=both"),
		read("unknown id", "analyst", "00000000-0000-4000-8000-000000000000"),
		read("a reader sees only the enclave that he may read", "reader", "{sample}"),
		read("a stranger sees nothing", "stranger", "{sample}"),
		read("a stranger's external id is his own", "stranger", "1234?idType=external"),
		read("the community's reports are everybody's", "stranger", "{community report}"),
		read("but not by external id", "stranger", "community1?idType=external"),
	}
}

func submit13Steps() []step {
	submit := func(name, body string, header ...string) step {
		return step{name: name, as: "analyst", call: "POST /api/1.3/reports", body: body, header: header}
	}
	sdk := submit("as the vendor's SDK writes it, nulls and all", `{"title":"Odd login","reportBody":"seen 192.0.2.7","timeBegan":"2024-02-01T01:23:45+00:00","externalUrl":null,"distributionType":"ENCLAVE","externalTrackingId":null,"enclaveIds":["{intel}"],"created":null,"updated":null,"id":null}`)
	sdk.keep = "odd login"
	again := submit("under an idempotency key", `{"title":"Once","reportBody":"`+manyTypes+`","enclaveIds":["{shared}"],"externalTrackingId":"once-only/1"}`, "Idempotency-Key", "k1")
	again.keep = "once"
	repeated := again
	repeated.name, repeated.keep = "the same again: the stored answer", ""
	var indicators strings.Builder
	for i := range 2001 {
		fmt.Fprintf(&indicators, "198.51.%d.%d ", i/250, i%250+1)
	}
	return []step{
		sdk,
		again,
		repeated,
		submit("the same key, another report", `{"title":"Twice","reportBody":"x","enclaveIds":["{shared}"]}`, "Idempotency-Key", "k1"),
		{name: "the same key of another user", as: "stranger", call: "POST /api/1.3/reports", body: `{"title":"Once","reportBody":"x","enclaveIds":["{strangers}"]}`, header: []string{"Idempotency-Key", "k1"}},
		submit("the same external id without the key", again.body),
		submit("an external id that 1.2 has used", `{"title":"T","reportBody":"x","enclaveIds":["{shared}"],"externalTrackingId":"1234"}`),
		submit("a key that is too long", `{"title":"T","reportBody":"x","enclaveIds":["{shared}"]}`, "Idempotency-Key", strings.Repeat("k", 256)),
		submit("a key with commas", `{"title":"T","reportBody":"x","enclaveIds":["{shared}"]}`, "Idempotency-Key", "a, b"),
		submit("another key with commas", `{"title":"U","reportBody":"x","enclaveIds":["{shared}"]}`, "Idempotency-Key", "a, c"),
		submit("packed", "\x1f\x8b\b", "Content-Encoding", "gzip"),
		submit("timeBegan in milliseconds", `{"title":"T","reportBody":"x","enclaveIds":["{intel}"],"timeBegan":1474544315000,"externalTrackingId":"ms"}`),
		{name: "milliseconds stayed", as: "analyst", call: "GET /api/1.3/reports/ms?idType=external"},
		submit("for the community", `{"title":"T","reportBody":"x","enclaveIds":[],"distributionType":"COMMUNITY"}`),
		submit("no enclave", `{"title":"T","reportBody":"x"}`),
		submit("no title", `{"reportBody":"x","enclaveIds":["{intel}"]}`),
		submit("no reportBody", `{"title":"T","enclaveIds":["{intel}"]}`),
		submit("externalUrl of 501", `{"title":"T","reportBody":"x","enclaveIds":["{intel}"],"externalUrl":"`+strings.Repeat("u", 501)+`"}`),
		submit("an enclave that may not be submitted to", `{"title":"T","reportBody":"x","enclaveIds":["{strangers}"]}`),
		submit("more than 2,000 indicators", `{"title":"T","reportBody":"`+indicators.String()+`","enclaveIds":["{intel}"]}`),
		submit("larger than a row may be", `{"title":"T","reportBody":"`+strings.Repeat("nothing ", 250_000)+`","enclaveIds":["{intel}"]}`),
		submit("larger than a request may be", `{"title":"T","reportBody":"`+strings.Repeat("nothing ", 400_000)+`","enclaveIds":["{intel}"]}`),
	}
}

func read13Steps() []step {
	read := func(name, as, path string) step {
		return step{name: name, as: as, call: "GET /api/1.3/reports" + path}
	}
	return []step{
		read("by id", "analyst", "/{odd login}"),
		read("by external id with a slash, in capitals", "analyst", "/once-only%2F1?idType=EXTERNAL&includeNotes=True"),
		read("two enclaves", "analyst", "/{sample}"),
		read("two enclaves, one of them readable", "reader", "/{sample}"),
		read("not readable", "reader", "/{once}"),
		read("status", "analyst", "/{once}/status"),
		read("status of nothing", "analyst", "/00000000-0000-4000-8000-000000000000/status"),
		read("indicators", "analyst", "/{once}/indicators"),
		read("indicators by external id, whitelisted ones too", "analyst", "/1234/indicators?idType=external&applyWhitelist=False"),
		read("indicators, a page in the middle", "analyst", "/{once}/indicators?pageSize=2&pageNumber=1"),
		read("indicators, beyond the end", "analyst", "/{once}/indicators?pageSize=2&pageNumber=100"),
		read("indicators, a page that is too large is cut", "analyst", "/{once}/indicators?pageSize=5000"),
		read("indicators, an empty page", "analyst", "/{once}/indicators?pageSize=0"),
		read("indicators, a page before the first", "analyst", "/{once}/indicators?pageNumber=-1"),
		read("indicators, applyWhitelist is no truth value", "analyst", "/{once}/indicators?applyWhitelist=maybe"),
		read("indicators that may not be read", "stranger", "/{once}/indicators"),
		read("the latest reports", "reader", ""),
		read("the latest reports of one enclave, a page", "analyst", "?enclaveIds={shared}&pageSize=1&distributionType=COMMUNITY"),
		read("reports with a tag", "analyst", "?tags=apt"),
		read("reports of long ago", "analyst", "?from=0&to=1000"),
		read("reports from no time", "analyst", "?from=yesterday"),
	}
}

func correlateSteps() []step {
	get := func(name, as, path string) step { return step{name: name, as: as, call: "GET /api/" + path} }
	return []step{
		get("1.2, one value", "analyst", "1.2/reports/correlate?q=203.0.113.1"),
		get("1.2, a comma list in capitals", "analyst", "1.2/reports/correlate?q=C2.SIGHTLINE-SAMPLE-9.TOP,198.51.100.1"),
		get("1.2, three characters find nothing", "analyst", "1.2/reports/correlate?q=T,x,abc"),
		get("1.2, nothing asked", "analyst", "1.2/reports/correlate"),
		get("1.2, what may be read", "reader", "1.2/reports/correlate?q=c2.sightline-sample-9.top"),
		get("1.3, both list forms", "analyst", "1.3/reports/correlated?indicators=203.0.113.1,none.example&indicators=203.0.113.47"),
		get("1.3, one enclave", "analyst", "1.3/reports/correlated?indicators=c2.sightline-sample-9.top&enclaveIds={intel}"),
		get("1.3, two enclaves, a page", "analyst", "1.3/reports/correlated?indicators=c2.sightline-sample-9.top&enclaveIds={intel},{shared}&pageSize=1"),
		get("1.3, the next page", "analyst", "1.3/reports/correlated?indicators=c2.sightline-sample-9.top&enclaveIds={intel}&enclaveIds={shared}&pageSize=1&pageNumber=1"),
		get("1.3, an enclave that may not be read", "reader", "1.3/reports/correlated?indicators=c2.sightline-sample-9.top&enclaveIds={shared}"),
		get("1.3, unknown value", "analyst", "1.3/reports/correlated?indicators=unknown.example"),
		get("1.3, nothing asked", "analyst", "1.3/reports/correlated?indicators="),
		get("1.3, what a stranger may read", "stranger", "1.3/reports/correlated?indicators=c2.sightline-sample-9.top"),
	}
}

func deleteSteps() []step {
	del := func(name, as, path string) step { return step{name: name, as: as, call: "DELETE /api/" + path} }
	return []step{
		del("a reader may not", "reader", "1.3/reports/{sample}"),
		del("a stranger finds nothing", "stranger", "1.3/reports/{sample}"),
		del("a stranger may not delete from the community", "stranger", "1.2/report/{community report}"),
		del("who may update both enclaves may", "analyst", "1.3/reports/{sample}"),
		del("once", "analyst", "1.3/reports/{sample}"),
		del("by external id", "analyst", "1.3/reports/once-only%2F1?idType=external"),
		del("one's own in the community", "analyst", "1.2/report/community1?idType=external"),
		{name: "nothing of them is correlated", as: "analyst", call: "GET /api/1.2/reports/correlate?q=203.0.113.47,c2.sightline-sample-9.top"},
	}
}
