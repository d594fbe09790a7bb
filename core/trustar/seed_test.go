//go:build !js

package trustar

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
)

// pageToken is the token of the vendor's page.
const pageToken = "041c1918-dbe4-47a5-94bf-f13bacf1b0f2"

// curled is what a curl call of the vendor's pages sends.
type curled struct {
	Method, Path, Body string
	Header             map[string]string
}

// pageServer answers as the vendor's pages say, and keeps what it was sent.
func pageServer(t *testing.T, data http.HandlerFunc) (url string, sent *[]curled) {
	t.Helper()
	sent = new([]curled)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		one := curled{r.Method, r.URL.Path, string(body), map[string]string{}}
		for _, name := range []string{"Authorization", "Content-Type", "Client-Type", "Client-Metatag"} {
			if value := r.Header.Get(name); value != "" {
				one.Header[name] = value
			}
		}
		*sent = append(*sent, one)
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"`+pageToken+`","token_type":"bearer","expires_in":599,"scope":"read"}`)
			return
		}
		data(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, sent
}

// TestVendorsFirstPage is each curl call of the vendor's page "TruSTAR API".
func TestVendorsFirstPage(t *testing.T) {
	t.Parallel()
	url, sent := pageServer(t, answer(200, "pong\n"))
	for _, version := range []string{Version12, Version13, Version20} {
		client, err := New(Config{
			Transport: httptransport.New(httptransport.Config{}), BaseURL: url, Version: version,
			Key: "%api-key%", Secret: "%api-secret%", Metatag: "curl",
		})
		require.NoError(t, err)
		require.NoError(t, client.Ping(t.Context()))
		assert.Equal(t, []curled{
			// curl -k -v -u %api-key%:%api-secret% -d "grant_type=client_credentials"
			{"POST", "/oauth/token", "grant_type=client_credentials", map[string]string{
				"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte("%api-key%:%api-secret%")),
				"Content-Type":  "application/x-www-form-urlencoded",
			}},
			// curl -k -X GET -H "Authorization: Bearer …" -H "Client-Type: API" -H "Client-Metatag: curl"
			{"GET", "/api/" + version + "/ping", "", map[string]string{
				"Authorization": "Bearer " + pageToken, "Client-Type": "API", "Client-Metatag": "curl",
			}},
		}, *sent)
		*sent = nil
	}
}

// A time in an answer may be asked for again: 1.2 gets it in seconds.
func TestVendorsNoteOnTimes(t *testing.T) {
	t.Parallel()
	var queries []string
	url, _ := pageServer(t, func(w http.ResponseWriter, r *http.Request) {
		queries = append(queries, r.URL.RawQuery)
		body := `{"items":[],"hasNext":false}`
		if r.URL.Path == "/api/1.2/reports" {
			body = `{"data":{"reports":[]}}`
		}
		answer(200, body)(w, r)
	})
	for _, version := range []string{Version12, Version13} {
		client, err := New(Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: url, Version: version, Key: "key", Secret: "secret"})
		require.NoError(t, err)
		updated := Report{Updated: 1474544315000}.Updated // of some answer
		require.NoError(t, drain(client.Reports().List(t.Context(), ReportQuery{Range: Range{From: updated, To: updated}})))
	}
	assert.Equal(t, []string{"from=1474544315&to=1474544315", "from=1474544315000&to=1474544315000"}, queries)
}

// TestVendorsSecondPage is the curl call of the vendor's page "Report Submission", with
// its answers. Its body has two slips: a time in three quotation marks, and an external
// id without any, where the table above it says that it is text.
func TestVendorsSecondPage(t *testing.T) {
	t.Parallel()
	const text = "This is a test report body with some indicators:, evil.exe,, hash d2dd1bcdd6d6cfac59ba9638d2cd886c "
	// curl -k -H "Content-Type: application/json" -X POST -d '…' -H "Authorization: Bearer {access_token}"
	const onPage = `{"incidentReport":{"title":"curl api-report", "externalTrackingId": 1234, "timeBegan":"2016-09-22T11:38:35+00:00", "reportBody":"` + text +
		`","distributionType":"ENCLAVE"}, "enclaveIds":["eba9bf3f", "b93f6d70"]}`
	url, sent := pageServer(t, answer(200, `{"reportId":"`+reportID+`","externalTrackingId":1234,"reportIndicators":{"SOFTWARE":["evil.exe"],"MD5":["d2dd1bcdd6d6cfac59ba9638d2cd886c"]}}`))
	config := Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: url, Version: Version12, Key: "key", Secret: "secret", Metatag: "curl"}
	client, err := New(config)
	require.NoError(t, err)
	submission := Submission{
		Title: "curl api-report", ExternalID: "1234", TimeBegan: time.Date(2016, 9, 22, 11, 38, 35, 0, time.UTC), Body: text,
		Distribution: DistributionEnclave, EnclaveIDs: []string{"eba9bf3f", "b93f6d70"},
	}
	got, err := client.Submit(t.Context(), submission)
	require.NoError(t, err)
	assert.Equal(t, Submitted{reportID, "1234", []Indicator{{"MD5", "d2dd1bcdd6d6cfac59ba9638d2cd886c"}, {"SOFTWARE", "evil.exe"}}}, got)

	require.Len(t, *sent, 2)
	call := (*sent)[1]
	assert.Equal(t, "POST /api/1.2/report", call.Method+" "+call.Path)
	assert.Equal(t, "application/json", call.Header["Content-Type"])
	assert.Equal(t, "Bearer "+pageToken, call.Header["Authorization"])
	var want map[string]map[string]any
	require.NoError(t, json.Unmarshal([]byte(`{"incidentReport":`+onPage[len(`{"incidentReport":`):len(onPage)-len(`, "enclaveIds":["eba9bf3f", "b93f6d70"]}`)]+`}`), &want))
	want["incidentReport"]["externalTrackingId"] = "1234"
	incident, err := json.Marshal(want["incidentReport"])
	require.NoError(t, err)
	assert.JSONEq(t, `{"incidentReport":`+string(incident)+`,"enclaveIds":["eba9bf3f","b93f6d70"]}`, call.Body)

	// What the page says of failures.
	for body, check := range map[string]func(error){
		fixture(t, "bad-request.json"): func(err error) {
			var status *api.StatusError
			require.ErrorAs(t, err, &status)
			assert.Equal(t, 400, status.Status)
			assert.Equal(t, "Missing report body", status.Message)
		},
		fixture(t, "expired-oaut2.json"): func(err error) { require.ErrorAs(t, err, new(*api.AuthError)) },
	} {
		config.BaseURL, _ = pageServer(t, answer(400, body))
		client, err := New(config)
		require.NoError(t, err)
		_, err = client.Submit(t.Context(), submission)
		check(err)
	}
	config.BaseURL, _ = pageServer(t, answer(403, fixture(t, "forbidden.json")))
	client, err = New(config)
	require.NoError(t, err)
	_, err = client.Submit(t.Context(), submission)
	var status *api.StatusError
	require.ErrorAs(t, err, &status)
	assert.Equal(t, 403, status.Status)
}
