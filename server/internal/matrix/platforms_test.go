package matrix

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/core/threatstack"
	"github.com/sightline-sec/sightline/core/trustar"
	"github.com/sightline-sec/sightline/server/internal/faults"
	"github.com/sightline-sec/sightline/server/sandbox"
	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// caseHeader names the case that a request belongs to, so that each has faults of its
// own at a server that all share.
const caseHeader = "Sightline-Case"

// What a request is for, as far as faults are told apart.
const (
	tokenCall = "token"
	dataCall  = "data"
)

// again says what a client may do by itself when it does not know whether it was heard.
type again int

const (
	safe     again = iota // a read, or a write whose repetition changes nothing
	sameID                // a report: sent again under its id, it is a duplicate
	never                 // sent once
	deletion              // sent again, it finds nothing to delete
)

// way is how a case's client goes: its transport and its patience.
type way struct {
	transport api.Transport
	maxWait   time.Duration
}

// op is a call of a platform.
type op struct {
	name  string
	again again
	// run makes a client and makes the call. key is the case's own word for the effect.
	run func(ctx context.Context, w way, key string) error
	// prepare makes what run changes; nil for nothing.
	prepare func(ctx context.Context, w way, key string) error
	// effects counts what run has done; nil for reads.
	effects func(ctx context.Context, key string) (int, error)
}

// platform is a client's counterpart.
type platform struct {
	name     string
	set      *faults.Set
	hasToken bool
	ops      []op

	mu    sync.Mutex
	acted map[string]int // writes that the server carried out, by case
}

func (p *platform) acts(label string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.acted[label]
}

