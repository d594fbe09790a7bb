package station_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

const (
	expiredBody = `{"error":"invalid_request","error_description":"Expired oauth2 access token"}`
	unknownBody = `{"error":"invalid_request","error_description":"Invalid oauth2 access token"}`
)

func TestTokenLife(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ping := func(token string) reply { return send(t, "GET", f.url+"/api/1.3/ping", token, "") }
	left := func() string {
		return send(t, "POST", f.url+"/oauth/token?grant_type=client_credentials", basic(f.analyst), "").field(t, "expires_in")
	}
	first := f.bearer(t, f.analyst)
	assert.Equal(t, "599", left())

	f.clock.advance(9*time.Minute + 30*time.Second)
	assert.Equal(t, first, f.bearer(t, f.analyst), "the same token while it is valid")
	assert.Equal(t, "29", left())
	assert.Equal(t, 200, ping(first).status)

	f.clock.advance(30 * time.Second)
	got := ping(first)
	assert.Equal(t, 400, got.status)
	assert.JSONEq(t, expiredBody, got.body)

	f.clock.advance(-5 * time.Minute)
	assert.JSONEq(t, expiredBody, ping(first).body, "the clock set back does not revive a token")

	second := f.bearer(t, f.analyst)
	assert.NotEqual(t, first, second)
	assert.Equal(t, 200, ping(second).status)

	f.clock.advance(25 * time.Hour)
	f.bearer(t, f.analyst)
	assert.JSONEq(t, unknownBody, ping(first).body, "expired tokens are forgotten after a day")
}

// A token that a later one has replaced is not valid again when the clock goes back,
// though nobody has asked with it since.
func TestTokenReplaced(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	first := f.bearer(t, f.analyst)
	f.clock.advance(11 * time.Minute)
	f.bearer(t, f.analyst)
	f.clock.advance(-11 * time.Minute)
	assert.JSONEq(t, expiredBody, send(t, "GET", f.url+"/api/1.3/ping", first, "").body)
}

func TestTokenConcurrently(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	tokens := make([]string, 40)
	var group sync.WaitGroup
	for i := range tokens {
		group.Go(func() { tokens[i] = bearer(t, f.url, f.analyst) })
	}
	group.Wait()
	for _, token := range tokens {
		assert.Equal(t, tokens[0], token)
	}
	assert.Equal(t, 1, count(t, f, `SELECT count(*) FROM tokens`))
}

// Nothing that lets anybody in is in the database, in an answer to somebody else, or
// in the log.
func TestSecretsAtRest(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	f := newFixture(t, func(c *station.Config) {
		c.Log = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	token := f.bearer(t, f.analyst)
	send(t, "POST", f.url+"/api/1.3/reports", token, report13(map[string]any{"enclaveIds": []string{f.intel.ID}}))
	send(t, "GET", f.url+"/api/1.3/reports?enclaveIds=x&key="+f.analyst.Key, token, "")

	var dump strings.Builder
	require.NoError(t, sqlite.Dump(t.Context(), f.db, &dump))
	require.Contains(t, dump.String(), "seen 203.0.113.7")
	require.Contains(t, logged.String(), "POST /1.3/reports")
	// A broken database makes the station log its failures.
	_, err := f.db.ExecContext(t.Context(), `ALTER TABLE reports RENAME TO gone`)
	require.NoError(t, err)
	got := send(t, "GET", f.url+"/api/1.3/reports", token, "")
	assert.Equal(t, 500, got.status)
	assert.NotContains(t, got.body, "no such table", "the cause is in the log alone")
	assert.Contains(t, got.body, got.header.Get("Trace-Id"))
	assert.Contains(t, logged.String(), got.header.Get("Trace-Id"))

	for _, secret := range []string{f.analyst.Key, f.analyst.Secret.Reveal(), strings.TrimPrefix(token, "Bearer "), basic(f.analyst)} {
		assert.NotContains(t, dump.String(), secret)
		assert.NotContains(t, logged.String(), secret)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *station.Config) { c.Limits = station.Limits{Calls: 3} })
	f.clock.advance(57_500 * time.Millisecond)
	analyst, reader := f.bearer(t, f.analyst), f.bearer(t, f.reader)
	ping := func(token string) reply { return send(t, "GET", f.url+"/api/1.3/ping", token, "") }
	for range 3 {
		require.Equal(t, 200, ping(analyst).status)
	}
	got := ping(analyst)
	assert.Equal(t, 429, got.status)
	assert.JSONEq(t, `{"message":"Request limit exceeded for the current time period. Wait 2500 ms.","waitTime":2500}`, got.body)
	assert.Equal(t, 200, ping(reader).status, "the limit is each user's own")
	f.clock.advance(2500 * time.Millisecond)
	assert.Equal(t, 200, ping(analyst).status)
}
