package station_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// oldStation is a database that the first schema's program has written: two reports in
// enclaves, one for the Community, with a user, a token and a count of calls.
func oldStation(t *testing.T) *sql.DB {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("testdata", "schema1.sql"))
	require.NoError(t, err)
	db, err := sqlite.Open(sqlite.Memory)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.ExecContext(t.Context(), string(script))
	require.NoError(t, err)
	return db
}

func dump(t *testing.T, db *sql.DB) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, sqlite.Dump(t.Context(), db, &out))
	return out.String()
}

func fixedClock() time.Time { return start.Add(time.Hour) }

// What the first schema holds is there in the present one, in every version.
func TestMigrateFromFirstSchema(t *testing.T) {
	t.Parallel()
	db := oldStation(t)
	s := station.New(station.Config{DB: db, Now: fixedClock})
	require.NoError(t, s.Migrate(t.Context()))
	require.NoError(t, sqlite.Check(t.Context(), db))

	users, err := s.Users(t.Context())
	require.NoError(t, err)
	require.Len(t, users, 1)
	enclaves, err := s.Enclaves(t.Context())
	require.NoError(t, err)
	require.Len(t, enclaves, 3)
	own, err := s.CreateUser(t.Context(), station.NewUser{Company: "Northwind", Name: "New"})
	require.NoError(t, err)
	for _, e := range enclaves {
		assert.Equal(t, "Private Enclave", e.Template)
		require.NoError(t, s.Grant(t.Context(), own.UserID, e.ID, station.Permissions{Read: true, Create: true, Update: true}))
	}
	base, stop := serve(t, s)
	token := bearer(t, base, own)
	for _, c := range []struct{ call, body, want string }{
		{"GET /api/1.3/reports/old2?idType=external", "", `O'Hara; \"quoted\"`},
		{"GET /api/1.3/reports/correlated?indicators=C2.SIGHTLINE-SAMPLE-9.TOP", "", `"hasNext":false`},
		{"GET /api/1.2/report/old1?idType=external", "", `{"indicatorType":"CIDR_BLOCK","value":"203.0.113.0/24"}`},
		{"POST /api/2.0/observables/search", `{"queryTerm":"2001:db8"}`, `"type":"IP6"`},
		{"POST /api/2.0/observables/search", `{"queryTerm":"gate/check"}`, `"type":"URL"`},
		{"POST /api/2.0/observables/search", `{"queryTerm":"c2.sightline","types":["DOMAIN"]}`, `"totalItems":1`},
		{"POST /api/2.0/observables/search", `{"queryTerm":"emotet"}`, `"totalItems":0`},
		{"POST /api/1.3/indicators/metadata", `[{"value":"c2.sightline-sample-9.top"}]`, `"sightings":2`},
		{"GET /api/1.3/indicators/community-trending", "", `198.51.100.9`},
	} {
		method, path, _ := strings.Cut(c.call, " ")
		got := send(t, method, base+path, token, c.body)
		assert.Equal(t, 200, got.status, c.call)
		assert.Contains(t, got.body, c.want, c.call)
	}
	// An old external id is still taken, and an old report can be changed and deleted.
	body := `{"incidentReport":{"title":"T","reportBody":"x","distributionType":"COMMUNITY","externalTrackingId":"old1"}}`
	assert.Equal(t, 400, send(t, "POST", base+"/api/1.2/report", token, body).status)
	assert.Equal(t, 200, send(t, "PUT", base+"/api/1.3/reports/old1?idType=external", token, `{"reportBody":"198.18.0.1"}`).status)
	assert.Equal(t, 200, send(t, "DELETE", base+"/api/1.3/reports/old2?idType=external", token, "").status)
	var left int
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FROM mentions`).Scan(&left))
	assert.Equal(t, 2, left, "one of the changed report, one of the Community's")
	require.NoError(t, stop())
}

// A migration that was cut off after any statement is brought to the same end.
func TestMigrateCutOff(t *testing.T) {
	t.Parallel()
	statements, err := station.Migrations(1)
	require.NoError(t, err)
	whole := oldStation(t)
	require.NoError(t, station.New(station.Config{DB: whole, Now: fixedClock}).Migrate(t.Context()))
	want := dump(t, whole)
	for n := range len(statements) {
		db := oldStation(t)
		for _, statement := range statements[:n] {
			_, err := db.ExecContext(t.Context(), statement)
			require.NoError(t, err, statement)
		}
		require.NoError(t, station.New(station.Config{DB: db, Now: fixedClock}).Migrate(t.Context()), "after %d statements", n)
		require.Equal(t, want, dump(t, db), "after %d statements", n)
	}
}

// The statements for hosts where Migrate cannot run lead to the same schema.
func TestMigrations(t *testing.T) {
	t.Parallel()
	statements, err := station.Migrations(0)
	require.NoError(t, err)
	db, err := sqlite.Open(sqlite.Memory)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.ExecContext(t.Context(), `CREATE TABLE migrations (step INTEGER PRIMARY KEY, done INTEGER NOT NULL) STRICT`)
	require.NoError(t, err)
	for _, statement := range statements {
		// As the command line writes them: one a line.
		_, err := db.ExecContext(t.Context(), strings.Join(strings.Fields(statement), " "))
		require.NoError(t, err, statement)
	}
	require.NoError(t, station.New(station.Config{DB: db}).Migrate(t.Context()), "nothing is left to do")
	settle(t, station.New(station.Config{DB: db}))
	_, err = station.Migrations(99)
	require.Error(t, err)
}