// serve starts the stand-in below the faults and returns its address.
func (p *platform) serve(t *testing.T, h http.Handler) string {
	t.Helper()
	p.acted = map[string]int{}
	counting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(status, r)
		if r.Method != http.MethodGet && kindOf(r) == dataCall && status.status < 300 {
			p.mu.Lock()
			p.acted[r.Header.Get(caseHeader)]++
			p.mu.Unlock()
		}
	})
	server := httptest.NewServer(p.set.Wrap(counting, func(r *http.Request) string {
		if label := r.Header.Get(caseHeader); label != "" {
			return label + " " + kindOf(r)
		}
		return ""
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func kindOf(r *http.Request) string {
	if strings.HasSuffix(r.URL.Path, "/oauth/token") || strings.HasSuffix(r.URL.Path, "/access_token") {
		return tokenCall
	}
	return dataCall
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// labelled puts the case's name into each request, and bounds each exchange.
type labelled struct {
	api.Transport
	label   string
	timeout time.Duration
}

func (l labelled) RoundTrip(ctx context.Context, req *api.Request) (*api.Response, error) {
	sent := *req
	sent.Header = req.Header.Clone()
	sent.Header.Set(caseHeader, l.label)
	if l.timeout > 0 {
		sent.Timeout = l.timeout
	}
	return l.Transport.RoundTrip(ctx, &sent)
}

// quiet is a way without faults.
func quiet() way { return way{httptransport.New(httptransport.Config{}), time.Millisecond} }

// first returns the error of a list's first item, or that there is none.
func first[T any](all func(func(T, error) bool)) error {
	for _, err := range all {
		return err
	}
	return errors.New("nothing came")
}

var errNotFound = errors.New("what is there was not found")

func got[T any](_ T, ok bool, err error) error {
	if err == nil && !ok {
		return errNotFound
	}
	return err
}

// trustarOver is the station, in one version.
func trustarOver(t *testing.T, version string) *platform {
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "station.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	s := station.New(station.Config{DB: db})
	ctx := t.Context()
	require.NoError(t, s.Migrate(ctx))
	user, err := s.CreateUser(ctx, station.NewUser{Company: "Northwind", Name: "Analyst"})
	require.NoError(t, err)
	enclave, err := s.CreateEnclave(ctx, station.NewEnclave{Company: "Northwind", Name: "Intel"})
	require.NoError(t, err)
	require.NoError(t, s.Grant(ctx, user.UserID, enclave.ID, station.Permissions{Read: true, Create: true, Update: true}))

	p := &platform{name: "TruSTAR " + version, hasToken: true, set: &faults.Set{Dialect: faults.Dialect{
		Refusal: func(_ string, status int, text string) faults.Answer {
			return faults.JSON(status, map[string]any{"timestamp": 1, "status": status, "error": http.StatusText(status), "message": text, "path": "/"})
		},
		Expired: func(string) faults.Answer {
			return faults.JSON(400, map[string]string{"error": "invalid_request", "error_description": "Expired oauth2 access token"})
		},
		WrongTypes: func(string) []byte {
			return []byte(`{"id":7,"reportId":[],"items":"none","title":{},"reportBody":1,"access_token":12,"indicators":"some"}`)
		},
	}}}
	base := p.serve(t, s)
	dial := func(w way) (*trustar.Client, error) {
		return trustar.New(trustar.Config{
			Transport: w.transport, BaseURL: base, Version: version, Key: user.Key, Secret: user.Secret, MaxWait: w.maxWait,
		})
	}
	submit := func(ctx context.Context, w way, key string) error {
		c, err := dial(w)
		if err != nil {
			return err
		}
		_, err = c.Submit(ctx, trustar.Submission{
			ExternalID: key, Title: key, Body: "seen 203.0.113.7", Distribution: trustar.DistributionEnclave, EnclaveIDs: []string{enclave.ID},
		})
		return err
	}
	require.NoError(t, submit(ctx, quiet(), "known"))
	p.ops = []op{
		{name: "get report", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			report, err := c.ReportByExternalID(ctx, "known")
			if err == nil && report.Title != "known" {
				return errNotFound
			}
			return err
		}},
		{name: "correlated reports", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return first(c.Correlated(ctx, []string{"203.0.113.7"}))
		}},
		{name: "submit report", again: sameID, run: submit, effects: func(ctx context.Context, key string) (int, error) {
			return count(ctx, db, `SELECT count(*) FROM reports WHERE external_id = ?`, key)
		}},
	}
	return p
}

func count(ctx context.Context, db *sql.DB, query string, args ...any) (int, error) {
	var n int
	err := db.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// box is a sandbox, with faults that are outside of it.
func box(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.New(t.Context(), sandbox.Options{Cases: 20, Alerts: 400})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func stellarCyber(t *testing.T) *platform {
	s := box(t)
	p := &platform{name: "Stellar Cyber", hasToken: true, set: &faults.Set{Dialect: faults.Dialect{
		WrongTypes: func(string) []byte {
			return []byte(`{"data":{"total":"many","cases":{"0":{"_id":7}},"_id":7},"observables":"none","access_token":12345,"exp":"soon"}`)
		},
	}}}
	base := p.serve(t, s)
	config := func(w way) stellarcyber.Config {
		return stellarcyber.Config{
			Transport: w.transport, BaseURL: base, User: s.Credentials().User, Key: api.Secret(s.Credentials().RefreshToken), MaxWait: w.maxWait,
		}
	}
	dial := func(w way) (*stellarcyber.Client, error) { return stellarcyber.New(config(w)) }
	platform := func(w way) (*stellarcyber.Platform, error) { return stellarcyber.NewPlatform(config(w)) }
	plain, err := platform(quiet())
	require.NoError(t, err)
	c, err := dial(quiet())
	require.NoError(t, err)
	page, err := c.Cases(t.Context(), stellarcyber.CaseQuery{Limit: 1})
	require.NoError(t, err)
	known := page.Cases[0].ID
	p.ops = []op{
		{name: "list cases", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return first(c.AllCases(ctx, stellarcyber.CaseQuery{}, 5))
		}},
		{name: "get observables", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			_, err = c.Observables(ctx, known)
			return err
		}},
		{name: "update case", run: func(ctx context.Context, w way, key string) error {
			c, err := platform(w)
			if err != nil {
				return err
			}
			_, err = c.UpdateCase(ctx, known, stellarcyber.CaseUpdate{AddTags: []string{key}})
			return err
		}, effects: func(ctx context.Context, key string) (int, error) {
			found, err := plain.Case(ctx, known)
			if slices.Contains(found.Tags, key) {
				return 1, err
			}
			return 0, err
		}},
		{name: "add comment", again: never, run: func(ctx context.Context, w way, key string) error {
			c, err := platform(w)
			if err != nil {
				return err
			}
			_, err = c.AddComment(ctx, known, key)
			return err
		}, effects: func(ctx context.Context, key string) (n int, err error) {
			comments, err := plain.Comments(ctx, known)
			for _, comment := range comments {
				if comment.Comment == key {
					n++
				}
			}
			return n, err
		}},
	}
	return p
}

func threatStack1(t *testing.T) *platform {
	s := box(t)
	p := &platform{name: "Threat Stack 1", set: &faults.Set{Dialect: faults.Dialect{
		Refusal: func(_ string, status int, text string) faults.Answer {
			return faults.JSON(status, map[string]string{"status": "error", "message": text})
		},
	}}}
	base := p.serve(t, s)
	dial := func(w way) (*threatstack.Client, error) {
		return threatstack.New(threatstack.Config{
			Transport: w.transport, BaseURL: base, APIKey: api.Secret(s.Credentials().ThreatStack.APIKey), MaxWait: w.maxWait,
		})
	}
	c, err := dial(quiet())
	require.NoError(t, err)
	agents, err := c.Agents.List(t.Context(), threatstack.ListOptions{})
	require.NoError(t, err)
	p.ops = []op{
		{name: "list alerts", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return first(c.Alerts.All(ctx, threatstack.ListOptions{}))
		}},
		{name: "get agent", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return got(c.Agents.Get(ctx, agents[0].ID))
		}},
	}
	return p
}

