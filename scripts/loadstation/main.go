//go:build unix

// Loadstation puts a real station process under load, kills it in mid-write, starts it
// again and looks whether every acknowledged report is there, once. See scripts/load-station.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// plan is what a run does.
type plan struct {
	program          string
	time             time.Duration
	writers, readers int
}

func main() {
	var p plan
	flag.StringVar(&p.program, "station", "", "the built program sightline")
	flag.DurationVar(&p.time, "time", time.Minute, "how long before the kill")
	flag.IntVar(&p.writers, "writers", 20, "clients that submit")
	flag.IntVar(&p.readers, "readers", 20, "clients that ask")
	flag.Parse()
	result, err := run(context.Background(), p)
	if err == nil {
		fmt.Print(result)
		err = result.check()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// figures are what a run has found.
type figures struct {
	plan
	took                          time.Duration
	acknowledged, sent, stored    int
	lost, doubled, unacknowledged int
	reads                         int
	writeTimes, readTimes         []time.Duration
	refused                       map[string]int
}

func (f figures) String() string {
	at := func(times []time.Duration, percent int) time.Duration {
		if len(times) == 0 {
			return 0
		}
		slices.Sort(times)
		return times[min(len(times)*percent/100, len(times)-1)].Round(10 * time.Microsecond)
	}
	return fmt.Sprintf(`%d writers and %d readers for %v, then kill -9
reports  %d sent, %d acknowledged, %d stored (%d of them without an acknowledgement), %d lost, %d doubled
writes   %.0f reports/s, p50 %v, p99 %v, longest %v
reads    %.0f calls/s, p50 %v, p99 %v, longest %v
refused  %v
`, f.writers, f.readers, f.took.Round(10*time.Millisecond), f.sent, f.acknowledged, f.stored, f.unacknowledged, f.lost, f.doubled,
		float64(f.acknowledged)/f.took.Seconds(), at(f.writeTimes, 50), at(f.writeTimes, 99), at(f.writeTimes, 100),
		float64(f.reads)/f.took.Seconds(), at(f.readTimes, 50), at(f.readTimes, 99), at(f.readTimes, 100), f.refused)
}

func (f figures) check() error {
	switch {
	case f.lost > 0 || f.doubled > 0:
		return fmt.Errorf("%d acknowledged reports are lost, %d reports are there twice", f.lost, f.doubled)
	case f.acknowledged == 0:
		return errors.New("nothing was acknowledged")
	}
	return nil
}

// service is a running station.
type service struct {
	command *exec.Cmd
	stdin   io.Closer
	url     string
}

// line reads the one line of JSON that the program says.
func line(out io.Reader) (map[string]any, error) {
	text, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the station did not start: %w", err)
	}
	said := map[string]any{}
	return said, json.Unmarshal(text, &said)
}

func start(ctx context.Context, program, db string) (*service, error) {
	command := exec.CommandContext(ctx, program, "station", "--db", db, "--stop-with-stdin")
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	said, err := line(stdout)
	if err != nil {
		return nil, err
	}
	url, _ := said["url"].(string)
	return &service{command, stdin, url}, nil
}

// run makes the users, the load, the kill and the comparison.
func run(ctx context.Context, p plan) (figures, error) {
	folder, err := os.MkdirTemp("", "loadstation")
	if err != nil {
		return figures{}, err
	}
	defer os.RemoveAll(folder)
	db := filepath.Join(folder, "station.db")
	var clients []*client
	for i := range p.writers + p.readers {
		out, err := exec.CommandContext(ctx, p.program, "station", "user", "add", "--db", db,
			"--company", "Kestrel", "--name", fmt.Sprint("Analyst ", i), "--enclave", "Intel").Output()
		if err != nil {
			return figures{}, fmt.Errorf("user add: %w", err)
		}
		c, err := newClient(out)
		if err != nil {
			return figures{}, err
		}
		clients = append(clients, c)
	}

	first, err := start(ctx, p.program, db)
	if err != nil {
		return figures{}, err
	}
	shared := &ledger{acknowledged: map[string]string{}, refused: map[string]int{}}
	for _, c := range clients {
		if err := c.signIn(ctx, first.url); err != nil {
			return figures{}, err
		}
	}
	began := time.Now()
	var group sync.WaitGroup
	for i, c := range clients {
		if i < p.writers {
			group.Go(func() { c.write(ctx, first.url, i, shared) })
		} else {
			group.Go(func() { c.read(ctx, first.url, i, shared) })
		}
	}
	time.Sleep(p.time)
	took := time.Since(began)
	if err := first.command.Process.Kill(); err != nil {
		return figures{}, err
	}
	_ = first.command.Wait()
	group.Wait()

	second, err := start(ctx, p.program, db)
	if err != nil {
		return figures{}, fmt.Errorf("after the kill: %w", err)
	}
	result := figures{
		plan: p, took: took, acknowledged: len(shared.acknowledged), sent: shared.sent, reads: len(shared.reads),
		writeTimes: shared.writes, readTimes: shared.reads, refused: shared.refused,
	}
	if err := clients[0].signIn(ctx, second.url); err != nil {
		return figures{}, err
	}
	if result.lost, err = clients[0].missing(ctx, second.url, shared.acknowledged); err != nil {
		return figures{}, err
	}
	_ = second.stdin.Close()
	_ = second.command.Wait()
	if err := count(ctx, db, shared, &result); err != nil {
		return figures{}, err
	}
	return result, nil
}

// count compares the database with what was acknowledged.
func count(ctx context.Context, path string, shared *ledger, result *figures) error {
	db, err := sqlite.Open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := sqlite.Check(ctx, db); err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `SELECT external_id, count(*) FROM reports GROUP BY external_id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		result.stored += n
		if n > 1 {
			result.doubled++
		}
		if shared.acknowledged[id] == "" {
			result.unacknowledged++
		}
	}
	return rows.Err()
}
