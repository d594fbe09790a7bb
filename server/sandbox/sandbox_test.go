package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// noon is the clock of all tests here.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func start(t *testing.T, options Options) (*Sandbox, *client) {
	t.Helper()
	if options.Now == nil {
		options.Now = func() time.Time { return noon }
	}
	if options.Cases == 0 {
		options.Cases = 300
	}
	s, err := New(t.Context(), options)
	require.NoError(t, err)
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		assert.NoError(t, s.Close())
	})
	return s, &client{t: t, base: server.URL, http: server.Client(), credentials: s.Credentials()}
}

// client is the smallest that can talk to the sandbox.
type client struct {
	t           *testing.T
	base        string
	http        *http.Client
	credentials Credentials
	token       string
}

// do sends a request and returns its answer, the body read as far as it came.
func (c *client) do(method, path string, set func(*http.Request)) (*http.Response, []byte, error) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, nil)
	require.NoError(c.t, err)
	if set != nil {
		set(req)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

// get asks with a valid token and wants a 200.
func (c *client) get(path string) []byte {
	c.t.Helper()
	resp, body := c.try(path)
	require.Equal(c.t, http.StatusOK, resp.StatusCode, string(body))
	return body
}

// try asks with a valid token.
func (c *client) try(path string) (*http.Response, []byte) {
	c.t.Helper()
	if c.token == "" {
		c.token = c.newToken()
	}
	resp, body, err := c.do(http.MethodGet, "/connect/api/v1"+path, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.token) })
	require.NoError(c.t, err)
	return resp, body
}

func (c *client) newToken() string {
	c.t.Helper()
	resp, body, err := c.do(http.MethodPost, "/connect/api/v1/access_token", func(r *http.Request) {
		r.SetBasicAuth(c.credentials.User, c.credentials.RefreshToken)
	})
	require.NoError(c.t, err)
	require.Equal(c.t, http.StatusOK, resp.StatusCode, string(body))
	var token struct {
		AccessToken string `json:"access_token"`
	}
	require.NoError(c.t, json.Unmarshal(body, &token))
	return token.AccessToken
}

type page struct {
	Data struct {
		Total int       `json:"total"`
		Cases []caseRow `json:"cases"`
	} `json:"data"`
}

func (c *client) cases(query string) page {
	c.t.Helper()
	var p page
	require.NoError(c.t, json.Unmarshal(c.get("/cases"+query), &p))
	require.NotNil(c.t, p.Data.Cases)
	return p
}

func TestSameSeedGivesSameBytes(t *testing.T) {
	t.Parallel()
	_, a := start(t, Options{Seed: 7})
	_, b := start(t, Options{Seed: 7})
	_, other := start(t, Options{Seed: 8})
	all := a.get("/cases")
	assert.Equal(t, string(all), string(b.get("/cases")))
	assert.NotEqual(t, string(all), string(other.get("/cases")))
	for _, c := range a.cases("?limit=40").Data.Cases {
		path := "/cases/" + string(c.ID) + "/observables"
		assert.Equal(t, string(a.get(path)), string(b.get(path)))
	}
}

func TestSampleCaseIsTheVendors(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{})
	var got struct {
		Data map[string]any `json:"data"`
	}
	require.NoError(t, json.Unmarshal(c.get("/cases/655459dba3149258cd73014b"), &got))
	var want map[string]any
	require.NoError(t, json.Unmarshal(sampleJSON, &want))
	assert.Len(t, got.Data, 21)
	between := func(m map[string]any, a, b string) any { return m[a].(float64) - m[b].(float64) }
	assert.Equal(t, between(want, "acknowledged", "created_at"), between(got.Data, "acknowledged", "created_at"))
	assert.Equal(t, between(want, "modified_at", "created_at"), between(got.Data, "modified_at", "created_at"))
	age := noon.Sub(time.UnixMilli(int64(got.Data["created_at"].(float64))))
	assert.InDelta(t, sampleAge.Hours(), age.Hours(), 24)
	for _, name := range []string{"created_at", "acknowledged", "modified_at"} {
		delete(want, name)
		delete(got.Data, name)
	}
	assert.Equal(t, want, got.Data)
}

func TestCasesKeepTheirOwnRules(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 1100})
	total := c.cases("?limit=1").Data.Total
	assert.Equal(t, 1100, total)
	ids, tickets := map[CaseID]bool{}, map[int64]bool{}
	for skip := 0; skip < total; skip += 500 {
		for _, one := range c.cases("?limit=500&sort=created_at&skip=" + itoa(skip)).Data.Cases {
			assert.Len(t, string(one.ID), 24)
			assert.False(t, ids[one.ID] || tickets[one.TicketID], "twice: %s", one.ID)
			ids[one.ID], tickets[one.TicketID] = true, true
			created := time.UnixMilli(one.CreatedAt)
			assert.False(t, created.After(noon) || created.Before(noon.Add(-window-time.Hour)), "created %s", created)
			assert.GreaterOrEqual(t, one.ModifiedAt, one.CreatedAt)
			assert.Equal(t, one.Status == "Resolved" || one.Status == "Cancelled", one.Closed == 1)
			assert.Equal(t, one.Status == "New", one.Acknowledged == 0)
			assert.True(t, one.Score >= 0 && one.Score <= 100)
			assert.NotNil(t, one.Tags)
		}
	}
	assert.Len(t, ids, 1100)
}

func TestFileIsNotOverwritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sandbox.db")
	first, err := New(t.Context(), Options{Cases: 5, Path: path})
	require.NoError(t, err)
	require.NoError(t, first.Close())
	_, err = New(t.Context(), Options{Cases: 5, Path: path})
	assert.Error(t, err)
}

func TestMemoryOutlivesCancelledCalls(t *testing.T) {
	t.Parallel()
	s, c := start(t, Options{})
	for range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		_, _ = s.TruthWithin(ctx, []string{"203.0.113.47"}, Within{})
		cancel()
	}
	assert.Equal(t, 300, c.cases("").Data.Total)
}

func TestSmallSandboxes(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 4, 7, 11} {
		s, c := start(t, Options{Cases: n})
		assert.Equal(t, n, c.cases("").Data.Total)
		assert.Contains(t, s.TruthFor([]string{`HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\GranaryFlt`}), CaseID("655459dba3149258cd73014b"))
	}
}