// threatStack2 writes in four ways: what may never be sent twice, what may, what
// removes, and what answers nothing.
func threatStack2(t *testing.T) *platform {
	s := box(t)
	p := &platform{name: "Threat Stack 2", set: &faults.Set{Dialect: faults.Dialect{
		Refusal: func(_ string, status int, text string) faults.Answer {
			return faults.JSON(status, map[string][]string{"errors": {text}})
		},
		// The last calls' answers are not published: an object could be theirs.
		WrongTypes: func(string) []byte { return []byte(`["agents",{"alerts":"some","id":12}]`) },
	}}}
	base := p.serve(t, s)
	dial := func(w way) (*threatstack.ClientV2, error) {
		k := s.Credentials().ThreatStack
		return threatstack.NewV2(threatstack.Config{
			Transport: w.transport, BaseURL: base, APIKey: api.Secret(k.APIKey), UserID: k.UserID, OrgID: k.OrganizationID, MaxWait: w.maxWait,
		})
	}
	plain, err := dial(quiet())
	require.NoError(t, err)
	ctx := t.Context()
	agents, err := plain.Agents.List(ctx, threatstack.AgentQuery{}, "")
	require.NoError(t, err)
	made, err := plain.Rulesets.Create(ctx, threatstack.RulesetInput{Name: "matrix"})
	require.NoError(t, err)
	rule := threatstack.Rule{Type: threatstack.RuleHost, Title: "x", Severity: 1, Window: 3600, Threshold: 1}
	var alerts []string
	for alert, err := range plain.Alerts.All(ctx, threatstack.AlertQuery{}) {
		require.NoError(t, err)
		alerts = append(alerts, alert.ID)
	}
	var mu sync.Mutex
	own := map[string]string{} // what a case has prepared
	keep := func(key, id string) { mu.Lock(); defer mu.Unlock(); own[key] = id }
	ownID := func(key string) string { mu.Lock(); defer mu.Unlock(); return own[key] }
	prepareSet := func(ctx context.Context, w way, key string) error {
		set, err := plain.Rulesets.Create(ctx, threatstack.RulesetInput{Name: key, Description: "before"})
		keep(key, set.ID)
		return err
	}
	p.ops = []op{
		{name: "list agents", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return first(c.Agents.All(ctx, threatstack.AgentQuery{}))
		}},
		{name: "get agent", run: func(ctx context.Context, w way, _ string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return got(c.Agents.Get(ctx, agents.Items[0].ID))
		}},
		{name: "create rule", again: never, run: func(ctx context.Context, w way, key string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			rule := rule
			rule.Name = key
			_, err = c.Rulesets.CreateRule(ctx, made.ID, rule)
			return err
		}, effects: func(ctx context.Context, key string) (n int, err error) {
			for token, more := "", true; more; more = token != "" {
				page, err := plain.Rulesets.Rules(ctx, made.ID, token)
				if err != nil {
					return 0, err
				}
				for _, r := range page.Items {
					if r.Name == key {
						n++
					}
				}
				token = page.Next
			}
			return n, nil
		}},
		{name: "update ruleset", prepare: prepareSet, run: func(ctx context.Context, w way, key string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			_, err = c.Rulesets.Update(ctx, ownID(key), threatstack.RulesetInput{Name: key, Description: "after"})
			return err
		}, effects: func(ctx context.Context, key string) (int, error) {
			set, ok, err := plain.Rulesets.Get(ctx, ownID(key))
			if !ok || set.Description != "after" {
				return 0, err
			}
			return 1, nil
		}},
		{name: "delete ruleset", again: deletion, prepare: prepareSet, run: func(ctx context.Context, w way, key string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return c.Rulesets.Delete(ctx, ownID(key))
		}, effects: func(ctx context.Context, key string) (int, error) {
			_, ok, err := plain.Rulesets.Get(ctx, ownID(key))
			if ok {
				return 0, err
			}
			return 1, err
		}},
		{name: "dismiss alert", again: never, prepare: func(_ context.Context, _ way, key string) error {
			mu.Lock()
			defer mu.Unlock()
			if len(alerts) == 0 {
				return errors.New("the sandbox has too few alerts")
			}
			own[key], alerts = alerts[0], alerts[1:]
			return nil
		}, run: func(ctx context.Context, w way, key string) error {
			c, err := dial(w)
			if err != nil {
				return err
			}
			return c.Alerts.Dismiss(ctx, threatstack.Dismissal{IDs: []string{ownID(key)}, Reason: threatstack.Maintenance})
		}, effects: func(ctx context.Context, key string) (int, error) {
			alert, ok, err := plain.Alerts.Get(ctx, ownID(key))
			switch {
			case err != nil || !ok:
				return 0, fmt.Errorf("the alert is gone: %w", errors.Join(err, errNotFound))
			case alert.IsDismissed:
				return 1, nil
			}
			return 0, nil
		}},
	}
	return p
}
