//go:build unix

package station_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// killed names the database to the child of TestKilled.
const killed = "STATION_KILLED_DATABASE"

// serveUntilKilled is the child: a station as sightline serves it.
func serveUntilKilled(path string) error {
	db, err := sqlite.Open(path)
	if err != nil {
		return err
	}
	s := station.New(station.Config{DB: db})
	if err := s.Migrate(context.Background()); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", ln.Addr())
	// Should the parent die, so does the child.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
	return station.Serve(context.Background(), ln, s)
}

func TestMain(m *testing.M) {
	if path := os.Getenv(killed); path != "" {
		if err := serveUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestKilled kills a station with SIGKILL at random moments while four clients
// submit, twenty times over the same database. Every acknowledged report is there,
// whole and once; one without an acknowledgement is there once or not at all.
func TestKilled(t *testing.T) {
	t.Parallel()
	const rounds, clients = 20, 4
	path := filepath.Join(t.TempDir(), "station.db")
	people := prepare(t, path)
	var (
		mu          sync.Mutex
		acked, sent = map[string]string{}, map[string]bool{}
	)
	for round := range rounds {
		child, base := startKilled(t, path)
		token := bearer(t, base, people.analyst)
		var group sync.WaitGroup
		for client := range clients {
			group.Go(func() {
				for i := 0; ; i++ {
					id := fmt.Sprintf("r%dc%di%d", round, client, i)
					mu.Lock()
					sent[id] = true
					mu.Unlock()
					report, ok := submitOnce(t, base, token, people.intel.ID, id)
					if !ok {
						return
					}
					mu.Lock()
					acked[id] = report
					mu.Unlock()
				}
			})
		}
		time.Sleep(time.Duration(5+rand.IntN(60)) * time.Millisecond)
		require.NoError(t, child.Process.Kill())
		_ = child.Wait()
		group.Wait()
	}

	db, err := sqlite.Open(path)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, sqlite.Check(t.Context(), db))
	rows, err := db.QueryContext(t.Context(), `SELECT id, external_id,
	(SELECT count(*) FROM report_enclaves e WHERE e.report_id = r.id) + (SELECT count(*) FROM mentions i WHERE i.report_id = r.id)
FROM reports r`)
	require.NoError(t, err)
	defer rows.Close()
	stored := map[string]string{}
	for rows.Next() {
		var id, external string
		var derived int
		require.NoError(t, rows.Scan(&id, &external, &derived))
		assert.NotContains(t, stored, external, "doubled")
		assert.True(t, sent[external])
		assert.Equal(t, 3, derived, "one enclave and two indicators")
		stored[external] = id
	}
	require.NoError(t, rows.Err())
	for external, id := range acked {
		assert.Equal(t, id, stored[external], "acknowledged report %s", external)
	}
	t.Logf("%d kills: %d sent, %d acknowledged, %d stored, 0 lost, 0 doubled", rounds, len(sent), len(acked), len(stored))
	assert.NotEmpty(t, acked)
}

// prepare makes the database with its people.
func prepare(t *testing.T, path string) people {
	t.Helper()
	db, err := sqlite.Open(path)
	require.NoError(t, err)
	defer db.Close()
	s := station.New(station.Config{DB: db})
	require.NoError(t, s.Migrate(t.Context()))
	return settle(t, s)
}

func startKilled(t *testing.T, path string) (*exec.Cmd, string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), killed+"="+path)
	child.Stderr = os.Stderr
	_, err = child.StdinPipe()
	require.NoError(t, err)
	stdout, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	return child, strings.TrimSpace(line)
}

// submitOnce submits a report and returns its id; false when no whole answer came.
func submitOnce(t *testing.T, base, token, enclave, external string) (string, bool) {
	body, err := json.Marshal(map[string]any{
		"title": external, "reportBody": "203.0.113.7 and CVE-2026-99017 in " + external,
		"externalTrackingId": external, "enclaveIds": []string{enclave},
	})
	if !assert.NoError(t, err) {
		return "", false
	}
	req, err := http.NewRequestWithContext(t.Context(), "POST", base+"/api/1.3/reports", strings.NewReader(string(body)))
	if !assert.NoError(t, err) {
		return "", false
	}
	req.Header.Set("Authorization", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", false
	}
	defer resp.Body.Close()
	id, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", false
	}
	assert.Equal(t, 200, resp.StatusCode, string(id))
	return string(id), resp.StatusCode == 200
}
