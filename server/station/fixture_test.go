package station_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// start is when every test's clock begins.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// clock is a clock that tests move.
type clock struct{ passed atomic.Int64 }

func (c *clock) Now() time.Time           { return start.Add(time.Duration(c.passed.Load())) }
func (c *clock) advance(by time.Duration) { c.passed.Add(int64(by)) }

// people are who the tests call as, and where.
type people struct {
	// analyst reads, creates and updates in all enclaves of the company; reader only
	// reads intel; stranger is of another company and has an enclave of his own.
	analyst, reader, stranger         station.Credentials
	intel, shared, mail, strangersOwn station.Enclave
}

// settle creates the people.
func settle(t testing.TB, s *station.Station) people {
	t.Helper()
	var p people
	var err error
	newUser := func(company, name string) station.Credentials {
		c, err := s.CreateUser(t.Context(), station.NewUser{Company: company, Name: name})
		require.NoError(t, err)
		return c
	}
	p.analyst = newUser("Northwind", "Analyst")
	p.reader = newUser("Northwind", "Reader")
	p.stranger = newUser("Contoso", "Stranger")
	p.intel, err = s.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Intel"})
	require.NoError(t, err)
	p.shared, err = s.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Shared", Type: station.EnclaveClosed})
	require.NoError(t, err)
	p.mail, err = s.CreateEnclave(t.Context(), station.NewEnclave{Company: "Northwind", Name: "Mail", Template: station.TemplatePhishing})
	require.NoError(t, err)
	p.strangersOwn, err = s.CreateEnclave(t.Context(), station.NewEnclave{Company: "Contoso", Name: "Intel"})
	require.NoError(t, err)
	all := station.Permissions{Read: true, Create: true, Update: true}
	require.NoError(t, s.Grant(t.Context(), p.analyst.UserID, p.intel.ID, all))
	require.NoError(t, s.Grant(t.Context(), p.analyst.UserID, p.shared.ID, all))
	require.NoError(t, s.Grant(t.Context(), p.analyst.UserID, p.mail.ID, all))
	require.NoError(t, s.SetRedaction(t.Context(), "Northwind", "Northwind", "company"))
	require.NoError(t, s.SetRedaction(t.Context(), "Northwind", "bob@northwind.example", "email-address"))
	require.NoError(t, s.Grant(t.Context(), p.reader.UserID, p.intel.ID, station.Permissions{Read: true}))
	require.NoError(t, s.Grant(t.Context(), p.stranger.UserID, p.strangersOwn.ID, all))
	return p
}

// fixture is a station behind a real server.
type fixture struct {
	people
	db      *sql.DB
	station *station.Station
	clock   *clock
	url     string
}

func newFixture(t testing.TB, configure ...func(*station.Config)) *fixture {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "station.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	f := &fixture{db: db, clock: &clock{}}
	config := station.Config{DB: db, Now: f.clock.Now}
	for _, change := range configure {
		change(&config)
	}
	f.station = station.New(config)
	require.NoError(t, f.station.Migrate(t.Context()))
	f.people = settle(t, f.station)
	server := httptest.NewServer(f.station)
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

// reply is an answer with its body read.
type reply struct {
	status int
	header http.Header
	body   string
}

// field returns a field of a JSON answer as text.
func (r reply) field(t testing.TB, name string) string {
	t.Helper()
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(r.body), &fields), r.body)
	return strings.Trim(string(fields[name]), `"`)
}

// send sends a request with one header besides those of net/http.
func send(t testing.TB, method, address, authorization, body string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewBufferString(body))
	require.NoError(t, err)
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NotEmpty(t, resp.Header.Get("Trace-Id"), "every answer carries Trace-Id")
	return reply{resp.StatusCode, resp.Header, string(text)}
}

// basic is the Authorization of credentials.
func basic(c station.Credentials) string {
	var r http.Request
	r.Header = http.Header{}
	r.SetBasicAuth(c.Key, c.Secret.Reveal())
	return r.Header.Get("Authorization")
}

// bearer signs in and returns the Authorization of the token.
func bearer(t testing.TB, base string, c station.Credentials) string {
	t.Helper()
	got := send(t, "POST", base+"/oauth/token", basic(c), "grant_type=client_credentials")
	require.Equal(t, 200, got.status, got.body)
	return "Bearer " + got.field(t, "access_token")
}

func (f *fixture) bearer(t testing.TB, c station.Credentials) string {
	return bearer(t, f.url, c)
}

// report13 is a submission of version 1.3.
func report13(fields map[string]any) string {
	body := map[string]any{"title": "A title", "reportBody": "seen 203.0.113.7"}
	for name, value := range fields {
		body[name] = value
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func escape(text string) string { return url.PathEscape(text) }

// requireJSON fails for a body that is not one whole JSON value.
func requireJSON(t testing.TB, body string) {
	t.Helper()
	require.True(t, json.Valid([]byte(body)), body)
}
