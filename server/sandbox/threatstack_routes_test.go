package sandbox

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/threatstack"
)

// Callers at the same moment neither fail nor undo what the others write.
func TestThreatStackWritersAtOnce(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 1, Now: func() time.Time { return noon }})
	_, client := clients(t, c)
	set, err := client.Rulesets.Create(t.Context(), threatstack.RulesetInput{Name: "many"})
	require.NoError(t, err)
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			_, err := client.Rulesets.CreateRule(t.Context(), set.ID, threatstack.Rule{Name: fmt.Sprint(i), Type: threatstack.RuleHost, Severity: 1})
			assert.NoError(t, err)
			_, _, err = client.Rulesets.Get(t.Context(), set.ID)
			assert.NoError(t, err)
		})
	}
	group.Wait()
	set, _, err = client.Rulesets.Get(t.Context(), set.ID)
	require.NoError(t, err)
	assert.Len(t, set.Rules, 40)
}

// Every call that the client declares has a route of its own, and none other answers.
func TestThreatStackHasEveryRoute(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{Cases: 1})
	entries, err := filepath.Glob("../../core/threatstack/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	declared, parts := 0, regexp.MustCompile(`\{[a-zA-Z]+\}`)
	for _, path := range entries {
		source, err := os.ReadFile(path)
		require.NoError(t, err)
		for line := range strings.Lines(string(source)) {
			name, ok := strings.CutPrefix(line, "//api:operation ")
			if !ok || strings.HasSuffix(path, "_test.go") {
				continue
			}
			declared++
			method, target, _ := strings.Cut(strings.TrimSpace(name), " ")
			req, err := http.NewRequestWithContext(t.Context(), method, parts.ReplaceAllString(target, "x"), nil)
			require.NoError(t, err)
			_, pattern := s.mux.Handler(req)
			assert.Truef(t, strings.HasPrefix(pattern, method+" "), "%s is answered by %q", name, pattern)
		}
	}
	assert.Equal(t, 42, declared)
}

// The filters choose, and what is no filter is refused.
func TestThreatStackFilters(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 20, Now: func() time.Time { return noon }})
	_, v2 := clients(t, c)
	ctx, yes, no := t.Context(), true, false
	count := func(q threatstack.VulnerabilityQuery) (n int, agent string) {
		for v, err := range v2.Vulnerabilities.All(ctx, q) {
			require.NoError(t, err)
			require.NotEmpty(t, v.Agents)
			n, agent = n+1, v.Agents[0].AgentID
		}
		return n, agent
	}
	all, agent := count(threatstack.VulnerabilityQuery{})
	active, _ := count(threatstack.VulnerabilityQuery{Active: &yes})
	suppressed, _ := count(threatstack.VulnerabilityQuery{Active: &no})
	byStatus, _ := count(threatstack.VulnerabilityQuery{Status: "active"})
	ofAgent, same := count(threatstack.VulnerabilityQuery{AgentID: agent})
	assert.Equal(t, all, active+suppressed)
	assert.Equal(t, active, byStatus)
	assert.Positive(t, suppressed)
	assert.Positive(t, ofAgent)
	assert.Equal(t, agent, same)
	_, err := v2.Rulesets.List(ctx, "not-a-uuid", "")
	require.ErrorContains(t, err, "UUID")
	sets, err := v2.Rulesets.List(ctx, agent, "")
	require.NoError(t, err)
	assert.NotEmpty(t, sets.Items)
	for record, err := range v2.AuditLogs.All(ctx, threatstack.AuditQuery{Operation: "policy-update"}) {
		require.NoError(t, err)
		assert.Equal(t, "policy-update", record.Action)
	}
}
