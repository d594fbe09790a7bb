//go:build unix

package indexstore_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/indexstore"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

var kills = flag.Int("kills", 15, "how often TestKilledAtAnyMoment kills")

const childFolder = "INDEXSTORE_TEST_FOLDER"

// TestMain makes the test's program the one that is killed, too.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := fill(dir); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// The steps of a fill are made of their numbers alone: each changes some objects,
// removes one, and writes its number down in an object of its own.

const objects = 300

var marker = index.Object{Source: "p", Kind: "marker", ID: "step"}

type change struct {
	id   int
	gone bool
}

func changesOf(step int64) (changes []change) {
	random := rand.New(rand.NewPCG(uint64(step), 7))
	for range 25 {
		changes = append(changes, change{random.IntN(objects), random.IntN(8) == 0})
	}
	return changes
}

// keyOf is the indicator that all objects with such an id hold after such a step.
func keyOf(id int, step int64) index.Key {
	return index.Key{Type: "ipv4", Value: fmt.Sprintf("10.0.%d.%d", id%16, step%16)}
}

// fill goes on with the steps for ever: change, merge, commit, say so.
func fill(dir string) error {
	s, damage, err := indexstore.Open(dir)
	if err != nil || damage != nil {
		return fmt.Errorf("open: %w, %v", err, damage)
	}
	last, _ := s.Index.Object(marker.Source, marker.Kind, marker.ID)
	for step := last.Version + 1; ; step++ {
		fmt.Println("begin", step)
		for _, c := range changesOf(step) {
			o := index.Object{Source: "p", Kind: "case", ID: strconv.Itoa(c.id), Version: step}
			if c.gone {
				s.Index.Remove(o.Source, o.Kind, o.ID)
			} else {
				s.Index.Put(o, []index.Sighting{{Key: keyOf(c.id, step), Place: index.Observable}})
			}
		}
		m := marker
		m.Version = step
		s.Index.Put(m, nil)
		for range step % 4 {
			s.Index.Merge(200)
		}
		if err := s.Commit(); err != nil {
			return err
		}
		fmt.Println("committed", step)
	}
}

// TestKilledAtAnyMoment kills a program that fills, merges and commits, and looks at
// what it has left: the last commit whole, or the one that was on its way.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	truth, at := map[int]int64{}, int64(0)
	for kill := range *kills {
		begun, committed := runAndKill(t, dir, time.Duration(random.IntN(60_000))*time.Microsecond)
		s, damage, err := indexstore.Open(dir)
		require.NoError(t, err)
		require.Nil(t, damage)
		m, _ := s.Index.Object(marker.Source, marker.Kind, marker.ID)
		require.GreaterOrEqual(t, m.Version, max(committed, at), "kill %d: a commit was lost", kill)
		require.LessOrEqual(t, m.Version, max(begun, at))
		for ; at < m.Version; at++ {
			for _, c := range changesOf(at + 1) {
				if truth[c.id] = at + 1; c.gone {
					delete(truth, c.id)
				}
			}
		}
		compare(t, s.Index, truth, at > 0)
		require.NoError(t, s.Close())
	}
	t.Logf("%d kills, %d commits", *kills, at)
}

func compare(t *testing.T, x *index.Index, truth map[int]int64, marked bool) {
	t.Helper()
	require.NoError(t, x.Verify())
	want := len(truth)
	if marked {
		want++
	}
	require.Equal(t, want, x.Stats().Objects, "lost or doubled")
	counts := map[index.Key]int{}
	for id, step := range truth {
		o, ok := x.Object("p", "case", strconv.Itoa(id))
		require.True(t, ok, "case %d is lost", id)
		require.Equal(t, step, o.Version)
		counts[keyOf(id, step)]++
	}
	for id := range 16 {
		for step := range int64(16) {
			key := keyOf(id, step)
			require.Equal(t, counts[key], x.Count(key), key)
		}
	}
}

// runAndKill starts the fill, kills it so long after its first words, and returns
// which step was begun last and which committed last, 0 if none.
func runAndKill(t *testing.T, dir string, after time.Duration) (begun, committed int64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFolder+"="+dir)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if begun == 0 {
			time.AfterFunc(after, func() { _ = child.Process.Kill() }) // it may have ended by itself, which Wait tells
		}
		word, number, _ := strings.Cut(lines.Text(), " ")
		step, err := strconv.ParseInt(number, 10, 64)
		require.NoError(t, err, lines.Text())
		if word == "begin" {
			begun = step
		} else {
			committed = step
		}
	}
	require.Error(t, child.Wait())
	require.Equal(t, -1, child.ProcessState.ExitCode(), "it was killed, and did not end by itself")
	return begun, committed
}
