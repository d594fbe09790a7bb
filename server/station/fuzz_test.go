package station_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// FuzzSubmission sends any bytes as a submission of either version: the answer is a
// success or a refusal, never a failure of the station.
func FuzzSubmission(f *testing.F) {
	for _, s := range conversationSteps(f) {
		if len(s.body) < 4<<10 {
			f.Add(s.body)
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
		body = strings.ReplaceAll(body, "{intel}", people.intel.ID)
		for _, path := range []string{"/api/1.2/report", "/api/1.3/reports"} {
			r := httptest.NewRequestWithContext(t.Context(), "POST", path, strings.NewReader(body))
			r.Header.Set("Authorization", token)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}
