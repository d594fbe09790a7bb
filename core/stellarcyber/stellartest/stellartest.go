// Package stellartest is the test of package stellarcyber against a server: every
// operation, the query's arguments, walks, tokens and faults, over whichever
// transport is under test. The server is the sandbox, whose own calls it uses to
// put faults in force and to see what was done.
//
// It is for tests alone.
package stellartest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

// EnvTarget names the environment variable that holds a Target as JSON where the
// test cannot start a server itself.
const EnvTarget = "SIGHTLINE_STELLARCYBER_TARGET"

// Target is a sandbox. It must be the test's own: faults strike all its callers.
type Target struct {
	URL          string `json:"url"`
	User         string `json:"user"`
	RefreshToken string `json:"refreshToken"`
	ScopedKey    string `json:"scopedKey"`
}

// bound is how long a call may take at most: none of them hangs.
const bound = 8 * time.Second

// Run runs the tests one after the other. newTransport is called once a test.
func Run(t *testing.T, newTransport func() api.Transport, target Target) {
	t.Helper()
	for _, row := range []struct {
		name string
		run  func(*testing.T, *subject)
	}{
		{"every operation", everyOperation},
		{"writes stick", writesStick},
		{"arguments of a query", arguments},
		{"walks", walks},
		{"tokens", tokens},
		{"faults and reads", faultsAndReads},
		{"faults and writes", faultsAndWrites},
		{"faults that pass", faultsThatPass},
		{"a slow answer", slowAnswer},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &subject{Target: target, transport: newTransport()}
			s.admin(t, "DELETE", "faults", nil, nil)
			row.run(t, s)
			s.admin(t, "DELETE", "faults", nil, nil)
		})
	}
}

type subject struct {
	Target
	transport api.Transport
}

// platform waits a millisecond at most before it repeats a call.
func (s *subject) platform(t *testing.T) *stellarcyber.Platform {
	t.Helper()
	p, err := stellarcyber.NewPlatform(s.config())
	require.NoError(t, err)
	return p
}

func (s *subject) config() stellarcyber.Config {
	return stellarcyber.Config{
		Transport: s.transport, BaseURL: s.URL, User: s.User, Key: api.Secret(s.RefreshToken), MaxWait: time.Millisecond,
	}
}

// admin calls the sandbox's own door.
func (s *subject) admin(t *testing.T, method, path string, body, into any) {
	t.Helper()
	req := &api.Request{Operation: "admin", Method: method, URL: s.URL + "/sandbox/" + path, Header: api.Header{{Name: "Sandbox-Admin", Value: "yes"}}}
	if body != nil {
		var err error
		req.Body, err = json.Marshal(body)
		require.NoError(t, err)
	}
	resp, err := s.transport.RoundTrip(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, 200, resp.Status, string(resp.Body))
	if into != nil {
		require.NoError(t, json.Unmarshal(resp.Body, into))
	}
}

// fault is the sandbox's, as its door reads it.
type fault struct {
	Kind      string `json:"kind"`
	Operation string `json:"operation,omitempty"`
	Times     int    `json:"times,omitempty"`
	Status    int    `json:"status,omitempty"`
	Retry     string `json:"retryAfter,omitempty"`
	Delay     int    `json:"delayMilliseconds,omitempty"`
}

func (s *subject) strike(t *testing.T, f fault) {
	t.Helper()
	s.admin(t, "DELETE", "faults", nil, nil)
	s.admin(t, "POST", "faults", f, nil)
}

func (s *subject) calls(t *testing.T) map[string]int {
	t.Helper()
	var calls map[string]int
	s.admin(t, "GET", "calls", nil, &calls)
	return calls
}

// within bounds a call.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bound)
	t.Cleanup(cancel)
	return ctx
}
