// Command lookup measures core/lookup/index: what it holds in memory, what it stores,
// how long it loads and answers, and how that grows. It is also built as wasm.
//
//	lookup -dir FOLDER          build, store in FOLDER, measure; compare with a map and with SQLite
//	lookup -dir FOLDER -load    measure what lies in FOLDER alone
//	lookup -curve               from ten thousand to ten million postings
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

const (
	cases      = 139_380 // that one platform said it had
	indicators = 500     // of a page
	pages      = 400
)

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", "", "where the index lies")
	load := flag.Bool("load", false, "measure what lies there alone")
	curve := flag.Bool("curve", false, "measure how time grows with size")
	flag.Parse()
	c := corpus{cases}
	switch {
	case *curve:
		growth()
	case *load:
		loaded(c, *dir)
	default:
		built(c, *dir)
		x := loaded(c, *dir)
		compare(c, x)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func megabytes(bytes int) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

// heap is the live memory in bytes.
func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// fill builds an index as a fill does: pages of 500 cases, each stored, merging between.
func fill(c corpus, commit func(index.Changes)) (x *index.Index, written int) {
	x = index.New()
	for n := range c.cases {
		x.Put(c.object(n, 0))
		if n%500 == 499 || n+1 == c.cases {
			x.Merge(20_000)
			written += store(x, commit)
		}
	}
	for x.Merge(20_000) {
	}
	return x, written + store(x, commit)
}

// store commits and returns how many bytes were written.
func store(x *index.Index, commit func(index.Changes)) (written int) {
	changes := x.Changes()
	commit(changes)
	x.Committed(changes)
	for _, s := range changes.Written {
		written += len(s.Data)
	}
	return written + len(changes.Manifest)
}

// built builds the index and leaves it in a folder.
func built(c corpus, dir string) {
	check(os.RemoveAll(dir))
	check(os.MkdirAll(dir, 0o700))
	commit := func(changes index.Changes) {
		for _, s := range changes.Written {
			check(os.WriteFile(filepath.Join(dir, s.Name), s.Data, 0o600))
		}
		if changes.Manifest != nil {
			check(os.WriteFile(filepath.Join(dir, "manifest"), changes.Manifest, 0o600))
		}
		for _, name := range changes.Deleted {
			check(os.Remove(filepath.Join(dir, name)))
		}
	}
	began := processor()
	sightings := 0
	for n := range c.cases {
		_, seen := c.object(n, 0)
		sightings += len(seen)
	}
	making := processor() - began
	began = processor()
	x, written := fill(c, commit)
	took := processor() - began - making
	stats := x.Stats()
	fmt.Printf("build: %d cases, %d sightings, %d postings with those derived of URLs, in %.1f s of the processor's; stored every 500 cases, %s written in all for %s kept\n",
		stats.Objects, sightings, stats.Postings, took.Seconds(), megabytes(written), megabytes(stats.Bytes))

	largest, sum := 0, 0
	const slices, changed = 40, 50
	for slice := range slices {
		for i := range changed {
			x.Put(c.object((slice*changed*61+i*2477)%c.cases, 1))
		}
		bytes := store(x, func(index.Changes) {})
		largest, sum = max(largest, bytes), sum+bytes
	}
	fmt.Printf("a slice of %d changed cases: %.0f KB written on average, %.0f KB at most, of %d slices\n",
		changed, float64(sum)/slices/1e3, float64(largest)/1e3, slices)
}

// loaded loads the index, prints what it weighs and how fast it answers.
func loaded(c corpus, dir string) *index.Index {
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest"))
	check(err)
	files := map[string][]byte{}
	names, err := os.ReadDir(dir)
	check(err)
	size := 0
	for _, entry := range names {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		check(err)
		files[entry.Name()] = data
		size += len(data)
	}
	open := func(read func(string) ([]byte, error)) *index.Index {
		x, damage := index.Open(manifest, read)
		if damage != nil {
			log.Fatal(damage)
		}
		return x
	}
	var best, bestWithFiles time.Duration = 1 << 62, 1 << 62
	for range 5 {
		began := time.Now()
		open(func(name string) ([]byte, error) { return files[name], nil })
		best = min(best, time.Since(began))
		began = time.Now()
		open(func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) })
		bestWithFiles = min(bestWithFiles, time.Since(began))
	}
	files = nil
	questions := questionsOf(c)
	before := heap()
	x := open(func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) })
	ask(x, questions, 1, processor) // which notes what it meets
	memory := heap() - before
	stats := x.Stats()
	fmt.Printf("load: %.0f ms, %.0f ms with reading the files; memory %s, stored %s in %d segments\n",
		ms(best), ms(bestWithFiles), megabytes(memory), megabytes(size), stats.Segments)
	p50, p99, worst, hits := ask(x, questions, 9, wall)
	fmt.Printf("look-up of %d indicators: p50 %.2f ms, p99 %.2f ms, worst %.2f ms (of %d pages, each the best of 9 rounds; %.0f hits a page)\n",
		indicators, ms(p50), ms(p99), ms(worst), pages, hits)
	return x
}

var began = time.Now()

// wall is the time by the clock on the wall.
func wall() time.Duration { return time.Since(began) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func questionsOf(c corpus) [][]index.Key {
	questions := make([][]index.Key, pages)
	for i := range questions {
		questions[i] = c.page(i, indicators)
	}
	return questions
}

// ask puts every question some times and returns how long they took: of each the best
// round counts, so that what else the machine does counts little.
func ask(x *index.Index, questions [][]index.Key, rounds int, now func() time.Duration) (p50, p99, worst time.Duration, hitsPerPage float64) {
	times := make([]time.Duration, len(questions))
	var hits []index.Hit
	count := 0
	for round := range rounds {
		for i, keys := range questions {
			began := now()
			hits = x.Find(hits[:0], keys)
			if took := now() - began; round == 0 || took < times[i] {
				times[i] = took
			}
			count += len(hits)
		}
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100], times[len(times)-1], float64(count) / float64(rounds*len(times))
}

// growth prints how build and look-up grow.
func growth() {
	fmt.Println("postings asked for |  postings | segments |    stored | build, µs a posting | look-up of 500: p50, ms | p99, ms | hits a page")
	for _, postings := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		c := corpus{postings / perCase}
		began := processor()
		for n := range c.cases {
			c.object(n, 0)
		}
		making := processor() - began
		began = processor()
		x, _ := fill(c, func(index.Changes) {})
		took := processor() - began - making
		stats := x.Stats()
		p50, p99, _, hits := ask(x, questionsOf(c), 9, wall)
		fmt.Printf("%18d | %9d | %8d | %9s | %19.2f | %22.2f | %7.2f | %11.0f\n", postings, stats.Postings, stats.Segments, megabytes(stats.Bytes),
			float64(took.Microseconds())/float64(stats.Postings), ms(p50), ms(p99), hits)
	}
}
