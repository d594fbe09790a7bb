package station_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// failing is a connector whose n-th statement fails, before or after it has run.
type failing struct {
	driver.Connector
	// left counts down to the failure; negative means never.
	left  atomic.Int64
	cause error
	after bool
}

func (f *failing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := f.Connector.Connect(ctx)
	return &failingConn{conn, f}, err
}

type failingConn struct {
	driver.Conn
	plan *failing
}

func (c *failingConn) Prepare(query string) (driver.Stmt, error) {
	stmt, err := c.Conn.Prepare(query)
	return &failingStmt{stmt, c.plan}, err
}

type failingStmt struct {
	driver.Stmt
	plan *failing
}

func (s *failingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return statement(s.plan, func() (driver.Result, error) { return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args) })
}

func (s *failingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return statement(s.plan, func() (driver.Rows, error) { return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args) })
}

func statement[T any](plan *failing, run func() (T, error)) (T, error) {
	fails := plan.left.Add(-1) == 0
	var none T
	if fails && !plan.after {
		return none, plan.cause
	}
	result, err := run()
	if fails && err == nil {
		if rows, ok := any(result).(driver.Rows); ok {
			// The statement ends as if all its rows had been read.
			for values := make([]driver.Value, len(rows.Columns())); rows.Next(values) == nil; {
			}
			_ = rows.Close()
		}
		return none, plan.cause
	}
	return result, err
}

// file is SQLite's driver on a path.
type file struct {
	driver driver.Driver
	name   string
}

func (f file) Driver() driver.Driver                        { return f.driver }
func (f file) Connect(context.Context) (driver.Conn, error) { return f.driver.Open(f.name) }

// TestEveryStatementFails lets the first statement of a submission fail, then the
// second, and so on until one passes: the answer is 5xx, no half of a report is left,
// and sending again files it once.
func TestEveryStatementFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		cause  error
		after  bool
		status int
	}{
		{"before it ran", errors.New("disk I/O error"), false, 500},
		{"after it ran", errors.New("connection lost"), true, 500},
		{"busy", errors.New("database is locked (5) (SQLITE_BUSY)"), false, 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "station.db")
			plain, err := sqlite.Open(path)
			require.NoError(t, err)
			defer plain.Close()
			s := station.New(station.Config{DB: plain})
			require.NoError(t, s.Migrate(t.Context()))
			people := settle(t, s)

			plan := &failing{Connector: file{plain.Driver(), path}, cause: c.cause, after: c.after}
			plan.left.Store(-1)
			db := sql.OpenDB(plan)
			defer db.Close()
			server := httptest.NewServer(station.New(station.Config{DB: db}))
			defer server.Close()
			token := bearer(t, server.URL, people.analyst)

			for n := int64(1); ; n++ {
				require.Less(t, n, int64(20))
				body := report13(map[string]any{"enclaveIds": []string{people.intel.ID}, "externalTrackingId": fmt.Sprint("n", n)})
				plan.left.Store(n)
				got := send(t, "POST", server.URL+"/api/1.3/reports", token, body)
				if plan.left.Load() > 0 {
					require.Equal(t, 200, got.status, got.body)
					t.Logf("%d statements", n-1)
					return
				}
				assert.Equal(t, c.status, got.status, got.body)
				if c.status == 503 {
					assert.NotEmpty(t, got.header.Get("Retry-After"))
				}
				again := send(t, "POST", server.URL+"/api/1.3/reports", token, body)
				if again.status != 200 {
					assert.True(t, c.after)
					assert.Contains(t, again.body, "already exists")
				}
				var reports, derived int
				require.NoError(t, plain.QueryRow(`SELECT count(*), (SELECT count(*) FROM mentions) FROM reports`).Scan(&reports, &derived))
				assert.EqualValues(t, n, reports)
				assert.EqualValues(t, n, derived)
			}
		})
	}
}

// A panic is the answer of its request alone.
func TestPanic(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	f := newFixture(t, func(c *station.Config) {
		now := c.Now
		c.Now = func() time.Time {
			if broken.CompareAndSwap(true, false) {
				panic("clock")
			}
			return now()
		}
	})
	token := f.bearer(t, f.analyst)
	broken.Store(true)
	got := send(t, "GET", f.url+"/api/1.3/ping", token, "")
	assert.Equal(t, 500, got.status)
	assert.Equal(t, "application/json", got.header.Get("Content-Type"))
	assert.NotContains(t, got.body, "clock")
	assert.Equal(t, 200, send(t, "GET", f.url+"/api/1.3/ping", token, "").status)
}

// A full disk and a read-only one stop what writes and nothing else, and leave no half
// of a report.
func TestDiskFullOrReadOnly(t *testing.T) {
	t.Parallel()
	for name, pragma := range map[string]string{"full": "PRAGMA max_page_count = 1", "read-only": "PRAGMA query_only = 1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.db.SetMaxOpenConns(1) // pragmas are the connection's
			token := f.bearer(t, f.analyst)
			large := report13(map[string]any{"enclaveIds": []string{f.intel.ID}, "reportBody": "203.0.113.7 " + strings.Repeat("prose ", 100_000)})
			_, err := f.db.ExecContext(t.Context(), pragma)
			require.NoError(t, err)
			got := send(t, "POST", f.url+"/api/1.3/reports", token, large)
			assert.Equal(t, 503, got.status, got.body)
			assert.NotEmpty(t, got.header.Get("Retry-After"))
			assert.Equal(t, 200, send(t, "GET", f.url+"/api/1.3/reports", token, "").status)
			assert.Zero(t, count(t, f, `SELECT (SELECT count(*) FROM reports) + (SELECT count(*) FROM mentions)`))

			_, err = f.db.ExecContext(t.Context(), strings.NewReplacer("query_only = 1", "query_only = 0", "max_page_count = 1", "max_page_count = 1000000").Replace(pragma))
			require.NoError(t, err)
			assert.Equal(t, 200, send(t, "POST", f.url+"/api/1.3/reports", token, large).status)
		})
	}
}
