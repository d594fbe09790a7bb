package station

import "context"

// version of the API that an operation belongs to.
type version string

// The versions. Unversioned operations need no token.
const (
	unversioned version = ""
	version12   version = "1.2"
	version13   version = "1.3"
)

// operation is one row of the API.
type operation struct {
	version version
	// pattern is method and path, below /api where there is a version.
	pattern string
	handle  func(*Station, context.Context, *call) (answer, error)
}

// operations is the API's table of contents. What is not in it answers 404.
func operations() []operation {
	return []operation{
		{unversioned, "POST /oauth/token", (*Station).token},

		{version12, "GET /1.2/ping", (*Station).ping},
		{version12, "GET /1.2/version", (*Station).apiVersion},
		{version12, "POST /1.2/report", (*Station).submit12},
		{version12, "GET /1.2/report/{id}", (*Station).report12},
		{version12, "DELETE /1.2/report/{id}", (*Station).deleteReport},
		{version12, "GET /1.2/reports/correlate", (*Station).correlate12},

		{version13, "GET /1.3/ping", (*Station).ping},
		{version13, "GET /1.3/version", (*Station).apiVersion},
		{version13, "GET /1.3/enclaves", (*Station).enclaves},
		{version13, "GET /1.3/reports", (*Station).reports13},
		{version13, "POST /1.3/reports", (*Station).submit13},
		{version13, "GET /1.3/reports/correlated", (*Station).correlated13},
		{version13, "GET /1.3/reports/{id}", (*Station).report13},
		{version13, "DELETE /1.3/reports/{id}", (*Station).deleteReport},
		{version13, "GET /1.3/reports/{id}/indicators", (*Station).reportIndicators13},
		{version13, "GET /1.3/reports/{id}/status", (*Station).reportStatus13},
	}
}
