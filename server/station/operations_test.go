package station

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestOperations holds that the table and the routes agree: every operation is
// mounted once, 1.2 also without its version, and nothing else is.
func TestOperations(t *testing.T) {
	t.Parallel()
	s := New(Config{})
	seen := map[string]bool{}
	for _, op := range operations() {
		assert.False(t, seen[op.pattern], "%s is there twice", op.pattern)
		seen[op.pattern] = true
		assert.NotNil(t, op.handle, op.pattern)
	}
	for path, want := range map[string]string{
		"/api/1.2/report/x":             "GET /api/1.2/report/{id}",
		"/api/report/x":                 "GET /api/report/{id}",
		"/api/reports/correlate":        "GET /api/reports/correlate",
		"/api/1.3/reports/correlated":   "GET /api/1.3/reports/correlated",
		"/api/1.3/reports/x":            "GET /api/1.3/reports/{id}",
		"/api/1.3/reports/x%2Fy/status": "GET /api/1.3/reports/{id}/status",
		"/api/enclaves":                 "/",
		"/1.3/ping":                     "/",
		"/":                             "/",
	} {
		_, pattern := s.mux.Handler(httptest.NewRequest("GET", path, nil))
		assert.Equal(t, want, pattern, path)
	}
}

func TestFoldIsSQLitesLower(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "abz Ä é İ @[`{", fold("ABZ Ä é İ @[`{"))
}
