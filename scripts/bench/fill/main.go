// Command fill fills an index with every case of a sandbox, cut at random moments and
// begun anew from what was stored, changes some of the cases and fills again. It prints
// how many calls that took, and fails when it took more than it should.
//
//	go run ./scripts/bench/fill -cases 139380
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/stellarcyber"
	"github.com/sightline-sec/sightline/server/sandbox"
)

func main() {
	cases := flag.Int("cases", 139_380, "how many cases there are")
	cuts := flag.Int("cuts", 20, "how often the fill is cut")
	percent := flag.Float64("changed", 1, "how many of a hundred cases change before the second fill")
	flag.Parse()
	if err := run(context.Background(), *cases, *cuts, *percent); err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
}

// bench is a sandbox and what is stored of its index.
type bench struct {
	box     *sandbox.Sandbox
	client  *stellarcyber.Client
	library *lookup.Library
	state   lookup.FillState
	// segments and manifest are what a host has stored.
	segments map[string][]byte
	manifest []byte
	later    atomic.Int64 // how much the clock was put forward, nanoseconds
}

func (b *bench) now() time.Time { return time.Now().Add(time.Duration(b.later.Load())) }

// filler is what a new process makes of what was stored: the index goes through its
// stored form, the state through its text.
func (b *bench) filler() (*lookup.Filler, error) {
	var opened *index.Index
	b.library.Do(func(x *index.Index) {
		changes := x.Changes()
		for _, segment := range changes.Written {
			b.segments[segment.Name] = segment.Data
		}
		if changes.Manifest != nil {
			b.manifest = changes.Manifest
		}
		for _, name := range changes.Deleted {
			delete(b.segments, name)
		}
		x.Committed(changes)
		var damage *index.Damage
		opened, damage = index.Open(b.manifest, func(name string) ([]byte, error) { return b.segments[name], nil })
		if damage != nil {
			panic(damage)
		}
	})
	b.library.Replace(opened)
	state, ok := lookup.ParseFillState(b.state.String())
	if !ok {
		return nil, fmt.Errorf("the state cannot be read")
	}
	feed := lookup.NewCaseFeed(b.client, lookup.SourceState{ProfileID: "p", Platform: "stellarcyber", Name: "SOC"})
	return lookup.NewFiller(feed, b.library, state, b.now), nil
}

func run(ctx context.Context, cases, cuts int, percent float64) error {
	began := time.Now()
	box, err := sandbox.New(ctx, sandbox.Options{Cases: cases, Seed: 1})
	if err != nil {
		return err
	}
	defer box.Close()
	server := httptest.NewServer(box)
	defer server.Close()
	client, err := stellarcyber.New(stellarcyber.Config{
		Transport: lookup.CountCalls(httptransport.New(httptransport.Config{})), BaseURL: server.URL,
		User: box.Credentials().User, Key: api.Secret(box.Credentials().RefreshToken),
	})
	if err != nil {
		return err
	}
	b := &bench{box: box, client: client, library: lookup.NewLibrary(index.New()), segments: make(map[string][]byte)}
	b.state = lookup.FillState{ProfileID: "p", Settings: lookup.FillSettings{On: true}}
	fmt.Printf("%d cases are there after %v\n", cases, time.Since(began).Round(time.Millisecond))

	if err := b.first(ctx, cases, cuts); err != nil {
		return err
	}
	if err := b.ask(ctx); err != nil {
		return err
	}
	return b.second(ctx, cases, percent)
}

// first fills, cut at random.
func (b *bench) first(ctx context.Context, cases, cuts int) error {
	began := time.Now()
	pages := (cases + 499) / 500
	chance := rand.New(rand.NewPCG(1, 2))
	made := 0
	for {
		filler, err := b.filler()
		if err != nil {
			return err
		}
		limits := lookup.SliceLimits{}
		if made < cuts {
			limits.Calls = 1 + chance.IntN(2*cases/max(cuts, 1))
		}
		progress, err := filler.Slice(ctx, limits)
		if err != nil {
			return err
		}
		b.state = filler.State()
		if progress.Phase == "idle" || progress.AsOf > 0 {
			break
		}
		made++
	}
	calls, stats := b.box.Calls(), b.stats()
	fmt.Printf("fill, cut %d times: %d list calls (%d pages), %d observables calls, %v\n", made, calls["cases"], pages, calls["observables"], time.Since(began).Round(time.Millisecond))
	fmt.Printf("index: %d objects, %d postings, %.1f MB in %d segments; state: %d bytes\n", stats.Objects, stats.Postings, float64(stats.Bytes)/1e6, stats.Segments, len(b.state.String()))
	// After a cut the page under way is listed again, from the last case on that is certain.
	if calls["cases"] > (cases+made+499)/500+made || calls["observables"] != cases || stats.Objects != cases {
		return fmt.Errorf("that is more than one page a cut, or not one call a case")
	}
	return nil
}

// ask puts pages of 31 and of 500 indicators to the filled index, ranking and all.
func (b *bench) ask(ctx context.Context) error {
	filler, err := b.filler()
	if err != nil {
		return err
	}
	feed := lookup.NewCaseFeed(b.client, lookup.SourceState{ProfileID: "p"})
	listed, err := feed.List(ctx, lookup.Cursor{From: 1, Limit: 100})
	if err != nil {
		return err
	}
	var known []report.Reference
	for _, object := range listed.Objects {
		held, err := feed.Read(ctx, object)
		if err != nil {
			return err
		}
		for _, one := range held {
			known = append(known, report.Reference{Type: one.Key.Type, Value: one.Key.Value})
		}
	}
	sources := []lookup.Source{lookup.NewIndexed(b.library, filler, b.now)}
	for _, size := range []int{31, 500} {
		var took []time.Duration
		for i := range 300 {
			asked := make([]report.Reference, 0, size)
			for k := range size {
				asked = append(asked, known[(i*7+k)%len(known)])
			}
			began := time.Now()
			answer, err := lookup.Ask(ctx, sources, asked, b.library)
			if err != nil || len(answer.Results) == 0 {
				return fmt.Errorf("a page has no answer: %w", err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		fmt.Printf("%d indicators, looked up, ranked and explained: median %v, p99 %v\n", size, took[150].Round(time.Microsecond), took[297].Round(time.Microsecond))
	}
	return nil
}

// second fills again after some cases have changed and the clock is two hours on.
func (b *bench) second(ctx context.Context, cases int, percent float64) error {
	modified, err := b.box.ModifyCases(sandbox.Modification{Pick: sandbox.Pick{Percent: percent}, NewObservableEvery: 1})
	if err != nil {
		return err
	}
	before := b.box.Calls()
	began := time.Now()
	b.later.Store(int64(2 * time.Hour))
	filler, err := b.filler()
	if err != nil {
		return err
	}
	if _, err := filler.Slice(ctx, lookup.SliceLimits{}); err != nil {
		return err
	}
	calls := b.box.Calls()
	lists, reads := calls["cases"]-before["cases"], calls["observables"]-before["observables"]
	fmt.Printf("%d of %d cases changed; fill again: %d list calls, %d observables calls, %v\n", len(modified.Cases), cases, lists, reads, time.Since(began).Round(time.Millisecond))
	if reads > len(modified.Cases) || lists > 10 {
		return fmt.Errorf("that is more than has changed")
	}
	var problem error
	b.library.Do(func(x *index.Index) { problem = x.Verify() })
	return problem
}

func (b *bench) stats() (stats index.Stats) {
	b.library.Do(func(x *index.Index) {
		for x.Merge(100_000) {
		}
		stats = x.Stats()
	})
	return stats
}
