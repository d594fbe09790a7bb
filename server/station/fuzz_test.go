package station_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// FuzzRequest sends any body and any query to every operation of the conversations: the
// answer is a success or a refusal, never a failure of the station, and what is JSON in
// it is whole. The seeds are the steps of the conversations.
func FuzzRequest(f *testing.F) {
	db, err := sqlite.Open(sqlite.Memory)
	require.NoError(f, err)
	defer db.Close()
	s := station.New(station.Config{DB: db})
	require.NoError(f, s.Migrate(f.Context()))
	people := settle(f, s)
	server := httptest.NewServer(s)
	defer server.Close()
	token := bearer(f, server.URL, people.analyst)
	place := strings.NewReplacer("{intel}", people.intel.ID, "{shared}", people.shared.ID, "{mail}", people.mail.ID)
	seen := map[string]bool{}
	var calls []string
	for _, step := range conversationSteps(f) {
		call := place.Replace(step.call)
		path, _, _ := strings.Cut(call, "?")
		if !seen[path] {
			seen[path] = true
			calls = append(calls, path)
		}
		if _, query, _ := strings.Cut(call, "?"); len(step.body) < 4<<10 && len(calls) < 1<<15 {
			f.Add(uint16(len(calls)-1), query, step.body)
		}
	}
	f.Fuzz(func(t *testing.T, number uint16, query, body string) {
		method, path, _ := strings.Cut(calls[int(number)%len(calls)], " ")
		r := httptest.NewRequestWithContext(t.Context(), method, "/", strings.NewReader(place.Replace(body)))
		r.URL.Path, r.URL.RawQuery = path, place.Replace(query)
		r.Header.Set("Authorization", token)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		beyond := strings.Contains(w.Body.String(), "Only the first 10,000 results") // the vendor's own 500
		if w.Code >= 500 && !beyond {
			t.Errorf("%s %s?%s: %d %s", method, path, query, w.Code, w.Body)
		}
		if strings.Contains(w.Header().Get("Content-Type"), "json") {
			requireJSON(t, w.Body.String())
		}
	})
}

// FuzzStored sends a submission of any kind and reads it back through every version: what
// was accepted can be read.
func FuzzStored(f *testing.F) {
	for _, step := range conversationSteps(f) {
		if strings.Contains(step.call, "/submissions/") || strings.Contains(step.call, "/report") && len(step.body) > 0 && len(step.body) < 4<<10 {
			f.Add(step.body)
		}
	}
	db, err := sqlite.Open(sqlite.Memory)
	require.NoError(f, err)
	defer db.Close()
	s := station.New(station.Config{DB: db})
	require.NoError(f, s.Migrate(f.Context()))
	people := settle(f, s)
	server := httptest.NewServer(s)
	defer server.Close()
	token := bearer(f, server.URL, people.analyst)
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.NewReplacer("{intel}", people.intel.ID, "{shared}", people.shared.ID).Replace(body)
		call := func(method, target, body string) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
			r.Header.Set("Authorization", token)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			return w
		}
		for _, c := range []struct{ submit, read string }{
			{"/api/1.2/report", "/api/1.2/report/{id}"},
			{"/api/1.3/reports", "/api/1.3/reports/{id}"},
			{"/api/1.3/reports/upsert", "/api/1.3/reports/{id}/indicators?applyWhitelist=false"},
			{"/api/2.0/submissions/events/upsert", "/api/2.0/submissions/events?includeContent=true&id={id}"},
			{"/api/2.0/submissions/indicators/upsert", "/api/2.0/submissions/indicators?includeContent=true&id={id}"},
		} {
			w := call("POST", c.submit, body)
			if w.Code != 200 {
				if w.Code >= 500 {
					t.Errorf("%s: %d %s", c.submit, w.Code, w.Body)
				}
				continue
			}
			id := uuids.FindString(w.Body.String())
			read := call("GET", strings.ReplaceAll(c.read, "{id}", id), "")
			if read.Code != 200 {
				t.Errorf("%s, then %s: %d %s", c.submit, c.read, read.Code, read.Body)
			}
			requireJSON(t, read.Body.String())
			for _, search := range []string{"/api/2.0/submissions/search", "/api/2.0/indicators/search", "/api/2.0/observables/search"} {
				if found := call("POST", search, "{}"); found.Code != 200 {
					t.Errorf("%s: %d %s", search, found.Code, found.Body)
				}
			}
			if deleted := call("DELETE", "/api/1.3/reports/"+id, ""); deleted.Code != 200 {
				call("DELETE", "/api/2.0/submissions/indicators?id="+id, "")
			}
		}
	})
}
